//! The list of gaps that a project had when it began to check: a line for each.
//!
//! The list may only shrink. It knows fingerprints and words, and nothing of findings.

use std::collections::BTreeMap;
use std::fmt::Write;

use iec62304_macros::requirement;

use crate::location::{Located, Location, Span};
use crate::records::RecordProblem;
use crate::snapshot::{Content, TextFile, is_hex};

/// What stands at the top of every list.
const HEADER: &str = "\
# Gaps that were there when this list was begun, one on each line: rule, fingerprint, finding.
# `cargo iec62304 check --known-gaps FILE` accepts these and no others. The list may only
# shrink: when gaps are resolved, `check --write-known-gaps FILE` takes them out.
";

/// A gap of the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownGap {
    /// The rule that found it.
    pub rule: String,
    /// What the finding says, for people. It decides nothing.
    pub words: String,
    /// The fingerprint of the finding.
    pub fingerprint: String,
}

/// A list as it was read.
#[derive(Clone, Debug, Default)]
pub struct KnownGaps {
    /// The gaps, each at its line.
    pub gaps: Vec<Located<KnownGap>>,
    /// Every line that is no gap, and every gap that stands there twice.
    pub problems: Vec<RecordProblem>,
}

impl KnownGaps {
    /// Reads a list. What is no gap is a problem and accepts nothing.
    #[requirement("TOOL-29")]
    pub fn read(file: &TextFile) -> Self {
        let mut list = Self::default();
        let text = match &file.content {
            Content::Bytes(bytes) => std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8 text"),
            Content::Unreadable(reason) => Err(reason.as_str()),
        };
        match text {
            Ok(text) => list.read_lines(file, text),
            Err(reason) => {
                let at = Location::new(&file.path, Span::default());
                list.report(at, format!("cannot read the known gaps: {reason}"), None);
            }
        }
        list
    }

    fn read_lines(&mut self, file: &TextFile, text: &str) {
        let mut first: BTreeMap<String, Located<String>> = BTreeMap::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end();
            let at = Location::new(&file.path, Span::new(start, start + words.len()));
            start += line.len();
            if words.trim().is_empty() || words.starts_with('#') {
                continue;
            }
            let Some(gap) = gap(words) else {
                self.report(at, "this line is no known gap".to_owned(), None);
                continue;
            };
            if let Some(same) = first.get(&gap.fingerprint) {
                let message = "this known gap stands here twice".to_owned();
                self.report(at, message, Some(same.clone()));
                continue;
            }
            let same = Located::new("the first".to_owned(), at.clone());
            first.insert(gap.fingerprint.clone(), same);
            self.gaps.push(Located::new(gap, at));
        }
    }

    fn report(&mut self, at: Location, message: String, related: Option<Located<String>>) {
        let help = "delete the line; `check --write-known-gaps` writes a list, by hand nobody does";
        self.problems.push(RecordProblem {
            at,
            message,
            help: Some(help.to_owned()),
            related,
            nearest: None,
        });
    }
}

/// A line as `RULE FINGERPRINT WORDS`.
fn gap(line: &str) -> Option<KnownGap> {
    let (rule, rest) = line.split_once(' ')?;
    let (fingerprint, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let digits = fingerprint.strip_prefix("sha256:")?;
    (!rule.is_empty() && is_hex(digits, 32)).then(|| KnownGap {
        rule: rule.to_owned(),
        words: words.to_owned(),
        fingerprint: fingerprint.to_owned(),
    })
}

/// The text of a list, sorted, so that a resolved gap is one line less and nothing else.
pub fn text(mut gaps: Vec<KnownGap>) -> String {
    gaps.sort();
    let mut text = HEADER.to_owned();
    for KnownGap { rule, words, fingerprint } in gaps {
        let words: String =
            words.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        writeln!(text, "{rule} {fingerprint} {words}").expect("writing to a string cannot fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;
    use crate::location::FilePath;

    const ONE: &str = "sha256:0123456789abcdef0123456789abcdef";
    const TWO: &str = "sha256:fedcba9876543210fedcba9876543210";

    fn read(text: &str) -> KnownGaps {
        let content = Content::Bytes(text.as_bytes().into());
        KnownGaps::read(&TextFile { path: FilePath::new("known-gaps.txt"), content })
    }

    /// The gaps that a text lists, and what is wrong with it.
    #[track_caller]
    fn check(text: &str, gaps: &[(&str, &str, &str)], problems: &[&str]) {
        let list = read(text);
        let found = list.gaps.iter().map(|gap| &gap.value);
        let found: Vec<_> = found
            .map(|gap| (gap.rule.as_str(), gap.fingerprint.as_str(), gap.words.as_str()))
            .collect();
        assert_eq!(found, gaps, "{text}");
        let said: Vec<_> = list.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(said, problems, "{text}");
    }

    #[test]
    #[requirement("TOOL-29")]
    #[verifies("records")]
    fn a_line_is_a_gap_a_comment_or_a_problem() {
        let none = ["this line is no known gap"];
        check("", &[], &[]);
        check("# a comment\n\n  \n", &[], &[]);
        check(&format!("a-rule {ONE} x: y z\r\n"), &[("a-rule", ONE, "x: y z")], &[]);
        check(&format!("a-rule {ONE}"), &[("a-rule", ONE, "")], &[]);
        check("a-rule\n", &[], &none);
        check("a-rule sha256:12\n", &[], &none);
        check(&format!("a-rule {}\n", ONE.to_uppercase()), &[], &none);
        check(&format!(" {ONE} x\n"), &[], &none);
        let twice = format!("a-rule {ONE} x\nb-rule {ONE} y\n");
        check(&twice, &[("a-rule", ONE, "x")], &["this known gap stands here twice"]);
    }

    #[test]
    #[requirement("TOOL-29")]
    fn what_cannot_be_read_accepts_nothing_and_is_said() {
        let path = FilePath::new("known-gaps.txt");
        for content in [
            Content::Bytes(b"a-rule \xff".as_slice().into()),
            Content::Unreadable("no right to read it".to_owned()),
        ] {
            let list = KnownGaps::read(&TextFile { path: path.clone(), content });
            assert!(list.gaps.is_empty());
            assert_eq!(list.problems.len(), 1);
        }
    }

    #[test]
    #[requirement("TOOL-29")]
    fn what_is_written_is_sorted_and_reads_the_same() {
        let gap = |rule: &str, fingerprint: &str, words: &str| KnownGap {
            rule: rule.to_owned(),
            words: words.to_owned(),
            fingerprint: fingerprint.to_owned(),
        };
        let gaps = vec![gap("b-rule", ONE, "one\nline"), gap("a-rule", TWO, "x: y")];
        let text = text(gaps);
        check(&text, &[("a-rule", TWO, "x: y"), ("b-rule", ONE, "one line")], &[]);
        let again = read(&text).gaps.into_iter().map(|gap| gap.value).collect();
        assert_eq!(super::text(again), text);
    }
}
