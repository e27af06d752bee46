//! Where a record or a piece of code comes from, and what follows from it: the answer to
//! `trace`. Owned plain data; the walk is in `walk`.

use iec62304_macros::requirement;

use crate::analysis;
use crate::finding::Severity;
use crate::location::{FilePath, Location};
use crate::policy::Acceptance;
use crate::snapshot::Snapshot;
use crate::soup::Inventory;
use crate::standard::SafetyClass;
use crate::trace::{Project, Trace};
use walk::Walk;

mod mentions;
mod names;
mod node;
mod walk;

/// What somebody asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A record, a part of one, a unit, a module, a function or a test, by id or path; a
    /// path may leave out modules from the left.
    Name(String),
    /// Whatever stands at a line, counted from 1.
    Place(FilePath, usize),
}

/// A thing with everything above and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The thing.
    pub node: Node,
    /// What it comes from.
    pub from: Vec<Branch>,
    /// What follows from it.
    pub to: Vec<Branch>,
}

/// A record, a part of one, a unit or a piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id or path.
    pub id: String,
    /// What it is: `requirement`, `cause (defect)`, `system test`, `fn`.
    pub what: String,
    /// What it says, where it says something.
    pub text: Option<String>,
    /// By which class it is judged, where classes matter.
    pub class: Option<SafetyClass>,
    /// Where it stands.
    pub at: Location,
    /// What is wrong with it.
    pub gaps: Vec<NodeGap>,
}

/// A finding on a node, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeGap {
    /// How much it weighs.
    pub severity: Severity,
    /// What accepts it, if anything does.
    pub acceptance: Option<Acceptance>,
    /// The rule that found it.
    pub rule: &'static str,
    /// What is missing or wrong.
    pub message: String,
}

/// A node seen from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How it belongs to the node before: `implemented by`, `source`.
    pub relation: &'static str,
    /// The node.
    pub node: Node,
    /// What lies beyond it, in the same direction.
    pub branches: Vec<Branch>,
    /// Whether what lies beyond it stands further up in the same tree, and not here.
    pub is_repeated: bool,
}

/// What a question names, as trees; several where a path fits several pieces of code.
///
/// # Errors
///
/// When it names nothing; with the known name that is nearest, if one is near.
#[requirement("TOOL-36")]
pub fn lineages(snapshot: &Snapshot, question: &Question) -> Result<Vec<Lineage>, Option<String>> {
    let project = Project::read(snapshot);
    let trace = Trace::link(&project);
    let inventory = Inventory::build(snapshot, &trace);
    let analysis = analysis::judge(&trace, inventory);
    let walk = Walk::new(&trace, snapshot, &analysis);
    let things = walk.named(question)?;
    Ok(things.iter().map(|thing| walk.lineage(thing)).collect())
}
