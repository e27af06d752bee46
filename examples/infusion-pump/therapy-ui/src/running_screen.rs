//! Software unit `running-screen`: what the operator sees of a therapy.

use crate::message::{State, Status};
use iec62304_macros::requirement;

/// The text of the running screen. Without a status it says so: an old one would look like
/// news.
#[requirement("SRS-27")]
pub fn text(status: Option<Status>) -> String {
    let Some(Status { state, rate, delivered }) = status else {
        return "No news of the pump".to_owned();
    };
    let headline = match state {
        State::Idle => "Ready",
        State::Delivering => "Delivering",
        State::Complete => "Complete",
        State::Stopped => "Stopped",
        State::Air => "STOPPED: air in the line",
        State::Occlusion => "STOPPED: line blocked",
        State::Fault => "STOPPED: fault, call service",
    };
    format!("{headline}\nRate {rate}\nDelivered {delivered}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Microlitres, MicrolitresPerHour};
    use iec62304_macros::verifies;

    #[test]
    #[requirement("SRS-27")]
    #[verifies("running-screen.AC-1")]
    fn state_rate_and_volume_are_shown() {
        let check = |state, headline: &str| {
            let (rate, delivered) = (MicrolitresPerHour(12_500), Microlitres(1_999));
            let shown = text(Some(Status { state, rate, delivered }));
            assert_eq!(shown, format!("{headline}\nRate 12.5 ml/h\nDelivered 1.9 ml"));
        };
        check(State::Idle, "Ready");
        check(State::Delivering, "Delivering");
        check(State::Complete, "Complete");
        check(State::Stopped, "Stopped");
        check(State::Air, "STOPPED: air in the line");
        check(State::Occlusion, "STOPPED: line blocked");
        check(State::Fault, "STOPPED: fault, call service");
    }

    #[test]
    #[verifies("running-screen.AC-1")]
    fn without_a_status_the_screen_says_so() {
        assert_eq!(text(None), "No news of the pump");
    }
}
