//! `cargo iec62304 trace`, from the outside.

use iec62304_macros::requirement;

use crate::project::Project;

const SOURCE: &str = "\
/// Stops.
#[requirement(\"SRS-1\")]
#[risk_control(\"RC-1\")]
pub fn stop() {
    let _ = 1;
}

#[cfg(test)]
mod tests {
    #[test]
    #[requirement(\"SRS-1\", level = \"unit\")]
    fn stops() {}
}
";

const RECORDS: &str = "\
[system_requirement.SYS-1]
text = \"The pump shall not pump air.\"
[hazardous_situation.HAZ-1]
hazard = \"air\"
situation = \"Air reaches the patient.\"
[[hazardous_situation.HAZ-1.cause]]
id = \"HAZ-1.a\"
item = \"motor\"
kind = \"defect\"
text = \"The report is lost.\"
[risk_control.RC-1]
text = \"Stop on air.\"
against = [\"HAZ-1.a\"]
[requirement.SRS-1]
text = \"The software shall stop on air.\"
source = [\"SYS-1\", \"RC-1\"]
items = [\"motor\"]
[requirement.SRS-2]
text = \"The software shall alarm.\"
[item.motor]
parent = \"pump\"
crates = [\"pump\"]
[unit.stopping]
item = \"motor\"
modules = [\"pump\"]
";

fn pump() -> Project {
    let configuration = "records = [\"*.rec\"]\n[project]\nedition = \"2006+AMD1:2015\"\n\
                         [software_system.pump]\nclass = \"B\"\n";
    let pump = Project::pump(SOURCE, configuration);
    pump.write("a.rec", RECORDS);
    pump
}

fn traced(pump: &Project, name: &str) -> String {
    pump.run(&["trace", name]).succeeded().to_owned()
}

#[test]
#[requirement("TOOL-36")]
fn both_directions_are_shown_from_need_to_evidence() {
    let text = traced(&pump(), "RC-1");
    snapbox::assert_data_eq!(text, snapbox::file!["trace/risk_control.txt"]);
    let text = traced(&pump(), "stopping");
    snapbox::assert_data_eq!(text, snapbox::file!["trace/unit.txt"]);
}

#[test]
#[requirement("TOOL-36")]
fn a_gap_stands_beside_what_it_is_about() {
    let text = traced(&pump(), "SRS-2");
    assert!(text.contains("error[requirement-unverified]: requirement SRS-2 is not"), "{text}");
}

#[test]
#[requirement("TOOL-36")]
fn a_line_means_what_stands_there() {
    let pump = pump();
    for (place, named) in [
        ("src/lib.rs:5", "pump::stop  fn"),
        ("src/lib.rs:12:3", "pump::tests::stops  unit test"),
        ("src/lib.rs:7", "pump  module"),
        ("a.rec:2", "SYS-1  system requirement"),
        ("a.rec:9", "HAZ-1.a  cause (defect) in motor"),
        ("stop", "pump::stop  fn"),
        ("tests::stops", "pump::tests::stops  unit test"),
    ] {
        let text = traced(&pump, place);
        assert!(text.starts_with(named), "{place}: {text}");
    }
}

#[test]
#[requirement("TOOL-36")]
fn what_is_not_there_is_refused_with_the_nearest_name() {
    let pump = pump();
    let refused = |name: &str, said: &str| pump.run(&["trace", name]).refused(2, &[said]);
    refused("SRS-3", "called `SRS-3`; did you mean `SRS-");
    refused("stopp", "did you mean `stop`?");
    refused("src/main.rs:3", "`src/main.rs:3` or stands there");
    refused("", "called `` or stands there");
}

#[test]
#[requirement("TOOL-36")]
fn programs_get_the_same_trees() {
    let report = pump().run(&["trace", "SRS-1", "--format", "json"]).json();
    assert_eq!(report["format"], "iec62304-trace");
    let found = &report["found"][0];
    assert_eq!(found["id"], "SRS-1");
    assert_eq!(found["from"][1]["branches"][0]["id"], "HAZ-1.a");
    assert_eq!(found["to"][0]["branches"][0]["branches"][0]["id"], "pump::stop");
    assert_eq!(found["to"][1]["relation"], "verified by");
}
