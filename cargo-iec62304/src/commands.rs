//! One verb per file.

mod check;
mod explain;
mod init;
mod review;
mod schema;
mod soup;
mod trace;

pub(crate) use check::check;
pub(crate) use explain::explain;
pub(crate) use init::init;
pub(crate) use review::review;
pub(crate) use schema::schema;
pub(crate) use soup::soup;
pub(crate) use trace::trace;
