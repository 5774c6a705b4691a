//! A certificate the office issued: its PDF, and revoking it.

use domain::text;
use leptos::prelude::*;
use registry::Certificate;

use crate::{
    answer::{Page, Reply},
    call::Call,
    family::certificate::facts,
    ui::{self, Field},
};

fn draw(call: Call, certificate: Certificate) -> Page {
    let words = call.words;
    let released = call.query("released") == "yes";
    let form = call.form;
    Page::new(words.paper_certificate_title(), move || {
        let to = format!("/provider/people/{}/certificates/{}", certificate.patient, certificate.id);
        let state = match certificate.revoked_at {
            Some(at) => view! {
                {ui::warning(words.warning(), words.verify_revoked_text(&certificate.statement.number, &words.day(at)))}
                <p>{words.certificate_revoked_reason(&certificate.revoked_reason)}</p>
            }
            .into_any(),
            None => ui::form(
                &to,
                view! {
                    <h2>{words.certificate_revoke_title()}</h2>
                    <p>{words.certificate_revoke_text()}</p>
                    {Field::new("reason", words.dose_reason()).limit(300).view(&form)}
                    {ui::danger_button(words.certificate_revoke())}
                },
            ),
        };
        view! {
            {ui::back(format!("/provider/people/{}", certificate.patient), words.back_record())}
            {ui::error_summary(&form, words)}
            {released.then(|| view! { <div class="note" role="status">{words.certificate_released()}</div> })}
            <h1>{words.paper_certificate_title()}</h1>
            {facts(words, &certificate)}
            {if certificate.is_bare() {
                ui::note(words.certificate_family_only())
            } else {
                view! { <p class="actions">{ui::button_link(format!("{to}/pdf"), words.certificate_download())}</p> }.into_any()
            }}
            {state}
        }
        .into_any()
    })
}

/// `/provider/people/{patient}/certificates/{certificate}`
pub async fn page(call: Call) -> Reply {
    let certificate =
        call.registry.certificate(&call.caller, call.param("patient")?, call.param("certificate")?).await?;
    Ok(draw(call, certificate).into())
}

/// Posted there.
pub async fn revoke(mut call: Call) -> Reply {
    let words = call.words;
    let (patient, id) = (call.param("patient")?, call.param("certificate")?);
    let reason = text::required(call.form.value("reason"), 300);
    match call.form.take("reason", words, reason) {
        Some(reason) => {
            call.registry.revoke(&call.caller, patient, id, &reason).await?;
            Call::go(format!("/provider/people/{patient}/certificates/{id}"))
        }
        None => {
            let certificate = call.registry.certificate(&call.caller, patient, id).await?;
            Call::again(draw(call, certificate))
        }
    }
}
