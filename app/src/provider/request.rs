//! The queue of requests for a certified record; reviewing one, certifying or returning it.

use domain::{
    ChartId, RequestId,
    certificate::{IdentityCheck, RecordUse},
    text::Filled,
};
use leptos::prelude::*;
use registry::{RegistryError, RequestReview};

use super::record;
use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, TextArea},
};

/// `/provider/requests`
pub(crate) async fn queue(mut call: Call) -> Reply {
    let words = call.words;
    let sought = call.sought("/provider/requests").await?;
    let requests = call.registry.requests(&call.caller, call.page_number("page"), &sought).await?;
    let contradicted = call.registry.contradicted_certificates(&call.caller).await?;
    let form = call.form;
    Ok(Page::new(words.queue_title(), move || {
        let undecided = (!contradicted.is_empty()).then(|| {
            let items = contradicted
                .iter()
                .map(|(chart, certificate)| {
                    let to = format!("/provider/people/{chart}/certificates/{}", certificate.id);
                    let text = format!("{} ({})", certificate.statement.number, certificate.statement.name);
                    view! { <li><a href=to>{text}</a></li> }
                })
                .collect_view();
            ui::warning(
                words.warning(),
                view! { <h2>{words.certified_title()}</h2><p>{words.certified_elsewhere()}</p><ul>{items}</ul> },
            )
        });
        let seek = ui::seek(words, &form, "/provider/requests", words.queue_sought(), &requests);
        let pages = ui::pages(words, "/provider/requests", "page", &requests, &form);
        let rows: Vec<Vec<AnyView>> = requests
            .lines
            .into_iter()
            .map(|request| {
                let chart = request.chart().map(|chart| chart.to_string()).unwrap_or_default();
                let to = format!("/provider/requests/{chart}/{}", request.id.simple());
                let name = domain::PersonName::stored(request.last_name, request.first_name, String::new()).sorted();
                let purpose =
                    RecordUse::from_key(&request.purpose).map_or("", |purpose| ui::purpose_name(words, purpose));
                vec![
                    view! { <a href=to>{name}</a> }.into_any(),
                    words.short_date(request.birth_date).into_any(),
                    purpose.into_any(),
                    words.day(request.asked_at).into_any(),
                ]
            })
            .collect();
        let columns = [words.field_name(), words.field_born(), words.ask_purpose(), words.request_asked_on()]
            .map(str::to_owned)
            .to_vec();
        let body = if rows.is_empty() {
            // Nobody found is not nobody who waits.
            form.value("sought").is_empty().then(|| view! { <p>{words.queue_empty()}</p> }).into_any()
        } else {
            ui::table(words.queue_title(), columns, rows)
        };
        view! { <h1>{words.queue_title()}</h1>{undecided}{seek}{body}{pages} }.into_any()
    })
    .into())
}

/// Posted there: whose request is sought.
pub(crate) async fn find(call: Call) -> Reply {
    call.seek("/provider/requests").await
}

fn draw(call: Call, chart: ChartId, review: RequestReview) -> Page {
    let words = call.words;
    let at = format!("/provider/requests/{chart}/{}", review.request.id.simple());
    let form = call.form;
    let title = words.review_title();
    Page::new(title, move || {
        let request = &review.request;
        let record = &review.record;
        let to = format!("/provider/requests/{chart}/{}", request.id.simple());
        let checks: Vec<_> = IdentityCheck::ALL
            .iter()
            .map(|check| {
                let label = match check {
                    IdentityCheck::Known => words.identity_known(),
                    IdentityCheck::PhotoId => words.identity_photo(),
                    IdentityCheck::Code => words.identity_code(),
                };
                (check.key().to_owned(), label.to_owned(), String::new())
            })
            .collect();
        let purpose = RecordUse::from_key(&request.purpose).map_or("", |purpose| ui::purpose_name(words, purpose));
        view! {
            {ui::back("/provider/requests", words.back_queue())}
            {ui::error_summary(&form, words)}
            <h1>{words.review_heading(&record.person.name.to_string())}</h1>
            {ui::summary_list(vec![
                (words.ask_purpose().to_owned(), purpose.to_owned(), None),
                (words.ask_recipient().to_owned(), request.recipient.clone(), None),
                (words.review_asked_by().to_owned(), request.asked_by.clone(), None),
                (words.request_asked_on().to_owned(), words.day(request.asked_at), None),
            ])}
            <h2>{words.review_step_record()}</h2>
            <p>{words.review_step_record_text()}</p>
            {record::person(words, record)}
            {ui::timeline(words, record, advice::Audience::Office)}
            {record::doses_by_group(words, record, None, advice::Audience::Office)}
            <p><a href=format!("/provider/people/{chart}")>{words.review_correct()}</a></p>
            {record::evidence_list(words, &record.evidence)}
            {review.compliance.as_ref().map(|(facts, compliance)| record::requirement_list(words, facts, compliance, record.advice.as_ref(), advice::Audience::Office))}
            <h2>{words.review_step_certify()}</h2>
            {ui::form(&format!("{to}/certify"), view! {
                <input type="hidden" name="shown" value=review.shown.clone()/>
                {ui::radios(&form, "identity", words.identity_question(), words.identity_hint(), &checks)}
                {ui::checkbox(&form, "statement", words.review_statement())}
                {ui::button(words.review_certify())}
            })}
            <h2>{words.review_step_return()}</h2>
            {ui::form(&format!("{to}/return"), view! {
                {TextArea::new("reason", words.review_reason()).hint(words.review_reason_hint()).rows(3).view(&form)}
                <button type="submit" class="button quiet">{words.review_return()}</button>
            })}
        }
        .into_any()
    })
    .wide()
    .with_islands()
    .at(at)
}

/// `/provider/requests/{chart}/{request}`
pub(crate) async fn review(call: Call) -> Reply {
    let (chart, patient) = call.charted().await?;
    match call.registry.review(&call.caller, patient, call.param("request")?).await {
        Ok(review) => Ok(draw(call, chart, review).into()),
        // Decided meanwhile.
        Err(RegistryError::Conflict) => Call::go("/provider/requests"),
        Err(other) => Err(other.into()),
    }
}

/// Posted to `.../certify`.
pub(crate) async fn certify(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let id: RequestId = call.param("request")?;
    let check = IdentityCheck::from_key(call.form.value("identity"));
    if check.is_none() {
        call.form.wrong("identity", words.error_choice());
    }
    if !call.form.ticked("statement") {
        call.form.wrong("statement", words.review_statement_missing());
    }
    match check.filter(|_| call.form.is_fine()) {
        Some(check) => {
            let certificate = {
                let shown = call.form.value("shown");
                call.registry.certify(&call.caller, patient, id, check, shown, words.lang().code()).await?
            };
            // Under an objection the released certificate is the family's alone.
            match call.registry.certificate(&call.caller, patient, certificate).await {
                Ok(_) => call.go_telling(&format!("/provider/people/{chart}/certificates/{certificate}"), "released"),
                Err(_) => Call::go("/provider/requests"),
            }
        }
        None => {
            let review = call.registry.review(&call.caller, patient, id).await?;
            Call::again(draw(call, chart, review))
        }
    }
}

/// Posted to `.../return`.
pub(crate) async fn send_back(mut call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let id: RequestId = call.param("request")?;
    let reason = Filled::new(call.form.value("reason"));
    match call.form.accept("reason", words, reason) {
        Some(reason) => {
            call.registry.return_request(&call.caller, patient, id, &reason).await?;
            Call::go("/provider/requests")
        }
        None => {
            let review = call.registry.review(&call.caller, patient, id).await?;
            Call::again(draw(call, chart, review))
        }
    }
}
