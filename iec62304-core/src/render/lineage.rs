//! Where something comes from and what follows from it, as a tree for a terminal or as JSON.

use anstyle::{AnsiColor, Style};
use iec62304_macros::requirement;
use serde::Serialize;

use super::text::{WIDTH, fitted, one_line, width, wrapped};
use super::{HumanOptions, Texts, Verbosity};
use crate::finding::Severity;
use crate::lineage::{Branch, Lineage, Node, NodeGap};
use crate::location::Location;
use crate::policy::Acceptance;
use crate::snapshot::Snapshot;

/// Each thing with its two trees.
#[requirement("TOOL-36")]
pub fn lineages(lineages: &[Lineage], snapshot: &Snapshot, options: &HumanOptions) -> String {
    let page = Page { texts: Texts::new(snapshot), options };
    let pages: Vec<String> = lineages.iter().map(|lineage| page.lineage(lineage)).collect();
    pages.join("\n")
}

struct Page<'s, 'o> {
    texts: Texts<'s>,
    options: &'o HumanOptions,
}

impl Page<'_, '_> {
    fn styled(&self, text: &str, style: Style) -> String {
        self.options.color.styled(text, style)
    }

    fn lineage(&self, lineage: &Lineage) -> String {
        let Lineage { node, from, to } = lineage;
        let mut out = format!("{}\n", self.title(node));
        for line in node.text.iter().flat_map(|text| wrapped(text, WIDTH - 2)) {
            out += &format!("  {line}\n");
        }
        out += &format!("  {}\n", self.place(&node.at));
        self.gaps(&node.gaps, "  ", &mut out);
        for (heading, branches) in [("from", from), ("to", to)] {
            out += &format!("\n{}\n", self.styled(heading, Style::new().bold()));
            if branches.is_empty() {
                out += "  nothing\n";
            }
            self.branches(branches, "  ", &mut out);
        }
        out
    }

    fn branches(&self, branches: &[Branch], indent: &str, out: &mut String) {
        let last = branches.len().saturating_sub(1);
        for (index, branch) in branches.iter().enumerate() {
            let (arm, beyond) =
                if index == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            *out += &format!("{indent}{arm}{}\n", self.line(branch, width(indent) + 3));
            let deeper = format!("{indent}{beyond}");
            self.gaps(&branch.node.gaps, &deeper, out);
            self.branches(&branch.branches, &deeper, out);
        }
    }

    /// A branch in one line; where all is asked for, the line is as long as it must be.
    fn line(&self, branch: &Branch, used: usize) -> String {
        let Branch { relation, node, is_repeated, .. } = branch;
        let relation_style = Style::new().dimmed();
        let mut line = format!("{} {}", self.styled(relation, relation_style), self.title(node));
        let plain = width(relation) + 1 + width(&title(&one_line(&node.id), node));
        let rest = match &node.text {
            Some(text) => format!(": {}", one_line(text)),
            None => format!("  {}", self.place(&node.at)),
        };
        let more = if *is_repeated { " (see above)" } else { "" };
        if self.options.verbosity == Verbosity::Verbose || node.text.is_none() {
            line += &rest;
        } else {
            let room = WIDTH.saturating_sub(used + plain + width(more)).max(20);
            line += fitted(&rest, room.min(width(&rest))).trim_end();
        }
        line + more
    }

    fn title(&self, node: &Node) -> String {
        let id = self.styled(&one_line(&node.id), AnsiColor::Green.on_default().bold());
        title(&id, node)
    }

    fn gaps(&self, gaps: &[NodeGap], indent: &str, out: &mut String) {
        for gap in gaps {
            let color = match gap.severity {
                Severity::Error => AnsiColor::Red,
                Severity::Warning => AnsiColor::Yellow,
                Severity::Note => AnsiColor::Cyan,
            };
            let word = format!("{}[{}]", gap.severity.word(), gap.rule);
            let word = self.styled(&word, color.on_default().bold());
            let accepted = gap.acceptance.map(|by| format!("{}: ", by.words()));
            let accepted = accepted.unwrap_or_default();
            *out += &format!("{indent}{accepted}{word}: {}\n", one_line(&gap.message));
        }
    }

    fn place(&self, at: &Location) -> String {
        let start = self.texts.start(at);
        format!("{}:{}:{}", at.file, start.line, start.column)
    }
}

/// A node by its id, plain or styled.
fn title(id: &str, node: &Node) -> String {
    let class = node.class.map_or_else(String::new, |class| format!(", class {class}"));
    format!("{id}  {}{class}", node.what)
}

/// The same for programs: format `iec62304-trace`, version 1.
#[requirement("TOOL-36")]
pub fn lineage_json(lineages: &[Lineage], snapshot: &Snapshot) -> String {
    let texts = Texts::new(snapshot);
    let found = lineages.iter().map(|lineage| JsonLineage {
        node: json_node(&lineage.node, &texts),
        from: lineage.from.iter().map(|branch| json_branch(branch, &texts)).collect(),
        to: lineage.to.iter().map(|branch| json_branch(branch, &texts)).collect(),
    });
    let report = Report { format: "iec62304-trace", version: 1, found: found.collect() };
    let text = serde_json::to_string_pretty(&report);
    text.expect("plain data without maps of odd keys is JSON") + "\n"
}

#[derive(Serialize)]
struct Report<'l> {
    format: &'static str,
    version: u32,
    found: Vec<JsonLineage<'l>>,
}

#[derive(Serialize)]
struct JsonLineage<'l> {
    #[serde(flatten)]
    node: JsonNode<'l>,
    from: Vec<JsonBranch<'l>>,
    to: Vec<JsonBranch<'l>>,
}

#[derive(Serialize)]
struct JsonBranch<'l> {
    relation: &'static str,
    #[serde(flatten)]
    node: JsonNode<'l>,
    branches: Vec<JsonBranch<'l>>,
    is_repeated: bool,
}

#[derive(Serialize)]
struct JsonNode<'l> {
    id: &'l str,
    what: &'l str,
    text: Option<&'l str>,
    class: Option<String>,
    file: &'l str,
    line: usize,
    column: usize,
    gaps: Vec<JsonGap<'l>>,
}

#[derive(Serialize)]
struct JsonGap<'l> {
    severity: &'static str,
    /// `waived` or `known gap`, where it is accepted.
    accepted: Option<&'static str>,
    rule: &'static str,
    message: &'l str,
}

fn json_branch<'l>(branch: &'l Branch, texts: &Texts<'_>) -> JsonBranch<'l> {
    JsonBranch {
        relation: branch.relation,
        node: json_node(&branch.node, texts),
        branches: branch.branches.iter().map(|branch| json_branch(branch, texts)).collect(),
        is_repeated: branch.is_repeated,
    }
}

fn json_node<'l>(node: &'l Node, texts: &Texts<'_>) -> JsonNode<'l> {
    let start = texts.start(&node.at);
    JsonNode {
        id: &node.id,
        what: &node.what,
        text: node.text.as_deref(),
        class: node.class.map(|class| class.to_string()),
        file: node.at.file.as_str(),
        line: start.line,
        column: start.column,
        gaps: node.gaps.iter().map(json_gap).collect(),
    }
}

fn json_gap(gap: &NodeGap) -> JsonGap<'_> {
    JsonGap {
        severity: gap.severity.word(),
        accepted: gap.acceptance.map(Acceptance::words),
        rule: gap.rule,
        message: &gap.message,
    }
}
