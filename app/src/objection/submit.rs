//! Checking the answers, signing, and the receipt.

use domain::{
    objection::{Choice, State},
    text,
};
use leptos::prelude::*;
use words::Words;

use super::{
    Answers,
    step::{question, signer_name},
};
use crate::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    ui::{self, Field},
};

fn draw(call: Call, answers: &Answers, objection: domain::objection::Form) -> Page {
    let words = call.words;
    let form = call.form;
    let desk = answers.desk;
    Page::new(words.objection_check_title(), move || {
        view! {
            {ui::back("/objection/signer", words.back_step())}
            {ui::error_summary(&form, words)}
            <h1>{words.objection_check_title()}</h1>
            {summary(words, &objection)}
            {consequences(words, objection.choice)}
            <h2>{words.objection_part_d()}</h2>
            <p>{words.objection_signature_statement()}</p>
            {desk.then(|| ui::note(words.objection_desk_sign()))}
            {ui::form("/objection/check", view! {
                {Field::new("signature", words.objection_signature()).hint(words.objection_signature_hint()).autocomplete("name").limit(120).view(&form)}
                {ui::checkbox(&form, "agree", words.objection_agree())}
                {ui::button(words.objection_submit())}
            })}
        }
        .into_any()
    })
}

fn summary(words: Words, form: &domain::objection::Form) -> AnyView {
    let change = |step: &str| Some((format!("/objection/{step}"), words.objection_change().to_owned()));
    let choice = match form.choice {
        Choice::Object => words.objection_choice_object(),
        Choice::Withdraw => words.objection_choice_withdraw(),
    };
    let contact = [form.phone.as_str(), form.email.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    let mut rows = vec![
        (words.objection_part_a().to_owned(), choice.to_owned(), change("choice")),
        (words.field_name().to_owned(), form.name.to_string(), change("name")),
        (words.field_born().to_owned(), words.date(form.born), change("birth")),
        (words.field_gender().to_owned(), ui::gender_name(words, form.gender).to_owned(), change("gender")),
        (words.field_address().to_owned(), form.address.one_line(), change("address")),
        (words.field_contact().to_owned(), contact, change("contact")),
    ];
    let mother = [form.mother.first.as_str(), form.mother.maiden.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if !mother.is_empty() {
        rows.push((words.field_mother().to_owned(), mother, change("mother")));
    }
    let count = words.objection_statements().len();
    rows.push((
        question(words, "statements", form.choice == Choice::Withdraw).to_owned(),
        words.objection_statements_all(&count.to_string()),
        change("statements"),
    ));
    rows.push((words.objection_signer().to_owned(), signer_name(words, form.signer).to_owned(), change("signer")));
    ui::summary_list(rows)
}

/// Who can see the record now and who could afterwards.
fn consequences(words: Words, choice: Choice) -> AnyView {
    let after = |now: &'static str, later: &'static str| match choice {
        Choice::Object => (now, later),
        Choice::Withdraw => (later, now),
    };
    let rows = [
        (words.preview_givers(), (words.preview_now_all(), words.preview_own_doses())),
        (words.preview_others(), (words.preview_now_all(), words.preview_nothing())),
        (words.preview_schools(), (words.preview_now_school(), words.preview_nothing())),
        (words.preview_department(), (words.preview_now_all(), words.preview_now_all())),
    ];
    let rows = rows
        .into_iter()
        .map(|(who, (now, later))| {
            let (now, later) = after(now, later);
            vec![who.into_any(), now.into_any(), later.into_any()]
        })
        .collect();
    let columns = [words.preview_who(), words.preview_now(), words.preview_after()].map(str::to_owned).to_vec();
    ui::captioned(words.preview_title(), columns, rows)
}

/// `/objection/check`
pub async fn check(call: Call) -> Reply {
    let Some(answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    match answers.complete(call.registry.today(), call.words.lang().code()) {
        Ok(objection) => Ok(draw(call, &answers, objection).into()),
        Err(step) => Call::go(format!("/objection/{step}")),
    }
}

/// Posted there: signed and submitted.
pub async fn submit(mut call: Call) -> Reply {
    let words = call.words;
    let secret = call.draft.clone().unwrap_or_default();
    let Some(answers) = Answers::load(&call).await? else {
        // The button was pressed twice: the first press has submitted the form.
        return match call.registry.submitted(&secret).await {
            Ok(_) => Call::go("/objection/receipt"),
            Err(_) => Call::go("/objection"),
        };
    };
    let mut objection = match answers.complete(call.registry.today(), words.lang().code()) {
        Ok(objection) => objection,
        Err(step) => return Call::go(format!("/objection/{step}")),
    };
    let signature = text::required(call.form.value("signature"), 120);
    let signature = call.form.take("signature", words, signature);
    if !call.form.ticked("agree") {
        call.form.wrong("agree", words.objection_agree_missing());
    }
    let Some(signature) = signature.filter(|_| call.form.is_fine()) else {
        return Call::again(draw(call, &answers, objection));
    };
    objection.signature = signature;
    let desk = answers.desk && call.caller.principal.role().is_some_and(domain::Role::is_provider);
    let received = call.registry.submit_objection(&call.caller, objection, desk).await?;
    call.registry.finish_draft(&secret, received.id).await?;
    Call::go("/objection/receipt")
}

/// `/objection/receipt`
pub async fn receipt(call: Call) -> Reply {
    let words = call.words;
    let Some(secret) = &call.draft else { return Call::go("/objection") };
    let objection = call.registry.submitted(secret).await?;
    Ok(Page::new(words.receipt_title(), move || {
        let next = match objection.form.choice {
            Choice::Object => words.receipt_next_object(),
            Choice::Withdraw => words.receipt_next_withdraw(),
        };
        view! {
            {ui::confirmation(words.receipt_title(), words.objection_receipt(), objection.receipt.clone())}
            <h2>{words.receipt_next()}</h2>
            <p>{next}</p>
            {(objection.state != State::Submitted).then(|| ui::note(view! {
                <p><strong>{words.request_state_label()}": "</strong>{ui::state_words(words, objection.state)}</p>
                {(!objection.reason.is_empty()).then(|| view! { <p>{words.sharing_said(&objection.reason)}</p> })}
            }))}
            <p>{words.receipt_keep()}</p>
            <p class="actions">{ui::button_link("/objection/receipt/pdf", words.receipt_pdf())}</p>
        }
        .into_any()
    })
    .into())
}

/// `/objection/receipt/pdf`
pub async fn receipt_pdf(call: Call) -> Reply {
    let Some(secret) = &call.draft else { return Call::go("/objection") };
    let objection = call.registry.submitted(secret).await?;
    paper(&objection)
}

/// The completed form as a PDF.
pub fn paper(objection: &registry::Objection) -> Reply {
    let bytes = documents::objection(&documents::ObjectionPaper {
        form: &objection.form,
        receipt: &objection.receipt,
        submitted_at: objection.submitted_at,
        decided: objection.decided_at.map(|at| (at, objection.decided_by.as_str())),
    })
    .map_err(|_| Failure::Unavailable)?;
    Ok(Answer::File(File { name: format!("{}.pdf", objection.receipt), mime: "application/pdf", bytes, public: false }))
}
