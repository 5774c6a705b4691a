//! The whole record, as its owner sees it.

use std::collections::BTreeMap;

use advice::Audience;
use chrono::NaiveDate;
use domain::dose::{Dose, Source};
use leptos::prelude::*;
use registry::Record;
use words::Words;

use crate::{
    answer::{Answer, File, Page, Reply},
    call::Call,
    provider::record::{evidence_list, requirement_list},
    ui,
};

/// `/family/people/{patient}`
pub(crate) async fn page(call: Call) -> Reply {
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
            <p class="print-only"><strong>{words.record_no_certificate()}</strong></p>
            <p>{words.family_born(&words.date(record.person.born.date()))}</p>
            <p class="actions no-print">{ui::button_link(format!("{to}/ask"), words.family_ask())}</p>
            {ui::due(words, &record, Audience::Family)}
            {compliance.map(|(facts, compliance)| requirement_list(words, &facts, &compliance, record.advice.as_ref(), Audience::Family))}
            <h2 id="doses">{words.record_doses()}</h2>
            <div class="vaccinations">{ui::timeline(words, &record, Audience::Family)}{visits(words, &record)}</div>
            {evidence_list(words, &record.evidence)}
            <div class="no-print">
                <p><a href=format!("{to}/data") download="">{words.data_file()}</a>" – "{words.data_file_text()}</p>
                <h2>{words.sharing_title()}</h2>
                <p>{sharing}</p>
                {form_list(words, objections)}
                <p><a href=format!("/objection?for={patient}")>{words.sharing_change()}</a></p>
                <h2>{words.looked_title()}</h2>
                <p><a href=format!("{to}/looked")>{words.looked_link()}</a></p>
            </div>
        }
        .into_any()
    })
    .with_islands()
    .into())
}

/// Days shown at once; those before open at a touch.
const SHOWN: usize = 3;

/// What was given, a day for each visit, the newest first. A vaccine against several diseases stands there once.
fn visits(words: Words, record: &Record) -> AnyView {
    if record.doses.is_empty() {
        return view! { <p>{words.record_no_doses()}</p> }.into_any();
    }
    let mut days: BTreeMap<NaiveDate, Vec<AnyView>> = BTreeMap::new();
    for (at, dose) in record.doses.iter().enumerate() {
        days.entry(dose.given_on).or_default().push(given(words, record, at, dose));
    }
    let mut days: Vec<AnyView> = days
        .into_iter()
        .rev()
        .map(|(day, given)| {
            view! { <li class="visit"><h3>{words.short_date(day)}</h3><ul class="plain">{given}</ul></li> }.into_any()
        })
        .collect();
    let earlier = days.split_off(SHOWN.min(days.len()));
    let count = earlier.len();
    let earlier = (count > 0).then(|| view! {
        <details class="question"><summary>{words.record_earlier(&count.to_string())}</summary><ul class="visits">{earlier}</ul></details>
    });
    view! { <ul class="visits">{days}</ul>{earlier} }.into_any()
}

/// One dose: what it was, what it does not count for, and where.
fn given(words: Words, record: &Record, at: usize, dose: &Dose) -> AnyView {
    let office = match dose.source {
        Source::Historical if dose.office.is_empty() => words.dose_from_history("–"),
        Source::Historical => words.dose_from_history(&dose.office),
        Source::Administered => dose.office.clone(),
    };
    let lot = if dose.lot.is_empty() { String::new() } else { format!("{} {}", words.dose_lot(), dose.lot) };
    let details = [dose.product.to_string(), lot, office].into_iter().filter(|part| !part.is_empty());
    view! {
        <li>
            <strong>{advice::vaccine_name(words, dose.cvx, Audience::Family)}</strong>
            {ui::notes_of_dose(words, record, at)}
            <span class="dose-note">{details.collect::<Vec<_>>().join(", ")}</span>
        </li>
    }
    .into_any()
}

/// `/family/people/{patient}/data`: the record as data, for the page that checks vaccines without an account.
pub(crate) async fn data(call: Call) -> Reply {
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
fn form_list(words: Words, forms: Vec<registry::Objection>) -> AnyView {
    let count = words.sharing_forms(i64::try_from(forms.len()).unwrap_or(0));
    let item = |form: registry::Objection| {
        let said = (!form.reason.is_empty()).then(|| view! { <br/>{words.sharing_said(&form.reason)} });
        view! {
            <li>{words.day(form.submitted_at)}": "{ui::choice_words(words, form.form.choice)}" ("{form.receipt}"), "{ui::state_words(words, form.state)}{said}</li>
        }
    };
    let items = forms.into_iter().map(item).collect_view();
    if items.is_empty() {
        return view! { <p>{count}</p> }.into_any();
    }
    view! { <details class="question"><summary>{count}</summary><ul>{items}</ul></details> }.into_any()
}
