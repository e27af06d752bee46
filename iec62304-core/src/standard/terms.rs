//! The words of the field, each in a line of our own.
//!
//! The standards define most of them; those definitions are protected text and stand
//! nowhere here.

/// A word of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub name: &'static str,
    /// What it means: a phrase.
    pub meaning: &'static str,
    /// What it is not to be confused with, where people do.
    pub not: Option<&'static str>,
}

const fn term(name: &'static str, meaning: &'static str) -> Term {
    Term { name, meaning, not: None }
}

impl Term {
    const fn not(self, other: &'static str) -> Self {
        Self { not: Some(other), ..self }
    }

    /// The terms that a word means, in lower or upper case: the one of this name, else
    /// those in whose name it is a word of its own.
    pub fn find(word: &str) -> Vec<&'static Self> {
        let word = word.to_lowercase();
        let exact = TERMS.iter().find(|term| term.name.to_lowercase() == word);
        if exact.is_some() {
            return exact.into_iter().collect();
        }
        let holds = |term: &&Self| {
            format!(" {} ", term.name.to_lowercase().replace(',', " "))
                .contains(&format!(" {word} "))
        };
        TERMS.iter().filter(holds).collect()
    }
}

/// Every term, sorted by name.
#[rustfmt::skip]
pub static TERMS: &[Term] = &[
    term("acceptance criterion", "a condition, set beforehand, that decides pass or fail for a unit or requirement").not("test case"),
    term("advisory", "a published notice of a security or soundness defect in a package").not("the whole anomaly list"),
    term("allocation", "the link from a requirement to the items that realise it").not("memory allocation"),
    term("anomaly", "anything that departs from what was expected; may turn out to be no problem").not("failure, defect"),
    term("approval", "a named person's consent at a date").not("review"),
    term("architecture", "items, their relations and interfaces, down to but without the inside of units").not("detailed design"),
    term("archive", "kept so that it can be found and rebuilt for as long as required").not("crate archive"),
    term("as appropriate", "do it unless there is a documented reason not to"),
    term("auditor, reviewer", "person who examines the system on site; person who examines the file"),
    term("baseline", "a set of items with versions that was agreed and serves as reference").not("the baseline of a lint, which is a list of tolerated findings"),
    term("cause", "what in an item may contribute to the hazardous situation: wrong specification, defect, SOUP, hardware or other software, misuse").not("root cause of a problem report"),
    term("change request", "a written wish for a change, which is approved or refused").not("pull request"),
    term("configuration item", "anything that is kept under control with an id and version").not("configuration file"),
    term("content hash", "fingerprint of the text or code that evidence is bound to"),
    term("coverage", "share of code or branches that ran; a possible criterion, demanded nowhere").not("verification of requirements"),
    term("criticality", "how much a problem matters for performance, safety or security").not("severity of harm"),
    term("defect", "what is wrong in the code or document").not("anomaly"),
    term("deliverable", "a planned result: document, record, code, build").not("release artefact"),
    term("derived requirement", "one with no parent above it; needs a reason").not("untraced requirement"),
    term("detailed design", "what one needs to know to write one unit and its interfaces").not("generated API documentation"),
    term("edition", "which text of the standard applies: 2006, or 2006+AMD1:2015").not("Rust edition"),
    term("effective class", "class by which a record is judged, computed from allocation"),
    term("evaluation", "a person's judgement that something is good enough, written down").not("verification by test"),
    term("external control", "a control outside the software system; the only kind that can lower the class of the system").not("segregation, which acts inside it"),
    term("failure", "wrong behaviour when running").not("failed test only"),
    term("feedback", "what users and own staff report after release").not("problem report"),
    term("gap", "what a rule reports: something the clause wants is missing or contradictory"),
    term("harm", "the injury or damage").not("hazard"),
    term("hazard", "a source of harm, e.g. too much drug").not("hazardous situation; failure; bug"),
    term("hazardous situation", "people exposed to a hazard").not("hazard"),
    term("impact analysis", "what a change touches: items, interfaces, tests, controls").not("risk analysis"),
    term("integration testing", "testing items put together, above all their interfaces").not("Cargo's `tests/` folder"),
    term("interface", "what crosses between two items or between the software and the outside, with its meaning and limits").not("Rust trait"),
    term("legacy software", "software lawfully on the market that lacks evidence of development by this standard's current edition (2015)").not("SOUP; old code in general"),
    term("life cycle model", "the order of activities a maker chose; the standard demands none, so agile is fine"),
    term("manufacturer", "who is legally responsible for the device; for SOUP who makes it").not("the crates registry owner"),
    term("medical device software", "the software system that is a device or part of one").not("MDSW of the MDR guidance, which is narrower and legal"),
    term("non-conformity", "an auditor's written statement that a requirement is not met, major or minor"),
    term("notified body", "organisation in the EU that assesses makers and devices"),
    term("objective evidence", "facts that show something is true and can be looked at again").not("claim, checkbox"),
    term("orphan", "a record with a missing link that its kind demands").not("withdrawn record"),
    term("OTS", "FDA's near-equivalent of SOUP: generally available, maker lacks control of its life cycle").not("COTS, which adds \"bought\""),
    term("plan", "what is to be done, by whom, how and when it counts as done; kept up to date"),
    term("problem report", "the record of actual or possible wrong behaviour, with its criticality").not("issue tracker entry, until it holds the same data"),
    term("process, activity, task", "three levels of work in the standard: a process holds activities, an activity holds tasks; a clause at the lowest number is roughly a task"),
    term("published anomaly list", "what the makers of a SOUP say is wrong with it").not("residual anomaly list"),
    term("quality management system", "the maker's organised way of working, usually ISO 13485"),
    term("record", "one entry of the project's trace data"),
    term("regression testing", "repeating tests to find that a change broke nothing").not("new tests for the change"),
    term("release", "a version handed over for use").not("`--release` build profile"),
    term("residual anomaly", "an anomaly known at release and left in").not("published anomaly of SOUP"),
    term("residual risk", "what is left after controls").not("residual anomaly"),
    term("review", "a person or group examines content and records a result").not("pull request approval, unless it holds the same data"),
    term("risk", "how likely and how bad").not("hazard"),
    term("risk acceptability", "the maker's rule for what is tolerable; outside the tool").not("severity"),
    term("risk control measure", "what lowers the risk; may be hardware, software, procedure, information").not("requirement that realises it"),
    term("risk management file", "the maker's collection of risk records under ISO 14971; the tool refers to it and does not replace it").not("trace matrix"),
    term("rule", "one check with a stable kebab-case name"),
    term("SBOM", "machine-readable list of all parts of a build with their relations").not("SOUP list, which adds purpose, needs and anomalies"),
    term("segregation", "a means that keeps a fault of one item from harming another, with evidence that it works").not("privacy of Rust modules, which is at most one such means"),
    term("sequence of events", "how one gets from a cause to the hazardous situation").not("stack trace, log"),
    term("serious injury", "injury that threatens life, lasts, or needs intervention to prevent that; what separates B from C").not("serious incident (a reporting term)"),
    term("severity", "error, warning or note of a gap; not severity of harm"),
    term("shall, should, may", "duty, advice, permission"),
    term("shipped graph", "the packages that reach the device for the declared target and features").not("whole lock file"),
    term("software item", "any part of the program that has a name in the architecture; the system is one, a unit is one").not("crate: an item is one or more crates or a part of one"),
    term("software requirement", "what the software system must do, testable and with an id").not("user story, ticket"),
    term("software safety class", "A, B or C: how bad it can get, through this software, after controls outside it").not("MDR class I to III, FDA class, FDA documentation level"),
    term("software system", "all software items that belong together for one purpose; the top of the tree and the thing that gets the first safety class").not("Cargo workspace: one workspace may hold several, one may span several"),
    term("software unit", "an item that is not divided further; the maker decides where that is").not("function, file, `#[test]` granularity"),
    term("SOUP", "an item that was not made for this device and is generally available, or an own older one without adequate development records").not("development tool; legacy software; whole device software (excluded since 2015)"),
    term("stale evidence", "evidence for content that has changed since").not("old evidence"),
    term("static analysis", "judging code without running it, with a stated rule set").not("compilation"),
    term("stimulus", "what a test feeds in"),
    term("supporting item", "tool, setting or file that is not part of the device but can affect its software").not("SOUP"),
    term("suspect link", "a link whose one end changed since someone confirmed it").not("broken link"),
    term("system", "the device or product as a whole, hardware and people's procedures included").not("software system"),
    term("system requirement", "what the whole device must do; input to software").not("software requirement"),
    term("system testing", "testing the whole software system against its requirements").not("test of the whole device"),
    term("test record", "what was run, on what, by whom, when, with what result").not("test source"),
    term("tool validation", "showing that a tool does what the maker relies on it for").not("device validation"),
    term("trace link", "one such link, typed and directed, written once").not("Markdown link"),
    term("trace matrix", "a view of the links as a table").not("the links themselves"),
    term("traceability", "that the links between outputs of two steps can be followed in both directions").not("trace log, `tracing`"),
    term("trend analysis", "looking at many problem reports for a pattern").not("chart"),
    term("unique designator", "what identifies one exact SOUP: version, date, checksum").not("name"),
    term("unit verification", "showing that a unit meets its criteria, by test, review or analysis").not("unit testing with a test framework"),
    term("validation", "showing that the device serves its users and intended use; not in IEC 62304").not("verification; \"validate input\" in code"),
    term("verdict", "state of a clause: no gap found, gap, question, not checked, not required"),
    term("verification", "showing by evidence that outputs of a step meet its inputs").not("validation"),
    term("version", "one identified state of an item").not("edition"),
    term("waiver", "a recorded decision to leave one gap open, with reason, approver, date and hash"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_sorted_and_said_in_a_phrase() {
        assert!(TERMS.is_sorted_by(|a, b| a.name.to_lowercase() < b.name.to_lowercase()));
        for term in TERMS {
            assert!(!term.meaning.is_empty() && !term.meaning.ends_with('.'), "{}", term.name);
        }
    }

    #[test]
    fn a_term_is_found_by_its_name_or_by_a_word_of_it() {
        let names = |word| -> Vec<&str> { Term::find(word).iter().map(|it| it.name).collect() };
        assert_eq!(names("soup"), ["SOUP"]);
        assert_eq!(names("Item"), ["configuration item", "software item", "supporting item"]);
        assert_eq!(names("process"), ["process, activity, task"]);
        assert_eq!(names("unity"), Vec::<&str>::new());
    }
}
