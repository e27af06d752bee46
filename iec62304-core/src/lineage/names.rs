//! What a question names.

use std::collections::BTreeMap;

use super::Question;
use super::node::{Part, Thing};
use super::walk::Walk;
use crate::location::{FilePath, LineIndex, Location};
use crate::model::code::{ItemIndex, ModuleIndex, ends_in};
use crate::model::record::{Record, RecordKind};
use crate::records::nearest;
use crate::snapshot::{Content, Snapshot, SourceState};

impl<'m> Walk<'m, '_> {
    /// The things that a question names, by place; never none.
    ///
    /// # Errors
    ///
    /// When there is none; with the nearest known name, if one is near.
    pub(super) fn named(&self, question: &Question) -> Result<Vec<Thing<'m>>, Option<String>> {
        match question {
            Question::Name(name) => {
                let found = self.by_name(name.trim());
                if found.is_empty() { Err(self.nearest(name.trim())) } else { Ok(found) }
            }
            Question::Place(file, line) => {
                let found = self.by_place(file, *line);
                if found.is_empty() { Err(None) } else { Ok(found) }
            }
        }
    }

    fn by_name(&self, name: &str) -> Vec<Thing<'m>> {
        let documents = &self.trace.project().documents;
        if let Some(entry) = self.trace.index().get(name) {
            let record = entry.record_in(documents);
            let part = if entry.is_part { Part::of(record, name) } else { None };
            return vec![part.map_or_else(|| self.record(record), Thing::Part)];
        }
        let units = self.trace.units().iter();
        if let Some(unit) = units.clone().position(|unit| unit.id == name) {
            return vec![Thing::Unit(unit)];
        }
        let holds = |record: &&Record| {
            record.kind == RecordKind::Item
                && record.fields.list("crates").iter().any(|package| package.value == name)
        };
        let items: Vec<_> = self.trace.project().all_records().filter(holds).collect();
        if !items.is_empty() {
            return items.into_iter().map(Thing::Record).collect();
        }
        self.code(|path| ends_in(path, name))
    }

    /// Modules and items whose whole path fits, each place once.
    fn code(&self, fits: impl Fn(&str) -> bool) -> Vec<Thing<'m>> {
        let code = &self.trace.project().code;
        let mut found: BTreeMap<&Location, Thing<'m>> = BTreeMap::new();
        for (index, module) in code.modules.iter().enumerate() {
            if fits(&module.path) {
                found.entry(&module.declared_at).or_insert(Thing::Module(ModuleIndex(index)));
            }
        }
        for (index, item) in code.items.iter().enumerate() {
            if fits(&self.path(ItemIndex(index))) {
                found.entry(&item.at).or_insert(Thing::Code(ItemIndex(index)));
            }
        }
        found.into_values().collect()
    }

    fn nearest(&self, name: &str) -> Option<String> {
        if let Some(id) = self.trace.index().nearest(name, &RecordKind::ALL) {
            return Some(id.to_owned());
        }
        let items = self.trace.project().code.items.iter().map(|item| item.path.as_str());
        let units = self.trace.units().iter().map(|unit| unit.id.as_str());
        nearest(name, units.chain(items)).map(str::to_owned)
    }

    fn by_place(&self, file: &FilePath, line: usize) -> Vec<Thing<'m>> {
        let Some(text) = text(self.snapshot, file) else {
            return Vec::new();
        };
        let lines = LineIndex::new(text);
        let line_of = |offset: u32| lines.position(text, offset).line;
        let records = self.trace.project().all_records().filter(|record| record.at().file == *file);
        let mut above: Vec<(u32, Thing<'m>)> = Vec::new();
        for record in records {
            above.push((record.at().span.start, self.record(record)));
            let parts = Part::all(record).into_iter();
            above.extend(parts.map(|part| (part.at.span.start, Thing::Part(part))));
        }
        above.retain(|(start, _)| line_of(*start) <= line);
        if let Some((_, thing)) = above.into_iter().max_by_key(|(start, _)| *start) {
            return vec![thing];
        }
        self.code_at(file, |start, end| (line_of(start)..=line_of(end)).contains(&line))
    }

    /// The innermost item at a place, else the modules of the file.
    fn code_at(&self, file: &FilePath, holds: impl Fn(u32, u32) -> bool) -> Vec<Thing<'m>> {
        let code = &self.trace.project().code;
        let items = code.items.iter().enumerate().filter(|(_, item)| {
            let end = item.span.end.max(item.span.start + 1) - 1;
            item.at.file == *file && holds(item.span.start, end)
        });
        let innermost = items.min_by_key(|(_, item)| item.span.end - item.span.start);
        if let Some((index, _)) = innermost {
            return vec![Thing::Code(ItemIndex(index))];
        }
        let mut of_file: BTreeMap<&Location, Thing<'m>> = BTreeMap::new();
        for (index, module) in code.modules.iter().enumerate() {
            let is_inline = module.parent.is_some() && module.declared_at.file == *file;
            if module.file == *file && !is_inline {
                of_file.entry(&module.declared_at).or_insert(Thing::Module(ModuleIndex(index)));
            }
        }
        of_file.into_values().collect()
    }
}

fn text<'s>(snapshot: &'s Snapshot, file: &FilePath) -> Option<&'s [u8]> {
    if let Some(SourceState::Read(source)) = snapshot.sources.get(file) {
        return Some(&source.bytes);
    }
    let documents = snapshot.configuration.iter().chain(&snapshot.records);
    let document = documents.into_iter().find(|document| document.path == *file)?;
    match &document.content {
        Content::Bytes(bytes) => Some(bytes),
        Content::Unreadable(_) => None,
    }
}
