//! Texts that nobody writes on purpose: reading ends, and no record gets lost.

use iec62304_macros::requirement;

use super::*;

/// What a line may be made of.
const PIECES: [&str; 44] = [
    "## SRS-1: t",
    "# SRS-2 t",
    "###",
    "SRS-3: t\n---",
    "SRS-4: t\n===",
    "> ",
    ">> ",
    "- ",
    "* ",
    "1. ",
    "+ part a: x",
    "- category: a",
    "- source: RC-1, ,",
    "- verify:",
    "  - x",
    "    ",
    "\t",
    "```",
    "~~~~",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<h2>SRS-5: t</h2>",
    "| a | b |\n|---|---|",
    "**",
    "__",
    "`",
    "\\",
    "&amp;",
    "&#0;",
    "[x](",
    "](y)",
    "![",
    "\u{feff}",
    "\u{0}",
    "\u{e4}\u{200b}",
    "\r\n",
    "\r",
    "\n\n",
    "---",
    "...",
    ":",
    "SRS-6: t",
];

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

fn is_at_margin(event: &pulldown_cmark::Event<'_>, depth: &mut usize) -> bool {
    match event {
        pulldown_cmark::Event::Start(_) => *depth += 1,
        pulldown_cmark::Event::End(_) => *depth -= 1,
        _ => {}
    }
    *depth == 1
}

/// Where a heading starts whose first word has letters, a digit and a colon behind it.
fn headings(text: &str) -> Vec<std::ops::Range<usize>> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut depth = 0;
    let options = pulldown_cmark::Options::ENABLE_TABLES;
    let events = pulldown_cmark::Parser::new_ext(&text[mark..], options).into_offset_iter();
    let headings = events.filter(|(event, _)| {
        is_at_margin(event, &mut depth)
            && matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. }))
    });
    let named = headings.filter(|(_, range)| {
        let line = text[range.start + mark..range.end + mark].trim_start_matches(['#', ' ', '\t']);
        let word = line.split(char::is_whitespace).next().unwrap_or_default();
        word.strip_suffix(':').is_some_and(|id| id.starts_with("SRS-"))
    });
    named.map(|(_, range)| range.start + mark..range.end + mark).collect()
}

#[track_caller]
fn check_nothing_is_lost(text: &str) {
    let document = read_markdown(text.as_bytes(), &|_| Vec::new());
    let starts = document.records.iter().map(|record| record.id.at.span.range().start);
    let reported = document.problems.iter().map(|problem| problem.at.span.range().start);
    let known: Vec<usize> = starts.chain(reported).collect();
    for problem in &document.problems {
        assert!(text.get(problem.at.span.range()).is_some(), "{problem:?} in {text:?}");
        assert!(!problem.message.contains('\n'), "{problem:?}");
    }
    for record in &document.records {
        let written = &text[record.id.at.span.range()];
        assert!(
            written.contains(&record.id.value)
                || written.contains(['\\', '&', '<', '*', '_', '`', '[']),
            "{text:?}"
        );
    }
    for heading in headings(text) {
        assert!(known.iter().any(|at| heading.contains(at)), "{heading:?} of {text:?}");
    }
}

#[test]
#[requirement("TOOL-32")]
fn no_heading_gets_lost_in_whatever_stands_around_it() {
    let mut numbers = Numbers(62304);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=numbers.below(12) {
            text += PIECES[numbers.below(PIECES.len())];
            text += ["", "\n", "\n\n", " "][numbers.below(4)];
        }
        check_nothing_is_lost(&text);
    }
}

#[test]
fn what_is_nested_deeply_or_very_long_is_read() {
    for text in [
        format!("{}## SRS-1: t", "> ".repeat(20_000)),
        format!("{}SRS-1", "- ".repeat(2_000)),
        format!("## SRS-1: {}", "*a ".repeat(20_000)),
        format!("## SRS-1: {}", "[".repeat(20_000)),
        format!("## SRS-1: t\n\n{}", "- source: a,,\n".repeat(2_000)),
        "## SRS-1: t\n".repeat(2_000),
        "<!-- ".repeat(20_000),
    ] {
        check_nothing_is_lost(&text);
    }
}
