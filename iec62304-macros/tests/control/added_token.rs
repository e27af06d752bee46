use token_witness::{append, compare, remember};

#[remember]
#[append]
#[compare]
fn stop() {}

fn main() {}
