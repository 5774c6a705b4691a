//! Asking an office for the certified record.

use domain::{PatientId, SiteId, certificate::RecordUse};
use leptos::prelude::*;
use registry::Site;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, Field},
};

fn draw(call: Call, patient: PatientId, name: String, offices: Vec<Site>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.ask_title(), move || {
        let purposes: Vec<_> = RecordUse::ALL
            .iter()
            .map(|purpose| (purpose.key().to_owned(), ui::purpose_name(words, *purpose).to_owned(), String::new()))
            .collect();
        let choices: Vec<_> = offices
            .iter()
            .map(|office| (office.site_id().to_string(), office.name.clone(), office.address()))
            .collect();
        let fields = view! {
            {ui::radios(&form, "office", words.ask_office(), words.ask_office_hint(), &choices)}
            {ui::radios(&form, "purpose", words.ask_purpose(), "", &purposes)}
            {Field::new("recipient", words.ask_recipient()).hint(words.ask_recipient_hint()).limit(120).view(&form)}
            {ui::button(words.ask_send())}
        };
        let body =
            if offices.is_empty() { ui::warning(words.warning(), words.ask_no_office()) } else { ui::form("", fields) };
        view! {
            {ui::back(format!("/family/people/{patient}"), words.back_record())}
            {ui::error_summary(&form, words)}
            <h1>{words.ask_heading(&name)}</h1>
            <p>{words.ask_lead()}</p>
            {body}
        }
        .into_any()
    })
}

async fn known(call: &Call) -> Result<(PatientId, String, Vec<Site>), crate::answer::Failure> {
    let patient: PatientId = call.param("patient")?;
    let (name, offices) = call.registry.my_offices(&call.caller, patient).await?;
    Ok((patient, name.to_string(), offices))
}

/// `/family/people/{patient}/ask`
pub(crate) async fn page(mut call: Call) -> Reply {
    let (patient, name, offices) = known(&call).await?;
    if call.told() == "before" {
        let words = call.words;
        return Ok(Page::new(words.ask_already_title(), move || {
            view! {
                <h1>{words.ask_already_title()}</h1>
                <p class="lead">{words.ask_already_text(&name)}</p>
                {ui::button_link("/family", words.back_family())}
            }
            .into_any()
        })
        .into());
    }
    if call.told() == "sent" {
        let words = call.words;
        return Ok(Page::new(words.ask_sent_title(), move || {
            view! {
                <h1>{words.ask_sent_title()}</h1>
                <p class="lead">{words.ask_sent_text(&name)}</p>
                <p>{words.ask_sent_next()}</p>
                {ui::button_link("/family", words.back_family())}
            }
            .into_any()
        })
        .into());
    }
    if let [only] = offices.as_slice() {
        call.form.prefill("office", only.site_id().to_string());
    }
    Ok(draw(call, patient, name, offices).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let (patient, name, offices) = known(&call).await?;
    let office = call
        .form
        .value("office")
        .parse::<SiteId>()
        .ok()
        .filter(|id| offices.iter().any(|office| office.site_id() == *id));
    if office.is_none() {
        call.form.wrong("office", words.ask_office_missing());
    }
    let purpose = RecordUse::from_key(call.form.value("purpose"));
    if purpose.is_none() {
        call.form.wrong("purpose", words.error_choice());
    }
    let recipient = domain::text::Line::new(call.form.value("recipient"));
    let recipient = call.form.accept("recipient", words, recipient);
    match (office, purpose, recipient) {
        (Some(office), Some(purpose), Some(recipient)) => {
            let asked = call.registry.ask_for_record(&call.caller, patient, office, purpose, &recipient).await?;
            call.go_telling(&format!("/family/people/{patient}/ask"), if asked.already { "before" } else { "sent" })
        }
        _ => Call::again(draw(call, patient, name, offices)),
    }
}
