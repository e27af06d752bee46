//! What both versions of SPDX say of an inventory: the parts of the product with ids made
//! from their content, and what holds between them. Knows no serialisation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::model::dependency::PackageKey;
use crate::snapshot::hex;
use crate::soup::{Basis, Inventory, Role, Row, RowKind};

mod address;
mod facts;
mod licence;
mod maker;

pub(super) use address::{download, homepage, namespace, repository};
pub(super) use facts::{facts, limits, source_info};
pub(super) use licence::{Extracted, Licences};
pub(super) use maker::{Maker, MakerKind};

/// What SPDX writes for a value that is not known.
pub(super) const NO_ASSERTION: &str = "NOASSERTION";
/// The program that writes the document.
pub(super) const TOOL: &str = concat!("cargo-iec62304-", env!("CARGO_PKG_VERSION"));
/// Who may use the document itself, as SPDX asks.
pub(super) const DATA_LICENCE: &str = "CC0-1.0";

/// The product, its own packages, SOUP and tools in one list, and the edges between them.
pub(super) struct Bill<'i> {
    pub(super) inventory: &'i Inventory,
    /// The product first, then its own packages, SOUP items and tools.
    pub(super) parts: Vec<Part<'i>>,
    pub(super) edges: BTreeSet<Edge>,
}

/// Something that gets a package of its own in the document.
pub(super) struct Part<'i> {
    /// Unique in the document, of letters, digits, full stops and hyphens.
    pub(super) id: String,
    pub(super) name: &'i str,
    pub(super) version: Option<&'i str>,
    pub(super) maker: Option<Maker>,
    pub(super) licences: Licences,
    pub(super) key: Option<&'i PackageKey>,
    pub(super) row: Option<&'i Row>,
}

/// What one part has to do with another, by index; `from` is the one that needs `to`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) link: Link,
    pub(super) to: usize,
}

/// In what way one part needs another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    Contains,
    DependsOn,
    BuildDependency,
    DevelopmentDependency,
    BuildTool,
    TestTool,
    DevelopmentTool,
}

impl<'i> Bill<'i> {
    pub(super) fn new(inventory: &'i Inventory) -> Self {
        let own = inventory.census.iter().filter(|locked| locked.role == Role::Own);
        let mut parts = vec![product(inventory)];
        parts.extend(own.map(|locked| own_package(inventory, &locked.key)));
        let own = parts.len();
        parts.extend(inventory.rows().map(part));
        distinguish(&mut parts);
        let mut bill = Self { inventory, parts, edges: BTreeSet::new() };
        bill.edges.extend((1..own).map(|to| Edge { from: 0, link: Link::Contains, to }));
        bill.edges_among(own, &inventory.soup);
        bill.edges_among(own + inventory.soup.len(), &inventory.tools);
        bill.edges_to_soup(own);
        bill.edges_to_tools(own + inventory.soup.len());
        bill
    }

    /// What a part is known to need; `None` where only the absence of an edge says so.
    pub(super) fn dependencies_are_known(&self, part: usize) -> bool {
        let of_cargo = |row: &Row| row.kind == RowKind::Package;
        self.inventory.basis == Basis::Graph
            && (part == 0 || self.parts[part].row.is_some_and(of_cargo))
    }

    /// The name of the document.
    pub(super) fn title(&self) -> String {
        let product = &self.parts[0];
        product.version.map_or_else(
            || product.name.to_owned(),
            |version| format!("{} {version}", product.name),
        )
    }

    /// Writes the document twice: the first text gives the namespace of the second.
    pub(super) fn sealed(&self, write: impl Fn(&str) -> String) -> String {
        let draft = write("urn:draft");
        write(&namespace(&self.inventory.product, &hexadecimal(&draft, 16)))
    }

    /// `depends_on`, whose indices count from the start of the row's own list.
    fn edges_among(&mut self, first: usize, rows: &[Row]) {
        for (from, row) in rows.iter().enumerate() {
            for &to in row.depends_on.iter().filter(|to| **to < rows.len()) {
                let inside = &rows[to];
                let is_bundled = inside.kind == RowKind::NativeLibrary
                    && inside.package.is_some()
                    && inside.package == row.package;
                let is_listed = inside.listed_in.as_ref().is_some_and(|it| it.whole == row.id);
                let is_inside = is_bundled || is_listed;
                let link = if is_inside { Link::Contains } else { Link::DependsOn };
                self.edges.insert(Edge { from: first + from, link, to: first + to });
            }
        }
    }

    /// What the product names itself, then whatever no way leads to yet.
    fn edges_to_soup(&mut self, first: usize) {
        let soup = &self.inventory.soup;
        for (index, _) in soup.iter().enumerate().filter(|(_, row)| row.is_direct) {
            self.edges.insert(Edge { from: 0, link: Link::DependsOn, to: first + index });
        }
        let mut reached = BTreeSet::new();
        self.reach(0, &mut reached);
        for (index, row) in soup.iter().enumerate() {
            if !reached.contains(&(first + index)) {
                let linked = row.role <= Role::Own && !matches!(row.kind, RowKind::Declared(_));
                let link = if linked { Link::Contains } else { Link::DependsOn };
                self.edges.insert(Edge { from: 0, link, to: first + index });
                self.reach(first + index, &mut reached);
            }
        }
    }

    fn edges_to_tools(&mut self, first: usize) {
        let tools = self.inventory.tools.iter().enumerate();
        self.edges.extend(tools.map(|(index, row)| Edge {
            from: 0,
            link: use_of_tool(row),
            to: first + index,
        }));
    }

    /// Adds a part and every part to which some way leads from it.
    fn reach(&self, part: usize, reached: &mut BTreeSet<usize>) {
        let mut open = vec![part];
        while let Some(from) = open.pop() {
            if reached.insert(from) {
                let next = self.edges.range(Edge { from, link: Link::Contains, to: 0 }..);
                open.extend(next.take_while(|edge| edge.from == from).map(|edge| edge.to));
            }
        }
    }
}

fn product(inventory: &Inventory) -> Part<'_> {
    let product = &inventory.product;
    let name = if product.name.is_empty() { "unnamed product" } else { &product.name };
    Part {
        id: id(name, Some(&product.version), "product"),
        name,
        version: Some(product.version.as_str()).filter(|version| !version.is_empty()),
        maker: Maker::of_product(product),
        licences: Licences::default(),
        key: None,
        row: None,
    }
}

fn own_package<'i>(inventory: &'i Inventory, key: &'i PackageKey) -> Part<'i> {
    Part {
        id: id(&key.name, Some(&key.version), &format!("own {key}")),
        name: &key.name,
        version: Some(&key.version),
        maker: Maker::of_product(&inventory.product),
        licences: Licences::default(),
        key: Some(key),
        row: None,
    }
}

fn part(row: &Row) -> Part<'_> {
    let key = row.package.as_ref().filter(|_| row.kind == RowKind::Package);
    let name = key.map_or(row.title.as_str(), |key| &key.name);
    let what = key.map_or_else(String::new, ToString::to_string);
    Part {
        id: id(name, row.version.as_deref(), &format!("{}\n{}\n{what}", row.kind.words(), row.id)),
        name,
        version: row.version.as_deref(),
        maker: Maker::of_row(&row.manufacturer),
        licences: Licences::new(&row.licence),
        key,
        row: Some(row),
    }
}

fn use_of_tool(row: &Row) -> Link {
    match (row.kind, row.role) {
        (RowKind::Declared("compiler" | "build tool" | "code generator"), _) => Link::BuildTool,
        (RowKind::Declared("test tool"), _) => Link::TestTool,
        (RowKind::Declared(_), _) => Link::DevelopmentTool,
        (_, Role::GeneratesDeviceCode | Role::BuildTool) => Link::BuildDependency,
        _ => Link::DevelopmentDependency,
    }
}

/// Rows that look the same in every respect still get ids of their own.
fn distinguish(parts: &mut [Part<'_>]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for part in parts {
        let times = seen.entry(part.id.clone()).or_default();
        *times += 1;
        if *times > 1 {
            write!(part.id, ".{times}").expect("writing to a string cannot fail");
        }
    }
}

/// An id that says what it stands for, and is told from its likes by a digest.
pub(super) fn id(name: &str, version: Option<&str>, what: &str) -> String {
    let version = version.unwrap_or_default();
    let digest = hexadecimal(&format!("{name}\n{version}\n{what}"), 4);
    let words = [&slug(name), &slug(version), &digest];
    words.into_iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join("-")
}

/// A text with only the characters that SPDX allows in ids.
fn slug(text: &str) -> String {
    let legal = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '-';
    text.chars().take(60).map(|letter| if legal(letter) { letter } else { '-' }).collect()
}

/// The first bytes of the SHA-256 of a text.
fn hexadecimal(text: &str, bytes: usize) -> String {
    hex(&Sha256::digest(text.as_bytes())[..bytes])
}

/// The start of a day, as SPDX writes times.
pub(super) fn start_of(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// The end of a day: what holds until a date holds on that date.
pub(super) fn end_of(day: Date) -> String {
    format!("{day}T23:59:59Z")
}

/// Digests of the delivered archive that have the length of their kind.
pub(super) fn archive_digests(row: &Row) -> Vec<(usize, &str)> {
    let digests = [(256, row.digests.sha256.as_deref()), (512, row.digests.sha512.as_deref())];
    let known = digests.into_iter().filter_map(|(bits, digest)| Some((bits, digest?)));
    let is_digest = |bits: usize, text: &str| {
        text.len() * 4 == bits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    known.filter(|(bits, digest)| is_digest(*bits, digest)).collect()
}

#[cfg(test)]
pub(super) mod tests;
