//! A row of either list in JSON.

use serde::Serialize;

use super::hit::{JsonHit, hit};
use super::judgement::{JsonEvaluation, JsonJudgement, evaluation, judgement};
use super::{JsonPackage, JsonPlace, package, place};
use crate::soup::{
    DigestCheck, Digests, Licence, ListedIn, Manufacturer, RecordRef, Row, UnitReference,
};

#[derive(Serialize)]
pub(super) struct JsonRow<'a> {
    id: &'a str,
    kind: &'static str,
    record: Option<JsonRecord<'a>>,
    /// What it is part of, and the bill of materials that lists it.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_in: Option<JsonListedIn<'a>>,
    /// Why the bill of materials that its record names cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    unusable_bill: Option<&'a str>,
    title: &'a str,
    description: Option<&'a str>,
    manufacturer: JsonManufacturer<'a>,
    version: Option<&'a str>,
    designator: &'a str,
    package: Option<JsonPackage<'a>>,
    at: JsonPlace<'a>,
    role: &'static str,
    purl: Option<&'a str>,
    digests: JsonDigests<'a>,
    commit: Option<&'a str>,
    repository: Option<&'a str>,
    homepage: Option<&'a str>,
    licence: JsonLicence<'a>,
    features: Vec<JsonFeatures<'a>>,
    paths: &'a [Vec<String>],
    rust_version: Option<&'a str>,
    /// Why it counts as modified; `null` if it does not.
    modified: Option<&'a str>,
    modified_because: Option<&'a str>,
    /// The version that its record was written for.
    recorded_version: Option<&'a str>,
    yanked: Option<bool>,
    items: &'a [String],
    /// The units whose source names it; an empty list does not mean that it is unused.
    references: Vec<JsonReference<'a>>,
    class: JsonClass<'a>,
    judgement: JsonJudgement<'a>,
    evaluation: JsonEvaluation<'a>,
    advisories: Vec<JsonHit<'a>>,
    /// The ids of rows of the same list.
    depends_on: Vec<&'a str>,
    direct: bool,
}

#[derive(Serialize)]
struct JsonRecord<'a> {
    table: &'static str,
    id: &'a str,
    at: JsonPlace<'a>,
    covers: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonListedIn<'a> {
    whole: &'a str,
    bill: &'a str,
}

#[derive(Serialize)]
struct JsonManufacturer<'a> {
    name: Option<&'a str>,
    basis: &'static str,
    contact: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonDigests<'a> {
    sha256: Option<&'a str>,
    sha512: Option<&'a str>,
    content_sha256: Option<&'a str>,
    check: &'static str,
    cached_sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonLicence<'a> {
    declared: Option<&'a str>,
    concluded: Option<&'a str>,
    file: Option<&'a str>,
    file_sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonFeatures<'a> {
    /// Index into the product's targets.
    target: usize,
    features: &'a [String],
}

#[derive(Serialize)]
struct JsonReference<'a> {
    unit: &'a str,
    at: JsonPlace<'a>,
    places: usize,
}

#[derive(Serialize)]
struct JsonClass<'a> {
    #[serde(rename = "class")]
    letter: &'static str,
    because: &'a str,
}

/// A row, with the list that its dependencies are in.
pub(super) fn row<'a>(row: &'a Row, list: &'a [Row]) -> JsonRow<'a> {
    let Row {
        id,
        kind,
        record,
        listed_in,
        unusable_bill,
        title,
        manufacturer,
        version,
        designator,
        package,
        at,
        role,
        description,
        purl,
        digests,
        commit,
        repository,
        homepage,
        licence,
        features,
        paths,
        rust_version,
        modified,
        modified_because,
        stated_version,
        yanked,
        items,
        references,
        class,
        judgement,
        evaluation,
        advisories,
        depends_on,
        is_direct,
    } = row;
    JsonRow {
        id,
        kind: kind.words(),
        record: record.as_ref().map(self::record),
        listed_in: listed_in.as_ref().map(self::listed_in),
        unusable_bill: unusable_bill.as_ref().map(|why| why.value.as_str()),
        title,
        description: description.as_deref(),
        manufacturer: self::manufacturer(manufacturer),
        version: version.as_deref(),
        designator,
        package: package.as_ref().map(self::package),
        at: place(at),
        role: role.words(),
        purl: purl.as_deref(),
        digests: self::digests(digests),
        commit: commit.as_deref(),
        repository: repository.as_deref(),
        homepage: homepage.as_deref(),
        licence: self::licence(licence),
        features: features
            .iter()
            .map(|(target, features)| JsonFeatures { target: *target, features })
            .collect(),
        paths,
        rust_version: rust_version.as_deref(),
        modified: modified.as_deref(),
        modified_because: modified_because.as_deref(),
        recorded_version: stated_version.as_ref().map(|version| version.value.as_str()),
        yanked: *yanked,
        items,
        references: references.iter().map(reference).collect(),
        class: JsonClass { letter: class.class.letter(), because: &class.because },
        judgement: self::judgement(judgement),
        evaluation: self::evaluation(evaluation),
        advisories: advisories.iter().map(hit).collect(),
        depends_on: depends_on
            .iter()
            .filter_map(|index| list.get(*index))
            .map(|row| row.id.as_str())
            .collect(),
        direct: *is_direct,
    }
}

fn record(record: &RecordRef) -> JsonRecord<'_> {
    let RecordRef { table, id, covers } = record;
    JsonRecord { table, id: &id.value, at: place(&id.at), covers: covers.as_deref() }
}

fn listed_in(listed_in: &ListedIn) -> JsonListedIn<'_> {
    let ListedIn { whole, bill } = listed_in;
    JsonListedIn { whole, bill }
}

fn manufacturer(manufacturer: &Manufacturer) -> JsonManufacturer<'_> {
    let Manufacturer { name, basis, contact } = manufacturer;
    JsonManufacturer { name: name.as_deref(), basis: basis.words(), contact: contact.as_deref() }
}

fn digests(digests: &Digests) -> JsonDigests<'_> {
    let Digests { sha256, sha512, content, check } = digests;
    let (check, cached) = match check {
        DigestCheck::NotChecked => ("not-checked", None),
        DigestCheck::NotCached => ("not-cached", None),
        DigestCheck::Agrees => ("agrees", None),
        DigestCheck::Differs(cached) => ("differs", Some(cached.as_str())),
    };
    JsonDigests {
        sha256: sha256.as_deref(),
        sha512: sha512.as_deref(),
        content_sha256: content.as_deref(),
        check,
        cached_sha256: cached,
    }
}

fn licence(licence: &Licence) -> JsonLicence<'_> {
    let Licence { declared, concluded, file } = licence;
    JsonLicence {
        declared: declared.as_deref(),
        concluded: concluded.as_deref(),
        file: file.as_ref().map(|(file, _)| file.as_str()),
        file_sha256: file.as_ref().and_then(|(_, digest)| digest.as_deref()),
    }
}

fn reference(reference: &UnitReference) -> JsonReference<'_> {
    let UnitReference { unit, at, places } = reference;
    JsonReference { unit, at: place(at), places: *places }
}
