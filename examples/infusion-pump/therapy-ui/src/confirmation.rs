//! Software unit `confirmation`: no order without an answer to every question.
//!
//! Knows what has to be asked; nothing of how an entry is checked.

use crate::entry::CheckedEntry;
use crate::message::ORDER_LENGTH;
use crate::quantity::MicrolitresPerHour;
use iec62304_macros::{requirement, risk_control};

/// The keys below the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Ends an entry. It confirms nothing: a second press by mistake must not start a therapy.
    Enter,
    /// Says yes to the question on the screen.
    Confirm,
    /// Goes back to the entry.
    Back,
}

/// A checked entry that waits for the operator's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmation {
    entry: CheckedEntry,
    question: Question,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    SoftLimit(MicrolitresPerHour),
    Start,
}

/// What comes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is a question on the screen.
    Asking(Confirmation),
    /// The order goes to the motor.
    Ordered([u8; ORDER_LENGTH]),
    /// The operator went back; nothing is ordered.
    Withdrawn,
}

impl Confirmation {
    /// Asks for an entry, first about the soft limit where the rate is above it.
    #[requirement("SRS-7.b")]
    pub fn ask(entry: CheckedEntry) -> Self {
        let question = match entry.exceeded_soft_limit() {
            Some(limit) => Question::SoftLimit(limit),
            None => Question::Start,
        };
        Self { entry, question }
    }

    /// The question on the screen.
    #[requirement("SRS-8")]
    pub fn text(&self) -> String {
        let summary = self.entry.summary();
        match self.question {
            Question::SoftLimit(limit) => {
                format!("{summary}\nThis is above the limit of {limit}. Go on?")
            }
            Question::Start => format!("{summary}\nStart?"),
        }
    }

    /// Goes on by one key.
    #[requirement("SRS-8")]
    #[risk_control("RC-4")]
    #[must_use]
    pub fn press(self, key: Key) -> Answer {
        match (key, self.question) {
            (Key::Back, _) => Answer::Withdrawn,
            (Key::Enter, _) => Answer::Asking(self),
            (Key::Confirm, Question::SoftLimit(_)) => {
                Answer::Asking(Self { question: Question::Start, ..self })
            }
            (Key::Confirm, Question::Start) => Answer::Ordered(self.entry.order().encode()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drug::DrugId;
    use crate::entry::{Entry, LineType};
    use iec62304_macros::verifies;

    /// An entry for the drug with the soft limit of 20 ml/h.
    fn entry(rate: &str) -> CheckedEntry {
        let entry = Entry { drug: DrugId(2), line: LineType::Standard, rate, volume: "50" };
        entry.check().expect("an entry inside all limits")
    }

    fn next(answer: Answer) -> Confirmation {
        match answer {
            Answer::Asking(confirmation) => confirmation,
            other => panic!("expected a question, got {other:?}"),
        }
    }

    #[test]
    #[requirement("SRS-8")]
    #[risk_control("RC-4")]
    #[verifies("confirmation.AC-1")]
    fn a_therapy_is_shown_and_ordered_by_a_key_of_its_own() {
        let asked = Confirmation::ask(entry("20.0"));
        let text = "Examplamine 1 mg/ml\nRate 20.0 ml/h\nVolume 50.0 ml\nStart?";
        assert_eq!(asked.text(), text);
        assert_eq!(asked.press(Key::Enter), Answer::Asking(asked));

        let order = entry("20.0").order().encode();
        assert_eq!(asked.press(Key::Confirm), Answer::Ordered(order));
    }

    #[test]
    #[requirement("SRS-7.b")]
    #[risk_control("RC-4")]
    #[verifies("confirmation.AC-2")]
    fn above_the_soft_limit_one_more_question_is_asked() {
        let warned = Confirmation::ask(entry("20.1"));
        let text = "Examplamine 1 mg/ml\nRate 20.1 ml/h\nVolume 50.0 ml\n\
                    This is above the limit of 20.0 ml/h. Go on?";
        assert_eq!(warned.text(), text);
        assert_eq!(warned.press(Key::Enter), Answer::Asking(warned));

        let asked = next(warned.press(Key::Confirm));
        assert!(asked.text().ends_with("\nStart?"));
        let order = entry("20.1").order().encode();
        assert_eq!(asked.press(Key::Confirm), Answer::Ordered(order));
    }

    #[test]
    #[requirement("SRS-8")]
    #[verifies("confirmation.AC-1", "confirmation.AC-2")]
    fn back_withdraws_from_every_question() {
        let asked = Confirmation::ask(entry("20.0"));
        assert_eq!(asked.press(Key::Back), Answer::Withdrawn);
        let warned = Confirmation::ask(entry("20.1"));
        assert_eq!(warned.press(Key::Back), Answer::Withdrawn);
    }
}
