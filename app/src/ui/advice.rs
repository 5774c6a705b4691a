//! What the schedule says of a record: the lists and the picture come from `advice`, which draws them in the browser as well.

use advice::{Audience, html};
use domain::{catalogue, code::VaccineGroup};
use leptos::prelude::*;
use registry::Record;
use words::Words;

use crate::islands::PictureTouch;

/// What is due, when and why, with its heading. Nothing for a part of a record.
pub fn due(words: Words, record: &Record, audience: Audience) -> AnyView {
    let Some(advice) = &record.advice else { return ().into_any() };
    let list = html::due_list(words, advice, audience).into_string();
    view! { <h2 id="due">{words.advice_title()}</h2><div inner_html=list></div> }.into_any()
}

/// The picture of a record. Nothing for a part of one.
pub fn timeline(words: Words, record: &Record, audience: Audience) -> AnyView {
    let Some(advice) = &record.advice else { return ().into_any() };
    let picture = advice::timeline(words, advice, &record.asked().doses, audience).into_string();
    view! { <div class="timeline-touch"><div inner_html=picture></div><PictureTouch hint=words.timeline_touch().to_owned()/></div> }.into_any()
}

/// What a dose does not count for, of every group it is for; each named where there are several.
pub fn notes_of_dose(words: Words, record: &Record, dose: usize) -> AnyView {
    let Some(cvx) = record.doses.get(dose).map(|dose| dose.cvx) else { return ().into_any() };
    let groups: Vec<_> =
        VaccineGroup::ALL.iter().copied().filter(|group| catalogue::is_listed_under(cvx, *group)).collect();
    let of_group = |group: &VaccineGroup| {
        let notes = notes(words, record, dose, *group)?;
        let name = (groups.len() > 1).then(|| advice::group_name(words, *group));
        Some(view! { <div class="of-group">{name}<div inner_html=notes></div></div> })
    };
    groups.iter().filter_map(of_group).collect_view().into_any()
}

/// What a dose does not count for, of one group of the record.
pub fn dose_notes(words: Words, record: &Record, dose: usize, group: VaccineGroup) -> AnyView {
    notes(words, record, dose, group).map(|notes| view! { <div inner_html=notes></div> }).into_any()
}

fn notes(words: Words, record: &Record, dose: usize, group: VaccineGroup) -> Option<String> {
    let (advice, given) = (record.advice.as_ref()?, record.doses.get(dose)?.given_on);
    let notes: String =
        advice.notes_of(dose, group).map(|note| html::note(words, advice, note, given).into_string()).collect();
    (!notes.is_empty()).then_some(notes)
}
