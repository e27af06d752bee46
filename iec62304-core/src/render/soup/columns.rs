//! The columns of both lists, as data: every format takes its cells from this one table, so
//! that all formats say the same.

use std::fmt;

use crate::soup::{Inventory, Row};
use crate::standard::SafetyClass;

mod cells;
mod evaluation;

/// What stands in a cell; no cell is blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A value.
    Known(String),
    /// There is a value, and nobody here knows it.
    Unknown,
    /// It is known that there is none.
    None,
    /// A person has to write it, since the class of the row asks for it.
    ToBeFilledIn,
    /// A person could write it, but the class of the row does not ask for it.
    NotRequired(SafetyClass),
    /// The list or the kind of the row has no such thing.
    NotApplicable,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(text) => f.write_str(text),
            Self::Unknown => f.write_str("unknown"),
            Self::None => f.write_str("none"),
            Self::ToBeFilledIn => f.write_str("to be filled in"),
            Self::NotRequired(class) => write!(f, "not required in class {class}"),
            Self::NotApplicable => f.write_str("not applicable"),
        }
    }
}

/// A list that columns belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// SOUP items (8.1.2).
    Soup,
    /// The short form of the same.
    SoupOverview,
    /// Supporting items (5.1.10).
    Tools,
    /// The short form of the same.
    ToolsOverview,
    /// The support addendum that the FDA asks for.
    Support,
}

impl List {
    /// Its name, for titles and for the first column of CSV.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Soup | Self::SoupOverview => "SOUP",
            Self::Tools | Self::ToolsOverview => "supporting items",
            Self::Support => "support",
        }
    }

    /// Its rows.
    pub(super) fn rows(self, inventory: &Inventory) -> &[Row] {
        match self {
            Self::Soup | Self::SoupOverview | Self::Support => &inventory.soup,
            Self::Tools | Self::ToolsOverview => &inventory.tools,
        }
    }
}

/// Where a row stands: what a cell can look up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'a> {
    inventory: &'a Inventory,
    list: List,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its heading.
    pub(super) name: &'static str,
    /// Who asks for it: a clause of IEC 62304, or another source in a word.
    pub(super) driver: &'static str,
    /// The lists that have it.
    pub(super) lists: &'static [List],
    cell: fn(&Row, &Scope<'_>) -> Cell,
}

impl Column {
    const fn new(
        name: &'static str,
        driver: &'static str,
        lists: &'static [List],
        cell: fn(&Row, &Scope<'_>) -> Cell,
    ) -> Self {
        Self { name, driver, lists, cell }
    }

    /// What it says of a row of a list.
    pub(super) fn cell(&self, list: List, row: &Row, inventory: &Inventory) -> Cell {
        if !self.lists.contains(&list) {
            return Cell::NotApplicable;
        }
        match (self.cell)(row, &Scope { inventory, list }) {
            Cell::Known(text) if text.trim().is_empty() => Cell::Unknown,
            cell => cell,
        }
    }
}

/// The columns of a list, in their order.
pub(super) fn of(list: List) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |column| column.lists.contains(&list))
}

use List::{Soup, SoupOverview, Support, Tools, ToolsOverview};

const EVERYWHERE: &[List] = &[Soup, SoupOverview, Tools, ToolsOverview, Support];
const BOTH: &[List] = &[Soup, Tools];
const BOTH_SHORT: &[List] = &[Soup, SoupOverview, Tools, ToolsOverview];
const OF_SOUP: &[List] = &[Soup];
const OF_SOUP_SHORT: &[List] = &[Soup, SoupOverview];
const OF_TOOLS_SHORT: &[List] = &[Tools, ToolsOverview];
const OF_SUPPORT: &[List] = &[Soup, Support];

/// Every column, in the order of every output.
pub(super) static COLUMNS: &[Column] = &[
    Column::new("ID", "8.1.2", EVERYWHERE, |row, _| cells::text(&row.id)),
    Column::new("Title", "8.1.2", EVERYWHERE, |row, _| cells::text(&row.title)),
    Column::new("Kind", "8.1.2", BOTH, |row, _| cells::text(row.kind.words())),
    Column::new("Description", "8.1.2", BOTH, |row, _| cells::option(row.description.as_ref())),
    Column::new("Manufacturer", "8.1.2", EVERYWHERE, cells::manufacturer),
    Column::new("Basis of the manufacturer", "CISA 2026", BOTH, cells::manufacturer_basis),
    Column::new("Contact of the manufacturer", "BSI TR-03183-2", BOTH, cells::contact),
    Column::new("Version", "8.1.2", EVERYWHERE, |row, _| cells::option(row.version.as_ref())),
    Column::new("Source", "8.1.2", BOTH_SHORT, cells::source),
    Column::new("Unique designator", "8.1.2", &[Soup, Tools, Support], cells::designator),
    Column::new("Package URL", "CISA 2026", BOTH, |row, _| cells::fact(row.purl.as_ref())),
    Column::new("SHA-256 of the archive", "CISA 2026", BOTH, cells::sha256),
    Column::new("SHA-512 of the archive", "BSI TR-03183-2", BOTH, cells::sha512),
    Column::new("SHA-256 of the files", "CISA 2026", BOTH, cells::content),
    Column::new("Archive compared", "8.1.2", BOTH, cells::digest_check),
    Column::new("Commit", "8.1.2", BOTH, |row, _| cells::option(row.commit.as_ref())),
    Column::new("Repository", "8.1.2", BOTH, |row, _| cells::option(row.repository.as_ref())),
    Column::new("Home page", "8.1.2", BOTH, |row, _| cells::option(row.homepage.as_ref())),
    Column::new("Modified", "8.1.2", BOTH, cells::modified),
    Column::new("Withdrawn by its registry", "7.1.3", BOTH, cells::yanked),
    Column::new("Role", "scope", &[Soup, Tools, ToolsOverview], cells::role),
    Column::new("Reason of the role", "scope", BOTH, cells::reason),
    Column::new("Included by", "scope", BOTH, cells::paths),
    Column::new("Depends on", "CISA 2026", BOTH, cells::depends_on),
    Column::new("Used by items", "5.3.1", OF_SOUP_SHORT, cells::items),
    Column::new("Used by units", "5.3.1", OF_SOUP, cells::units),
    Column::new("Features", "5.3.1", BOTH, cells::features),
    Column::new("Class", "4.3", &[Soup, SoupOverview, Tools], cells::class),
    Column::new("Reason of the class", "4.3", BOTH, |row, _| cells::text(&row.class.because)),
    Column::new("Functional requirements", "5.3.3", OF_SOUP, cells::functional),
    Column::new("Performance requirements", "5.3.3", OF_SOUP, cells::performance),
    Column::new("Hardware and software it needs", "5.3.4", OF_SOUP, cells::environment),
    Column::new("Oldest Rust it builds with", "5.3.4", BOTH, cells::rust_version),
    Column::new("Support by the architecture", "5.3.5, 5.3.6", OF_SOUP, cells::architecture),
    Column::new("Causes of hazardous situations", "7.1.2", OF_SOUP, cells::causes),
    Column::new("Published anomaly list", "7.1.3", OF_SOUP, evaluation::source),
    Column::new("Version evaluated", "7.1.3", OF_SOUP, evaluation::version),
    Column::new("Evaluated on", "7.1.3", OF_SOUP, evaluation::reviewed),
    Column::new("Evaluated by", "7.1.3", OF_SOUP, evaluation::by),
    Column::new("Verdict", "7.1.3", OF_SOUP, evaluation::verdict),
    Column::new("Valid until", "7.1.3", OF_SOUP, evaluation::valid_until),
    Column::new("Advisories", "7.1.3", BOTH, evaluation::advisories),
    Column::new("Evaluation", "7.1.3", OF_SOUP_SHORT, evaluation::state),
    Column::new("Verified by", "5.3.6", OF_SOUP, cells::verified_by),
    Column::new("Level of support", "FDA 524B", OF_SUPPORT, cells::support_level),
    Column::new("End of support", "FDA 524B", OF_SUPPORT, cells::support_end),
    Column::new("Basis of the support", "FDA 524B", OF_SOUP, cells::support_basis),
    Column::new("Justification", "FDA 524B", &[Support], cells::support_justification),
    Column::new("Who carries its security risk", "81001-5-1", OF_SUPPORT, cells::responsibility),
    Column::new("Licence declared", "CISA 2026", BOTH, cells::licence_declared),
    Column::new("Licence concluded", "BSI TR-03183-2", BOTH, cells::licence_concluded),
    Column::new("Copy kept in", "5.8.7", BOTH, |row, _| {
        cells::option(row.judgement.archive.as_ref())
    }),
    Column::new("Purpose", "5.1.10", OF_TOOLS_SHORT, cells::purpose),
    Column::new("Fitness for the purpose", "5.1.10", OF_TOOLS_SHORT, cells::validation),
    Column::new("Record", "8.1.2", BOTH, cells::record),
    Column::new("Listed on", "6.1, 8.3", BOTH, |_, scope| cells::date(scope.inventory.as_of)),
];
