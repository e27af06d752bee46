//! What the tests of both versions share, and what holds for both of them.
#![expect(clippy::disallowed_methods, reason = "compares with files of this crate")]

use std::path::Path;
use std::{env, fs};

use super::{Bill, Licences, Maker, download, hexadecimal, namespace};
use crate::model::dependency::{PackageKey, PackageSource};
use crate::soup::{Basis, Inventory, Licence, Manufacturer, Product, Role, Row, sample};

/// The sample with a git host that spdx-tools takes for one: it knows no top-level domain of
/// more than five letters, though SPDX allows it.
pub(crate) fn pump() -> Inventory {
    let mut inventory = sample::inventory();
    for row in &mut inventory.soup {
        if let Some(PackageKey { source: PackageSource::Git { url, .. }, .. }) = &mut row.package {
            *url = url.replace("git.example", "git.example.org");
        }
        row.purl = row.purl.take().map(|purl| purl.replace("git.example", "git.example.org"));
    }
    inventory
}

/// The sample with only the lock file known.
pub(crate) fn lock_file_only() -> Inventory {
    let mut inventory = pump();
    let cause = "cargo: cannot read /home/somebody/work/pump/Cargo.toml".to_owned();
    inventory.basis = Basis::LockFile { cause, lock_file_misfits: false };
    for row in inventory.soup.iter_mut().chain(&mut inventory.tools) {
        row.role = Role::Unknown;
        row.is_direct = false;
        row.depends_on.clear();
    }
    inventory.census.iter_mut().for_each(|locked| locked.role = Role::Unknown);
    inventory
}

/// Nothing at all.
pub(crate) fn empty() -> Inventory {
    let basis = Basis::NoLockFile;
    let (census, soup, tools) = (Vec::new(), Vec::new(), Vec::new());
    let product = Product::default();
    Inventory { product, basis, census, soup, tools, ..pump() }
}

/// The sample with one SOUP item whose licence is given.
pub(crate) fn licensed(licence: Licence) -> Inventory {
    let mut inventory = pump();
    inventory.soup.truncate(1);
    inventory.soup[0].depends_on.clear();
    inventory.soup[0].licence = licence;
    inventory
}

pub(crate) fn declared(text: &str) -> Licence {
    Licence { declared: Some(text.to_owned()), ..Licence::default() }
}

/// Compares with a file, or writes it where `UPDATE_EXPECT` is set.
pub(crate) fn check_file(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/soup/testdata");
    let path = folder.join(name);
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "{name} differs; UPDATE_EXPECT=1 writes it\n{text}");
}

/// What an id of SPDX may consist of.
pub(crate) fn is_legal(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|one| one.is_ascii_alphanumeric() || one == '.' || one == '-')
}

#[test]
fn rows_that_look_the_same_get_ids_of_their_own() {
    let mut inventory = pump();
    let again: Vec<Row> = inventory.soup.clone();
    inventory.soup.extend(again);
    let bill = Bill::new(&inventory);
    let mut ids: Vec<&str> = bill.parts.iter().map(|part| part.id.as_str()).collect();
    assert!(ids.iter().all(|id| is_legal(id)), "{ids:?}");
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "{ids:?}");
}

#[test]
fn an_id_does_not_depend_on_the_other_rows() {
    let (all, mut fewer) = (pump(), pump());
    fewer.soup.remove(0);
    fewer.soup.iter_mut().for_each(|row| row.depends_on.clear());
    let (all, fewer) = (Bill::new(&all), Bill::new(&fewer));
    let ids: Vec<&str> = all.parts.iter().map(|part| part.id.as_str()).collect();
    assert!(fewer.parts.iter().all(|part| ids.contains(&part.id.as_str())));
}

#[test]
fn only_a_web_address_of_the_maker_becomes_the_namespace() {
    let check = |contact: Option<&str>, expected: &str| {
        let contact = contact.map(str::to_owned);
        let product = Product { name: "A pump".to_owned(), contact, ..Product::default() };
        assert_eq!(namespace(&product, &hexadecimal("", 2)), expected);
    };
    check(None, "https://spdx.org/spdxdocs/A-pump-e3b0");
    check(Some("we@devices.example"), "https://spdx.org/spdxdocs/A-pump-e3b0");
    check(Some("https://we:key@devices.example"), "https://spdx.org/spdxdocs/A-pump-e3b0");
    check(Some("https://devices.example/#top"), "https://spdx.org/spdxdocs/A-pump-e3b0");
    check(Some("https://devices.example/a/"), "https://devices.example/a/spdxdocs/A-pump-e3b0");
}

#[test]
fn a_download_location_names_no_machine_and_no_password() {
    let check = |source: PackageSource, expected: Option<&str>| {
        let key = PackageKey { name: "z".to_owned(), version: "1.0.0+2".to_owned(), source };
        assert_eq!(download(&key).as_deref(), expected);
    };
    let git = |url: &str| PackageSource::Git {
        url: url.to_owned(),
        reference: None,
        commit: "0123".to_owned(),
    };
    let here = "https://crates.io/api/v1/crates/z/1.0.0%2B2/download";
    check(PackageSource::CratesIo, Some(here));
    check(git("https://a.example/z.git"), Some("git+https://a.example/z.git@0123"));
    check(git("ssh://git@a.example/z"), Some("git+ssh://git@a.example/z@0123"));
    check(git("https://token@a.example/z"), None);
    check(git("file:///home/somebody/z"), None);
    check(PackageSource::Path(None), None);
    check(PackageSource::Registry("sparse+https://a.example/".to_owned()), None);
}

#[test]
fn a_maker_is_read_as_one_name_and_one_address() {
    let check = |text: &str, name: &str, email: Option<&str>| {
        let manufacturer = Manufacturer { name: Some(text.to_owned()), ..Manufacturer::default() };
        let maker = Maker::of_row(&manufacturer).unwrap();
        assert_eq!((maker.name.as_str(), maker.email.as_deref()), (name, email));
    };
    check("A. Author <a@queue.example>", "A. Author", Some("a@queue.example"));
    check("<a@queue.example>", "a@queue.example", Some("a@queue.example"));
    check("Queue\n  Company", "Queue Company", None);
    check("A <not an address>", "A <not an address>", None);
    check("A <a@a.example>, B <b@b.example>", "A <a@a.example>, B <b@b.example>", None);
    assert!(Maker::of_row(&Manufacturer::default()).is_none());
}

#[test]
fn a_licence_text_is_an_expression_or_a_reference() {
    let check = |text: &str, expected: &str, extracted: usize| {
        let licences = Licences::new(&declared(text));
        assert_eq!(licences.declared.as_deref(), Some(expected));
        assert_eq!(licences.extracted.len(), extracted, "{text}");
    };
    check("MIT OR Apache-2.0", "MIT OR Apache-2.0", 0);
    check("(MIT or Apache-2.0) and  Zlib", "(MIT OR Apache-2.0) AND Zlib", 0);
    check("GPL-2.0 WITH Classpath-exception-2.0", "GPL-2.0 WITH Classpath-exception-2.0", 0);
    check("LicenseRef-Ours", "LicenseRef-Ours", 1);
    check("Our own terms", "LicenseRef-Our-own-terms-45cd74aa", 1);
    check("DocumentRef-x:LicenseRef-y", "LicenseRef-DocumentRef-x-LicenseRef-y-04264297", 1);
    assert_eq!(Licences::new(&declared(" ")).declared, None);
    assert_eq!(Licences::new(&declared("NOASSERTION")).declared, None);
}
