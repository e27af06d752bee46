use token_witness::{compare, remember};

#[remember]
fn start() {}

#[compare]
fn stop() {}

fn main() {}
