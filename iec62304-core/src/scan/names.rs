//! The names of our attributes and of `tags!`, as they are and as a project renames them.

use crate::model::code::TagKind;
use crate::model::outline::Rename;

/// The name of the macro that tags a module.
pub(super) const TAGS: &str = "tags";

const KINDS: [TagKind; 4] =
    [TagKind::Requirement, TagKind::RiskControl, TagKind::SoftwareUnit, TagKind::Verifies];

/// Our names and their aliases.
#[derive(Clone, Debug)]
pub(super) struct Names {
    aliases: Vec<Rename>,
    /// A bit for each length, in bytes, that a name has; lengths above 63 share the last.
    lengths: u64,
}

impl Names {
    /// Our own names, and these aliases.
    pub(super) fn new(aliases: Vec<Rename>) -> Self {
        let own = KINDS.iter().map(|kind| kind.word()).chain([TAGS]);
        let all = own.chain(aliases.iter().map(|rename| rename.alias.as_str()));
        let lengths = all.fold(0, |lengths, name| lengths | bit(name.len()));
        Self { aliases, lengths }
    }

    /// Whether a word of this length can be one of the names.
    pub(super) fn may_be(&self, length: usize) -> bool {
        self.lengths & bit(length) != 0
    }

    /// Whether a word is one of the names, `tags` included.
    pub(super) fn is_one(&self, word: &str) -> bool {
        self.kind(word).is_some() || self.is_tags(word)
    }

    /// What the attribute of this name says.
    pub(super) fn kind(&self, word: &str) -> Option<TagKind> {
        kind_of(self.own_name(word))
    }

    /// Whether this is the macro that tags a module.
    pub(super) fn is_tags(&self, word: &str) -> bool {
        self.own_name(word) == TAGS
    }

    /// Our own name, if the word is one or stands for one.
    pub(super) fn own(&self, word: &str) -> Option<&'static str> {
        own(self.own_name(word))
    }

    fn own_name<'w>(&self, word: &'w str) -> &'w str {
        let alias = self.aliases.iter().find(|rename| rename.alias == word);
        alias.map_or(word, |rename| rename.name)
    }
}

fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// What the attribute of this name says, under its own name.
pub(super) fn kind_of(word: &str) -> Option<TagKind> {
    KINDS.into_iter().find(|kind| kind.word() == word)
}

/// Our own name, if the word is one.
fn own(word: &str) -> Option<&'static str> {
    kind_of(word).map(TagKind::word).or((word == TAGS).then_some(TAGS))
}

/// The name of an attribute that comes nearest to a word, if any is near.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let near = KINDS.iter().map(|kind| kind.word());
    let near = near.map(|name| (strsim::osa_distance(name, &word.to_lowercase()), name));
    near.filter(|(distance, _)| *distance <= 3).min().map(|(_, name)| name)
}
