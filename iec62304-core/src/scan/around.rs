//! The items around a place, while a pass goes through a file from front to back.

use crate::model::outline::{OutlineIndex, OutlineItem};

/// The items around the present place: each item is met once, however deep they nest.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The innermost last.
    items: Vec<OutlineIndex>,
    /// The first item that starts behind the present place.
    next: usize,
}

impl Around {
    /// Goes on to the byte `start`, which stands behind the one before; the innermost item
    /// around it stands last.
    pub(super) fn at(&mut self, items: &[OutlineItem], start: u32) -> &[OutlineIndex] {
        while let Some(item) = items.get(self.next)
            && item.span.start <= start
        {
            self.leave(items, item.span.start);
            self.items.extend(OutlineIndex::try_from(self.next).ok());
            self.next += 1;
        }
        self.leave(items, start);
        &self.items
    }

    /// Forgets the items that end in front of `start`.
    fn leave(&mut self, items: &[OutlineItem], start: u32) {
        while self.items.last().is_some_and(|item| items[*item as usize].span.end <= start) {
            self.items.pop();
        }
    }
}
