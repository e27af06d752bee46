//! Tags resolved to records: which code and which test names which record, and which
//! ids name nothing.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::location::{Located, Location};
use crate::model::code::{Level, Tag, TagKind, ends_in};
use crate::model::record::{Fields, Record, RecordKind, Reference};
use crate::model::vocabulary;
use crate::records::{Entry, Index, Resolution};
use crate::trace::role::{self, Role};
use crate::trace::unit::Units;
use crate::trace::{MisplacedTag, Project};
use crate::words::joined;

/// One id of one tag, resolved.
#[derive(Clone, Copy, Debug)]
pub struct Link<'m> {
    /// What the tag does: implements, verifies, or assigns to a unit.
    pub role: Role,
    /// The tag.
    pub tag: &'m Tag,
    /// The record that it names.
    pub record: &'m Record,
    /// The part, criterion or cause of that record, if it names one.
    pub part: Option<&'m str>,
    /// The level of the test; `None` on product code and where nothing declares it.
    pub level: Option<Level>,
}

/// An id that names no record of the kind it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The id, where it stands.
    pub id: Located<String>,
    /// Who names it: `#[requirement]`, or `requirement SRS-3, source`.
    pub by: String,
    /// Why it does not resolve: a lowercase phrase.
    pub message: String,
    /// What to do: the nearest known id, or how to declare it.
    pub help: String,
    /// The nearest known id, if one is near.
    pub nearest: Option<String>,
}

/// What every tag means at its place, in the order of the tags.
pub fn roles(project: &Project<'_>) -> Vec<Role> {
    let role_of = |tag| role::role(tag, &project.code, project.packages);
    project.code.tags.iter().map(role_of).collect()
}

/// Every id of every tag as a link to a record, and the ids that name none.
pub fn links<'m>(
    project: &'m Project<'m>,
    index: &Index,
    roles: &[Role],
) -> (Vec<Link<'m>>, Vec<Unresolved>) {
    let patterns = level_patterns(project);
    let mut links = Vec::new();
    let mut unresolved = BTreeMap::new();
    for (tag, role) in project.code.tags.iter().zip(roles) {
        let level = match role {
            Role::Verifies => role::level(tag, &project.code, project.packages, &patterns),
            _ => None,
        };
        for id in &tag.ids {
            match record_of(tag.kind, id, project, index) {
                Err(problem) => {
                    unresolved.insert(&id.at, *problem);
                }
                Ok((record, _)) if record.withdrawn().is_some() => {}
                Ok(_) if matches!(role, Role::Misplaced(_)) => {}
                Ok((record, part)) => links.push(Link { role: *role, tag, record, part, level }),
            }
        }
    }
    (links, unresolved.into_values().collect())
}

/// The path patterns that give tests a level, in order.
pub fn level_patterns<'m>(project: &'m Project<'_>) -> Vec<(Level, &'m str)> {
    let levels = project.configuration.levels.iter();
    levels.map(|(level, pattern)| (*level, pattern.value.as_str())).collect()
}

/// The kinds of record that a tag may name.
fn kinds(tag: TagKind) -> &'static [RecordKind] {
    match tag {
        TagKind::Requirement => &[RecordKind::Requirement],
        TagKind::RiskControl => &[RecordKind::RiskControl],
        TagKind::SoftwareUnit | TagKind::Verifies => &[RecordKind::Unit],
    }
}

fn record_of<'m>(
    tag: TagKind,
    id: &Located<String>,
    project: &'m Project<'m>,
    index: &Index,
) -> Result<(&'m Record, Option<&'m str>), Box<Unresolved>> {
    let by = format!("#[{}]", tag.word());
    let kinds = kinds(tag);
    let Some(entry) = index.get(&id.value) else {
        return Err(Box::new(unknown(id, by, kinds, index)));
    };
    let record = entry.record_in(&project.documents);
    if !kinds.contains(&entry.kind) {
        return Err(Box::new(wrong_kind(id, by, entry.kind, kinds)));
    }
    if tag == TagKind::SoftwareUnit && entry.is_part {
        let message = format!("`{}` is a criterion of a unit, not a unit", id.value);
        let help = format!("write the unit: `{}`", record.id.value);
        return Err(Box::new(Unresolved { id: id.clone(), by, message, help, nearest: None }));
    }
    Ok((record, if entry.is_part { part(record, &id.value) } else { None }))
}

/// The own name of the part of a record that an id names: `a` of `SRS-7.a`.
fn part<'m>(record: &'m Record, id: &str) -> Option<&'m str> {
    let tables =
        ["parts", "acceptance"].iter().filter(|name| record.fields.shape().field(name).is_some());
    let parts = tables.filter_map(|name| record.fields.table(name)).flat_map(Fields::iter);
    let mut names = parts.map(|part| part.name.value.as_str());
    names.find(|name| {
        id.strip_suffix(name).is_some_and(|whole| whole.strip_suffix('.') == Some(&record.id.value))
    })
}

fn unknown(id: &Located<String>, by: String, kinds: &[RecordKind], index: &Index) -> Unresolved {
    let wanted = nouns(kinds);
    let nearest = index.nearest(&id.value, kinds).map(str::to_owned);
    let help = match &nearest {
        Some(nearest) => format!("the nearest is `{nearest}`"),
        None => "declare it in a record file, or correct the id".to_owned(),
    };
    let message = format!("there is no {wanted} `{}`", id.value);
    Unresolved { id: id.clone(), by, message, help, nearest }
}

/// `requirement or risk control`.
fn nouns(kinds: &[RecordKind]) -> String {
    let nouns: Vec<&str> = kinds.iter().map(|kind| kind.noun()).collect();
    joined(&nouns, "or")
}

fn wrong_kind(
    id: &Located<String>,
    by: String,
    found: RecordKind,
    kinds: &[RecordKind],
) -> Unresolved {
    let wanted = nouns(kinds);
    let message = format!("`{}` is a {}, not a {wanted}", id.value, found.noun());
    let help = match found {
        RecordKind::Requirement => "use `#[requirement(…)]`".to_owned(),
        RecordKind::RiskControl => "use `#[risk_control(…)]`".to_owned(),
        _ => format!("name a {wanted}"),
    };
    Unresolved { id: id.clone(), by, message, help, nearest: None }
}

/// Tags that mean nothing at any of the places where their file is compiled.
pub fn misplaced<'m>(project: &'m Project<'m>, roles: &[Role]) -> Vec<MisplacedTag<'m>> {
    let tags = || project.code.tags.iter().zip(roles);
    let meaningful: BTreeSet<&Location> = tags()
        .filter(|(_, role)| !matches!(role, Role::Misplaced(_)))
        .map(|(tag, _)| &tag.at)
        .collect();
    let mut misplaced: BTreeMap<&Location, MisplacedTag<'m>> = BTreeMap::new();
    for (tag, role) in tags() {
        if let Role::Misplaced(why) = *role
            && !meaningful.contains(&tag.at)
        {
            misplaced.entry(&tag.at).or_insert(MisplacedTag { tag, why });
        }
    }
    misplaced.into_values().collect()
}

/// The records that a review names as a whole, ranges spread out.
pub fn named_by<'m>(
    review: &'m Record,
    project: &'m Project<'m>,
    index: &Index,
) -> Vec<&'m Record> {
    let mut named: Vec<&Record> = Vec::new();
    for id in review.fields.list("of") {
        named.extend(whole_records(id, project, index).unwrap_or_default());
    }
    named.sort_by_key(|record| record.at());
    named.dedup_by_key(|record| record.at());
    named
}

/// The parts, criteria and causes that a review names, ranges spread out.
pub(super) fn parts_named_by(review: &Record, index: &Index) -> Vec<Entry> {
    let mut named = Vec::new();
    for id in review.fields.list("of") {
        let entries = index.entries(&id.value, &RecordKind::ALL);
        named.extend(entries.into_iter().filter(|entry| entry.is_part).cloned());
    }
    named
}

/// The records that an id or a range of ids names as a whole.
///
/// # Errors
///
/// What is wrong with the id, if it names none.
pub fn whole_records<'m>(
    id: &Located<String>,
    project: &'m Project<'m>,
    index: &Index,
) -> Result<Vec<&'m Record>, Box<Unresolved>> {
    let kinds = vocabulary::reviewed_kinds();
    let by = "review, of".to_owned();
    let entries = match index.resolve_id(&id.value, kinds) {
        Resolution::Found(entry) => vec![entry],
        Resolution::Range(entries) => entries,
        Resolution::Unknown { id: unknown } => {
            let id = Located::new(unknown.to_owned(), id.at.clone());
            return Err(Box::new(self::unknown(&id, by, kinds, index)));
        }
        Resolution::WrongKind(entry) => {
            return Err(Box::new(wrong_kind(id, by, entry.kind, kinds)));
        }
        Resolution::Test => return Err(Box::new(self::unknown(id, by, kinds, index))),
    };
    let whole: Vec<&Record> = entries
        .iter()
        .filter(|entry| !entry.is_part)
        .map(|entry| entry.record_in(&project.documents))
        .collect();
    match (entries.first(), whole.is_empty()) {
        (Some(part), true) => {
            let record = &part.record_in(&project.documents).id.value;
            let message = format!("`{}` is a part of {record}", id.value);
            let help = format!("write the whole: `{record}`");
            Err(Box::new(Unresolved { id: id.clone(), by, message, help, nearest: None }))
        }
        _ => Ok(whole),
    }
}

/// The references of all records that name nothing, or something of another kind.
#[requirement("TOOL-11")]
pub fn unresolved_references(project: &Project<'_>, index: &Index) -> Vec<Unresolved> {
    let references = project.documents.iter().flat_map(|document| &document.references);
    references.filter_map(|reference| unresolved_reference(project, index, reference)).collect()
}

fn unresolved_reference(
    project: &Project<'_>,
    index: &Index,
    reference: &Reference,
) -> Option<Unresolved> {
    let (by, kinds) = (reference.field.clone(), reference.kinds);
    match index.resolve(reference) {
        Resolution::Found(_) | Resolution::Range(_) => None,
        Resolution::Test if names_a_test(project, &reference.id.value) => None,
        Resolution::Test => Some(unknown(&reference.id, by, kinds, index)),
        Resolution::Unknown { id } => {
            let id = Located::new(id.to_owned(), reference.id.at.clone());
            Some(unknown(&id, by, kinds, index))
        }
        Resolution::WrongKind(entry) => {
            let id = Located::new(entry.id.value.clone(), reference.id.at.clone());
            Some(wrong_kind(&id, by, entry.kind, kinds))
        }
    }
}

/// Whether a path, whole or from the right, names a test.
pub fn names_a_test(project: &Project<'_>, path: &str) -> bool {
    let code = &project.code;
    let tests = code.items.iter().filter(|item| item.test.is_some());
    let mut paths = tests.map(|item| code.path_of(item));
    paths.any(|whole| ends_in(&whole, path))
}

/// Modules of units and crates of items that name no product code.
pub fn unresolved_code(project: &Project<'_>, units: &Units<'_>) -> Vec<Unresolved> {
    let modules = units.unknown_modules.iter().map(|(unit, path)| Unresolved {
        id: (*path).clone(),
        by: format!("unit {}, modules", unit.id.value),
        message: format!("there is no module `{}` in the product", path.value),
        help: "write the path as another crate would: `crate_name::module`".to_owned(),
        nearest: None,
    });
    let items = project.records().filter(|record| record.kind == RecordKind::Item);
    let crates =
        items.flat_map(|item| item.fields.list("crates").iter().map(move |name| (item, name)));
    let known = |name: &str| {
        project.packages.iter().any(|package| package.name == name)
            || project.outside_folders.contains(name)
    };
    let crates = crates.filter(|(_, name)| !known(&name.value)).map(|(item, name)| Unresolved {
        id: name.clone(),
        by: format!("item {}, crates", item.id.value),
        message: format!("there is no package `{}` in the workspace", name.value),
        help: match nearest_package(project, &name.value) {
            Some(nearest) => format!("the nearest is `{nearest}`"),
            None => "write the name of a package of the workspace".to_owned(),
        },
        nearest: nearest_package(project, &name.value).map(str::to_owned),
    });
    modules.chain(crates).collect()
}

fn nearest_package<'p>(project: &'p Project<'_>, name: &str) -> Option<&'p str> {
    let names = project.packages.iter().map(|package| package.name.as_str());
    crate::records::nearest(name, names)
}
