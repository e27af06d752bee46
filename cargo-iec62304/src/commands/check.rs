//! `cargo iec62304 check`: reads everything, asks the core, writes the answer.

use iec62304_core::analysis::Outcome;
use iec62304_core::analyze;
use iec62304_core::render::{human, json_v1, rustc_json};
use iec62304_macros::{requirement, risk_control};

use crate::cli::{CheckArguments, Deny, Format};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::{load, output};

mod known_gaps;

/// Finds gaps.
pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let wanted = load::Wanted {
        advisories: arguments.advisories.clone(),
        known_gaps: arguments.known_gaps.clone(),
        without_results: arguments.without_results,
        ..load::Wanted::default()
    };
    if arguments.advisories.fetch_advisories {
        load::advisories::fetch()?;
    }
    let mut snapshot = load::snapshot(&arguments.workspace, &wanted)?;
    let mut analysis = analyze(&snapshot);
    if let Some(path) = &arguments.known_gaps.write_known_gaps {
        let file = known_gaps::write(path, &snapshot, &analysis)?;
        snapshot.known_gaps = Some(file);
        analysis = analyze(&snapshot);
    }
    let code = exit_code(&analysis.outcome(), &arguments.deny);
    let text = match arguments.format {
        Format::Human => human(
            &analysis,
            &snapshot,
            &output::look(arguments.quiet, arguments.verbose, arguments.color),
        ),
        Format::Json => json_v1(&analysis, &snapshot),
        Format::RustcJson => rustc_json(&analysis, &snapshot, code == ExitCode::Success),
    };
    output::answer(text.as_bytes())?;
    Ok(code)
}

/// Open errors first: a project whose only record is broken has more than nothing. SOUP
/// that is declared and could not be looked at is no success.
#[requirement("TOOL-15")]
#[risk_control("GUARD-3")]
fn exit_code(outcome: &Outcome, deny: &[Deny]) -> ExitCode {
    let denied = (deny.contains(&Deny::Warnings) && outcome.warnings > 0)
        || (deny.contains(&Deny::NotChecked) && outcome.not_checked > 0);
    if outcome.nothing_to_check {
        ExitCode::NothingToCheck
    } else if outcome.errors > 0 || denied {
        ExitCode::Gaps
    } else if outcome.unresolved {
        ExitCode::ToolFailed
    } else {
        ExitCode::Success
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::verifies;

    use super::*;

    #[test]
    #[requirement("TOOL-15")]
    #[risk_control("GUARD-3")]
    #[verifies("command-line.AC-1")]
    fn the_exit_code_follows_errors_and_what_is_denied() {
        let outcome = |errors, warnings, not_checked| Outcome {
            errors,
            warnings,
            notes: 0,
            waived: 1,
            known_gaps: 1,
            not_checked,
            nothing_to_check: false,
            unresolved: false,
        };
        let check =
            |outcome, deny: &[Deny], expected| assert_eq!(exit_code(&outcome, deny), expected);
        check(outcome(0, 0, 0), &[Deny::Warnings, Deny::NotChecked], ExitCode::Success);
        check(outcome(0, 1, 1), &[], ExitCode::Success);
        check(outcome(0, 1, 1), &[Deny::Warnings], ExitCode::Gaps);
        check(outcome(0, 0, 1), &[Deny::NotChecked], ExitCode::Gaps);
        check(outcome(1, 0, 0), &[], ExitCode::Gaps);
        let unresolved = Outcome { unresolved: true, ..outcome(0, 0, 0) };
        check(unresolved, &[], ExitCode::ToolFailed);
        let nothing = Outcome { nothing_to_check: true, ..outcome(1, 0, 0) };
        check(nothing, &[], ExitCode::NothingToCheck);
    }
}
