//! The messages of cargo and the diagnostics of rustc in them, as JSON. The types here
//! are the format; they decide nothing.

use serde::Serialize;

use crate::location::FilePath;

/// One name for all messages: whoever reads them drops what the last run said of a package
/// when this run says something of it, and each run speaks of the whole workspace.
const PACKAGE: &str = concat!("cargo-iec62304@", env!("CARGO_PKG_VERSION"));

/// One line.
#[derive(Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub(super) enum Line<'a> {
    CompilerMessage {
        package_id: &'static str,
        manifest_path: &'a str,
        target: Target<'a>,
        message: Box<Diagnostic>,
    },
    BuildFinished {
        success: bool,
    },
}

/// What cargo was building: readers ask for it and make no use of it.
#[derive(Serialize)]
pub(super) struct Target<'a> {
    kind: [&'static str; 1],
    crate_types: [&'static str; 1],
    name: &'static str,
    src_path: &'a str,
    edition: &'static str,
    doc: bool,
    doctest: bool,
    test: bool,
}

/// A message with its places, and messages that belong to it.
#[derive(Serialize)]
pub(super) struct Diagnostic {
    #[serde(rename = "$message_type")]
    kind: &'static str,
    message: String,
    code: Option<Code>,
    level: &'static str,
    pub(super) spans: Vec<Span>,
    pub(super) children: Vec<Diagnostic>,
    pub(super) rendered: Option<String>,
}

/// The name of a rule, below that of the tool as a lint stands below that of its tool.
#[derive(Serialize)]
struct Code {
    code: String,
    explanation: Option<String>,
}

/// A place. Lines and columns count from 1, columns in characters; the end is excluded.
#[derive(Default, Serialize)]
pub(super) struct Span {
    pub(super) file_name: String,
    pub(super) byte_start: u32,
    pub(super) byte_end: u32,
    pub(super) line_start: usize,
    pub(super) line_end: usize,
    pub(super) column_start: usize,
    pub(super) column_end: usize,
    pub(super) is_primary: bool,
    pub(super) text: Vec<TextLine>,
    pub(super) label: Option<String>,
    pub(super) suggested_replacement: Option<String>,
    pub(super) suggestion_applicability: Option<&'static str>,
    /// No code here comes out of a macro.
    pub(super) expansion: Option<()>,
}

/// One line of the text at a place, without its line break.
#[derive(Serialize)]
pub(super) struct TextLine {
    pub(super) text: String,
    pub(super) highlight_start: usize,
    pub(super) highlight_end: usize,
}

impl<'a> Line<'a> {
    pub(super) fn message(message: Diagnostic, manifest: &'a FilePath) -> Self {
        Self::CompilerMessage {
            package_id: PACKAGE,
            manifest_path: manifest.as_str(),
            target: Target {
                kind: ["bin"],
                crate_types: ["bin"],
                name: "cargo-iec62304",
                src_path: manifest.as_str(),
                edition: "2021",
                doc: false,
                doctest: false,
                test: false,
            },
            message: Box::new(message),
        }
    }

    pub(super) fn finished(success: bool) -> Self {
        Self::BuildFinished { success }
    }
}

impl Diagnostic {
    pub(super) fn new(level: &'static str, code: &str, message: &str) -> Self {
        let code = Code { code: format!("iec62304::{code}"), explanation: None };
        Self { code: Some(code), ..Self::child(level, message) }
    }

    /// A message that belongs to another one.
    pub(super) fn child(level: &'static str, message: &str) -> Self {
        Self {
            kind: "diagnostic",
            message: message.to_owned(),
            code: None,
            level,
            spans: Vec::new(),
            children: Vec::new(),
            rendered: None,
        }
    }
}

impl Span {
    pub(super) fn primary(self) -> Self {
        Self { is_primary: true, ..self }
    }

    /// Complete, and perhaps not what was meant.
    pub(super) fn replaced_by(self, text: &str) -> Self {
        Self {
            suggested_replacement: Some(text.to_owned()),
            suggestion_applicability: Some("MaybeIncorrect"),
            ..self
        }
    }
}
