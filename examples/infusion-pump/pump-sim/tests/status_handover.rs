//! Integration of `motor-control` with everybody who listens across IF-2: the status.
//!
//! Each listener reads the bytes with code of its own. Here all of them read the same.

use alarm_manager::message::News as AlarmNews;
use alarm_manager::priority::Alarm;
use event_log::event::{Change, Microlitres as LogMicrolitres};
use event_log::message::News as LogNews;
use iec62304_macros::{requirement, risk_control};
use network_gateway::message::{State as GatewayState, Status as GatewayStatus};
use pump_control::delivery::{State, StopReason};
use pump_control::message::status::{STATUS_LENGTH, Status};
use pump_control::quantity::{Microlitres, MicrolitresPerHour};
use safety_monitor::message::Command;
use safety_monitor::quantity::MicrolitresPerHour as MonitorRate;
use therapy_ui::message::{State as ScreenState, Status as ScreenStatus};

fn sent(state: State) -> [u8; STATUS_LENGTH] {
    let (rate, delivered) = (MicrolitresPerHour(12_500), Microlitres(340));
    Status { number: 42, state, rate, delivered }.encode()
}

#[test]
#[requirement("SRS-10", "SRS-13", "SRS-27")]
fn every_listener_hears_what_motor_control_says() {
    use GatewayState as Report;
    use ScreenState as Screen;
    use StopReason as Reason;
    let stopped = State::Stopped;
    // The state, the rate that is commanded in it, its alarm, its report and its screen.
    let table = [
        (State::Delivering, 12_500, None, Report::Delivering, Screen::Delivering),
        (
            stopped(Reason::Complete),
            0,
            Some(Alarm::TherapyComplete),
            Report::Complete,
            Screen::Complete,
        ),
        (stopped(Reason::Operator), 0, None, Report::Stopped, Screen::Stopped),
        (stopped(Reason::Air), 0, Some(Alarm::Air), Report::Air, Screen::Air),
        (
            stopped(Reason::Occlusion),
            0,
            Some(Alarm::Occlusion),
            Report::Occlusion,
            Screen::Occlusion,
        ),
        (stopped(Reason::Fault), 0, Some(Alarm::MotorFault), Report::Fault, Screen::Fault),
        (stopped(Reason::Monitor), 0, Some(Alarm::MonitorTrip), Report::Tripped, Screen::Fault),
        (State::Idle, 0, None, Report::Idle, Screen::Idle),
    ];
    for (byte, (state, commanded, alarm, report, screen)) in (0..).zip(table) {
        let message = sent(state);
        let rate = MonitorRate(commanded);
        assert_eq!(Command::decode(&message), Ok(Command { number: 42, rate }));
        assert_eq!(AlarmNews::decode(&message), Ok(AlarmNews::Motor(alarm)));

        let delivered = Some(LogMicrolitres(340));
        let logged = LogNews { now: Change::State(byte), delivered };
        assert_eq!(LogNews::decode(&message), Ok(logged));

        let heard = GatewayStatus::decode(&message).expect("a status");
        assert_eq!(heard.state, report);
        assert_eq!((heard.microlitres_per_hour, heard.delivered_microlitres), (12_500, 340));

        let heard = ScreenStatus::decode(&message).expect("a status");
        assert_eq!(heard.state, screen);
        assert_eq!((heard.rate.0, heard.delivered.0), (12_500, 340));
    }
}

#[test]
#[requirement("SRS-13")]
#[risk_control("RC-7")]
fn no_listener_takes_a_status_altered_on_its_way() {
    let message = sent(State::Delivering);
    for position in 0..STATUS_LENGTH {
        for bit in 0..8 {
            let mut altered = message;
            altered[position] ^= 1 << bit;
            assert!(Command::decode(&altered).is_err());
            assert!(AlarmNews::decode(&altered).is_err());
            assert!(LogNews::decode(&altered).is_err());
            assert!(GatewayStatus::decode(&altered).is_err());
            assert!(ScreenStatus::decode(&altered).is_err());
        }
    }
}
