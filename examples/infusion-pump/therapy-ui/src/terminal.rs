//! Software unit `terminal`: from one screen to the next, line by line.
//!
//! Knows which screen follows which; each screen is a unit of its own.

use crate::confirmation::{Answer, Confirmation, Key};
use crate::drug::{self, DRUGS, DrugId};
use crate::entry::{Entry, EntryRefused, LineType};
use crate::message::{ORDER_LENGTH, Status};
use crate::quantity::Days;
use crate::service::{self, ServiceLock};
use crate::{running_screen, start_screen};
use core::time::Duration;
use iec62304_macros::requirement;

/// How long a status is news.
pub const LONGEST_SILENCE: Duration = Duration::from_secs(1);

/// The dialogue with the operator.
#[derive(Clone, Debug)]
pub struct Terminal {
    screen: Screen,
    notice: Option<String>,
    since_battery_check: Days,
    lock: ServiceLock,
    therapies: u32,
    status: Option<Status>,
    since_status: Duration,
}

#[derive(Clone, Debug)]
enum Screen {
    Start,
    Line { drug: DrugId },
    Rate { drug: DrugId, line: LineType },
    Volume { drug: DrugId, line: LineType, rate: String },
    Question(Confirmation),
    Running,
    ServiceCode,
    Service,
}

impl Terminal {
    /// The dialogue at power-on.
    #[requirement("SRS-26")]
    pub fn new(since_battery_check: Days, lock: ServiceLock) -> Self {
        Self {
            screen: Screen::Start,
            notice: None,
            since_battery_check,
            lock,
            therapies: 0,
            status: None,
            since_status: Duration::ZERO,
        }
    }

    /// Takes in a status of the motor; a message that holds none changes nothing.
    #[requirement("SRS-27")]
    pub fn receive(&mut self, message: &[u8]) {
        if let Ok(status) = Status::decode(message) {
            self.status = Some(status);
            self.since_status = Duration::ZERO;
        }
    }

    /// Lets time pass: an old status is taken from the screen.
    #[requirement("SRS-27")]
    pub fn tick(&mut self, elapsed: Duration) {
        self.since_status = self.since_status.saturating_add(elapsed);
        if self.since_status >= LONGEST_SILENCE {
            self.status = None;
        }
    }

    /// Goes on by one line of the operator. A confirmed therapy comes back as the order to
    /// send.
    #[requirement("SRS-8")]
    pub fn enter(&mut self, line: &str) -> Option<[u8; ORDER_LENGTH]> {
        self.notice = None;
        let mut order = None;
        self.screen = match core::mem::replace(&mut self.screen, Screen::Start) {
            Screen::Start => self.start(line),
            Screen::Line { drug } => self.line(drug, line),
            Screen::Rate { drug, line: tube } => {
                Screen::Volume { drug, line: tube, rate: line.to_owned() }
            }
            Screen::Volume { drug, line: tube, rate } => {
                self.check(&Entry { drug, line: tube, rate: &rate, volume: line })
            }
            Screen::Question(question) => match question.press(key(line)) {
                Answer::Asking(next) => Screen::Question(next),
                Answer::Withdrawn => Screen::Start,
                Answer::Ordered(message) => {
                    order = Some(message);
                    self.therapies = self.therapies.saturating_add(1);
                    self.status = None;
                    Screen::Running
                }
            },
            Screen::ServiceCode => self.service(line),
            Screen::Running | Screen::Service => Screen::Start,
        };
        order
    }

    /// The text on the terminal.
    #[requirement("SRS-8")]
    pub fn text(&self) -> String {
        let text = match &self.screen {
            Screen::Start => self.start_text(),
            Screen::Line { .. } => "Line (s standard, n neonatal)?".to_owned(),
            Screen::Rate { .. } => "Rate in ml/h?".to_owned(),
            Screen::Volume { .. } => "Volume in ml?".to_owned(),
            Screen::Question(question) => format!("{} (yes, back)", question.text()),
            Screen::Running => running_screen::text(self.status),
            Screen::ServiceCode => "Service code?".to_owned(),
            Screen::Service => service::text(self.therapies),
        };
        match &self.notice {
            Some(notice) => format!("{notice}\n{text}"),
            None => text,
        }
    }

    fn start_text(&self) -> String {
        let drug = |drug: drug::Drug| format!("\n{} {}", drug.id.0, drug.name);
        let drugs: String = DRUGS.into_iter().map(drug).collect();
        format!("{}{drugs}\nDrug (or service)?", start_screen::text(self.since_battery_check))
    }

    #[requirement("SRS-24")]
    fn start(&mut self, line: &str) -> Screen {
        if line == "service" {
            return Screen::ServiceCode;
        }
        match line.parse().ok().map(DrugId).and_then(drug::find) {
            Some(drug) => Screen::Line { drug: drug.id },
            None => self.refuse("There is no such drug", Screen::Start),
        }
    }

    fn line(&mut self, drug: DrugId, line: &str) -> Screen {
        match line {
            "s" => Screen::Rate { drug, line: LineType::Standard },
            "n" => Screen::Rate { drug, line: LineType::Neonatal },
            _ => self.refuse("There is no such line", Screen::Line { drug }),
        }
    }

    /// A refused entry is begun anew: to correct one number of it invites a slip.
    fn check(&mut self, entry: &Entry<'_>) -> Screen {
        match entry.check() {
            Ok(entry) => Screen::Question(Confirmation::ask(entry)),
            Err(refused) => self.refuse(&reason(refused), Screen::Start),
        }
    }

    #[requirement("SRS-24")]
    fn service(&mut self, code: &str) -> Screen {
        match self.lock.open(code) {
            Ok(()) => Screen::Service,
            Err(_) => self.refuse("The service screen stays closed", Screen::Start),
        }
    }

    fn refuse(&mut self, notice: &str, screen: Screen) -> Screen {
        self.notice = Some(notice.to_owned());
        screen
    }
}

fn key(line: &str) -> Key {
    match line {
        "yes" => Key::Confirm,
        "back" => Key::Back,
        _ => Key::Enter,
    }
}

fn reason(refused: EntryRefused) -> String {
    match refused {
        EntryRefused::Drug => "Refused: there is no such drug".to_owned(),
        EntryRefused::Number => "Refused: key in numbers like 12 or 0.5".to_owned(),
        EntryRefused::Rate => "Refused: the pump delivers 0.1 to 999.0 ml/h".to_owned(),
        EntryRefused::HardLimit(limit) => format!("Refused: the limit of the drug is {limit}"),
        EntryRefused::Volume => "Refused: the pump delivers 0.1 to 9999.0 ml".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::status;
    use iec62304_macros::{risk_control, verifies};

    fn terminal() -> Terminal {
        Terminal::new(Days(10), ServiceLock::new("4711"))
    }

    /// Enters lines, none of which orders anything, and gives the text after the last.
    fn after(terminal: &mut Terminal, lines: &[&str]) -> String {
        for line in lines {
            assert_eq!(terminal.enter(line), None, "{line}");
        }
        terminal.text()
    }

    #[test]
    #[requirement("SRS-8")]
    #[risk_control("RC-4")]
    #[verifies("terminal.AC-1")]
    fn only_yes_to_every_question_orders_a_therapy() {
        let mut terminal = terminal();
        let asked = after(&mut terminal, &["3", "n", "2.1", "10", ""]);
        assert!(asked.ends_with("This is above the limit of 2.0 ml/h. Go on? (yes, back)"));
        assert!(after(&mut terminal, &["yes", "y"]).ends_with("\nStart? (yes, back)"));
        let order = terminal.enter("yes").expect("an order");
        assert_eq!(order[..8], [0xA1, 0, 3, 1, 0, 0, 0x08, 0x34]);
        assert_eq!(terminal.text(), "No news of the pump");
    }

    #[test]
    #[requirement("SRS-8")]
    #[verifies("terminal.AC-1")]
    fn back_orders_nothing() {
        let mut terminal = terminal();
        let text = after(&mut terminal, &["2", "s", "20", "10", "back", "yes"]);
        assert!(text.starts_with("There is no such drug\nEVP-1 infusion pump\n"), "{text}");
    }

    #[test]
    #[verifies("terminal.AC-2")]
    fn what_is_refused_is_said_and_begun_anew() {
        for (lines, said) in [
            (&["9"][..], "There is no such drug\nEVP-1"),
            (&["1", "x"], "There is no such line\nLine"),
            (&["1", "s", "1.25", "10"], "Refused: key in numbers like 12 or 0.5\nEVP-1"),
            (&["1", "s", "0", "10"], "Refused: the pump delivers 0.1 to 999.0 ml/h\nEVP-1"),
            (&["1", "s", "10", "0"], "Refused: the pump delivers 0.1 to 9999.0 ml\nEVP-1"),
            (&["3", "s", "4.1", "10"], "Refused: the limit of the drug is 4.0 ml/h\nEVP-1"),
        ] {
            let text = after(&mut terminal(), lines);
            assert!(text.starts_with(said), "{lines:?}: {text}");
        }
    }

    #[test]
    #[requirement("SRS-27")]
    #[verifies("terminal.AC-3")]
    fn the_running_screen_follows_the_status() {
        let mut terminal = terminal();
        after(&mut terminal, &["1", "s", "12.5", "10"]);
        assert!(terminal.enter("yes").is_some());
        terminal.receive(&status(0, 12_500, 300));
        let delivering = "Delivering\nRate 12.5 ml/h\nDelivered 0.3 ml";
        terminal.tick(Duration::from_millis(999));
        terminal.receive(&status(0, 12_500, 300));
        terminal.tick(Duration::from_millis(999));
        terminal.receive(&[0; 13]);
        assert_eq!(terminal.text(), delivering);
        terminal.tick(Duration::from_millis(1));
        assert_eq!(terminal.text(), "No news of the pump");
        assert!(after(&mut terminal, &[""]).ends_with("\nDrug (or service)?"));
    }

    #[test]
    #[requirement("SRS-24", "SRS-25")]
    #[verifies("terminal.AC-4")]
    fn the_service_screen_is_behind_its_code() {
        let mut terminal = terminal();
        let closed = after(&mut terminal, &["service", "1234"]);
        assert!(closed.starts_with("The service screen stays closed\nEVP-1"), "{closed}");
        let open = after(&mut terminal, &["service", "4711"]);
        assert!(open.ends_with("\nTherapies since power-on: 0"), "{open}");
    }
}
