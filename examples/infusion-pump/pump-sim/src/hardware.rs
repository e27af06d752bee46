//! The parts around the software: motor, memory and hospital network.
//!
//! Knows them as the hardware specification gives them, and how each can fail.

use event_log::event::RECORD_LENGTH;
use event_log::storage::{Storage, StorageFailed};
use network_gateway::sender::{Network, NetworkDown};
use safety_monitor::monitor::Supply;

/// A step of the motor moves 50 nl; each shaft sensor gives a count at every fourth.
const NANOLITRES_PER_STEP: u64 = 50;
const STEPS_PER_COUNT: u64 = 4;

/// How the driver of the motor can fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriverFault {
    /// It makes the steps that it is told to make.
    #[default]
    None,
    /// It makes each step twice.
    Doubled,
    /// It goes on at the last speed, whatever it is told.
    Stuck,
}

/// The motor with its driver and its two shaft sensors.
#[derive(Clone, Debug, Default)]
pub struct Motor {
    /// How the driver fails.
    pub fault: DriverFault,
    steps: u64,
    last: u64,
}

impl Motor {
    /// Makes the steps of one tick, if there is a supply to make them with.
    pub fn step(&mut self, commanded: u32, supply: Supply) {
        let commanded = u64::from(commanded);
        let made = match self.fault {
            DriverFault::None => commanded,
            DriverFault::Doubled => 2 * commanded,
            DriverFault::Stuck => self.last,
        };
        self.last = made;
        if supply == Supply::On {
            self.steps += made;
        }
    }

    /// What the motor has moved since it was built.
    pub fn moved_nanolitres(&self) -> u64 {
        self.steps * NANOLITRES_PER_STEP
    }

    /// The counter of a shaft sensor, which has 16 bits.
    pub fn shaft(&self) -> u16 {
        let [.., high, low] = (self.steps / STEPS_PER_COUNT).to_be_bytes();
        u16::from_be_bytes([high, low])
    }
}

/// A memory that keeps its content without power.
#[derive(Clone, Debug)]
pub struct Memory {
    bytes: Vec<u8>,
    until_cut: Option<usize>,
}

impl Memory {
    /// A new memory with room for so many records.
    pub fn new(records: usize) -> Self {
        Self { bytes: vec![0xFF; records * RECORD_LENGTH], until_cut: None }
    }

    /// Cuts its power when this many more bytes are written.
    pub fn cut_after(&mut self, bytes: usize) {
        self.until_cut = Some(bytes);
    }

    /// Brings its power back.
    pub fn restore(&mut self) {
        self.until_cut = None;
    }
}

impl Storage for Memory {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn read(&self, at: usize, bytes: &mut [u8]) -> Result<(), StorageFailed> {
        let found = self.bytes.get(at..).and_then(|rest| rest.get(..bytes.len()));
        bytes.copy_from_slice(found.ok_or(StorageFailed)?);
        Ok(())
    }

    fn write(&mut self, at: usize, bytes: &[u8]) -> Result<(), StorageFailed> {
        for (place, byte) in self.bytes.iter_mut().skip(at).zip(bytes) {
            match &mut self.until_cut {
                Some(0) => return Err(StorageFailed),
                Some(left) => *left -= 1,
                None => {}
            }
            *place = *byte;
        }
        Ok(())
    }
}

/// The hospital network: up or down, and what arrived.
#[derive(Clone, Debug, Default)]
pub struct HospitalNetwork {
    /// Whether nothing arrives.
    pub is_down: bool,
    /// The reports that arrived.
    pub arrived: Vec<String>,
}

impl Network for HospitalNetwork {
    fn send(&mut self, report: &str) -> Result<(), NetworkDown> {
        if self.is_down {
            return Err(NetworkDown);
        }
        self.arrived.push(report.to_owned());
        Ok(())
    }
}
