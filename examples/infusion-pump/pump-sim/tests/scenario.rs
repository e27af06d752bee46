//! The scenario tells the same story in each run, to the byte.

/// One run.
fn story() -> String {
    let mut output = Vec::new();
    pump_sim::scenario::run(&mut output).expect("a pump that plays its part");
    String::from_utf8(output).expect("text")
}

#[test]
fn the_story_is_the_one_in_the_readme() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&story()), "the README shows another story:\n{}", story());
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert_eq!(story(), story());
}
