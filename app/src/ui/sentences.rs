//! The words for the field's own values.

use domain::{
    audit::{LookTask, WhyLook},
    certificate::{RecordUse, RequestState},
    objection::Choice,
    patient::Gender,
};
use requirements::Status;
use words::Words;

/// A status in words.
pub fn status_name(words: Words, status: Status) -> &'static str {
    match status {
        Status::NoRecord => words.status_no_record(),
        Status::Incomplete => words.status_incomplete(),
        Status::Provisional => words.status_provisional(),
        Status::ExemptRenewalDue => words.status_exempt_renewal(),
        Status::InProcess => words.status_in_process(),
        Status::Exempt => words.status_exempt(),
        Status::Complete => words.status_complete(),
        Status::NotChecked => words.status_not_checked(),
    }
}

/// A request's state in words.
pub fn request_state(words: Words, state: RequestState) -> &'static str {
    match state {
        RequestState::Asked => words.request_asked(),
        RequestState::Returned => words.request_returned(),
        RequestState::Released => words.request_released(),
    }
}

/// A gender in words.
pub fn gender_name(words: Words, gender: Gender) -> &'static str {
    match gender {
        Gender::Female => words.gender_female(),
        Gender::Male => words.gender_male(),
        Gender::X => words.gender_x(),
        Gender::Unknown => words.gender_unknown(),
    }
}

/// What a record is for.
pub fn purpose_name(words: Words, purpose: RecordUse) -> &'static str {
    match purpose {
        RecordUse::School => words.purpose_school(),
        RecordUse::Camp => words.purpose_camp(),
        RecordUse::College => words.purpose_college(),
        RecordUse::Travel => words.purpose_travel(),
        RecordUse::Work => words.purpose_work(),
        RecordUse::Own => words.purpose_own(),
    }
}

/// What a form asks for, in a word.
pub fn choice_words(words: Words, choice: Choice) -> &'static str {
    match choice {
        Choice::Object => words.forms_object(),
        Choice::Withdraw => words.forms_withdraw(),
    }
}

/// A task for which the Department looks.
pub fn look_task(words: Words, task: LookTask) -> &'static str {
    match task {
        LookTask::Disease => words.look_disease(),
        LookTask::Asked => words.look_asked(),
        LookTask::Quality => words.look_quality(),
        LookTask::Oversight => words.look_oversight(),
    }
}

/// Why somebody of the Department has looked.
pub fn why_looked(words: Words, reason: &str) -> String {
    WhyLook::read(reason)
        .map_or_else(|| reason.to_owned(), |why| format!("{}. {}", look_task(words, why.task), why.sentence))
}
