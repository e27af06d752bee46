//! Ranges of ids: `SRS-1..SRS-20`.

/// An id as prefix and number: `SRS-12` is `SRS-` and 12.
pub(super) fn numbered(id: &str) -> Option<(&str, u64)> {
    let prefix = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = id[prefix.len()..].parse().ok()?;
    Some((prefix, number))
}

/// The ends of a range as written, where `text` is one.
pub(super) fn ends(text: &str) -> Option<(&str, &str)> {
    expand_range(text)?;
    text.split_once("..")
}

/// Prefix, first and last number of a range as `SRS-1..SRS-20`, both ends included.
///
/// `None` for anything else: different prefixes, no numbers, or last before first.
pub fn expand_range(text: &str) -> Option<(&str, u64, u64)> {
    let (first, last) = text.split_once("..")?;
    let (prefix, from) = numbered(first)?;
    let (last_prefix, to) = numbered(last)?;
    (prefix == last_prefix && !prefix.is_empty() && from <= to).then_some((prefix, from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_one_prefix_and_rises() {
        assert_eq!(expand_range("SRS-1..SRS-20"), Some(("SRS-", 1, 20)));
        assert_eq!(expand_range("RC-007..RC-010"), Some(("RC-", 7, 10)));
        assert_eq!(expand_range("A2-1..A2-1"), Some(("A2-", 1, 1)));
    }

    #[test]
    fn anything_else_is_no_range() {
        for text in [
            "SRS-1",
            "SRS-1..RC-3",
            "SRS-9..SRS-1",
            "SRS-..SRS-3",
            "SRS-1..",
            "..",
            "1..3",
            "SRS-1...SRS-3",
            "SRS-1..SRS-99999999999999999999",
        ] {
            assert_eq!(expand_range(text), None, "{text}");
        }
    }
}
