//! What people said about the portal.

use leptos::prelude::*;

use crate::{
    answer::{Page, Reply},
    call::Call,
    everyone::feedback::topic_name,
    ui,
};

/// `/department/feedback`
pub(crate) async fn page(mut call: Call) -> Reply {
    let words = call.words;
    let sought = call.sought("/department/feedback").await?;
    let messages = call.registry.feedback(&call.caller, call.page_number("page"), &sought).await?;
    let form = call.form;
    Ok(Page::new(words.nav_feedback(), move || {
        let seek = ui::seek(words, &form, "/department/feedback", words.feedback_sought(), &messages);
        let pages = ui::pages(words, "/department/feedback", "page", &messages, &form);
        let rows: Vec<Vec<AnyView>> = messages
            .lines
            .into_iter()
            .map(|message| {
                vec![
                    words.day(message.at).into_any(),
                    topic_name(words, &message.topic).to_owned().into_any(),
                    message.message.into_any(),
                ]
            })
            .collect();
        let columns =
            [words.looked_when(), words.feedback_topic(), words.feedback_message()].map(str::to_owned).to_vec();
        let body = if rows.is_empty() {
            form.value("sought").is_empty().then(|| view! { <p>{words.feedback_none()}</p> }).into_any()
        } else {
            ui::table(words.nav_feedback(), columns, rows)
        };
        view! { <h1>{words.nav_feedback()}</h1>{seek}{body}{pages} }.into_any()
    })
    .into())
}

/// Posted there: what is sought in them.
pub(crate) async fn find(call: Call) -> Reply {
    call.seek("/department/feedback").await
}
