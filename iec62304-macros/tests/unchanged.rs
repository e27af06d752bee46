//! The attribute changes nothing: not the tokens, not the machine code.
#![expect(
    clippy::incompatible_msrv,
    clippy::unwrap_used,
    reason = "a test may panic, and runs on the newest Rust"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use iec62304_macros::{requirement, verifies};

fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .arg("--target-dir")
        .arg(target)
        .current_dir(folder)
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("unchanged")
}

/// Another macro, behind ours, sees the very tokens that it sees without ours.
#[test]
#[requirement("TOOL-1")]
fn the_tokens_of_an_item_are_the_same() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/unchanged");
    let said = cargo(&fixture, &target_folder(), &["run", "--quiet", "--locked"]);
    assert_eq!(said, "10 items are the same\n");
}

const DEVICE: &str = r#"
#![no_std]
use iec62304_macros::{requirement, risk_control, tags};

tags! { requirement("SRS-1") }

#[requirement("SRS-1", "SRS-2")]
#[risk_control("RC-1")]
#[no_mangle]
pub fn steps_per_second(rate: u32, limit: u32) -> Option<u32> {
    if rate > limit { None } else { rate.checked_mul(7) }
}

pub struct Pump { rate: u32 }

#[requirement("SRS-3")]
impl Pump {
    #[requirement("SRS-3")]
    #[inline(never)]
    pub fn stop(&mut self) -> u32 { core::mem::replace(&mut self.rate, 0) }
}

#[no_mangle]
pub fn stop(pump: &mut Pump) -> u32 { pump.stop() }
"#;

/// Puts blanks in the place of every attribute, so that all else keeps its place.
fn blanked(source: &str) -> String {
    let is_tag = |line: &str| {
        let line = line.trim_start();
        line.starts_with("#[requirement")
            || line.starts_with("#[risk_control")
            || line.starts_with("tags!")
    };
    let blank = |line: &str| {
        if is_tag(line) {
            " ".repeat(line.len())
        } else {
            line.to_owned()
        }
    };
    source.lines().map(blank).collect::<Vec<_>>().join("\n") + "\n"
}

fn assembly(folder: &Path, source: &str) -> String {
    fs::write(folder.join("src/lib.rs"), source).unwrap();
    let target = folder.join("target");
    let arguments = [
        "rustc",
        "--quiet",
        "--release",
        "--lib",
        "--",
        "--emit",
        "asm",
        "-Cdebuginfo=2",
        "-Ccodegen-units=1",
    ];
    let output = Command::new(env!("CARGO"))
        .args(&arguments[..4])
        .arg("--offline")
        .arg("--target-dir")
        .arg(&target)
        .args(&arguments[4..])
        .current_dir(folder)
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut found = fs::read_dir(target.join("release/deps"))
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let is_ours = path
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("device");
            (is_ours && path.extension().is_some_and(|extension| extension == "s")).then_some(path)
        });
    let path = found.next().expect("cargo wrote the assembly");
    assert!(found.next().is_none(), "one assembly file for one crate");
    fs::read_to_string(path).unwrap()
}

#[test]
#[requirement("TOOL-1")]
#[verifies("attribute-macros.AC-2")]
fn the_assembly_is_the_same_with_attributes_and_with_blanks() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"device\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n\
         [dependencies]\niec62304-macros = {{ path = {:?} }}\n",
        env!("CARGO_MANIFEST_DIR"),
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    let plain = blanked(DEVICE);
    assert_eq!(plain.len(), DEVICE.trim_end().len() + 1);
    let tagged = assembly(folder.path(), DEVICE);
    assert!(tagged.contains("steps_per_second"));
    assert_eq!(tagged, assembly(folder.path(), &plain));
    let changed = DEVICE.replace("checked_mul(7)", "checked_mul(9)");
    assert_ne!(
        tagged,
        assembly(folder.path(), &changed),
        "a real change shows"
    );
}
