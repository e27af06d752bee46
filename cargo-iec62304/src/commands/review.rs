//! `cargo iec62304 review add`: shows what was reviewed, asks, and records it.

use std::io::{self, BufRead, IsTerminal, Write};

use iec62304_core::model::record::RecordKind;
use iec62304_core::review::{Draft, Request, Subject, draft};
use iec62304_core::trace::{Project, Trace};
use iec62304_macros::requirement;

use crate::cli::{AddArguments, ReviewAction, ReviewArguments};
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::record_file::RecordFile;
use crate::{load, output};

/// The file that is made where no record file holds a review yet.
const NEW_FILE: &str = "records/reviews.toml";

/// Records a review.
pub(crate) fn review(arguments: &ReviewArguments) -> Result<ExitCode, Error> {
    match &arguments.action {
        ReviewAction::Add(arguments) => add(arguments),
    }
}

#[requirement("TOOL-28")]
fn add(arguments: &AddArguments) -> Result<ExitCode, Error> {
    let snapshot = load::reviewed(&arguments.workspace)?;
    let project = Project::read(&snapshot);
    let draft = draft(&Trace::link(&project), &request(arguments)).map_err(Error::NoReview)?;
    let kinds = [RecordKind::Review];
    let file = RecordFile::find(&snapshot, arguments.file.as_deref(), &kinds, NEW_FILE)?;
    output::answer(shown(&draft, arguments).as_bytes())?;
    if !arguments.yes && !is_confirmed(&draft)? {
        return Err(Error::NotConfirmed);
    }
    file.add(&load::workspace(&arguments.workspace)?.root, &draft.record)?;
    output::answer(format!("recorded {} in {}\n", draft.id, file.path()).as_bytes())?;
    Ok(ExitCode::Success)
}

fn request(arguments: &AddArguments) -> Request {
    Request {
        kind: arguments.kind.clone(),
        of: arguments.of.clone(),
        by: arguments.by.clone(),
        date: arguments.date.unwrap_or_else(load::today).to_string(),
        result: arguments.result.clone(),
        id: arguments.id.clone(),
    }
}

/// What is about to be recorded, for whoever answers for it.
fn shown(draft: &Draft, arguments: &AddArguments) -> String {
    let mut text = format!("{}, a review of kind `{}`:\n\n", draft.id, arguments.kind);
    for subject in &draft.subjects {
        text += &lines(subject);
    }
    text += &format!("\nto be recorded:\n{}\n", draft.record);
    text
}

fn lines(subject: &Subject) -> String {
    let Subject { noun, id, text, files, since } = subject;
    let said = text.iter().map(|text| format!("      {text}\n"));
    let files = files.iter().map(|file| format!("      {file}\n"));
    format!("  {noun} {id}: {since}\n{}", said.chain(files).collect::<String>())
}

/// Asks whoever sits at the terminal; nobody else can answer.
fn is_confirmed(draft: &Draft) -> Result<bool, Error> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(Error::NobodyToAsk);
    }
    let failed = |error| Error::Write("the question".into(), error);
    let mut stderr = io::stderr();
    write!(stderr, "Record {}? [y/N] ", draft.id).and_then(|()| stderr.flush()).map_err(failed)?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer).map_err(failed)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
