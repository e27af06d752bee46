use iec62304_macros::{requirement, risk_control, software_unit, verifies};

#[requirement(1)]
fn number() {}

#[requirement('A')]
fn character() {}

#[requirement(b"SRS-1")]
fn byte_string() {}

#[requirement(c"SRS-1")]
fn c_string() {}

#[requirement("SRS-1"_id)]
fn string_with_suffix() {}

#[requirement(SRS-1)]
fn without_quotes() {}

#[risk_control(RC_1)]
fn name() {}

#[software_unit(pump::motor)]
fn path() {}

#[verifies(concat!("rate-controller", ".AC-1"))]
fn macro_call() {}

#[requirement(("SRS-1"))]
fn in_parentheses() {}

#[requirement("SRS-1", , "SRS-2")]
fn nothing_between_commas() {}

#[requirement(,)]
fn nothing_but_a_comma() {}

fn main() {}
