//! What operators, service staff and the hospital see.

use super::{MINUTE, key_in, pump, running};
use iec62304_macros::{requirement, risk_control};
use pump_control::delivery::State;
use pump_sim::bench::SERVICE_CODE;
use std::time::Duration;
use therapy_ui::quantity::Days;

#[test]
#[requirement("SRS-7.a", level = "system")]
#[risk_control("RC-4")]
fn a_rate_above_the_hard_limit_of_the_drug_cannot_be_ordered() {
    let mut pump = pump();
    key_in(&mut pump, &["3", "s", "40.0", "10.0"]);
    assert!(pump.screen().starts_with("Refused: the limit of the drug is 4.0 ml/h"));
    key_in(&mut pump, &["yes", "yes"]);
    assert_eq!(pump.state(), State::Idle);
}

#[test]
#[requirement("SRS-7.b", "SRS-8", level = "system")]
#[risk_control("RC-4")]
fn a_therapy_starts_only_after_every_question_is_confirmed() {
    let therapy = "Mustercaine 10 mg/ml\nRate 2.1 ml/h\nVolume 10.0 ml\n";
    let warned = format!("{therapy}This is above the limit of 2.0 ml/h. Go on? (yes, back)");
    let asked = format!("{therapy}Start? (yes, back)");

    let mut pump = pump();
    key_in(&mut pump, &["3", "s", "2.1", "10.0"]);
    assert_eq!(pump.screen(), warned);
    key_in(&mut pump, &["", "start"]);
    assert_eq!(pump.screen(), warned);
    key_in(&mut pump, &["yes"]);
    assert_eq!(pump.screen(), asked);
    key_in(&mut pump, &["", "back"]);
    assert_eq!(pump.state(), State::Idle);
    key_in(&mut pump, &["3", "s", "2.1", "10.0", "yes", "yes"]);
    assert_eq!(pump.state(), State::Delivering);
}

#[test]
#[requirement("SRS-10", level = "system")]
fn the_hospital_gets_a_report_each_minute() {
    let mut pump = running("60.0", "2.0");
    pump.run(3 * MINUTE);
    let line = |state, delivered| {
        format!("EVP-1 state={state} rate_ul_per_h=60000 delivered_ul={delivered} lost_reports=0\n")
    };
    assert_eq!(
        pump.network.arrived,
        [line("delivering", 998), line("delivering", 1_998), line("complete", 2_000)]
    );
}

#[test]
#[requirement("SRS-11", level = "system")]
fn delivery_and_later_reports_go_on_when_the_network_fails() {
    let mut pump = running("60.0", "50.0");
    pump.network.is_down = true;
    pump.run(5 * MINUTE);
    assert!(pump.network.arrived.is_empty());
    assert_eq!(pump.motor.moved_nanolitres(), 5_000_000);

    pump.network.is_down = false;
    pump.run(MINUTE);
    assert_eq!(pump.network.arrived.len(), 1);
    assert!(pump.network.arrived[0].ends_with(" lost_reports=5\n"));
}

#[test]
#[requirement("SRS-24", "SRS-25", level = "system")]
fn the_service_screen_opens_by_its_code_alone() {
    let mut pump = running("60.0", "50.0");
    key_in(&mut pump, &["", "service", "0000"]);
    assert!(pump.screen().starts_with("The service screen stays closed\n"));
    key_in(&mut pump, &["service", SERVICE_CODE]);
    let screen = pump.screen();
    assert!(screen.starts_with("Service\nSoftware "), "{screen}");
    assert!(screen.ends_with("\nTherapies since power-on: 1"), "{screen}");

    key_in(&mut pump, &["", "service", "1", "service", "2", "service", "3"]);
    key_in(&mut pump, &["service", SERVICE_CODE]);
    assert!(pump.screen().starts_with("The service screen stays closed\n"));
}

#[test]
#[requirement("SRS-26", level = "system")]
fn the_yearly_check_of_the_battery_is_called_for_at_power_on() {
    let mut pump = pump();
    assert!(!pump.screen().contains("battery"));
    pump.since_battery_check = Days(366);
    let pump = pump.power_cycle().expect("a pump with a memory");
    assert!(pump.screen().contains("\nThe yearly check of the battery is due\n"));
}

#[test]
#[requirement("SRS-27", level = "system")]
fn the_screen_follows_the_therapy() {
    let mut pump = running("60.0", "50.0");
    pump.run(MINUTE);
    assert_eq!(pump.screen(), "Delivering\nRate 60.0 ml/h\nDelivered 0.9 ml");
    pump.faults.controller_hangs = true;
    pump.run(Duration::from_millis(20));
    assert_eq!(pump.screen(), "Delivering\nRate 60.0 ml/h\nDelivered 0.9 ml");
    pump.run(Duration::from_secs(2));
    assert_eq!(pump.screen(), "No news of the pump");
}
