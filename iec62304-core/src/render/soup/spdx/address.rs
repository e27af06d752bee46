//! Addresses as SPDX takes them. What has another form, or could tell of a machine or of
//! somebody's password, is not passed on.

use crate::model::dependency::{PackageKey, PackageSource};
use crate::soup::{Product, Row};

/// The name of a document: nobody else's, and another one when its content changes.
pub(crate) fn namespace(product: &Product, digest: &str) -> String {
    let own = product.contact.as_deref().and_then(web);
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~/:".contains(letter);
    let own = own.filter(|address| address.chars().all(is_plain));
    let base = own.map_or_else(
        || "https://spdx.org/spdxdocs".to_owned(),
        |address| format!("{}/spdxdocs", address.trim_end_matches('/')),
    );
    let words = [product.name.as_str(), product.version.as_str(), digest];
    let words = words.into_iter().filter(|word| !word.is_empty()).map(super::slug);
    format!("{base}/{}", words.collect::<Vec<_>>().join("-"))
}

/// Where exactly this package can be had.
pub(crate) fn download(key: &PackageKey) -> Option<String> {
    match &key.source {
        PackageSource::CratesIo => {
            let version = key.version.replace('+', "%2B");
            Some(format!("https://crates.io/api/v1/crates/{}/{version}/download", key.name))
        }
        PackageSource::Git { url, commit, .. } if !commit.is_empty() => {
            Some(format!("git+{}@{commit}", repository_address(url)?))
        }
        PackageSource::Git { .. } | PackageSource::Registry(_) | PackageSource::Path(_) => None,
    }
}

/// The home page of a row.
pub(crate) fn homepage(row: &Row) -> Option<&str> {
    row.homepage.as_deref().and_then(web)
}

/// Where the source of a row lives.
pub(crate) fn repository(row: &Row) -> Option<&str> {
    row.repository.as_deref().and_then(web)
}

/// An address of the web without user and password.
fn web(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let is_whole = address.chars().all(|letter| letter.is_ascii_graphic() && letter != '#');
    (is_whole && is_host(rest.split('/').next()?)).then_some(address)
}

/// An address that git can clone from another machine. The user `git` is no secret.
fn repository_address(address: &str) -> Option<&str> {
    if let Some(rest) = address.strip_prefix("ssh://") {
        let host = rest.split('/').next()?;
        let host = host.strip_prefix("git@").unwrap_or(host);
        return is_host(host).then_some(address);
    }
    web(address)
}

/// A host with a full stop in it, and maybe a port.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-';
    host.contains('.') && host.bytes().all(legal) && port.bytes().all(|byte| byte.is_ascii_digit())
}
