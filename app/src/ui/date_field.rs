//! A date in three fields: nobody has to guess an order or fight a calendar.

use leptos::prelude::*;
use words::Words;

use super::field::described_by;
use crate::form::Form;

/// Month, day, year, each labelled.
pub fn date_field(
    form: &Form,
    words: Words,
    name: &'static str,
    label: impl Into<String>,
    hint: impl Into<String>,
    birthday: bool,
) -> AnyView {
    let error = form.error(name).map(str::to_owned);
    let hint = hint.into();
    let described = described_by(name, !hint.is_empty(), error.is_some());
    let part = |end: &str, label: &'static str, class: &'static str, limit: u32| {
        let id = format!("{name}-{end}");
        // The summary's link leads to the first of the three.
        let id_attribute = if end == "month" { name.to_owned() } else { id.clone() };
        let complete = match (birthday, end) {
            (true, "month") => "bday-month",
            (true, "day") => "bday-day",
            (true, _) => "bday-year",
            _ => "off",
        };
        view! {
            <div class="date-part">
                <label for=id_attribute.clone()>{label}</label>
                <input class=class id=id_attribute name=id.clone() type="text" inputmode="numeric" maxlength=limit value=form.value(&id).to_owned()
                    autocomplete=complete aria-invalid=error.is_some().then_some("true")/>
            </div>
        }
        .into_any()
    };
    let parts = [
        part("month", words.date_month(), "input tiny", 2),
        part("day", words.date_day(), "input tiny", 2),
        part("year", words.date_year(), "input small", 4),
    ];
    view! {
        <fieldset class="field" class:has-error=error.is_some() aria-describedby=described>
            <legend>{label.into()}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.clone().map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            <div class="date-parts">{parts.into_iter().collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
