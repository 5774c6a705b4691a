//! A rule file as it is written, and what its words stand for.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{Antigen, Cvx, Period, catalogue, school::Grade};
use serde::Deserialize;

use super::{Ladder, Requirement, RuleError, Step};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) rule_set: String,
    pub(super) version: String,
    pub(super) school_year: i32,
    pub(super) grace_days: i32,
    pub(super) live_gap_days: i32,
    pub(super) group: Vec<GroupText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupText {
    pub(super) id: String,
    pub(super) grades: Vec<String>,
    pub(super) requirement: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) same_as: Option<String>,
    #[serde(default)]
    pub(super) grades: Vec<String>,
    #[serde(default)]
    pub(super) required_doses: u32,
    #[serde(default)]
    pub(super) cvx: Vec<u16>,
    #[serde(default)]
    pub(super) until: Vec<Until>,
    #[serde(default)]
    pub(super) each_of: Vec<String>,
    #[serde(default)]
    pub(super) laboratory: Vec<String>,
    #[serde(default)]
    pub(super) clinician_history: Vec<String>,
    #[serde(default)]
    pub(super) live: bool,
    #[serde(default, rename = "confidence")]
    pub(super) _confidence: String,
    #[serde(default)]
    pub(super) option: Vec<LadderText>,
    pub(super) history: Option<History>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Until {
    cvx: Vec<u16>,
    before: NaiveDate,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LadderText {
    also_cvx: Vec<u16>,
    not_cvx: Vec<u16>,
    only_cvx: Vec<u16>,
    product: Option<String>,
    from_age: Option<String>,
    until_age: Option<String>,
    steps: Vec<StepText>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StepText {
    min_age: Option<String>,
    max_age: Option<String>,
    interval: Option<String>,
    from_first: Option<String>,
    exact: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct History {
    cvx: Vec<u16>,
    steps: Vec<StepText>,
    catch_up_cvx: Vec<u16>,
    catch_up_steps: Vec<StepText>,
}

impl Line {
    pub(super) fn resolve(
        self,
        group: &[Grade],
        known: &HashMap<(String, String), Requirement>,
    ) -> Result<Requirement, RuleError> {
        let grades = if self.grades.is_empty() { group.to_vec() } else { grades(&self.grades)? };
        let options = self.option.into_iter().map(ladder).collect::<Result<Vec<_>, _>>()?;
        if let Some(other) = self.same_as {
            let mut requirement = known
                .get(&(other.clone(), self.id.clone()))
                .cloned()
                .ok_or_else(|| RuleError::Word(format!("{} is not in {other}", self.id)))?;
            requirement.grades = grades;
            requirement.options.extend(options);
            return Ok(requirement);
        }
        let history = self.history.map(|history| {
            Ok::<_, RuleError>([
                Ladder { only_cvx: codes(&history.cvx)?, steps: steps(history.steps)?, ..Ladder::default() },
                Ladder {
                    only_cvx: codes(&history.catch_up_cvx)?,
                    steps: steps(history.catch_up_steps)?,
                    ..Ladder::default()
                },
            ])
        });
        Ok(Requirement {
            id: self.id,
            required_doses: self.required_doses,
            grades,
            cvx: codes(&self.cvx)?,
            until: self
                .until
                .into_iter()
                .map(|until| Ok((codes(&until.cvx)?, until.before)))
                .collect::<Result<_, RuleError>>()?,
            each_of: antigens(&self.each_of)?,
            laboratory: antigens(&self.laboratory)?,
            clinician_history: antigens(&self.clinician_history)?,
            live: self.live,
            options,
            history: history.transpose()?,
        })
    }
}

fn codes(numbers: &[u16]) -> Result<Vec<Cvx>, RuleError> {
    let code = |number: &u16| {
        let cvx = Cvx::stored(*number);
        catalogue::vaccine(cvx).map(|_| cvx).ok_or_else(|| RuleError::Word(number.to_string()))
    };
    numbers.iter().map(code).collect()
}

/// A trade name, or the beginning of one, that some vaccine has.
fn product(name: Option<String>) -> Result<Option<String>, RuleError> {
    let Some(name) = name else { return Ok(None) };
    let mut products = catalogue::all().iter().flat_map(|vaccine| &vaccine.products);
    if products.any(|product| product.name.to_lowercase().contains(&name)) {
        Ok(Some(name))
    } else {
        Err(RuleError::Word(name))
    }
}

pub(super) fn grades(texts: &[String]) -> Result<Vec<Grade>, RuleError> {
    texts.iter().map(|text| text.parse().map_err(|_| RuleError::Word(text.clone()))).collect()
}

fn antigens(texts: &[String]) -> Result<Vec<Antigen>, RuleError> {
    texts.iter().map(|text| text.parse().map_err(|_| RuleError::Word(text.clone()))).collect()
}

fn period(text: Option<String>) -> Result<Option<Period>, RuleError> {
    text.map(|text| text.parse().map_err(|_| RuleError::Word(text))).transpose()
}

fn steps(texts: Vec<StepText>) -> Result<Vec<Step>, RuleError> {
    let step = |text: StepText| {
        Ok(Step {
            min_age: period(text.min_age)?,
            max_age: period(text.max_age)?,
            interval: period(text.interval)?,
            from_first: period(text.from_first)?,
            exact: text.exact,
        })
    };
    texts.into_iter().map(step).collect()
}

fn ladder(text: LadderText) -> Result<Ladder, RuleError> {
    Ok(Ladder {
        also_cvx: codes(&text.also_cvx)?,
        not_cvx: codes(&text.not_cvx)?,
        only_cvx: codes(&text.only_cvx)?,
        product: product(text.product)?,
        from_age: period(text.from_age)?,
        until_age: period(text.until_age)?,
        steps: steps(text.steps)?,
    })
}
