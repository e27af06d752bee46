//! Another version of this tool than the one that the project has validated.

use iec62304_macros::requirement;

use super::{Check, PerEdition, Rule};
use crate::finding::{Gap, Severity, Subject};
use crate::standard::Classes;
use crate::trace::Trace;

pub(super) static RULE: Rule = Rule {
    name: "tool-version-mismatch",
    severity: Severity::Warning,
    clauses: PerEdition::both(&[]),
    classes: PerEdition::both(Classes::ABC),
    page: include_str!("tool_version_mismatch.md"),
    check: Check::Project(check),
};

/// The version that runs: that of this crate, since all crates of the tool share it.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[requirement("TOOL-29")]
fn check(trace: &Trace<'_>, gaps: &mut Vec<Gap>) -> usize {
    let Some(validated) = &trace.project().configuration.tool_version else {
        return 0;
    };
    if validated.value != VERSION {
        let message =
            format!("version {} of this tool is validated, and another runs", validated.value);
        let gap = Gap::new(Subject::new("tool", "cargo-iec62304"), message)
            .at(&validated.at, "not the version that runs")
            .note(format!("this is version {VERSION}"))
            .help(format!(
                "run version {}, or validate {VERSION} for its use here and write it",
                validated.value
            ));
        gaps.push(gap);
    }
    1
}

#[cfg(test)]
mod tests {
    use iec62304_macros::requirement;

    use super::*;
    use crate::tests::workspace::Workspace;

    /// How many findings the rule has where this version is validated.
    fn findings(validated: &str) -> usize {
        let settings = format!("project.tool_version = {validated:?}");
        let workspace = Workspace::new([("iec62304.toml", settings.as_str())]);
        let analysis = crate::analyze(&workspace.snapshot());
        analysis.findings().into_iter().filter(|finding| finding.rule == RULE.name).count()
    }

    #[test]
    #[requirement("TOOL-29")]
    fn only_the_version_that_runs_is_the_validated_one() {
        assert_eq!(findings(VERSION), 0);
        assert_eq!(findings(&format!("{VERSION}0")), 1);
        assert_eq!(findings(&format!("v{VERSION}")), 1);
    }
}
