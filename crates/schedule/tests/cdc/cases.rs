//! CDC's published cases against the release they belong to: every status, number, date and every dose's verdict and reason.

use std::{collections::BTreeSet, fs};

use chrono::NaiveDate;
use domain::Cvx;
use schedule::{Assessment, Due, Engine, Gender, Given, Observed, Person, Standing, data, notation};
use serde::Deserialize;

use crate::{files, parse, shared};

#[derive(Deserialize)]
struct Case {
    id: String,
    dob: NaiveDate,
    sex: String,
    assessment_date: NaiveDate,
    vaccine_group: String,
    observations: Vec<CaseObservation>,
    doses: Vec<CaseDose>,
    series_status: String,
    forecast_num: Option<String>,
    earliest: Option<NaiveDate>,
    recommended: Option<NaiveDate>,
    past_due: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct CaseObservation {
    code: String,
    date: Option<NaiveDate>,
}

#[derive(Deserialize)]
struct CaseDose {
    date: NaiveDate,
    cvx: String,
    mvx: Option<String>,
    eval_status: String,
    eval_reason: Option<String>,
}

/// Listed as known deviations, but met here: a dose counts if it counts in one of the best series of its antigen.
const STRUCK: [&str; 2] = ["2016-UC-0133", "2016-UC-0189"];

impl Case {
    fn person(&self) -> Person {
        let dose = |dose: &CaseDose| Given {
            mvx: dose.mvx.clone().unwrap_or_default(),
            ..Given::new(dose.date, Cvx::known(dose.cvx.trim().parse().unwrap()))
        };
        let observed = |of: &CaseObservation| Observed { code: of.code.trim().parse().unwrap(), date: of.date };
        Person {
            born: self.dob,
            gender: match self.sex.as_str() {
                "F" => Gender::Female,
                "M" => Gender::Male,
                _ => Gender::Unknown,
            },
            birth_country: String::new(),
            doses: self.doses.iter().map(dose).collect(),
            observations: self.observations.iter().map(observed).collect(),
        }
    }

    /// The release's name of the vaccine group.
    fn group(&self) -> &str {
        match self.vaccine_group.as_str() {
            "DTAP" | "DTaP" => "DTaP/Tdap/Td",
            "POL" | "IPOL" => "Polio",
            "HIB" => "Hib",
            "PCV" => "Pneumococcal",
            "VAR" => "Varicella",
            "MCV" => "Meningococcal",
            "MENB" => "Meningococcal B",
            "FLU" | "Flu" => "Influenza",
            "ROTA" | "Rota" => "Rotavirus",
            "ZOSTER" => "Zoster",
            other => other,
        }
    }

    /// What a forecast says otherwise than the case.
    fn forecast_differs(&self, due: &Due) -> Vec<String> {
        let mut differs = Vec::new();
        let mut compare = |what: &str, ours: String, theirs: String| {
            if ours != theirs {
                differs.push(format!("{what} {ours}!={theirs}"));
            }
        };
        compare("status", due.standing.term().to_lowercase(), self.series_status.to_lowercase());
        // The cases leave the days blank unless something is due.
        if due.standing == Standing::NotComplete {
            let date = |date: Option<NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
            compare("num", due.number.unwrap_or(0).to_string(), self.forecast_num.clone().unwrap_or_default());
            compare("earliest", date(due.earliest), date(self.earliest));
            compare("recommended", date(due.recommended), date(self.recommended));
            compare("pastdue", date(due.past_due), date(self.past_due));
        }
        differs
    }

    /// What the verdicts on its doses say otherwise than the case. A dose of several antigens is not valid if it is not for
    /// one of them.
    fn doses_differ(&self, engine: &Engine, assessment: &Assessment, group: usize) -> Vec<String> {
        let mut differs = Vec::new();
        for (place, dose) in self.doses.iter().enumerate() {
            let antigens = &engine.schedule().antigens;
            let of_group = || {
                let own = assessment.doses.iter().filter(|verdict| verdict.dose == place);
                own.filter(|verdict| antigens[verdict.antigen].group == group).map(|verdict| verdict.verdict)
            };
            let own_group = of_group().next().is_some();
            // Doses of other groups are held against those.
            let verdicts: Vec<_> = if own_group {
                of_group().collect()
            } else {
                assessment.doses.iter().filter(|verdict| verdict.dose == place).map(|verdict| verdict.verdict).collect()
            };
            let says = |term: &str| verdicts.iter().find(|verdict| verdict.status.term() == term);
            let Some(decisive) = says("Not Valid").or_else(|| says("Valid")).or_else(|| verdicts.first()) else {
                differs.push(format!("dose{} without a verdict", place + 1));
                continue;
            };
            let reasons: Vec<String> =
                verdicts.iter().flat_map(|verdict| verdict.reasons.iter()).map(|reason| plain(reason.term())).collect();
            let wanted = dose.eval_reason.as_deref().map(plain);
            if decisive.status.term() != dose.eval_status
                || wanted.as_ref().is_some_and(|wanted| !reasons.contains(wanted))
            {
                let ours = decisive.status.term();
                differs.push(format!("dose{} {ours}{reasons:?}!={}{wanted:?}", place + 1, dose.eval_status));
            }
        }
        differs
    }
}

/// Letters only: the cases write one reason in two ways.
fn plain(reason: &str) -> String {
    reason.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[test]
fn every_published_case_comes_out_as_cdc_says() {
    let Some(known) = shared("cases/known_deviations.json") else { return };
    let listed: serde_json::Value = serde_json::from_str(&fs::read_to_string(known).unwrap()).unwrap();
    let known = listed.as_object().unwrap().keys().map(String::as_str);
    let mut known: BTreeSet<&str> = known.filter(|id| !STRUCK.contains(id)).collect();
    let mut schedule = parse("4.64", &files("4.64").unwrap()).unwrap();
    notation::amend(&mut schedule, &data::errata()).unwrap();
    assert!(schedule.passed_over.is_empty(), "{:?}", schedule.passed_over);
    let engine = Engine::new(schedule);
    let mut assessor = engine.assessor();
    let (mut count, mut wrong) = (0, Vec::new());
    for suite in ["healthy-v4.45", "underlying-conditions-v4.6"] {
        let lines = fs::read_to_string(shared(&format!("cases/{suite}.jsonl")).unwrap()).unwrap();
        for line in lines.lines() {
            let case: Case = serde_json::from_str(line).unwrap();
            let group = engine.schedule().groups.iter().position(|group| group.name == case.group());
            let group = group.unwrap_or_else(|| panic!("{} is no group", case.vaccine_group));
            let assessment = assessor.assess(&case.person(), case.assessment_date);
            let dues = || assessment.groups.iter().filter(|due| due.group == group);
            // Several forecasts of a group, possible with medical conditions only: one of them is the case's.
            assert!(suite.starts_with("underlying") || dues().count() == 1, "{}", case.id);
            let forecast = dues().map(|due| case.forecast_differs(due)).min_by_key(Vec::len);
            let mut differs = forecast.unwrap_or_else(|| vec!["no forecast".to_owned()]);
            differs.extend(case.doses_differ(&engine, &assessment, group));
            count += 1;
            let listed = known.remove(case.id.as_str());
            if listed == differs.is_empty() {
                let listed = if listed { " (listed as a known deviation, and passes)" } else { "" };
                wrong.push(format!("{} {}{listed}: {}", case.id, case.vaccine_group, differs.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(known.is_empty(), "listed, but no case: {known:?}");
}
