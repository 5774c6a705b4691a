//! Finding a person by name and date of birth. The search is posted: names do not belong into addresses.

use leptos::prelude::*;
use matching::Likeness;
use registry::SearchHit;

use crate::{
    answer::{Page, Reply},
    call::Call,
    form::Form,
    ui::{self, Field, Tone},
};

/// The three fields, also used by the Department's search.
pub fn search_form(form: &Form, words: words::Words, action: &str) -> AnyView {
    let fields = view! {
        {Field::new("last", words.field_last()).hint(words.find_last_hint()).limit(80).width("half").view(form)}
        {Field::new("first", words.field_first()).limit(80).width("half").view(form)}
        {ui::date_field(form, words, "born", words.field_born(), words.date_hint(), false)}
        {ui::button(words.find_button())}
    };
    ui::form(action, fields)
}

/// Reads the fields; the people who could be meant, or `None` when something is wrong.
pub async fn search(call: &mut Call) -> Result<Option<Vec<SearchHit>>, crate::answer::Failure> {
    let words = call.words;
    let last = domain::text::required(call.form.value("last"), 80);
    let last = call.form.take("last", words, last);
    let first = domain::text::line(call.form.value("first"), 80);
    let first = call.form.take("first", words, first);
    let born = call.form.date("born", words, call.registry.today());
    match (last, first, born) {
        (Some(last), Some(first), Some(born)) => {
            Ok(Some(call.registry.search(&call.caller, &last, &first.unwrap_or_default(), born).await?))
        }
        _ => Ok(None),
    }
}

fn draw(call: Call, hits: Option<Vec<SearchHit>>, waiting: i64) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.find_title(), move || {
        let result = hits.map(|hits| results(words, hits));
        let queue = (waiting > 0)
            .then(|| ui::note(view! { <a href="/provider/requests">{words.find_requests_wait(waiting)}</a> }));
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.find_title()}</h1>
            {queue}
            {result}
            {search_form(&form, words, "/provider")}
        }
        .into_any()
    })
}

fn results(words: words::Words, hits: Vec<SearchHit>) -> AnyView {
    let new = ui::button_link("/provider/people/new", words.find_new());
    if hits.is_empty() {
        return view! { <section class="result" role="status"><h2>{words.find_none()}</h2><p>{words.find_none_text()}</p>{new}</section> }.into_any();
    }
    let rows = hits
        .into_iter()
        .map(|hit| {
            let sure = if hit.likeness == Likeness::Same { ui::tag(Tone::Good, words.find_same()) } else { ui::tag(Tone::Waiting, words.find_close()) };
            let open = if hit.in_care {
                view! { <a href=format!("/provider/people/{}", hit.id)>{words.find_open()}</a> }.into_any()
            } else {
                view! { <form method="post" action=format!("/provider/people/{}/care", hit.id)><button class="link-button" type="submit">{words.find_take()}</button></form> }.into_any()
            };
            vec![hit.name.sorted().into_any(), words.short_date(hit.born.date()).into_any(), hit.city.into_any(), sure, open]
        })
        .collect();
    let columns = [words.field_name(), words.field_born(), words.field_city(), words.find_sure(), words.find_next()]
        .map(str::to_owned)
        .to_vec();
    view! {
        <section class="result" role="status">
            {ui::captioned(words.find_results(), columns, rows)}
            <p class="hint">{words.find_take_hint()}</p>
            <p><a href="/provider/people/new">{words.find_new()}</a></p>
        </section>
    }
    .into_any()
}

/// `/provider`
pub async fn page(call: Call) -> Reply {
    let waiting = call.registry.requests_waiting(&call.caller).await?;
    Ok(draw(call, None, waiting).into())
}

/// Posted there: the results are the answer.
pub async fn send(mut call: Call) -> Reply {
    match search(&mut call).await? {
        Some(hits) => Ok(draw(call, Some(hits), 0).into()),
        None => Call::again(draw(call, None, 0)),
    }
}

/// Posted to `/provider/people/{patient}/care`.
pub async fn take(call: Call) -> Reply {
    let patient = call.param("patient")?;
    call.registry.take_into_care(&call.caller, patient).await?;
    Call::go(format!("/provider/people/{patient}"))
}
