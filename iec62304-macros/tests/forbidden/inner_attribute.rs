mod alarm {
    #![iec62304_macros::requirement("SRS-1")]

    pub fn stop() {}
}

fn main() {
    alarm::stop();
}
