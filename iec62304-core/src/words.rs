//! How messages say lists and numbers.

/// `a`, `a or b`, `a, b or c`, with this word in front of the last; empty for nothing.
pub(crate) fn joined(words: &[impl AsRef<str>], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [others @ .., word] if !others.is_empty() => format!("{} {last} {word}", others.join(", ")),
        all => all.concat(),
    }
}

/// The plural of a word for every number but one.
pub(crate) fn plural(number: usize, word: &str) -> String {
    if number == 1 { word.to_owned() } else { format!("{word}s") }
}

/// `1 gap`, `2 gaps`.
pub(crate) fn count(number: usize, word: &str) -> String {
    format!("{number} {}", plural(number, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_numbers_are_said_as_in_a_sentence() {
        let said = |words: &[&str]| joined(words, "or");
        assert_eq!([said(&[]), said(&["a"]), said(&["a", "b"])], ["", "a", "a or b"]);
        assert_eq!(said(&["a", "b", "c"]), "a, b or c");
        assert_eq!(
            [count(0, "gap"), count(1, "gap"), count(2, "gap")],
            ["0 gaps", "1 gap", "2 gaps"]
        );
    }
}
