//! The inventory of SOUP as text, one file per format.

mod change;
mod spdx;
mod spdx_2_3;
mod spdx_3_0;

pub use change::{changes_markdown, changes_text};
pub use spdx_2_3::spdx_2_3;
pub use spdx_3_0::spdx_3_0;
