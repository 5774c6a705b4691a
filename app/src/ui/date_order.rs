//! Which number of a date is the month: asked once for a file, never guessed.

use domain::date::DateOrder;
use leptos::prelude::*;
use words::{Lang, Words};

use super::radios;
use crate::form::Form;

/// What is usual in a language: offered first, decided by whoever reads the page.
pub fn usual_order(words: Words) -> DateOrder {
    if words.lang() == Lang::Es { DateOrder::DayFirst } else { DateOrder::MonthFirst }
}

/// The question.
pub fn date_order(form: &Form, words: Words) -> AnyView {
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
    radios(form, "order", words.dates_question(), "", &choices)
}
