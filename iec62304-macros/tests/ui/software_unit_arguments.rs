use iec62304_macros::software_unit;

#[software_unit("rate-controller", "alarm")]
fn two_ids() {}

#[software_unit("rate-controller" "alarm")]
fn two_ids_without_comma() {}

#[software_unit("rate-controller", level = "unit")]
fn level() {}

#[software_unit(name = "rate-controller")]
fn named_id() {}

#[software_unit("rate-controller", alarm, 1)]
fn two_too_many() {}

fn main() {}
