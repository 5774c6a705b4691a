//! The queue of objection forms: match, accept, ask for more, reject.

use documents::{FormState, ObjectionPaper};
use domain::{
    ObjectionId, PatientId,
    objection::State,
    text::{self, Filled},
};
use leptos::prelude::*;
use matching::Likeness;
use registry::{Decision, Objection, Queue, QueueEntry, RegistryError};
use words::Words;

use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    form::why_words,
    objection::{Step, signer_name, submit::paper},
    ui::{self, Field, TextArea},
};

fn row(words: Words, objection: &Objection, more: i64) -> Vec<AnyView> {
    let to = format!("/department/objections/{}", objection.id);
    let more = (more > 0).then(|| view! { <br/><span class="hint">{words.forms_more(more)}</span> });
    vec![
        view! { <a href=to>{objection.receipt.clone()}</a>{more} }.into_any(),
        objection.form.name.sorted().into_any(),
        ui::choice_words(words, objection.form.choice).into_any(),
        words.day(objection.submitted_at).into_any(),
        ui::state_words(words, objection.state).into_any(),
    ]
}

fn list(words: Words, caption: &'static str, rows: Vec<Vec<AnyView>>) -> AnyView {
    let columns = [
        words.objection_receipt(),
        words.field_name(),
        words.objection_part_a(),
        words.objection_received(),
        words.request_state_label(),
    ];
    ui::table(caption, columns.map(str::to_owned).to_vec(), rows)
}

/// What became of the form decided last: what the registry says of it, whatever the address does.
async fn decided(call: &Call) -> Result<Option<String>, Failure> {
    let words = call.words;
    let asked = call.query("receipt");
    if asked.is_empty() {
        return Ok(None);
    }
    let Some((receipt, state)) = call.registry.form_state(&call.caller, asked).await? else { return Ok(None) };
    Ok(match state {
        State::InEffect | State::NoRecordYet => Some(words.form_decided_accepted(&receipt)),
        State::NeedsInformation => Some(words.form_decided_asked(&receipt)),
        State::Rejected => Some(words.form_decided_rejected(&receipt)),
        State::Superseded => Some(words.form_decided_superseded(&receipt)),
        State::Submitted => None,
    })
}

fn draw_queue(call: Call, queue: Queue, found: Option<Vec<Objection>>, decided: Option<String>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.forms_title(), move || {
        let results = found.map(|found| {
            let rows: Vec<_> = found.iter().map(|objection| row(words, objection, 0)).collect();
            let list = if rows.is_empty() {
                view! { <p>{words.forms_none_found()}</p> }.into_any()
            } else {
                list(words, words.forms_found(), rows)
            };
            view! { <section class="result" role="status">{list}<p><a href="/department/objections">{words.forms_search_again()}</a></p></section> }
        });
        let rows: Vec<_> = queue.names.lines.iter().map(|one| row(words, &one.newest, one.more)).collect();
        let body = if rows.is_empty() {
            view! { <p>{words.forms_empty()}</p> }.into_any()
        } else {
            view! { <p>{words.forms_wait(queue.forms)}{(queue.forms > 1).then(|| view! { " "{words.forms_names(queue.names.all)} })}</p>{list(words, words.forms_title(), rows)} }
                .into_any()
        };
        view! {
            {ui::error_summary(&form, words)}
            {decided.map(ui::done)}
            <h1>{words.forms_title()}</h1>
            {results}
            {body}
            {ui::pages(words, "/department/objections", "page", &queue.names, &form)}
            <h2>{words.forms_search()}</h2>
            {ui::form("/department/objections", view! {
                {Field::new("sought", words.forms_sought()).hint(words.forms_sought_hint()).limit(80).width("half").view(&form)}
                {ui::button(words.find_button())}
            })}
        }
        .into_any()
    })
    .wide()
}

/// `/department/objections`
pub(crate) async fn queue(mut call: Call) -> Reply {
    let page = call.query("page").parse().unwrap_or(1);
    let is_kept = call.recall_search("/department/objections").await?;
    let found = if is_kept {
        Some(call.registry.find_objections(&call.caller, call.form.value("sought")).await?)
    } else {
        None
    };
    let queue = call.registry.objection_queue(&call.caller, page).await?;
    let decided = decided(&call).await?;
    Ok(draw_queue(call, queue, found, decided).into())
}

/// Posted there: the search.
pub(crate) async fn find(mut call: Call) -> Reply {
    let words = call.words;
    let sought = text::required(call.form.value("sought"), 80);
    if call.form.accept("sought", words, sought).is_none() {
        let queue = call.registry.objection_queue(&call.caller, 1).await?;
        return Call::again(draw_queue(call, queue, None, None));
    }
    call.remember_search("/department/objections", &["sought"]).await?;
    Call::go("/department/objections?sought=yes")
}

/// What the form says.
fn facts(words: Words, objection: &Objection) -> AnyView {
    let filled = &objection.form;
    let said = |(label, value)| (label, value, None);
    let handed_in = if filled.office.is_empty() {
        words.form_from_home().to_owned()
    } else {
        format!("{}, {}", filled.office, filled.office_staff)
    };
    // What was decided or asked, by whom and why, can be read again.
    let decided = objection.decided_at.map(|at| {
        let by = format!("{}, {}", words.day(at), objection.decided_by);
        (words.objection_decided().to_owned(), by, None)
    });
    let told = (!objection.reason.is_empty()).then(|| (words.form_told().to_owned(), objection.reason.clone(), None));
    let mut facts = vec![
        (words.objection_receipt().to_owned(), objection.receipt.clone(), None),
        (words.request_state_label().to_owned(), ui::state_words(words, objection.state).to_owned(), None),
    ];
    facts.extend(decided.into_iter().chain(told));
    facts.extend([
        (words.objection_part_a().to_owned(), ui::choice_words(words, filled.choice).to_owned(), None),
        (words.field_name().to_owned(), filled.name.to_string(), None),
        (words.field_born().to_owned(), words.date(filled.born), None),
        said(Step::Address.summary(words, filled)),
        said(Step::Contact.summary(words, filled)),
        said(Step::Mother.summary(words, filled)),
        (words.objection_signer().to_owned(), signer_name(words, filled.signer).to_owned(), None),
        (words.objection_part_d().to_owned(), filled.signature.clone(), None),
        (words.objection_signed_on().to_owned(), words.date(filled.signed_on), None),
        (words.objection_part_e().to_owned(), handed_in, None),
    ]);
    ui::summary_list(facts)
}

fn draw(call: Call, entry: QueueEntry, others: Vec<Objection>) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.form_title(), move || {
        let objection = &entry.objection;
        let facts = facts(words, objection);
        let history = entry.history.iter().map(|earlier| view! { <li>{earlier.receipt.clone()}" – "{ui::choice_words(words, earlier.form.choice)}" – "{ui::state_words(words, earlier.state)}</li> }).collect_view();
        let decide = objection.state.is_open().then(|| {
            let mut choices: Vec<_> = entry
                .people
                .iter()
                .map(|(person, likeness)| {
                    let sure = if *likeness == Likeness::Same { words.find_same() } else { words.find_close() };
                    (person.id.to_string(), format!("{}, {}", person.name, words.date(person.born.date())), words.form_person(sure, &person.address.one_line(), &person.phone, &format!("{} {}", person.mother.first, person.mother.maiden)))
                })
                .collect();
            choices.push(("none".to_owned(), words.form_no_record().to_owned(), words.form_no_record_hint().to_owned()));
            // What the reviewer was shown: a decision for nobody holds only as long as nobody else of the name appears.
            let namesakes = entry.namesakes;
            let version = objection.version.to_string();
            let hidden = |what: &'static str| view! { <input type="hidden" name="do" value=what/><input type="hidden" name="version" value=version.clone()/> };
            view! {
                <h2>{words.form_accept_title()}</h2>
                {ui::form("", view! { {hidden("accept")}<input type="hidden" name="namesakes" value=namesakes.to_string()/>{ui::checkboxes(&form, "person", words.form_who(), words.form_who_hint(), &choices)}{ui::button(words.form_accept())} })}
                <h2>{words.form_more_title()}</h2>
                {ui::form("", view! { {hidden("more")}{TextArea::new("more", words.form_more()).rows(3).view(&form)}<button type="submit" class="button quiet">{words.form_more_send()}</button> })}
                <h2>{words.form_reject_title()}</h2>
                {ui::form("", view! { {hidden("reject")}{TextArea::new("reject", words.form_reject_reason()).rows(3).view(&form)}{ui::danger_button(words.form_reject())} })}
            }
        });
        view! {
            {ui::back("/department/objections?sought=yes", words.nav_forms())}
            {ui::error_summary(&form, words)}
            <h1>{words.form_title()}</h1>
            {facts}
            <p><a href=format!("/department/objections/{}/pdf", objection.id)>{words.receipt_pdf()}</a></p>
            <ul>{history}</ul>
            {(!others.is_empty()).then(|| {
                let rows = others.iter().map(|other| row(words, other, 0)).collect();
                ui::note(view! { <h2>{words.forms_same_name()}</h2>{list(words, words.forms_same_name(), rows)} })
            })}
            {decide}
        }
        .into_any()
    })
    .wide()
}

/// `/department/objections/{objection}`
pub(crate) async fn page(call: Call) -> Reply {
    let entry = call.registry.objection_entry(&call.caller, call.param("objection")?).await?;
    let others = call.registry.waiting_of_name(&call.caller, &entry.objection).await?;
    Ok(draw(call, entry, others).into())
}

/// Whom the ticked boxes name; nothing for no box, or for somebody and nobody together.
fn accepted(ticked: &[&str], namesakes: usize) -> Option<Decision> {
    match ticked {
        [] => None,
        ["none"] => Some(Decision::NoRecordYet { namesakes }),
        people => people.iter().map(|id| id.parse::<PatientId>().ok()).collect::<Option<_>>().map(Decision::Accept),
    }
}

fn reason(form: &mut crate::form::Form, words: Words, name: &str) -> Option<Filled<500>> {
    form.accept(name, words, Filled::new(form.value(name)))
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let id: ObjectionId = call.param("objection")?;
    let version = call.form.value("version").parse().unwrap_or(0);
    let (field, decision) = match call.form.value("do") {
        "accept" => {
            let namesakes = call.form.value("namesakes").parse().unwrap_or(usize::MAX);
            ("person", accepted(&call.form.values("person"), namesakes))
        }
        "more" => ("more", reason(&mut call.form, words, "more").map(Decision::AskForMore)),
        _ => ("reject", reason(&mut call.form, words, "reject").map(Decision::Reject)),
    };
    match decision {
        // The first fault noted stays.
        None => call.form.wrong(field, words.error_choice()),
        Some(decision) => match call.registry.decide_objection(&call.caller, id, version, &decision).await {
            Err(RegistryError::Invalid(_, why)) => call.form.wrong(field, why_words(words, why)),
            decided => {
                // A receipt's number says nothing of whom it is about.
                let receipt = decided?;
                return Call::go(format!("/department/objections?receipt={receipt}"));
            }
        },
    }
    let entry = call.registry.objection_entry(&call.caller, id).await?;
    let others = call.registry.waiting_of_name(&call.caller, &entry.objection).await?;
    Call::again(draw(call, entry, others))
}

/// `.../pdf`
pub(crate) async fn pdf(call: Call) -> Reply {
    let objection = call.registry.objection(&call.caller, call.param("objection")?).await?;
    let name = format!("{}.pdf", objection.receipt);
    paper(name, move || {
        documents::objection(&ObjectionPaper {
            form: &objection.form,
            receipt: &objection.receipt,
            submitted_at: objection.submitted_at,
            decided: objection.decided_at.map(|at| (at, objection.decided_by.as_str())),
            state: FormState::OnFile(objection.state),
        })
    })
    .await
}
