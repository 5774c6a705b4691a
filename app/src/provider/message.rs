//! One message that waits: correct and send it again, or say whom it is about.

use domain::{Invalid, MessageId, PatientId, patient::Patient};
use leptos::prelude::*;
use registry::{Message, RegistryError};

use super::import::issue_list;
use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, TextArea},
};

fn draw(mut call: Call, message: Message, people: Vec<Patient>) -> Page {
    let words = call.words;
    call.form.prefill("text", message.content.replace('\r', "\n"));
    let form = call.form;
    Page::new(words.message_title(), move || {
        let body = if message.state == "waiting" {
            let mut choices: Vec<_> = people.iter().map(|person| (person.id.to_string(), person.name.to_string(), format!("{}, {}", words.date(person.born.date()), person.address.city))).collect();
            choices.push(("new".to_owned(), words.message_new_person().to_owned(), String::new()));
            ui::form("", view! { {ui::radios(&form, "person", words.message_who(), words.message_who_hint(), &choices)}{ui::button(words.message_choose())} })
        } else {
            ui::form("", view! { {TextArea::new("text", words.message_text()).hint(words.message_hint()).rows(14).view(&form)}{ui::button(words.message_send())} })
        };
        view! {
            {ui::back("/provider/import", words.back_import())}
            {ui::error_summary(&form, words)}
            <h1>{words.message_title()}</h1>
            {issue_list(words, &message)}
            {body}
            <h2>{words.message_dismiss_title()}</h2>
            <p>{words.message_dismiss_text()}</p>
            {ui::form("", view! {
                <input type="hidden" name="do" value="dismiss"/>
                {ui::checkbox(&form, "sure", words.message_dismiss_sure())}
                {ui::danger_button(words.message_dismiss())}
            })}
        }
        .into_any()
    })
    .wide()
}

/// `/provider/messages/{message}`
pub async fn page(call: Call) -> Reply {
    let (message, people) = call.registry.waiting_message(&call.caller, call.param("message")?).await?;
    Ok(draw(call, message, people).into())
}

/// Posted there.
pub async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let id: MessageId = call.param("message")?;
    let (message, people) = call.registry.waiting_message(&call.caller, id).await?;
    if call.form.value("do") == "dismiss" {
        if !call.form.ticked("sure") {
            call.form.wrong("sure", words.message_dismiss_missing());
            return Call::again(draw(call, message, people));
        }
        call.registry.dismiss_message(&call.caller, id).await?;
        return Call::go("/provider/import");
    }
    if message.state == "waiting" {
        let chosen = match call.form.value("person") {
            "new" => Some(None),
            other => other.parse::<PatientId>().ok().map(Some),
        };
        return match chosen {
            Some(chosen) => {
                call.registry.choose_person(&call.caller, id, chosen).await?;
                Call::go("/provider/import")
            }
            None => {
                call.form.wrong("person", words.error_choice());
                Call::again(draw(call, message, people))
            }
        };
    }
    let text = call.form.value("text").to_owned();
    let import = if text.trim().is_empty() {
        Err(RegistryError::Invalid("text", Invalid::Choice))
    } else {
        call.registry.resubmit(&call.caller, id, &text).await
    };
    match import {
        Ok(import) => Call::go(format!("/provider/import/{}", import.batch.id.simple())),
        Err(RegistryError::Invalid("text", _)) => {
            call.form.wrong("text", words.message_unchanged());
            Call::again(draw(call, message, people))
        }
        // A table without the columns it needs.
        Err(RegistryError::Invalid(..)) => {
            call.form.wrong("text", words.import_columns_missing());
            Call::again(draw(call, message, people))
        }
        Err(other) => Err(other.into()),
    }
}
