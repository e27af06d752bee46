use iec62304_macros::{requirement, risk_control};

#[requirement("SRS 1", 2, "SRS-3", "SRS-3" "", level = "module", level = "unit", foo = 1)]
#[risk_control()]
fn each_is_reported() {}

#[requirement(
    "SRS-1",
    SRS-2,
    level =
        "module",
)]
fn on_several_lines() {}

fn main() {}
