//! No toolchain file, or one that names a channel that moves.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Basis, Inventory};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "toolchain-unpinned",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.1.10", "5.8.5"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("toolchain_unpinned.md"),
    check: Check::Inventory(check),
};

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    let toolchain = &inventory.toolchain;
    if inventory.basis == Basis::NotAsked {
        return 0;
    }
    let subject = Subject::new("file", "rust-toolchain.toml");
    let help = "write rust-toolchain.toml with `[toolchain]` and `channel = \"1.91.0\"`: a whole \
                release, or a nightly with its date";
    match (&toolchain.at, &toolchain.channel) {
        (None, _) => gaps.push(
            Gap::new(subject, "no file pins the toolchain that builds the device")
                .at(&trace.project().configuration.at, "no rust-toolchain.toml beside it")
                .help(help),
        ),
        (Some(at), None) => gaps
            .push(Gap::new(subject, "the toolchain file names no channel").at(at, "").help(help)),
        (Some(at), Some(channel)) if moves(channel) => {
            let message = format!("the toolchain file names `{channel}`, which moves");
            gaps.push(Gap::new(subject, message).at(at, "").help(help));
        }
        (Some(_), Some(_)) => {}
    }
    1
}

/// Whether a channel means another toolchain tomorrow: everything but a release with all
/// three numbers and a channel with a date.
fn moves(channel: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = channel.split('-');
    let first = parts.next().unwrap_or_default();
    let is_release = first.split('.').count() == 3 && first.split('.').all(is_number);
    let date: Vec<&str> = parts.take(3).collect();
    let is_dated = date.len() == 3 && date.iter().all(|part| is_number(part));
    !(is_release || is_dated)
}
