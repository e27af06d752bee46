//! What every document says around its lists: the product, what the lists rest on, the
//! census, the limits.

use crate::model::dependency::BuildTarget;
use crate::soup::{AdvisoryState, Basis, Inventory, Product, Role};
use crate::words::count;

/// What a list is and is not; stands below every document.
pub(super) const LIMITS: [&str; 7] = [
    "Identity, roles and ways come from the lock file and from cargo; judgements come from \
     records that people wrote. Nothing was built or run.",
    "\"unknown\" says that nothing here tells the value, \"to be filled in\" that a person has \
     to write it, \"not required in class A\" that the class of the item does not ask for it.",
    "\"not seen directly\" says that no source text of the project names the item. It does not \
     say that the item is unused.",
    "A manufacturer that no record confirms is a proposal.",
    "RustSec publishes vulnerabilities, unsound code and notices of maintenance, for packages \
     of the default registry. It is not the list of all published anomalies of an item, and it \
     is not a sufficient source for core, alloc and std, for native code and for what is \
     declared by hand.",
    "Native code is found by the files of a package and by what its manifest says it links. \
     What a build script downloads or finds on a machine is not seen.",
    crate::standard::PROVENANCE,
];

/// What comes first if the lists are not complete: what is missing, why, and what would
/// complete it; empty where nothing is.
pub(super) fn warning(inventory: &Inventory) -> Vec<String> {
    let (what, cause, help) = match &inventory.basis {
        Basis::Graph => return Vec::new(),
        Basis::NotAsked => (
            "NOT MADE: no package is listed, only what records declare",
            "nothing in the project asks for the list".to_owned(),
            "declare what ships in [product] of iec62304.toml",
        ),
        Basis::NoLockFile => (
            "NO LOCK FILE: no package is listed, only what records declare",
            "there is no Cargo.lock".to_owned(),
            "run `cargo generate-lockfile` and keep Cargo.lock under version control",
        ),
        Basis::UnreadableLockFile(reason) => (
            "UNREADABLE LOCK FILE: no package is listed, only what records declare",
            format!("{}: {}", reason.at.file, reason.value),
            "restore Cargo.lock, or write it again with `cargo generate-lockfile`",
        ),
        Basis::LockFile { cause, lock_file_misfits } => (
            "PARTIAL: the packages of the lock file are known, and the role of none",
            cause.clone(),
            if *lock_file_misfits {
                "bring Cargo.lock in line with the manifests, review the change, and run this again"
            } else {
                "run `cargo fetch --locked` where the network can be reached, then this again"
            },
        ),
    };
    vec![what.to_owned(), format!("cause: {cause}"), format!("to complete it: {help}")]
}

/// The product and what its lists rest on: names and texts.
pub(super) fn product(inventory: &Inventory) -> Vec<(&'static str, String)> {
    let product = &inventory.product;
    let as_of = inventory.as_of.map(|date| date.to_string());
    let targets: Vec<&str> = product.targets.iter().map(BuildTarget::name).collect();
    vec![
        ("product", known(&product.name)),
        ("version", known(&product.version)),
        ("maker", maker(product)),
        ("packages", packages(product)),
        ("targets", known(&targets.join(", "))),
        ("features", features(product)),
        ("basis", basis(&inventory.basis).to_owned()),
        ("as of", as_of.unwrap_or_else(|| "unknown: ages were not judged".to_owned())),
        ("advisories", advisories(inventory)),
    ]
}

/// The text, or a word for its absence.
pub(super) fn known(text: &str) -> String {
    if text.trim().is_empty() { "unknown".to_owned() } else { text.to_owned() }
}

fn maker(product: &Product) -> String {
    let name = known(product.manufacturer.as_deref().unwrap_or_default());
    match &product.contact {
        Some(contact) => format!("{name}, {contact}"),
        None => name,
    }
}

fn packages(product: &Product) -> String {
    let names: Vec<String> = product.packages.iter().map(ToString::to_string).collect();
    match (names.as_slice(), product.because.as_str()) {
        ([], _) => "unknown".to_owned(),
        (names, "") => names.join(", "),
        (names, because) => format!("{}; {because}", names.join(", ")),
    }
}

fn features(product: &Product) -> String {
    match product.features.as_slice() {
        [] => "none declared".to_owned(),
        features => features.join(", "),
    }
}

/// The basis in words.
pub(super) fn basis(basis: &Basis) -> &'static str {
    match basis {
        Basis::NotAsked => "records only: nothing in the project asks for the list",
        Basis::NoLockFile => "records only: there is no lock file",
        Basis::UnreadableLockFile(_) => "records only: the lock file cannot be read",
        Basis::LockFile { .. } => "the lock file only",
        Basis::Graph => "the lock file and cargo's resolution of it",
    }
}

fn advisories(inventory: &Inventory) -> String {
    let AdvisoryState::Read { digest, entries, newest, age, unreadable } = &inventory.advisories
    else {
        return "no advisory database: anomalies were not checked".to_owned();
    };
    let entries = if *entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    let newest = match (newest, age) {
        (Some(day), Some(age)) => {
            let days = if *age == 1 { "1 day".to_owned() } else { format!("{age} days") };
            format!("newest of {day}, {days} old")
        }
        (Some(day), None) => format!("newest of {day}, age not judged"),
        (None, _) => "age unknown".to_owned(),
    };
    let unreadable = unreadable
        .iter()
        .map(|(path, package, reason)| format!("; NOT READ for {package}: {path}: {reason}"));
    format!("{digest}, {entries}, {newest}{}", unreadable.collect::<String>())
}

/// The census as a sum: `5 locked = 3 in the device + 2 own`.
pub(super) fn census(inventory: &Inventory) -> String {
    let roles: Vec<String> =
        inventory.counts().iter().map(|(role, count)| format!("{count} {role}")).collect();
    match roles.as_slice() {
        [] => "0 locked".to_owned(),
        roles => format!("{} locked = {}", inventory.census.len(), roles.join(" + ")),
    }
}

/// How many rows a list has, with its name.
pub(super) fn rows(number: usize, name: &str) -> String {
    format!("{name}: {}", count(number, "row"))
}

/// What a role means.
pub(super) fn meaning(role: Role) -> &'static str {
    match role {
        Role::InDevice => "linked into the device, and not the project's own",
        Role::OwnDeclaredSoup => "the project's own code that a record declares to be SOUP",
        Role::Own => "the project's own code",
        Role::GeneratesDeviceCode => "a procedural macro or what it depends on: its output ships",
        Role::BuildTool => "runs in or for a build script",
        Role::TestTool => "used by tests of what ships, and by nothing closer",
        Role::OtherTarget => "linked only for a target that the product does not declare",
        Role::FeatureOff => "linked only with a feature that is off",
        Role::OutsideProduct => "used only by members of the workspace that do not ship",
        Role::Unreached => "in the lock file, and reached by nothing",
        Role::Unknown => "not known, since cargo could not resolve the packages",
    }
}
