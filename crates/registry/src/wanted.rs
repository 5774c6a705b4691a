//! Whom somebody looks for, as the store is asked.

use matching::{Wanted, swapped};
use store::SearchKeys;

/// What the store looks somebody up by.
pub(crate) fn keys_of(wanted: &Wanted) -> SearchKeys<'_> {
    let born = wanted.born();
    SearchKeys { last: wanted.last_key(), first: wanted.first_key(), born, swapped: swapped(born).unwrap_or(born) }
}
