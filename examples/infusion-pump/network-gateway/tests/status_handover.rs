//! Integration of `network-gateway` with `motor-control` across IF-2: the status.

use core::time::Duration;
use network_gateway::sender::{Network, NetworkDown, REPORT_INTERVAL, Sender};
use pump_control::delivery::Delivery;
use pump_control::dose::EncoderReading;
use pump_control::line::LineType;
use pump_control::message::order::{DrugId, TherapyOrder};
use pump_control::quantity::{Microlitres, MicrolitresPerHour};
use pump_control::rate::SetRate;

/// A network that keeps what was sent last.
#[derive(Default)]
struct LastReport(String);

impl Network for LastReport {
    fn send(&mut self, report: &str) -> Result<(), NetworkDown> {
        report.clone_into(&mut self.0);
        Ok(())
    }
}

/// The report on a delivery.
fn reported(delivery: &Delivery) -> String {
    let (mut sender, mut network) = (Sender::default(), LastReport::default());
    let received = sender.receive(&delivery.status().encode());
    assert_eq!(received, Ok(()));
    sender.tick(REPORT_INTERVAL, &mut network);
    network.0
}

/// iec62304: requirement("SRS-10")
#[test]
fn the_report_says_what_motor_control_says() {
    let rate = SetRate::new(MicrolitresPerHour(12_500)).expect("a rate in range");
    let order = TherapyOrder::new(DrugId(1), LineType::Standard, rate, Microlitres(100));
    let order = order.expect("an order in range");
    let mut delivery = Delivery::start(&order, EncoderReading(0));
    let delivering = "EVP-1 state=delivering rate_ul_per_h=12500 delivered_ul=0 lost_reports=0\n";
    assert_eq!(reported(&delivery), delivering);

    delivery.stop();
    let stopped = "EVP-1 state=stopped rate_ul_per_h=12500 delivered_ul=0 lost_reports=0\n";
    assert_eq!(reported(&delivery), stopped);
}

/// iec62304: requirement("SRS-10")
#[test]
fn a_status_altered_on_its_way_is_not_reported() {
    let (mut sender, mut network) = (Sender::default(), LastReport::default());
    assert!(sender.receive(&[0x51; 12]).is_err());
    sender.tick(Duration::from_secs(60), &mut network);
    assert_eq!(network.0, "EVP-1 state=unknown lost_reports=0\n");
}
