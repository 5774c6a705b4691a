//! One record: doses by vaccine and as a picture, evidence, requirements, history.

use advice::{Advice, Audience, DueLine, Urgency};
use domain::{
    SiteId, catalogue,
    code::VaccineGroup,
    dose::{Dose, Source},
    evidence::{Evidence, EvidenceKind},
};
use leptos::prelude::*;
use registry::Record;
use requirements::{Compliance, Facts, Outcome, RequirementResult};
use schedule::Status;
use words::Words;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, Tone},
};

/// `/provider/people/{chart}`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let (chart, patient) = call.charted().await?;
    let (record, certificates) = call.registry.record_and_certificates(&call.caller, patient).await?;
    let compliance = call.registry.compliance_of(&record);
    let site = call.caller.principal.site();
    let name = record.person.name.to_string();
    let saved = match call.told() {
        "dose" => Some(words.record_saved_dose()),
        "corrected" => Some(words.record_saved_corrected()),
        "void" => Some(words.record_saved_void()),
        _ => None,
    };
    Ok(Page::new(name.clone(), move || {
        let to = format!("/provider/people/{chart}");
        let has_certificates = !certificates.is_empty();
        let certificates = certificates
            .into_iter()
            .map(|certificate| {
                let to = format!("{to}/certificates/{}", certificate.id);
                let revoked = certificate.revoked_at.is_some().then(|| ui::tag(Tone::Bad, words.verify_revoked()));
                view! { <li><a href=to>{certificate.statement.number.clone()}</a>" – "{words.day(certificate.issued_at)}" "{revoked}</li> }
            })
            .collect_view();
        view! {
            {ui::back("/provider?sought=yes", words.back_find())}
            {saved.map(ui::done)}
            <h1>{name}</h1>
            <p class="print-only"><strong>{words.record_no_certificate()}</strong></p>
            {person(words, &record)}
            <p class="hint">{words.record_may_be_part()}</p>
            <p class="actions">{ui::button_link(format!("{to}/doses/new"), words.record_add_dose())}</p>
            {ui::due(words, &record, Audience::Office)}
            <h2 id="doses">{words.record_doses()}</h2>
            {ui::timeline(words, &record, Audience::Office)}
            {doses_by_group(words, &record, site.map(|site| (site, to.clone())), Audience::Office)}
            {evidence_list(words, &record.evidence)}
            {compliance.map(|(facts, compliance)| requirement_list(words, &facts, &compliance, record.advice.as_ref(), Audience::Office))}
            {has_certificates.then(|| view! { <h2>{words.record_certificates()}</h2><ul>{certificates}</ul> })}
            {history(words, &record)}
        }
        .into_any()
    })
    .wide()
    .with_islands()
    .into())
}

/// Who it is.
pub(crate) fn person(words: Words, record: &Record) -> AnyView {
    let person = &record.person;
    let place = person.address.one_line();
    let mother = [person.mother.first.as_str(), person.mother.maiden.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    ui::summary_list(vec![
        (words.field_born().to_owned(), words.date(person.born.date()), None),
        (words.field_gender().to_owned(), ui::gender_name(words, person.gender).to_owned(), None),
        (
            words.field_address().to_owned(),
            if record.address_masked { words.address_masked().to_owned() } else { place },
            None,
        ),
        (words.field_phone().to_owned(), person.phone.clone(), None),
        (words.field_mother().to_owned(), mother, None),
    ])
}

/// The doses, a table for each group. An office gets links to correct its own.
pub(crate) fn doses_by_group(
    words: Words,
    record: &Record,
    own: Option<(SiteId, String)>,
    audience: Audience,
) -> AnyView {
    let doses = &record.doses;
    if doses.is_empty() {
        return view! { <p>{words.record_no_doses()}</p> }.into_any();
    }
    let in_group = |dose: &Dose, group| catalogue::is_listed_under(dose.cvx, group);
    VaccineGroup::ALL
        .iter()
        .filter(|group| doses.iter().any(|dose| in_group(dose, **group)))
        .map(|group| {
            let rows = doses
                .iter()
                .enumerate()
                .filter(|(_, dose)| in_group(dose, *group))
                .map(|(at, dose)| {
                    dose_row(words, dose, ui::dose_notes(words, record, at, *group), own.as_ref(), audience)
                })
                .collect();
            let columns = [
                words.paper_date(),
                words.paper_vaccine(),
                words.paper_product(),
                words.dose_lot(),
                words.paper_office(),
            ]
            .map(str::to_owned)
            .to_vec();
            let columns =
                if own.is_some() { [columns, vec![words.dose_change().to_owned()]].concat() } else { columns };
            ui::lines(ui::group_name(words, *group), columns, rows)
        })
        .collect_view()
        .into_any()
}

/// A lot number; where the row has no room for column names, it says itself what it is.
fn lot(words: Words, lot: &str) -> AnyView {
    if lot.is_empty() {
        return ().into_any();
    }
    view! { <span class="narrow-only">{words.dose_lot()}" "</span>{lot.to_owned()} }.into_any()
}

fn dose_row(
    words: Words,
    dose: &Dose,
    notes: AnyView,
    own: Option<&(SiteId, String)>,
    audience: Audience,
) -> Vec<AnyView> {
    let office = if dose.source == Source::Historical {
        words.dose_from_history(if dose.office.is_empty() { "–" } else { &dose.office })
    } else {
        dose.office.clone()
    };
    let mut row = vec![
        words.short_date(dose.given_on).into_any(),
        view! { <div>{advice::vaccine_name(words, dose.cvx, audience)}{notes}</div> }.into_any(),
        dose.product.to_string().into_any(),
        lot(words, &dose.lot),
        office.into_any(),
    ];
    if let Some((site, to)) = own {
        let link = (dose.site == Some(*site)).then(|| {
            let hidden = format!("{}, {}", catalogue::name(dose.cvx), words.short_date(dose.given_on));
            view! { <a href=format!("{to}/doses/{}", dose.id)>{words.dose_correct()}<span class="visually-hidden">" "{hidden}</span></a> }
        });
        row.push(link.into_any());
    }
    row
}

/// Laboratory results and histories of disease.
pub(crate) fn evidence_list(words: Words, evidence: &[Evidence]) -> AnyView {
    if evidence.is_empty() {
        return ().into_any();
    }
    let items = evidence
        .iter()
        .map(|evidence| {
            let kind = match evidence.kind {
                EvidenceKind::Laboratory => words.evidence_laboratory(),
                EvidenceKind::ClinicianHistory => words.evidence_clinician(),
                EvidenceKind::ParentStatement => words.evidence_parent(),
            };
            view! { <li>{ui::group_name(words, evidence.antigen.group())}": "{kind}", "{words.date(evidence.on)}</li> }
        })
        .collect_view();
    view! { <h2>{words.paper_evidence()}</h2><ul>{items}</ul> }.into_any()
}

/// Every requirement with its sentence. Where the schedule's advice is on the same page, it says when a dose is due, once for both.
pub(crate) fn requirement_list(
    words: Words,
    facts: &Facts,
    compliance: &Compliance,
    advice: Option<&Advice>,
    audience: Audience,
) -> AnyView {
    // A family looks for what is missing: what is met stands in one line.
    let lasts = |outcome: &Outcome| outcome.is_met() && !matches!(outcome, Outcome::Met { until: Some(_), .. });
    let is_short = |result: &RequirementResult| audience == Audience::Family && lasts(&result.outcome);
    let met = compliance.results.iter().filter(|result| is_short(result));
    let met = met.map(|result| requirements::name(words, &result.id)).collect::<Vec<_>>().join("; ");
    let met = (!met.is_empty()).then(|| view! { <p>{ui::tag(Tone::Good, words.paper_met())}" "{met}</p> });
    // Where the schedule refuses a dose too, the family's list of doses says so at the dose itself.
    let is_said = |at: usize| {
        let refuses = |advice: &Advice| advice.notes.iter().any(|it| it.dose == at && it.status != Status::Valid);
        audience == Audience::Family && advice.is_some_and(refuses)
    };
    let rows: Vec<_> = compliance
        .results
        .iter()
        .filter(|result| !is_short(result))
        .map(|result| {
            let mark = match result.outcome {
                Outcome::Exempt(_) => ui::tag(Tone::Plain, words.status_exempt()),
                Outcome::InProcess { .. } => ui::tag(Tone::Waiting, words.status_in_process()),
                _ if result.outcome.is_met() => ui::tag(Tone::Good, words.paper_met()),
                _ => ui::tag(Tone::Bad, words.paper_not_met()),
            };
            let faults = result
                .faults
                .iter()
                .filter(|(at, _)| !is_said(*at))
                .filter_map(|(at, fault)| {
                    let dose = facts.doses.get(*at)?;
                    let name = advice::vaccine_name(words, dose.cvx, audience);
                    let text =
                        format!("{name}, {}: {}", words.short_date(dose.on), requirements::fault_words(words, *fault));
                    Some(view! { <p class="fault">{text}</p> })
                })
                .collect_view();
            let said = advice
                .and_then(|advice| by_schedule(words, advice, result, audience))
                .unwrap_or_else(|| requirements::sentence(words, facts, result));
            let sentence = view! { <div><p>{said}</p>{(!result.outcome.is_met()).then_some(faults)}</div> }.into_any();
            vec![requirements::name(words, &result.id).into_any(), mark, sentence]
        })
        .collect();
    let columns = [words.paper_requirement(), words.paper_status(), words.paper_why()].map(str::to_owned).to_vec();
    view! {
        <h2>{words.requirements_title(&facts.grade.to_string())}</h2>
        {(!rows.is_empty()).then(|| ui::table(words.paper_requirements(), columns, rows))}
        {met}
        <p class="hint">{words.paper_rule_set(&compliance.rule_set)}</p>
    }
    .into_any()
}

/// What is missing for school, with the schedule's own sentence on when it is due.
fn by_schedule(words: Words, advice: &Advice, result: &RequirementResult, audience: Audience) -> Option<String> {
    let count = requirements::count(words, result)?;
    let antigens = requirements::antigens_of(&result.id);
    let about = |line: &&DueLine| antigens.iter().any(|antigen| antigen.group() == line.group);
    let is_timed = |line: &&DueLine| line.urgency <= Urgency::Later && !line.optional;
    match advice.lines.iter().filter(about).find(is_timed) {
        // For school it is missing, however long the schedule still lets it wait: the school's own sentence says that it can be given now.
        Some(line) if matches!(line.urgency, Urgency::Now | Urgency::Allowed) => None,
        Some(line) => Some(format!("{count} {}", advice::sentences::headline(words, line, advice.on, audience))),
        None => Some(count),
    }
}

/// What was corrected or taken back, and why.
fn history(words: Words, record: &Record) -> AnyView {
    if record.changes.is_empty() {
        return ().into_any();
    }
    let items = record
        .changes
        .iter()
        .map(|change| {
            let kind = match change.kind.as_str() {
                "voided" => words.change_voided(),
                "warned" => words.change_warned(),
                _ => words.change_corrected(),
            };
            let before = serde_json::from_value::<Dose>(change.before.clone())
                .map(|dose| format!("{}, {}", catalogue::name(dose.cvx), words.short_date(dose.given_on)))
                .unwrap_or_default();
            view! { <li>{words.day(change.changed_at)}": "{kind}" – "{before}" – "{change.reason.clone()}</li> }
        })
        .collect_view();
    view! { <details class="question"><summary>{words.change_title()}</summary><ul>{items}</ul></details> }.into_any()
}
