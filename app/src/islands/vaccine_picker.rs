//! The list of vaccines, searchable by product, abbreviation or code. Without a script it is a plain list.
//!
//! The list itself is drawn on the server; the island only hides what does not fit. It carries neither texts nor data.

use leptos::prelude::*;

/// A search field that narrows the list with the id `list`. Hidden until it is awake: without a script it would do nothing.
#[island]
pub fn VaccineSearch(label: String, matches: String) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (found, set_found) = signal(String::new());
    Effect::new(move |_| set_awake.set(true));
    let search = move |event| set_found.set(narrow(&event_target_value(&event), &matches));
    // Enter in the search is no wish to send the form.
    let stay = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    view! {
        <div class="picker-search" hidden=move || !awake.get()>
            <label for="vaccine-search">{label}</label>
            <input class="input" id="vaccine-search" type="search" autocomplete="off" on:input=search on:keydown=stay/>
            <p class="hint" aria-live="polite">{found}</p>
        </div>
    }
}

/// Hides the options that do not hold every word; says how many are left.
#[cfg(feature = "hydrate")]
fn narrow(wanted: &str, matches: &str) -> String {
    use leptos::wasm_bindgen::JsCast;
    let list = document().get_element_by_id("cvx").map(JsCast::unchecked_into::<web_sys::HtmlSelectElement>);
    let mut left = 0;
    if let Some(list) = list {
        for at in 0..list.length() {
            let Some(option) = list.item(at).map(JsCast::unchecked_into::<web_sys::HtmlOptionElement>) else {
                continue;
            };
            let known_as = option.get_attribute("data-known-as").unwrap_or_default();
            let fits = option.value().is_empty() || super::holds(&format!("{} {known_as}", option.text()), wanted);
            option.set_hidden(!fits);
            option.set_disabled(!fits);
            left += u32::from(fits && !option.value().is_empty());
        }
    }
    matches.replace("{n}", &left.to_string())
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
fn narrow(_wanted: &str, _matches: &str) -> String {
    String::new()
}
