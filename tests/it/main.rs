//! End-to-end tests of the command line: the real program on real folders.

mod bad_input;
mod breaks;
mod check;
mod init;
mod project;
