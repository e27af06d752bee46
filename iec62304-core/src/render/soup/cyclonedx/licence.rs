//! Licences. CycloneDX 1.6 has room for one expression or for several single licences,
//! 1.7 for several of both, and 1.5 does not tell declared from concluded.
//!
//! In the words of BSI TR-03183-2 the declared licence is the original one, and the
//! concluded one both that of the distribution and the effective one.

use super::Spec;
use super::format::{LicenceChoice, NamedLicence, Property};
use crate::soup::Licence;

/// Single licences that every version of the format knows. Others are written as an
/// expression, which is right for them too: the list of the format grows, and a reader
/// with an older list refuses a newer id.
const KNOWN: [&str; 20] = [
    "0BSD",
    "AGPL-3.0-only",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unlicense",
    "Zlib",
];

/// A licence as the format has it.
enum Stated<'a> {
    Id(&'a str),
    Expression(&'a str),
    File { name: &'a str, digest: Option<&'a str> },
}

impl<'a> Stated<'a> {
    fn read(text: &'a str) -> Self {
        if KNOWN.contains(&text) { Self::Id(text) } else { Self::Expression(text) }
    }

    fn declared(licence: &'a Licence) -> Option<Self> {
        let file = |(name, digest): &'a (String, Option<String>)| Self::File {
            name,
            digest: digest.as_deref(),
        };
        let expression = licence.declared.as_deref().map(Self::read);
        expression.or_else(|| licence.file.as_ref().map(file))
    }

    fn words(&self) -> String {
        match self {
            Self::Id(text) | Self::Expression(text) => (*text).to_owned(),
            Self::File { name, digest: Some(digest) } => format!("file {name}, sha256:{digest}"),
            Self::File { name, digest: None } => format!("file {name}"),
        }
    }

    fn choice(&self, acknowledgement: Option<&'static str>) -> LicenceChoice {
        let named = |id: Option<&str>, name: Option<&str>, properties| LicenceChoice::Licence {
            license: NamedLicence {
                id: id.map(str::to_owned),
                name: name.map(str::to_owned),
                acknowledgement,
                properties,
            },
        };
        match self {
            Self::Id(id) => named(Some(id), None, Vec::new()),
            Self::Expression(text) => {
                LicenceChoice::Expression { expression: (*text).to_owned(), acknowledgement }
            }
            Self::File { name, digest } => {
                let digest = digest.map(|value| Property {
                    name: "iec62304:licence:sha256",
                    value: value.to_owned(),
                });
                named(None, Some(name), digest.into_iter().collect())
            }
        }
    }
}

/// The licences of a component, and what they have no room for.
pub(super) fn licences(licence: &Licence, spec: Spec) -> (Vec<LicenceChoice>, Vec<Property>) {
    let declared = Stated::declared(licence);
    let concluded = licence.concluded.as_deref().map(Stated::read);
    let acknowledged = |word| (spec != Spec::V1_5).then_some(word);
    let mut properties = Vec::new();
    if let Some(concluded) = &concluded {
        let value = concluded.words();
        properties.push(Property { name: "bsi:component:effectiveLicence", value });
    }
    let choices = match (declared, concluded) {
        (Some(declared), Some(concluded)) if !fit(&declared, &concluded, spec) => {
            let value = declared.words();
            properties.push(Property { name: "iec62304:licence:declared", value });
            vec![concluded.choice(acknowledged("concluded"))]
        }
        (declared, concluded) => {
            let declared = declared.map(|stated| stated.choice(acknowledged("declared")));
            let concluded = concluded.map(|stated| stated.choice(acknowledged("concluded")));
            declared.into_iter().chain(concluded).collect()
        }
    };
    (choices, properties)
}

/// Whether both can be written side by side.
fn fit(declared: &Stated<'_>, concluded: &Stated<'_>, spec: Spec) -> bool {
    let is_expression = |stated: &Stated<'_>| matches!(stated, Stated::Expression(_));
    match spec {
        Spec::V1_5 => false,
        Spec::V1_6 => !is_expression(declared) && !is_expression(concluded),
        Spec::V1_7 => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The licences as one line of JSON, and the properties as `name=value`.
    fn check(licence: &Licence, spec: Spec, choices: &str, properties: &[&str]) {
        let (found, said) = licences(licence, spec);
        assert_eq!(serde_json::to_string(&found).unwrap(), choices);
        let said: Vec<_> = said.iter().map(|one| format!("{}={}", one.name, one.value)).collect();
        assert_eq!(said, properties);
    }

    fn licence(declared: &str, concluded: &str) -> Licence {
        Licence {
            declared: Some(declared.to_owned()),
            concluded: Some(concluded.to_owned()),
            file: None,
        }
    }

    #[test]
    fn two_single_licences_stand_side_by_side() {
        check(
            &licence("MIT", "ISC"),
            Spec::V1_6,
            r#"[{"license":{"id":"MIT","acknowledgement":"declared"}},{"license":{"id":"ISC","acknowledgement":"concluded"}}]"#,
            &["bsi:component:effectiveLicence=ISC"],
        );
    }

    #[test]
    fn an_expression_leaves_no_room_in_1_6_for_the_declared_licence() {
        check(
            &licence("MIT OR Apache-2.0", "MIT"),
            Spec::V1_6,
            r#"[{"license":{"id":"MIT","acknowledgement":"concluded"}}]"#,
            &["bsi:component:effectiveLicence=MIT", "iec62304:licence:declared=MIT OR Apache-2.0"],
        );
        check(
            &licence("MIT", "MIT OR Unheard-1.0"),
            Spec::V1_6,
            r#"[{"expression":"MIT OR Unheard-1.0","acknowledgement":"concluded"}]"#,
            &["bsi:component:effectiveLicence=MIT OR Unheard-1.0", "iec62304:licence:declared=MIT"],
        );
    }

    #[test]
    fn both_expressions_stand_in_1_7() {
        check(
            &licence("MIT OR ISC", "MIT AND ISC"),
            Spec::V1_7,
            r#"[{"expression":"MIT OR ISC","acknowledgement":"declared"},{"expression":"MIT AND ISC","acknowledgement":"concluded"}]"#,
            &["bsi:component:effectiveLicence=MIT AND ISC"],
        );
    }

    #[test]
    fn only_one_licence_stands_in_1_5_and_the_other_beside_it() {
        check(
            &licence("MIT", "ISC"),
            Spec::V1_5,
            r#"[{"license":{"id":"ISC"}}]"#,
            &["bsi:component:effectiveLicence=ISC", "iec62304:licence:declared=MIT"],
        );
    }

    #[test]
    fn a_licence_file_has_its_name_and_digest() {
        let file = Licence {
            file: Some(("LICENSE".to_owned(), Some("f0".to_owned()))),
            ..Licence::default()
        };
        check(
            &file,
            Spec::V1_6,
            r#"[{"license":{"name":"LICENSE","acknowledgement":"declared","properties":[{"name":"iec62304:licence:sha256","value":"f0"}]}}]"#,
            &[],
        );
    }
}
