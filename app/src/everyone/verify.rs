//! Anybody checks a certificate by the code printed on it.

use credentials::VerifyCode;
use leptos::prelude::*;
use registry::Verification;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, Field, Tone},
};

fn draw(call: Call, result: Option<Verification>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.verify_title(), move || {
        let answer =
            result.map(|result| view! { <section class="result" role="status">{answer(words, result)}</section> });
        let fields = view! {
            {Field::new("code", words.verify_code()).hint(words.verify_hint()).limit(40).width("half").view(&form)}
            {ui::button(words.verify_button())}
        };
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.verify_title()}</h1>
            <p class="lead">{words.verify_lead()}</p>
            {answer}
            {ui::form("/verify", fields)}
        }
        .into_any()
    })
    .about(words.verify_lead())
}

fn answer(words: words::Words, result: Verification) -> AnyView {
    match result {
        Verification::Unknown => {
            view! { {ui::tag(Tone::Bad, words.verify_unknown())}<p>{words.verify_unknown_text()}</p> }.into_any()
        }
        Verification::Revoked { number, at, replaced } => view! {
            {ui::tag(Tone::Bad, words.verify_revoked())}
            <p>{words.verify_revoked_text(&number, &words.day(at))}</p>
            {replaced.then(|| view! { <p>{words.verify_replaced()}</p> })}
        }
        .into_any(),
        Verification::Valid { number, initials, birth_year, digest, doses, office, issued_at, changed_at } => {
            let rows = vec![
                (words.paper_number().to_owned(), number, None),
                (words.verify_initials().to_owned(), initials, None),
                (words.verify_birth_year().to_owned(), birth_year.to_string(), None),
                (words.verify_doses().to_owned(), doses.to_string(), None),
                (words.verify_digest().to_owned(), digest, None),
                (words.paper_office().to_owned(), office, None),
                (words.paper_issued().to_owned(), words.day(issued_at), None),
            ];
            let (tag, text) = match changed_at {
                Some(at) => (ui::tag(Tone::Waiting, words.verify_changed()), words.verify_changed_text(&words.day(at))),
                None => (ui::tag(Tone::Good, words.verify_valid()), words.verify_valid_text().to_owned()),
            };
            view! { {tag}<p>{text}</p>{ui::summary_list(rows)} }.into_any()
        }
    }
}

/// `/verify`
pub(crate) async fn page(call: Call) -> Reply {
    Ok(draw(call, None).into())
}

/// `/verify/{code}`: where the QR code leads.
pub(crate) async fn scanned(mut call: Call) -> Reply {
    let code = call.params.first().map(|(_, code)| code.clone()).unwrap_or_default();
    call.form.prefill("code", code);
    check(call).await
}

/// Posted to `/verify`.
pub(crate) async fn send(call: Call) -> Reply {
    check(call).await
}

async fn check(mut call: Call) -> Reply {
    let words = call.words;
    let typed = call.form.value("code").to_owned();
    match typed.parse::<VerifyCode>() {
        Err(_) => {
            call.form.wrong("code", words.verify_not_a_code());
            Call::again(draw(call, None))
        }
        Ok(code) => {
            let result = call.registry.verify(&code).await?;
            Ok(draw(call, Some(result)).into())
        }
    }
}

/// Shown when somebody tried too often.
pub fn too_many(call: Call) -> Page {
    let words = call.words;
    Page::new(words.too_many_title(), move || {
        view! { <h1>{words.too_many_title()}</h1><p>{words.too_many_text()}</p> }.into_any()
    })
}
