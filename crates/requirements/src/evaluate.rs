//! Evaluating a student's facts against the requirements of a grade.

use chrono::{NaiveDate, TimeDelta};
use domain::{
    Antigen, BirthDate, catalogue,
    dose::Given,
    evidence::{Evidence, EvidenceKind, Exemption, ExemptionKind},
    school::{Grade, SchoolYear},
};

use crate::{
    Compliance, Fault, Requirement, RuleSet,
    ladder::{Climb, Rung, climb},
    rules::Ladder,
    status,
};

/// What is known of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Date of birth.
    pub born: BirthDate,
    /// The grade attended or entered.
    pub grade: Grade,
    /// Every dose, in any order.
    pub doses: Vec<Given>,
    /// Laboratory results and histories of disease.
    pub evidence: Vec<Evidence>,
    /// Letters of exemption.
    pub exemptions: Vec<Exemption>,
    /// Homeless or in foster care: enrolled at once, with or without papers (McKinney-Vento, ESSA).
    pub provisional: bool,
}

/// How one requirement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Met by these doses (indices into the facts' doses), until a day if the rule ends at an age.
    Met {
        /// Indices into [`Facts::doses`].
        doses: Vec<usize>,
        /// From this day on it is not met any more.
        until: Option<NaiveDate>,
    },
    /// Met by laboratory evidence.
    Laboratory,
    /// Met by a clinician's history of the disease.
    History,
    /// Not met, but a valid letter stands for it.
    Exempt(ExemptionKind),
    /// Not met; the letter is of an earlier school year.
    ExemptStale(ExemptionKind),
    /// Begun, and the next dose is not allowed before this day.
    InProcess {
        /// Doses that count.
        have: usize,
        /// Doses the shortest way needs.
        need: usize,
        /// The first day the next dose is allowed.
        from: NaiveDate,
    },
    /// Not met: the next dose can be given now, or a series that was never begun from a day.
    NotMet {
        /// Doses that count.
        have: usize,
        /// Doses the shortest way needs.
        need: usize,
        /// The first day the first dose is allowed, where it is not allowed today.
        from: Option<NaiveDate>,
    },
    /// The dose itself is there; the childhood series it builds on is not on record (Tdap).
    NoPrimarySeries,
}

impl Outcome {
    /// Does the student meet it today, letters aside?
    pub const fn is_met(&self) -> bool {
        matches!(self, Self::Met { .. } | Self::Laboratory | Self::History)
    }
}

/// One requirement with its outcome and the doses that do not count for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementResult {
    /// `mmr`: the key of its words.
    pub id: String,
    /// How many doses the law's table names.
    pub required_doses: u32,
    /// How it stands.
    pub outcome: Outcome,
    /// Doses of this vaccine that do not count, each with its reason (indices into the facts' doses).
    pub faults: Vec<(usize, Fault)>,
}

/// The same evaluation with nothing but these doses, and what is on file of these diseases: an answer that stays, without what it need not
/// show. What an outcome or a fault says of a dose that is left out is left out too.
pub fn with_doses(
    facts: Facts,
    compliance: Compliance,
    keep: impl Fn(&Given) -> bool,
    is_kept: impl Fn(Antigen) -> bool,
) -> (Facts, Compliance) {
    let mut places = Vec::with_capacity(facts.doses.len());
    let mut doses = Vec::new();
    for dose in facts.doses {
        let stays = keep(&dose);
        places.push(stays.then_some(doses.len()));
        if stays {
            doses.push(dose);
        }
    }
    let place = |at: usize| places.get(at).copied().flatten();
    let results = compliance.results.into_iter().map(|mut result| {
        if let Outcome::Met { doses, .. } = &mut result.outcome {
            *doses = doses.iter().filter_map(|at| place(*at)).collect();
        }
        result.faults = result.faults.into_iter().filter_map(|(at, fault)| Some((place(at)?, fault))).collect();
        result
    });
    let results = results.collect();
    let (mut evidence, mut exemptions) = (facts.evidence, facts.exemptions);
    evidence.retain(|one| is_kept(one.antigen));
    // A letter for every disease names none.
    exemptions.retain(|letter| letter.antigens.is_empty() || letter.antigens.iter().any(|antigen| is_kept(*antigen)));
    for letter in &mut exemptions {
        letter.antigens.retain(|antigen| is_kept(*antigen));
    }
    (Facts { doses, evidence, exemptions, ..facts }, Compliance { results, ..compliance })
}

/// Evaluates everything the grade requires, as of a day. Doses after that day are not looked at.
pub fn evaluate(set: &RuleSet, facts: &Facts, as_of: NaiveDate) -> Compliance {
    let results: Vec<_> = set.for_grade(facts.grade).map(|requirement| one(set, requirement, facts, as_of)).collect();
    status::compliance(set, facts, results, as_of)
}

fn one(set: &RuleSet, requirement: &Requirement, facts: &Facts, as_of: NaiveDate) -> RequirementResult {
    let (outcome, faults) = by_doses(set, requirement, facts, as_of);
    let outcome = if outcome.is_met() {
        outcome
    } else {
        by_evidence(requirement, facts, as_of).or_else(|| by_letter(requirement, facts, as_of)).unwrap_or(outcome)
    };
    RequirementResult { id: requirement.id.clone(), required_doses: requirement.required_doses, outcome, faults }
}

/// Measles, mumps and rubella are counted each by itself, so that single vaccines and laboratory evidence add up.
fn by_doses(
    set: &RuleSet,
    requirement: &Requirement,
    facts: &Facts,
    as_of: NaiveDate,
) -> (Outcome, Vec<(usize, Fault)>) {
    if requirement.each_of.is_empty() {
        return best(set, requirement, facts, None, as_of);
    }
    let proven = |antigen: &Antigen| {
        requirement.laboratory.contains(antigen) && has(facts, *antigen, EvidenceKind::Laboratory, as_of)
    };
    let parts: Vec<_> = requirement
        .each_of
        .iter()
        .filter(|antigen| !proven(antigen))
        .map(|antigen| best(set, requirement, facts, Some(*antigen), as_of))
        .collect();
    // The requirement stands as its weakest part does.
    parts.into_iter().max_by_key(|(outcome, _)| distance(outcome)).unwrap_or((Outcome::Laboratory, Vec::new()))
}

fn distance(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Met { .. } => 0,
        Outcome::InProcess { have, need, .. } => 1 + need - have,
        Outcome::NotMet { have, need, .. } => 100 + need - have,
        _ => 50,
    }
}

/// The best of a requirement's options: met before begun, nearer the top before farther from it.
fn best(
    set: &RuleSet,
    requirement: &Requirement,
    facts: &Facts,
    part: Option<Antigen>,
    as_of: NaiveDate,
) -> (Outcome, Vec<(usize, Fault)>) {
    let climbs: Vec<Climb> = requirement
        .options
        .iter()
        .filter_map(|ladder| {
            climb(set, ladder, facts.born, &counting(set, requirement, ladder, facts, part, as_of), as_of)
        })
        .collect();
    let missing = |climb: &Climb| climb.steps - climb.counted.len();
    // What is said is what can be done: a way whose ages are past or not reached, or that hangs on a product nobody has begun with,
    // does not compete with one that is open.
    let is_open = |climb: &&Climb| climb.is_met() || climb.open;
    let rank = |climb: &&Climb| (!climb.is_met(), climb.until.is_some(), missing(climb), climb.next_from);
    let best = climbs.iter().filter(is_open).min_by_key(rank).or_else(|| climbs.iter().min_by_key(rank));
    let Some(best) = best else {
        return (Outcome::NotMet { have: 0, need: requirement.required_doses as usize, from: None }, Vec::new());
    };
    let (have, need) = (best.counted.len(), best.steps);
    // A live vaccine waits for every other one, whatever it is against and whether it counts.
    let after_live = || if requirement.live { live_gap_ends(set, facts, as_of) } else { None };
    let next_from = best.next_from.map(|from| after_live().map_or(from, |gap| gap.max(from)));
    let outcome = match next_from {
        None if !has_history(set, requirement, facts, as_of) => Outcome::NoPrimarySeries,
        None => Outcome::Met { doses: best.counted.clone(), until: best.until },
        // A series that was never begun is not under way, however young the child.
        Some(from) if from > as_of && have > 0 => Outcome::InProcess { have, need, from },
        Some(from) => {
            Outcome::NotMet { have, need, from: (from > as_of && after_live() == Some(from)).then_some(from) }
        }
    };
    (outcome, best.faults.clone())
}

fn has_history(set: &RuleSet, requirement: &Requirement, facts: &Facts, as_of: NaiveDate) -> bool {
    let Some(ladders) = &requirement.history else { return true };
    ladders.iter().any(|ladder| {
        let doses = sorted(facts, as_of, |dose| ladder.only_cvx.contains(&dose.cvx), |_| None);
        climb(set, ladder, facts.born, &doses, as_of).is_some_and(|climb| climb.is_met())
    })
}

fn counting<'a>(
    set: &RuleSet,
    requirement: &Requirement,
    ladder: &Ladder,
    facts: &'a Facts,
    part: Option<Antigen>,
    as_of: NaiveDate,
) -> Vec<Rung<'a>> {
    let counts = |dose: &Given| {
        let listed = requirement.cvx.contains(&dose.cvx) || ladder.also_cvx.contains(&dose.cvx);
        let withdrawn = requirement.until.iter().any(|(codes, before)| codes.contains(&dose.cvx) && dose.on >= *before);
        let protects =
            part.is_none_or(|antigen| catalogue::vaccine(dose.cvx).is_some_and(|vaccine| vaccine.covers(antigen)));
        listed && protects && !withdrawn
    };
    sorted(facts, as_of, counts, |dose| if requirement.live { live_conflict(set, facts, dose, &counts) } else { None })
}

fn sorted<'a>(
    facts: &'a Facts,
    as_of: NaiveDate,
    counts: impl Fn(&Given) -> bool,
    conflict: impl Fn(&Given) -> Option<NaiveDate>,
) -> Vec<Rung<'a>> {
    let mut doses: Vec<Rung<'a>> = facts
        .doses
        .iter()
        .enumerate()
        .filter(|(_, dose)| dose.on <= as_of && counts(dose))
        .map(|(at, dose)| Rung {
            at,
            on: dose.on,
            cvx: dose.cvx,
            product: dose.trade_name(),
            live_conflict: conflict(dose),
        })
        .collect();
    doses.sort_by_key(|dose| (dose.on, dose.cvx, dose.at));
    doses
}

/// The day of another live vaccine given 1 to 27 days before: then the later dose, this one, does not count. No grace.
/// What counts for the same requirement is the interval rule's business: a measles vaccine ten days before MMRV spoils its
/// chickenpox part, and its measles part by the interval.
fn live_conflict(set: &RuleSet, facts: &Facts, dose: &Given, same: &impl Fn(&Given) -> bool) -> Option<NaiveDate> {
    facts
        .doses
        .iter()
        .filter(|other| {
            let days = (dose.on - other.on).num_days();
            let live = catalogue::vaccine(other.cvx).is_some_and(|vaccine| vaccine.live) && !same(other);
            live && days > 0 && days < i64::from(set.live_gap)
        })
        .map(|other| other.on)
        .max()
}

/// The day from which another live vaccine may be given, after those on record. One given today is no obstacle today: two can be given at
/// one visit.
fn live_gap_ends(set: &RuleSet, facts: &Facts, as_of: NaiveDate) -> Option<NaiveDate> {
    let is_live = |dose: &&Given| catalogue::vaccine(dose.cvx).is_some_and(|vaccine| vaccine.live);
    let last = facts.doses.iter().filter(|dose| dose.on < as_of).filter(is_live).map(|dose| dose.on).max()?;
    last.checked_add_signed(TimeDelta::days(set.live_gap.into()))
}

fn by_evidence(requirement: &Requirement, facts: &Facts, as_of: NaiveDate) -> Option<Outcome> {
    let all = |antigens: &[Antigen], kind| {
        !antigens.is_empty() && antigens.iter().all(|antigen| has(facts, *antigen, kind, as_of))
    };
    if all(&requirement.laboratory, EvidenceKind::Laboratory) {
        return Some(Outcome::Laboratory);
    }
    all(&requirement.clinician_history, EvidenceKind::ClinicianHistory).then_some(Outcome::History)
}

fn has(facts: &Facts, antigen: Antigen, kind: EvidenceKind, as_of: NaiveDate) -> bool {
    facts.evidence.iter().any(|evidence| evidence.antigen == antigen && evidence.kind == kind && evidence.on <= as_of)
}

/// Letters hold for the school year they were signed for; a letter of this year wins over a stale one.
fn by_letter(requirement: &Requirement, facts: &Facts, as_of: NaiveDate) -> Option<Outcome> {
    let protects: Vec<Antigen> = requirement
        .cvx
        .iter()
        .filter_map(|cvx| catalogue::vaccine(*cvx))
        .flat_map(|vaccine| vaccine.antigens.iter().copied())
        .collect();
    let named: &[Antigen] = if requirement.each_of.is_empty() { &protects } else { &requirement.each_of };
    let applies = |letter: &&Exemption| {
        letter.signed_on <= as_of
            && (letter.antigens.is_empty()
                || letter
                    .antigens
                    .iter()
                    .any(|antigen| named.contains(antigen) && antigens_of(&requirement.id).contains(antigen)))
    };
    let newest = facts.exemptions.iter().filter(applies).max_by_key(|letter| letter.signed_on)?;
    let current = SchoolYear::of(newest.signed_on) == SchoolYear::of(as_of);
    Some(if current { Outcome::Exempt(newest.kind) } else { Outcome::ExemptStale(newest.kind) })
}

/// What a requirement is about. Combined vaccines bring in antigens it does not ask for: a letter about polio is none about
/// DTaP, and a school that asks for polio is not shown the rest of a combination by itself.
pub fn antigens_of(requirement: &str) -> &'static [Antigen] {
    match requirement {
        "dtap" | "tdap" => &[Antigen::Diphtheria, Antigen::Tetanus, Antigen::Pertussis],
        "polio" => &[Antigen::Polio],
        "hepb" => &[Antigen::HepB],
        "mmr" => &[Antigen::Measles, Antigen::Mumps, Antigen::Rubella],
        "varicella" => &[Antigen::Varicella],
        "menacwy" => &[Antigen::MenAcwy],
        _ => &[],
    }
}
