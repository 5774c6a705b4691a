//! What wakes up in the browser. Each is small, and its page works without it; they carry neither texts nor data.

pub mod picture_touch;
pub mod row_search;
pub mod vaccine_picker;

pub use picture_touch::PictureTouch;
pub use row_search::RowSearch;
pub use vaccine_picker::VaccineSearch;

/// Does a text hold every word that was typed? Case does not matter.
#[cfg(feature = "hydrate")]
fn holds(text: &str, typed: &str) -> bool {
    let (text, typed) = (text.to_lowercase(), typed.to_lowercase());
    typed.split_whitespace().all(|word| text.contains(word))
}
