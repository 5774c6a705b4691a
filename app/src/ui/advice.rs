//! What the schedule says of a record: the lists and the picture come from `advice`, which draws them in the browser as well.

use advice::{Audience, html};
use leptos::prelude::*;
use registry::Record;
use words::Words;

/// What is due, when and why, with its heading. Nothing for a part of a record.
pub fn due(words: Words, record: &Record, audience: Audience) -> AnyView {
    let Some(advice) = &record.advice else { return ().into_any() };
    let list = html::due_list(words, advice, audience);
    view! { <h2 id="due">{words.advice_title()}</h2><div inner_html=list></div> }.into_any()
}

/// The picture of a record. Nothing for a part of one.
pub fn timeline(words: Words, record: &Record, audience: Audience) -> AnyView {
    let Some(advice) = &record.advice else { return ().into_any() };
    let picture = advice::timeline(words, advice, &record.asked().doses, audience);
    view! { <div inner_html=picture></div> }.into_any()
}

/// What a dose does not count for, of one group of the record.
pub fn dose_notes(words: Words, record: &Record, dose: usize, group: domain::code::VaccineGroup) -> AnyView {
    let (Some(advice), Some(given)) = (&record.advice, record.doses.get(dose).map(|dose| dose.given_on)) else {
        return ().into_any();
    };
    let notes: String = advice.notes_of(dose, group).map(|note| html::note(words, advice, note, given)).collect();
    if notes.is_empty() {
        return ().into_any();
    }
    view! { <div inner_html=notes></div> }.into_any()
}
