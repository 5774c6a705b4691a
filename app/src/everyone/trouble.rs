//! Pages for when something is not as expected: each says what happened and what to do next.

use leptos::prelude::*;
use words::Words;

use crate::{
    answer::{Failure, Page},
    ui,
};

/// The page of a failure.
pub fn page(words: Words, failure: Failure) -> Page {
    let (title, text, next) = match failure {
        Failure::NotFound | Failure::SignIn => {
            (words.not_found_title(), words.not_found_text(), words.not_found_next())
        }
        Failure::Conflict => (words.conflict_title(), words.conflict_text(), words.conflict_next()),
        Failure::BadRequest => (words.bad_request_title(), words.bad_request_text(), words.bad_request_next()),
        Failure::Unavailable => (words.unavailable_title(), words.unavailable_text(), words.unavailable_next()),
    };
    simple(title, text, next, words.to_start())
}

/// A file or a form larger than is taken.
pub fn too_large(words: Words) -> Page {
    simple(words.too_large_title(), words.too_large_text(), words.too_large_next(), words.to_start())
}

/// A form drawn for another person or another of their standings.
pub fn other_standing(words: Words) -> Page {
    simple(words.other_standing_title(), words.other_standing_text(), words.other_standing_next(), words.to_start())
}

/// A form that another site sent.
pub fn foreign(words: Words) -> Page {
    simple(words.foreign_title(), words.foreign_text(), words.foreign_next(), words.to_start())
}

fn simple(title: &'static str, text: &'static str, next: &'static str, home: &'static str) -> Page {
    Page::new(title, move || {
        view! { <h1>{title}</h1><p class="lead">{text}</p><p>{next}</p>{ui::button_link("/", home)} }.into_any()
    })
}
