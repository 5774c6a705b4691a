//! What is wrong, at the top of the page, each with a link to its field.

use leptos::prelude::*;
use words::Words;

use crate::form::{Form, is_general};

/// Nothing when nothing is wrong.
pub fn error_summary(form: &Form, words: Words) -> AnyView {
    if form.is_fine() {
        return ().into_any();
    }
    let items = form
        .errors()
        .iter()
        .map(|(name, message)| {
            // Beside its field a message needs no name; up here it does.
            let text = match label(words, name) {
                Some(label) if is_general(words, message) && label.ends_with('?') => format!("{label} {message}"),
                Some(label) if is_general(words, message) => format!("{label}: {message}"),
                _ => message.clone(),
            };
            view! { <li><a href=format!("#{name}")>{text}</a></li> }
        })
        .collect_view();
    view! {
        <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabindex="-1" autofocus=true>
            <h2 id="error-summary-title">{words.error_summary()}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

/// What a field is called, where its fault can be one that any field can have.
fn label(words: Words, name: &str) -> Option<&'static str> {
    Some(match name {
        "login" => words.sign_in_login(),
        "password" => words.sign_in_password(),
        "last" => words.field_last(),
        "first" => words.field_first(),
        "middle" => words.field_middle(),
        "born" => words.field_born(),
        "gender" => words.field_gender(),
        "street" => words.field_street(),
        "city" => words.field_city(),
        "state" => words.field_state(),
        "zip" => words.field_zip(),
        "phone" => words.field_phone(),
        "email" => words.field_email(),
        "mother-first" => words.field_mother_first(),
        "mother-maiden" => words.field_mother_maiden(),
        "choice" => words.objection_part_a(),
        "signer" => words.objection_signer(),
        "signature" => words.objection_signature(),
        "recipient" => words.ask_recipient(),
        "purpose" => words.ask_purpose(),
        "cvx" => words.dose_vaccine(),
        "given" => words.dose_date(),
        "source" => words.dose_source(),
        "office" => words.dose_office(),
        "product" => words.dose_product(),
        "mvx" => words.dose_maker(),
        "lot" => words.dose_lot(),
        "despite" => words.warning_reason(),
        "reason" => words.reason_label(),
        "void-reason" => words.dose_void_reason(),
        "fate-reason" => words.certified_reason(),
        "identity" => words.identity_question(),
        "message" => words.feedback_message(),
        "topic" => words.feedback_topic(),
        "more" => words.form_more(),
        "reject" => words.form_reject_reason(),
        "person" => words.form_who(),
        "sought" => words.forms_sought(),
        "class" => words.board_class(),
        "task" => words.department_task(),
        _ => return None,
    })
}
