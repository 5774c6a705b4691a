//! A status in one word, told apart by its shape and word, not by colour alone.

use domain::certificate::RequestState;
use leptos::prelude::*;
use requirements::Status;
use words::Words;

use super::sentences::{request_state, status_name};

/// How a status feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done, fine.
    Good,
    /// Needs work.
    Bad,
    /// Waits.
    Waiting,
    /// Neither.
    Plain,
}

/// A word in a coloured shape.
pub fn tag(tone: Tone, text: impl Into<String>) -> AnyView {
    let (class, sign) = match tone {
        Tone::Good => ("tag good", "✓ "),
        Tone::Bad => ("tag bad", "✗ "),
        Tone::Waiting => ("tag waiting", "… "),
        Tone::Plain => ("tag", ""),
    };
    view! { <strong class=class><span aria-hidden="true">{sign}</span>{text.into()}</strong> }.into_any()
}

/// A student's status.
pub fn status_tag(words: Words, status: Status) -> AnyView {
    let tone = match status {
        Status::Complete | Status::Exempt => Tone::Good,
        Status::InProcess | Status::Provisional => Tone::Waiting,
        Status::Incomplete | Status::ExemptRenewalDue => Tone::Bad,
        Status::NoRecord | Status::NotChecked => Tone::Plain,
    };
    tag(tone, status_name(words, status))
}

/// Where a request stands.
pub fn request_tag(words: Words, state: RequestState) -> AnyView {
    let tone = match state {
        RequestState::Asked => Tone::Waiting,
        RequestState::Returned => Tone::Bad,
        RequestState::Released => Tone::Good,
    };
    tag(tone, request_state(words, state))
}
