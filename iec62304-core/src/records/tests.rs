//! What reading says about a file: every mistake at its line and column.

use iec62304_macros::{requirement, verifies};

use super::*;
use crate::location::{FilePath, LineIndex};
use crate::model::record::RecordKind;

mod index;
mod markdown;
mod recovery;
mod vocabulary;

pub(super) fn read_bytes(bytes: &[u8], role: FileRole) -> Document {
    let file =
        TextFile { path: FilePath::new("iec62304.toml"), content: Content::Bytes(bytes.into()) };
    read(&file, role)
}

pub(super) fn read_text(text: &str) -> Document {
    read_bytes(text.as_bytes(), FileRole::Configuration)
}

/// The problems of a file, one `line:column message / help` each.
fn problems(bytes: &[u8], document: &Document) -> Vec<String> {
    let line = |problem: &RecordProblem| {
        let at = LineIndex::new(bytes).position(bytes, problem.at.span.start);
        let help = problem.help.as_deref().unwrap_or_default();
        format!("{}:{} {} / {help}", at.line, at.column, problem.message)
    };
    document.problems.iter().map(line).collect()
}

#[track_caller]
fn check_role(toml: &str, role: FileRole, expected: &[&str]) {
    let document = read_bytes(toml.as_bytes(), role);
    assert_eq!(problems(toml.as_bytes(), &document), expected, "{toml}");
}

#[track_caller]
fn check(toml: &str, expected: &[&str]) {
    check_role(toml, FileRole::Configuration, expected);
}

fn ids(document: &Document) -> Vec<&str> {
    let ids = document.records.iter().map(|record| record.id.value.as_str());
    ids.collect()
}

#[test]
fn an_empty_file_is_fine() {
    check("", &[]);
    check("\u{feff}", &[]);
    check("# nothing yet\r\n", &[]);
    assert!(read_text("").parsed);
}

#[test]
#[requirement("TOOL-6")]
#[verifies("records.AC-1")]
fn an_unknown_field_is_reported_with_the_nearest() {
    check(
        "[requirement.SRS-1]\ntext = \"t\"\ncatgory = \"a\"",
        &["3:1 unknown field `catgory` in requirement SRS-1 / did you mean `category`?"],
    );
    check(
        "[item.motor]\ncolour = \"red\"",
        &[
            "2:1 unknown field `colour` in item motor / its fields are `parent`, `class`, `crates`, `rationale`, `segregation`, `lowered_by`, `legacy`, `not_a_cause`",
        ],
    );
    check(
        "[project]\nnam = \"x\"\n[project.ids]\nsofware = \"S\"",
        &[
            "2:1 unknown field `nam` in [project] / did you mean `name`?",
            "4:1 unknown field `sofware` in [project.ids] / did you mean `software`?",
        ],
    );
    check(
        "[[hazardous_situation.H-1.cause]]\nid = \"H-1.a\"\ntext = \"t\"\nitm = \"x\"\n[hazardous_situation.H-1]\nsituation = \"s\"",
        &["4:1 unknown field `itm` in hazardous situation H-1, cause / did you mean `item`?"],
    );
}

#[test]
fn an_unknown_table_is_reported_with_the_nearest() {
    check(
        "[requirment.SRS-1]\ntext = \"t\"",
        &["1:2 unknown table `requirment` / did you mean `requirement`?"],
    );
    check("shema = 1", &["1:1 unknown field `shema` / did you mean `schema`?"]);
    check_role(
        "[colour]",
        FileRole::Records,
        &[concat!(
            "1:2 unknown table `colour` / here may stand `schema`, `plan`, `waiver`, `document`, `common_defect`, ",
            "`system_requirement`, `software_system`, `item`, `unit`, `interface`, `segregation`, ",
            "`requirement`, `hazardous_situation`, `risk_control`, `soup`, `tool`, `review`, `problem`, ",
            "`change`, `release`"
        )],
    );
}

#[test]
fn a_missing_field_is_reported_where_its_table_opens() {
    check(
        "\n[requirement.SRS-1]\ncategory = \"a\"",
        &["2:14 requirement SRS-1 has no `text` / add `text`: what the software must do"],
    );
    check(
        "[review.R-1]\nkind = \"unit\"\nof = []\nby = [\"N\"]\nresult = \"passed\"",
        &[
            "1:9 review R-1 has no `date` / add `date`: when",
            "3:6 `of` is empty / write what it is, or leave it out",
        ],
    );
    check(
        "[hazardous_situation.H-1]\nsituation = \"s\"\n[[hazardous_situation.H-1.cause]]\nid = \"H-1.a\"",
        &["3:1 hazardous situation H-1, cause has no `text` / add `text`: what may go wrong"],
    );
    check(
        "[change.C-1]\ntitle = \"t\"\napproved = { by = \"N\" }",
        &["3:1 change C-1, approved has no `date` / add `date`: when"],
    );
}

#[test]
fn nothing_else_is_required() {
    check("[software_system.s]\n[item.i]\n[soup.p]\n[release.\"1.0\"]\n[project]\n[tests]", &[]);
}

#[test]
fn a_wrong_type_is_reported_with_what_was_wanted_and_found() {
    check(
        "[item.i]\nclass = 3\ncrates = \"pump\"\nparent = [\"s\"]\nrationale = true",
        &[
            "2:9 `class` must be a text, found a whole number / put it in quotes: `\"3\"`",
            "3:10 `crates` must be a list of texts, found a text / write a list: `[\"pump\"]`",
            "4:10 `parent` must be an id in quotes, found a list / write one text in quotes",
            "5:13 `rationale` must be a text, found `true` / put it in quotes: `\"true\"`",
        ],
    );
    check(
        "schema = \"1\"\n[change.C]\ntitle = \"t\"\nclass_still_valid = \"yes\"\napproved = \"N\"\nrepeat = [\"a\", 7]",
        &[
            "1:10 `schema` must be a whole number, found a text / write the number without quotes",
            "4:21 `class_still_valid` must be `true` or `false`, found a text / write `true` or `false`, without quotes",
            "5:12 `approved` must be a table, found a text / write a table: `{ … }`",
            "6:16 an entry of `repeat` must be a text, found a whole number / put it in quotes: `\"7\"`",
        ],
    );
    check(
        "[segregation.S]\nkeeps_apart = [\"a\", [\"b\", 1.5]]",
        &[
            "2:16 an entry of `keeps_apart` must be a list of ids, found a text / write a list: `[\"a\"]`",
            "2:27 an entry of `keeps_apart` must be an id in quotes, found a number / put it in quotes: `\"1.5\"`",
        ],
    );
    check(
        "[release.\"1\"]\nanomalies = [1]",
        &[
            "2:14 an entry of `anomalies` must be a table / open each as `[[….anomalies]]`, or write `{ … }`",
        ],
    );
}

#[test]
fn a_date_is_a_day_without_quotes() {
    let help = "write the day alone and without quotes: `2026-05-11`";
    for (value, found) in [
        ("\"2026-05-11\"", "a text"),
        ("2026-05-11T10:00:00Z", "a date with a time"),
        ("2026-05-11 10:00:00", "a date with a time"),
        ("10:00:00", "a time"),
        ("2026", "a whole number"),
    ] {
        let problem = format!("2:8 `date` must be a date, found {found} / {help}");
        check(&format!("[release.\"1\"]\ndate = {value}"), &[&problem]);
    }
    let document = read_text("[release.\"1\"]\ndate = 2026-05-09");
    let date = document.records[0].fields.text("date").unwrap();
    assert_eq!(date.value, "2026-05-09");
}

#[test]
fn a_record_stands_in_a_table_keyed_by_its_id() {
    check(
        "[requirement]\ntext = \"t\"",
        &["2:1 `text` is no requirement / open each requirement as `[requirement.ID]`"],
    );
    check(
        "[[risk_control]]\ntext = \"t\"",
        &[
            "1:3 `risk_control` must be tables keyed by id / open each risk control as `[risk_control.ID]`",
        ],
    );
    check("item = 3", &["1:1 `item` must be tables keyed by id / open each item as `[item.ID]`"]);
}

#[test]
fn an_unknown_word_is_reported_with_the_nearest_or_all() {
    check(
        "[risk_control.RC-1]\ntext = \"t\"\nkind = \"sofware\"",
        &["3:8 unknown word `sofware` for `kind` / did you mean `software`?"],
    );
    check(
        "[hazardous_situation.H]\nsituation = \"s\"\nseverity = \"bad\"",
        &[
            "3:12 unknown word `bad` for `severity` / the words are `negligible`, `non-serious`, `serious`",
        ],
    );
    check(
        "[unit.u]\nitem = \"i\"\nmethods = [\"test\", \"reviw\"]",
        &["3:20 unknown word `reviw` for `methods` / did you mean `review`?"],
    );
}

#[test]
fn class_and_edition_are_kept_for_their_rules() {
    let toml = "[project]\nedition = \"2007\"\n[item.i]\nclass = \"D\"";
    check(toml, &[]);
    let document = read_text(toml);
    assert_eq!(document.records[0].fields.text("class").unwrap().value, "D");
    let project = document.settings.table("project").unwrap();
    assert_eq!(project.text("edition").unwrap().value, "2007");
}

#[test]
#[requirement("TOOL-6")]
fn a_field_with_a_mistake_is_absent_and_the_rest_is_read() {
    let document = read_text(
        "[requirement.SRS-1]\ntext = 3\nsource = [\"SYS-1\", 4]\n[requirement.SRS-2]\ntext = \"t\"",
    );
    assert_eq!(ids(&document), ["SRS-1", "SRS-2"]);
    let fields = &document.records[0].fields;
    assert_eq!(fields.text("text"), None);
    assert_eq!(fields.list("source").len(), 1);
    assert!(document.parsed);
}

#[test]
fn a_blank_text_is_reported() {
    let help = "write what it is, or leave it out";
    check("[requirement.SRS-1]\ntext = \" \"", &[&format!("2:8 `text` is empty / {help}")]);
    check(
        "[requirement.SRS-1]\ntext = \"t\"\nsource = [\"\"]",
        &[&format!("3:11 an entry of `source` is empty / {help}")],
    );
}

#[test]
fn an_id_can_be_named_from_elsewhere() {
    let help = "use letters, digits, `-`, `_` and single dots";
    check("[item.\"\"]", &["1:7 this item has an empty id / give it an id, as `SRS-1`"]);
    check("[item.\"a b\"]", &[&format!("1:7 id `a b` has a blank inside / {help}")]);
    check("[item.\"a..b\"]", &[&format!("1:7 id `a..b` reads like a range / {help}")]);
    check(
        "[item.\"a#b\"]",
        &[&format!("1:7 id `a#b` has a sign inside that ids cannot have / {help}")],
    );
    check(
        "[requirement.S]\ntext = \"t\"\nparts = { \"a b\" = \"t\" }",
        &[&format!("3:11 id `a b` has a blank inside / {help}")],
    );
    check(
        "[hazardous_situation.H]\nsituation = \"s\"\ncause = [{ id = \"H a\", text = \"t\" }]",
        &[&format!("3:17 id `H a` has a blank inside / {help}")],
    );
    check(
        "[item.Größe]",
        &[
            "1:9 invalid unquoted key, expected letters, numbers, `-`, `_` / correct the line; it is left out until then",
        ],
    );
    check("[item.\"Größe\"]\n[release.\"1.0.0-rc.1\"]", &[]);
}

#[test]
fn a_range_of_ids_rises_in_one_series() {
    let help = "write the first and the last id of one series, as `SRS-1..SRS-20`";
    for text in ["SRS-1..RC-3", "SRS-9..SRS-1", "SRS-1..20"] {
        let problem = format!("3:12 `{text}` is no range of ids / {help}");
        check(&format!("[risk_control.RC-1]\ntext = \"t\"\nagainst = [\"{text}\"]"), &[&problem]);
    }
}

#[test]
fn a_topic_is_decided_by_a_criterion_or_a_reason() {
    let unit = "[unit.u]\nitem = \"i\"\nacceptance = { AC-1 = \"t\" }\n[unit.u.topics]\n";
    let other = "or write `not present: ` and the reason";
    check(&format!("{unit}memory = \"AC-1\"\nboundary = \"not present: no bounds\""), &[]);
    check(
        &format!("{unit}memory = \"AC-2\"\nboundary = \"none\""),
        &[
            "5:10 topic `memory` names `AC-2`, which is no criterion of unit u / did you mean `AC-1`?",
            &format!(
                "6:12 topic `boundary` names `none`, which is no criterion of unit u / name one of `AC-1`, {other}"
            ),
        ],
    );
    for text in ["not present", "not present:", "not present: ", "not present because"] {
        let problem = "5:10 topic `memory` is not present without a reason / write `not present: ` and the reason";
        check(&format!("{unit}memory = \"{text}\""), &[problem]);
    }
    check(
        "[unit.u]\nitem = \"i\"\ntopics.memory = \"AC-1\"",
        &[&format!(
            "3:17 topic `memory` names `AC-1`, which is no criterion of unit u / add the criterion under `acceptance`, {other}"
        )],
    );
}

#[test]
fn an_undecided_topic_is_absent() {
    let document = read_text(
        "[unit.u]\nitem = \"i\"\nacceptance.A = \"t\"\ntopics = { memory = \"B\", boundary = \"A\" }",
    );
    let topics = document.records[0].fields.table("topics").unwrap();
    assert_eq!(topics.text("memory"), None);
    assert!(topics.text("boundary").is_some());
}

#[test]
fn settings_belong_in_the_configuration() {
    let help = "move it to `iec62304.toml`";
    check_role(
        "schema = 1\nrecords = []\n[project]\nname = 3\n[plan]\n\"6.1\" = \"SMP-1\"",
        FileRole::Records,
        &[
            &format!("2:1 `records` does not belong in a record file / {help}"),
            &format!("3:2 `project` does not belong in a record file / {help}"),
        ],
    );
}

#[test]
fn an_unknown_schema_is_reported() {
    let help = "write `schema = 1`, or use a version of the tool that knows it";
    check("schema = 2", &[&format!("1:10 schema 2 is not known / {help}")]);
    check_role(
        "schema = 0x10",
        FileRole::Records,
        &[&format!("1:10 schema 16 is not known / {help}")],
    );
    check(
        "schema = 99999999999999999999",
        &["1:10 `schema` is too large / write a smaller number"],
    );
}

#[test]
fn references_are_listed_with_their_field_and_place() {
    let toml = concat!(
        "[plan]\n\"6.1\" = \"SMP-1#risk\"\n",
        "[requirement.SRS-1]\ntext = \"t\"\nsource = [\"derived\", \"SYS-1\"]\n",
        "[change.C-1]\ntitle = \"t\"\nsafety = { new_causes = [\"H-1.a\"] }\n",
        "[problem.P-1]\ntitle = \"t\"\nverified_by = [\"dose::is_continuous\"]\n",
        "[interface.IF-1]\nfrom = \"outside\"\nto = \"motor\"\n",
    );
    let document = read_text(toml);
    let listed: Vec<_> = document
        .references
        .iter()
        .map(|reference| (reference.field.as_str(), reference.id.value.as_str(), reference.or_test))
        .collect();
    assert_eq!(
        listed,
        [
            ("[plan], 6.1", "SMP-1#risk", false),
            ("requirement SRS-1, source", "SYS-1", false),
            ("change C-1, safety.new_causes", "H-1.a", false),
            ("problem P-1, verified_by", "dose::is_continuous", true),
            ("interface IF-1, to", "motor", false),
        ]
    );
    let source = &document.references[1];
    assert_eq!(&toml[source.id.at.span.range()], "\"SYS-1\"");
    assert_eq!(
        source.kinds,
        [RecordKind::SystemRequirement, RecordKind::RiskControl, RecordKind::Document]
    );
}

#[test]
fn records_and_fields_keep_the_order_of_the_file() {
    let document = read_text(
        "[requirement.Z]\nverify = \"test\"\ntext = \"t\"\n[item.B]\nparent = \"A\"\n[requirement.A]\ntext = \"t\"\nitems = [\"B\"]\n[item.A]\nparent = \"Z\"",
    );
    let references = document.references.iter();
    let references: Vec<_> = references.map(|reference| reference.id.value.as_str()).collect();
    assert_eq!(references, ["A", "B", "Z"]);
    assert_eq!(ids(&document), ["Z", "B", "A", "A"]);
    let names = document.records[0].fields.iter().map(|field| field.name.value.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["verify", "text"]);
}
