//! Which number of a date is the month: asked once for a file, never guessed.

use advice::check::usual_order;
use domain::date::DateOrder;
use leptos::prelude::*;
use words::Words;

use super::radios;
use crate::form::Form;

/// Fills in what is usual in the language of the page, where something is.
pub fn prefill_order(form: &mut Form, words: Words) {
    if let Some(order) = usual_order(words) {
        form.prefill("order", order.key());
    }
}

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
