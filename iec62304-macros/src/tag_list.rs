//! Checks the input of `tags!`: the tags of a module.
//!
//! What stands in a tag is checked by `arguments`; here is only the list around it.

use crate::arguments::{self, flat, is_comma, Tag};
use crate::report::{Place, Report};
use proc_macro::{Delimiter, TokenStream, TokenTree};

/// What a module can be tagged with. Only a test verifies, and a module is none.
const TAGS: [Tag; 3] = [Tag::Requirement, Tag::RiskControl, Tag::SoftwareUnit];

/// Reports every mistake in the input of `tags!`.
pub(crate) fn check(input: TokenStream, report: &mut Report) {
    let tokens = flat(input);
    if tokens.is_empty() {
        let message = "`tags!` holds no tag\nhelp: write `tags! { requirement(\"SRS-1\") }`";
        report.add(Place::call(), message);
    }
    for entry in tokens.split_inclusive(is_comma) {
        match entry {
            [comma] if is_comma(comma) => not_a_tag(entry, report),
            [entry @ .., comma] if is_comma(comma) => check_entry(entry, report),
            _ => check_entry(entry, report),
        }
    }
}

/// Checks what stands between two commas: one tag, or several where commas are missing.
fn check_entry(entry: &[TokenTree], report: &mut Report) {
    let mut rest = entry;
    while let Some((name, arguments, after)) = split_tag(rest) {
        let tag = &rest[..rest.len() - after.len()];
        check_tag(&name, arguments, tag, report);
        match after.first() {
            None => return,
            Some(next) => report.add(Place::of(next), "expected `,`"),
        }
        if split_tag(after).is_none() {
            return;
        }
        rest = after;
    }
    not_a_tag(rest, report);
}

/// Splits `name(arguments) rest`.
fn split_tag(tokens: &[TokenTree]) -> Option<(String, TokenStream, &[TokenTree])> {
    match tokens {
        [TokenTree::Ident(name), TokenTree::Group(group), rest @ ..]
            if group.delimiter() == Delimiter::Parenthesis =>
        {
            Some((name.to_string(), group.stream(), rest))
        }
        _ => None,
    }
}

/// Checks the tag of that name, which consists of `tokens`.
fn check_tag(name: &str, arguments: TokenStream, tokens: &[TokenTree], report: &mut Report) {
    if let Some(tag) = TAGS.iter().find(|tag| tag.name() == name) {
        if !arguments::check(*tag, arguments, report) {
            let message = arguments::no_id(*tag, &tag.example());
            report.add(Place::of_all(tokens), &message);
        }
    } else {
        unknown_tag(name, Place::of(&tokens[0]), report);
    }
}

fn unknown_tag(name: &str, place: Place, report: &mut Report) {
    if name == Tag::Verifies.name() {
        report.add(place, "`verifies` stands on a test, not on a module");
    } else {
        let message = format!("unknown tag `{}`; {}", name, KNOWN);
        report.add(place, &message);
    }
}

fn not_a_tag(tokens: &[TokenTree], report: &mut Report) {
    report.add(Place::of_all(tokens), &format!("not a tag; {}", KNOWN));
}

const KNOWN: &str = "a module takes `requirement(…)`, `risk_control(…)` or `software_unit(…)`";
