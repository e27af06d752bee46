//! What the attributes and doc comments of an item say: `cfg`, `path`, and our tags,
//! also through `cfg_attr`.

use std::collections::BTreeSet;

use iec62304_macros::{requirement, risk_control};

use super::names::Names;
use super::prose::DocReader;
use super::tokens::{Kind, Mention, Tokens};
use super::{cfg, doc, tag};
use crate::location::Span;
use crate::model::cfg::Predicate;
use crate::model::code::{Compiled, TagKind};
use crate::model::outline::{Attribute, ConditionalPath, Outline, OutlineOwner, OutlineTag};

/// Reads attributes into an outline.
pub(super) struct Attributes<'t, 's> {
    pub(super) tokens: &'t Tokens<'s>,
    pub(super) names: &'t Names,
    pub(super) outline: Outline,
    /// The mentions, of names and in doc comments, that were read, by token.
    settled: BTreeSet<u32>,
}

/// What the attributes of one item say of it.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) compiled: Compiled,
    /// The predicates that decide that, all of which must hold.
    pub(super) cfgs: Vec<Predicate>,
    pub(super) paths: Vec<ConditionalPath>,
    pub(super) docs: DocReader,
}

/// When an attribute is there: always, or where every predicate of the `cfg_attr`s around
/// it holds.
#[derive(Clone, Default)]
struct Condition(Vec<Predicate>);

impl Condition {
    fn is_set(&self) -> bool {
        !self.0.is_empty()
    }

    fn compiled(&self) -> Compiled {
        self.0.iter().map(Predicate::compiled).fold(Compiled::ALWAYS, Compiled::and)
    }

    /// A predicate that has to hold where this does: always where this does not.
    fn implies(self, holds: Predicate) -> Predicate {
        if self.is_set() {
            Predicate::Any(vec![Predicate::All(self.0).not(), holds])
        } else {
            holds
        }
    }
}

/// What `tags!` takes, in the words of the macro crate.
const TAKEN: &str = "a module takes `requirement(…)`, `risk_control(…)` or `software_unit(…)`";

impl<'t, 's> Attributes<'t, 's> {
    pub(super) fn new(tokens: &'t Tokens<'s>, names: &'t Names) -> Self {
        Self { tokens, names, outline: Outline::default(), settled: BTreeSet::new() }
    }

    /// Behind the outer attributes and doc comments that start at `at`.
    pub(super) fn behind_outer(&self, mut at: usize, end: usize) -> usize {
        while at < end {
            if self.tokens.list[at].kind == Kind::OuterDoc {
                at += 1;
            } else if self.tokens.is_sign(at, b'#') && self.tokens.is_open(at + 1, Some(b'[')) {
                at = self.tokens.behind_group(at + 1);
            } else {
                break;
            }
        }
        at.min(end)
    }

    /// Reads the outer attributes and doc comments in tokens `from..to`.
    pub(super) fn outer(&mut self, from: usize, to: usize, owner: OutlineOwner, facts: &mut Facts) {
        let mut at = from;
        while at < to {
            if self.tokens.list[at].kind == Kind::OuterDoc {
                self.doc(at, owner, facts);
                at += 1;
            } else {
                at = self.group(at + 1, owner, facts);
            }
        }
    }

    /// Reads the inner attributes and doc comments that start at `at`, and returns where
    /// they end.
    pub(super) fn inner(
        &mut self,
        mut at: usize,
        end: usize,
        owner: OutlineOwner,
        facts: &mut Facts,
    ) -> usize {
        while at < end {
            let is_attribute = self.tokens.is_sign(at, b'#')
                && self.tokens.is_sign(at + 1, b'!')
                && self.tokens.is_open(at + 2, Some(b'['));
            if self.tokens.list[at].kind == Kind::InnerDoc {
                self.doc(at, owner, facts);
                at += 1;
            } else if is_attribute {
                at = self.group(at + 2, owner, facts);
            } else {
                break;
            }
        }
        at.min(end)
    }

    fn doc(&mut self, at: usize, owner: OutlineOwner, facts: &mut Facts) {
        facts.docs.comment(self.tokens.text_at(at));
        let is_mention = |at: u32| self.tokens.doc_mentions.binary_search(&at).is_ok();
        if u32::try_from(at).is_ok_and(is_mention) {
            self.doc_tags(at, owner);
        }
    }

    fn doc_tags(&mut self, at: usize, owner: OutlineOwner) {
        self.settle(at);
        let span = self.tokens.list[at].span;
        for read in doc::tags(&self.tokens.text[span.range()], span.start as usize) {
            match read {
                Ok((kind, tag::Arguments { ids, level }, span)) => {
                    let (compiled, cfgs) = (Compiled::ALWAYS, Vec::new());
                    let tag = OutlineTag { kind, ids, level, span, compiled, cfgs, owner };
                    self.outline.tags.push(tag);
                }
                Err(problems) => self.outline.problems.extend(problems),
            }
        }
    }

    /// Reads the attribute whose bracket opens at `open`.
    fn group(&mut self, open: usize, owner: OutlineOwner, facts: &mut Facts) -> usize {
        self.meta(open + 1, self.tokens.mate(open), Condition::default(), owner, facts);
        self.tokens.behind_group(open)
    }

    /// Reads one attribute without its bracket: a path and perhaps arguments. `cfg_attr`
    /// holds further ones, which wait on a list so that no nesting is too deep.
    fn meta(
        &mut self,
        from: usize,
        to: usize,
        condition: Condition,
        owner: OutlineOwner,
        facts: &mut Facts,
    ) {
        let mut waiting = vec![(from, to, condition)];
        while let Some((from, to, condition)) = waiting.pop() {
            let (from, to) = self.without_unsafe(from, to);
            let Some(last) = self.last_segment(from, to) else {
                continue;
            };
            let path = self.tokens.span(from, last + 1);
            self.outline.attributes.push(Attribute { path, conditional: condition.is_set() });
            let name = self.tokens.name(last);
            let open =
                self.tokens.is_open(last + 1, None).then_some(last + 1).filter(|open| *open < to);
            match (name, open) {
                ("cfg", Some(open)) if last == from => {
                    let holds = cfg::predicate(self.tokens, open + 1, self.trimmed(open));
                    let holds = condition.implies(holds);
                    facts.compiled = facts.compiled.and(holds.compiled());
                    facts.cfgs.push(holds);
                }
                ("cfg_attr", Some(open)) if last == from => {
                    waiting.extend(self.conditional(open, &condition));
                }
                ("path", None) if last == from => self.path(last, to, condition, facts),
                ("doc", None) if last == from => self.doc_value(last, to, facts),
                _ => self.tag(from..to, last, condition, owner),
            }
        }
    }

    /// The attributes inside a `cfg_attr`, the last one first.
    fn conditional(&self, open: usize, condition: &Condition) -> Vec<(usize, usize, Condition)> {
        let elements = cfg::elements(self.tokens, open + 1, self.tokens.mate(open));
        let Some(((from, to), attributes)) = elements.split_first() else {
            return Vec::new();
        };
        let predicate = cfg::predicate(self.tokens, *from, *to);
        let mut condition = condition.clone();
        condition.0.push(predicate);
        attributes.iter().rev().map(|(from, to)| (*from, *to, condition.clone())).collect()
    }

    /// `unsafe(…)` around an attribute says nothing to us.
    fn without_unsafe(&self, from: usize, to: usize) -> (usize, usize) {
        if self.tokens.word(from) == "unsafe" && self.tokens.is_open(from + 1, Some(b'(')) {
            (from + 2, self.tokens.mate(from + 1).min(to))
        } else {
            (from, to)
        }
    }

    /// The last name of the path that starts at `from`.
    fn last_segment(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = if self.tokens.is_path_separator(from) {
            from + 2
        } else {
            // `$crate::…`
            from + usize::from(self.tokens.is_sign(from, b'$'))
        };
        while at + 3 < to && self.tokens.is_name(at) && self.tokens.is_path_separator(at + 1) {
            at += 3;
        }
        (at < to && self.tokens.is_name(at)).then_some(at)
    }

    /// The end of a group's content, without a trailing comma.
    fn trimmed(&self, open: usize) -> usize {
        let end = self.tokens.mate(open);
        if end > open + 1 && self.tokens.is_sign(end - 1, b',') { end - 1 } else { end }
    }

    fn path(&mut self, name: usize, to: usize, condition: Condition, facts: &mut Facts) {
        let value = self.text_value(name, to);
        let path =
            |path| ConditionalPath { path, compiled: condition.compiled(), cfgs: condition.0 };
        facts.paths.extend(value.map(path));
    }

    /// `#[doc = "…"]` documents as a comment does, but tags stand in comments only.
    fn doc_value(&mut self, name: usize, to: usize, facts: &mut Facts) {
        let value = self.text_value(name, to);
        match &value {
            Some(text) => facts.docs.text(text),
            None => facts.docs.unread(),
        }
        if value.is_some_and(|value| doc::is_like_tag(&value)) {
            let span = self.tokens.list[name + 2].span;
            self.outline.problems.push(doc::nearly(span));
        }
    }

    /// The string behind `name =`.
    fn text_value(&self, name: usize, to: usize) -> Option<String> {
        let is_text =
            |at: usize| matches!(self.tokens.get(at), Some(token) if token.kind == Kind::Text);
        let stands = self.tokens.is_sign(name + 1, b'=') && is_text(name + 2) && name + 2 < to;
        stands.then(|| tag::string(self.tokens.text_at(name + 2))).flatten()
    }

    fn tag(
        &mut self,
        range: std::ops::Range<usize>,
        name: usize,
        condition: Condition,
        owner: OutlineOwner,
    ) {
        let Some(kind) = self.names.kind(self.tokens.name(name)) else {
            return;
        };
        self.settle(name);
        let at_name = self.tokens.list[name].span;
        let open = name + 1;
        let is_call = open < range.end
            && self.tokens.is_open(open, None)
            && self.tokens.behind_group(open) == range.end;
        if !is_call {
            self.outline.problems.push(tag::no_id(kind, at_name));
            return;
        }
        match tag::arguments(self.tokens, kind, at_name, open + 1..self.tokens.mate(open)) {
            Ok(tag::Arguments { ids, level }) => self.outline.tags.push(OutlineTag {
                kind,
                ids,
                level,
                span: self.tokens.span(range.start, range.end),
                compiled: condition.compiled(),
                cfgs: condition.0,
                owner,
            }),
            Err(problems) => self.outline.problems.extend(problems),
        }
    }

    /// Reads the elements of `tags! { … }` in tokens `from..to`.
    pub(super) fn tags_macro(&mut self, name: Span, from: usize, to: usize, owner: OutlineOwner) {
        let elements = cfg::elements(self.tokens, from, to);
        if elements.is_empty() {
            self.wrong_element(name, "`tags!` holds no tag".to_owned());
        }
        for (from, to) in elements {
            self.tags_element(from, to, owner);
        }
    }

    fn tags_element(&mut self, from: usize, to: usize, owner: OutlineOwner) {
        let Some(name) = self.last_segment(from, to) else {
            let message = format!("not a tag; {TAKEN}");
            return self.wrong_element(self.tokens.span(from, to), message);
        };
        let at_name = self.span_of(name);
        let word = self.tokens.name(name);
        let Some(kind) = self.names.kind(word) else {
            let message = if self.tokens.is_open(name + 1, Some(b'(')) {
                format!("unknown tag `{word}`; {TAKEN}")
            } else {
                format!("not a tag; {TAKEN}")
            };
            return self.wrong_element(at_name, message);
        };
        self.settle(name);
        if kind == TagKind::Verifies {
            let message = "`verifies` stands on a test, not on a module".to_owned();
            return self.wrong_element(at_name, message);
        }
        let is_call = name + 1 < to && self.tokens.is_open(name + 1, None);
        let behind = if is_call { self.tokens.behind_group(name + 1).min(to) } else { to };
        self.tag(from..behind, name, Condition::default(), owner);
        if behind < to {
            self.wrong_element(self.span_of(behind), "expected `,`".to_owned());
        }
    }

    fn wrong_element(&mut self, span: Span, message: String) {
        let help = "write `tags! { requirement(\"SRS-1\") }`";
        self.outline.problems.push(tag::problem(span, message, help));
    }

    fn settle(&mut self, at: usize) {
        self.settled.extend(u32::try_from(at));
    }

    /// Settles the mentions that no item accounts for: tags on statements, on fields, in
    /// macros. Then compares what was settled with what the text holds.
    #[requirement("TOOL-4")]
    #[risk_control("GUARD-1")]
    pub(super) fn settle_rest(&mut self, owner: impl Fn(&Outline, usize) -> OutlineOwner) {
        let tokens = self.tokens;
        let counted: Vec<u32> = mentions(tokens, self.names);
        for at in
            counted.iter().copied().filter(|at| !self.settled.contains(at)).collect::<Vec<_>>()
        {
            let at = at as usize;
            let owner = owner(&self.outline, at);
            if doc::is_doc(tokens.list[at].kind) {
                self.doc_tags(at, owner);
            } else {
                let end =
                    if tokens.is_open(at + 1, None) { tokens.behind_group(at + 1) } else { at + 1 };
                self.tag(at..end, at, Condition::default(), owner);
            }
        }
        let count = |length| u32::try_from(length).expect("a file has fewer tags than bytes");
        self.outline.tags_counted = count(counted.len());
        self.outline.tags_settled = count(self.settled.len());
    }

    /// The place of a token.
    pub(super) fn span_of(&self, at: usize) -> Span {
        self.tokens.span(at, at + 1)
    }
}

/// Every mention in the place of an attribute, by token, whatever stands around it: the
/// count that the items' own must equal.
fn mentions(tokens: &Tokens<'_>, names: &Names) -> Vec<u32> {
    let in_place = |mention: &&Mention| {
        let name = tokens.name(mention.at as usize);
        names.kind(name).is_some() && is_attribute(tokens, names, mention)
    };
    let in_place = tokens.mentions.iter().filter(in_place);
    let mut mentions: Vec<u32> = in_place.map(|mention| mention.at).collect();
    mentions.extend(&tokens.doc_mentions);
    mentions.sort_unstable();
    mentions
}

/// Whether the path that ends with the word at `at` is the path of an attribute: it
/// stands behind `#[` or `#![`, in `unsafe(…)` there, behind the predicate in `cfg_attr`
/// there, or as an element of `tags!`.
fn is_attribute(tokens: &Tokens<'_>, names: &Names, mention: &Mention) -> bool {
    let mut at = path_start(tokens, mention.at as usize);
    let mut bracket = mention.bracket.map(|open| open as usize);
    loop {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if tokens.is_open(before, Some(b'[')) && is_attribute_bracket(tokens, before) {
            return true;
        }
        let Some(open) = bracket else {
            return false;
        };
        let is_first = before == open;
        let is_later = tokens.is_sign(before, b',');
        let Some(caller) = open.checked_sub(1) else {
            return false;
        };
        if tokens.is_sign(caller, b'!') && caller > 0 && names.is_tags(tokens.name(caller - 1)) {
            return is_first || is_later;
        }
        match tokens.name(caller) {
            "unsafe" if is_first => at = caller,
            "cfg_attr" if is_later => at = caller,
            _ => return false,
        }
        bracket = enclosing(tokens, at);
    }
}

fn path_start(tokens: &Tokens<'_>, mut at: usize) -> usize {
    while at >= 3 && tokens.is_path_separator(at - 2) && tokens.is_name(at - 3) {
        at -= 3;
    }
    if at >= 2 && tokens.is_path_separator(at - 2) {
        at - 2
    } else if at >= 1 && tokens.is_sign(at - 1, b'$') {
        at - 1
    } else {
        at
    }
}

fn is_attribute_bracket(tokens: &Tokens<'_>, open: usize) -> bool {
    let is = |back: usize, sign| open >= back && tokens.is_sign(open - back, sign);
    is(1, b'#') || (is(1, b'!') && is(2, b'#'))
}

/// The bracket around the token at `at`.
fn enclosing(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let mut at = at.checked_sub(1)?;
    loop {
        match tokens.list[at].kind {
            Kind::Open(_) => return Some(at),
            Kind::Close(_) if tokens.mate(at) < at => at = tokens.mate(at).checked_sub(1)?,
            _ => at = at.checked_sub(1)?,
        }
    }
}
