//! Who makes a part: an organisation or a person, with an address to write to.

use crate::soup::{Manufacturer, ManufacturerBasis, Product};

/// A known maker.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Maker {
    pub(crate) kind: MakerKind,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) web: Option<String>,
}

/// SPDX tells people from organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MakerKind {
    Organization,
    Person,
}

impl Maker {
    pub(super) fn of_product(product: &Product) -> Option<Self> {
        let name = product.manufacturer.as_deref()?;
        Self::new(MakerKind::Organization, name, product.contact.as_deref())
    }

    /// Only a list of authors names people; the other bases name who publishes.
    pub(super) fn of_row(manufacturer: &Manufacturer) -> Option<Self> {
        let kind = match manufacturer.basis {
            ManufacturerBasis::Authors => MakerKind::Person,
            _ => MakerKind::Organization,
        };
        Self::new(kind, manufacturer.name.as_deref()?, manufacturer.contact.as_deref())
    }

    /// Reads `name <address>`; the name becomes one line. Several people stay one text.
    fn new(kind: MakerKind, text: &str, contact: Option<&str>) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (name, own) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) if is_email(address) && !name.contains('<') => {
                (name.trim(), Some(address))
            }
            _ => (text.as_str(), None),
        };
        let name = if name.is_empty() { own? } else { name };
        let email = own.or_else(|| contact.filter(|contact| is_email(contact)));
        let web = contact.filter(|contact| contact.starts_with("http"));
        Some(Self {
            kind,
            name: name.to_owned(),
            email: email.map(str::to_owned),
            web: web.map(str::to_owned),
        })
    }
}

fn is_email(text: &str) -> bool {
    let legal = |letter: char| letter.is_ascii_graphic() && !"<>(),:/".contains(letter);
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && text.chars().all(legal)
}
