//! What people said about the portal.

use leptos::prelude::*;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui,
};

/// `/department/feedback`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let messages = call.registry.feedback(&call.caller).await?;
    Ok(Page::new(words.nav_feedback(), move || {
        let rows: Vec<Vec<AnyView>> = messages
            .into_iter()
            .map(|message| vec![words.day(message.at).into_any(), message.topic.into_any(), message.message.into_any()])
            .collect();
        let columns =
            [words.looked_when(), words.feedback_topic(), words.feedback_message()].map(str::to_owned).to_vec();
        let body = if rows.is_empty() {
            view! { <p>{words.feedback_none()}</p> }.into_any()
        } else {
            ui::table(words.nav_feedback(), columns, rows)
        };
        view! { <h1>{words.nav_feedback()}</h1>{body} }.into_any()
    })
    .into())
}
