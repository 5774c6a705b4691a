//! What stands in a line: a person who is asked about, and the answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub(super) id: Value,
    pub(super) dob: NaiveDate,
    #[serde(default)]
    pub(super) sex: Option<String>,
    #[serde(default)]
    pub(super) birth_country: Option<String>,
    pub(super) assessment_date: NaiveDate,
    #[serde(default, deserialize_with = "list")]
    pub(super) doses: Vec<AskedDose>,
    #[serde(default, deserialize_with = "list")]
    pub(super) observations: Vec<AskedObservation>,
}

/// A list; none at all is an empty one.
fn list<'d, D: serde::Deserializer<'d>, T: Deserialize<'d>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[derive(Deserialize)]
pub(super) struct AskedDose {
    pub(super) date: NaiveDate,
    pub(super) cvx: Code,
    #[serde(default)]
    pub(super) mvx: Option<String>,
    #[serde(default)]
    pub(super) trade_name: Option<String>,
    #[serde(default)]
    pub(super) substandard: bool,
}

#[derive(Deserialize)]
pub(super) struct AskedObservation {
    pub(super) code: Code,
    #[serde(default)]
    pub(super) date: Option<NaiveDate>,
}

/// A code, as text (`"08"`) or as a number. It is answered as it came.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Code {
    Number(u16),
    Text(String),
}

impl Code {
    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Refusal {
    pub(super) id: Value,
    pub(super) error: String,
}

#[derive(Serialize)]
pub(super) struct Answer<'a> {
    pub(super) id: &'a Value,
    pub(super) release: &'a str,
    pub(super) amendments: &'a [String],
    pub(super) data: &'a str,
    pub(super) groups: Vec<AnsweredGroup<'a>>,
    pub(super) doses: Vec<AnsweredDose<'a>>,
    /// What was not evaluated, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trace: Option<Vec<TracedSeries<'a>>>,
}

/// One relevant series, and how it came to what it says.
#[derive(Serialize)]
pub(super) struct TracedSeries<'a> {
    pub(super) antigen: &'a str,
    pub(super) series: &'a str,
    pub(super) best: bool,
    pub(super) score: Option<i8>,
    pub(super) doses: Vec<TracedDose<'a>>,
    pub(super) status: &'static str,
    pub(super) target_dose: u8,
    pub(super) earliest: Option<NaiveDate>,
    pub(super) earliest_because: String,
    pub(super) recommended: Option<NaiveDate>,
    pub(super) recommended_because: String,
    pub(super) past_due: Option<NaiveDate>,
    pub(super) latest: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct TracedDose<'a> {
    pub(super) date: NaiveDate,
    pub(super) cvx: &'a Code,
    pub(super) target_dose: u8,
    pub(super) status: &'static str,
    pub(super) reasons: Vec<&'static str>,
    pub(super) counts_from: Option<NaiveDate>,
}

#[derive(Serialize)]
pub(super) struct AnsweredGroup<'a> {
    pub(super) vaccine_group: &'a str,
    pub(super) status: &'static str,
    pub(super) forecast_num: Option<u8>,
    pub(super) earliest: Option<NaiveDate>,
    pub(super) recommended: Option<NaiveDate>,
    pub(super) past_due: Option<NaiveDate>,
    pub(super) latest: Option<NaiveDate>,
    pub(super) vaccines: Vec<String>,
    pub(super) series: &'a str,
}

#[derive(Serialize)]
pub(super) struct AnsweredDose<'a> {
    pub(super) date: NaiveDate,
    pub(super) cvx: &'a Code,
    pub(super) group: &'a str,
    pub(super) antigen: &'a str,
    pub(super) status: &'static str,
    pub(super) reasons: Vec<&'static str>,
}
