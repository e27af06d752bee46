use token_witness::{compare, displace, remember};

#[remember]
#[displace]
#[compare]
fn stop() {}

fn main() {}
