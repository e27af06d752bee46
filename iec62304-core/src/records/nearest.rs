//! The known name that a mistyped one most likely meant.
//!
//! Knows neither records nor fields: names in, one of them out.

/// The candidate closest to `name`, if one is close; the first of several.
///
/// Close means: a third of the letters may be wrong, three at most, one always.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = folded(name);
    let length = name.chars().count();
    let mut limit = (length / 3).clamp(1, 3);
    let mut best = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&name, &folded(candidate));
        if distance < limit || (distance == limit && best.is_none()) {
            best = Some(candidate);
            limit = distance;
        }
    }
    best
}

/// Case and the kind of dash are no difference worth a letter.
fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        let found = nearest(name, candidates.iter().copied());
        assert_eq!(found, expected, "{name} in {candidates:?}");
    }

    #[test]
    fn a_slip_is_recognised() {
        check("txet", &["kind", "text"], Some("text"));
        check("requirment", &["review", "requirement"], Some("requirement"));
        check("Risk-Control", &["risk_control"], Some("risk_control"));
        check("SRS-1O", &["SRS-10", "SYS-10"], Some("SRS-10"));
    }

    #[test]
    fn the_closest_wins_and_then_the_first() {
        check("SRS-9", &["SRS-19", "SRS-8", "SRS-99"], Some("SRS-19"));
        check("categorie", &["categories", "category"], Some("categories"));
    }

    #[test]
    fn another_word_is_not_suggested() {
        check("colour", &["text", "source", "kind"], None);
        check("ab", &["cd"], None);
        check("", &["abc"], None);
    }
}
