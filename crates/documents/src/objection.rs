//! The completed objection form, or its withdrawal.

use chrono::{DateTime, Utc};
use domain::{
    objection::{Choice, Form, Outcome, Signer, State},
    patient::Address,
};
use words::{Lang, Words};

use crate::{
    DocumentError,
    certificate::gender,
    flow::{BLACK, Flow, GREY},
    font::{Weight, can_print},
    paint::{About, paint},
};

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct ObjectionPaper<'a> {
    /// The completed form.
    pub form: &'a Form,
    /// Its receipt number.
    pub receipt: &'a str,
    /// When it came.
    pub submitted_at: DateTime<Utc>,
    /// When it was decided, and by whom: for the Department's own paper.
    pub decided: Option<(DateTime<Utc>, &'a str)>,
    /// What became of it.
    pub state: FormState,
}

/// What became of a form, as far as whoever gets the paper is told.
#[derive(Debug, Clone, Copy)]
pub enum FormState {
    /// For whoever sent it.
    Sent(Outcome),
    /// For the Department's files.
    OnFile(State),
}

/// Makes the PDF, in the language the form was filled in; another language than English is followed by the English.
///
/// # Errors
/// [`DocumentError`] when the writer refuses.
pub fn objection(paper: &ObjectionPaper<'_>) -> Result<Vec<u8>, DocumentError> {
    let ObjectionPaper { form, receipt, submitted_at, .. } = *paper;
    let words = Words(Lang::parse(&form.language).unwrap_or_default());
    let mut flow = Flow::new();
    one(&mut flow, words, paper);
    if words.lang() != Lang::En {
        flow.need(10_000.0);
        one(&mut flow, Words(Lang::En), paper);
    }
    let foot = words.paper_receipt(receipt);
    let about = About {
        title: title(words, form.choice),
        language: words.lang().code(),
        id: receipt,
        at: submitted_at,
        foot: &foot,
        warning: "",
        page_words: &|number, total| words.paper_page(&number.to_string(), &total.to_string()),
    };
    paint(flow, &about)
}

fn title(words: Words, choice: Choice) -> &'static str {
    match choice {
        Choice::Object => words.objection_paper_title(),
        Choice::Withdraw => words.objection_paper_title_withdraw(),
    }
}

/// The form from A to F, as the Department prints it.
fn one(flow: &mut Flow, words: Words, paper: &ObjectionPaper<'_>) {
    let form = paper.form;
    flow.text(words.paper_state(), 9.5, Weight::Bold, GREY);
    flow.heading(1, title(words, form.choice));
    flow.text(words.objection_paper_law(), 9.0, Weight::Regular, GREY);
    flow.rule();
    flow.heading(2, &format!("A. {}", words.objection_part_a()));
    flow.paragraph(match form.choice {
        Choice::Object => words.objection_choice_object(),
        Choice::Withdraw => words.objection_choice_withdraw(),
    });
    person(flow, words, form);
    statements(flow, words, form);
    for_the_office(flow, words, paper);
}

/// B: whom it is about.
fn person(flow: &mut Flow, words: Words, form: &Form) {
    flow.heading(2, &format!("B. {}", words.objection_part_b()));
    let address = &form.address;
    let has_none = *address == Address::default();
    let street = if has_none { words.objection_no_address().to_owned() } else { address.street.clone() };
    flow.fields(&[
        (words.field_last(), form.name.last().to_owned()),
        (words.field_first(), form.name.first().to_owned()),
        (words.field_middle(), form.name.middle().to_owned()),
        (words.field_born(), words.date(form.born)),
        (words.field_gender(), gender(words, form.gender.key()).to_owned()),
        (words.field_street(), street),
        (words.field_city(), address.city.clone()),
        (words.field_state(), address.state.clone()),
        (words.field_zip(), address.zip.clone()),
        (words.field_phone(), form.phone.clone()),
        (words.field_email(), form.email.clone()),
        (words.field_mother_first(), form.mother.first.clone()),
        (words.field_mother_maiden(), form.mother.maiden.clone()),
    ]);
    if !can_print(&printed(form)) {
        flow.text(words.paper_other_letters(), 9.0, Weight::Regular, GREY);
    }
}

/// C and D: what was acknowledged, and who signed.
fn statements(flow: &mut Flow, words: Words, form: &Form) {
    flow.heading(2, &format!("C. {}", words.objection_part_c()));
    for (number, sentence) in words.objection_statements().into_iter().enumerate() {
        let line = format!("{}. {sentence} — {}", number + 1, words.objection_acknowledged());
        flow.text(&line, 9.5, Weight::Regular, BLACK);
    }
    // The signature stays on one page with what is signed.
    flow.need(130.0);
    flow.heading(2, &format!("D. {}", words.objection_part_d()));
    flow.fields(&[
        (words.objection_signer(), signer(words, form.signer).to_owned()),
        (words.objection_signature(), form.signature.clone()),
        (words.objection_signed_on(), words.date(form.signed_on)),
    ]);
    flow.text(words.objection_signature_statement(), 9.0, Weight::Regular, GREY);
}

/// E and F: what an office and the Department did. An empty field is a dash: on paper nothing would look forgotten.
fn for_the_office(flow: &mut Flow, words: Words, paper: &ObjectionPaper<'_>) {
    let ObjectionPaper { form, receipt, submitted_at, decided, state } = *paper;
    let or_dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let through_office = !form.office.is_empty();
    let if_office = |text: &str| or_dash(if through_office { text.to_owned() } else { String::new() });
    flow.heading(2, &format!("E. {}", words.objection_part_e()));
    flow.fields(&[
        (words.paper_office(), or_dash(form.office.clone())),
        (words.objection_office_staff(), or_dash(form.office_staff.clone())),
        (words.objection_office_date(), if_office(&words.day(submitted_at))),
        (words.objection_copy(), if_office(words.objection_copy_yes())),
    ]);
    flow.heading(2, &format!("F. {}", words.objection_part_f()));
    let entered = if through_office { form.office_staff.clone() } else { words.objection_entered_online().to_owned() };
    let state = match state {
        FormState::Sent(Outcome::Waits) | FormState::OnFile(State::Submitted) => "",
        FormState::Sent(outcome) => outcome_name(words, outcome),
        FormState::OnFile(state) => state_name(words, state),
    };
    let (decided, by) = decided.map(|(at, by)| (words.day(at), by.to_owned())).unwrap_or_default();
    flow.fields(&[
        (words.objection_receipt(), receipt.to_owned()),
        (words.objection_received(), words.day(submitted_at)),
        (words.objection_entered(), entered),
        (words.objection_decided(), or_dash(decided)),
        (words.objection_decided_by(), or_dash(by)),
        (words.request_state_label(), or_dash(state.to_owned())),
    ]);
}

/// What became of a form, to whoever sent it.
pub fn outcome_name(words: Words, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Waits => words.form_state_submitted(),
        Outcome::NeedsInformation => words.form_state_needs(),
        Outcome::Accepted => words.form_outcome_accepted(),
        Outcome::Rejected => words.form_state_rejected(),
    }
}

/// Where a form stands.
pub fn state_name(words: Words, state: State) -> &'static str {
    match state {
        State::Submitted => words.form_state_submitted(),
        State::NeedsInformation => words.form_state_needs(),
        State::NoRecordYet => words.form_state_no_record(),
        State::InEffect => words.form_state_in_effect(),
        State::Rejected => words.form_state_rejected(),
        State::Superseded => words.form_state_superseded(),
    }
}

fn signer(words: Words, signer: Signer) -> &'static str {
    match signer {
        Signer::Patient => words.signer_patient(),
        Signer::Parent => words.signer_parent(),
        Signer::Guardian => words.signer_guardian(),
        Signer::Representative => words.signer_representative(),
    }
}

/// What is printed as somebody has typed it.
fn printed(form: &Form) -> String {
    let (address, mother) = (form.address.one_line(), &form.mother);
    [&form.name.to_string(), &form.signature, &address, &mother.first, &mother.maiden, &form.office, &form.office_staff]
        .map(String::as_str)
        .join(" ")
}
