//! One plain sentence for every requirement: the same words for nurse, parent and provider.

use domain::{certificate::StatedRequirement, evidence::ExemptionKind};
use words::{Lang, Words};

use crate::{Compliance, Facts, Fault, Outcome, RequirementResult};

/// The name of a requirement, such as "Measles, mumps, rubella (MMR)"; empty for one that no rule names (a test looks at each that one
/// does).
pub fn name(words: Words, id: &str) -> &'static str {
    match id {
        "dtap" => words.requirement_dtap(),
        "tdap" => words.requirement_tdap(),
        "polio" => words.requirement_polio(),
        "hepb" => words.requirement_hepb(),
        "mmr" => words.requirement_mmr(),
        "menacwy" => words.requirement_menacwy(),
        "varicella" => words.requirement_varicella(),
        _ => "",
    }
}

/// Met, by what; or not, why, and from which date it can be.
pub fn sentence(words: Words, facts: &Facts, result: &RequirementResult) -> String {
    match &result.outcome {
        Outcome::Met { doses, until } => {
            let dates: Vec<String> =
                doses.iter().filter_map(|at| facts.doses.get(*at)).map(|dose| words.short_date(dose.on)).collect();
            let dates = dates.join(words.list_separator());
            match until {
                Some(day) => words.outcome_met_until(&dates, &words.date(*day)),
                None => words.outcome_met(i64::try_from(doses.len()).unwrap_or(0), &dates),
            }
        }
        Outcome::Laboratory => words.outcome_laboratory().to_owned(),
        Outcome::History => words.outcome_history().to_owned(),
        Outcome::Exempt(ExemptionKind::Medical) => words.outcome_exempt_medical().to_owned(),
        Outcome::Exempt(ExemptionKind::Religious) => words.outcome_exempt_religious().to_owned(),
        Outcome::ExemptStale(_) => words.outcome_exempt_stale().to_owned(),
        Outcome::InProcess { have, need, from } => {
            words.outcome_in_process(&have.to_string(), &need.to_string(), &words.date(*from))
        }
        Outcome::NotMet { need, from: Some(from), .. } => {
            words.outcome_none_from(i64::try_from(*need).unwrap_or(0), &words.date(*from))
        }
        Outcome::NotMet { have: 0, need, .. } => words.outcome_none(i64::try_from(*need).unwrap_or(0)),
        Outcome::NotMet { have, need, .. } => words.outcome_not_met(&have.to_string(), &need.to_string()),
        Outcome::NoPrimarySeries => words.outcome_no_primary_series().to_owned(),
    }
}

/// How many doses count of how many, without a word on when the next one can be given: for a page where the schedule says that.
/// Nothing for what is met, and for what no dose alone would meet.
pub fn count(words: Words, result: &RequirementResult) -> Option<String> {
    match result.outcome {
        Outcome::NotMet { have: 0, need, .. } => Some(words.outcome_none_count(i64::try_from(need).unwrap_or(0))),
        Outcome::NotMet { have, need, .. } | Outcome::InProcess { have, need, .. } => {
            Some(words.outcome_count(&have.to_string(), &need.to_string()))
        }
        _ => None,
    }
}

/// Why one dose does not count.
pub fn fault_words(words: Words, fault: Fault) -> String {
    match fault {
        Fault::TooYoung { from } => words.fault_too_young(&words.date(from)),
        Fault::TooOld => words.fault_too_old().to_owned(),
        Fault::TooSoon { from } => words.fault_too_soon(&words.date(from)),
        // Not its date: it may be a vaccine the reader must not see.
        Fault::LiveConflict { .. } => words.fault_live_conflict().to_owned(),
        Fault::SameDay => words.fault_same_day().to_owned(),
    }
}

/// The whole evaluation in words, frozen for a certificate; an unknown language reads English.
pub fn stated(language: &str, facts: &Facts, compliance: &Compliance) -> Vec<StatedRequirement> {
    let words = Words(Lang::parse(language).unwrap_or_default());
    let line = |result: &RequirementResult| StatedRequirement {
        name: name(words, &result.id).to_owned(),
        met: result.outcome.is_met(),
        exempt: matches!(result.outcome, Outcome::Exempt(_)),
        sentence: sentence(words, facts, result),
    };
    compliance.results.iter().map(line).collect()
}

/// As [`fault_words`], with the requirement it is about, for a language by its tag; an unknown one reads English.
pub fn fault_in(language: &str, requirement: &str, fault: Fault) -> String {
    let words = Words(Lang::parse(language).unwrap_or_default());
    format!("{}: {}", name(words, requirement), fault_words(words, fault))
}
