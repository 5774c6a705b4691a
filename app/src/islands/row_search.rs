//! A long table, searchable: a nurse with eight hundred students finds one by a part of the name, the class or the status. Without a
//! script the browser's own search does it.

use leptos::prelude::*;

/// A search field that narrows the table that comes right after the element of class `searched` it stands in. Hidden until it is awake:
/// without a script it would do nothing.
#[island]
pub fn RowSearch(label: String, matches: String) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (found, set_found) = signal(String::new());
    Effect::new(move |_| set_awake.set(true));
    let search = move |event| set_found.set(narrow(&event_target_value(&event), &matches));
    // What was left out of a list stays out of its print: what it was searched for, and how many are in it, is printed too.
    view! {
        <div class="picker-search" hidden=move || !awake.get()>
            <label class="no-print" for="row-search">{label}</label>
            <input class="input half no-print" id="row-search" type="search" autocomplete="off" on:input=search/>
            <p class="hint" aria-live="polite">{found}</p>
        </div>
    }
}

/// Hides the rows that do not hold every word; says how many are left.
#[cfg(feature = "hydrate")]
fn narrow(wanted: &str, matches: &str) -> String {
    use leptos::wasm_bindgen::JsCast;
    let Ok(rows) = document().query_selector_all(".searched + table tbody tr") else { return String::new() };
    let mut left = 0;
    for at in 0..rows.length() {
        let Some(row) = rows.item(at).map(JsCast::unchecked_into::<web_sys::HtmlElement>) else { continue };
        let fits = super::begins(&cells(&row), wanted);
        row.set_hidden(!fits);
        left += u32::from(fits);
    }
    if wanted.trim().is_empty() {
        String::new()
    } else {
        matches.replace("{n}", &left.to_string()).replace("{typed}", wanted.trim())
    }
}

/// What stands in a row, its cells apart.
#[cfg(feature = "hydrate")]
fn cells(row: &web_sys::Element) -> String {
    let cells = row.children();
    let cells = (0..cells.length()).filter_map(|at| cells.item(at)?.text_content());
    cells.collect::<Vec<_>>().join(" ")
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
fn narrow(_wanted: &str, _matches: &str) -> String {
    String::new()
}
