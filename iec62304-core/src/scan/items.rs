//! Walks the tokens of a file and writes down every item, at any depth.
//!
//! What is inside an item waits on a list of its own, so that no nesting is too deep
//! for the stack.

use super::attributes::{Attributes, Facts};
use super::names::{self, Names};
use super::shape::{Body, Place, Shape, shape};
use super::signature;
use super::tokens::{self, Kind, Mention, Tokens};
use crate::location::Span;
use crate::model::code::{CodeProblemKind, NoOwner};
use crate::model::outline::{
    Include, ItemKind, ModuleDeclaration, Outline, OutlineIndex, OutlineItem, OutlineOwner,
    OutlineProblem, Rename, Returns,
};

/// Outlines the tokens of a file.
pub(super) fn items(tokens: &Tokens<'_>, names: &Names) -> Outline {
    let mut walk = Walk {
        attributes: Attributes::new(tokens, names),
        tokens,
        names,
        frames: Vec::new(),
        inputs: Vec::new(),
    };
    walk.file();
    while let Some(frame) = walk.frames.pop() {
        if frame.at < frame.end {
            walk.step(frame);
        }
    }
    let Walk { mut attributes, mut inputs, .. } = walk;
    inputs.sort_unstable();
    attributes.settle_rest(|outline, at| {
        let before = inputs.partition_point(|(from, _)| *from <= at);
        let is_input = before > 0 && at < inputs[before - 1].1;
        if is_input {
            OutlineOwner::Nothing(NoOwner::MacroInput)
        } else {
            around(outline, tokens.list[at].span)
        }
    });
    attributes.outline
}

/// What a tag that no item carries stands in: a macro's definition, its input, or neither.
fn around(outline: &Outline, tag: Span) -> OutlineOwner {
    let before = |item: &OutlineItem| item.span.start <= tag.start;
    let last = outline.items.partition_point(before).checked_sub(1);
    let mut around = last.and_then(|last| OutlineIndex::try_from(last).ok());
    while let Some(index) = around {
        let item = &outline.items[index as usize];
        match item.kind {
            _ if item.span.end <= tag.start => {}
            ItemKind::MacroDefinition => return OutlineOwner::Nothing(NoOwner::MacroDefinition),
            ItemKind::MacroCall => return OutlineOwner::MacroInput(index),
            _ => {}
        }
        around = item.parent;
    }
    OutlineOwner::Nothing(NoOwner::NotAnItem)
}

struct Walk<'t, 's> {
    attributes: Attributes<'t, 's>,
    tokens: &'t Tokens<'s>,
    names: &'t Names,
    /// What is still to be looked at; the innermost last.
    frames: Vec<Frame>,
    /// The inputs of macros in expressions that hold a mention, as ranges of tokens.
    inputs: Vec<(usize, usize)>,
}

/// A range of tokens that is still to be looked at.
#[derive(Clone, Copy)]
struct Frame {
    at: usize,
    end: usize,
    parent: Option<OutlineIndex>,
    holds: Holds,
    /// In a flat range: whether an item may start here.
    at_start: bool,
    /// Whether it stands in the input of a macro, which may look like items and be none.
    in_macro: bool,
}

/// What a range of tokens holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Items and nothing else.
    Items,
    /// The input of a macro: items if the macro likes, among anything.
    MacroInput,
    /// Statements and expressions.
    Code,
}

impl Frame {
    /// This frame as the inside of an item that stands in `around`.
    fn below(self, item: OutlineIndex, around: Self) -> Self {
        let in_macro = self.in_macro || around.in_macro;
        let holds =
            if in_macro && self.holds == Holds::Items { Holds::MacroInput } else { self.holds };
        Self { parent: Some(item), holds, in_macro, ..self }
    }
}

impl Walk<'_, '_> {
    fn file(&mut self) {
        let mut facts = Facts::default();
        let end = self.tokens.list.len();
        let at = self.attributes.inner(0, end, OutlineOwner::File, &mut facts);
        self.attributes.outline.compiled = facts.compiled;
        self.attributes.outline.documented = facts.docs.read().has_text;
        self.attributes.outline.cfgs = facts.cfgs;
        self.frames.push(Frame {
            at,
            end,
            parent: None,
            holds: Holds::Items,
            at_start: true,
            in_macro: false,
        });
    }

    /// Looks at the next item or token of a frame, and puts the rest of it back.
    fn step(&mut self, frame: Frame) {
        match frame.holds {
            Holds::Items => self.next_item(frame),
            Holds::MacroInput | Holds::Code => self.next_in_code(frame),
        }
    }

    fn next_item(&mut self, mut frame: Frame) {
        let Frame { at, end, .. } = frame;
        if self.tokens.is_sign(at, b';') || self.tokens.list[at].kind == Kind::InnerDoc {
            frame.at += 1;
            return self.frames.push(frame);
        }
        let head = self.attributes.behind_outer(at, end);
        if head == end {
            return;
        }
        if let Some(shape) = shape(self.tokens, head, end, Place::Items) {
            frame.at = shape.next.max(head + 1);
            self.frames.push(frame);
            return self.item(at, head, &shape, frame);
        }
        self.problem(self.attributes.span_of(head), "no item that this tool knows starts here");
        frame.at = self.behind_unknown(head, end);
        self.frames.push(frame);
    }

    /// Behind the next semicolon or braces.
    fn behind_unknown(&self, mut at: usize, end: usize) -> usize {
        while at < end {
            if self.tokens.is_sign(at, b';') {
                return at + 1;
            }
            if self.tokens.is_open(at, Some(b'{')) {
                return self.tokens.behind_group(at).max(at + 1);
            }
            at = if self.tokens.is_open(at, None) {
                self.tokens.behind_group(at).max(at + 1)
            } else {
                at + 1
            };
        }
        end
    }

    /// Goes through code up to the next item in it.
    fn next_in_code(&mut self, mut frame: Frame) {
        let place = if frame.holds == Holds::MacroInput { Place::Items } else { Place::Statements };
        while frame.at < frame.end {
            let at = frame.at;
            if frame.at_start {
                let head = self.attributes.behind_outer(at, frame.end);
                if head < frame.end
                    && self.tokens.is_name(head)
                    && let Some(shape) = shape(self.tokens, head, frame.end, place)
                    // A macro may take what merely starts like an item.
                    && (shape.ends || !frame.in_macro)
                {
                    frame.at = shape.next.max(head + 1);
                    self.frames.push(frame);
                    return self.item(at, head, &shape, frame);
                }
                if head > at {
                    frame.at = head;
                    frame.at_start = false;
                    continue;
                }
            }
            self.token(&mut frame);
        }
    }

    /// Passes one token of code.
    fn token(&mut self, frame: &mut Frame) {
        let at = frame.at;
        frame.at += 1;
        frame.at_start = match self.tokens.list[at].kind {
            Kind::Open(b'{') | Kind::Close(b'}') | Kind::Sign(b';') => true,
            Kind::Sign(b'#') => {
                let is_inner = self.tokens.is_sign(at + 1, b'!');
                let open = at + 1 + usize::from(is_inner);
                let is_attribute = self.tokens.is_open(open, Some(b'['));
                if is_attribute {
                    frame.at = self.tokens.behind_group(open);
                }
                frame.at_start && is_attribute && is_inner
            }
            Kind::InnerDoc => frame.at_start,
            // `unix => mod sys;`
            Kind::Sign(b'>') => frame.holds == Holds::MacroInput && self.tokens.is_arrow(at),
            Kind::Sign(b'!') => match self.macro_input(at) {
                Some(open) => {
                    frame.at = self.tokens.behind_group(open);
                    self.expression_macro(at, open, frame.at);
                    self.tokens.is_open(open, Some(b'{'))
                }
                None => false,
            },
            _ => false,
        };
    }

    /// Remembers what the input of a macro in code holds that is not looked at.
    fn expression_macro(&mut self, bang: usize, open: usize, behind: usize) {
        note(&mut self.inputs, self.tokens, open, behind);
        let is_rust = |at: usize| {
            self.tokens.list[at].kind == Kind::Text && self.tokens.text_at(at).ends_with(".rs\"")
        };
        if self.tokens.name(bang - 1) == "include" && (open..behind).any(is_rust) {
            let span = self.tokens.span(bang - 1, behind);
            self.attributes.outline.included_code.push(span);
        }
    }

    /// The bracket of the macro call whose `!` stands at `at`.
    fn macro_input(&self, at: usize) -> Option<usize> {
        let name = at.checked_sub(1).filter(|name| self.tokens.is_name(*name))?;
        let is_keyword = matches!(
            self.tokens.word(name),
            "if" | "while"
                | "match"
                | "return"
                | "in"
                | "else"
                | "break"
                | "move"
                | "as"
                | "let"
                | "mut"
                | "ref"
                | "yield"
                | "do"
                | "await"
                | "loop"
                | "unsafe"
                | "const"
                | "where"
                | "impl"
                | "dyn"
        );
        let open = if self.tokens.is_name(at + 1) { at + 2 } else { at + 1 };
        (!is_keyword && self.tokens.is_open(open, None)).then_some(open)
    }

    /// Writes down one item, whose attributes start at `start` and end at `head`.
    fn item(&mut self, start: usize, head: usize, shape: &Shape, around: Frame) {
        let outline = &self.attributes.outline;
        let index = OutlineIndex::try_from(outline.items.len()).expect("fewer items than bytes");
        let first_attribute = count(outline.attributes.len());
        let owner = OutlineOwner::Item(index);
        let mut facts = Facts::default();
        self.attributes.outer(start, head, owner, &mut facts);
        let inside = self.inside(shape, owner, &mut facts);
        let next = shape.next.min(self.tokens.list.len());
        let (header_end, body) = match shape.body {
            Body::None => (next, Span::default()),
            Body::Expression(from, to) => (from, self.tokens.span(from, to)),
            Body::Skipped(open)
            | Body::Items(open)
            | Body::Block(open)
            | Body::MacroInput(open) => {
                (open, self.tokens.span(open, self.tokens.behind_group(open)))
            }
        };
        let outline = &mut self.attributes.outline;
        outline.items.push(OutlineItem {
            kind: shape.kind,
            name: shape.name,
            of_trait: shape.of_trait,
            parent: around.parent,
            visibility: shape.visibility,
            attributes: (first_attribute, count(outline.attributes.len())),
            docs: facts.docs.read(),
            returns: match shape.kind {
                ItemKind::Function => signature::returns(self.tokens, shape.keyword, next),
                _ => Returns::Nothing,
            },
            is_unsafe: signature::is_unsafe(self.tokens, shape.keyword),
            can_fail: false,
            fails_itself: false,
            panics: Span::default(),
            compiled: facts.compiled,
            cfgs: std::mem::take(&mut facts.cfgs),
            span: self.tokens.span(start, next),
            header: self.tokens.span(shape.keyword, header_end),
            body,
        });
        if !shape.ends {
            self.problem(
                self.tokens.span(shape.keyword, shape.keyword + 1),
                "this item does not end",
            );
        }
        self.remember(index, shape, facts);
        let parts = [inside, self.header(shape)];
        self.frames.extend(parts.into_iter().flatten().map(|frame| frame.below(index, around)));
    }

    /// What may hold items outside an item's body: the types in its header, the fields of
    /// a `struct`, the values of an `enum`'s variants.
    fn header(&self, shape: &Shape) -> Option<Frame> {
        // The header ends at `open`, and what is looked at ends at `end`.
        let (open, end) = match shape.body {
            _ if matches!(shape.kind, ItemKind::Use | ItemKind::MacroDefinition) => return None,
            Body::MacroInput(_) => return None,
            Body::None => (shape.next, shape.next),
            Body::Skipped(open) => (open, shape.next),
            Body::Expression(open, _) | Body::Items(open) | Body::Block(open) => (open, open),
        };
        let holds_brace =
            self.tokens.holds_brace(shape.keyword, open) || self.tokens.holds_brace(open + 1, end);
        holds_brace.then_some(Frame {
            at: shape.keyword,
            end,
            parent: None,
            holds: Holds::Code,
            at_start: false,
            in_macro: false,
        })
    }

    /// Reads the inner attributes of an item, and says what is to be looked at inside it.
    fn inside(&mut self, shape: &Shape, owner: OutlineOwner, facts: &mut Facts) -> Option<Frame> {
        let (at, end, holds) = match shape.body {
            Body::None | Body::Skipped(_) => return None,
            Body::Expression(from, to) => (from, to, Holds::Code),
            Body::MacroInput(open) => (open + 1, self.tokens.mate(open), Holds::MacroInput),
            Body::Items(open) | Body::Block(open) => {
                let end = self.tokens.mate(open);
                let at = self.attributes.inner(open + 1, end, owner, facts);
                let is_block = matches!(shape.body, Body::Block(_));
                (at, end, if is_block { Holds::Code } else { Holds::Items })
            }
        };
        let at_start = !matches!(shape.body, Body::Expression(..));
        let in_macro = holds == Holds::MacroInput;
        Some(Frame { at, end, parent: None, holds, at_start, in_macro })
    }

    /// Remembers what modules, macros and imports ask for.
    fn remember(&mut self, item: OutlineIndex, shape: &Shape, facts: Facts) {
        let outline = &mut self.attributes.outline;
        match shape.kind {
            ItemKind::Module => {
                let in_a_file = matches!(shape.body, Body::None) && shape.ends;
                if in_a_file || !facts.paths.is_empty() {
                    let paths = facts.paths;
                    outline.modules.push(ModuleDeclaration { item, paths, in_a_file });
                }
            }
            ItemKind::MacroCall => self.macro_call(item, shape),
            ItemKind::Use => self.renames(shape),
            _ => {}
        }
    }

    fn macro_call(&mut self, item: OutlineIndex, shape: &Shape) {
        let Body::MacroInput(open) = shape.body else {
            return;
        };
        let name = tokens::plain(&self.tokens.text[shape.name.range()]);
        let (from, to) = (open + 1, self.tokens.mate(open));
        if name == "include" {
            let is_text = to > from && self.tokens.list[from].kind == Kind::Text;
            let is_alone =
                to == from + 1 || (to == from + 2 && self.tokens.is_sign(from + 1, b','));
            let path = (is_text && is_alone)
                .then(|| super::tag::string(self.tokens.text_at(from)))
                .flatten();
            self.attributes.outline.includes.push(Include { item, path });
        } else if self.names.is_tags(name) && self.is_our_tags(shape, from) {
            let owner = OutlineOwner::ModuleAround(item);
            self.attributes.tags_macro(shape.name, from, to, owner);
        }
    }

    /// Whether a `tags!` is ours: by its path, or by what it holds.
    fn is_our_tags(&self, shape: &Shape, from: usize) -> bool {
        let mut path = (shape.keyword..from).map_while(|at| {
            let is_path = self.tokens.is_name(at) || self.tokens.is_sign(at, b':');
            is_path.then(|| self.tokens.name(at))
        });
        // Where nothing stands inside, this is the closing bracket, which has no name.
        let word = self.tokens.name(from);
        path.any(|name| name.starts_with("iec62304"))
            || self.names.kind(word).is_some()
            || names::nearest(word).is_some()
    }

    fn renames(&mut self, shape: &Shape) {
        for at in shape.keyword..shape.next {
            let own = self.names.own(self.tokens.name(at));
            if let Some(name) = own.filter(|_| self.tokens.word(at + 1) == "as")
                && self.tokens.is_name(at + 2)
                && self.tokens.word(at + 2) != "_"
            {
                let alias = self.tokens.name(at + 2).to_owned();
                self.attributes.outline.renames.push(Rename { name, alias });
            }
        }
    }

    fn problem(&mut self, span: Span, message: &str) {
        self.attributes.outline.problems.push(OutlineProblem {
            kind: CodeProblemKind::Syntax,
            span,
            message: message.to_owned(),
            help: "if the file compiles, this is syntax that the tool does not know: keep tags out of \
                   it, and report it"
                .to_owned(),
        });
    }
}

/// Keeps a range of tokens if a mention stands in it.
fn note(ranges: &mut Vec<(usize, usize)>, tokens: &Tokens<'_>, from: usize, to: usize) {
    let first = |mention: &Mention| (mention.at as usize) < from;
    let name = tokens.mentions.get(tokens.mentions.partition_point(first));
    let first = |at: &u32| (*at as usize) < from;
    let doc = tokens.doc_mentions.get(tokens.doc_mentions.partition_point(first));
    let is_inside = |at: &u32| (*at as usize) < to;
    if name.map(|mention| &mention.at).is_some_and(is_inside) || doc.is_some_and(is_inside) {
        ranges.push((from, to));
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a file has fewer attributes than bytes")
}
