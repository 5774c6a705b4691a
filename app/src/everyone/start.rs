//! The start page: sends each audience on its way in one press.

use leptos::prelude::*;

use crate::{
    answer::{Page, Reply},
    call::Call,
};

/// `/`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let card = |to: &'static str, title: &'static str, text: &'static str| {
        view! { <li><a class="card" href=to><span class="card-title">{title}</span><span class="card-text">{text}</span></a></li> }.into_any()
    };
    Ok(Page::new(words.start_title(), move || {
        view! {
            <div class="hero">
                <h1>{words.start_heading()}</h1>
                <p class="lead">{words.start_lead()}</p>
            </div>
            <ul class="cards">
                {card("/get-record", words.start_family(), words.start_family_text())}
                {card("/check", words.check_title(), words.check_card())}
                {card("/for-schools", words.start_school(), words.start_school_text())}
                {card("/for-providers", words.start_provider(), words.start_provider_text())}
                {card("/verify", words.start_verify(), words.start_verify_text())}
                {card("/objection", words.start_objection(), words.start_objection_text())}
                {card("/questions", words.start_questions(), words.start_questions_text())}
            </ul>
            <section class="why">
                <h2>{words.start_why()}</h2>
                <p>{words.start_why_text()}</p>
                <p><a href="/about">{words.start_why_more()}</a></p>
            </section>
        }
        .into_any()
    })
    .about(words.start_lead())
    .into())
}
