//! The facts about a project: its code, its records. No judgement, no file format.

pub mod cfg;
pub mod code;
pub mod dependency;
pub mod outline;
pub mod record;
pub mod vocabulary;
