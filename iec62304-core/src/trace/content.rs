//! What belongs to the content of a record beside its own fields: the code of a unit, and
//! the files that a document or a unit names.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::content::{self, ContentHash, Parts};
use crate::location::{FilePath, Location};
use crate::model::code::{ItemIndex, ModuleIndex};
use crate::model::record::{Record, RecordKind};
use crate::records::{Document, Index};
use crate::snapshot::Content;
use crate::trace::Project;
use crate::trace::unit::{Origin, Unit};
use code::CodeDigests;

mod code;

/// How much of a thing is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// All of it.
    Whole,
    /// Of a unit its detailed design: without the code, where a file holds the design.
    Design,
    /// Of a unit the tests that name it, without its code.
    Tests,
    /// All of it but the files that it names, which are only read where a review needs them.
    WithoutFiles,
}

impl Aspect {
    /// What a review of this kind judges.
    pub fn of_review(kind: &str) -> Self {
        match kind {
            "design" => Self::Design,
            "test procedures" => Self::Tests,
            _ => Self::Whole,
        }
    }
}

/// The hashes of everything in a project, each worked out when it is first asked for.
pub struct Contents<'m, 'u> {
    project: &'m Project<'m>,
    index: &'u Index,
    units: BTreeMap<&'u Location, &'u Unit<'m>>,
    code: OnceCell<CodeDigests<'m>>,
    known: RefCell<BTreeMap<(&'m Location, Aspect), ContentHash>>,
}

impl<'m, 'u> Contents<'m, 'u> {
    /// Of a project and its units.
    pub fn new(project: &'m Project<'m>, index: &'u Index, units: &'u [Unit<'m>]) -> Self {
        let declared = units.iter().filter(|unit| unit.is_declared());
        Self {
            project,
            index,
            units: declared.map(|unit| (&unit.at, unit)).collect(),
            code: OnceCell::new(),
            known: RefCell::default(),
        }
    }

    /// The hash of a record with all that belongs to it.
    pub fn of(&self, record: &'m Record, aspect: Aspect) -> ContentHash {
        if let Some(known) = self.known.borrow().get(&(record.at(), aspect)) {
            return known.clone();
        }
        let hash = content::of_record(record, &self.parts(record, aspect));
        self.known.borrow_mut().insert((record.at(), aspect), hash.clone());
        hash
    }

    /// The hash of one item of the code, such as a test.
    pub fn of_item(&self, index: ItemIndex) -> ContentHash {
        let (path, digest) = self.code().item(index);
        content::of_code(&path, &digest)
    }

    /// The hash of what a finding is about, by the word for its kind and its id: a record,
    /// the record that a part belongs to, a unit or module, or a test. `None` for anything
    /// else. The files that records name do not count.
    pub fn of_subject(&self, kind: &str, id: &str) -> Option<ContentHash> {
        let code = &self.project.code;
        match kind {
            "cause" => self.of_id(RecordKind::HazardousSituation, id),
            "unit" => self.of_id(RecordKind::Unit, id).or_else(|| self.of_module(id)),
            "module" => self.of_module(id),
            "test" => {
                let items = code.items.iter().enumerate();
                let same =
                    items.filter(|(_, item)| item.test.is_some() && code.path_of(item) == id);
                content::of_all(same.map(|(index, _)| self.of_item(ItemIndex(index))).collect())
            }
            noun => self.of_id(RecordKind::ALL.into_iter().find(|kind| kind.noun() == noun)?, id),
        }
    }

    fn of_id(&self, kind: RecordKind, id: &str) -> Option<ContentHash> {
        let record = self.index.get_kind(kind, id)?.record_in(&self.project.documents);
        Some(self.of(record, Aspect::WithoutFiles))
    }

    /// The hash of every module with this path; of several, one over all.
    fn of_module(&self, path: &str) -> Option<ContentHash> {
        let modules = self.project.code.modules.iter().enumerate();
        let same = modules.filter(|(_, module)| module.path == path);
        let parts = same.flat_map(|(index, _)| self.code().module(ModuleIndex(index)));
        content::of_all(parts.map(|(path, digest)| content::of_code(&path, &digest)).collect())
    }

    /// The files that a record names, and whether each is there.
    pub fn files_of_record(&self, record: &Record) -> Vec<(FilePath, bool)> {
        let named = match record.kind {
            RecordKind::Document => path(record),
            RecordKind::Unit => self.design(record),
            _ => None,
        };
        let is_there =
            |path: &FilePath| matches!(self.project.files.get(path), Some(Content::Bytes(_)));
        named.into_iter().map(|path| (path.clone(), is_there(&path))).collect()
    }

    fn parts(&self, record: &Record, aspect: Aspect) -> Vec<Parts> {
        match (record.kind, self.units.get(record.at())) {
            (RecordKind::Unit, Some(unit)) if aspect == Aspect::Tests => vec![self.tests(unit)],
            (RecordKind::Unit, Some(unit)) if aspect == Aspect::WithoutFiles => {
                vec![self.code().unit(unit)]
            }
            (_, _) if aspect == Aspect::WithoutFiles => Vec::new(),
            (RecordKind::Document, _) => vec![self.files(path(record))],
            (RecordKind::Unit, Some(unit)) => {
                let files = self.files(self.design(record));
                let is_there = files.iter().any(|(_, digest)| !digest.is_empty());
                if aspect == Aspect::Design && is_there {
                    return vec![files];
                }
                vec![files, self.code().unit(unit)]
            }
            _ => Vec::new(),
        }
    }

    /// The tests that name a unit or one of its criteria, by their paths.
    fn tests(&self, unit: &Unit<'m>) -> Parts {
        let tests = unit.named_by.iter().filter_map(|link| link.tag.owner.item());
        let tests: BTreeSet<_> = tests.map(|test| self.code().item(test)).collect();
        tests.into_iter().collect()
    }

    fn code(&self) -> &CodeDigests<'m> {
        let units = || self.units.values().copied();
        self.code.get_or_init(|| CodeDigests::new(self.project, units()))
    }

    /// The file that holds the detailed design of a unit: that of a document, or one by
    /// its path.
    fn design(&self, unit: &Record) -> Option<FilePath> {
        let text = without_section(unit.text("design")?);
        match self.index.get_kind(RecordKind::Document, text) {
            Some(entry) => path(entry.record_in(&self.project.documents)),
            None => Some(FilePath::new(text)),
        }
    }

    /// A file by its path, with an empty digest where there is none.
    fn files(&self, path: Option<FilePath>) -> Parts {
        let digest = |path: &FilePath| match self.project.files.get(path) {
            Some(Content::Bytes(bytes)) => content::of_file(bytes),
            Some(Content::Unreadable(_)) | None => String::new(),
        };
        path.into_iter().map(|path| (path.as_str().to_owned(), digest(&path))).collect()
    }
}

/// The files of a unit's code, for people.
pub fn files_of(unit: &Unit<'_>, project: &Project<'_>) -> Vec<FilePath> {
    let modules = unit.modules.iter().map(|module| &project.code.modules[module.0]);
    let of_modules = modules.flat_map(|module| module.included.iter().chain([&module.file]));
    let of_items = unit.items.iter().map(|item| &project.code.items[item.0].at.file);
    let mut files: Vec<FilePath> = of_modules.chain(of_items).cloned().collect();
    files.sort();
    files.dedup();
    files
}

/// The declared unit of a record.
pub fn unit_of<'u, 'm>(record: &Record, units: &'u [Unit<'m>]) -> Option<&'u Unit<'m>> {
    units.iter().find(|unit| matches!(unit.origin, Origin::Declared(_)) && &unit.at == record.at())
}

/// The files that records speak of and reviews are bound to: empty as long as no review
/// names a hash, unless `always`.
pub fn files_to_read(documents: &[Document], always: bool) -> Vec<FilePath> {
    let records = || documents.iter().flat_map(|document| &document.records);
    if !always && !records().any(names_a_hash) {
        return Vec::new();
    }
    let named = records().filter_map(|record| match record.kind {
        RecordKind::Document => path(record),
        RecordKind::Unit => Some(FilePath::new(without_section(record.text("design")?))),
        _ => None,
    });
    let mut files: Vec<FilePath> = named.filter(|path| !path.as_str().starts_with("..")).collect();
    files.sort();
    files.dedup();
    files
}

/// Whether a record is a review that is bound to content.
pub fn names_a_hash(record: &Record) -> bool {
    record.kind == RecordKind::Review
        && (record.fields.text("hash").is_some() || record.fields.table("hashes").is_some())
}

fn path(document: &Record) -> Option<FilePath> {
    Some(FilePath::new(without_section(document.text("path")?)))
}

/// `docs/sdp.md` of `docs/sdp.md#processes`.
fn without_section(text: &str) -> &str {
    text.split_once('#').map_or(text, |(path, _)| path)
}

#[cfg(test)]
mod tests;
