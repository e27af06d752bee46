//! No toolchain file, or one that names a channel that moves.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Basis, Inventory, Stability, Toolchain};
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

const HELP: &str = "write rust-toolchain.toml with `[toolchain]` and `channel = \"1.91.0\"`: a \
                    whole release, or a nightly with its date";

fn check(trace: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    let toolchain = &inventory.toolchain;
    if inventory.basis == Basis::NotAsked {
        return 0;
    }
    let gap = |message: &str| Gap::new(Subject::new("file", "rust-toolchain.toml"), message);
    let Some(at) = &toolchain.at else {
        gaps.push(
            gap("no file pins the toolchain that builds the device")
                .at(&trace.project().configuration.at, "no rust-toolchain.toml beside it")
                .help(HELP),
        );
        return 1;
    };
    if let Some(message) = not_pinned(toolchain) {
        gaps.push(gap(&message).at(at, "").help(HELP));
    }
    let inputs = inventory.build_inputs.as_ref();
    if inputs.is_some_and(|inputs| inputs.get(&at.file) != Some(&true)) {
        gaps.push(
            gap(&format!("{} is not tracked by version control", at.file))
                .at(at, "it pins the toolchain on this machine alone")
                .help("take it out of .gitignore and commit it"),
        );
    }
    1
}

/// Why a toolchain file does not pin a toolchain; `None` where it does.
fn not_pinned(toolchain: &Toolchain) -> Option<String> {
    let Some(channel) = &toolchain.channel else {
        return Some("the toolchain file names no channel".to_owned());
    };
    match toolchain.stability {
        Stability::Fixed => None,
        Stability::Moves => Some(format!(
            "the toolchain file names `{channel}`, which becomes another toolchain with time"
        )),
        Stability::Unknown => Some(format!(
            "the toolchain file names `{channel}`, which is what each machine makes of that name"
        )),
    }
}
