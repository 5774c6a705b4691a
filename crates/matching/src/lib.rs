//! Is this the same person? Keys to look people up by, how alike two people are, and what tells them apart.
//!
//! Pure: the store finds candidates by key, this crate compares them. Finer matching of imported people comes on top.

mod identity;
mod key;
mod number;
mod rank;

pub use identity::{Identity, Verdict, by_name, by_number};
pub use key::{
    KEYS, first_key, is_no_name, is_sought, last_key, name_key, name_keys, number_key, sought_key, sought_words,
    sound_key,
};
pub use number::{is_personal, is_placeholder};
pub use rank::{
    Agreement, Agrees, Candidate, Likeness, Wanted, agreement, likeness, may_be_misspelt, middles_deny, swapped,
};
