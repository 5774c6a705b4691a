//! The list of vaccines, searchable by product, abbreviation or code. Without a script it is a plain list.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One vaccine of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// CVX.
    pub value: String,
    /// What is shown: the name and the products.
    pub text: String,
}

/// The words it needs; the browser part carries no texts of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickerWords {
    /// Label of the search field.
    pub search: String,
    /// Label of the list.
    pub label: String,
    /// "{n} vaccines match", `{n}` replaced.
    pub matches: String,
}

/// The list with its search field.
#[island]
pub fn VaccinePicker(choices: Vec<Choice>, chosen: String, words: PickerWords) -> impl IntoView {
    let (wanted, set_wanted) = signal(String::new());
    let (picked, set_picked) = signal(chosen);
    // In the browser only: without a script there would be a field that does nothing.
    let (awake, set_awake) = signal(false);
    Effect::new(move |_| set_awake.set(true));
    let all = StoredValue::new(choices);
    let shown = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        let parts: Vec<&str> = wanted.split_whitespace().collect();
        all.with_value(|all| {
            let fits = |choice: &Choice| {
                let text = choice.text.to_lowercase();
                parts.iter().all(|part| text.contains(part))
            };
            all.iter().filter(|choice| choice.value.is_empty() || fits(choice)).cloned().collect::<Vec<_>>()
        })
    });
    let matches = words.matches.clone();
    let count = move || matches.replace("{n}", &shown.get().iter().filter(|choice| !choice.value.is_empty()).count().to_string());
    view! {
        <div class="picker">
            <div class="picker-search" hidden=move || !awake.get()>
                <label for="vaccine-search">{words.search}</label>
                <input class="input" id="vaccine-search" type="search" autocomplete="off" on:input=move |event| set_wanted.set(event_target_value(&event))/>
                <p class="hint" aria-live="polite">{count}</p>
            </div>
            <label for="cvx">{words.label}</label>
            <select class="input" id="cvx" name="cvx" on:change=move |event| set_picked.set(event_target_value(&event))>
                {move || {
                    let picked = picked.get();
                    shown
                        .get()
                        .into_iter()
                        .map(|choice| {
                            let selected = choice.value == picked;
                            view! { <option value=choice.value selected=selected>{choice.text}</option> }
                        })
                        .collect_view()
                }}
            </select>
        </div>
    }
}
