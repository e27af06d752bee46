//! What a heading is: a record, a chapter, or neither of both for sure.
//!
//! A heading that might be meant as a record and is not written as one is a mistake, never
//! a chapter: a requirement that nobody reads would have no gap.

use std::ops::Range;

use crate::records::mistake::Mistake;

/// What a heading says. Ranges are those of the line as shown.
pub(super) enum Heading {
    /// A chapter.
    Chapter,
    /// A record; where it is not written as it should be, with the mistake.
    Record { id: Range<usize>, title: usize, mistake: Option<(Range<usize>, Mistake)> },
    /// Neither.
    Unclear(Range<usize>, Mistake),
}

/// What `line` is; `is_known` says whether the project forms ids like a text.
pub(super) fn classify(line: &str, is_known: &dyn Fn(&str) -> bool) -> Heading {
    let start = line.len() - line.trim_start().len();
    let end = line[start..].find(char::is_whitespace).map_or(line.len(), |at| start + at);
    let word = start..end;
    if let Some(id) = line[word.clone()].strip_suffix(':').filter(|id| !id.is_empty()) {
        return with_colon(line, start..start + id.len(), is_known);
    }
    let run = start..start + id_like_start(&line[start..]).len();
    let is_id = |id: &Range<usize>| {
        let id = &line[id.clone()];
        is_known(id) || has_form_of_id(id)
    };
    if let Some(id) = [run, word.clone()].into_iter().find(is_id) {
        return without_colon(line, id);
    }
    let before_colon = colon(line).map(|at| line[..at].trim_end());
    if let Some(before) = before_colon
        && let Some(mistake) = words_before_colon(before, is_known)
    {
        return Heading::Unclear(start..before.len(), mistake);
    }
    match id_behind_signs(line, start).or_else(|| id_behind_number(line, end)) {
        Some(id) => {
            let mistake = not_first(&line[id.clone()]);
            Heading::Unclear(id, mistake)
        }
        None => glued_colon(line, word),
    }
}

/// Whether a word has letters and digits, as ids have.
fn is_id_like(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.contains(|letter: char| letter.is_ascii_digit())
}

/// A colon that ends a word.
fn colon(line: &str) -> Option<usize> {
    let mut colons = line.match_indices(':').map(|(at, _)| at);
    colons.find(|at| line[at + 1..].chars().next().is_none_or(char::is_whitespace))
}

fn with_colon(line: &str, id: Range<usize>, is_known: &dyn Fn(&str) -> bool) -> Heading {
    let word = &line[id.clone()];
    if is_known(word) {
        return Heading::Record { title: id.end + 1, id, mistake: None };
    }
    if !is_id_like(word.trim_start_matches(is_sign)) {
        let mistake = no_id(word);
        return Heading::Unclear(id, mistake);
    }
    let foreign = |letter: char| !letter.is_alphanumeric() && !"-_.".contains(letter);
    let fault = if !word.starts_with(char::is_alphabetic) {
        "does not start with a letter".to_owned()
    } else if let Some(sign) = word.chars().find(|letter| foreign(*letter)) {
        format!("has `{}` inside", sign.escape_debug())
    } else {
        return Heading::Record { title: id.end + 1, id, mistake: None };
    };
    let message = format!("id `{}` {fault}", word.escape_debug());
    Heading::Unclear(id, Mistake::new(message, "use letters, digits, `-`, `_` and single dots"))
}

fn without_colon(line: &str, id: Range<usize>) -> Heading {
    let word = &line[id.clone()];
    let rest = &line[id.end..];
    let help = format!("write `{word}: ` and a title; a chapter opens with another word");
    let (message, title) = if let Some(behind) = rest.strip_prefix(':') {
        let first = behind.chars().next().unwrap_or_default();
        let message = format!("a blank is missing between `{word}:` and `{first}`");
        (message, id.end + 1)
    } else if let Some(at) = rest.trim_start().starts_with(':').then(|| rest.find(':')).flatten() {
        (format!("a blank stands between `{word}` and its colon"), id.end + at + 1)
    } else if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        (format!("a colon is missing behind the id `{word}`"), id.end)
    } else {
        let sign = rest.chars().next().unwrap_or_default().escape_debug();
        let message = format!("`{word}` is followed by `{sign}` and not by a colon");
        return Heading::Unclear(id, Mistake::new(message, help));
    };
    let mistake = Some((id.clone(), Mistake::new(message, help)));
    Heading::Record { id, title, mistake }
}

/// What is wrong where no single word stands before a colon; `None` where nothing there
/// reads like an id.
fn words_before_colon(before: &str, is_known: &dyn Fn(&str) -> bool) -> Option<Mistake> {
    let before = before.trim();
    let (first, last) = match before.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (first.trim(), last),
        None => return Some(no_id(before)),
    };
    let id = last.trim_start_matches(is_sign);
    if is_known(id) || has_form_of_id(id) {
        return Some(not_first(id));
    }
    if !last.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let joined = format!("{}-{last}", first.split_whitespace().next_back().unwrap_or_default());
    let message = format!("`{before}` reads like an id with a blank inside");
    let help = format!("write the id as one word, as `{joined}: `; a chapter has no colon there");
    Some(Mistake::new(message, help))
}

/// `[SRS-12] Stop`
fn id_behind_signs(line: &str, start: usize) -> Option<Range<usize>> {
    let rest = line[start..].trim_start_matches(is_sign);
    let at = line.len() - rest.len();
    let id = at..at + id_like_start(rest).len();
    (at > start && has_form_of_id(&line[id.clone()])).then_some(id)
}

/// `4.2 SRS-12 Stop`
fn id_behind_number(line: &str, end: usize) -> Option<Range<usize>> {
    let is_number = !line[..end].contains(char::is_alphabetic);
    let rest = line[end..].trim_start().trim_start_matches(is_sign);
    let at = line.len() - rest.len();
    let id = at..at + id_like_start(rest).len();
    (is_number && has_form_of_id(&line[id.clone()])).then_some(id)
}

/// `AIR:Stop`, but not a path of Rust and not an address.
fn glued_colon(line: &str, word: Range<usize>) -> Heading {
    let text = &line[word.clone()];
    match text.split_once(':') {
        Some((before, behind)) if !behind.starts_with(':') && !behind.starts_with("//") => {
            let mistake = no_id(before);
            Heading::Unclear(word.start..word.start + before.len(), mistake)
        }
        _ => Heading::Chapter,
    }
}

fn no_id(word: &str) -> Mistake {
    let message = format!("`{}` may be an id or open a chapter", word.escape_debug());
    let help = "if it is an id, say so with a pattern in `[project.ids]`; if it opens a chapter, \
                write the heading without this colon";
    Mistake::new(message, help)
}

fn not_first(id: &str) -> Mistake {
    let message = format!("the id `{id}` does not open the heading");
    let help = format!("write `{id}: ` and a title; a chapter does not have an id there");
    Mistake::new(message, help)
}

/// The letters, digits, dashes and dots that a text starts with.
fn id_like_start(text: &str) -> &str {
    let is_of_id = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    let end = text.find(|letter| !is_of_id(letter)).unwrap_or(text.len());
    text[..end].trim_end_matches(['-', '_', '.'])
}

/// Whether a word is formed as ids mostly are: `SRS-12`, `req_7a`, `SRS12`, and not `CO2`.
fn has_form_of_id(word: &str) -> bool {
    if !is_id_like(word) {
        return false;
    }
    let is_digit = |letter: char| letter.is_ascii_digit();
    if let Some(sign) = word.find(['-', '_', '.']) {
        return word[sign..].contains(is_digit);
    }
    let letters = word.trim_end_matches(is_digit);
    letters.len() >= 3 && letters.chars().all(char::is_uppercase)
}

fn is_sign(letter: char) -> bool {
    !letter.is_alphanumeric() && !letter.is_whitespace()
}
