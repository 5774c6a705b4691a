//! Long lists, a page at a time.

use matching::sought_words;
use store::{Part, Sought};

/// Lines on a page.
const PAGE: i64 = 50;

/// A page of a long list, with how long it is.
#[derive(Debug, Clone)]
pub struct Paged<T> {
    /// What is on the page.
    pub lines: Vec<T>,
    /// How many lines the whole list has.
    pub all: i64,
    /// Which page it is, from 1.
    pub page: i64,
    /// How many there are, at least 1.
    pub pages: i64,
}

/// A page before its lines are read: a number beyond the last one means the last one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    all: i64,
    page: i64,
    pages: i64,
}

impl Place {
    pub(crate) fn new(page: i64, all: i64) -> Self {
        let pages = ((all + PAGE - 1) / PAGE).max(1);
        Self { all, page: page.clamp(1, pages), pages }
    }

    /// What to read.
    pub(crate) fn part(self) -> Part {
        Part { most: PAGE, skip: (self.page - 1) * PAGE }
    }

    /// Of a list that is there whole.
    pub(crate) fn cut<T>(self, all: Vec<T>) -> Paged<T> {
        let skip = usize::try_from((self.page - 1) * PAGE).unwrap_or(0);
        self.of(all.into_iter().skip(skip).take(usize::try_from(PAGE).unwrap_or(0)).collect())
    }

    pub(crate) fn of<T>(self, lines: Vec<T>) -> Paged<T> {
        Paged { lines, all: self.all, page: self.page, pages: self.pages }
    }
}

/// What somebody typed, as it is sought: every line if nothing.
pub(crate) fn sought(typed: &str) -> Sought {
    if typed.trim().is_empty() { Sought::all() } else { Sought::words(&sought_words(typed)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_on_exactly_one_page() {
        for all in [0, 1, PAGE - 1, PAGE, PAGE + 1, 10 * PAGE] {
            let pages = Place::new(1, all).pages;
            let seen: Vec<i64> = (1..=pages)
                .flat_map(|page| {
                    let part = Place::new(page, all).part();
                    part.skip..(part.skip + part.most).min(all)
                })
                .collect();
            assert_eq!(seen, (0..all).collect::<Vec<_>>());
        }
        assert_eq!(Place::new(99, 10).page, 1);
        assert_eq!(Place::new(-5, 1_000).page, 1);
    }
}
