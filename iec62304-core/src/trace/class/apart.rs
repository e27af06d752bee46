//! Which items a segregation keeps apart, and whether one item is kept apart at all.

use std::collections::BTreeMap;

use crate::location::Located;
use crate::model::record::{Record, RecordKind};

/// What an item lacks to have another class than what it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// A rationale.
    Rationale,
    /// A segregation.
    Segregation,
    /// The segregation that it names keeps it apart from something.
    Naming,
}

/// The segregations of a project, and what is a part of what.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    segregations: BTreeMap<String, Vec<Vec<Located<String>>>>,
    parents: BTreeMap<String, String>,
}

impl Apart {
    pub(super) fn of(records: &[&Record], parents: BTreeMap<String, String>) -> Self {
        let segregations = records.iter().filter(|record| record.kind == RecordKind::Segregation);
        let segregations = segregations
            .map(|record| (record.id.value.clone(), record.fields.lists("keeps_apart").to_vec()))
            .collect();
        Self { segregations, parents }
    }

    /// What an item is a part of.
    pub(super) fn parent(&self, item: &str) -> Option<&str> {
        self.parents.get(item).map(String::as_str)
    }

    /// What an item lacks to have a lower class than what it is a part of.
    pub(super) fn lacks(&self, item: &Record) -> Vec<Lacking> {
        let rationale = item.fields.text("rationale").is_none().then_some(Lacking::Rationale);
        let segregation = match item.fields.text("segregation") {
            None => Some(Lacking::Segregation),
            Some(id) if !self.names(&id.value, &item.id.value) => Some(Lacking::Naming),
            Some(_) => None,
        };
        rationale.into_iter().chain(segregation).collect()
    }

    /// Whether a segregation keeps an item apart from anything.
    fn names(&self, segregation: &str, item: &str) -> bool {
        let lists = self.segregations.get(segregation);
        lists.into_iter().flatten().any(|list| {
            list.iter().any(|id| id.value == item) && list.iter().any(|id| id.value != item)
        })
    }

    /// Whether some segregation keeps two items apart, by their own names or by those of
    /// what they are parts of.
    pub(super) fn keeps(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.chain(one), self.chain(other));
        let mut lists = self.segregations.values().flatten();
        lists.any(|list| {
            let ids = || list.iter().map(|id| id.value.as_str());
            let of_both = |id: &str| one.contains(&id) && other.contains(&id);
            ids().filter(|id| one.contains(id)).any(|left| {
                ids()
                    .filter(|id| other.contains(id))
                    .any(|right| left != right && !(of_both(left) && of_both(right)))
            })
        })
    }

    /// An item, what it is a part of, and so on.
    ///
    /// A circle ends where it closes.
    pub(super) fn chain<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut chain = vec![id];
        while let Some(parent) = chain.last().and_then(|id| self.parent(id)) {
            if chain.contains(&parent) {
                break;
            }
            chain.push(parent);
        }
        chain
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::{requirement, verifies};

    use super::*;
    use crate::location::{FilePath, Location, Span};
    use crate::model::record::Value;

    /// Whether `keeps_apart = [[…]]` keeps `log` and `motor` apart; both have a part of
    /// the name before the dot, and all are parts of `pump`.
    #[track_caller]
    fn check(one: &str, other: &str, list: &[&str], expected: bool) {
        let at = Location::new(&FilePath::new("iec62304.toml"), Span::default());
        let located = |text: &str| Located::new(text.to_owned(), at.clone());
        let mut record = Record::new(RecordKind::Segregation, located("SEG-1"));
        let list = list.iter().map(|id| located(id)).collect();
        record.fields.push(located("keeps_apart"), Value::Lists(vec![list]));
        let parents = BTreeMap::from([
            ("log", "pump"),
            ("motor", "pump"),
            ("log.ring", "log"),
            ("log.disk", "log"),
        ]);
        let parents = parents.into_iter().map(|(part, whole)| (part.to_owned(), whole.to_owned()));
        let records = [&record];
        let apart = Apart::of(&records, parents.collect());
        assert_eq!(apart.keeps(one, other), expected, "{one} and {other}");
        assert_eq!(apart.keeps(other, one), expected, "{other} and {one}");
    }

    #[test]
    #[requirement("TOOL-23")]
    #[verifies("trace")]
    fn what_keeps_a_whole_apart_keeps_its_parts_apart_and_not_from_each_other() {
        check("log", "motor", &["log", "motor"], true);
        check("log.ring", "motor", &["log", "motor"], true);
        check("log.ring", "log.disk", &["log", "motor"], false);
        check("log.ring", "log.disk", &["log.ring", "log.disk"], true);
        check("log.ring", "log.disk", &["log.ring", "log"], true);
        check("log.ring", "motor", &["log.disk", "motor"], false);
    }

    #[test]
    #[requirement("TOOL-23")]
    fn an_item_kept_apart_from_the_whole_is_kept_apart_from_the_rest_of_it() {
        check("log", "motor", &["log", "pump"], true);
        check("log.ring", "motor", &["log", "pump"], true);
        check("log.ring", "log.disk", &["log", "pump"], false);
    }

    #[test]
    #[requirement("TOOL-23")]
    fn a_list_of_one_keeps_nothing_apart() {
        check("log", "motor", &["log"], false);
        check("log", "motor", &["log", "log"], false);
    }
}
