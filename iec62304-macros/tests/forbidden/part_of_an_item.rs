use iec62304_macros::requirement;

struct Pump {
    #[requirement("SRS-1")]
    rate: u8,
}

enum Alarm {
    #[requirement("SRS-1")]
    Air,
}

fn stop(#[requirement("SRS-1")] alarm: Alarm) {
    match alarm {
        #[requirement("SRS-1")]
        Alarm::Air => {}
    }
}

fn main() {
    stop(Alarm::Air);
    let _ = Pump { rate: 1 }.rate;
}
