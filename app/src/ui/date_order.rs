//! Which number of a date is the month: asked once for a file, never guessed.

use domain::date::DateOrder;
use leptos::prelude::*;
use words::Words;

use super::radios;
use crate::form::Form;

pub use advice::check::usual_order;

/// The question.
pub fn date_order(form: &Form, words: Words, question: &str) -> AnyView {
    let choices = [
        (
            DateOrder::MonthFirst.key().to_owned(),
            words.dates_month_first().to_owned(),
            words.dates_month_first_hint().to_owned(),
        ),
        (
            DateOrder::DayFirst.key().to_owned(),
            words.dates_day_first().to_owned(),
            words.dates_day_first_hint().to_owned(),
        ),
    ];
    radios(form, "order", question, "", &choices)
}
