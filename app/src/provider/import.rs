//! Importing files, and what became of each message.

use domain::Invalid;
use interop::{Issue, What};
use leptos::prelude::*;
use registry::{Batch, ImportKind, Message, RegistryError};
use words::Words;

use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    ui::{self, Field, Tone},
};

/// What is wrong, in words.
pub fn what_words(words: Words, what: What) -> &'static str {
    match what {
        What::NotHl7 => words.import_not_hl7(),
        What::BrokenLine => words.import_broken_line(),
        What::NotVaccination => words.import_not_vaccination(),
        What::OtherVersion => words.import_other_version(),
        What::Missing => words.import_missing(),
        What::NotADate => words.import_not_a_date(),
        What::InTheFuture => words.import_future(),
        What::BeforeBirth => words.import_before_birth(),
        What::NotAName => words.import_not_a_name(),
        What::UnknownVaccine => words.import_unknown_vaccine(),
        What::UnknownCode => words.import_unknown_code(),
        What::TooLong => words.import_too_long(),
        What::Refusal => words.import_refusal(),
        What::NotGiven => words.import_not_given(),
        What::AlreadyOnRecord => words.import_already(),
        What::NothingReported => words.import_nothing_reported(),
        What::OtherOffice => words.import_other_office(),
        What::NothingToChange => words.import_nothing_to_change(),
        What::SeveralPeople => words.import_several(),
    }
}

/// Every issue of a message: the place and the reason.
pub fn issue_list(words: Words, message: &Message) -> AnyView {
    let issues: Vec<Issue> = serde_json::from_value(message.issues.clone()).unwrap_or_default();
    let items = issues
        .into_iter()
        .map(|issue| {
            let at =
                if issue.what == What::BrokenLine { words.import_line(&issue.to_string()) } else { issue.to_string() };
            view! { <li><code>{at}</code>": "{what_words(words, issue.what)}</li> }
        })
        .collect_view();
    view! { <ul class="issues">{items}</ul> }.into_any()
}

fn state_tag(words: Words, state: &str) -> AnyView {
    match state {
        "accepted" | "resolved" => ui::tag(Tone::Good, words.import_accepted()),
        "warned" => ui::tag(Tone::Good, words.import_warned()),
        "waiting" => ui::tag(Tone::Waiting, words.import_waiting()),
        _ => ui::tag(Tone::Bad, words.import_refused()),
    }
}

fn counts(words: Words, batch: &Batch) -> String {
    words.import_counts(
        &batch.accepted.to_string(),
        &batch.warned.to_string(),
        &batch.refused.to_string(),
        &batch.waiting.to_string(),
        &batch.repeated.to_string(),
    )
}

fn draw(call: Call, batches: Vec<Batch>, open: Vec<Message>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.import_title(), move || {
        let fields = view! {
            {Field::new("file", words.import_file()).kind("file").hint(words.import_hint()).accept(".hl7,.txt,.csv,.xlsx").view(&form)}
            {ui::button(words.import_send())}
        };
        let batches = batches
            .iter()
            .map(|batch| {
                let to = format!("/provider/import/{}", batch.id.simple());
                view! { <li><a href=to>{words.day(batch.received_at)}</a>" – "{counts(words, batch)}</li> }
            })
            .collect_view();
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.import_title()}</h1>
            <p>{words.import_lead()}</p>
            {ui::upload_form("", fields)}
            <h2>{words.import_open()}</h2>
            {message_list(words, open)}
            <h2>{words.import_files()}</h2>
            <ul>{batches}</ul>
        }
        .into_any()
    })
    .wide()
}

fn message_list(words: Words, messages: Vec<Message>) -> AnyView {
    if messages.is_empty() {
        return view! { <p>{words.import_nothing_open()}</p> }.into_any();
    }
    let rows = messages
        .into_iter()
        .map(|message| {
            let to = format!("/provider/messages/{}", message.id.simple());
            let act = matches!(message.state.as_str(), "refused" | "waiting")
                .then(|| view! { <a href=to>{words.import_act()}</a> });
            vec![
                format!("{}. {}", message.position, message.control_id).into_any(),
                state_tag(words, &message.state),
                issue_list(words, &message),
                act.into_any(),
            ]
        })
        .collect();
    let columns = [words.import_message(), words.import_result(), words.import_why(), words.import_next()]
        .map(str::to_owned)
        .to_vec();
    ui::captioned(words.import_messages(), columns, rows)
}

/// `/provider/import`
pub async fn page(call: Call) -> Reply {
    let (batches, open) = call.registry.imports(&call.caller).await?;
    Ok(draw(call, batches, open).into())
}

/// Posted there.
pub async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let site = call.caller.actor.signed().and_then(|signed| signed.site).ok_or(Failure::NotFound)?;
    let file = call.form.file("file").map(<[u8]>::to_vec);
    let result = match file {
        None => Err(words.import_no_file()),
        Some(bytes) => {
            let kind = ImportKind::of(&bytes);
            match call.registry.import(&call.caller, site, kind, &bytes, &|_| {}).await {
                Ok(import) => Ok(import.batch.id),
                Err(RegistryError::Invalid(_, Invalid::Missing)) => Err(words.import_no_file()),
                Err(RegistryError::Invalid(_, Invalid::Choice)) => Err(words.import_columns_missing()),
                Err(RegistryError::Invalid(_, Invalid::TooLong)) => Err(words.error_too_long()),
                Err(RegistryError::Invalid(..)) => Err(words.import_not_a_file()),
                Err(other) => return Err(other.into()),
            }
        }
    };
    match result {
        Ok(batch) => Call::go(format!("/provider/import/{}", batch.simple())),
        Err(text) => {
            call.form.wrong("file", text);
            let (batches, open) = call.registry.imports(&call.caller).await?;
            Call::again(draw(call, batches, open))
        }
    }
}

/// `/provider/import/{batch}`
pub async fn result(call: Call) -> Reply {
    let words = call.words;
    let (batch, messages) = call.registry.import_result(&call.caller, call.param("batch")?).await?;
    Ok(Page::new(words.import_result_title(), move || {
        view! {
            {ui::back("/provider/import", words.back_import())}
            <h1>{words.import_result_title()}</h1>
            <p class="lead" role="status">{counts(words, &batch)}</p>
            {message_list(words, messages)}
        }
        .into_any()
    })
    .wide()
    .into())
}
