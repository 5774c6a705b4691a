//! As what somebody goes on who is known here in more than one way: a nurse who is a mother, a doctor of two offices.

use leptos::prelude::*;
use registry::MyStanding;

use super::sign_in::{home, role_name};
use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    ui,
};

fn draw(call: Call, mine: Vec<MyStanding>) -> Page {
    let words = call.words;
    let mut form = call.form;
    if let Some(now) = mine.iter().find(|mine| mine.chosen) {
        form.prefill("standing", now.id.to_string());
    }
    Page::new(words.standing_title(), move || {
        let choices: Vec<_> = mine
            .iter()
            .map(|mine| {
                let role = role_name(words, mine.standing.role());
                (mine.id.to_string(), role.to_owned(), mine.place.clone())
            })
            .collect();
        view! {
            {ui::error_summary(&form, words)}
            <div class="single">
                <h1 class="visually-hidden">{words.standing_title()}</h1>
                {ui::form("", view! {
                    {ui::radios(&form, "standing", words.standing_title(), words.standing_hint(), &choices)}
                    {ui::button(words.objection_continue())}
                })}
            </div>
        }
        .into_any()
    })
}

/// `/standing`
pub(crate) async fn page(call: Call) -> Reply {
    let mine = call.registry.standings(&call.caller).await?;
    Ok(draw(call, mine).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let token = call.token.clone().ok_or(Failure::SignIn)?;
    match call.form.value("standing").parse() {
        Ok(chosen) => {
            let role = call.registry.choose_standing(&call.caller, &token, chosen).await?;
            call.drop_draft().await?;
            Call::go(home(role))
        }
        Err(_) => {
            call.form.wrong("standing", call.words.error_choice());
            let mine = call.registry.standings(&call.caller).await?;
            Call::again(draw(call, mine))
        }
    }
}
