//! What people decided about findings: waivers, and rules that weigh more or less.
//!
//! Knows which of them are complete, and nothing of findings or of which rules exist.

use jiff::civil::Date;

use super::Resolver;
use crate::location::{Located, Location};
use crate::model::record::{Fields, Value};
use crate::records::{Document, is_placeholder};

/// A rule that weighs more or less in this project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeveritySetting {
    /// The name of the rule, as written.
    pub rule: Located<String>,
    /// `error`, `warning` or `note`.
    pub severity: Located<String>,
    /// Why.
    pub reason: String,
}

/// A recorded decision to leave one finding open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The name of the rule, as written: the place of the waiver.
    pub rule: Located<String>,
    /// The id or path that the finding is about.
    pub subject: Located<String>,
    /// Why it can be accepted; `None` also where only a placeholder stands.
    pub reason: Option<String>,
    /// Who has accepted it; `None` also where only a placeholder stands.
    pub approver: Option<String>,
    /// When.
    pub date: Option<Located<Date>>,
    /// The last day on which it holds.
    pub expires: Option<Located<Date>>,
    /// What the finding and its subject are, as a hash; `None` also where only a placeholder stands.
    pub hash: Option<Located<String>>,
}

impl Waiver {
    /// Where it stands.
    pub fn at(&self) -> &Location {
        &self.rule.at
    }

    /// The fields without which it waives nothing and which it lacks.
    pub fn missing(&self) -> Vec<&'static str> {
        [
            ("reason", self.reason.is_none()),
            ("approver", self.approver.is_none()),
            ("date", self.date.is_none()),
            ("hash", self.hash.is_none()),
        ]
        .into_iter()
        .filter_map(|(field, is_missing)| is_missing.then_some(field))
        .collect()
    }
}

/// The waivers of every file that name a rule and a subject, file by file.
pub fn waivers(documents: &[Document]) -> Vec<Waiver> {
    let tables = documents.iter().flat_map(|document| document.settings.tables("waiver"));
    tables.filter_map(waiver).collect()
}

fn waiver(fields: &Fields) -> Option<Waiver> {
    let written = |name| fields.text(name).filter(|text| !is_placeholder(&text.value));
    let date = |name| {
        let text = fields.text(name)?;
        Some(Located::new(text.value.parse().ok()?, text.at.clone()))
    };
    Some(Waiver {
        rule: fields.text("rule")?.clone(),
        subject: fields.text("subject")?.clone(),
        reason: written("reason").map(|text| text.value.clone()),
        approver: written("approver").map(|text| text.value.clone()),
        date: date("date"),
        expires: date("expires"),
        hash: written("hash").cloned(),
    })
}

impl Resolver {
    /// A setting without a reason changes nothing.
    pub(super) fn severities(&mut self, policy: &Fields) -> Vec<SeveritySetting> {
        let mut settings = Vec::new();
        for field in policy {
            let Value::Table(of_rule) = &field.value else {
                continue;
            };
            let (Some(severity), Some(reason)) = (of_rule.text("severity"), of_rule.text("reason"))
            else {
                continue;
            };
            if is_placeholder(&reason.value) {
                let written = reason.value.trim();
                let message =
                    format!("`reason` says only {written:?}, which counts as not written");
                let help = "write why the rule weighs that much here; until then it weighs as ever";
                self.report(&reason.at, message, help.to_owned());
                continue;
            }
            settings.push(SeveritySetting {
                rule: field.name.clone(),
                severity: severity.clone(),
                reason: reason.value.clone(),
            });
        }
        settings
    }
}
