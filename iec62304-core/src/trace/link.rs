//! Tags resolved to records: which code and which test names which record, and which
//! ids name nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::location::{Located, Location};
use crate::model::code::{Level, Tag, TagKind};
use crate::model::record::{Record, RecordKind, Reference};
use crate::records::{Index, Resolution};
use crate::trace::role::{self, Role};
use crate::trace::unit::Units;
use crate::trace::{MisplacedTag, Project};

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
}

/// What every tag means at its place, in the order of the tags.
pub fn roles(project: &Project<'_>) -> Vec<Role> {
    let role_of = |tag| role::role(tag, &project.code, project.packages);
    project.code.tags.iter().map(role_of).collect()
}

/// Every id of every tag as a link to a record, and the ids that name none.
pub fn links<'m>(
    project: &'m Project<'m>,
    index: &Index<'m>,
    roles: &[Role],
) -> (Vec<Link<'m>>, Vec<Unresolved>) {
    let patterns: Vec<(Level, &str)> = project
        .configuration
        .levels
        .iter()
        .map(|(level, pattern)| (*level, pattern.value.as_str()))
        .collect();
    let mut links = Vec::new();
    let mut unresolved = BTreeMap::new();
    for (tag, role) in project.code.tags.iter().zip(roles) {
        let level = match role {
            Role::Verifies => role::level(tag, &project.code, project.packages, &patterns),
            _ => None,
        };
        for id in &tag.ids {
            match record_of(tag.kind, id, index) {
                Err(problem) => {
                    unresolved.insert(&id.at, problem);
                }
                Ok(_) if matches!(role, Role::Misplaced(_)) => {}
                Ok((record, part)) => links.push(Link {
                    role: *role,
                    tag,
                    record,
                    part,
                    level,
                }),
            }
        }
    }
    (links, unresolved.into_values().collect())
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
    index: &Index<'m>,
) -> Result<(&'m Record, Option<&'m str>), Unresolved> {
    let by = format!("#[{}]", tag.word());
    let kinds = kinds(tag);
    let Some(entry) = index.find(&id.value) else {
        return Err(unknown(id, by, kinds, index));
    };
    if !kinds.contains(&entry.record.kind) {
        return Err(wrong_kind(id, by, entry.record, kinds));
    }
    if tag == TagKind::SoftwareUnit && entry.part.is_some() {
        let message = format!("`{}` is a criterion of a unit, not a unit", id.value);
        let help = format!("write the unit: `{}`", entry.record.id.value);
        return Err(Unresolved {
            id: id.clone(),
            by,
            message,
            help,
        });
    }
    Ok((entry.record, entry.part))
}

fn unknown(
    id: &Located<String>,
    by: String,
    kinds: &[RecordKind],
    index: &Index<'_>,
) -> Unresolved {
    let wanted = kinds
        .iter()
        .map(|kind| kind.title())
        .collect::<Vec<_>>()
        .join(" or ");
    let help = match index.nearest(&id.value, kinds) {
        Some(nearest) => format!("the nearest is `{nearest}`"),
        None => format!("declare it in a record file, or correct the id"),
    };
    Unresolved {
        id: id.clone(),
        by,
        message: format!("there is no {wanted} `{}`", id.value),
        help,
    }
}

fn wrong_kind(
    id: &Located<String>,
    by: String,
    found: &Record,
    kinds: &[RecordKind],
) -> Unresolved {
    let wanted = kinds
        .iter()
        .map(|kind| kind.title())
        .collect::<Vec<_>>()
        .join(" or ");
    let message = format!("`{}` is a {}, not a {wanted}", id.value, found.kind.title());
    let help = match found.kind {
        RecordKind::Requirement => "use `#[requirement(…)]`".to_owned(),
        RecordKind::RiskControl => "use `#[risk_control(…)]`".to_owned(),
        _ => format!("name a {wanted}"),
    };
    Unresolved {
        id: id.clone(),
        by,
        message,
        help,
    }
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
            misplaced
                .entry(&tag.at)
                .or_insert(MisplacedTag { tag, why });
        }
    }
    misplaced.into_values().collect()
}

/// Reviews by the place of the record that they name.
pub type Reviews<'m> = BTreeMap<&'m Location, Vec<&'m Record>>;

/// Collects the reviews that `count`.
pub fn reviews<'m>(
    project: &'m Project<'m>,
    index: &Index<'m>,
    count: fn(&Record) -> bool,
) -> Reviews<'m> {
    let mut reviews = Reviews::new();
    let all = project
        .records()
        .filter(|record| record.kind == RecordKind::Review);
    for review in all.filter(|review| count(review)) {
        for record in named_by(review, index) {
            reviews.entry(record.at()).or_default().push(review);
        }
    }
    reviews
}

/// The records that a review names as a whole, ranges spread out.
pub fn named_by<'m>(review: &'m Record, index: &Index<'m>) -> Vec<&'m Record> {
    let ids = review.fields.list("of").iter();
    let mut named: Vec<&Record> = ids.flat_map(|id| index.named(&id.value)).collect();
    named.sort_by_key(|record| record.at());
    named.dedup_by_key(|record| record.at());
    named
}

/// The references of all records that name nothing, or something of another kind.
pub fn unresolved_references(project: &Project<'_>, index: &Index<'_>) -> Vec<Unresolved> {
    let references = project
        .documents
        .iter()
        .flat_map(|document| &document.references);
    references
        .filter_map(|reference| unresolved_reference(project, index, reference))
        .collect()
}

fn unresolved_reference(
    project: &Project<'_>,
    index: &Index<'_>,
    reference: &Reference,
) -> Option<Unresolved> {
    let by = reference.field.clone();
    match index.resolve(reference) {
        Resolution::Found(_) => None,
        Resolution::Unknown(_)
            if reference.or_test && names_a_test(project, &reference.id.value) =>
        {
            None
        }
        Resolution::Unknown(id) => Some(unknown(&id, by, reference.kinds, index)),
        Resolution::WrongKind(id, record) => Some(wrong_kind(&id, by, record, reference.kinds)),
    }
}

/// Whether a path, whole or from the right, names a test.
fn names_a_test(project: &Project<'_>, path: &str) -> bool {
    let code = &project.code;
    let tests = code.items.iter().filter(|item| item.test.is_some());
    let mut paths =
        tests.map(|item| format!("{}::{}", code.modules[item.module.0].path, item.path));
    paths.any(|whole| {
        whole
            .strip_suffix(path)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
    })
}

/// Modules of units and crates of items that name no product code.
pub fn unresolved_code(project: &Project<'_>, units: &Units<'_>) -> Vec<Unresolved> {
    let modules = units.unknown_modules.iter().map(|(unit, path)| Unresolved {
        id: (*path).clone(),
        by: format!("unit {}, modules", unit.id.value),
        message: format!("there is no module `{}` in the product", path.value),
        help: "write the path as another crate would: `crate_name::module`".to_owned(),
    });
    let items = project
        .records()
        .filter(|record| record.kind == RecordKind::Item);
    let crates = items.flat_map(|item| {
        item.fields
            .list("crates")
            .iter()
            .map(move |name| (item, name))
    });
    let known = |name: &str| project.packages.iter().any(|package| package.name == name);
    let crates = crates
        .filter(|(_, name)| !known(&name.value))
        .map(|(item, name)| Unresolved {
            id: name.clone(),
            by: format!("item {}, crates", item.id.value),
            message: format!("there is no package `{}` in the workspace", name.value),
            help: match nearest_package(project, &name.value) {
                Some(nearest) => format!("the nearest is `{nearest}`"),
                None => "write the name of a package of the workspace".to_owned(),
            },
        });
    modules.chain(crates).collect()
}

fn nearest_package<'p>(project: &'p Project<'_>, name: &str) -> Option<&'p str> {
    let names = project.packages.iter().map(|package| package.name.as_str());
    crate::records::nearest(name, names)
}
