//! Tests of the core as a whole: rule pages, layers, determinism.

mod architecture;
mod determinism;
mod layers;
mod markdown;
mod pages;
mod risk;
pub(crate) mod workspace;
