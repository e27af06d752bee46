//! The scan against the compiler: in crates put together at random, both read the same
//! files for `mod x;`, `path`, `include!` and modules in macros.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "writes crates to disk and runs the compiler on them"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use iec62304_core::location::FilePath;
use iec62304_core::scan::{FileContext, outline, requests};
use iec62304_macros::{requirement, risk_control};

const CRATES: u64 = 25;

/// Writes the text of files in which every kind of module declaration may stand.
struct Author {
    random: u64,
    /// How many items there are; their numbers keep their names apart.
    items: usize,
}

impl Author {
    fn below(&mut self, limit: u64) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from((self.random >> 20) % limit).unwrap()
    }

    /// Items that ask for files `files` levels deep, in `nested` levels of braces. In a
    /// block the compiler takes no `mod x;` without a path, and no items of an `include!`.
    fn items(&mut self, files: usize, nested: usize, in_block: bool) -> String {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.item(files, nested, in_block)).collect()
    }

    fn item(&mut self, files: usize, nested: usize, in_block: bool) -> String {
        self.items += 1;
        let number = self.items;
        let folder = ["", "d/", "d/e/", "./"][self.below(4)];
        match self.below(12) {
            0..=2 if files > 0 && !in_block => format!("mod m{number};\n"),
            3 if files > 0 => format!("#[path = \"{folder}p{number}.rs\"] mod m{number};\n"),
            4 if files > 0 => {
                format!("#[cfg_attr(all(), path = \"{folder}p{number}.rs\")] mod m{number};\n")
            }
            5 if files > 0 && !in_block => format!("include!(\"{folder}i{number}.rs\");\n"),
            6 if files > 0 && !in_block => format!(
                "macro_rules! k{number} {{ ($($t:tt)*) => {{ $($t)* }} }}\nk{number}! {{ mod m{number}; }}\n"
            ),
            7 | 8 if nested > 0 => {
                let inside = self.items(files, nested - 1, in_block);
                format!("mod n{number} {{\n{inside}}}\n")
            }
            9 if nested > 0 && !in_block => {
                let inside = self.items(files, nested - 1, in_block);
                format!("#[path = \"{folder}q{number}\"] mod n{number} {{\n{inside}}}\n")
            }
            10 if nested > 0 => {
                let inside = self.items(files, nested - 1, true);
                format!("fn f{number}() {{\n{inside}}}\n")
            }
            _ => format!("pub struct S{number};\n"),
        }
    }
}

/// Writes a crate, each file at one of the places where the scan asks for it, and returns
/// the files.
fn write_crate(root: &Path, author: &mut Author) -> BTreeSet<FilePath> {
    let mut files = BTreeSet::new();
    let mut waiting = vec![(FileContext::root(&FilePath::new("src/lib.rs")), 4)];
    while let Some((context, depth)) = waiting.pop() {
        let text = author.items(depth, 3, false);
        let path = root.join(context.file.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &text).unwrap();
        let outline = outline(text.as_bytes());
        assert_eq!(outline.problems, []);
        for request in requests(&outline, text.as_bytes(), &context) {
            let chosen = author.below(request.candidates.len() as u64);
            waiting.push((request.candidates[chosen].clone(), depth - 1));
        }
        assert!(files.insert(context.file), "numbers keep names apart");
    }
    files
}

/// The files that the compiler reads.
fn compiled(root: &Path) -> BTreeSet<FilePath> {
    let output = Command::new("rustc")
        .args(["--edition", "2021", "--crate-type", "lib", "-A", "warnings"])
        .args(["--emit", "dep-info,metadata", "src/lib.rs"])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = fs::read_to_string(root.join("lib.d")).unwrap();
    let files = files.lines().filter_map(|line| line.strip_suffix(".rs:"));
    files.map(|file| FilePath::new(&format!("{file}.rs"))).collect()
}

#[test]
#[requirement("TOOL-3")]
#[risk_control("GUARD-1")]
fn the_compiler_reads_the_files_that_the_scan_asks_for() {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("modules");
    let mut count = 0;
    for number in 1..=CRATES {
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        let mut author = Author { random: number.wrapping_mul(0x9e37_79b9_7f4a_7c15), items: 0 };
        let written = write_crate(&root, &mut author);
        assert_eq!(compiled(&root), written, "crate {number}");
        count += written.len();
    }
    assert!(count > 300, "only {count} files were written");
}
