//! Somebody not on file: the person and the first dose in one go.

use advice::Warnings;
use domain::{
    BirthDate, Invalid, PersonName,
    patient::{Address, Demographics, Gender},
    text,
};
use leptos::prelude::*;

use super::dose;
use crate::{
    answer::{Page, Reply},
    call::Call,
    form::Form,
    ui::{self, Field},
};

fn draw(call: Call, warnings: Option<Box<Warnings>>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.newcomer_title(), move || {
        view! {
            {ui::back("/provider?sought=yes", words.back_find())}
            {ui::error_summary(&form, words)}
            <h1>{words.newcomer_title()}</h1>
            <p>{words.newcomer_lead()}</p>
            {ui::form("", view! {
                {dose::warned(&form, words, warnings.as_deref())}
                <h2>{words.newcomer_person()}</h2>
                {person_fields(&form, words)}
                {address_fields(&form, words)}
                <h2>{words.newcomer_dose()}</h2>
                {dose::fields(&form, words)}
                {ui::button(words.newcomer_save())}
            })}
        }
        .into_any()
    })
    .with_islands()
}

/// Name, date of birth, gender.
pub(crate) fn person_fields(form: &Form, words: words::Words) -> AnyView {
    view! {
        {Field::new("last", words.field_last()).limit(80).width("half").view(form)}
        {Field::new("first", words.field_first()).hint(words.field_first_hint()).limit(80).width("half").view(form)}
        {Field::new("middle", words.field_optional(words.field_middle())).limit(80).width("half").view(form)}
        {ui::date_field(form, words, "born", words.field_born(), words.date_hint(), false)}
        {ui::radios(form, "gender", words.field_gender(), "", &genders(words))}
    }
    .into_any()
}

/// The choices of gender.
pub(crate) fn genders(words: words::Words) -> Vec<(String, String, String)> {
    Gender::ALL
        .iter()
        .map(|gender| (gender.key().to_owned(), ui::gender_name(words, *gender).to_owned(), String::new()))
        .collect()
}

/// Where reminder cards go.
pub(crate) fn address_fields(form: &Form, words: words::Words) -> AnyView {
    view! {
        {Field::new("street", words.field_street()).limit(120).view(form)}
        {Field::new("city", words.field_city()).limit(60).width("half").view(form)}
        {Field::new("state", words.field_state()).hint(words.field_state_hint()).limit(20).width("short").view(form)}
        {Field::new("zip", words.field_zip()).limit(10).width("short").view(form)}
        {Field::new("phone", words.field_optional(words.field_phone())).kind("tel").limit(25).width("half").view(form)}
    }
    .into_any()
}

/// Reads name and date of birth; what is wrong is noted in the form.
pub(crate) fn read_person(
    form: &mut Form,
    words: words::Words,
    today: chrono::NaiveDate,
) -> Option<(PersonName, BirthDate, Gender)> {
    let name = match PersonName::new(form.value("last"), form.value("first"), form.value("middle")) {
        Err(Invalid::Missing) => {
            form.wrong("last", words.error_last_missing());
            None
        }
        other => {
            let at = if text::line(form.value("last"), 80).is_err()
                || PersonName::new(form.value("last"), "", "").is_err()
            {
                "last"
            } else {
                "first"
            };
            form.accept(at, words, other)
        }
    };
    let born = form.date("born", words, today).and_then(|date| form.accept("born", words, BirthDate::new(date, today)));
    let gender = form.accept("gender", words, Gender::parse(form.value("gender")));
    Some((name?, born?, gender?))
}

/// Reads the address and the telephone.
pub(crate) fn read_address(form: &mut Form, words: words::Words) -> Option<(Address, String)> {
    let address = form.address(words);
    let phone = text::line(form.value("phone"), 25);
    let phone = form.accept("phone", words, phone).map(Option::unwrap_or_default);
    Some((address?, phone?))
}

/// `/provider/people/new`
pub(crate) async fn page(mut call: Call) -> Reply {
    call.form.prefill("source", "administered");
    call.form.prefill("state", "MA");
    Ok(draw(call, None).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let today = call.registry.today();
    let person = read_person(&mut call.form, words, today);
    let address = read_address(&mut call.form, words);
    let dose = dose::read(&mut call);
    let (Some((name, born, gender)), Some((address, phone)), Some(dose)) = (person, address, dose) else {
        return Call::again(draw(call, None));
    };
    let said = Demographics { address, phone, ..Demographics::new(name, born, gender) };
    match call.registry.add_person(&call.caller, &said, &dose).await {
        Ok(patient) => {
            let chart = call.registry.chart_of(&call.caller, patient).await?;
            call.go_telling(&format!("/provider/people/{chart}"), "dose")
        }
        Err(error) => {
            let warnings = dose::note_refusal(&mut call.form, words, error)?;
            Call::again(draw(call, warnings))
        }
    }
}
