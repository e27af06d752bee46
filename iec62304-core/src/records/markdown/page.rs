//! A Markdown page as the blocks that stand at its left margin, every word with its place.
//!
//! Knows Markdown, and nothing of records.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::line::{Line, first_line};

/// What a page consists of.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order of the file.
    pub(super) blocks: Vec<Block>,
    /// What the page does not show.
    pub(super) comments: Vec<Range<usize>>,
    /// Fenced code: examples, in which nothing is what it looks like.
    pub(super) code: Vec<Range<usize>>,
    /// Headings in quotes and lists.
    pub(super) inner_headings: Vec<(Range<usize>, Line)>,
    /// What takes in the rest of the page because nothing ends it.
    pub(super) unclosed: Vec<(Range<usize>, &'static str)>,
}

/// A block of a page.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) kind: BlockKind,
}

/// What a block is.
#[derive(Debug)]
pub(super) enum BlockKind {
    Heading(Line),
    List(List),
    Html,
    /// A comment alone, or a line across the page: nothing to read.
    Nothing,
    /// Paragraphs, tables, quotes, code.
    Text,
}

/// A list.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) is_ordered: bool,
    pub(super) items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) range: Range<usize>,
    /// Its first paragraph.
    pub(super) line: Line,
    /// The list in it.
    pub(super) nested: Option<(Range<usize>, List)>,
    /// Where anything else begins that stands in it.
    pub(super) more: Option<Range<usize>>,
    paragraphs: usize,
}

/// The text of a page from `start` on.
pub(super) fn parse(text: &str, start: usize) -> Page {
    let mut builder = Builder { text, open: Vec::new(), page: Page::default() };
    let options = Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(&text[start..], options).into_offset_iter() {
        builder.take(&event, range.start + start..range.end + start);
    }
    builder.page
}

/// The blocks that are open where the parser stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Heading,
    Paragraph,
    List,
    Item,
    Other,
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Open>,
    page: Page,
}

impl Builder<'_> {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.words(text, range),
            Event::Code(code) => self.inline_code(code, range),
            Event::SoftBreak | Event::HardBreak => self.words(" ", range),
            Event::InlineHtml(html) if html.starts_with("<!--") => self.page.comments.push(range),
            Event::Rule if self.open.is_empty() => self.block(range, BlockKind::Nothing),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let open = match tag {
            Tag::Heading { .. } => self.heading(range),
            Tag::Paragraph => self.paragraph(range),
            Tag::List(first) => self.list(first.is_some(), range),
            Tag::Item => self.item(range),
            Tag::CodeBlock(kind) => self.code_block(kind, range),
            Tag::HtmlBlock => self.html(range),
            tag if is_inline(tag.to_end()) => {
                if let Some(line) = self.line() {
                    line.containers.push(range);
                }
                return;
            }
            _ => self.other(range, BlockKind::Text),
        };
        self.open.push(open);
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_inline(tag) {
            self.open.pop();
        }
    }

    fn block(&mut self, range: Range<usize>, kind: BlockKind) {
        self.page.blocks.push(Block { range, kind });
    }

    fn heading(&mut self, range: Range<usize>) -> Open {
        if self.open.is_empty() {
            self.block(range, BlockKind::Heading(Line::default()));
        } else {
            self.page.inner_headings.push((range.clone(), Line::default()));
            self.more(range);
        }
        Open::Heading
    }

    fn paragraph(&mut self, range: Range<usize>) -> Open {
        if let Some(item) = self.current_item() {
            item.paragraphs += 1;
            let is_first = item.paragraphs == 1 && item.nested.is_none() && item.more.is_none();
            if !is_first {
                // What is not the first counts as something else.
                item.paragraphs += 1;
                item.more.get_or_insert(range);
            }
        } else {
            self.other(range, BlockKind::Text);
        }
        Open::Paragraph
    }

    fn list(&mut self, is_ordered: bool, range: Range<usize>) -> Open {
        let list = List { is_ordered, ..List::default() };
        if self.open.is_empty() {
            self.block(range, BlockKind::List(list));
            return Open::List;
        }
        let is_in_list = self.open.len() == 2;
        match self.current_item() {
            Some(item) if is_in_list && item.nested.is_none() && item.more.is_none() => {
                item.nested = Some((range, list));
                Open::List
            }
            _ => {
                self.more(range);
                Open::Other
            }
        }
    }

    fn item(&mut self, range: Range<usize>) -> Open {
        let Some(list) = self.current_list() else {
            return Open::Other;
        };
        list.items.push(Item { range, ..Item::default() });
        Open::Item
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) -> Open {
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            if !is_closed_fence(&self.text[range.clone()]) {
                self.page.unclosed.push((first_line(self.text, &range), "code block"));
            }
            self.page.code.push(range.clone());
        }
        self.other(range, BlockKind::Text)
    }

    fn html(&mut self, range: Range<usize>) -> Open {
        let html = &self.text[range.clone()];
        let Some(inside) = html.trim_start().strip_prefix("<!--") else {
            return self.other(range, BlockKind::Html);
        };
        let before = html.len() - inside.len();
        // `<!-->` is a comment too.
        let Some(end) = html[before - 2..].find("-->").map(|at| range.start + before + 1 + at)
        else {
            self.page.unclosed.push((first_line(self.text, &range), "comment"));
            self.page.comments.push(range.clone());
            return self.other(range, BlockKind::Nothing);
        };
        self.page.comments.push(range.start..end);
        let is_alone = self.text[end..range.end].trim().is_empty();
        self.other(range, if is_alone { BlockKind::Nothing } else { BlockKind::Html })
    }

    fn other(&mut self, range: Range<usize>, kind: BlockKind) -> Open {
        if self.open.is_empty() {
            self.block(range, kind);
        } else if !matches!(kind, BlockKind::Nothing) {
            self.more(range);
        }
        Open::Other
    }

    /// Something in an item that is neither its first paragraph nor its one list.
    fn more(&mut self, range: Range<usize>) {
        if let Some(item) = self.current_item() {
            item.more.get_or_insert(range);
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if let Some(line) = self.line() {
            line.push(words, range);
        }
    }

    fn inline_code(&mut self, code: &str, range: Range<usize>) {
        let inside = self.text[range.clone()].find(code).map(|at| range.start + at);
        let words = inside.map_or(range.clone(), |start| start..start + code.len());
        if let Some(line) = self.line() {
            line.containers.push(range);
            line.push(code, words);
        }
    }

    /// The line that words now belong to, if they belong to one.
    fn line(&mut self) -> Option<&mut Line> {
        if self.open.last() == Some(&Open::Heading) {
            if self.open.len() > 1 {
                return self.page.inner_headings.last_mut().map(|(_, line)| line);
            }
            return match self.page.blocks.last_mut().map(|block| &mut block.kind) {
                Some(BlockKind::Heading(line)) => Some(line),
                _ => None,
            };
        }
        let is_paragraph = self.open.last() == Some(&Open::Paragraph);
        let item = self.current_item()?;
        (!is_paragraph || item.paragraphs == 1).then_some(&mut item.line)
    }

    /// The item that stands open, if its list is one at the margin or the first in such an
    /// item, and nothing but a paragraph stands open in it.
    fn current_item(&mut self) -> Option<&mut Item> {
        let depth = match self.open.as_slice() {
            [Open::List, Open::Item] | [Open::List, Open::Item, Open::Paragraph] => 1,
            [Open::List, Open::Item, Open::List, Open::Item]
            | [Open::List, Open::Item, Open::List, Open::Item, Open::Paragraph] => 2,
            _ => return None,
        };
        let item = self.outer_list()?.items.last_mut()?;
        if depth == 1 {
            return Some(item);
        }
        item.nested.as_mut().and_then(|(_, list)| list.items.last_mut())
    }

    fn current_list(&mut self) -> Option<&mut List> {
        match self.open.as_slice() {
            [Open::List] => self.outer_list(),
            [Open::List, Open::Item, Open::List] => {
                let item = self.outer_list()?.items.last_mut()?;
                item.nested.as_mut().map(|(_, list)| list)
            }
            _ => None,
        }
    }

    fn outer_list(&mut self) -> Option<&mut List> {
        match self.page.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::List(list)) => Some(list),
            _ => None,
        }
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Whether the last line of a fenced code block is the fence that ends it.
fn is_closed_fence(block: &str) -> bool {
    let block = block.trim();
    let fence = block.chars().next().unwrap_or_default();
    let length = block.chars().take_while(|letter| *letter == fence).count();
    let is_margin = |letter: char| letter.is_whitespace() || letter == '>';
    let Some((_, last)) = block.rsplit_once(['\n', '\r']) else {
        return false;
    };
    let last = last.trim_start_matches(is_margin);
    last.chars().count() >= length && last.chars().all(|letter| letter == fence)
}
