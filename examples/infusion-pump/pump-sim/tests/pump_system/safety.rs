//! What happens when something breaks: the monitor, the alarms, the log.

use super::{MINUTE, key_in, pump, running};
use alarm_manager::battery::BatteryReading;
use alarm_manager::priority::Alarm;
use alarm_manager::quantity::Minutes;
use alarm_manager::signal::Sound;
use event_log::event::Change;
use iec62304_macros::{requirement, risk_control};
use pump_control::delivery::{State, StopReason};
use pump_control::line::AirReading;
use pump_control::quantity::Kilopascals;
use pump_sim::bench::{Bench, TICK};
use pump_sim::hardware::DriverFault;
use safety_monitor::monitor::{State as MonitorState, TripReason};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The supply stays cut, and the motor stands still.
fn expect_cut_off(pump: &mut Bench, reason: TripReason) {
    assert_eq!(pump.monitor(), MonitorState::Tripped(reason));
    let moved = pump.motor.moved_nanolitres();
    pump.run(MINUTE);
    assert_eq!(pump.monitor(), MonitorState::Tripped(reason));
    assert_eq!(pump.motor.moved_nanolitres(), moved);
    assert_eq!(pump.signal().shown, Some(Alarm::MonitorTrip));
}

#[test]
#[requirement("SRS-13", "SRS-14", level = "system")]
fn a_sound_motor_is_never_cut_off() {
    for rate in ["0.1", "12.3", "999.0"] {
        let mut pump = running(rate, "9999.0");
        pump.run(10 * MINUTE);
        assert_eq!(pump.monitor(), MonitorState::Watching, "{rate} ml/h");
    }
}

#[test]
#[requirement("SRS-14", level = "system")]
#[risk_control("RC-6")]
fn a_motor_that_is_too_fast_is_cut_off_after_50_microlitres() {
    for rate in ["1.0", "125.0", "999.0"] {
        let mut pump = running(rate, "9999.0");
        pump.run(MINUTE);
        let before = pump.motor.moved_nanolitres();
        pump.motor.fault = DriverFault::Doubled;
        let start = pump.time();
        while pump.monitor() == MonitorState::Watching && pump.time() < start + 10 * MINUTE {
            pump.tick();
        }
        // Twice the rate moves 20 µl in 9 µl of excess; a tick at 999 ml/h moves 11 µl.
        let moved = pump.motor.moved_nanolitres() - before;
        assert!((50_000..=130_000).contains(&moved), "{rate} ml/h: {moved} nl");
        expect_cut_off(&mut pump, TripReason::Flow);
    }
}

#[test]
#[requirement("SRS-14", level = "system")]
#[risk_control("RC-6")]
fn a_motor_that_does_not_stop_is_cut_off() {
    let mut pump = running("125.0", "50.0");
    pump.run(MINUTE);
    pump.motor.fault = DriverFault::Stuck;
    pump.press_stop();
    pump.run(10 * SECOND);
    expect_cut_off(&mut pump, TripReason::Flow);
}

#[test]
#[requirement("SRS-15", level = "system")]
#[risk_control("RC-7")]
fn a_hanging_controller_is_cut_off_within_half_a_second() {
    let mut pump = running("999.0", "9999.0");
    pump.run(MINUTE);
    pump.motor.fault = DriverFault::Stuck;
    pump.faults.controller_hangs = true;
    pump.run(Duration::from_millis(520));
    expect_cut_off(&mut pump, TripReason::Heartbeat);
}

#[test]
#[requirement("SRS-16", level = "system")]
#[risk_control("RC-8")]
fn a_stop_line_that_does_not_work_is_found_at_power_on() {
    let mut broken = pump();
    broken.faults.supply_is_stuck = true;
    let mut pump = broken.power_cycle().expect("a pump with a memory");
    pump.run(Duration::from_millis(100));
    assert_eq!(pump.monitor(), MonitorState::Tripped(TripReason::SelfTest));
    assert_eq!(pump.signal().shown, Some(Alarm::MonitorTrip));
}

#[test]
#[requirement("SRS-17", "SRS-20", level = "system")]
#[risk_control("RC-9")]
fn each_stop_that_the_pump_made_by_itself_is_heard_within_a_second() {
    for alarm in [Alarm::Air, Alarm::Occlusion, Alarm::MonitorTrip] {
        let mut pump = running("999.0", "9999.0");
        match alarm {
            Alarm::Air => pump.line.air = AirReading::Bubble,
            Alarm::Occlusion => pump.line.pressure = Kilopascals(95),
            _ => pump.motor.fault = DriverFault::Doubled,
        }
        pump.run_until_stopped(MINUTE);
        pump.run(TICK);
        assert_eq!(pump.signal().shown, Some(alarm));
        assert_eq!(pump.signal().sound, Sound::Pulses(10));
    }
}

#[test]
#[requirement("SRS-18", level = "system")]
#[risk_control("RC-9")]
fn of_several_alarms_the_most_pressing_is_shown() {
    let mut pump = running("125.0", "50.0");
    pump.battery = BatteryReading::Remaining(Minutes(20));
    pump.run(SECOND);
    assert_eq!(pump.signal().shown, Some(Alarm::BatteryLow));
    pump.line.pressure = Kilopascals(95);
    pump.run(SECOND);
    assert_eq!(pump.signal().shown, Some(Alarm::Occlusion));
    pump.battery = BatteryReading::Remaining(Minutes(1));
    pump.run(SECOND);
    assert_eq!(pump.signal().shown, Some(Alarm::BatteryEmpty));
}

#[test]
#[requirement("SRS-19", "SRS-20", level = "system")]
#[risk_control("RC-10")]
fn the_battery_alarms_at_30_and_again_at_5_minutes() {
    let mut pump = running("125.0", "50.0");
    let mut at = |minutes| {
        pump.battery = BatteryReading::Remaining(Minutes(minutes));
        pump.run(SECOND);
        (pump.signal().shown, pump.signal().sound)
    };
    assert_eq!(at(30), (None, Sound::Silent));
    assert_eq!(at(29), (Some(Alarm::BatteryLow), Sound::Pulses(3)));
    assert_eq!(at(4), (Some(Alarm::BatteryEmpty), Sound::Pulses(10)));
}

#[test]
#[requirement("SRS-21", level = "system")]
fn an_alarm_is_silent_for_two_minutes_and_no_longer() {
    let mut pump = running("125.0", "50.0");
    pump.line.air = AirReading::Bubble;
    pump.run(SECOND);
    pump.silence_key = true;
    pump.run(TICK);
    pump.silence_key = false;
    pump.run(119 * SECOND);
    assert_eq!((pump.signal().shown, pump.signal().sound), (Some(Alarm::Air), Sound::Silent));
    pump.run(SECOND);
    assert_eq!(pump.signal().sound, Sound::Pulses(10));
}

/// What the log says of a therapy that air ends.
const LOGGED: [Change; 5] =
    [Change::State(7), Change::Alarm(0), Change::State(0), Change::State(3), Change::Alarm(6)];

fn changes(pump: &Bench) -> Vec<Change> {
    let records = pump.events().expect("a memory that can be read");
    records.iter().map(|record| record.event.change).collect()
}

#[test]
#[requirement("SRS-22", level = "system")]
fn a_therapy_and_its_alarm_are_in_the_log() {
    let mut pump = running("60.0", "50.0");
    pump.run(MINUTE);
    pump.line.air = AirReading::Bubble;
    pump.run(MINUTE);
    assert_eq!(changes(&pump), LOGGED);
    let records = pump.events().expect("a memory that can be read");
    let stop = records[3].event;
    assert_eq!((stop.at.0, stop.delivered.0), (60, 1_000));
}

#[test]
#[requirement("SRS-23", level = "system")]
#[risk_control("RC-11")]
fn the_log_survives_a_power_cut_after_any_byte() {
    for bytes in 0..40 {
        let mut pump = running("60.0", "50.0");
        pump.run(SECOND);
        pump.line.air = AirReading::Bubble;
        pump.run(SECOND);
        let mut pump = pump.cut_log_after(bytes).expect("a memory that can be read");
        pump.battery = BatteryReading::NoSignal;
        pump.run(SECOND);

        let mut pump = pump.power_cycle().expect("a memory that can be read");
        let survived = changes(&pump);
        assert!(survived.starts_with(&LOGGED), "{bytes} bytes: {survived:?}");
        pump.run(SECOND);
        assert!(changes(&pump).len() > survived.len(), "the log goes on");
    }
}

#[test]
#[requirement("SRS-14", level = "system")]
fn a_tripped_pump_refuses_therapy_until_it_is_switched_off_and_on() {
    let mut pump = running("999.0", "9999.0");
    pump.motor.fault = DriverFault::Doubled;
    pump.run(10 * SECOND);
    assert_eq!(pump.state(), State::Stopped(StopReason::Monitor));
    key_in(&mut pump, &["", "1", "s", "10.0", "5.0", "yes"]);
    pump.run(SECOND);
    assert_eq!(pump.state(), State::Stopped(StopReason::Monitor));

    pump.motor.fault = DriverFault::None;
    let mut pump = pump.power_cycle().expect("a memory that can be read");
    pump.run(SECOND);
    key_in(&mut pump, &["1", "s", "10.0", "5.0", "yes"]);
    pump.run(SECOND);
    assert_eq!(pump.state(), State::Delivering);
}
