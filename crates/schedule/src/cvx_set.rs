//! Sets of vaccine codes, asked for every dose of every series: a bit each.

/// Codes below this fit. CDC's own end in the 300s; those from 500 on are of vaccines not given in the U.S.
const CODES: usize = 1_024;

/// A set of CVX codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CvxSet([u64; CODES / 64]);

impl CvxSet {
    /// With nothing in it.
    pub const EMPTY: Self = Self([0; CODES / 64]);

    /// Puts a code in; false for one that is too large to be a code.
    pub fn insert(&mut self, cvx: u16) -> bool {
        let Some(word) = self.0.get_mut(usize::from(cvx) / 64) else { return false };
        *word |= 1 << (cvx % 64);
        true
    }

    /// Is it in?
    pub fn contains(&self, cvx: u16) -> bool {
        self.0.get(usize::from(cvx) / 64).is_some_and(|word| word & (1 << (cvx % 64)) != 0)
    }

    /// Is nothing in it?
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.word(word) | other.word(word)))
    }

    fn word(&self, place: usize) -> u64 {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The codes, in order.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0..u16::try_from(CODES).unwrap_or(u16::MAX)).filter(|cvx| self.contains(*cvx))
    }
}

impl Default for CvxSet {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl FromIterator<u16> for CvxSet {
    fn from_iter<T: IntoIterator<Item = u16>>(codes: T) -> Self {
        let mut set = Self::EMPTY;
        for cvx in codes {
            set.insert(cvx);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set: CvxSet = [3, 64, 510, 1_023].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 64, 510, 1_023]);
        assert!(!set.contains(2) && !set.contains(5_000) && CvxSet::EMPTY.is_empty());
        assert!(!CvxSet::EMPTY.clone().insert(1_024));
    }
}
