//! Integration of `safety-monitor` with `motor-control` across IF-8, the stop line.

use iec62304_macros::{requirement, risk_control};
use pump_control::control::MotorControl;
use pump_control::delivery::{State, StopLine, StopReason, TickInputs};
use pump_control::dose::EncoderReading;
use pump_control::line::{AirReading, LineReading};
use pump_control::quantity::{Kilopascals, Milliseconds, MotorSteps};
use safety_monitor::flow::ShaftReading;
use safety_monitor::monitor::{Inputs, Monitor, Supply};
use therapy_ui::drug::DrugId;
use therapy_ui::entry::LineType;
use therapy_ui::message::Order;
use therapy_ui::quantity::{Microlitres, MicrolitresPerHour};

/// A level that the monitor gives, as `motor-control` reads it.
fn line(supply: Supply) -> StopLine {
    match supply {
        Supply::On => StopLine::Clear,
        Supply::Off => StopLine::Held,
    }
}

/// A tick of a motor that stands still on a sound line.
fn inputs(stop_line: StopLine) -> TickInputs {
    TickInputs {
        elapsed: Milliseconds(100),
        line: LineReading { air: AirReading::Fluid, pressure: Kilopascals(10) },
        encoder: EncoderReading(0),
        stop_line,
    }
}

/// A therapy at 360 ml/h, which is 200 steps in a tick.
fn delivering() -> MotorControl {
    let (rate, volume) = (MicrolitresPerHour(360_000), Microlitres(50_000));
    let order = Order { drug: DrugId(1), line: LineType::Standard, rate, volume };
    let mut control = MotorControl::default();
    assert_eq!(control.receive(&order.encode(), EncoderReading(0)), Ok(()));
    control
}

/// A tick of the monitor; the supply follows its line.
fn watch(monitor: &mut Monitor, message: &[u8], shaft: u16, supply: Supply) -> Supply {
    monitor.tick(Inputs {
        elapsed: safety_monitor::quantity::Milliseconds(100),
        message: Some(message),
        shaft: ShaftReading(shaft),
        supply,
    })
}

#[test]
#[requirement("SRS-16")]
#[risk_control("RC-8")]
fn the_motor_runs_only_after_the_monitor_has_let_go() {
    let mut monitor = Monitor::new(ShaftReading(0));
    let mut early = delivering();
    assert_eq!(early.tick(inputs(StopLine::Held)), MotorSteps(0));
    assert_eq!(early.state(), State::Stopped(StopReason::Monitor));

    let supply = watch(&mut monitor, &early.status(), 0, Supply::Off);
    assert_eq!(delivering().tick(inputs(line(supply))), MotorSteps(200));
}

#[test]
#[requirement("SRS-14")]
#[risk_control("RC-6")]
fn a_trip_stops_the_commands_as_well_as_the_supply() {
    let mut monitor = Monitor::new(ShaftReading(0));
    let mut control = delivering();
    let supply = watch(&mut monitor, &control.status(), 0, Supply::Off);
    assert_eq!(control.tick(inputs(line(supply))), MotorSteps(200));

    let supply = watch(&mut monitor, &control.status(), 1_000, supply);
    assert_eq!(supply, Supply::Off);
    assert_eq!(control.tick(inputs(line(supply))), MotorSteps(0));
    assert_eq!(control.state(), State::Stopped(StopReason::Monitor));
}
