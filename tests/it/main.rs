//! End-to-end tests of the command line: the real program on real folders.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bad_input;
mod breaks;
mod check;
mod editor;
mod explain;
mod fake_nextest;
mod init;
mod judgements;
mod markdown;
mod policy;
mod project;
mod review;
mod soup;
mod trace;
mod traps;
mod verify;
mod vocabulary;
