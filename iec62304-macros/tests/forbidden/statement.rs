use iec62304_macros::requirement;

fn main() {
    #[requirement("SRS-1")]
    let limit = 1;

    #[requirement("SRS-1")]
    stop(limit);

    #[requirement("SRS-1")]
    println!("{limit}");
}

fn stop(_limit: u8) {}
