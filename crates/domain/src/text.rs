//! Plain lines of text from outside: trimmed, bounded, without control characters.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::Invalid;

/// One line of at most `MOST` characters, as [`line`] takes it; it may be empty. Whoever has one need not look at it again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Line<const MOST: usize>(String);

impl<const MOST: usize> Line<MOST> {
    /// Takes what was typed or sent.
    ///
    /// # Errors
    /// As [`line`].
    pub fn new(text: &str) -> Result<Self, Invalid> {
        line(text, MOST).map(|text| Self(text.unwrap_or_default()))
    }

    /// What the store kept: it was looked at when it came.
    pub const fn stored(text: String) -> Self {
        Self(text)
    }
}

/// As [`Line`], of something that has to be said: a reason, a signature. It is never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filled<const MOST: usize>(String);

/// Why something was done: kept with it.
pub type Reason = Filled<300>;

impl<const MOST: usize> Filled<MOST> {
    /// Takes what was typed or sent.
    ///
    /// # Errors
    /// As [`required`].
    pub fn new(text: &str) -> Result<Self, Invalid> {
        required(text, MOST).map(Self)
    }
}

/// Several lines of at most `MOST` characters, as [`paragraph`] takes them, with something in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<const MOST: usize>(String);

impl<const MOST: usize> Paragraph<MOST> {
    /// Takes what was typed.
    ///
    /// # Errors
    /// As [`paragraph`], and [`Invalid::Missing`] for nothing.
    pub fn new(text: &str) -> Result<Self, Invalid> {
        paragraph(text, MOST)?.map(Self).ok_or(Invalid::Missing)
    }
}

macro_rules! reads_as_text {
    ($($name:ident),+) => {
        $(
            impl<const MOST: usize> Deref for $name<MOST> {
                type Target = str;

                fn deref(&self) -> &str {
                    &self.0
                }
            }

            impl<const MOST: usize> fmt::Display for $name<MOST> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(self)
                }
            }
        )+
    };
}

reads_as_text!(Line, Filled, Paragraph);

/// Takes one line of free text of at most `limit` characters; an empty one is `None`. Characters nobody sees are left out: two
/// texts that look the same are the same.
///
/// # Errors
/// [`Invalid::TooLong`] over the limit, [`Invalid::Character`] for control characters and bidirectional overrides,
/// which can make a name read as another one.
pub fn line(text: &str, limit: usize) -> Result<Option<String>, Invalid> {
    let text: String = text.chars().filter(|letter| !is_unseen(*letter)).nfc().collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > limit {
        return Err(Invalid::TooLong);
    }
    if text.chars().any(is_unsafe) {
        return Err(Invalid::Character);
    }
    Ok(Some(text))
}

/// As [`line`], where something must be given.
///
/// # Errors
/// As [`line`], and [`Invalid::Missing`] for nothing.
pub fn required(text: &str, limit: usize) -> Result<String, Invalid> {
    line(text, limit)?.ok_or(Invalid::Missing)
}

/// Takes several lines of free text of at most `limit` characters; line breaks become `\n`.
///
/// # Errors
/// As [`line`].
pub fn paragraph(text: &str, limit: usize) -> Result<Option<String>, Invalid> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|letter| !is_unseen(*letter)).nfc().collect();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.chars().count() > limit {
        return Err(Invalid::TooLong);
    }
    if text.chars().any(|character| character != '\n' && character != '\t' && is_unsafe(character)) {
        return Err(Invalid::Character);
    }
    Ok(Some(text.to_owned()))
}

/// Takes no room and has no meaning by itself: zero-width spaces and joiners, direction marks, soft hyphens, byte order marks,
/// fillers, variation selectors, tags.
pub fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Can make a text read as another one, or is none.
fn is_unsafe(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_letters_nobody_sees_is_the_name_one_sees() {
        for text in
            ["Sari\u{200c}", "\u{200e}Sari", "Sa\u{ad}ri", "\u{feff}Sari\u{2060}", "S\u{200b}a\u{34f}r\u{fe0f}i"]
        {
            assert_eq!(line(text, 10), Ok(Some("Sari".into())), "{text:?}");
        }
        assert_eq!(line("\u{200b}\u{feff}", 10), Ok(None));
        assert_eq!(line("a\u{202e}b", 10), Err(Invalid::Character));
    }

    #[test]
    fn what_has_to_be_said_is_never_empty_and_never_longer_than_its_place() {
        for empty in ["", "  ", "\u{200b}", "\n"] {
            assert_eq!(Filled::<5>::new(empty), Err(Invalid::Missing), "{empty:?}");
            assert_eq!(Paragraph::<5>::new(empty), Err(Invalid::Missing), "{empty:?}");
            assert_eq!(Line::<5>::new(empty).as_deref(), Ok(""), "{empty:?}");
        }
        assert_eq!(Filled::<5>::new(" why? ").as_deref(), Ok("why?"));
        assert_eq!(Filled::<5>::new("longer"), Err(Invalid::TooLong));
        assert_eq!(Paragraph::<5>::new("a\r\nb").as_deref(), Ok("a\nb"));
        assert_eq!(Paragraph::<5>::new("longer"), Err(Invalid::TooLong));
    }
}
