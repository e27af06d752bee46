use iec62304_macros::requirement;

struct Pump;

impl Pump {
    #[requirement()]
    fn start(&self) {}
}

trait Stop {
    #[requirement("")]
    fn stop(&self);
}

extern "C" {
    #[requirement("SRS 1")]
    fn read();
}

#[requirement(1)]
struct Survives;

fn main() {
    Pump.start();
    let _ = Survives;
}
