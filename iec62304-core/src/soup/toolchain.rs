//! What the toolchain file pins.

use super::{Stability, Toolchain};
use crate::location::{Location, Span};
use crate::snapshot::{Content, TextFile};

impl Toolchain {
    /// Reads a toolchain file in either of its two formats.
    pub(super) fn read(file: &TextFile) -> Self {
        let channel = channel(file);
        Self {
            at: Some(Location::new(&file.path, Span::default())),
            release: channel.as_deref().and_then(release),
            stability: channel.as_deref().map_or(Stability::Unknown, stability),
            channel,
        }
    }

    /// The newest release that the channel can mean, as three numbers; `None` where the
    /// channel does not say.
    pub fn newest_release(&self) -> Option<[u32; 3]> {
        let (release, _) = split(self.channel.as_deref()?);
        let numbers = numbers(release)?;
        Some([numbers[0], numbers[1], numbers.get(2).copied().unwrap_or(u32::MAX)])
    }
}

/// A channel without what follows its first dash, and that.
fn split(channel: &str) -> (&str, &str) {
    channel.split_once('-').unwrap_or((channel, ""))
}

/// The two or three numbers of a release.
fn numbers(release: &str) -> Option<Vec<u32>> {
    let numbers: Vec<u32> =
        release.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    matches!(numbers.len(), 2 | 3).then_some(numbers)
}

/// The release that a channel pins, as `1.88.0`; none for a channel that moves, and none
/// for what is no release yet.
fn release(channel: &str) -> Option<String> {
    let (release, rest) = split(channel);
    let is_exact = numbers(release).is_some_and(|numbers| numbers.len() == 3);
    (is_exact && !rest.starts_with("beta")).then(|| release.to_owned())
}

/// By the names that rustup gives to channels; a triple at the end changes nothing.
fn stability(channel: &str) -> Stability {
    let (name, rest) = split(channel);
    let is_exact = match numbers(name) {
        Some(numbers) => numbers.len() == 3 && (!rest.starts_with("beta") || is_counted(rest)),
        None if ["stable", "beta", "nightly"].contains(&name) => false,
        None => return Stability::Unknown,
    };
    if is_exact || starts_with_date(rest) { Stability::Fixed } else { Stability::Moves }
}

/// `beta.3`, which is one build, and not `beta`, which is the last one.
fn is_counted(rest: &str) -> bool {
    let number = rest.split('-').next().and_then(|beta| beta.strip_prefix("beta."));
    number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// `2026-01-15`, alone or before a triple.
fn starts_with_date(rest: &str) -> bool {
    let day = rest.get(..10).and_then(|date| date.parse::<jiff::civil::Date>().ok());
    day.is_some() && rest[10..].chars().next().is_none_or(|next| next == '-')
}

/// The channel that a toolchain file names, in either of its two formats.
fn channel(file: &TextFile) -> Option<String> {
    let Content::Bytes(bytes) = &file.content else {
        return None;
    };
    let text = std::str::from_utf8(bytes).ok()?;
    if let Ok(table) = toml::de::DeTable::parse(text) {
        let toolchain = table.get_ref().get("toolchain")?.get_ref().as_table()?;
        return toolchain.get("channel")?.get_ref().as_str().map(str::to_owned);
    }
    let line = text.trim();
    (!line.is_empty() && !line.contains('\n')).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::FilePath;

    fn toolchain(text: &str) -> Toolchain {
        let content = Content::Bytes(text.as_bytes().into());
        Toolchain::read(&TextFile { path: FilePath::new("rust-toolchain"), content })
    }

    #[test]
    fn only_a_whole_release_and_a_dated_channel_stay_what_they_are() {
        use Stability::{Fixed, Moves, Unknown};
        for (channel, stability, release) in [
            ("1.88.0", Fixed, Some("1.88.0")),
            ("1.88.0-x86_64-unknown-linux-gnu", Fixed, Some("1.88.0")),
            ("1.89.0-beta.3", Fixed, None),
            ("1.89.0-beta", Moves, None),
            ("1.88", Moves, None),
            ("1.88-beta.1", Moves, None),
            ("stable", Moves, None),
            ("stable-x86_64-unknown-linux-gnu", Moves, None),
            ("nightly", Moves, None),
            ("nightly-2026-01-15", Fixed, None),
            ("nightly-2026-01-15-x86_64-unknown-linux-gnu", Fixed, None),
            ("nightly-2026-13-15", Moves, None),
            ("esp", Unknown, None),
            ("maker-2026-01-15", Unknown, None),
            ("v1.88.0", Unknown, None),
        ] {
            let found = toolchain(&format!("[toolchain]\nchannel = \"{channel}\"\n"));
            assert_eq!(found.stability, stability, "{channel}");
            assert_eq!(found.release.as_deref(), release, "{channel}");
        }
    }

    #[test]
    fn the_old_format_is_a_line() {
        assert_eq!(toolchain("1.88.0\n").release.as_deref(), Some("1.88.0"));
        assert_eq!(toolchain("").stability, Stability::Unknown);
        assert_eq!(toolchain("[toolchain]\npath = \"/opt/rust\"\n").channel, None);
    }

    #[test]
    fn a_release_without_its_patch_number_may_be_any_patch() {
        assert_eq!(toolchain("1.88").newest_release(), Some([1, 88, u32::MAX]));
        assert_eq!(toolchain("1.88.0-beta.2").newest_release(), Some([1, 88, 0]));
        assert_eq!(toolchain("nightly-2026-01-15").newest_release(), None);
    }
}
