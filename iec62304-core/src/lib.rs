//! The pure core of `cargo-iec62304`: a [`Snapshot`] of a workspace in, its
//! [`Analysis`] out.
//!
//! ```text
//! Snapshot ──scan──▶ Code ─┐
//!          ──records──▶ Document ─┤──▶ Project ──trace──▶ Trace ──rules──▶ Analysis ──render──▶ text
//! ```
//!
//! Nothing here reads a disk, a clock, a network or an environment, prints, or starts
//! a thread; `clippy.toml` in this crate's folder bans it. [`analyze`] never fails:
//! what cannot be read becomes a finding, what is absent becomes a "not checked" entry.
//!
//! A module may use only modules to its left, which a test holds:
//!
//! ```text
//! location, words → model, standard → snapshot → advisories, bill, evidence, config, known_gaps, lock_file, records → scan → content → trace → review, soup → finding → policy, remarks → not_checked → rules → analysis, explain → lineage → render
//! ```
//!
//! # Example
//!
//! ```
//! use iec62304_core::snapshot::{Content, Snapshot, TextFile};
//! use iec62304_core::location::FilePath;
//!
//! let configuration = TextFile {
//!     path: FilePath::new("iec62304.toml"),
//!     content: Content::Bytes(b"software_system.pump.class = \"C\"".as_slice().into()),
//! };
//! let snapshot = Snapshot { configuration: Some(configuration), ..Snapshot::default() };
//! let analysis = iec62304_core::analyze(&snapshot);
//! assert!(analysis.findings().iter().any(|finding| finding.rule == "edition-missing"));
//! ```

pub mod advisories;
pub mod analysis;
pub mod bill;
pub mod config;
pub mod content;
pub mod evidence;
pub mod explain;
pub mod finding;
pub mod known_gaps;
pub mod lineage;
pub mod location;
pub mod lock_file;
pub mod model;
pub mod not_checked;
pub mod policy;
pub mod records;
mod remarks;
pub mod render;
pub mod review;
pub mod rules;
pub mod scan;
pub mod snapshot;
pub mod soup;
pub mod standard;
pub mod trace;
mod words;

pub use analysis::{Analysis, analyze};
pub use snapshot::Snapshot;

#[cfg(test)]
mod tests;
