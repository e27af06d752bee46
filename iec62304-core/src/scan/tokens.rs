//! A file as tokens: what rustc's lexer sees, without white space and comments, with
//! every bracket knowing its other half.
//!
//! The only user of the lexer. It also notes, apart from any item, where our names
//! stand, so that what the items later account for can be compared with it.

use ra_ap_rustc_lexer::{
    Cursor, DocStyle, FrontmatterAllowed, LiteralKind, TokenKind, strip_shebang,
};

use super::names::Names;
use crate::location::Span;
use crate::model::code::CodeProblemKind;
use crate::model::outline::OutlineProblem;

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// For a bracket the index of its other half, else its own index.
    pub(super) mate: u32,
}

/// Kinds of token, as far as they matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Word,
    /// `r#name`
    RawWord,
    /// A plain or raw string.
    Text,
    /// Any other literal.
    Literal,
    /// A doc comment in front of what it documents.
    OuterDoc,
    /// A doc comment inside what it documents.
    InnerDoc,
    /// `(`, `[` or `{`
    Open(u8),
    /// `)`, `]` or `}`
    Close(u8),
    /// Any other character of the grammar.
    Sign(u8),
    /// A lifetime, or what the lexer does not know.
    Other,
}

/// A word that is one of our names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub(super) at: u32,
    /// The innermost bracket that is open there.
    pub(super) bracket: Option<u32>,
}

/// A file as tokens.
pub(super) struct Tokens<'s> {
    pub(super) text: &'s str,
    pub(super) list: Vec<Token>,
    /// Words that are one of our names.
    pub(super) mentions: Vec<Mention>,
    /// Every `{`, by index.
    pub(super) braces: Vec<u32>,
    /// Doc comments with a line that looks like a tag, by index.
    pub(super) doc_mentions: Vec<u32>,
    /// Every word `unsafe`, by index.
    pub(super) unsafe_words: Vec<u32>,
    /// The token behind every comment with `SAFETY:`, by index.
    pub(super) safety_comments: Vec<u32>,
    pub(super) problems: Vec<OutlineProblem>,
}

/// Splits a file into tokens. `offset` is where `text` starts in the file.
pub(super) fn tokenize<'s>(text: &'s str, names: &Names) -> Tokens<'s> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let shebang = strip_shebang(&text[start..]).unwrap_or(0);
    let start = start + shebang;
    let frontmatter = if shebang == 0 || text[start..].starts_with('\n') {
        FrontmatterAllowed::Yes
    } else {
        FrontmatterAllowed::No
    };
    let mut lexer = Lexer {
        names,
        open: Vec::new(),
        open_of_kind: [0; 3],
        tokens: Tokens {
            text,
            list: Vec::with_capacity(text.len() / 6),
            mentions: Vec::new(),
            braces: Vec::new(),
            doc_mentions: Vec::new(),
            unsafe_words: Vec::new(),
            safety_comments: Vec::new(),
            problems: Vec::new(),
        },
    };
    let mut cursor = Cursor::new(&text[start..], frontmatter);
    let mut at = start;
    loop {
        let token = cursor.advance_token();
        if token.kind == TokenKind::Eof {
            break;
        }
        let mut end = at + token.len as usize;
        if token.kind == TokenKind::GuardedStrPrefix {
            // Before edition 2024 this is a `#` and whatever follows it: a string, another `#`.
            end = at + 1;
            lexer.push(Kind::Sign(b'#'), at, end);
            cursor = Cursor::new(&text[end..], FrontmatterAllowed::No);
        } else {
            lexer.take(token.kind, at, end);
        }
        at = end;
    }
    lexer.finish()
}

/// Which of the three kinds an opening bracket is of.
fn kind_of(bracket: u8) -> usize {
    match bracket {
        b'(' => 0,
        b'[' => 1,
        _ => 2,
    }
}

const UNSAFE: &str = "unsafe";

/// In front of a raw name.
const RAW: &str = "r#";

/// A name without `r#`.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix(RAW).unwrap_or(name)
}

struct Lexer<'s, 'n> {
    names: &'n Names,
    /// Brackets that are still open, by index.
    open: Vec<u32>,
    /// How many of them are `(`, `[` and `{`.
    open_of_kind: [usize; 3],
    tokens: Tokens<'s>,
}

impl<'s> Lexer<'s, '_> {
    fn take(&mut self, kind: TokenKind, start: usize, end: usize) {
        use TokenKind as T;
        let kind = match kind {
            T::Whitespace | T::Frontmatter { .. } => return,
            T::Ident => return self.word(Kind::Word, start, end),
            T::LineComment { doc_style } => return self.comment(doc_style, start, end),
            T::BlockComment { doc_style, terminated } => {
                if !terminated {
                    self.problem(start, "this comment does not end");
                }
                return self.comment(doc_style, start, end);
            }
            T::OpenParen => return self.open(b'(', start, end),
            T::OpenBracket => return self.open(b'[', start, end),
            T::OpenBrace => return self.open(b'{', start, end),
            T::CloseParen => return self.close(b')', start, end),
            T::CloseBracket => return self.close(b']', start, end),
            T::CloseBrace => return self.close(b'}', start, end),
            T::RawIdent => return self.word(Kind::RawWord, start, end),
            T::Literal { kind, .. } => self.literal(kind, start),
            T::Semi
            | T::Comma
            | T::Dot
            | T::At
            | T::Pound
            | T::Tilde
            | T::Question
            | T::Colon
            | T::Dollar
            | T::Eq
            | T::Bang
            | T::Lt
            | T::Gt
            | T::Minus
            | T::And
            | T::Or
            | T::Plus
            | T::Star
            | T::Slash
            | T::Caret
            | T::Percent => Kind::Sign(self.tokens.text.as_bytes()[start]),
            _ => Kind::Other,
        };
        self.push(kind, start, end);
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let index = self.next_index();
        self.tokens.list.push(Token { kind, span: Span::new(start, end), mate: index });
    }

    fn next_index(&self) -> u32 {
        u32::try_from(self.tokens.list.len()).expect("a file has fewer tokens than bytes")
    }

    fn word(&mut self, kind: Kind, start: usize, end: usize) {
        let name = start + if kind == Kind::RawWord { RAW.len() } else { 0 };
        if self.names.may_be(end - name) && self.names.is_one(&self.tokens.text[name..end]) {
            let at = self.next_index();
            let bracket = self.open.last().copied();
            self.tokens.mentions.push(Mention { at, bracket });
        }
        if kind == Kind::Word
            && end - start == UNSAFE.len()
            && &self.tokens.text[start..end] == UNSAFE
        {
            let index = self.next_index();
            self.tokens.unsafe_words.push(index);
        }
        self.push(kind, start, end);
    }

    fn comment(&mut self, style: Option<DocStyle>, start: usize, end: usize) {
        let mentions = super::doc::mentions(&self.tokens.text[start..end]);
        if mentions && style.is_some() {
            let index = self.next_index();
            self.tokens.doc_mentions.push(index);
        } else if mentions {
            self.tokens.problems.extend(super::doc::plain_comment(self.tokens.text, start, end));
        }
        if style.is_none() && self.tokens.text[start..end].contains("SAFETY:") {
            let index = self.next_index();
            self.tokens.safety_comments.push(index);
        }
        match style {
            Some(DocStyle::Outer) => self.push(Kind::OuterDoc, start, end),
            Some(DocStyle::Inner) => self.push(Kind::InnerDoc, start, end),
            None => {}
        }
    }

    fn literal(&mut self, kind: LiteralKind, start: usize) -> Kind {
        use LiteralKind as L;
        match kind {
            L::Str { terminated: true } | L::RawStr { n_hashes: Some(_) } => return Kind::Text,
            L::Str { terminated: false }
            | L::ByteStr { terminated: false }
            | L::CStr { terminated: false }
            | L::Char { terminated: false }
            | L::Byte { terminated: false }
            | L::RawStr { n_hashes: None }
            | L::RawByteStr { n_hashes: None }
            | L::RawCStr { n_hashes: None } => self.problem(start, "this literal does not end"),
            _ => {}
        }
        Kind::Literal
    }

    fn open(&mut self, bracket: u8, start: usize, end: usize) {
        let index = self.next_index();
        self.open.push(index);
        self.open_of_kind[kind_of(bracket)] += 1;
        if bracket == b'{' {
            self.tokens.braces.push(index);
        }
        self.push(Kind::Open(bracket), start, end);
    }

    /// Joins a bracket with the last open one of its kind. Brackets of other kinds that
    /// are open in between end here too, so that one mistake does not swallow the file.
    fn close(&mut self, bracket: u8, start: usize, end: usize) {
        let index = self.next_index();
        self.push(Kind::Close(bracket), start, end);
        let wanted = match bracket {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        if self.open_of_kind[kind_of(wanted)] == 0 {
            return self.problem(start, "this bracket was never opened");
        }
        while let Some(open) = self.open.pop() {
            let Kind::Open(found) = self.tokens.list[open as usize].kind else {
                unreachable!("only open brackets are on the list");
            };
            self.open_of_kind[kind_of(found)] -= 1;
            if found == wanted {
                self.tokens.list[open as usize].mate = index;
                self.tokens.list[index as usize].mate = open;
                return;
            }
            self.unclosed(open, index);
        }
    }

    /// A bracket that is never closed ends in front of the token `end`.
    fn unclosed(&mut self, open: u32, end: u32) {
        self.tokens.list[open as usize].mate = end;
        self.problem(
            self.tokens.list[open as usize].span.start as usize,
            "this bracket is never closed",
        );
    }

    fn problem(&mut self, start: usize, message: &str) {
        let length = self.tokens.text[start..].chars().next().map_or(0, char::len_utf8);
        self.tokens.problems.push(OutlineProblem {
            kind: CodeProblemKind::Syntax,
            span: Span::new(start, start + length),
            message: message.to_owned(),
            help: "correct the file so that it compiles".to_owned(),
        });
    }

    fn finish(mut self) -> Tokens<'s> {
        let end = self.next_index();
        for open in std::mem::take(&mut self.open) {
            self.unclosed(open, end);
        }
        self.tokens
    }
}

impl<'s> Tokens<'s> {
    /// The token at `at`, if the file is that long.
    pub(super) fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// The text of the token at `at`; empty behind the last one.
    pub(super) fn text_at(&self, at: usize) -> &'s str {
        self.list.get(at).map_or("", |token| &self.text[token.span.range()])
    }

    /// The word at `at`; empty if something else stands there.
    pub(super) fn word(&self, at: usize) -> &'s str {
        match self.list.get(at) {
            Some(Token { kind: Kind::Word, span, .. }) => &self.text[span.range()],
            _ => "",
        }
    }

    /// The name at `at`, raw or not, without `r#`; empty if something else stands there.
    pub(super) fn name(&self, at: usize) -> &'s str {
        if self.is_name(at) { plain(self.text_at(at)) } else { "" }
    }

    /// Whether a `{` stands in tokens `from..to`.
    pub(super) fn holds_brace(&self, from: usize, to: usize) -> bool {
        let first = self.braces.partition_point(|at| (*at as usize) < from);
        self.braces.get(first).is_some_and(|at| (*at as usize) < to)
    }

    /// Whether the sign `sign` stands at `at`.
    pub(super) fn is_sign(&self, at: usize, sign: u8) -> bool {
        matches!(self.list.get(at), Some(token) if token.kind == Kind::Sign(sign))
    }

    /// Whether an opening bracket stands at `at`; `None` for any of them.
    pub(super) fn is_open(&self, at: usize, bracket: Option<u8>) -> bool {
        match self.list.get(at).map(|token| token.kind) {
            Some(Kind::Open(found)) => bracket.is_none_or(|wanted| wanted == found),
            _ => false,
        }
    }

    /// Whether any closing bracket stands at `at`.
    pub(super) fn is_close(&self, at: usize) -> bool {
        matches!(self.list.get(at), Some(token) if matches!(token.kind, Kind::Close(_)))
    }

    /// Whether a name, raw or not, stands at `at`.
    pub(super) fn is_name(&self, at: usize) -> bool {
        matches!(self.list.get(at), Some(token) if matches!(token.kind, Kind::Word | Kind::RawWord))
    }

    /// Whether the `>` at `at` is the end of `->` or `=>`.
    pub(super) fn is_arrow(&self, at: usize) -> bool {
        let touches = || self.list[at - 1].span.end == self.list[at].span.start;
        at > 0 && (self.is_sign(at - 1, b'-') || self.is_sign(at - 1, b'=')) && touches()
    }

    /// Whether `::` stands at `at`.
    pub(super) fn is_path_separator(&self, at: usize) -> bool {
        self.is_sign(at, b':') && self.is_sign(at + 1, b':')
    }

    /// The other half of the bracket at `at`, or where its content ends if it has none.
    pub(super) fn mate(&self, at: usize) -> usize {
        self.list[at].mate as usize
    }

    /// One past the group that opens at `at`. The bracket that ends an unclosed group
    /// belongs to another one.
    pub(super) fn behind_group(&self, at: usize) -> usize {
        let mate = self.mate(at);
        let closes = self.list.get(mate).is_some_and(|token| token.mate as usize == at);
        mate + usize::from(closes)
    }

    /// Behind the `>` that belongs to the `<` at `from`.
    pub(super) fn behind_generics(&self, from: usize, end: usize) -> usize {
        let (mut at, mut angles) = (from, 0_usize);
        while at < end {
            match self.list[at].kind {
                Kind::Open(_) => {
                    at = self.behind_group(at).max(at + 1);
                    continue;
                }
                Kind::Sign(b'<') => angles += 1,
                Kind::Sign(b'>') if !self.is_arrow(at) => {
                    angles = angles.saturating_sub(1);
                    if angles == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        at
    }

    /// From the start of token `from` to the end of the token in front of `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if from < to => first.span.to(last.span),
            (Some(first), _) => Span { start: first.span.start, end: first.span.start },
            (None, _) => Span::new(self.text.len(), self.text.len()),
        }
    }
}
