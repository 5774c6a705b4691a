//! Finding a person by name and date of birth. The search is posted and kept in the session: names do not belong into addresses.

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
pub(crate) fn search_form(form: &Form, words: words::Words, action: &str) -> AnyView {
    let fields = view! {
        {Field::new("last", words.field_last()).hint(words.find_last_hint()).limit(80).width("half").view(form)}
        {Field::new("first", words.field_first()).limit(80).width("half").view(form)}
        {ui::date_field(form, words, "born", words.field_born(), words.date_hint(), false)}
        {ui::button(words.find_button())}
    };
    ui::form(action, fields)
}

/// Reads the fields; what is wrong is noted in the form.
pub(crate) fn read(call: &mut Call) -> Option<(String, String, chrono::NaiveDate)> {
    let words = call.words;
    let last = domain::text::required(call.form.value("last"), 80);
    let last = call.form.accept("last", words, last);
    let first = domain::text::line(call.form.value("first"), 80);
    let first = call.form.accept("first", words, first);
    let born = call.form.date("born", words, call.registry.today());
    Some((last?, first?.unwrap_or_default(), born?))
}

/// The people who could be meant, or `None` when something typed is wrong.
pub(crate) async fn search(call: &mut Call) -> Result<Option<Vec<SearchHit>>, crate::answer::Failure> {
    match read(call) {
        Some((last, first, born)) => Ok(Some(call.registry.search(&call.caller, &last, &first, born).await?)),
        None => Ok(None),
    }
}

fn draw(call: Call, hits: Option<Vec<SearchHit>>, waiting: i64) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.find_title(), move || {
        let has_first = !form.value("first").trim().is_empty();
        let result = hits.map(|hits| results(words, hits, has_first));
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

fn results(words: words::Words, hits: Vec<SearchHit>, has_first: bool) -> AnyView {
    let new = ui::button_link("/provider/people/new", words.find_new());
    if hits.is_empty() {
        // A last name alone finds only who has no other: not everybody of that name and day.
        let first = (!has_first).then(|| view! { <p><strong>{words.find_without_first()}</strong></p> });
        return view! { <section class="result" role="status"><h2>{words.find_none()}</h2>{first}<p>{words.find_none_text()}</p><p class="actions">{new}<a href="/provider">{words.find_again()}</a></p></section> }.into_any();
    }
    let rows = hits
        .into_iter()
        .map(|hit| {
            let sure = if hit.likeness == Likeness::Same {
                ui::tag(Tone::Good, words.find_same())
            } else {
                ui::tag(Tone::Waiting, words.find_close())
            };
            let open = if let Some(chart) = hit.chart {
                view! { <a href=format!("/provider/people/{chart}")>{words.find_open()}</a> }.into_any()
            } else {
                let take = view! { <button class="link-button" type="submit">{words.find_take()}</button> }.into_any();
                ui::button_form(&format!("/provider/care/{}", hit.id), take)
            };
            vec![
                hit.name.sorted().into_any(),
                words.short_date(hit.born.date()).into_any(),
                hit.city.into_any(),
                sure,
                open,
            ]
        })
        .collect();
    let columns = [words.field_name(), words.field_born(), words.field_city(), words.find_sure(), words.find_next()]
        .map(str::to_owned)
        .to_vec();
    view! {
        <section class="result" role="status">
            {ui::captioned(words.find_results(), columns, rows)}
            <p class="hint">{words.find_take_hint()}</p>
            <p class="actions"><a href="/provider/people/new">{words.find_new()}</a><a href="/provider">{words.find_again()}</a></p>
        </section>
    }
    .into_any()
}

/// What a search is made of.
pub(crate) const TERMS: [&str; 5] = ["last", "first", "born-month", "born-day", "born-year"];

/// `/provider`: with what was searched for in this session, and found, for whoever comes from there.
pub(crate) async fn page(mut call: Call) -> Reply {
    let waiting = call.registry.requests_waiting(&call.caller).await?;
    let hits = if call.recall_search("/provider").await? { search(&mut call).await? } else { None };
    Ok(draw(call, hits, waiting).into())
}

/// Posted there: the search is kept, and the page asked for again shows what is found.
pub(crate) async fn send(mut call: Call) -> Reply {
    if read(&mut call).is_none() {
        let waiting = call.registry.requests_waiting(&call.caller).await?;
        return Call::again(draw(call, None, waiting));
    }
    call.remember_search("/provider", &TERMS).await?;
    Call::go("/provider?sought=yes")
}

/// Posted to `/provider/care/{patient}`.
pub(crate) async fn take_into_care(call: Call) -> Reply {
    let chart = call.registry.take_into_care(&call.caller, call.param("patient")?).await?;
    Call::go(format!("/provider/people/{chart}"))
}
