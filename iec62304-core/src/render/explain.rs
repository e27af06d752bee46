//! A rule's page, a clause or a term for a terminal.

use anstyle::{AnsiColor, Style};
use iec62304_macros::requirement;

use super::text::{WIDTH, wrapped};
use super::{HumanOptions, Verbosity};
use crate::explain::{Topic, rules_on};
use crate::rules::{RULES, Rule};
use crate::standard::{Clause, Edition, Term};

/// What is known of a topic. The examples of a rule's page come where all is asked for.
#[requirement("TOOL-30")]
pub fn explain(topic: &Topic, options: &HumanOptions) -> String {
    let page = Page { options };
    let mut out = String::new();
    match topic {
        Topic::Rule(rule) => page.rule(rule, &mut out),
        Topic::Clauses(clauses) => {
            for clause in clauses {
                page.clause(clause, &mut out);
            }
        }
        Topic::Terms(terms) => terms.iter().for_each(|term| page.term(term, &mut out)),
    }
    out
}

/// Every rule with its clauses, a line each.
pub fn rules(options: &HumanOptions) -> String {
    let page = Page { options };
    let mut out = String::new();
    let width = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in RULES {
        let name = page.styled(rule.name, Style::new().bold());
        let gap = " ".repeat(width - rule.name.len());
        let clauses = rule.clauses.of(Edition::Amended).join(", ");
        let clauses = if clauses.is_empty() { "the tool's own" } else { &*clauses };
        out += &format!("{name}{gap}  {:<7}  {clauses}\n", rule.severity.word());
    }
    out
}

struct Page<'o> {
    options: &'o HumanOptions,
}

impl Page<'_> {
    fn styled(&self, text: &str, style: Style) -> String {
        self.options.color.styled(text, style)
    }

    fn heading(&self, text: &str, out: &mut String) {
        *out += &self.styled(text, Style::new().bold());
        out.push('\n');
    }

    fn text(text: &str, indent: usize, out: &mut String) {
        for line in wrapped(text, WIDTH - indent) {
            *out += &format!("{:indent$}{line}\n", "");
        }
    }

    fn rule(&self, rule: &Rule, out: &mut String) {
        let severity = rule.severity.word();
        let name = self.styled(rule.name, AnsiColor::Green.on_default().bold());
        *out += &format!("{name} ({severity})\n");
        let mut is_example = false;
        let mut is_code = false;
        for line in rule.page.lines().skip(1) {
            if let Some(section) = line.strip_prefix("## ") {
                is_example = section == "Examples" && !self.shows_examples();
                if is_example {
                    out.push('\n');
                    let examples = rule.page.matches("\n### ").count();
                    *out += &format!("{examples} examples, with -v\n");
                } else {
                    out.push('\n');
                    self.heading(section, out);
                }
            } else if !is_example {
                self.line(line, &mut is_code, out);
            }
        }
    }

    fn shows_examples(&self) -> bool {
        self.options.verbosity == Verbosity::Verbose
    }

    /// A line of a page: prose is wrapped, code stands as it is.
    fn line(&self, line: &str, is_code: &mut bool, out: &mut String) {
        if let Some(fence) = line.strip_prefix("```") {
            *is_code = !*is_code;
            let dimmed = self.styled(fence, Style::new().dimmed());
            if *is_code {
                *out += &format!("\n    {dimmed}\n");
            }
        } else if *is_code {
            *out += format!("    {line}").trim_end();
            out.push('\n');
        } else if let Some(title) = line.strip_prefix("### ") {
            out.push('\n');
            self.heading(&format!("  {title}"), out);
        } else if !line.is_empty() {
            Self::text(line, 2, out);
        }
    }

    fn clause(&self, clause: &Clause, out: &mut String) {
        self.heading(&format!("{}  {}", clause.number, clause.title), out);
        for edition in Edition::ALL {
            let classes = clause.classes(edition);
            *out += &format!("  {edition}: {classes}\n");
        }
        let rules: Vec<&str> = rules_on(clause).iter().map(|rule| rule.name).collect();
        let rules = if rules.is_empty() { "none yet".to_owned() } else { rules.join(", ") };
        Self::text(&format!("rules that look at it: {rules}"), 2, out);
        let extent = clause.extent();
        let left = extent.left().map_or_else(String::new, |left| format!(". {left}"));
        Self::text(&format!("how far they look: {}{left}", extent.word()), 2, out);
    }

    fn term(&self, term: &Term, out: &mut String) {
        self.heading(term.name, out);
        Self::text(term.meaning, 2, out);
        if let Some(other) = term.not {
            Self::text(&format!("not to be confused with: {other}"), 2, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use iec62304_macros::requirement;

    use super::*;
    use crate::render::Color;

    fn text(name: &str, verbosity: Verbosity) -> String {
        let options = HumanOptions { color: Color::Plain, verbosity };
        explain(&Topic::find(name).unwrap(), &options)
    }

    #[test]
    #[requirement("TOOL-30", "TOOL-50")]
    fn a_clause_names_its_classes_its_rules_and_what_is_left() {
        assert_eq!(
            text("5.5.5", Verbosity::Normal),
            "5.5.5  Verify the units and record the results\n  \
             IEC 62304:2006: classes B and C\n  \
             IEC 62304:2006+AMD1:2015: classes B and C\n  \
             rules that look at it: evidence-stale, result-failed, result-flaky, result-missing,\n  \
             result-skipped, unit-criterion-unverified, unit-level-evidence-missing, unit-unverified\n  \
             how far they look: partial. Whether a test with a result has run the code of its unit is not\n  \
             looked at yet.\n"
        );
    }

    #[test]
    fn a_term_says_what_it_is_not() {
        assert_eq!(
            text("harm", Verbosity::Normal),
            "harm\n  the injury or damage\n  not to be confused with: hazard\n"
        );
    }

    #[test]
    #[requirement("TOOL-30")]
    fn every_rule_is_explained_and_no_line_is_wider_than_a_terminal() {
        for rule in RULES {
            let short = text(rule.name, Verbosity::Normal);
            assert!(short.contains("How to resolve"), "{short}");
            assert!(short.contains("examples, with -v"), "{short}");
            assert!(!short.contains("```"), "{short}");
            assert!(short.lines().all(|line| line.chars().count() <= WIDTH), "{short}");
            let whole = text(rule.name, Verbosity::Verbose);
            assert!(whole.contains("edition = "), "{whole}");
            assert!(!whole.contains("```"), "{whole}");
        }
    }

    #[test]
    fn every_rule_has_its_line() {
        let options = HumanOptions { color: Color::Plain, verbosity: Verbosity::Normal };
        assert_eq!(rules(&options).lines().count(), RULES.len());
    }
}
