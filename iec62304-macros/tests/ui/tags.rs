mod rate {
    iec62304_macros::tags! { requirement("SRS 1"), risk_control() }
}

mod dose {
    iec62304_macros::tags! { verifies("rate"), requirment("SRS-1"), "SRS-1" }
}

fn main() {}
