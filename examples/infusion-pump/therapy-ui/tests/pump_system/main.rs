//! System tests: the whole software system, from keys to drops and reports.

mod simulated_pump;

use iec62304_macros::{requirement, risk_control};
use pump_control::delivery::{State, StopReason};
use pump_control::line::AirReading;
use pump_control::message::order::OrderRefused;
use pump_control::quantity::{Kilopascals, MicrolitresPerHour};
use pump_control::rate::RateRefused;
use simulated_pump::{Outcome, Pump};
use std::time::Duration;
use therapy_ui::confirmation::Key;
use therapy_ui::entry::EntryRefused;

const MINUTE: Duration = Duration::from_secs(60);

#[test]
#[requirement("SRS-1", level = "system")]
fn ten_minutes_of_delivery_are_within_one_percent_of_the_set_rate() {
    // The volume of ten minutes is a sixth of an hour's.
    for (rate, nanolitres_per_hour) in
        [("0.1", 100_000), ("12.3", 12_300_000), ("125.0", 125_000_000), ("999.0", 999_000_000)]
    {
        let mut pump = Pump::running(rate, "9999.0");
        pump.run(10 * MINUTE);
        let (expected, moved) = (nanolitres_per_hour / 6, pump.moved_nanolitres());
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
    let refused = |rate, reason| {
        let outcome = Pump::new().key_in(1, rate, "50.0", &[Key::Confirm, Key::Confirm]);
        assert_eq!(outcome, Outcome::EntryRefused(reason), "{rate} ml/h");
    };
    refused("0.0", EntryRefused::Rate(RateRefused::BelowRange));
    refused("0.05", EntryRefused::Number);
    refused("999.1", EntryRefused::Rate(RateRefused::AboveRange));
    for rate in ["0.1", "0.2", "998.9", "999.0"] {
        let pump = Pump::running(rate, "50.0");
        assert_eq!(pump.status().state, State::Delivering);
    }
}

#[test]
#[requirement("SRS-3", level = "system")]
#[risk_control("RC-2")]
fn a_bubble_stops_the_motor_within_200_ms() {
    for reading in [AirReading::Bubble, AirReading::NoSignal] {
        let mut pump = Pump::running("125.0", "50.0");
        pump.run(MINUTE);
        pump.line.air = reading;
        let time = pump.run_until_stopped(MINUTE);
        assert!(time <= Duration::from_millis(200), "{time:?}");
        assert_eq!(pump.status().state, State::Stopped(StopReason::Air));

        let moved = pump.moved_nanolitres();
        pump.line.air = AirReading::Fluid;
        pump.run(MINUTE);
        assert_eq!(pump.moved_nanolitres(), moved, "a stop is final");
    }
}

#[test]
#[requirement("SRS-4", level = "system")]
#[risk_control("RC-3")]
fn an_occlusion_stops_the_motor_within_a_second() {
    let mut pump = Pump::running("125.0", "50.0");
    pump.line.pressure = Kilopascals(80);
    pump.run(MINUTE);
    assert_eq!(pump.status().state, State::Delivering);

    pump.line.pressure = Kilopascals(81);
    let time = pump.run_until_stopped(MINUTE);
    assert!(time <= Duration::from_secs(1), "{time:?}");
    assert_eq!(pump.status().state, State::Stopped(StopReason::Occlusion));
}

#[test]
#[requirement("SRS-5", "SRS-6", level = "system")]
fn the_ordered_volume_is_delivered_shown_and_not_exceeded_by_more_than_a_tick() {
    // A tick of 20 ms at 900 ml/h moves 5 µl.
    let mut pump = Pump::running("900.0", "20.0");
    pump.run_until_stopped(3 * MINUTE);
    assert_eq!(pump.status().state, State::Stopped(StopReason::Complete));
    let moved = pump.moved_nanolitres();
    assert!((20_000_000..=20_005_000).contains(&moved), "{moved} nl");
    let shown = u64::from(pump.status().delivered.0);
    assert_eq!(shown, moved / 1_000);
}

#[test]
#[requirement("SRS-7.a", level = "system")]
#[risk_control("RC-4")]
fn a_rate_above_the_hard_limit_of_the_drug_cannot_be_ordered() {
    let limit = EntryRefused::HardLimit(MicrolitresPerHour(4_000));
    let outcome = Pump::new().key_in(3, "40.0", "10.0", &[Key::Confirm, Key::Confirm]);
    assert_eq!(outcome, Outcome::EntryRefused(limit));
}

#[test]
#[requirement("SRS-7.b", "SRS-8", level = "system")]
#[risk_control("RC-4")]
fn a_therapy_starts_only_after_every_question_is_confirmed() {
    let mut pump = Pump::new();
    let mut keys = |rate, keys: &[Key]| pump.key_in(3, rate, "10.0", keys);
    let shown = "Mustercaine 10 mg/ml\nRate 2.1 ml/h\nVolume 10.0 ml\n";
    let warning = "This is above the limit of 2.0 ml/h. Go on?";
    let warned = Outcome::Asking(format!("{shown}{warning}"));
    let asked = Outcome::Asking(format!("{shown}Start?"));

    assert_eq!(keys("2.1", &[]), warned);
    assert_eq!(keys("2.1", &[Key::Enter, Key::Enter]), warned);
    assert_eq!(keys("2.1", &[Key::Confirm]), asked);
    assert_eq!(keys("2.1", &[Key::Confirm, Key::Enter]), asked);
    assert_eq!(keys("2.1", &[Key::Confirm, Key::Back]), Outcome::Withdrawn);
    assert_eq!(keys("2.1", &[Key::Confirm, Key::Confirm]), Outcome::Running);
    assert_eq!(keys("2.0", &[Key::Confirm]), Outcome::Running);
}

#[test]
#[requirement("SRS-9", level = "system")]
#[risk_control("RC-5")]
fn noise_in_place_of_an_order_starts_no_therapy() {
    let mut pump = Pump::new();
    let noise = pump.receive(&[0xA1; 14]);
    assert_eq!(noise, Outcome::OrderRefused(OrderRefused::Checksum));
    pump.run(MINUTE);
    assert_eq!(pump.moved_nanolitres(), 0);
}

#[test]
#[requirement("SRS-10", level = "system")]
fn the_hospital_gets_a_report_each_minute() {
    let mut pump = Pump::running("60.0", "2.0");
    pump.run(3 * MINUTE);
    let line = |state, delivered| {
        format!("EVP-1 state={state} rate_ul_per_h=60000 delivered_ul={delivered} lost_reports=0\n")
    };
    assert_eq!(
        pump.network.arrived,
        [line("delivering", 999), line("delivering", 1_999), line("complete", 2_000)]
    );
}

#[test]
#[requirement("SRS-11", level = "system")]
fn delivery_and_later_reports_go_on_when_the_network_fails() {
    let mut pump = Pump::running("60.0", "50.0");
    pump.network.is_down = true;
    pump.run(5 * MINUTE);
    assert!(pump.network.arrived.is_empty());
    assert_eq!(pump.moved_nanolitres(), 5_000_000);

    pump.network.is_down = false;
    pump.run(MINUTE);
    assert_eq!(pump.network.arrived.len(), 1);
    assert!(pump.network.arrived[0].ends_with(" lost_reports=5\n"));
}
