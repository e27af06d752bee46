//! A public function, type or trait of a unit without documentation, or without the
//! sections that it needs.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::model::code::Declaration;
use crate::model::outline::{Returns, Section};
use crate::standard::Classes;
use crate::trace::{Trace, Unit};

pub(super) static RULE: Rule = Rule {
    name: "unit-interface-undocumented",
    severity: Severity::Error,
    clauses: PerEdition::both(&["5.4.3"]),
    classes: PerEdition::both(Classes::C),
    page: include_str!("unit_interface_undocumented.md"),
    check: Check::DeclaredUnit(check),
};

/// What makes up the interface of a unit, where it is public.
const INTERFACE: [&str; 6] = ["enum", "fn", "struct", "trait", "type", "union"];

fn check(_: &Trace<'_>, unit: &Unit<'_>, gaps: &mut Vec<Gap>) {
    let declared = unit.declarations.iter().filter(|declared| declared.is_public);
    let mut interface: Vec<&Declaration> =
        declared.filter(|declared| INTERFACE.contains(&declared.kind)).copied().collect();
    // Code that several targets compile is written once.
    interface.sort_by_key(|declared| &declared.at);
    interface.dedup_by_key(|declared| &declared.at);
    for declared in interface {
        if !declared.docs.has_text {
            gaps.push(undocumented(unit, declared));
        } else if let open @ [_, ..] = &open_sections(declared)[..] {
            gaps.push(incomplete(unit, declared, open));
        }
    }
}

fn undocumented(unit: &Unit<'_>, declared: &Declaration) -> Gap {
    let Declaration { kind, path, .. } = declared;
    let message = format!("public {kind} {path} of unit {} has no documentation", unit.id);
    Gap::new(Subject::new("unit", &unit.id), message)
        .at(&declared.at, "no doc comment")
        .help("write a doc comment, `/// …`: what it takes, gives and promises")
}

/// The sections that it needs and does not have, each with the reason.
fn open_sections(declared: &Declaration) -> Vec<(&'static str, &'static str)> {
    let is_function = declared.kind == "fn";
    [
        (
            is_function && declared.returns == Returns::Result,
            Section::Errors,
            ("# Errors", "it returns a `Result`"),
        ),
        (declared.panics.is_some(), Section::Panics, ("# Panics", "it can panic")),
        (declared.is_unsafe, Section::Safety, ("# Safety", "it is unsafe")),
    ]
    .into_iter()
    .filter(|(applies, section, _)| *applies && !declared.docs.has(*section))
    .map(|(_, _, open)| open)
    .collect()
}

fn incomplete(unit: &Unit<'_>, declared: &Declaration, open: &[(&str, &str)]) -> Gap {
    let Declaration { kind, path, .. } = declared;
    let names: Vec<String> = open.iter().map(|(name, _)| format!("`{name}`")).collect();
    let reasons: Vec<&str> = open.iter().map(|(_, reason)| *reason).collect();
    let names = names.join(" and ");
    let message = format!("the documentation of {kind} {path} of unit {} has no {names}", unit.id);
    let gap = Gap::new(Subject::new("unit", &unit.id), message)
        .weighs(Severity::Warning)
        .at(&declared.at, reasons.join(", and "));
    let can_panic = open.iter().any(|(name, _)| *name == "# Panics");
    let gap = match &declared.panics {
        Some(at) if can_panic => gap.related(at, "it can panic here"),
        _ => gap,
    };
    gap.help(format!("add to its documentation {names}: in which case, and what it means"))
}
