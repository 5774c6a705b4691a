//! Is this the same person? Keys to look people up by, and how alike two people are.
//!
//! Pure: the store finds candidates by key, this crate ranks them. Finer matching of imported people comes on top.

mod key;
mod rank;

pub use key::{name_key, number_key, sound_key};
pub use rank::{Candidate, Likeness, Wanted, likeness, swapped};
