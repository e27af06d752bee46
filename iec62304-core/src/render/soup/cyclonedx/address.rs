//! Addresses: only what is one goes where the format asks for one.

use super::format::{Contact, Organization};

/// The address, if the text is an absolute one; without the name and password that a git
/// address may carry.
pub(crate) fn address(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    let is_plain =
        |letter: char| letter.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(letter);
    let is_escape = |rest: &str| {
        rest.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    let is_sound = !rest.is_empty()
        && rest.chars().all(is_plain)
        && rest.split('%').skip(1).all(is_escape)
        && rest.matches('#').count() < 2;
    if !is_scheme || !is_sound {
        return None;
    }
    let Some(rest) = rest.strip_prefix("//") else {
        return Some(text.to_owned());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    Some(format!("{scheme}://{host}{}", &rest[end..]))
}

/// A maker, with the web or e-mail address by which it can be reached.
pub(crate) fn organization(name: &str, contact: Option<&str>) -> Organization {
    let mut organization = Organization { name: name.to_owned(), ..Organization::default() };
    let Some(contact) = contact else {
        return organization;
    };
    let is_mail =
        contact.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
            && !contact.contains(|letter: char| letter.is_whitespace() || "<>,:/".contains(letter));
    if is_mail {
        organization.contact.push(Contact { name: None, email: Some(contact.to_owned()) });
    } else if let Some(url) = address(contact) {
        organization.url.push(url);
    } else {
        organization.contact.push(Contact { name: Some(contact.to_owned()), email: None });
    }
    organization
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_addresses_are_addresses() {
        let check = |text, expected: Option<&str>| assert_eq!(address(text).as_deref(), expected);
        check("https://example.org/a b", None);
        check("git@example.org:fork.git", None);
        check("../fork", None);
        check("https://example.org/%zz", None);
        check("https://example.org/a%2", None);
        check("https://example.org/a#b#c", None);
        check("https://example.org/a%2Bb", Some("https://example.org/a%2Bb"));
        check("https://example.org/fork?a=b#c", Some("https://example.org/fork?a=b#c"));
        check("mailto:we@example.org", Some("mailto:we@example.org"));
    }

    #[test]
    fn passwords_stay_out() {
        let found = address("https://user:secret@example.org/fork").unwrap();
        assert_eq!(found, "https://example.org/fork");
    }

    #[test]
    fn a_contact_is_a_mailbox_an_address_or_a_name() {
        let json = |contact| serde_json::to_string(&organization("A", Some(contact))).unwrap();
        assert_eq!(json("we@a.example"), r#"{"name":"A","contact":[{"email":"we@a.example"}]}"#);
        assert_eq!(json("https://a.example"), r#"{"name":"A","url":["https://a.example"]}"#);
        assert_eq!(json("third floor"), r#"{"name":"A","contact":[{"name":"third floor"}]}"#);
    }
}
