//! The way from page to page of a long list.

use leptos::prelude::*;
use words::Words;

/// Links to the page before and the next one, and where one is. Nothing for a list of one page.
pub fn pages(words: Words, to: &str, page: i64, pages: i64) -> AnyView {
    if pages < 2 {
        return ().into_any();
    }
    let link = |page: i64, text: &'static str| view! { <a href=format!("{to}?page={page}")>{text}</a> };
    view! {
        <nav class="actions" aria-label=words.pages_label()>
            {(page > 1).then(|| link(page - 1, words.overdue_before()))}
            <span>{words.pages_at(&page.to_string(), &pages.to_string())}</span>
            {(page < pages).then(|| link(page + 1, words.overdue_next()))}
        </nav>
    }
    .into_any()
}
