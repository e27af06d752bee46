use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement("SRS 1")]
fn inside() {}

#[risk_control(" RC-1")]
fn before() {}

#[software_unit("rate-controller ")]
fn after() {}

#[verifies(" ")]
fn nothing_else() {}

#[requirement("SRS	1")]
fn tabulator() {}

#[requirement("SRS-1, SRS-2")]
fn two_ids_in_one_string() {}

fn main() {}
