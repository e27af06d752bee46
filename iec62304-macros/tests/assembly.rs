//! The attributes leave no trace in what is built.
//!
//! One crate is built several times in one folder, as a release with debug information:
//! with the tags, with blanks in their place, and with one number changed. The first two
//! must give the same assembly byte for byte, and the third another.

use iec62304_macros::{requirement, verifies};

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEVICE: &str = include_str!("assembly/device.rs");

#[test]
#[requirement("TOOL-1")]
#[verifies("attribute-macros.AC-2")]
fn tags_leave_no_trace_in_the_assembly() {
    let changed = DEVICE.replace("4321", "4320");
    assert_ne!(changed, DEVICE);

    let folder = package("device");
    let with_tags = assembly(&folder, "tags", DEVICE);
    let with_blanks = assembly(&folder, "blanks", &blank_tags(DEVICE));
    let with_change = assembly(&folder, "change", &changed);

    for symbol in ["motor_interrupt:", "sound:", "TABLE:", "debug_line"] {
        assert!(with_tags.contains(symbol), "the assembly has no `{symbol}`");
    }
    assert!(with_tags == with_blanks, "the tags change the assembly");
    assert!(with_tags != with_change, "a changed limit is not seen");
}

/// The compiler numbers the nameless `impl` blocks of a module, those that an attribute
/// macro returns after the others, and the numbers go into the names of symbols. The
/// crate's documentation says so; where this test fails because nothing changes any
/// more, that passage can go.
#[test]
fn tags_on_whole_impl_blocks_change_only_the_numbers_in_symbols() {
    let tagged_impl = "\n#[iec62304_macros::requirement(\"SRS-3\")] impl ";
    let device = DEVICE.replacen("\nimpl ", tagged_impl, 2);

    let folder = package("impl-blocks");
    let with_tags = assembly(&folder, "tags", &device);
    let with_blanks = assembly(&folder, "blanks", &blank_tags(&device));
    let with_change = assembly(&folder, "change", &device.replace("4321", "4320"));

    assert!(with_tags != with_blanks, "the compiler numbers otherwise");
    let with_tags = without_numbers(&with_tags);
    assert!(with_tags == without_numbers(&with_blanks), "more changes");
    assert!(with_tags != without_numbers(&with_change), "too much is ignored");
}

/// The assembly without the digits and letters of hashes, and without the numbers of impls.
fn without_numbers(assembly: &str) -> String {
    let mut parts = assembly.split("{impl#");
    let mut text = parts.next().expect("a text has a first part").to_owned();
    for part in parts {
        text.push_str("{impl#");
        text.push_str(part.trim_start_matches(|character: char| character.is_ascii_digit()));
    }
    for (before_hash, length) in [("17h", 16), (".Lanon.", 32)] {
        text = without_hashes(&text, before_hash, length);
    }
    text
}

/// The text without the `length` hexadecimal digits after each `marker`.
fn without_hashes(text: &str, marker: &str, length: usize) -> String {
    let mut parts = text.split(marker);
    let mut shortened = parts.next().expect("a text has a first part").to_owned();
    for part in parts {
        let is_hash = |hash: &str| hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let hash = part.get(..length).filter(|hash| is_hash(hash));
        shortened.push_str(marker);
        shortened.push_str(&part[hash.map_or(0, str::len)..]);
    }
    shortened
}

/// The source with spaces for each tag, so that everything else stays in its place.
fn blank_tags(source: &str) -> String {
    let mut blank = source.to_owned();
    for (start, end) in [("#[iec62304_macros::", ")]"), ("iec62304_macros::tags!", "}")] {
        while let Some(from) = blank.find(start) {
            let length = blank[from..].find(end).expect("a tag ends") + end.len();
            let spaces: String = blank[from..from + length]
                .chars()
                .map(|character| if character == '\n' { '\n' } else { ' ' })
                .collect();
            blank.replace_range(from..from + length, &spaces);
        }
    }
    assert!(!blank.contains("iec62304_macros"), "{blank}");
    blank
}

/// A package that depends on the attributes, without its source.
fn package(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    let manifest = format!(
        "[package]\nname = \"device\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
         [dependencies]\niec62304-macros = {{ path = {:?} }}\n\
         [profile.release]\ndebug = 2\ncodegen-units = 1\n\
         [workspace]\n",
        env!("CARGO_MANIFEST_DIR")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
    folder
}

/// The assembly of the package with this source, built in a target folder of its own.
fn assembly(folder: &Path, target: &str, source: &str) -> String {
    fs::write(folder.join("src/lib.rs"), source).expect("the package can be written");
    let target = folder.join(target);
    // What an earlier run left must not be taken for the assembly of this one.
    let _ = fs::remove_dir_all(target.join("release/deps"));
    let build = Command::new(env!("CARGO"))
        .current_dir(folder)
        // A run that measures coverage asks for instruments that `no_std` has not.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .args(["rustc", "--release", "--offline", "--lib", "--target-dir"])
        .arg(&target)
        .args(["--", "--emit", "asm"])
        .output()
        .expect("cargo runs");
    let messages = String::from_utf8_lossy(&build.stderr);
    assert!(build.status.success(), "{messages}");

    let files: Vec<PathBuf> = fs::read_dir(target.join("release/deps"))
        .expect("cargo made the folder")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension() == Some("s".as_ref()))
        .collect();
    let [file] = files.as_slice() else {
        panic!("one assembly file expected, not {files:?}\n{messages}");
    };
    fs::read_to_string(file).expect("assembly is text")
}
