use iec62304_macros::tags;

tags! {}

mod arguments {
    iec62304_macros::tags! {
        requirement(),
        requirement("SRS-1", "SRS-1"),
        risk_control(""),
        software_unit("rate-controller", "alarm"),
        requirement("SRS 1", level = "module"),
    }
}

mod entries {
    iec62304_macros::tags! { verifies("rate-controller.AC-1"), satisfies("SRS-1") }
    iec62304_macros::tags! { requirement, "SRS-1", requirement["SRS-1"], , }
    iec62304_macros::tags! { requirement("SRS-1") risk_control("RC-1") }
    iec62304_macros::tags! { requirement("SRS-1"); risk_control("RC-1") }
    iec62304_macros::tags! { requirement = "SRS-1" }
}

fn main() {}
