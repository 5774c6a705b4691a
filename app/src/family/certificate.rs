//! A released certificate: to look at, download and share; and its PDF, for the family and the issuing office.

use credentials::VerifyCode;
use documents::CertificatePaper;
use domain::PatientId;
use leptos::prelude::*;
use registry::Certificate;

use crate::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    ui,
};

/// `/family/people/{patient}/certificates/{certificate}`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let certificate =
        call.registry.certificate(&call.caller, call.param("patient")?, call.param("certificate")?).await?;
    Ok(Page::new(words.paper_certificate_title(), move || {
        let to = format!("/family/people/{}/certificates/{}/pdf", certificate.patient, certificate.id);
        let state = match certificate.revoked_at {
            Some(at) => ui::warning(
                words.warning(),
                view! {
                    <p>{words.certificate_revoked_family(&words.day(at))}</p>
                    <p>{words.certificate_revoked_reason(&certificate.revoked_reason)}</p>
                },
            ),
            None => ui::note(words.certificate_ready()),
        };
        let valid = certificate.revoked_at.is_none();
        view! {
            {ui::back("/family", words.back_family())}
            <h1>{words.paper_certificate_title()}</h1>
            {state}
            {facts(words, &certificate)}
            {valid.then(|| view! {
                <p class="actions">{ui::button_link(to, words.certificate_download())}</p>
                <p>{words.certificate_share()}</p>
            })}
        }
        .into_any()
    })
    .into())
}

/// What is on a certificate, in short.
pub(crate) fn facts(words: words::Words, certificate: &Certificate) -> AnyView {
    let statement = &certificate.statement;
    ui::summary_list(vec![
        (words.field_name().to_owned(), statement.name.clone(), None),
        (words.paper_number().to_owned(), statement.number.clone(), None),
        (words.verify_code().to_owned(), printed(&certificate.code), None),
        (words.paper_office().to_owned(), statement.office.clone(), None),
        (words.paper_issued().to_owned(), words.day(statement.issued_at), None),
        (words.paper_for().to_owned(), statement.recipient.clone(), None),
    ])
}

/// `.../pdf`
pub(crate) async fn pdf(call: Call) -> Reply {
    paper(&call, call.param("patient")?).await
}

/// A certificate of a person as a PDF.
pub(crate) async fn paper(call: &Call, patient: PatientId) -> Reply {
    let certificate = call.registry.certificate_to_print(&call.caller, patient, call.param("certificate")?).await?;
    let page = format!("{}/verify", call.public_url);
    // The name of the file says nothing of the person.
    let name = format!("certificate-{}.pdf", certificate.statement.number);
    let printed = registry::apart(move || {
        documents::certificate(&CertificatePaper {
            statement: &certificate.statement,
            code: printed(&certificate.code),
            verify_url: format!("{page}/{}", certificate.code),
            verify_page: page,
            digest: &certificate.doses_digest,
            revoked: certificate.revoked_at.is_some(),
        })
    });
    let bytes = printed.await?.map_err(|_| Failure::Unavailable)?;
    Ok(Answer::File(File { name, mime: "application/pdf", bytes, public: false }))
}

fn printed(code: &str) -> String {
    code.parse::<VerifyCode>().map_or_else(|_| code.to_owned(), |code| code.to_string())
}
