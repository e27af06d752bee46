//! Evaluations of published anomalies (7.1.3): what one is bound to, and whether it is
//! still what somebody looked at.

use std::collections::BTreeSet;

use iec62304_macros::{requirement, risk_control};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::rows::date;
use super::{Binding, Evaluation, Hit, Row, RowKind, Verdict};
use crate::config::Anomalies;
use crate::location::{Located, Location};
use crate::model::record::{Fields, Record};
use crate::snapshot::short_digest;

/// What an evaluation is judged by.
pub(super) struct Judge<'j> {
    pub(super) as_of: Option<Date>,
    pub(super) limits: &'j Anomalies,
    /// The SOUP list, of which a group is part.
    pub(super) soup: &'j [Row],
}

/// The evaluation that a record holds for a group of rows, as it stands today.
#[requirement("TOOL-19")]
#[risk_control("GUARD-4")]
pub(super) fn evaluate(record: &Record, group: &[usize], judge: &Judge<'_>) -> Evaluation {
    let binding = binding(group, judge.soup);
    let Some(anomalies) = record.fields.table("anomalies") else {
        let open = "its published anomalies were never evaluated".to_owned();
        let open = vec![Located::new(open, record.at().clone())];
        return Evaluation { binding, open, missing: 1, ..Evaluation::default() };
    };
    let text = |field| anomalies.text(field).map(|text| text.value.clone());
    let mut open = unwritten(anomalies, record.at());
    let missing = open.len();
    let rows: Vec<&Row> = group.iter().map(|at| &judge.soup[*at]).collect();
    open.extend(other_version(anomalies, &rows));
    open.extend(aged(anomalies, judge));
    open.extend(unbound(anomalies, &binding, record.at()));
    Evaluation {
        source: text("source"),
        version: text("version"),
        reviewed: date(anomalies, "reviewed"),
        by: text("by"),
        verdict: text("verdict"),
        valid_until: date(anomalies, "valid_until"),
        binding,
        open,
        missing,
    }
}

/// The verdict of a record on an advisory, by any of its ids.
pub(super) fn verdict(record: &Record, hit: &Hit) -> Option<Verdict> {
    let entries = record.fields.table("anomalies")?.tables("entry");
    let names = |entry: &&Fields| {
        let id = entry.text("id");
        id.is_some_and(|id| hit.ids.contains(&id.value))
    };
    let entry = entries.iter().find(names)?;
    let text = |field| entry.text(field).map(|text| text.value.clone());
    Some(Verdict {
        word: text("verdict")?,
        justification: text("justification"),
        reason: text("reason")?,
        action: text("action"),
        at: entry.text("id")?.at.clone(),
    })
}

/// What an evaluation made today would be bound to.
pub(super) fn binding(group: &[usize], soup: &[Row]) -> Binding {
    let mut package = Fingerprint::default();
    let mut advisories = Fingerprint::default();
    let mut paths = Fingerprint::default();
    for at in group {
        let row = &soup[*at];
        let users: Vec<&Row> = soup.iter().filter(|user| user.depends_on.contains(at)).collect();
        package.feed(&row.designator);
        if row.kind != RowKind::Package {
            // A record may give what no package stands behind a designator of its own.
            package.feed(row.version.as_deref().unwrap_or_default());
            for user in &users {
                package.feed(&user.designator);
            }
        }
        for hit in &row.advisories {
            advisories.feed(&hit.ids.join(" "));
            advisories.feed(&hit.digest);
        }
        feed_ways(&mut paths, row, &users);
    }
    Binding { package: package.text(), advisories: advisories.text(), paths: paths.text() }
}

/// By whom an item is included, and with which features. Versions on the way are left
/// out: else every release of the product would open every evaluation.
fn feed_ways(paths: &mut Fingerprint, row: &Row, users: &[&Row]) {
    let name = |package: &String| package.split(' ').next().unwrap_or_default().to_owned();
    for path in &row.paths {
        let names: Vec<String> = path.iter().map(name).collect();
        paths.feed(&names.join(" > "));
    }
    let keys = users.iter().filter_map(|user| user.package.as_ref());
    let names: BTreeSet<&str> = keys.map(|key| key.name.as_str()).collect();
    for name in names {
        paths.feed(name);
    }
    // A list for each target that links it, so that one more target shows too.
    let mut features: Vec<String> = row.features.values().map(|on| on.join(" ")).collect();
    features.sort();
    for on in &features {
        paths.feed(on);
    }
}

/// SHA-256 over texts, each with its length, so that no two lists look alike.
#[derive(Default)]
struct Fingerprint(Sha256);

impl Fingerprint {
    fn feed(&mut self, text: &str) {
        self.0.update(text.len().to_string());
        self.0.update([b':']);
        self.0.update(text);
    }

    fn text(self) -> String {
        short_digest(self.0)
    }
}

fn unwritten(anomalies: &Fields, at: &Location) -> Vec<Located<String>> {
    let fields = [
        ("source", "which list was read"),
        ("reviewed", "when"),
        ("by", "by whom"),
        ("verdict", "what follows"),
    ];
    let missing = fields.into_iter().filter(|(field, _)| anomalies.get(field).is_none());
    missing
        .map(|(field, what)| {
            Located::new(format!("its evaluation does not say {what} (`{field}`)"), at.clone())
        })
        .collect()
}

/// An evaluation of one package names the version it was made for; that of a group need
/// not: it is bound to all of them by fingerprint.
fn other_version(anomalies: &Fields, group: &[&Row]) -> Option<Located<String>> {
    let stated = anomalies.text("version")?;
    let own = group.iter().find(|row| row.record.as_ref().is_some_and(|it| it.covers.is_none()))?;
    let version = own.version.as_deref()?;
    (stated.value != version).then(|| {
        let open = format!("it was evaluated in version {}, and {version} is built", stated.value);
        Located::new(open, stated.at.clone())
    })
}

fn aged(anomalies: &Fields, judge: &Judge<'_>) -> Vec<Located<String>> {
    let Some(today) = judge.as_of else {
        return Vec::new();
    };
    let place = |field: &str| anomalies.text(field).map(|text| text.at.clone()).unwrap_or_default();
    let mut open = Vec::new();
    if let Some(until) = date(anomalies, "valid_until").filter(|until| *until < today) {
        let text = format!("its evaluation was valid until {until}");
        open.push(Located::new(text, place("valid_until")));
    }
    if let Some(reviewed) = date(anomalies, "reviewed") {
        let age = days_between(reviewed, today);
        let limit = judge.limits.evaluation_days.as_ref().map(|limit| limit.value);
        if age < 0 {
            let text = format!("its evaluation is dated {reviewed}, after {today}");
            open.push(Located::new(text, place("reviewed")));
        } else if let Some(limit) = limit.filter(|limit| age > *limit) {
            let text = format!("its evaluation is {age} days old; {limit} are allowed");
            open.push(Located::new(text, place("reviewed")));
        }
    }
    open
}

fn unbound(anomalies: &Fields, today: &Binding, at: &Location) -> Vec<Located<String>> {
    let bound = [
        ("package", &today.package, "the package"),
        ("advisories", &today.advisories, "the advisories on it"),
        ("paths", &today.paths, "the ways by which it is included"),
    ];
    let mut open = Vec::new();
    let mut missing = Vec::new();
    for (field, today, what) in bound {
        match anomalies.text(field) {
            Some(stated) if stated.value == *today => {}
            Some(stated) => {
                let text = format!("{what} changed since: now `{field} = \"{today}\"`");
                open.push(Located::new(text, stated.at.clone()));
            }
            None => missing.push(format!("`{field} = \"{today}\"`")),
        }
    }
    if !missing.is_empty() {
        let text =
            format!("a change would not reopen its evaluation without {}", missing.join(", "));
        open.push(Located::new(text, at.clone()));
    }
    open
}

/// Days from one date to another; negative where the second comes first.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
