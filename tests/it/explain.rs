//! `cargo iec62304 explain`, from the outside.

use iec62304_macros::requirement;

use crate::project::Project;

#[test]
#[requirement("TOOL-30")]
fn a_name_is_explained_without_a_project() {
    let nowhere = Project::empty();
    for (name, said) in [
        ("unit-unverified", "unit-unverified (error)\n\nClause\n"),
        ("5.5.5", "5.5.5  "),
        ("soup", "SOUP\n  an item that was not made for this device"),
    ] {
        let run = nowhere.run(&["explain", name]);
        let text = run.succeeded();
        assert!(text.starts_with(said), "{name}: {text}");
    }
    let rules = nowhere.run(&["explain"]).stdout;
    assert!(rules.contains("unit-unverified"), "{rules}");
}

#[test]
#[requirement("TOOL-30")]
fn a_wrong_name_is_refused_with_the_nearest_one() {
    let run = Project::empty().run(&["explain", "unit-unverifed"]);
    run.refused(2, &["did you mean `unit-unverified`?"]);
}
