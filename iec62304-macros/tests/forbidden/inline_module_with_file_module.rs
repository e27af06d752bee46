use iec62304_macros::requirement;

#[requirement("SRS-1")]
mod outer {
    pub mod alarm;
}

fn main() {
    outer::alarm::stop();
}
