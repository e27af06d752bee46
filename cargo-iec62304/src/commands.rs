//! One verb per file.

mod check;
mod explain;
mod init;
mod soup;

pub(crate) use check::check;
pub(crate) use explain::explain;
pub(crate) use init::init;
pub(crate) use soup::soup;
