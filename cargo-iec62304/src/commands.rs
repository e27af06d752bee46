//! One verb per file.

mod check;
mod init;

pub(crate) use check::check;
pub(crate) use init::init;
