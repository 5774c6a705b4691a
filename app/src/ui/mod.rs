//! The design system: one file a component. Plain HTML that works without a script.

mod advice;
mod buttons;
mod choice;
mod date_field;
mod date_order;
mod error_summary;
mod field;
mod layout;
mod notice;
mod pages;
mod sentences;
mod summary_list;
mod table;
mod tag;

pub use self::advice::{dose_notes, due, notes_of_dose, timeline};
pub use ::advice::group_name;
pub use buttons::{Press, back, button, button_form, button_link, danger_button, form, upload_form};
pub use choice::{Searchable, checkbox, checkboxes, radios, searchable, select};
pub use date_field::date_field;
pub use date_order::{date_order, prefill_order};
pub use documents::state_name as state_words;
pub use error_summary::error_summary;
pub use field::{Field, TextArea};
pub use layout::{BY_ITSELF, Frame, SignedIn, encode, shell};
pub use notice::{confirmation, done, note, warning};
pub use pages::{pages, seek};
pub use sentences::{choice_words, gender_name, look_task, purpose_name, request_state, status_name, why_looked};
pub use summary_list::summary_list;
pub use table::{beside, captioned, lines, table};
pub use tag::{Tone, request_tag, status_tag, tag};
