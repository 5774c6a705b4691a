//! What is wrong, at the top of the page, each with a link to its field.

use leptos::prelude::*;
use words::Words;

use crate::form::Form;

/// Nothing when nothing is wrong.
pub fn error_summary(form: &Form, words: Words) -> AnyView {
    if form.is_fine() {
        return ().into_any();
    }
    let items = form
        .errors()
        .iter()
        .cloned()
        .map(|(name, message)| view! { <li><a href=format!("#{name}")>{message}</a></li> })
        .collect_view();
    view! {
        <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" autofocus=true>
            <h2 id="error-summary-title">{words.error_summary()}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}
