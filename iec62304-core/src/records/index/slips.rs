//! Finds the ids that differ from a given one by one letter, without comparing with all.
//!
//! Two names that differ by one letter, or by two swapped ones, become equal when one
//! letter or none is taken out of each. So every id is filed under all of these forms.

/// Ids by their forms with at most one letter taken out.
#[derive(Clone, Debug)]
pub(super) struct Slips {
    /// Fingerprint of a form, and the id it belongs to; sorted.
    forms: Vec<(u64, usize)>,
}

impl Slips {
    /// Files the ids; each is known by its place in the order given.
    pub(super) fn of<'i>(ids: impl Iterator<Item = &'i str>) -> Self {
        let mut forms: Vec<_> = ids
            .enumerate()
            .flat_map(|(at, id)| forms(id).into_iter().map(move |form| (form, at)))
            .collect();
        forms.sort_unstable();
        Self { forms }
    }

    /// The places of ids that may be close to `id`, in their order.
    pub(super) fn candidates(&self, id: &str) -> Vec<usize> {
        let filed_under = |form: u64| {
            let first = self.forms.partition_point(|(other, _)| *other < form);
            let rest = self.forms[first..].iter();
            rest.take_while(move |(other, _)| *other == form).map(|(_, at)| *at)
        };
        let mut found: Vec<_> = forms(id).into_iter().flat_map(filed_under).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Fingerprints of a name whole and without each of its letters; case does not count.
fn forms(name: &str) -> Vec<u64> {
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    let without = |left_out: usize| {
        let kept = letters.iter().enumerate().filter(move |(at, _)| *at != left_out);
        fingerprint(kept.map(|(_, letter)| *letter))
    };
    (0..=letters.len()).map(without).collect()
}

/// FNV-1a over the letters: the same on every machine.
fn fingerprint(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slip_of_one_letter_finds_its_id() {
        let ids = ["SRS-1", "rate-controller", "Größe", "x"];
        let slips = Slips::of(ids.into_iter());
        for (at, id) in ids.into_iter().enumerate() {
            let letters: Vec<char> = id.chars().collect();
            for place in 0..letters.len() {
                let mut changed = letters.clone();
                changed[place] = 'q';
                let mut shorter = letters.clone();
                shorter.remove(place);
                let mut longer = letters.clone();
                longer.insert(place, 'q');
                let mut swapped = letters.clone();
                swapped.swap(place, (place + 1) % letters.len());
                let neighbours = place + 1 < letters.len();
                for slip in
                    [changed, shorter, longer].into_iter().chain(neighbours.then_some(swapped))
                {
                    let slip = String::from_iter(slip);
                    assert!(slips.candidates(&slip).contains(&at), "{slip}");
                }
            }
        }
    }

    #[test]
    fn other_ids_are_not_looked_at() {
        let slips = Slips::of(["SRS-1", "SRS-2", "SYS-15"].into_iter());
        assert_eq!(slips.candidates("SRS-1"), [0, 1]);
        assert_eq!(slips.candidates("HAZ-1"), [0; 0]);
    }
}
