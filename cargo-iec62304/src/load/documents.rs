//! The configuration and record files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use iec62304_core::location::FilePath;
use iec62304_core::snapshot::{Content, TextFile};
use walkdir::{DirEntry, WalkDir};

/// The record files of a project.
pub(crate) struct Found {
    /// Every file that a pattern matches, by path.
    pub(crate) records: Vec<TextFile>,
    /// The patterns that match none.
    pub(crate) unmatched: Vec<String>,
}

/// Finds and reads every file below `root` that one of the patterns matches.
pub(crate) fn find(root: &Path, patterns: &[&str]) -> Found {
    let mut paths: Vec<FilePath> = Vec::new();
    let mut unmatched = Vec::new();
    for pattern in patterns {
        let found = matching(root, pattern);
        if found.is_empty() {
            unmatched.push((*pattern).to_owned());
        }
        paths.extend(found);
    }
    paths.sort();
    paths.dedup();
    let records = paths.iter().map(|path| read(root, path.as_str())).collect();
    Found { records, unmatched }
}

/// Reads one file, or says why not.
pub(crate) fn read(root: &Path, path: &str) -> TextFile {
    let content = match fs::read(root.join(path)) {
        Ok(bytes) => Content::Bytes(bytes.into()),
        Err(error) => Content::Unreadable(super::sources::reason(&error)),
    };
    TextFile { path: FilePath::new(path), content }
}

/// Reads those of some files that are there.
pub(crate) fn read_all(root: &Path, paths: &[FilePath]) -> BTreeMap<FilePath, Content> {
    let there = paths.iter().filter(|path| root.join(path.as_str()).is_file());
    there.map(|path| (path.clone(), read(root, path.as_str()).content)).collect()
}

/// The files that a pattern matches; a pattern without a wildcard is a path.
fn matching(root: &Path, pattern: &str) -> Vec<FilePath> {
    let whole = FilePath::new(pattern);
    if !pattern.contains(['*', '?', '[', '{']) {
        return if root.join(whole.as_str()).exists() { vec![whole] } else { Vec::new() };
    }
    let below = root.join(fixed_folder(pattern));
    let entries = WalkDir::new(below).into_iter().filter_entry(|entry| !is_left_out(entry));
    let files = entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
    let paths = files.filter_map(|entry| {
        let relative = entry.path().strip_prefix(root).ok()?.to_str()?.to_owned();
        Some(FilePath::new(&relative))
    });
    paths.filter(|path| fast_glob::glob_match(whole.as_str(), path.as_str())).collect()
}

/// The folders of a pattern in front of its first wildcard.
fn fixed_folder(pattern: &str) -> String {
    let folders = pattern.split('/').take_while(|part| !part.contains(['*', '?', '[', '{']));
    folders.collect::<Vec<_>>().join("/")
}

/// Build results and version control hold no records.
fn is_left_out(entry: &DirEntry) -> bool {
    entry.depth() > 0
        && entry.file_type().is_dir()
        && (entry.file_name() == "target" || entry.file_name() == ".git")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_below_their_fixed_folder_and_tell_what_matches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for file in
            ["records/b.toml", "records/a.toml", "records/deep/c.toml", "target/d.toml", "e.md"]
        {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let check = |patterns: &[&str], expected: &[&str], unmatched: &[&str]| {
            let found = find(folder.path(), patterns);
            let paths: Vec<&str> = found.records.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(paths, expected);
            assert_eq!(found.unmatched, unmatched);
        };
        check(&["records/*.toml"], &["records/a.toml", "records/b.toml"], &[]);
        check(
            &["records/**/*.toml", "records/a.toml"],
            &["records/a.toml", "records/b.toml", "records/deep/c.toml"],
            &[],
        );
        check(&["**/*.toml"], &["records/a.toml", "records/b.toml", "records/deep/c.toml"], &[]);
        check(
            &["./records/b.toml", "gone.toml", "gone/*.toml"],
            &["records/b.toml"],
            &["gone.toml", "gone/*.toml"],
        );
    }
}
