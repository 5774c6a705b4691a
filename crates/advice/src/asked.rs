//! A person of the registry, as the schedule asks for one.

use domain::{
    Antigen, BirthDate,
    evidence::{Evidence, EvidenceKind},
    patient::Gender,
};
use schedule::{Given, Observed, Person};

/// Somebody, with doses and evidence. Where they were born is not on record, so nobody is taken to be immune by it.
pub fn person(born: BirthDate, gender: Gender, doses: impl Iterator<Item = Given>, evidence: &[Evidence]) -> Person {
    Person {
        born: born.date(),
        sex: match gender {
            Gender::Female => schedule::Sex::Female,
            Gender::Male => schedule::Sex::Male,
            Gender::X | Gender::Unknown => schedule::Sex::Unknown,
        },
        birth_country: String::new(),
        doses: doses.collect(),
        observations: evidence.iter().filter_map(observed).collect(),
    }
}

/// Evidence by CDC's number of it (CDSi schedule supporting data, observations 018 to 025). A parent's word alone is none.
fn observed(evidence: &Evidence) -> Option<Observed> {
    let code = match (evidence.kind, evidence.antigen) {
        (EvidenceKind::Laboratory, Antigen::HepA) => 18,
        (EvidenceKind::Laboratory, Antigen::HepB) => 19,
        (EvidenceKind::Laboratory, Antigen::Measles) => 20,
        (EvidenceKind::Laboratory, Antigen::Mumps) => 21,
        (EvidenceKind::Laboratory, Antigen::Rubella) => 22,
        (EvidenceKind::Laboratory, Antigen::Varicella) => 23,
        (EvidenceKind::ClinicianHistory, Antigen::Varicella) => 24,
        (EvidenceKind::ClinicianHistory, Antigen::Zoster) => 25,
        _ => return None,
    };
    Some(Observed { code, date: Some(evidence.on) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_evidence_are_those_the_schedule_takes_for_immunity() {
        let schedule = schedule::data::schedule().unwrap_or_else(|error| panic!("{error}"));
        let kinds = [EvidenceKind::Laboratory, EvidenceKind::ClinicianHistory];
        let mut codes: Vec<u16> = Vec::new();
        for (kind, antigen) in kinds.iter().flat_map(|kind| Antigen::ALL.iter().map(move |antigen| (*kind, *antigen))) {
            codes.extend(
                observed(&Evidence { antigen, kind, on: chrono::NaiveDate::MIN }).map(|observed| observed.code),
            );
        }
        codes.sort_unstable();
        let mut proves: Vec<u16> =
            schedule.antigens.iter().flat_map(|antigen| antigen.immunity.history.iter().copied()).collect();
        proves.sort_unstable();
        assert_eq!(codes, proves);
    }
}
