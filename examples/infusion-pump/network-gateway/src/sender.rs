//! When a report is sent, and what happens when it cannot be.

use crate::message::{Status, StatusRefused};
use crate::report::report;
use core::time::Duration;

/// The time between two reports.
pub const REPORT_INTERVAL: Duration = Duration::from_secs(60);

/// The report did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkDown;

/// The way to the hospital network.
pub trait Network {
    /// Sends one report.
    ///
    /// # Errors
    ///
    /// The network is down; the report is lost.
    /// iec62304: requirement("SRS-10")
    fn send(&mut self, report: &str) -> Result<(), NetworkDown>;
}

/// Keeps the newest status and reports it once per interval.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    status: Option<Status>,
    since_report: Duration,
    lost: u32,
}

impl Sender {
    /// Takes in a status from the motor processor.
    ///
    /// # Errors
    ///
    /// A message that holds no status changes nothing.
    /// iec62304: requirement("SRS-10")
    pub fn receive(&mut self, message: &[u8]) -> Result<(), StatusRefused> {
        self.status = Some(Status::decode(message)?);
        Ok(())
    }

    /// Sends a report when one is due. A network that is down costs that report and no more.
    ///
    /// iec62304: requirement("SRS-10", "SRS-11")
    pub fn tick(&mut self, elapsed: Duration, network: &mut impl Network) {
        self.since_report = self.since_report.saturating_add(elapsed);
        if self.since_report < REPORT_INTERVAL {
            return;
        }
        self.since_report = Duration::ZERO;
        let text = report(self.status.take(), self.lost);
        self.lost = match network.send(&text) {
            Ok(()) => 0,
            Err(NetworkDown) => self.lost.saturating_add(1),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::status;

    const SECOND: Duration = Duration::from_secs(1);

    #[derive(Default)]
    struct FakeNetwork {
        down: bool,
        arrived: Vec<String>,
    }

    impl Network for FakeNetwork {
        fn send(&mut self, report: &str) -> Result<(), NetworkDown> {
            if self.down {
                return Err(NetworkDown);
            }
            self.arrived.push(report.trim_end().to_owned());
            Ok(())
        }
    }

    fn run(sender: &mut Sender, network: &mut FakeNetwork, seconds: u32) {
        for _ in 0..seconds {
            sender.tick(SECOND, network);
        }
    }

    /// iec62304: requirement("SRS-10")
    #[test]
    fn the_newest_status_is_reported_once_per_minute() {
        let (mut sender, mut network) = (Sender::default(), FakeNetwork::default());
        assert_eq!(sender.receive(&status(0, 100, 1)), Ok(()));
        run(&mut sender, &mut network, 59);
        assert!(network.arrived.is_empty());

        assert_eq!(sender.receive(&status(0, 100, 2)), Ok(()));
        run(&mut sender, &mut network, 1);
        let newest = "EVP-1 state=delivering rate_ul_per_h=100 delivered_ul=2 lost_reports=0";
        assert_eq!(network.arrived, [newest]);

        run(&mut sender, &mut network, 60);
        let silent = "EVP-1 state=unknown lost_reports=0";
        assert_eq!(network.arrived, [newest, silent]);
    }

    /// iec62304: requirement("SRS-11")
    #[test]
    fn reports_go_on_after_the_network_was_down() {
        let (mut sender, mut network) = (Sender::default(), FakeNetwork::default());
        network.down = true;
        run(&mut sender, &mut network, 180);
        network.down = false;
        run(&mut sender, &mut network, 120);
        assert_eq!(
            network.arrived,
            ["EVP-1 state=unknown lost_reports=3", "EVP-1 state=unknown lost_reports=0"]
        );
    }

    #[test]
    fn a_broken_message_changes_nothing() {
        let (mut sender, mut network) = (Sender::default(), FakeNetwork::default());
        assert_eq!(sender.receive(&status(0, 100, 7)), Ok(()));
        assert_eq!(sender.receive(&[0; 12]), Err(StatusRefused));
        run(&mut sender, &mut network, 60);
        let kept = "EVP-1 state=delivering rate_ul_per_h=100 delivered_ul=7 lost_reports=0";
        assert_eq!(network.arrived, [kept]);
    }
}
