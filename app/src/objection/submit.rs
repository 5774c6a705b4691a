//! Checking the answers, signing, and the receipt.

use documents::{FormState, ObjectionPaper};
use domain::{
    objection::{Choice, Outcome},
    text,
};
use leptos::prelude::*;
use words::Words;

use super::{Answers, Step};
use crate::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    ui::{self, Field},
};

fn draw(call: Call, answers: &Answers, objection: domain::objection::Form) -> Page {
    let words = call.words;
    let form = call.form;
    let desk = answers.desk;
    let minor = domain::BirthDate::stored(objection.born).is_minor_on(call.registry.today());
    Page::new(words.objection_check_title(), move || {
        view! {
            {ui::back("/objection/signer", words.back_step())}
            {ui::error_summary(&form, words)}
            <h1>{words.objection_check_title()}</h1>
            {summary(words, &objection, minor)}
            {consequences(words, objection.choice)}
            <h2>{words.objection_part_d()}</h2>
            <p>{words.objection_signature_statement()}</p>
            {desk.then(|| ui::note(words.objection_desk_sign()))}
            {ui::form("/objection/check", view! {
                {Field::new("signature", words.objection_signature()).hint(words.objection_signature_hint()).autocomplete(if desk { "off" } else { "name" }).limit(120).view(&form)}
                {ui::checkbox(&form, "agree", words.objection_agree())}
                {ui::button(words.objection_submit())}
            })}
        }
        .into_any()
    })
}

fn summary(words: Words, form: &domain::objection::Form, minor: bool) -> AnyView {
    let asked = Step::ALL.iter().filter(|step| step.is_asked(minor));
    let row = |step: &Step| {
        let (label, value) = step.summary(words, form);
        (label, value, Some((format!("/objection/{}", step.key()), words.objection_change().to_owned())))
    };
    ui::summary_list(asked.map(row).collect())
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
pub(crate) async fn check(call: Call) -> Reply {
    let Some(answers) = Answers::load(&call).await? else { return Call::go("/objection") };
    match answers.complete(call.registry.today(), call.words) {
        Ok(objection) => Ok(draw(call, &answers, objection).into()),
        Err(step) => Call::go(format!("/objection/{}", step.key())),
    }
}

/// Posted there: signed and submitted.
pub(crate) async fn submit(mut call: Call) -> Reply {
    let words = call.words;
    let secret = call.draft.clone().unwrap_or_default();
    let Some(answers) = Answers::load(&call).await? else {
        // The button was pressed twice: the first press has submitted the form.
        return match call.registry.submitted(&call.caller, &secret).await {
            Ok(_) => Call::go("/objection/receipt"),
            Err(_) => Call::go("/objection"),
        };
    };
    let mut objection = match answers.complete(call.registry.today(), words) {
        Ok(objection) => objection,
        Err(step) => return Call::go(format!("/objection/{}", step.key())),
    };
    let signature = text::required(call.form.value("signature"), 120);
    let signature = call.form.accept("signature", words, signature);
    if !call.form.ticked("agree") {
        call.form.wrong("agree", words.objection_agree_missing());
    }
    let Some(signature) = signature.filter(|_| call.form.is_fine()) else {
        return Call::again(draw(call, &answers, objection));
    };
    objection.signature = signature;
    let desk = answers.desk && registry::Registry::hands_in_forms(&call.caller);
    call.registry.submit_draft(&call.caller, objection, desk, &secret).await?;
    Call::go("/objection/receipt")
}

/// `/objection/receipt`
pub(crate) async fn receipt(call: Call) -> Reply {
    let words = call.words;
    let Some(secret) = &call.draft else { return Call::go("/objection") };
    let objection = call.registry.submitted(&call.caller, secret).await?;
    Ok(Page::new(words.receipt_title(), move || {
        let next = match objection.form.choice {
            Choice::Object => words.receipt_next_object(),
            Choice::Withdraw => words.receipt_next_withdraw(),
        };
        let can_be_asked = !(objection.form.phone.is_empty() && objection.form.email.is_empty());
        let asks = if can_be_asked { words.receipt_asks() } else { words.receipt_asks_nobody() };
        view! {
            {ui::confirmation(words.receipt_title(), words.objection_receipt(), objection.receipt.clone())}
            <h2>{words.receipt_next()}</h2>
            <p>{next}</p>
            {matches!(objection.outcome, Outcome::Waits | Outcome::NeedsInformation).then(|| view! { <p>{asks}</p> })}
            {(objection.outcome != Outcome::Waits).then(|| ui::note(view! {
                <p><strong>{words.request_state_label()}": "</strong>{documents::outcome_name(words, objection.outcome)}</p>
                {(!objection.reason.is_empty()).then(|| view! { <p>{words.sharing_said(&objection.reason)}</p> })}
            }))}
            <p>{words.receipt_keep()}</p>
            <p class="actions">{ui::button_link("/objection/receipt/pdf", words.receipt_pdf())}</p>
            <h2>{words.receipt_shared_title()}</h2>
            <p>{words.receipt_shared_text()}</p>
            {ui::form("/objection/done", view! { <button type="submit" class="button quiet">{words.receipt_shared_button()}</button> })}
        }
        .into_any()
    })
    .into())
}

/// `/objection/done`, posted: whoever sits down at this computer next finds nothing.
pub(crate) async fn done(_call: Call) -> Reply {
    Ok(Answer::Forget { to: "/".to_owned() })
}

/// `/objection/receipt/pdf`
pub(crate) async fn receipt_pdf(call: Call) -> Reply {
    let Some(secret) = &call.draft else { return Call::go("/objection") };
    let sent = call.registry.submitted(&call.caller, secret).await?;
    let name = format!("{}.pdf", sent.receipt);
    paper(name, move || {
        documents::objection(&ObjectionPaper {
            form: &sent.form,
            receipt: &sent.receipt,
            submitted_at: sent.submitted_at,
            decided: None,
            state: FormState::Sent(sent.outcome),
        })
    })
    .await
}

/// A form as a PDF.
pub(crate) async fn paper(
    name: String,
    made: impl FnOnce() -> Result<Vec<u8>, documents::DocumentError> + Send + 'static,
) -> Reply {
    let printed = registry::apart(made);
    let bytes = printed.await?.map_err(|_| Failure::Unavailable)?;
    Ok(Answer::File(File { name, mime: "application/pdf", bytes, public: false }))
}
