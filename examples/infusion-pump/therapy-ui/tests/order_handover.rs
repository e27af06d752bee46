//! Integration of `therapy-ui` with `motor-control` across IF-1: the therapy order.

use iec62304_macros::{requirement, risk_control};
use pump_control::line::LineType;
use pump_control::message::order::{DrugId, ORDER_LENGTH, OrderRefused, TherapyOrder};
use pump_control::quantity::{Microlitres, MicrolitresPerHour};
use therapy_ui::confirmation::{Answer, Confirmation, Key};
use therapy_ui::entry::Entry;

/// The message of a confirmed entry.
fn confirmed(rate: &str) -> [u8; ORDER_LENGTH] {
    let entry = Entry { drug: DrugId(2), line: LineType::Neonatal, rate, volume: "48.5" };
    let entry = entry.check().expect("an entry inside all limits");
    match Confirmation::ask(entry).press(Key::Confirm) {
        Answer::Ordered(message) => message,
        other => panic!("expected an order, got {other:?}"),
    }
}

#[test]
#[requirement("SRS-9")]
fn what_was_confirmed_is_what_the_motor_gets() {
    for (rate, flow) in [("0.1", 100), ("7.5", 7_500), ("20.0", 20_000)] {
        let order = TherapyOrder::decode(&confirmed(rate)).expect("the order as it was sent");
        assert_eq!(order.drug(), DrugId(2));
        assert_eq!(order.line(), LineType::Neonatal);
        assert_eq!(order.rate().flow(), MicrolitresPerHour(flow));
        assert_eq!(order.volume(), Microlitres(48_500));
    }
}

#[test]
#[requirement("SRS-9")]
#[risk_control("RC-5")]
fn an_order_altered_on_its_way_is_refused() {
    let message = confirmed("7.5");
    for position in 0..ORDER_LENGTH {
        for byte in 0..=u8::MAX {
            let mut altered = message;
            altered[position] = byte;
            let expected = if altered == message {
                TherapyOrder::decode(&message)
            } else {
                Err(OrderRefused::Checksum)
            };
            assert_eq!(TherapyOrder::decode(&altered), expected);
        }
    }
}

#[test]
#[requirement("SRS-9")]
#[risk_control("RC-5")]
fn an_order_cut_short_on_its_way_is_refused() {
    let message = confirmed("7.5");
    for length in 0..ORDER_LENGTH {
        let cut = TherapyOrder::decode(&message[..length]);
        assert_eq!(cut, Err(OrderRefused::Length));
    }
}
