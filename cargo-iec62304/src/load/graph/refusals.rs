//! Why cargo cannot resolve the workspace here, and what would change that.

use std::path::Path;

use iec62304_core::model::dependency::Refusal;

/// What is found in cargo's message, and what to say instead; the first is about the lock
/// file.
const CAUSES: &[(&[&str], &str)] = &[
    (
        &["because --locked was passed", "needs to be updated but --locked"],
        "Cargo.lock is missing or does not fit the manifests: run `cargo update --workspace` \
         and commit it",
    ),
    (
        &[
            "--offline was specified",
            "you are in the offline mode",
            "without the offline flag",
            "without `--offline`",
            "without --offline",
            "no matching package named",
        ],
        "a package of the lock file was never fetched on this machine: run \
         `cargo fetch --locked`",
    ),
    (
        &["is not installed", "is not installable", "toolchain"],
        "the toolchain that the workspace asks for is not installed: install it, or choose \
         another with RUSTUP_TOOLCHAIN",
    ),
];

/// One sentence without its full stop, and no path of this machine in it.
pub(super) fn in_plain_words(said: &str, root: &Path) -> Refusal {
    let known = CAUSES.iter().position(|(words, _)| words.iter().any(|word| said.contains(word)));
    if let Some(known) = known {
        let cause = CAUSES[known].1.to_owned();
        return Refusal { cause, lock_file_misfits: known == 0 };
    }
    let first = said.lines().find_map(|line| line.trim().strip_prefix("error: "));
    let first = first.unwrap_or_else(|| said.trim().lines().next().unwrap_or("no reason given"));
    let first = first.replace(&format!("{}/", root.display()), "");
    super::refusal(format!("`cargo metadata --locked --offline` failed: {first}"))
}
