//! One verb per file.

mod check;
mod evidence;
mod explain;
mod init;
mod review;
mod schema;
mod soup;
mod trace;
mod verify;

pub(crate) use check::check;
pub(crate) use evidence::evidence;
pub(crate) use explain::explain;
pub(crate) use init::init;
pub(crate) use review::review;
pub(crate) use schema::schema;
pub(crate) use soup::soup;
pub(crate) use trace::trace;
pub(crate) use verify::verify;
