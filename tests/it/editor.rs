//! What editors read: messages in cargo's format, and the schemas of TOML files.

use std::fs;

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{CompilerMessage, Message};
use iec62304_macros::requirement;

use crate::project::Project;

const CHECK: [&str; 3] = ["check", "--format", "rustc-json"];

/// The messages of a run, as rust-analyzer parses them, and what the last one says.
#[track_caller]
fn messages(output: &str) -> (Vec<CompilerMessage>, bool) {
    let mut messages = Vec::new();
    let mut finished = None;
    for message in Message::parse_stream(output.as_bytes()) {
        assert_eq!(finished, None, "nothing follows the end");
        match message.unwrap() {
            Message::CompilerMessage(message) => messages.push(message),
            Message::BuildFinished(end) => finished = Some(end.success),
            other => panic!("{other:?}"),
        }
    }
    (messages, finished.expect("the run says how it ended"))
}

fn code(diagnostic: &Diagnostic) -> &str {
    &diagnostic.code.as_ref().unwrap().code
}

fn of<'m>(messages: &'m [CompilerMessage], wanted: &str) -> &'m Diagnostic {
    let mut found = messages.iter().filter(|message| code(&message.message) == wanted);
    let first = found.next().unwrap_or_else(|| panic!("there is no {wanted}"));
    assert!(found.next().is_none(), "there is one {wanted}");
    &first.message
}

/// Compares a span with the text of its file, and returns what it marks.
#[track_caller]
fn marked(project: &Project, span: &DiagnosticSpan) -> String {
    let bytes = fs::read(project.path().join(&span.file_name)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let by_bytes = text[span.byte_start as usize..span.byte_end as usize].to_owned();
    let plain = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let lines: Vec<&str> = plain.lines().collect();
    let shown: Vec<&str> = span.text.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(shown, lines[span.line_start - 1..span.line_end], "{span:?}");
    let mut by_columns = Vec::new();
    for (number, line) in (span.line_start..).zip(&shown) {
        let first = if number == span.line_start { span.column_start } else { 1 };
        let end = if number == span.line_end { span.column_end } else { usize::MAX };
        by_columns.push(line.chars().take(end - 1).skip(first - 1).collect::<String>());
    }
    assert_eq!(by_columns.join("\n"), by_bytes.replace("\r\n", "\n"), "{span:?}");
    by_bytes
}

fn break_the_pump(pump: &Project) {
    let tags = "#[requirement(\"SRS-3\")]\n#[risk_control(\"RC-2\")]";
    let wrong = "#[requirement(\"SRS-33\")]\n#[risk_control(\"RC-2\")]";
    pump.replace("pump-control/src/line.rs", tags, wrong);
    let gateway = "    /// iec62304: requirement(\"SRS-11\")\n";
    pump.replace("network-gateway/src/sender.rs", gateway, "");
    let test = "#[requirement(\"SRS-11\", level = \"system\")]\n";
    pump.replace("pump-sim/tests/pump_system/operation.rs", test, "");
}

#[test]
#[requirement("TOOL-34")]
fn an_editor_reads_every_finding_of_the_broken_pump_at_its_place() {
    let pump = Project::example("infusion-pump");
    break_the_pump(&pump);
    let run = pump.run(&CHECK);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let (messages, success) = messages(&run.stdout);
    assert!(!success);

    let unknown = of(&messages, "iec62304::unknown-reference");
    assert_eq!(unknown.level, DiagnosticLevel::Error);
    assert_eq!(unknown.spans[0].file_name, "pump-control/src/line.rs");
    assert_eq!(marked(&pump, &unknown.spans[0]), "\"SRS-33\"");
    let fix = unknown.children.iter().find_map(|child| child.spans.first()).unwrap();
    assert_eq!(marked(&pump, fix), "SRS-33");
    assert!(fix.suggested_replacement.as_ref().unwrap().starts_with("SRS-3"));

    let unverified = of(&messages, "iec62304::requirement-unverified");
    assert_eq!(unverified.spans[0].file_name, "records/requirements.toml");
    assert_eq!(marked(&pump, &unverified.spans[0]), "SRS-11");
    assert!(unverified.rendered.as_ref().unwrap().contains("[requirement.SRS-11]"));

    for message in &messages {
        let diagnostic = &message.message;
        assert!(diagnostic.spans.iter().any(|span| span.is_primary), "{diagnostic:?}");
        for span in &diagnostic.spans {
            assert!(!span.file_name.starts_with('/'), "{span:?}");
            if !span.text.iter().all(|line| line.text.is_empty()) {
                marked(&pump, span);
            }
        }
    }
}

#[test]
#[requirement("TOOL-34")]
fn every_finding_of_the_other_formats_is_a_message() {
    let pump = Project::example("infusion-pump");
    break_the_pump(&pump);
    let report = pump.run(&["check", "--format", "json"]).json();
    let (messages, _) = messages(&pump.run(&CHECK).stdout);
    let mut expected = Vec::new();
    for (list, name) in [("findings", "rule"), ("not_checked", "name")] {
        let entries = report[list].as_array().unwrap().iter();
        expected
            .extend(entries.map(|entry| format!("iec62304::{}", entry[name].as_str().unwrap())));
    }
    let mut found: Vec<&str> = messages.iter().map(|message| code(&message.message)).collect();
    found.retain(|code| *code != "iec62304::findings-elsewhere");
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
    // The workspace's root is no package: rust-analyzer does not keep what stands there.
    let elsewhere = of(&messages, "iec62304::findings-elsewhere");
    assert!(elsewhere.message.contains("records/requirements.toml (1)"), "{elsewhere:?}");
    assert!(elsewhere.spans[0].file_name.ends_with("/Cargo.toml"), "{elsewhere:?}");
}

#[test]
#[requirement("TOOL-34")]
fn two_runs_in_two_folders_say_the_same_and_name_no_path_of_the_machine() {
    let outputs = [(), ()].map(|()| {
        let pump = Project::example("infusion-pump");
        break_the_pump(&pump);
        let output = pump.run(&CHECK).stdout;
        assert!(!output.contains(pump.path().to_str().unwrap()));
        output
    });
    assert!(outputs[0] == outputs[1]);
}

#[test]
#[requirement("TOOL-34")]
fn columns_are_those_of_an_editor_in_every_encoding_of_a_file() {
    let text = "/* ü */ #[iec62304_macros::requirement(\"SRS-9\")]\nfn run() {}\n";
    let records = "schema = 1\nitem.pump = { crates = [\"pump\"] }\n";
    for source in [text.to_owned(), format!("\u{feff}{text}"), text.replace('\n', "\r\n")] {
        let project = Project::pump(&source, records);
        let (messages, success) = messages(&project.run(&CHECK).stdout);
        assert!(!success);
        let unknown = of(&messages, "iec62304::unknown-reference");
        assert_eq!(marked(&project, &unknown.spans[0]), "\"SRS-9\"");
        assert_eq!((unknown.spans[0].line_start, unknown.spans[0].column_start), (1, 40));
    }
}

#[test]
#[requirement("TOOL-34")]
fn success_is_that_of_the_exit_code() {
    let example = Project::example("first-steps");
    let run = example.run(&CHECK);
    let (_, success) = messages(&run.stdout);
    assert_eq!((run.code, success), (0, true), "{}", run.stdout);
    let denied = example.run(&["check", "--format", "rustc-json", "--deny", "not-checked"]);
    assert_eq!(messages(&denied.stdout).1, denied.code == 0);
}

#[test]
#[requirement("TOOL-35")]
fn init_names_schemas_that_are_there() {
    let project = crate::init::fresh();
    assert_eq!(project.run(&["init"]).code, 0);
    for (file, which) in
        [("iec62304.toml", "configuration"), ("records/requirements.toml", "records")]
    {
        let text = project.read(file);
        let named = text.lines().next().unwrap().strip_prefix("#:schema ./").unwrap();
        let folder = project.path().join(file).parent().unwrap().to_owned();
        let schema = fs::read_to_string(folder.join(named)).unwrap();
        assert_eq!(schema, project.run(&["schema", which]).stdout);
        let copy = project.run(&["schema", which, "--output", "copy.json"]);
        assert_eq!((copy.code, copy.stdout.as_str()), (0, ""));
        assert_eq!(schema, project.read("copy.json"));
    }
}

/// It is the same for every project: none is needed.
#[test]
#[requirement("TOOL-35")]
fn a_schema_is_written_without_a_project() {
    let nowhere = Project::empty();
    for which in ["configuration", "records"] {
        let run = nowhere.run(&["schema", which]);
        run.succeeded();
        let schema = run.json();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        assert_eq!(schema["additionalProperties"], false);
    }
    assert_eq!(nowhere.run(&["schema", "nonsense"]).code, 2);
}
