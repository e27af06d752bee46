//! A procedural macro or build dependency that shapes the device and is on no list.

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::soup::{Basis, Inventory, Role};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "build-tool-unlisted",
    severity: Severity::Warning,
    clauses: PerEdition::both(&["5.1.10"]),
    classes: PerEdition::both(Classes::BC),
    page: include_str!("build_tool_unlisted.md"),
    check: Check::Inventory(check),
};

fn check(_: &Trace<'_>, inventory: &Inventory, gaps: &mut Vec<Gap>) -> usize {
    if inventory.basis != Basis::Graph {
        return 0;
    }
    let shaping =
        inventory.tools.iter().filter(|row| row.role.shapes_the_device() && row.package.is_some());
    let mut judged = 0;
    for row in shaping {
        judged += 1;
        if row.record.is_some() {
            continue;
        }
        let what = row.package.as_ref().map_or_else(|| row.id.clone(), ToString::to_string);
        let does = match row.role {
            Role::GeneratesDeviceCode => "helps to generate code of the device",
            _ => "runs when the device is built",
        };
        let message = format!("{what} {does} and no tool record lists it");
        let mut gap = Gap::new(Subject::new("tool", &row.id), message)
            .at(&row.at, &row.designator)
            .help(format!(
                "list it: `[tool.{}]`, or in the `covers` of the tool that brings it",
                crate::soup::table_key(&row.id)
            ));
        if let Some(path) = row.paths.first().filter(|path| !path.is_empty()) {
            gap = gap.note(format!("it is reached by way of {}", path.join(" > ")));
        }
        gaps.push(gap);
    }
    judged.max(1)
}
