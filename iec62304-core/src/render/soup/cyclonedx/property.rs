//! What the format has no field for: names and values. Those that begin with `bsi:` and
//! `cdx:` are registered, those that begin with `iec62304:` are ours.

use super::List;
use super::format::Property;
use crate::model::dependency::PackageSource;
use crate::soup::{DigestCheck, Digests, Inventory, Judgement, Row, RowKind};

/// Properties in the order in which they were said.
#[derive(Default)]
pub(crate) struct Properties(Vec<Property>);

impl Properties {
    pub(crate) fn say(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push(Property { name, value: value.into() });
    }

    /// Says it, or that it is not known.
    pub(crate) fn say_or_unknown(
        &mut self,
        name: &'static str,
        field: &str,
        value: Option<impl Into<String>>,
    ) {
        match value {
            Some(value) => self.say(name, value),
            None => self.unknown(field),
        }
    }

    pub(crate) fn unknown(&mut self, field: &str) {
        self.say("iec62304:unknown", field);
    }

    pub(crate) fn list(self) -> Vec<Property> {
        self.0
    }
}

/// Those of a row, without those of its licence.
pub(super) fn properties(row: &Row, list: List, inventory: &Inventory) -> Properties {
    let mut properties = Properties::default();
    delivered_form(row, &mut properties);
    properties.say("iec62304:role", row.role.words());
    properties.say("iec62304:kind", row.kind.words());
    properties.say("iec62304:class", row.class.class.letter());
    if !row.designator.is_empty() {
        properties.say("iec62304:designator", &row.designator);
    }
    if let Some(record) = &row.record {
        properties.say("iec62304:record", format!("{} {}", record.table, record.id.value));
    }
    for item in &row.items {
        properties.say("iec62304:item", item);
    }
    for (target, features) in &row.features {
        let target = inventory.product.targets.get(*target).map_or("any target", |one| one.name());
        for feature in features {
            properties.say("iec62304:feature", format!("{target}: {feature}"));
        }
    }
    maker(row, &mut properties);
    digests(&row.digests, &mut properties);
    if list == List::Soup {
        support(&row.judgement, &mut properties);
    }
    if archive(row).is_some() {
        let yanked = row.yanked.map(|yanked| yanked.to_string());
        properties.say_or_unknown("iec62304:yanked", "yanked", yanked);
    }
    unknown(row, &mut properties);
    properties
}

/// The properties of BSI TR-03183-2, which asks what was delivered: for a crate an archive
/// of source files.
fn delivered_form(row: &Row, properties: &mut Properties) {
    let is_code = match row.kind {
        RowKind::Package | RowKind::NativeLibrary | RowKind::Declared("hardware") => false,
        RowKind::StandardLibrary | RowKind::Runtime | RowKind::Declared(_) => true,
    };
    let archive = archive(row);
    let (archived, structured) = match archive {
        Some(_) => ("archive", "structured"),
        None => ("no archive", "unstructured"),
    };
    let executable = if is_code { "executable" } else { "non-executable" };
    properties.say("bsi:component:executable", executable);
    properties.say("bsi:component:archive", archived);
    properties.say("bsi:component:structured", structured);
    if let Some(name) = archive {
        properties.say("bsi:component:filename", name);
    }
}

/// The name of the archive by which a registry delivers a package.
pub(super) fn archive(row: &Row) -> Option<String> {
    let package = row.package.as_ref().filter(|_| row.kind == RowKind::Package)?;
    match package.source {
        PackageSource::CratesIo | PackageSource::Registry(_) => {
            Some(format!("{}-{}.crate", package.name, package.version))
        }
        PackageSource::Git { .. } | PackageSource::Path(_) => None,
    }
}

fn maker(row: &Row, properties: &mut Properties) {
    properties.say("iec62304:manufacturer:basis", row.manufacturer.basis.words());
    if row.manufacturer.name.is_none() {
        properties.say("iec62304:manufacturer:unknown", "true");
    }
}

/// The digest over the files of a folder, and whether the archive at hand is another one
/// than the lock file names.
fn digests(digests: &Digests, properties: &mut Properties) {
    if let Some(content) = &digests.content {
        properties.say("iec62304:digest:files", format!("sha256:{content}"));
    }
    if let DigestCheck::Differs(found) = &digests.check {
        properties.say("iec62304:digest:cached-archive-differs", format!("sha256:{found}"));
    }
}

/// What is said of support; a tool has none, since it does not ship.
fn support(judgement: &Judgement, properties: &mut Properties) {
    let end = judgement.support_end.map(|day| day.to_string());
    properties.say_or_unknown("cdx:lifecycle:milestone:endOfSupport", "end of support", end);
    let level = judgement.support_level.as_deref();
    properties.say_or_unknown("iec62304:support:level", "level of support", level);
    let responsibility = judgement.responsibility.as_deref();
    properties.say_or_unknown("iec62304:responsibility", "responsibility", responsibility);
}

/// What a component should have and nobody knows.
fn unknown(row: &Row, properties: &mut Properties) {
    let digests = &row.digests;
    let licence = &row.licence;
    let has_digest =
        digests.sha256.is_some() || digests.sha512.is_some() || digests.content.is_some();
    let has_licence =
        licence.declared.is_some() || licence.concluded.is_some() || licence.file.is_some();
    let fields = [
        ("manufacturer", row.manufacturer.name.is_some()),
        ("version", row.version.is_some()),
        ("digest", has_digest || row.commit.is_some()),
        ("licence", has_licence),
        ("purl", row.purl.is_some() || row.kind != RowKind::Package),
    ];
    for (field, _) in fields.iter().filter(|(_, is_known)| !is_known) {
        properties.unknown(field);
    }
}
