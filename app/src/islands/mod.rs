//! What wakes up in the browser. Each is small, and its page works without it; they carry neither texts nor data.

pub mod picture_touch;
pub mod row_search;
pub mod vaccine_picker;

pub use picture_touch::PictureTouch;
pub use row_search::RowSearch;
pub use vaccine_picker::VaccineSearch;

/// Does a text hold every word that was typed? Neither case nor accents matter: "jose" finds José.
#[cfg(feature = "hydrate")]
fn holds(text: &str, typed: &str) -> bool {
    let (text, typed) = (plain(text), plain(typed));
    typed.split_whitespace().all(|word| text.contains(word))
}

/// Does each word that was typed begin a word of a text? "complete" is not in "incomplete".
#[cfg(feature = "hydrate")]
fn begins(text: &str, typed: &str) -> bool {
    let (text, typed) = (plain(text), plain(typed));
    let begins = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|letter| !letter.is_alphanumeric())
        })
    };
    typed.split_whitespace().all(begins)
}

/// Small letters without their accents, and names without their apostrophes, of whatever kind: "o'brien" and "obrien" find O’Brien. The
/// browser knows letters: its tables need not come along.
#[cfg(feature = "hydrate")]
fn plain(text: &str) -> String {
    let parted: String = leptos::web_sys::js_sys::JsString::from(text).to_lower_case().normalize("NFD").into();
    let is_said = |letter: &char| !matches!(letter, '\u{300}'..='\u{36f}' | '\'' | '‘' | '’' | 'ʼ' | '`');
    parted.chars().filter(is_said).collect()
}
