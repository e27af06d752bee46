//! What the motor moves, and what stops it.

use super::{MINUTE, key_in, pump, running};
use iec62304_macros::{requirement, risk_control};
use pump_control::control::StartRefused;
use pump_control::delivery::{State, StopReason};
use pump_control::drug::DrugRefused;
use pump_control::line::AirReading;
use pump_control::message::order::OrderRefused;
use pump_control::quantity::Kilopascals;
use std::time::Duration;
use therapy_ui::drug::DrugId;
use therapy_ui::entry::LineType;
use therapy_ui::message::Order;
use therapy_ui::quantity::{Microlitres, MicrolitresPerHour};

#[test]
#[requirement("SRS-1", level = "system")]
fn ten_minutes_of_delivery_are_within_one_percent_of_the_set_rate() {
    // The volume of ten minutes is a sixth of an hour's.
    for (rate, nanolitres_per_hour) in
        [("0.1", 100_000), ("12.3", 12_300_000), ("125.0", 125_000_000), ("999.0", 999_000_000)]
    {
        let mut pump = running(rate, "9999.0");
        pump.run(10 * MINUTE);
        let (expected, moved) = (nanolitres_per_hour / 6, pump.motor.moved_nanolitres());
        assert!(
            moved.abs_diff(expected) <= expected / 100,
            "{rate} ml/h moved {moved} nl, expected {expected} nl"
        );
    }
}

#[test]
#[requirement("SRS-2", level = "system")]
#[risk_control("RC-1")]
fn a_rate_outside_the_range_never_reaches_the_motor() {
    for rate in ["0.0", "0.05", "999.1", "9999"] {
        let mut pump = pump();
        key_in(&mut pump, &["1", "s", rate, "50.0", "yes", "yes"]);
        pump.run(MINUTE);
        assert_eq!(pump.state(), State::Idle, "{rate} ml/h");
        assert_eq!(pump.motor.moved_nanolitres(), 0);
    }
    for rate in ["0.1", "0.2", "998.9", "999.0"] {
        assert_eq!(running(rate, "50.0").state(), State::Delivering);
    }
    // 1000.0 ml/h: what an entry form with a defect could send.
    let (drug, line, volume) = (DrugId(1), LineType::Standard, Microlitres(50_000));
    let too_fast = Order { drug, line, rate: MicrolitresPerHour(1_000_000), volume }.encode();
    let refused = pump().send_order(&too_fast);
    assert!(matches!(refused, Err(StartRefused::Order(OrderRefused::Rate(_)))), "{refused:?}");
}

#[test]
#[requirement("SRS-3", level = "system")]
#[risk_control("RC-2")]
fn a_bubble_stops_the_motor_within_200_ms() {
    for reading in [AirReading::Bubble, AirReading::NoSignal] {
        let mut pump = running("125.0", "50.0");
        pump.run(MINUTE);
        pump.line.air = reading;
        let time = pump.run_until_stopped(MINUTE);
        assert!(time <= Duration::from_millis(200), "{time:?}");
        assert_eq!(pump.state(), State::Stopped(StopReason::Air));

        let moved = pump.motor.moved_nanolitres();
        pump.line.air = AirReading::Fluid;
        pump.run(MINUTE);
        assert_eq!(pump.motor.moved_nanolitres(), moved, "a stop is final");
    }
}

#[test]
#[requirement("SRS-4", level = "system")]
#[risk_control("RC-3")]
fn an_occlusion_stops_the_motor_within_a_second() {
    let mut pump = running("125.0", "50.0");
    pump.line.pressure = Kilopascals(80);
    pump.run(MINUTE);
    assert_eq!(pump.state(), State::Delivering);

    pump.line.pressure = Kilopascals(81);
    let time = pump.run_until_stopped(MINUTE);
    assert!(time <= Duration::from_secs(1), "{time:?}");
    assert_eq!(pump.state(), State::Stopped(StopReason::Occlusion));
}

#[test]
#[requirement("SRS-5", "SRS-6", level = "system")]
fn the_ordered_volume_is_delivered_shown_and_not_exceeded_by_more_than_a_tick() {
    // A tick of 20 ms at 450 ml/h moves 2.5 µl.
    let mut pump = running("450.0", "10.0");
    pump.run_until_stopped(3 * MINUTE);
    assert_eq!(pump.state(), State::Stopped(StopReason::Complete));
    let moved = pump.motor.moved_nanolitres();
    assert!((10_000_000..=10_002_500).contains(&moved), "{moved} nl");
    assert_eq!(pump.screen(), "Complete\nRate 450.0 ml/h\nDelivered 10.0 ml");
}

#[test]
#[requirement("SRS-28", level = "system")]
fn what_was_confirmed_is_what_is_delivered() {
    let mut pump = running("12.5", "0.5");
    pump.run_until_stopped(5 * MINUTE);
    assert_eq!(pump.screen(), "Complete\nRate 12.5 ml/h\nDelivered 0.5 ml");
    let moved = pump.motor.moved_nanolitres();
    assert!((500_000..=500_100).contains(&moved), "{moved} nl");
}

#[test]
#[requirement("SRS-9", level = "system")]
#[risk_control("RC-5")]
fn noise_in_place_of_an_order_starts_no_therapy() {
    let mut pump = pump();
    let noise = pump.send_order(&[0xA1; 14]);
    assert_eq!(noise, Err(StartRefused::Order(OrderRefused::Checksum)));
    pump.run(MINUTE);
    assert_eq!(pump.motor.moved_nanolitres(), 0);
}

/// What an entry form with a defect could send.
#[test]
#[requirement("SRS-30", level = "system")]
#[risk_control("RC-13")]
fn an_order_above_the_hard_limit_of_its_drug_starts_no_therapy() {
    let (line, volume) = (LineType::Standard, Microlitres(1_000));
    let order = |drug, rate| {
        Order { drug: DrugId(drug), line, rate: MicrolitresPerHour(rate), volume }.encode()
    };
    let refused = |reason| Err(StartRefused::Order(OrderRefused::Drug(reason)));
    let mut pump = pump();
    assert_eq!(pump.send_order(&order(3, 4_100)), refused(DrugRefused::AboveHardLimit));
    assert_eq!(pump.send_order(&order(9, 100)), refused(DrugRefused::Unknown));
    pump.run(MINUTE);
    assert_eq!(pump.motor.moved_nanolitres(), 0);
    assert_eq!(pump.send_order(&order(3, 4_000)), Ok(()));
}

#[test]
#[requirement("SRS-29", level = "system")]
#[risk_control("RC-12")]
fn an_order_during_a_therapy_starts_no_other() {
    let mut pump = running("125.0", "50.0");
    key_in(&mut pump, &["", "1", "s", "10.0", "5.0"]);
    assert_eq!(pump.enter("yes"), Err(StartRefused::Delivering));

    pump.press_stop();
    assert_eq!(pump.state(), State::Stopped(StopReason::Operator));
    key_in(&mut pump, &["", "1", "s", "10.0", "5.0", "yes"]);
    assert_eq!(pump.state(), State::Delivering);
}
