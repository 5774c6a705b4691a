//! One question a page.

use domain::{
    Invalid, PersonName,
    objection::{Choice, STATEMENTS, Signer},
    patient::{Address, Gender},
    text,
};
use leptos::prelude::*;
use words::Words;

use super::{Answers, answers::STEPS};
use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    form::{Form, why_words},
    provider::newcomer::genders,
    ui::{self, Field},
};

/// The question of a step.
pub fn question(words: Words, step: &str, withdraw: bool) -> &'static str {
    match step {
        "choice" => words.objection_q_choice(),
        "name" => words.objection_q_name(),
        "birth" => words.objection_q_birth(),
        "gender" => words.objection_q_gender(),
        "address" => words.objection_q_address(),
        "contact" => words.objection_q_contact(),
        "mother" => words.objection_q_mother(),
        "statements" if withdraw => words.objection_q_statements_withdraw(),
        "statements" => words.objection_q_statements(),
        _ => words.objection_q_signer(),
    }
}

fn fields(form: &Form, words: Words, step: &str, minor: bool) -> AnyView {
    match step {
        "choice" => ui::radios(form, "choice", words.objection_q_choice(), "", &[
            ("object".to_owned(), words.objection_choice_object().to_owned(), String::new()),
            ("withdraw".to_owned(), words.objection_choice_withdraw().to_owned(), String::new()),
        ]),
        "name" => view! {
            {Field::new("last", words.field_last()).autocomplete("family-name").limit(80).width("half").view(form)}
            {Field::new("first", words.field_first()).hint(words.field_first_hint()).autocomplete("given-name").limit(80).width("half").view(form)}
            {Field::new("middle", words.field_middle()).autocomplete("additional-name").limit(80).width("half").view(form)}
        }
        .into_any(),
        "birth" => ui::date_field(form, words, "born", words.field_born(), words.date_hint(), false),
        "gender" => ui::radios(form, "gender", words.field_gender(), "", &genders(words)),
        "address" => view! {
            {Field::new("street", words.field_street()).autocomplete("address-line1").limit(120).view(form)}
            {Field::new("city", words.field_city()).autocomplete("address-level2").limit(60).width("half").view(form)}
            {Field::new("state", words.field_state()).hint(words.field_state_hint()).autocomplete("address-level1").limit(2).width("short").view(form)}
            {Field::new("zip", words.field_zip()).autocomplete("postal-code").limit(10).width("short").view(form)}
        }
        .into_any(),
        "contact" => view! {
            {Field::new("phone", words.field_phone()).kind("tel").autocomplete("tel").limit(25).width("half").view(form)}
            {Field::new("email", words.field_email()).hint(words.field_email_hint()).kind("email").autocomplete("email").limit(120).view(form)}
        }
        .into_any(),
        "mother" => view! {
            {Field::new("mother-first", words.field_mother_first()).limit(80).width("half").view(form)}
            {Field::new("mother-maiden", words.field_mother_maiden()).limit(80).width("half").view(form)}
        }
        .into_any(),
        "statements" => words.objection_statements().into_iter().enumerate().map(|(at, text)| ui::checkbox(form, format!("statement-{}", at + 1), text)).collect_view().into_any(),
        _ => {
            let choices: Vec<_> = Signer::ALL.iter().filter(|signer| !(minor && **signer == Signer::Patient)).map(|signer| (signer.key().to_owned(), signer_name(words, *signer).to_owned(), String::new())).collect();
            ui::radios(form, "signer", words.objection_q_signer(), "", &choices)
        }
    }
}

/// What a signer is called.
pub fn signer_name(words: Words, signer: Signer) -> &'static str {
    match signer {
        Signer::Patient => words.signer_patient(),
        Signer::Parent => words.signer_parent(),
        Signer::Guardian => words.signer_guardian(),
        Signer::Representative => words.signer_representative(),
    }
}

fn draw(call: Call, answers: &Answers, step: &'static str) -> Page {
    let words = call.words;
    let today = call.registry.today();
    let back = answers.previous(step, today).map_or("/objection".to_owned(), |before| format!("/objection/{before}"));
    let minor = answers.born(today).is_some_and(|born| born.is_minor_on(today));
    let asked: Vec<&str> = STEPS.iter().copied().filter(|known| answers.asks(known, today)).collect();
    let place = asked.iter().position(|known| *known == step).map_or(1, |at| at + 1);
    let progress = words.objection_progress(&place.to_string(), &asked.len().to_string());
    let heading = question(words, step, answers.choice() == Some(Choice::Withdraw));
    // A single question's legend is the heading already.
    let visible = !matches!(step, "choice" | "gender" | "signer" | "birth");
    let form = call.form;
    Page::new(heading, move || {
        view! {
            {ui::back(back, words.back_step())}
            {ui::error_summary(&form, words)}
            <p class="progress">{progress}</p>
            <h1 class:visually-hidden=!visible>{heading}</h1>
            {ui::form("", view! { <div class=if visible { "" } else { "single" }>{fields(&form, words, step, minor)}</div>{ui::button(words.objection_continue())} })}
        }
        .into_any()
    })
}

fn known_step(call: &Call) -> Result<&'static str, Failure> {
    let wanted: String = call.param("step")?;
    STEPS.iter().copied().find(|step| *step == wanted).ok_or(Failure::NotFound)
}

/// `/objection/{step}`
pub async fn page(mut call: Call) -> Reply {
    let step = known_step(&call)?;
    let Some(answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    answers.fill(&mut call.form);
    Ok(draw(call, &answers, step).into())
}

/// Posted there.
pub async fn send(mut call: Call) -> Reply {
    let step = known_step(&call)?;
    let Some(mut answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    check(&mut call, step);
    answers.take(step, &call.form);
    if !call.form.is_fine() {
        return Call::again(draw(call, &answers, step));
    }
    let secret = call.draft.clone().unwrap_or_default();
    answers.save(&call, &secret).await?;
    let today = call.registry.today();
    let next = if answers.complete(today, "en").is_ok() { None } else { answers.next(step, today) };
    Call::go(next.map_or("/objection/check".to_owned(), |next| format!("/objection/{next}")))
}

/// Notes what is wrong with the answers of a step.
fn check(call: &mut Call, step: &str) {
    let words = call.words;
    let today = call.registry.today();
    let form = &mut call.form;
    match step {
        "choice" if Choice::from_key(form.value("choice")).is_none() => form.wrong("choice", words.error_choice()),
        "name" => {
            if let Err(why) = PersonName::new(form.value("last"), form.value("first"), form.value("middle")) {
                form.wrong(
                    "last",
                    if why == Invalid::Missing { words.error_last_missing() } else { why_words(words, why) },
                );
            }
        }
        "birth" => {
            if let Some(date) = form.date("born", words, today) {
                form.take("born", words, domain::BirthDate::new(date, today));
            }
        }
        "gender" if Gender::parse(form.value("gender")).is_err() => form.wrong("gender", words.error_choice()),
        "address" => {
            for name in ["street", "city"] {
                let line = text::required(form.value(name), 120);
                form.take(name, words, line);
            }
            if let Err((field, why)) = Address::new(
                form.value("street"),
                form.value("city"),
                form.value("state").trim(),
                form.value("zip").trim(),
            ) {
                let message = match field {
                    "state" => words.error_state(),
                    "zip" => words.error_zip(),
                    _ => why_words(words, why),
                };
                form.wrong(field, message);
            }
        }
        "contact" => {
            let phone = text::line(form.value("phone"), 25);
            let typed = form.take("phone", words, phone).flatten();
            if typed.is_some_and(|phone| phone.chars().filter(char::is_ascii_digit).count() < 7) {
                form.wrong("phone", words.error_phone());
            }
            let email = form.value("email").trim().to_owned();
            if !email.is_empty() && (!email.contains('@') || email.contains(' ') || text::line(&email, 120).is_err()) {
                form.wrong("email", words.error_email());
            }
        }
        "mother" => {
            for name in ["mother-first", "mother-maiden"] {
                let line = text::line(form.value(name), 80);
                form.take(name, words, line);
            }
            if form.value("mother-first").trim().is_empty() && form.value("mother-maiden").trim().is_empty() {
                form.wrong("mother-first", words.error_mother());
            }
        }
        "statements" => {
            for number in 1..=STATEMENTS {
                let name = format!("statement-{number}");
                if !form.ticked(&name) {
                    form.wrong(&name, words.objection_statement_missing(&number.to_string()));
                }
            }
        }
        "signer" if Signer::from_key(form.value("signer")).is_none() => form.wrong("signer", words.error_choice()),
        _ => {}
    }
}
