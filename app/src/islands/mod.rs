//! What wakes up in the browser. Each is small, and its page works without it.

mod vaccine_picker;

pub use vaccine_picker::VaccineSearch;
