//! Licences as SPDX expressions. A text that is none gets a reference of its own, with the
//! text beside it, so that nothing is lost and nothing is guessed.

use spdx::{AdditionItem, Expression, LicenseItem, ParseMode};

use crate::soup::Licence;

/// The terms of one part; `None` where nothing is known.
#[derive(Default)]
pub(crate) struct Licences {
    pub(crate) declared: Option<String>,
    pub(crate) concluded: Option<String>,
    /// The references that the expressions make, sorted.
    pub(crate) extracted: Vec<Extracted>,
}

/// A licence that is not on the list of SPDX.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Extracted {
    /// `LicenseRef-…`
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Names that were valid once are still legal, and old packages keep them.
const MODE: ParseMode =
    ParseMode { allow_deprecated: true, allow_postfix_plus_on_gpl: true, ..ParseMode::STRICT };

impl Licences {
    pub(super) fn new(licence: &Licence) -> Self {
        let mut extracted = Vec::new();
        let mut read = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            expression(text.filter(|text| !text.is_empty())?, &mut extracted)
        };
        let (declared, concluded) = (read(&licence.declared), read(&licence.concluded));
        let declared = declared.or_else(|| {
            licence.file.as_ref().map(|(name, digest)| {
                reference(name, file_text(name, digest.as_deref()), &mut extracted)
            })
        });
        extracted.sort();
        extracted.dedup();
        Self { declared, concluded, extracted }
    }
}

fn expression(text: &str, extracted: &mut Vec<Extracted>) -> Option<String> {
    if text == super::NO_ASSERTION {
        return None;
    }
    let Some(own) = own_references(text) else {
        return Some(reference(text, text.to_owned(), extracted));
    };
    extracted.extend(own.into_iter().map(|id| Extracted {
        text: format!("{id} is named in the licence expression \"{text}\" of the package"),
        id,
    }));
    Some(text.split_whitespace().map(operator).collect::<Vec<_>>().join(" "))
}

/// SPDX wants its operators in capitals; everything else stays as it was written.
fn operator(word: &str) -> &str {
    let operators = ["AND", "OR", "WITH"];
    operators.into_iter().find(|one| one.eq_ignore_ascii_case(word)).unwrap_or(word)
}

/// The references that a valid expression makes; `None` for a text that is no expression,
/// or one that points into another document.
fn own_references(text: &str) -> Option<Vec<String>> {
    let expression = Expression::parse_mode(text, MODE).ok()?;
    let mut references = Vec::new();
    for one in expression.requirements() {
        match &one.req.license {
            LicenseItem::Other(own) if own.doc_ref.is_none() => references.push(own.to_string()),
            LicenseItem::Other(_) => return None,
            LicenseItem::Spdx { .. } => {}
        }
        if let Some(AdditionItem::Other(_)) = one.req.addition {
            return None;
        }
    }
    Some(references)
}

fn reference(name: &str, text: String, extracted: &mut Vec<Extracted>) -> String {
    let words: String = super::slug(name).chars().take(30).collect();
    let id = format!("LicenseRef-{words}-{}", super::hexadecimal(&text, 4));
    extracted.push(Extracted { id: id.clone(), text });
    id
}

fn file_text(name: &str, digest: Option<&str>) -> String {
    let digest = digest.map_or_else(String::new, |digest| format!(", SHA-256 {digest}"));
    format!("The text stands in the file {name} of the package{digest}.")
}
