//! Long lists: the way from page to page, and what they are looked through with.

use leptos::prelude::*;
use registry::Paged;
use words::Words;

use super::{Field, buttons};
use crate::form::Form;

/// Links to the page before and the next one, and where one is. Nothing for a list of one page. `name`: what the address calls the
/// page's number. What is sought in a list stays sought on its other pages.
pub fn pages<T>(words: Words, to: &str, name: &str, list: &Paged<T>, form: &Form) -> AnyView {
    let Paged { page, pages, .. } = *list;
    if pages < 2 {
        return ().into_any();
    }
    let sought = if form.value("sought").is_empty() { "" } else { "&sought=yes" };
    let link = |page: i64, text: &'static str| view! { <a href=format!("{to}?{name}={page}{sought}")>{text}</a> };
    view! {
        <nav class="actions" aria-label=words.pages_label()>
            {(page > 1).then(|| link(page - 1, words.overdue_before()))}
            <span>{words.pages_at(&page.to_string(), &pages.to_string())}</span>
            {(page < pages).then(|| link(page + 1, words.overdue_next()))}
        </nav>
    }
    .into_any()
}

/// The search of a long list: shown where there is more than a page, or something is sought. It is posted to `to`, so that no name
/// stands in an address.
pub fn seek<T>(words: Words, form: &Form, to: &str, label: &'static str, list: &Paged<T>) -> AnyView {
    let is_sought = !form.value("sought").is_empty();
    if list.pages < 2 && !is_sought {
        return ().into_any();
    }
    let everything = is_sought.then(|| {
        let button = view! { <input type="hidden" name="sought" value=""/><button type="submit" class="button quiet">{words.seek_everything()}</button> };
        view! { <p role="status">{words.seek_found(list.all)}</p>{buttons::button_form(to, button.into_any())} }
    });
    let field = view! { {Field::new("sought", label).limit(80).width("half").view(form)}<button type="submit" class="button quiet">{words.find_button()}</button> };
    view! { <div class="seek">{buttons::form(to, field)}{everything}</div> }.into_any()
}
