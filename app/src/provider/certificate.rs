//! A certificate the office issued: its PDF, and revoking it.

use domain::{ChartId, Invalid, text::Reason};
use leptos::prelude::*;
use registry::Certificate;

use crate::{
    answer::{Page, Reply},
    call::Call,
    family::certificate::{facts, paper},
    ui::{self, Field},
};

fn draw(call: Call, chart: ChartId, certificate: Certificate) -> Page {
    let words = call.words;
    let released = call.told() == "released" && certificate.revoked_at.is_none();
    let form = call.form;
    Page::new(words.paper_certificate_title(), move || {
        let to = format!("/provider/people/{chart}/certificates/{}", certificate.id);
        let state = match certificate.revoked_at {
            Some(at) => view! {
                {ui::warning(words.warning(), words.verify_revoked_text(&certificate.statement.number, &words.day(at)))}
                <p>{words.certificate_revoked_reason(&certificate.revoked_reason)}</p>
            }
            .into_any(),
            None if certificate.is_undecided() => {
                let numbers = certificate.statement.number.clone();
                let mut form = form.clone();
                form.prefill("certified", numbers);
                ui::form(
                    &to,
                    view! {
                        <input type="hidden" name="do" value="decide"/>
                        {super::dose::certified(&form, words)}
                        {ui::button(words.certified_decide())}
                    },
                )
            }
            None => ui::form(
                &to,
                view! {
                    <h2>{words.certificate_revoke_title()}</h2>
                    <p>{words.certificate_revoke_text()}</p>
                    {Field::new("reason", words.certificate_revoke_reason()).limit(300).view(&form)}
                    {ui::danger_button(words.certificate_revoke())}
                },
            ),
        };
        view! {
            {ui::back(format!("/provider/people/{chart}"), words.back_record())}
            {ui::error_summary(&form, words)}
            {released.then(|| ui::done(words.certificate_released()))}
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

/// `/provider/people/{chart}/certificates/{certificate}`
pub(crate) async fn page(call: Call) -> Reply {
    let (chart, patient) = call.charted().await?;
    let certificate = call.registry.certificate(&call.caller, patient, call.param("certificate")?).await?;
    Ok(draw(call, chart, certificate).into())
}

/// Posted there.
pub(crate) async fn revoke(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let id = call.param("certificate")?;
    if call.form.value("do") == "decide" {
        let fate = super::dose::fate(&mut call.form, words);
        if fate.is_none() && call.form.is_fine() {
            call.form.wrong("fate", words.certified_missing());
        }
        let reason = match Reason::new(call.form.value("fate-reason")) {
            Err(Invalid::Missing) => Reason::new(words.certified_default_reason()),
            typed => typed,
        };
        let reason = call.form.accept("fate-reason", words, reason);
        let (Some(decided), Some(reason)) = (fate.filter(|_| call.form.is_fine()), reason) else {
            let certificate = call.registry.certificate(&call.caller, patient, id).await?;
            return Call::again(draw(call, chart, certificate));
        };
        call.registry.decide_certificate(&call.caller, patient, id, &decided, &reason).await?;
        return Call::go("/provider/requests");
    }
    let reason = Reason::new(call.form.value("reason"));
    match call.form.accept("reason", words, reason) {
        Some(reason) => {
            call.registry.revoke(&call.caller, patient, id, &reason).await?;
            Call::go(format!("/provider/people/{chart}/certificates/{id}"))
        }
        None => {
            let certificate = call.registry.certificate(&call.caller, patient, id).await?;
            Call::again(draw(call, chart, certificate))
        }
    }
}

/// `.../pdf`
pub(crate) async fn pdf(call: Call) -> Reply {
    let (_, patient) = call.charted().await?;
    paper(&call, patient).await
}
