//! Markdown text to records: a heading opens each, its text and a list of fields follow.
//!
//! What a page holds is found out in `page`, and what a value may be is said where TOML is
//! read: here both are put together. `docs/markdown-records.md` has the rules.

use iec62304_macros::requirement;
use toml::Spanned;
use toml::de::DeTable;

use super::mistake::{Mistake, quoted};
use super::read::{Reader, Syntax};
use super::{Document, KindsOfId};
use crate::location::FilePath;
use crate::model::record::{Record, RecordKind};
use fields::{Field, FieldList};
use heading::Heading;
use line::{Line, first_line};
use page::{Block, BlockKind, Page};

mod fields;
mod heading;
mod line;
mod lost;
mod page;

/// The kinds of record that are a title, a text and fields of one line.
const KINDS: [RecordKind; 3] =
    [RecordKind::Requirement, RecordKind::SystemRequirement, RecordKind::RiskControl];

/// Reads the text of a file.
#[requirement("TOOL-32")]
pub(super) fn read(path: &FilePath, text: &str, kinds: KindsOfId<'_>) -> Document {
    let is_known = |id: &str| KINDS.iter().any(|kind| kinds(id).contains(kind));
    let page = page::parse(text, lost::front_matter(text, &is_known));
    let mut markdown = Markdown {
        reader: Reader::new(path, text, Syntax::Markdown),
        text,
        page: &page,
        kinds,
        records: Vec::new(),
    };
    markdown.report_page();
    markdown.read_sections();
    markdown.report_no_record();
    let Markdown { reader, records, .. } = markdown;
    reader.finish(records)
}

/// What is gathered on the way through a page.
struct Markdown<'r> {
    reader: Reader<'r>,
    text: &'r str,
    page: &'r Page,
    kinds: KindsOfId<'r>,
    records: Vec<Record>,
}

/// What a heading opens.
enum Section<'p> {
    Chapter,
    Record {
        id: Spanned<String>,
        title: (&'p Line, usize),
        is_sound: bool,
    },
    /// Nobody knows: what is below is not looked at.
    Unclear,
}

impl<'r> Markdown<'r> {
    /// Whether an id can be one of a record, also of a kind that Markdown cannot hold.
    fn is_known(&self, id: &str) -> bool {
        !(self.kinds)(id).is_empty()
    }

    fn report_page(&mut self) {
        for (range, what) in &self.page.unclosed {
            let message =
                format!("nothing ends this {what}, so that it takes in the rest of the file");
            let help = format!("end the {what}");
            self.reader.report(range.clone(), Mistake::new(message, help));
        }
        for (range, line) in &self.page.inner_headings {
            if !matches!(heading::classify(&line.text, &|id| self.is_known(id)), Heading::Chapter) {
                let message = "a heading in a quote or a list opens no record";
                let help = "write the heading at the left margin, or the example as a code block";
                self.reader.report(first_line(self.text, range), Mistake::new(message, help));
            }
        }
    }

    /// A file that is named for its records and has none is most likely read otherwise than
    /// whoever wrote it thinks.
    fn report_no_record(&mut self) {
        if self.records.is_empty() && self.reader.is_sound() {
            let message = "no heading of this file opens a record";
            let help = "write each record as `## SRS-1: title`, or leave the file out of `records`";
            self.reader.report(0..0, Mistake::new(message, help));
        }
    }

    fn read_sections(&mut self) {
        let blocks = &self.page.blocks;
        let mut start = 0;
        let mut section = Section::Chapter;
        for (at, block) in blocks.iter().enumerate() {
            if let BlockKind::Heading(line) = &block.kind {
                self.close(&section, &blocks[start..at]);
                section = self.open(line);
                start = at + 1;
            }
        }
        self.close(&section, &blocks[start..]);
    }

    fn open(&mut self, line: &'r Line) -> Section<'r> {
        match heading::classify(&line.text, &|id| self.is_known(id)) {
            Heading::Chapter => Section::Chapter,
            Heading::Unclear(at, mistake) => {
                self.reader.report(line.written(at), mistake);
                Section::Unclear
            }
            Heading::Record { id, title, mistake } => {
                let is_sound = mistake.is_none();
                if let Some((at, mistake)) = mistake {
                    self.reader.report(line.written(at), mistake);
                }
                let text = line.text[id.clone()].to_owned();
                let id = Spanned::new(line.written(id), text);
                Section::Record { id, title: (line, title), is_sound }
            }
        }
    }

    fn close(&mut self, section: &Section<'_>, blocks: &[Block]) {
        match section {
            Section::Chapter => {
                let names = fields::names(&KINDS);
                self.report_lost(blocks, Some(&names));
            }
            Section::Unclear => self.report_lost(blocks, None),
            Section::Record { id, title, is_sound } => {
                self.read_record(id, *title, *is_sound, blocks);
            }
        }
    }

    /// What looks like a heading of a record, or like one of these fields, and is neither.
    fn report_lost<'b>(
        &mut self,
        blocks: impl IntoIterator<Item = &'b Block>,
        names: Option<&[&str]>,
    ) {
        for block in blocks {
            let is_known = |id: &str| self.is_known(id);
            let place = lost::Place { text: self.text, page: self.page, is_known: &is_known };
            let found = place.look_for(block, names);
            for (range, mistake) in found {
                self.reader.report(range, mistake);
            }
        }
    }

    fn read_record(
        &mut self,
        id: &Spanned<String>,
        (line, colon): (&Line, usize),
        is_sound: bool,
        blocks: &[Block],
    ) {
        let parts = Parts::of(blocks);
        let fields = FieldList::read(self.text, self.page, &parts.items, &mut self.reader);
        let Some(kind) = self.kind(id, &fields) else {
            return;
        };
        let mut table = fields.table(kind, id.get_ref(), &mut self.reader);
        let title = fields::value(self.text, self.page, line, colon, line.end());
        match title.get_ref().is_empty() {
            true if is_sound => self.report_no_title(id),
            true => {}
            false => insert(&mut table, "title", title),
        }
        if let (Some(first), Some(last)) = (parts.text.first(), parts.text.last()) {
            let range = first.range.start..last.range.end;
            let text = fields::without_comments(self.text, self.page, range);
            insert(&mut table, "text", text);
        }
        let names = fields::names(&[kind]);
        self.report_lost(parts.text.iter().copied(), Some(&names));
        self.report_behind_fields(id.get_ref(), &parts.behind);
        let id = Spanned::new(id.span(), id.get_ref().as_str().into());
        let record = self.reader.read_record(kind, &id, &table);
        self.records.push(record);
    }

    fn report_no_title(&mut self, id: &Spanned<String>) {
        let message = format!("{} has no title", id.get_ref());
        let help = format!("write `{}: ` and what it is about in a few words", id.get_ref());
        self.reader.report(id.span(), Mistake::new(message, help));
    }

    fn report_behind_fields(&mut self, id: &str, behind: &[&Block]) {
        for block in behind {
            let message = format!("this stands behind the fields of {id} and belongs to nothing");
            let help = "move it above the list, or below a heading of its own";
            let at = first_line(self.text, &block.range);
            self.reader.report(at, Mistake::new(message, help));
        }
    }

    /// The kind that a record says itself, else the one that its id is formed for, else a
    /// software requirement.
    fn kind(&mut self, id: &Spanned<String>, fields: &FieldList<'_>) -> Option<RecordKind> {
        if let Some(field) = fields.record() {
            return Some(self.kind_by_word(field));
        }
        let fits = |id: &str| (self.kinds)(id);
        let word = id.get_ref();
        // One in the wrong case is of the same kind, and a rule says that it is wrong.
        let forms = [word.clone(), word.to_uppercase(), word.to_lowercase()];
        let fitting = forms.iter().map(|form| fits(form)).find(|kinds| !kinds.is_empty());
        let fitting = fitting.unwrap_or_default();
        let ours: Vec<_> = KINDS.into_iter().filter(|kind| fitting.contains(kind)).collect();
        match (ours.as_slice(), fitting.as_slice()) {
            ([kind], _) => Some(*kind),
            ([], []) => Some(RecordKind::Requirement),
            ([], [foreign, ..]) => {
                self.report_foreign(id, *foreign);
                None
            }
            (several, _) => {
                let nouns: Vec<_> = several.iter().map(|kind| kind.noun()).collect();
                let message = format!("`{word}` has the form of {} ids", nouns.join(" and of "));
                let help =
                    format!("add the field `- record: {}`, or tell the patterns apart", nouns[0]);
                self.reader.report(id.span(), Mistake::new(message, help));
                Some(several[0])
            }
        }
    }

    fn kind_by_word(&mut self, field: &Field<'_>) -> RecordKind {
        let word = field.words();
        if let Some(kind) = KINDS.into_iter().find(|kind| kind.noun() == word.get_ref()) {
            return kind;
        }
        let nouns = KINDS.map(RecordKind::noun);
        let message = format!("unknown word `{}` for `record`", word.get_ref());
        let mistake = Mistake::unknown(message, word.get_ref(), &nouns, "the words are");
        self.reader.report(word.span(), mistake);
        RecordKind::Requirement
    }

    fn report_foreign(&mut self, id: &Spanned<String>, kind: RecordKind) {
        let (noun, word) = (kind.noun(), id.get_ref());
        let message = format!("`{word}` is the id of a {noun}, which is not read from Markdown");
        let nouns = quoted(&KINDS.map(RecordKind::noun));
        let help = format!(
            "write it into a TOML file as `[{}.{word}]`; here may stand {nouns}",
            kind.table()
        );
        self.reader.report(id.span(), Mistake::new(message, help));
    }
}

/// What stands below the heading of a record.
#[derive(Default)]
struct Parts<'p> {
    text: Vec<&'p Block>,
    items: Vec<&'p page::Item>,
    behind: Vec<&'p Block>,
}

impl<'p> Parts<'p> {
    fn of(blocks: &'p [Block]) -> Self {
        let mut parts = Self::default();
        for block in blocks {
            match &block.kind {
                BlockKind::Nothing => {}
                BlockKind::List(list) if fields::is_field_list(list) => {
                    parts.items.extend(&list.items);
                }
                _ if parts.items.is_empty() => parts.text.push(block),
                _ => parts.behind.push(block),
            }
        }
        parts
    }
}

fn insert(table: &mut DeTable<'static>, name: &'static str, value: Spanned<String>) {
    table.insert(Spanned::new(value.span(), name.into()), fields::string(value));
}
