//! The attributes beside the entry points of `cortex-m-rt`, which let no attribute that
//! they do not know stand below them. The pairs differ in the order alone.
//!
//! ```no_run
//! #![no_main]
//! #[iec62304_macros::requirement("SRS-1")]
//! #[cortex_m_rt::entry]
//! fn main() -> ! {
//!     loop {}
//! }
//! ```
//!
//! ```compile_fail
//! #![no_main]
//! #[cortex_m_rt::entry]
//! #[iec62304_macros::requirement("SRS-1")]
//! fn main() -> ! {
//!     loop {}
//! }
//! ```
//!
//! ```no_run
//! #[iec62304_macros::requirement("SRS-1")]
//! #[cortex_m_rt::exception]
//! fn SysTick() {}
//! # fn main() {}
//! ```
//!
//! ```compile_fail
//! #[cortex_m_rt::exception]
//! #[iec62304_macros::requirement("SRS-1")]
//! fn SysTick() {}
//! # fn main() {}
//! ```
