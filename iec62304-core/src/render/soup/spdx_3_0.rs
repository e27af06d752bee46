//! SPDX 3.0.1 as JSON-LD.
//!
//! Advisories stay out: what is known of them changes while the product does not.

use iec62304_macros::requirement;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use self::element::{
    Agent, CdxExtension, CdxProperty, Creation, CustomId, Element, ExternalReference, Graph, Hash,
    Header, Identifier, LicenceExpression, LicenceText, Node, Package, Relationship, Sbom,
    SpdxDocument,
};
use super::spdx::{
    Bill, DATA_LICENCE, Extracted, Link, Maker, MakerKind, NO_ASSERTION, Part, TOOL,
    archive_digests, download, end_of, facts, homepage, id, limits, repository, source_info,
    start_of,
};
use crate::soup::{Inventory, Row, RowKind};

mod element;

const CREATION: &str = "_:creation";
/// The version of the licence list that expressions are checked against.
const LICENCE_LIST: &str = spdx::identifiers::VERSION;

/// The inventory as SPDX 3.0.1 JSON-LD, ending in a line break. The same inventory and day
/// give the same bytes, and every id changes with the content.
///
/// # Panics
///
/// Never: text and lists always serialise.
#[requirement("TOOL-22")]
pub fn spdx_3_0(inventory: &Inventory, created: Date) -> String {
    let bill = Bill::new(inventory);
    bill.sealed(|namespace| {
        let writer = Writer { bill: &bill, namespace };
        let graph = Graph {
            context: "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
            graph: writer.nodes(created),
        };
        let mut text =
            serde_json::to_string_pretty(&graph).expect("text and lists always serialise");
        text.push('\n');
        text
    })
}

/// A bill and the namespace below which its elements are named.
struct Writer<'a> {
    bill: &'a Bill<'a>,
    namespace: &'a str,
}

impl Writer<'_> {
    /// Every node: those that belong to the document itself come first.
    fn nodes(&self, created: Date) -> Vec<Node> {
        let mut inner = self.agents();
        inner.extend(self.licences());
        inner.extend(self.bill.parts.iter().map(|part| self.package(part)));
        inner.extend(self.dependencies());
        inner.extend(self.terms());
        let elements: Vec<String> = inner.iter().map(|element| element.id().to_owned()).collect();
        let sbom = self.sbom(&elements);
        let document = self.document(sbom.id(), &elements);
        let mut nodes = vec![Node::CreationInfo(self.creation(created))];
        let elements = [document, sbom].into_iter().chain(inner);
        nodes.extend(elements.map(|element| Node::Element(Box::new(element))));
        nodes
    }

    fn iri(&self, id: &str) -> String {
        format!("{}#{id}", self.namespace)
    }

    fn header(&self, id: &str, name: Option<&str>) -> Header {
        Header {
            id: self.iri(id),
            creation_info: CREATION,
            name: name.map(str::to_owned),
            description: None,
            comment: None,
        }
    }

    fn agent_id(&self, maker: &Maker) -> String {
        let addresses = [maker.email.as_deref(), maker.web.as_deref()];
        let what = format!("{:?} {addresses:?}", maker.kind);
        self.iri(&format!("agent-{}", id(&maker.name, None, &what)))
    }

    fn creation(&self, created: Date) -> Creation {
        let author = self.bill.parts[0].maker.as_ref();
        let author = author.map_or_else(|| self.iri("agent"), |maker| self.agent_id(maker));
        Creation {
            id: CREATION,
            spec_version: "3.0.1",
            created: start_of(created),
            created_by: vec![author],
            created_using: vec![self.iri("tool")],
        }
    }

    fn document(&self, sbom: &str, elements: &[String]) -> Element {
        let mut inside = vec![sbom.to_owned()];
        inside.extend_from_slice(elements);
        let header = self.header("document", Some(&self.bill.title()));
        Element::SpdxDocument(SpdxDocument {
            header: Header { comment: Some(limits(self.bill.inventory)), ..header },
            profile_conformance: PROFILES,
            root_element: vec![sbom.to_owned()],
            element: inside,
            data_license: self.licence_id(DATA_LICENCE),
        })
    }

    fn sbom(&self, elements: &[String]) -> Element {
        Element::Sbom(Sbom {
            header: self.header("sbom", Some(&self.bill.title())),
            profile_conformance: PROFILES,
            root_element: vec![self.iri(&self.bill.parts[0].id)],
            element: elements.to_vec(),
            kind: &["source"],
        })
    }

    /// The program, as an author where the manufacturer is unknown, and every maker once.
    fn agents(&self) -> Vec<Element> {
        let plain = |id, name| Agent {
            header: self.header(id, Some(name)),
            external_identifier: Vec::new(),
        };
        let mut agents = vec![Element::Tool(plain("tool", TOOL))];
        if self.bill.parts[0].maker.is_none() {
            agents.push(Element::SoftwareAgent(plain("agent", TOOL)));
        }
        let makers: BTreeSet<&Maker> =
            self.bill.parts.iter().filter_map(|part| part.maker.as_ref()).collect();
        agents.extend(makers.into_iter().map(|maker| self.agent(maker)));
        agents
    }

    fn agent(&self, maker: &Maker) -> Element {
        let header = self.header("", Some(&maker.name));
        let email = maker.email.iter().map(|email| Identifier::new("email", email));
        let web = maker.web.iter().map(|web| Identifier::new("other", web));
        let agent = Agent {
            header: Header { id: self.agent_id(maker), ..header },
            external_identifier: email.chain(web).collect(),
        };
        match maker.kind {
            MakerKind::Organization => Element::Organization(agent),
            MakerKind::Person => Element::Person(agent),
        }
    }

    fn licence_id(&self, expression: &str) -> String {
        self.iri(&format!("licence-{}", id(expression, None, "")))
    }

    /// Every expression once, and the texts to which they refer.
    fn licences(&self) -> Vec<Element> {
        let mut expressions: BTreeMap<&str, &[Extracted]> =
            BTreeMap::from([(DATA_LICENCE, &[][..])]);
        let mut texts = BTreeMap::new();
        for licences in self.bill.parts.iter().map(|part| &part.licences) {
            texts.extend(licences.extracted.iter().map(|one| (&one.id, &one.text)));
            for expression in licences.declared.iter().chain(&licences.concluded) {
                expressions.insert(expression, &licences.extracted);
            }
        }
        let texts = texts.into_iter().map(|(id, text)| {
            Element::LicenceText(LicenceText {
                header: self.header(id, Some(id)),
                text: text.clone(),
            })
        });
        let expressions = expressions.into_iter().map(|(text, refs)| self.expression(text, refs));
        texts.chain(expressions).collect()
    }

    fn expression(&self, expression: &str, references: &[Extracted]) -> Element {
        let words = |letter: char| letter.is_whitespace() || letter == '(' || letter == ')';
        let used = |one: &&Extracted| expression.split(words).any(|word| word == one.id);
        let custom = |one: &Extracted| CustomId {
            kind: "DictionaryEntry",
            key: one.id.clone(),
            value: self.iri(&one.id),
        };
        let header = self.header("", None);
        Element::LicenceExpression(LicenceExpression {
            header: Header { id: self.licence_id(expression), ..header },
            expression: expression.to_owned(),
            list_version: LICENCE_LIST,
            custom_id_to_uri: references.iter().filter(used).map(custom).collect(),
        })
    }

    fn package(&self, part: &Part<'_>) -> Element {
        let row = part.row;
        let maker = part.maker.as_ref().map(|maker| self.agent_id(maker));
        let header = self.header(&part.id, Some(part.name));
        let (purl, repository) = (row.and_then(|row| row.purl.clone()), row.and_then(repository));
        Element::Package(Box::new(Package {
            header: Header { description: row.and_then(|row| row.description.clone()), ..header },
            originated_by: maker.iter().cloned().collect(),
            supplied_by: maker,
            support_level: row.map(support_level).into_iter().collect(),
            valid_until_time: row.and_then(|row| row.judgement.support_end).map(end_of),
            verified_using: row.map(hashes).unwrap_or_default(),
            external_identifier: purl.as_deref().map(Identifier::purl).into_iter().collect(),
            external_ref: repository.map(ExternalReference::vcs).into_iter().collect(),
            extension: vec![self.extension(part)],
            copyright_text: NO_ASSERTION,
            primary_purpose: purpose(part),
            version: part.version.map(str::to_owned),
            download_location: part.key.and_then(download),
            purl,
            home_page: row.and_then(homepage).map(str::to_owned),
            source_info: row.and_then(source_info),
        }))
    }

    /// SPDX 3 has no agent for an unknown maker, so that is said among the properties.
    fn extension(&self, part: &Part<'_>) -> CdxExtension {
        let unknown =
            part.maker.is_none().then(|| ("iec62304:manufacturer", NO_ASSERTION.to_owned()));
        let facts = facts(self.bill, part).into_iter().chain(unknown);
        CdxExtension::new(facts.map(|(name, value)| CdxProperty::new(name, value)).collect())
    }

    /// One relationship for each part and way of needing others. A part that is known to need
    /// none says so, and one of which that is not known says that.
    fn dependencies(&self) -> Vec<Element> {
        let mut groups: BTreeMap<(usize, Link), Vec<String>> = BTreeMap::new();
        for edge in &self.bill.edges {
            let to = self.iri(&self.bill.parts[edge.to].id);
            groups.entry((edge.from, edge.link)).or_default().push(to);
        }
        for part in 0..self.bill.parts.len() {
            let known = self.bill.dependencies_are_known(part);
            let nothing = if known { "NoneElement" } else { "NoAssertionElement" };
            let stated = groups.contains_key(&(part, Link::Contains));
            if !stated && !groups.contains_key(&(part, Link::DependsOn)) {
                groups.insert((part, Link::DependsOn), vec![nothing.to_owned()]);
            }
        }
        groups.into_iter().map(|((from, link), to)| self.dependency(from, link, to)).collect()
    }

    fn dependency(&self, from: usize, link: Link, to: Vec<String>) -> Element {
        let part = &self.bill.parts[from];
        let (word, kind, scope) = relationship_of(link);
        let known = self.bill.dependencies_are_known(from);
        let relationship = Relationship {
            header: self.header(&format!("{word}-{}", part.id), None),
            from: self.iri(&part.id),
            kind,
            to,
            completeness: Some(if known { "complete" } else { "noAssertion" }),
            scope,
        };
        if scope.is_some() {
            Element::LifecycleScopedRelationship(relationship)
        } else {
            Element::Relationship(relationship)
        }
    }

    /// The declared and the concluded licence of every part.
    fn terms(&self) -> Vec<Element> {
        let terms = self.bill.parts.iter().flat_map(|part| {
            let licences = &part.licences;
            [
                (part, "hasDeclaredLicense", &licences.declared),
                (part, "hasConcludedLicense", &licences.concluded),
            ]
        });
        let unknown = || "expandedlicensing_NoAssertionLicense".to_owned();
        let term = |(part, kind, licence): (&Part<'_>, _, &Option<String>)| {
            Element::Relationship(Relationship {
                header: self.header(&format!("{kind}-{}", part.id), None),
                from: self.iri(&part.id),
                kind,
                to: vec![licence.as_ref().map_or_else(unknown, |text| self.licence_id(text))],
                completeness: None,
                scope: None,
            })
        };
        terms.map(term).collect()
    }
}

/// The extension profile is used and not claimed: the context of 3.0.1 reads its name as that
/// of the property `extension`, which the model then rejects here.
const PROFILES: &[&str] = &["core", "simpleLicensing", "software"];

/// A word for the id, the type of the relationship, and the part of the life cycle.
fn relationship_of(link: Link) -> (&'static str, &'static str, Option<&'static str>) {
    match link {
        Link::Contains => ("contains", "contains", None),
        Link::DependsOn => ("dependsOn", "dependsOn", None),
        Link::BuildDependency => ("dependsOn-build", "dependsOn", Some("build")),
        Link::DevelopmentDependency => ("dependsOn-development", "dependsOn", Some("development")),
        Link::BuildTool => ("usesTool-build", "usesTool", Some("build")),
        Link::TestTool => ("usesTool-test", "usesTool", Some("test")),
        Link::DevelopmentTool => ("usesTool-development", "usesTool", Some("development")),
    }
}

/// Our words for the level of support in those of SPDX.
fn support_level(row: &Row) -> &'static str {
    match row.judgement.support_level.as_deref() {
        Some("actively maintained") => "support",
        Some("no longer maintained") => "endOfSupport",
        Some("abandoned") => "noSupport",
        _ => "noAssertion",
    }
}

fn hashes(row: &Row) -> Vec<Hash> {
    let digests = archive_digests(row).into_iter();
    digests.map(|(bits, digest)| Hash::new(format!("sha{bits}"), digest)).collect()
}

fn purpose(part: &Part<'_>) -> &'static str {
    let Some(row) = part.row else {
        return if part.key.is_some() { "library" } else { "application" };
    };
    match row.kind {
        RowKind::Declared("operating system") => "operatingSystem",
        RowKind::Declared("firmware") => "firmware",
        RowKind::Declared("hardware") => "device",
        RowKind::Declared("package" | "native library" | "standard library")
        | RowKind::Package
        | RowKind::NativeLibrary
        | RowKind::StandardLibrary => "library",
        RowKind::Declared("runtime") | RowKind::Runtime => "platform",
        RowKind::Declared("other") => "other",
        RowKind::Declared(_) => "application",
    }
}

#[cfg(test)]
mod tests;
