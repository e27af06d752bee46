//! Integration of `therapy-ui` with `motor-control` across IF-1: the therapy order.

use iec62304_macros::{requirement, risk_control};
use pump_control::drug::DrugRefused;
use pump_control::line::LineType;
use pump_control::message::order::{ORDER_LENGTH, OrderRefused, TherapyOrder};
use pump_control::quantity::{Microlitres, MicrolitresPerHour};
use therapy_ui::confirmation::{Answer, Confirmation, Key};
use therapy_ui::drug::{DRUGS, DrugId};
use therapy_ui::entry::{self, Entry};
use therapy_ui::message::Order;
use therapy_ui::quantity;

/// The message of a confirmed entry.
fn confirmed(line: entry::LineType, rate: &str, volume: &str) -> [u8; ORDER_LENGTH] {
    let entry = Entry { drug: DrugId(1), line, rate, volume };
    let entry = entry.check().expect("an entry inside all limits");
    match Confirmation::ask(entry).press(Key::Confirm) {
        Answer::Ordered(message) => message,
        other => panic!("expected an order, got {other:?}"),
    }
}

#[test]
#[requirement("SRS-9", "SRS-28")]
fn what_was_confirmed_is_what_the_motor_gets() {
    for (rate, flow) in [("0.1", 100), ("7.5", 7_500), ("500.0", 500_000)] {
        let message = confirmed(entry::LineType::Neonatal, rate, "48.5");
        let order = TherapyOrder::decode(&message).expect("the order as it was sent");
        assert_eq!(order.drug().0, 1);
        assert_eq!(order.line(), LineType::Neonatal);
        assert_eq!(order.rate().flow(), MicrolitresPerHour(flow));
        assert_eq!(order.volume(), Microlitres(48_500));
    }
    let standard = TherapyOrder::decode(&confirmed(entry::LineType::Standard, "1", "1"));
    assert_eq!(standard.map(|order| order.line()), Ok(LineType::Standard));
}

/// Both ends know the same limits: what can be confirmed is taken.
#[test]
#[requirement("SRS-9", "SRS-28")]
fn the_motor_takes_the_smallest_and_the_largest_entry() {
    for volume in ["0.1", "9999.0"] {
        let message = confirmed(entry::LineType::Standard, "500.0", volume);
        assert!(TherapyOrder::decode(&message).is_ok(), "{volume} ml");
    }
    for (rate, expected) in [(*entry::RATES.start(), 100), (*entry::RATES.end(), 999_000)] {
        assert_eq!(rate.0, expected);
        let flow = MicrolitresPerHour(rate.0);
        assert!(pump_control::rate::SetRate::new(flow).is_ok());
    }
}

/// Both ends know the same drugs, and the second end holds without the first.
#[test]
#[requirement("SRS-30")]
#[risk_control("RC-13")]
fn the_motor_refuses_what_is_above_the_hard_limit_of_each_drug() {
    for drug in DRUGS {
        let decode = |rate| {
            let line = entry::LineType::Standard;
            let order = Order { drug: drug.id, line, rate, volume: quantity::Microlitres(100) };
            TherapyOrder::decode(&order.encode()).map(|order| order.rate().flow().0)
        };
        let limit = drug.hard_limit;
        assert_eq!(decode(limit), Ok(limit.0), "{}", drug.name);
        if limit < *entry::RATES.end() {
            let above = decode(quantity::MicrolitresPerHour(limit.0 + 100));
            let refused = OrderRefused::Drug(DrugRefused::AboveHardLimit);
            assert_eq!(above, Err(refused), "{}", drug.name);
        }
    }
}

#[test]
#[requirement("SRS-9")]
#[risk_control("RC-5")]
fn an_order_altered_on_its_way_is_refused() {
    let message = confirmed(entry::LineType::Neonatal, "7.5", "48.5");
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
    let message = confirmed(entry::LineType::Neonatal, "7.5", "48.5");
    for length in 0..ORDER_LENGTH {
        let cut = TherapyOrder::decode(&message[..length]);
        assert_eq!(cut, Err(OrderRefused::Length));
    }
}
