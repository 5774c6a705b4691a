//! The whole record, as its owner sees it.

use leptos::prelude::*;

use crate::{
    answer::{Answer, File, Page, Reply},
    call::Call,
    provider::record::{doses_by_group, evidence_list, requirement_list},
    ui,
};

/// `/family/people/{patient}`
pub async fn page(call: Call) -> Reply {
    let words = call.words;
    let patient = call.param("patient")?;
    let (record, sharing) = call.registry.whole_record(&call.caller, patient).await?;
    let compliance = call.registry.compliance_of(&record);
    let objections = call.registry.my_objections(&call.caller, patient).await?;
    let blocked = sharing.is_blocked();
    let name = record.person.name.to_string();
    Ok(Page::new(name.clone(), move || {
        let to = format!("/family/people/{patient}");
        let sharing = if blocked { words.sharing_blocked() } else { words.sharing_open() };
        view! {
            {ui::back("/family", words.back_family())}
            <h1>{name}</h1>
            <p>{words.family_born(&words.date(record.person.born.date()))}</p>
            <p class="actions">{ui::button_link(format!("{to}/ask"), words.family_ask())}</p>
            {ui::due(words, &record, advice::Audience::Family)}
            {compliance.map(|(facts, compliance)| requirement_list(words, &facts, &compliance, record.advice.as_ref(), advice::Audience::Family))}
            <h2>{words.record_doses()}</h2>
            {ui::timeline(words, &record, advice::Audience::Family)}
            {doses_by_group(words, &record, None, advice::Audience::Family)}
            {evidence_list(words, &record.evidence)}
            <p><a href=format!("{to}/data") download="">{words.data_file()}</a>" – "{words.data_file_text()}</p>
            <h2>{words.sharing_title()}</h2>
            <p>{sharing}</p>
            <p>{words.sharing_forms(i64::try_from(objections.len()).unwrap_or(0))}</p>
            {form_list(words, objections)}
            <p><a href=format!("/objection?for={patient}")>{words.sharing_change()}</a></p>
            <h2>{words.looked_title()}</h2>
            <p><a href=format!("{to}/looked")>{words.looked_link()}</a></p>
        }
        .into_any()
    })
    .into())
}

/// `/family/people/{patient}/data`: the record as data, for the page that checks vaccines without an account.
pub async fn data(call: Call) -> Reply {
    let record = call.registry.export(&call.caller, call.param("patient")?).await?;
    Ok(Answer::File(File {
        // The name of the file says nothing of the person.
        name: "vaccinations.json".to_owned(),
        mime: "application/json",
        bytes: advice::DataFile::new(&record.asked()).write().into_bytes(),
        public: false,
    }))
}

/// Where the forms stand, and what the Department said to them.
fn form_list(words: words::Words, forms: Vec<registry::Objection>) -> AnyView {
    let items = forms
        .into_iter()
        .map(|form| {
            let said = (!form.reason.is_empty()).then(|| view! { <br/>{words.sharing_said(&form.reason)} });
            view! {
                <li>{words.day(form.submitted_at)}": "{ui::choice_words(words, form.form.choice)}" ("{form.receipt}"), "{ui::state_words(words, form.state)}{said}</li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.into_any()
}
