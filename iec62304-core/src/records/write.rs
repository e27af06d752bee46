//! Records written to a file: new ones behind those that are there, and no byte of these
//! changed.

use std::fmt::Write;

/// A file with records added at its end, in the file's own line breaks, and every byte
/// before them as it was.
///
/// # Errors
///
/// When the file is no TOML, or the records cannot stand behind what is in it; the text
/// says why.
pub fn with_records(file: &str, records: &str) -> Result<String, String> {
    let parse = |text: &str| {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        toml::de::DeTable::parse(text).map(|_| ()).map_err(|error| error.message().to_owned())
    };
    parse(file).map_err(|error| format!("it is no TOML: {error}"))?;
    let breaks = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = file.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(breaks);
    }
    let records = if text.trim_start_matches('\u{feff}').is_empty() {
        records.trim_start_matches('\n')
    } else {
        records
    };
    text.push_str(&records.replace('\n', breaks));
    parse(&text).map_err(|error| format!("the new records cannot stand in it: {error}"))?;
    Ok(text)
}

/// An id as the key of a TOML table.
pub fn table_key(id: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if !id.is_empty() && id.chars().all(is_bare) { id.to_owned() } else { quoted(id) }
}

/// A TOML string.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(control)).expect("a string takes all");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use iec62304_macros::requirement;

    use super::*;

    #[test]
    #[requirement("TOOL-17")]
    fn what_stands_in_a_file_stays_byte_for_byte() {
        let check = |file: &str, expected: &str| {
            assert_eq!(with_records(file, "\n[soup.b]\nversion = \"1\"\n").unwrap(), expected);
        };
        check("", "[soup.b]\nversion = \"1\"\n");
        check("# mine\n[soup.a]", "# mine\n[soup.a]\n\n[soup.b]\nversion = \"1\"\n");
        check("[soup.a]\r\n", "[soup.a]\r\n\r\n[soup.b]\r\nversion = \"1\"\r\n");
        check("\u{feff}schema = 1\n", "\u{feff}schema = 1\n\n[soup.b]\nversion = \"1\"\n");
    }

    #[test]
    fn a_file_that_cannot_take_records_is_refused() {
        let add = |file: &str| with_records(file, "\n[soup.b]\n").unwrap_err();
        assert!(add("[soup").starts_with("it is no TOML"));
        assert!(add("soup = {}\n").starts_with("the new records cannot stand in it"));
        assert!(add("[soup.b]\n").starts_with("the new records cannot stand in it"));
    }

    #[test]
    fn every_id_can_be_a_key() {
        assert_eq!(table_key("SRS-1"), "SRS-1");
        assert_eq!(table_key("ring@0.8.0"), "\"ring@0.8.0\"");
        assert_eq!(table_key("a\"b\\c\u{7f}"), "\"a\\\"b\\\\c\\u007F\"");
    }
}
