//! One message that waits: what is in it beside what is on file; correcting it by form, saying whom or which dose it is about.

use domain::{
    DoseId, Invalid, MessageId, PatientId,
    patient::{Demographics, Gender},
};
use interop::{Action, Report};
use leptos::prelude::*;
use registry::{Message, PersonBeside, RegistryError, Resent, WaitingMessage};
use words::Words;

use super::{import::issue_list, mend};
use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, TextArea},
};

/// One line of the comparison: what the message says, and whether somebody on file differs.
struct Trait {
    label: &'static str,
    said: String,
    on_file: Vec<String>,
}

impl Trait {
    /// A row of the comparison.
    fn cells(self, words: Words) -> Vec<AnyView> {
        let Self { label, said, on_file } = self;
        let other = |other: String| {
            let differs = !other.is_empty() && !said.is_empty() && other != said;
            if differs {
                view! { <mark class="differs">{other}" "<span class="hint">{words.message_differs()}</span></mark> }
                    .into_any()
            } else {
                other.into_any()
            }
        };
        let others: Vec<AnyView> = on_file.into_iter().map(other).collect();
        [label.into_any(), said.clone().into_any()].into_iter().chain(others).collect()
    }
}

/// What is in the message beside each person it could be about, differences marked.
fn beside(words: Words, report: &Report, people: &[PersonBeside]) -> AnyView {
    let mut columns = vec![words.message_what().to_owned(), words.message_in_it().to_owned()];
    columns.extend((1..=people.len()).map(|at| words.message_on_file(&at.to_string())));
    let traits = traits(words, report, people).into_iter();
    let mut rows: Vec<Vec<AnyView>> = traits
        .filter(|it| !it.said.is_empty() || it.on_file.iter().any(|other| !other.is_empty()))
        .map(|it| it.cells(words))
        .collect();
    rows.push(doses(words, report, people));
    ui::beside(words.message_beside(), columns, rows)
}

fn traits(words: Words, report: &Report, people: &[PersonBeside]) -> Vec<Trait> {
    let said = &report.person;
    let of = |label: &'static str, of: &dyn Fn(&Demographics) -> String| Trait {
        label,
        said: of(said),
        on_file: people.iter().map(|other| of(&other.who)).collect(),
    };
    let twins = |who: &Demographics| match (who.multiple_birth, who.birth_order) {
        (_, Some(order)) => words.message_twin_order(&order.to_string()),
        (Some(true), None) => words.message_twin().to_owned(),
        (Some(false), None) => words.message_no_twin().to_owned(),
        (None, None) => String::new(),
    };
    let number = |it: &interop::ReportedNumber| format!("{} {} {}", it.authority, it.kind, it.number).trim().to_owned();
    vec![
        of(words.field_name(), &|who| who.name.sorted()),
        of(words.message_other_names(), &|who| names(&who.other_names)),
        of(words.field_born(), &|who| words.date(who.born.date())),
        of(words.field_gender(), &|who| match who.gender {
            Gender::Unknown => String::new(),
            gender => ui::gender_name(words, gender).to_owned(),
        }),
        of(words.message_twins(), &twins),
        of(words.message_mother(), &|who| format!("{} {}", who.mother.first, who.mother.maiden).trim().to_owned()),
        of(words.message_address(), &|who| who.address.one_line()),
        of(words.field_phone(), &|who| who.phone.clone()),
        Trait {
            label: words.message_numbers(),
            said: report.numbers.iter().map(number).collect::<Vec<_>>().join(", "),
            on_file: people.iter().map(|other| other.numbers.join(", ")).collect(),
        },
    ]
}

/// The row of doses.
fn doses(words: Words, report: &Report, people: &[PersonBeside]) -> Vec<AnyView> {
    let dose =
        |on: chrono::NaiveDate, cvx: domain::Cvx| format!("{} {}", words.short_date(on), domain::catalogue::name(cvx));
    let said = report.doses.iter().map(|it| {
        let what = match it.action {
            Action::Add | Action::Put => String::new(),
            Action::Update => format!(" ({})", words.mend_action_update()),
            Action::Delete => format!(" ({})", words.mend_action_delete()),
        };
        format!("{}{what}", dose(it.given_on, it.cvx))
    });
    let list = |doses: Vec<String>| {
        view! { <ul class="plain">{doses.into_iter().map(|dose| view! { <li>{dose}</li> }).collect_view()}</ul> }
            .into_any()
    };
    let mut row = vec![words.record_doses().into_any(), list(said.collect())];
    row.extend(people.iter().map(|other| {
        let all: Vec<String> = other.doses.iter().map(|it| dose(it.given_on, it.cvx)).collect();
        if all.is_empty() { words.message_no_doses().into_any() } else { list(all) }
    }));
    row
}

fn names(names: &[domain::PersonName]) -> String {
    names.iter().map(domain::PersonName::sorted).collect::<Vec<_>>().join("; ")
}

fn person_label(words: Words, at: usize, person: &PersonBeside) -> (String, String, String) {
    let hint = [words.date(person.who.born.date()), person.who.address.city.clone()];
    let hint = hint.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    (person.id.to_string(), format!("{}: {}", words.message_on_file(&at.to_string()), person.who.name.sorted()), hint)
}

fn draw(mut call: Call, waiting: WaitingMessage) -> Page {
    let words = call.words;
    let WaitingMessage { message, report, people, about_dose } = waiting;
    let fields = (message.state == "refused").then(|| mend::fields(&mut call.form, words, &message));
    let can_be_mended = !mend::faults(&message).is_empty();
    call.form.prefill("text", message.content.replace('\r', "\n"));
    let form = call.form;
    Page::new(words.message_title(), move || {
        let compared = report.as_ref().filter(|_| message.state == "waiting").map(|report| beside(words, report, &people));
        let body = if message.state == "waiting" && about_dose {
            dose_form(words, &form, report.as_ref(), &people)
        } else if message.state == "waiting" {
            let mut choices: Vec<_> =
                people.iter().enumerate().map(|(at, it)| person_label(words, at + 1, it)).collect();
            choices.push(("new".to_owned(), words.message_new_person().to_owned(), String::new()));
            ui::form("", view! { {ui::radios(&form, "person", words.message_who(), words.message_who_hint(), &choices)}{ui::button(words.message_choose())} })
        } else if message.content.starts_with(registry::UNREADABLE_LINE) {
            view! { <p>{words.message_correct_file()}</p> }.into_any()
        } else {
            refused_form(words, &form, fields, can_be_mended)
        };
        view! {
            {ui::back("/provider/import", words.back_import())}
            {ui::error_summary(&form, words)}
            <h1>{words.message_title()}</h1>
            <p class="lead">{about(words, &message)}</p>
            {issue_list(words, &message)}
            {compared}
            {body}
            <h2>{words.message_dismiss_title()}</h2>
            <p>{words.message_dismiss_text()}</p>
            {ui::form("", view! {
                <input type="hidden" name="do" value="dismiss"/>
                {ui::checkbox(&form, "sure", words.message_dismiss_sure())}
                {ui::danger_button(words.message_dismiss())}
            })}
        }
        .into_any()
    })
    .wide()
}

/// Who it is about, and from which file.
pub(crate) fn about(words: Words, message: &Message) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !message.about.is_empty() {
        parts.push(message.about.clone());
    }
    if !message.file_name.is_empty() {
        parts.push(message.file_name.clone());
    }
    parts.push(words.message_received(&words.day(message.received_at)));
    parts.join(" · ")
}

/// Which dose a correction means.
fn dose_form(words: Words, form: &crate::form::Form, report: Option<&Report>, people: &[PersonBeside]) -> AnyView {
    let action = report.and_then(|report| report.doses.first()).map_or(Action::Update, |dose| dose.action);
    let mut choices: Vec<(String, String, String)> = people
        .iter()
        .flat_map(|person| &person.doses)
        .map(|dose| {
            let text = format!("{}, {}", domain::catalogue::name(dose.cvx), words.date(dose.given_on));
            (dose.id.to_string(), text, dose.office.clone())
        })
        .collect();
    let question = if action == Action::Delete {
        words.message_which_dose_delete()
    } else {
        choices.push(("new".to_owned(), words.message_new_dose().to_owned(), String::new()));
        words.message_which_dose()
    };
    if choices.is_empty() {
        return view! { <p>{words.message_no_dose()}</p> }.into_any();
    }
    ui::form("", view! { {ui::radios(form, "dose", question, "", &choices)}{ui::button(words.message_choose())} })
}

/// Correcting it by form; its text only where no field can mend it.
fn refused_form(words: Words, form: &crate::form::Form, fields: Option<AnyView>, can_be_mended: bool) -> AnyView {
    let text = view! {
        <input type="hidden" name="do" value="text"/>
        {TextArea::new("text", words.message_text()).hint(words.message_hint()).rows(14).view(form)}
        {ui::button(words.message_send())}
    };
    if can_be_mended {
        let mend = view! { <input type="hidden" name="do" value="mend"/>{fields}{ui::button(words.message_send())} };
        return view! {
            <p>{words.mend_lead()}</p>
            {ui::form("", mend)}
            <details><summary>{words.message_as_it_came()}</summary>{ui::form("", text)}</details>
        }
        .into_any();
    }
    ui::form("", text)
}

/// `/provider/messages/{message}`
pub(crate) async fn page(call: Call) -> Reply {
    let waiting = call.registry.waiting_message(&call.caller, call.param("message")?).await?;
    Ok(draw(call, waiting).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let id: MessageId = call.param("message")?;
    let waiting = call.registry.waiting_message(&call.caller, id).await?;
    if call.form.value("do") == "dismiss" {
        if !call.form.ticked("sure") {
            call.form.wrong("sure", words.message_dismiss_missing());
            return Call::again(draw(call, waiting));
        }
        call.registry.dismiss_message(&call.caller, id).await?;
        return call.go_telling("/provider/import", "dealt");
    }
    if waiting.message.state == "waiting" {
        return choose(call, id, waiting).await;
    }
    let text = if call.form.value("do") == "mend" {
        let today = call.registry.today();
        match mend::mended(&mut call.form, words, &waiting.message, today) {
            Some(text) => text,
            None => return Call::again(draw(call, waiting)),
        }
    } else {
        call.form.value("text").to_owned()
    };
    let import = if text.trim().is_empty() {
        Err(RegistryError::Invalid("text", Invalid::Choice))
    } else {
        call.registry.resubmit(&call.caller, id, &text).await
    };
    let field = if call.form.value("do") == "mend" { "fix-0" } else { "text" };
    match import {
        Ok(Resent::Taken(import)) => Call::go(format!("/provider/import/{}", import.batch.id.simple())),
        // What was typed stays in its fields.
        Ok(Resent::Still(issues)) => {
            let said: Vec<String> = issues
                .iter()
                .map(|issue| format!("{issue}: {}", super::import::what_words(words, issue.what)))
                .collect();
            call.form.wrong(field, words.message_still(&said.join("; ")));
            Call::again(draw(call, waiting))
        }
        Err(RegistryError::Invalid(what, _)) => {
            let why = match what {
                "text" => words.message_unchanged(),
                "dates" => words.import_dates_ask(),
                // A table without the columns it needs.
                _ => words.import_columns_missing(),
            };
            call.form.wrong(field, why);
            Call::again(draw(call, waiting))
        }
        Err(other) => Err(other.into()),
    }
}

/// Says whom it is about, or which dose.
async fn choose(mut call: Call, id: MessageId, waiting: WaitingMessage) -> Reply {
    let words = call.words;
    let field = if waiting.about_dose { "dose" } else { "person" };
    let value = call.form.value(field).to_owned();
    let done = if value == "new" && waiting.about_dose {
        call.registry.choose_dose(&call.caller, id, None).await
    } else if value == "new" {
        call.registry.choose_person(&call.caller, id, None).await
    } else if let (true, Ok(dose)) = (waiting.about_dose, value.parse::<DoseId>()) {
        call.registry.choose_dose(&call.caller, id, Some(dose)).await
    } else if let (false, Ok(person)) = (waiting.about_dose, value.parse::<PatientId>()) {
        call.registry.choose_person(&call.caller, id, Some(person)).await
    } else {
        let missing = if waiting.about_dose { words.message_dose_missing() } else { words.message_who_missing() };
        call.form.wrong(field, missing);
        return Call::again(draw(call, waiting));
    };
    let why = match done {
        Ok(()) => return call.go_telling("/provider/import", "dealt"),
        Err(RegistryError::OnRecord) => words.dose_on_record(),
        Err(RegistryError::Invalid("before_birth", _)) => words.message_born_later(),
        Err(other) => return Err(other.into()),
    };
    call.form.wrong(field, why);
    Call::again(draw(call, waiting))
}
