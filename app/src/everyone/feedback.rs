//! What people say about the portal: no personal data, and a warning when there seems to be some.

use domain::text::{Line, Paragraph};
use leptos::prelude::*;
use words::Words;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, TextArea},
};

fn draw(call: Call, sent: bool) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.feedback_title(), move || {
        if sent {
            return view! { <h1>{words.feedback_thanks()}</h1><p>{words.feedback_thanks_text()}</p>{ui::button_link("/", words.to_start())} }.into_any();
        }
        let topics = ["page", "words", "missing", "praise"].map(|key| {
            (key.to_owned(), topic_name(words, key).to_owned(), String::new())
        });
        let suspicious = form.error("message").is_some() && looks_personal(form.value("message"));
        let fields = view! {
            {ui::radios(&form, "topic", words.feedback_topic(), "", &topics)}
            {TextArea::new("message", words.feedback_message()).hint(words.feedback_hint()).view(&form)}
            {suspicious.then(|| ui::checkbox(&form, "sure", words.feedback_sure()))}
            {ui::button(words.feedback_send())}
        };
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.feedback_title()}</h1>
            <p class="lead">{words.feedback_lead()}</p>
            {ui::warning(words.warning(), words.feedback_no_personal())}
            {ui::form("", fields)}
        }
        .into_any()
    })
    .about(words.feedback_lead())
}

/// What a message is about.
pub(crate) fn topic_name(words: Words, key: &str) -> &str {
    match key {
        "page" => words.feedback_topic_page(),
        "words" => words.feedback_topic_words(),
        "missing" => words.feedback_topic_missing(),
        "praise" => words.feedback_topic_praise(),
        other => other,
    }
}

/// `/feedback`
pub(crate) async fn page(call: Call) -> Reply {
    let sent = call.query("sent") == "yes";
    Ok(draw(call, sent).into())
}

/// Posted to `/feedback`.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let message = Paragraph::<2000>::new(call.form.value("message"));
    let message = call.form.accept("message", words, message);
    let topic = call.form.accept("topic", words, Line::new(call.form.value("topic")));
    if message.as_ref().is_some_and(|message| looks_personal(message)) && !call.form.ticked("sure") {
        call.form.wrong("message", words.feedback_personal());
    }
    let (Some(message), Some(topic), true) = (message, topic, call.form.is_fine()) else {
        return Call::again(draw(call, false));
    };
    call.registry.give_feedback(&topic, &message, words.lang().code()).await?;
    Call::go("/feedback?sent=yes")
}

/// Digits that could be a birth date, a telephone or a record number, or an email address.
fn looks_personal(text: &str) -> bool {
    let digits = text
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | '(' | ')')))
        .any(|run| run.chars().filter(char::is_ascii_digit).count() >= 6);
    let address = text.split_whitespace().any(|word| word.contains('@') && word.contains('.'));
    digits || address
}

#[cfg(test)]
mod tests {
    use super::looks_personal;

    #[test]
    fn birth_dates_telephones_and_addresses_are_noticed() {
        for text in ["born 03/10/2021", "call (617) 555-0101", "mia@example.org please", "record 123456"] {
            assert!(looks_personal(text), "{text}");
        }
        for text in ["The page took 20 seconds.", "I like it 100 %", "Question 3 is hard"] {
            assert!(!looks_personal(text), "{text}");
        }
    }
}
