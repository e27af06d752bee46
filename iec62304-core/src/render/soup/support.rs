//! The support addendum that the FDA asks for: for each component the level of support,
//! its end, and a justification of what is not known.

use super::columns::{self, List};
use super::{csv, markdown};
use crate::soup::Inventory;

/// The support addendum as Markdown.
pub fn support_markdown(inventory: &Inventory) -> String {
    let mut out = String::new();
    markdown::title("Support of the components", inventory, &mut out);
    out.push_str(
        "\n## Components\n\nLevel and end of support are what the records say; \
         what no record says is unknown and has to be justified.\n\n",
    );
    markdown::overview(List::Support, inventory, &mut out);
    markdown::footer(&mut out);
    out
}

/// The support addendum as CSV, in the manner of [`csv`](super::csv()).
pub fn support_csv(inventory: &Inventory) -> String {
    let columns: Vec<_> = columns::of(List::Support).collect();
    csv::write(List::Support, &columns, inventory)
}
