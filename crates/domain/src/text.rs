//! Plain lines of text from outside: trimmed, bounded, without control characters.

use unicode_normalization::UnicodeNormalization;

use crate::Invalid;

/// Takes one line of free text of at most `limit` characters; an empty one is `None`.
///
/// # Errors
/// [`Invalid::TooLong`] over the limit, [`Invalid::Character`] for control characters and bidirectional overrides,
/// which can make a name read as another one.
pub fn line(text: &str, limit: usize) -> Result<Option<String>, Invalid> {
    let text: String = text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
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
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
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

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}
