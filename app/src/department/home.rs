//! The Department's first page: why somebody looks, and the search. A record opens only with a reason.

use domain::{
    Invalid,
    audit::{LookTask, WhyLook},
};
use leptos::prelude::*;
use registry::SearchHit;

use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    provider::{find, record},
    ui::{self, Field},
};

fn draw(call: Call, hits: Option<Vec<SearchHit>>) -> Page {
    let words = call.words;
    let form = call.form;
    let reason = call.caller.reason.clone();
    Page::new(words.department_title(), move || {
        let results = hits.map(|hits| {
            let rows: Vec<Vec<AnyView>> = hits
                .into_iter()
                .map(|hit| {
                    vec![
                        view! { <a href=format!("/department/people/{}", hit.id)>{hit.name.sorted()}</a> }.into_any(),
                        words.short_date(hit.born.date()).into_any(),
                        hit.city.into_any(),
                    ]
                })
                .collect();
            if rows.is_empty() {
                return view! { <section class="result" role="status"><p>{words.find_none()}</p></section> }.into_any();
            }
            let columns = [words.field_name(), words.field_born(), words.field_city()].map(str::to_owned).to_vec();
            view! { <section class="result" role="status">{ui::captioned(words.find_results(), columns, rows)}</section> }
                .into_any()
        });
        let mut reason_form = form.clone();
        if let Some(why) = WhyLook::read(&reason) {
            reason_form.prefill("reason", why.sentence);
            reason_form.prefill("task", why.task.key());
        }
        let task = |task: &LookTask| (task.key().to_owned(), ui::look_task(words, *task).to_owned(), String::new());
        let tasks: Vec<_> = LookTask::ALL.iter().map(task).collect();
        let search = if reason.is_empty() {
            ui::note(words.department_reason_first())
        } else {
            view! { <h2>{words.find_title()}</h2>{find::search_form(&form, words, "/department")} }.into_any()
        };
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.department_title()}</h1>
            {results}
            {ui::form("/department/reason", view! {
                {ui::radios(&reason_form, "task", words.department_task(), "", &tasks)}
                {Field::new("reason", words.department_reason()).hint(words.department_reason_hint()).limit(200).view(&reason_form)}
                {ui::button(words.department_reason_keep())}
            })}
            {search}
        }
        .into_any()
    })
    .at("/department")
}

/// `/department`
pub(crate) async fn page(mut call: Call) -> Reply {
    let is_kept = !call.caller.reason.is_empty() && call.recall_search("/department").await?;
    let hits = if is_kept { find::search(&mut call).await? } else { None };
    Ok(draw(call, hits).into())
}

/// Posted there: the search.
pub(crate) async fn send(mut call: Call) -> Reply {
    if find::read(&mut call).is_none() {
        return Call::again(draw(call, None));
    }
    call.remember_search("/department", &find::TERMS).await?;
    Call::go("/department?sought=yes")
}

/// Posted to `/department/reason`.
pub(crate) async fn reason(mut call: Call) -> Reply {
    let words = call.words;
    let task = LookTask::from_key(call.form.value("task"));
    if task.is_none() {
        call.form.wrong("task", words.department_task_missing());
    }
    let why = WhyLook::new(task.unwrap_or(LookTask::Disease), call.form.value("reason"));
    if why == Err(Invalid::Missing) {
        call.form.wrong("reason", words.department_reason_missing());
    }
    let why = call.form.accept("reason", words, why).filter(|_| call.form.is_fine());
    match (why, call.token.clone()) {
        (Some(why), Some(token)) => {
            call.registry.give_reason(&call.caller, &token, &why).await?;
            Call::go("/department")
        }
        (None, _) => Call::again(draw(call, None)),
        (_, None) => Err(Failure::SignIn),
    }
}

/// `/department/people/{patient}`
pub(crate) async fn person(call: Call) -> Reply {
    let words = call.words;
    let (record, sharing) = call.registry.whole_record(&call.caller, call.param("patient")?).await?;
    let compliance = call.registry.compliance_of(&record);
    let name = record.person.name.to_string();
    Ok(Page::new(name.clone(), move || {
        let sharing = if sharing.is_blocked() { words.sharing_blocked() } else { words.sharing_open_department() };
        view! {
            {ui::back("/department?sought=yes", words.nav_department())}
            <h1>{name}</h1>
            {record::person(words, &record)}
            <p>{sharing}</p>
            {ui::due(words, &record, advice::Audience::Office)}
            <h2 id="doses">{words.record_doses()}</h2>
            {ui::timeline(words, &record, advice::Audience::Office)}
            {record::doses_by_group(words, &record, None, advice::Audience::Office)}
            {record::evidence_list(words, &record.evidence)}
            {compliance.map(|(facts, compliance)| record::requirement_list(words, &facts, &compliance, record.advice.as_ref(), advice::Audience::Office))}
        }
        .into_any()
    })
    .wide()
    .with_islands()
    .into())
}
