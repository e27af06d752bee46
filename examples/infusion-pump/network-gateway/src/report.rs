//! The text of a report; nothing of when it is sent.

use crate::message::{State, Status};
use arrayvec::ArrayString;
use core::fmt::Write;

/// The longest report: every number as large as it can be.
pub const REPORT_LENGTH: usize = 96;

/// A report, without heap.
pub type Report = ArrayString<REPORT_LENGTH>;

/// One line about the pump, with the number of reports lost since the last that arrived.
/// Without a status it says so: an old one would look like news.
///
/// iec62304: requirement("SRS-10")
pub fn report(status: Option<Status>, lost: u32) -> Report {
    let mut text = Report::new();
    let written = match status {
        Some(status) => writeln!(
            text,
            "EVP-1 state={} rate_ul_per_h={} delivered_ul={} lost_reports={lost}",
            word(status.state),
            status.microlitres_per_hour,
            status.delivered_microlitres
        ),
        None => writeln!(text, "EVP-1 state=unknown lost_reports={lost}"),
    };
    debug_assert!(written.is_ok(), "REPORT_LENGTH holds the longest report");
    text
}

fn word(state: State) -> &'static str {
    match state {
        State::Delivering => "delivering",
        State::Complete => "complete",
        State::Stopped => "stopped",
        State::Air => "air",
        State::Occlusion => "occlusion",
        State::Fault => "fault",
        State::Tripped => "tripped",
        State::Idle => "idle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// iec62304: requirement("SRS-10")
    #[test]
    fn a_report_says_state_rate_volume_and_losses() {
        let check = |state, expected: &str| {
            let status = Status { state, microlitres_per_hour: 12_500, delivered_microlitres: 340 };
            let values = "rate_ul_per_h=12500 delivered_ul=340 lost_reports=2\n";
            assert_eq!(&report(Some(status), 2), &*format!("EVP-1 state={expected} {values}"));
        };
        check(State::Delivering, "delivering");
        check(State::Complete, "complete");
        check(State::Stopped, "stopped");
        check(State::Air, "air");
        check(State::Occlusion, "occlusion");
        check(State::Fault, "fault");
        check(State::Tripped, "tripped");
        check(State::Idle, "idle");
    }

    /// iec62304: requirement("SRS-10")
    #[test]
    fn without_a_status_the_state_is_unknown() {
        assert_eq!(&report(None, 0), "EVP-1 state=unknown lost_reports=0\n");
    }

    /// iec62304: requirement("SRS-10")
    #[test]
    fn the_longest_report_fits() {
        let status = Status {
            state: State::Delivering,
            microlitres_per_hour: u32::MAX,
            delivered_microlitres: u32::MAX,
        };
        assert_eq!(report(Some(status), u32::MAX).len(), REPORT_LENGTH);
        assert!(report(Some(status), u32::MAX).ends_with("lost_reports=4294967295\n"));
    }
}
