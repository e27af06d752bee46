//! Integration of `safety-monitor` with `alarm-manager` across IF-3, the trip, and of
//! `alarm-manager` with `event-log` across IF-4, the alarm.

use alarm_manager::battery::BatteryReading;
use alarm_manager::manager::{AlarmManager, Inputs};
use alarm_manager::message::News;
use alarm_manager::priority::Alarm;
use alarm_manager::quantity::{Milliseconds, Minutes};
use event_log::event::Change;
use event_log::message::News as LogNews;
use iec62304_macros::{requirement, risk_control};
use safety_monitor::message::{TRIP_LENGTH, encode};
use safety_monitor::monitor::{State, TripReason};

#[test]
#[requirement("SRS-17")]
#[risk_control("RC-9")]
fn every_trip_of_the_monitor_is_an_alarm() {
    for reason in [TripReason::Flow, TripReason::Heartbeat, TripReason::SelfTest] {
        let news = News::decode(&encode(State::Tripped(reason)));
        assert_eq!(news, Ok(News::Monitor(Some(Alarm::MonitorTrip))));
    }
    for state in [State::Testing, State::Watching] {
        assert_eq!(News::decode(&encode(state)), Ok(News::Monitor(None)));
    }
}

#[test]
#[requirement("SRS-17")]
fn a_trip_altered_on_its_way_is_not_taken() {
    let message = encode(State::Tripped(TripReason::Flow));
    for position in 0..TRIP_LENGTH {
        for bit in 0..8 {
            let mut altered = message;
            altered[position] ^= 1 << bit;
            assert!(News::decode(&altered).is_err());
        }
    }
}

#[test]
#[requirement("SRS-22")]
fn the_log_hears_which_alarm_is_shown() {
    let mut manager = AlarmManager::default();
    let mut heard = |battery, silence| {
        manager.tick(Inputs { elapsed: Milliseconds(20), battery, silence });
        LogNews::decode(&manager.message()).map(|news| news.now)
    };
    assert_eq!(heard(BatteryReading::Mains, false), Ok(Change::Alarm(0)));
    let low = BatteryReading::Remaining(Minutes(29));
    assert_eq!(heard(low, false), Ok(Change::Alarm(2)));
    assert_eq!(heard(low, true), Ok(Change::Alarm(2)), "also when silenced");
    assert_eq!(heard(BatteryReading::NoSignal, false), Ok(Change::Alarm(7)));
}
