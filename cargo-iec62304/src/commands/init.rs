//! `cargo iec62304 init`: a first configuration and record file, proposed from what
//! cargo knows of the workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use iec62304_core::config::FILE_NAME;
use iec62304_core::render::{SchemaOf, schema};
use iec62304_core::snapshot::{Package, TargetKind};
use iec62304_core::standard::Edition;
use iec62304_macros::requirement;

use crate::cli::InitArguments;
use crate::error::Error;
use crate::exit_code::ExitCode;
use crate::{load, output};

/// Where the first records go.
const RECORDS: &str = "records/requirements.toml";

/// Where the schemas go: nothing else must be there for an editor to find them.
const SCHEMAS: &str = "records/schema";

/// Writes all files, or none.
#[requirement("TOOL-17")]
pub(crate) fn init(arguments: &InitArguments) -> Result<ExitCode, Error> {
    let load::Workspace { root, packages } = load::workspace(&arguments.workspace)?;
    let files = files(&configuration(&system_name(&root, &packages), &packages));
    let exists = |file: &&(PathBuf, String)| root.join(&file.0).exists();
    if let Some((file, _)) = files.iter().find(exists) {
        return Err(Error::Exists(file.clone()));
    }
    let folder = root.join(SCHEMAS);
    let new_folders: Vec<PathBuf> = [&folder, &root.join("records")]
        .into_iter()
        .filter(|folder| !folder.exists())
        .cloned()
        .collect();
    let written = fs::create_dir_all(&folder)
        .map_err(|error| Error::Write(folder.clone(), error))
        .and_then(|()| {
            files.iter().try_for_each(|(file, text)| output::create(&root.join(file), text))
        })
        .and_then(|()| still_a_workspace(arguments));
    if let Err(error) = written {
        undo(&root, &files, &new_folders, &error);
        return Err(error);
    }
    output::answer(NEXT_STEPS.as_bytes())?;
    Ok(ExitCode::Success)
}

/// What is written, the configuration last: with it the project begins.
#[requirement("TOOL-35")]
fn files(configuration: &str) -> Vec<(PathBuf, String)> {
    let beside = Path::new(SCHEMAS).file_name().expect("it has a name").to_string_lossy();
    let named = |folder: &str, of: SchemaOf, text: &str| {
        format!("#:schema ./{folder}/{}\n\n{text}", of.file_name())
    };
    let schemas = SchemaOf::ALL.map(|of| (Path::new(SCHEMAS).join(of.file_name()), schema(of)));
    let records = named(&beside, SchemaOf::Records, FIRST_RECORDS);
    let configuration = named(SCHEMAS, SchemaOf::Configuration, configuration);
    let own = [(RECORDS.into(), records), (FILE_NAME.into(), configuration)];
    schemas.into_iter().chain(own).collect()
}

/// `members = ["*"]` takes every folder for a package, the new one too.
fn still_a_workspace(arguments: &InitArguments) -> Result<(), Error> {
    match load::workspace(&arguments.workspace) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::RecordsTakenForMember(error.to_string())),
    }
}

/// Takes back what was written, but no file that somebody else wrote meanwhile.
fn undo(root: &Path, files: &[(PathBuf, String)], new_folders: &[PathBuf], error: &Error) {
    let theirs = match error {
        Error::Exists(path) => Some(path.as_path()),
        _ => None,
    };
    for file in files.iter().map(|(file, _)| root.join(file)) {
        if theirs != Some(&file) {
            let _gone = fs::remove_file(file);
        }
    }
    for folder in new_folders {
        let _gone = fs::remove_dir(folder);
    }
}

const NEXT_STEPS: &str = "\
wrote iec62304.toml: edition, software system, software items, levels of tests
wrote records/requirements.toml: where the first requirements go
wrote records/schema: by which TOML editors complete and check both

next:
  1. in iec62304.toml, decide the safety class, and delete the items that do not ship
  2. write your first requirement into records/requirements.toml
  3. run `cargo add iec62304-macros`, tag the code that implements it and the test that
     verifies it, both with `#[requirement(\"SRS-1\")]`
  4. run `cargo iec62304 check`
";

const FIRST_RECORDS: &str = "\
# Software requirements and risk controls. The id is the key of the table; links are
# written once, on the record that follows from the other.

schema = 1

# [requirement.SRS-1]
# text = \"The software shall stop the motor within 200 ms after the air detector reports a bubble.\"
# source = [\"RC-1\"]
# verify = \"system test\"

# [risk_control.RC-1]
# text = \"Stop on air.\"
# kind = \"software\"

# Tag what implements a requirement, and what verifies it, with the same attribute:
#
#     #[requirement(\"SRS-1\")]
#     fn stop_on_air(&mut self) { … }
#
#     #[test]
#     #[requirement(\"SRS-1\")]
#     fn a_bubble_stops_the_motor() { … }
";

/// The name of the root package, of the only package, or of the folder.
fn system_name(root: &Path, packages: &[Package]) -> String {
    let at_root = packages.iter().find(|package| package.folder.as_str().is_empty());
    let package = match packages {
        [only] => Some(only),
        _ => at_root,
    };
    let folder =
        || root.file_name().map(|name| name.to_string_lossy().replace(char::is_whitespace, "-"));
    let name = package.map(|package| package.name.clone()).or_else(folder);
    let name = name.unwrap_or_else(|| "software".to_owned());
    let is_item = products(packages).any(|product| product.name == name);
    if is_item { format!("{name}-software") } else { name }
}

/// The packages with something that can ship.
fn products(packages: &[Package]) -> impl Iterator<Item = &Package> {
    packages.iter().filter(|package| package.targets.iter().any(|target| target.kind.is_product()))
}

fn configuration(system: &str, packages: &[Package]) -> String {
    let edition = Edition::Amended.word();
    let mut text = format!(
        "\
# What this software is under IEC 62304. `cargo iec62304 check` reads it.

schema = 1
records = [\"records/*.toml\"]

[project]
edition = \"{edition}\" # or \"{first}\"
# risk_file = \"…\"
# quality_system = \"…\"

{levels}
[software_system.{system_key}]
# The safety class, decided by the harm that the software can lead to after controls
# outside it. As long as none stands here, everything is judged as class C (4.3).
# class = \"C\"
# rationale = \"…\"
# risk_ref = \"…\"
# lowered_by = [] # risk controls outside the software without which it would be higher

# Software items, one for each package that can ship. Delete those that do not; put
# packages of one item together. An item has the class of its parent; a lower one needs
# `class`, `rationale` and `segregation`.
",
        first = Edition::First.word(),
        levels = levels(packages),
        system_key = key(system),
    );
    let mut names = BTreeSet::new();
    for package in products(packages).filter(|package| names.insert(&package.name)) {
        let name = &package.name;
        text += &format!("\n[item.{}]\nparent = {system:?}\ncrates = [{name:?}]\n", key(name));
    }
    text
}

/// Path patterns for the levels of the tests that are there.
fn levels(packages: &[Package]) -> String {
    let has = |wanted: fn(TargetKind) -> bool| {
        packages.iter().flat_map(|package| &package.targets).any(|target| wanted(target.kind))
    };
    let mut text = String::from(
        "# The level of a test by its path, seen from its package. A folder alone proves nothing:\n\
         # check that what stands there is of that level, or write `level = \"…\"` at the test.\n\
         [tests.levels]\n",
    );
    if has(TargetKind::is_product) {
        text += "unit = [\"src/**\"]\n";
    }
    if has(|kind| kind == TargetKind::Test) {
        text += "integration = [\"tests/**\"]\n";
    }
    text
}

/// A TOML key, quoted where it must be.
fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}
