//! A record as data: what a family can take along and check without an account.

use chrono::NaiveDate;
use domain::{Cvx, dose::Product};
use schedule::{Given, Observed, Person, Sex};
use serde::{Deserialize, Serialize};

use crate::check::MOST_DOSES;

/// Most bytes of a file.
const LONGEST_FILE: usize = 200_000;

/// The data file of a record: what `miis evaluate` takes as a line, without a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    pub(crate) dob: NaiveDate,
    #[serde(default)]
    pub(crate) sex: String,
    #[serde(default)]
    doses: Vec<FileDose>,
    #[serde(default)]
    observations: Vec<FileObservation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileDose {
    date: NaiveDate,
    #[serde(deserialize_with = "code")]
    cvx: Cvx,
    #[serde(default)]
    mvx: Option<String>,
    #[serde(default)]
    trade_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileObservation {
    code: u16,
    #[serde(default)]
    date: Option<NaiveDate>,
}

/// A code of CDC's, as text or as a number.
fn code<'d, D: serde::Deserializer<'d>>(from: D) -> Result<Cvx, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Code {
        Number(u16),
        Text(String),
    }
    match Code::deserialize(from)? {
        Code::Number(number) => number.try_into().map_err(serde::de::Error::custom),
        Code::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}

impl FileDose {
    fn given(&self) -> Given {
        Given {
            mvx: self.mvx.as_deref().and_then(|mvx| mvx.parse().ok()),
            // As the portal wrote it: to read it as typed would bring Unicode's tables to an old phone, fifty kilobytes of them.
            product: Product::stored(self.trade_name.clone().unwrap_or_default()),
            ..Given::new(self.date, self.cvx)
        }
    }
}

impl DataFile {
    /// The data file of a person.
    pub fn new(person: &Person) -> Self {
        let dose = |given: &Given| FileDose {
            date: given.on,
            cvx: given.cvx,
            mvx: given.mvx.as_ref().map(|mvx| mvx.as_str().to_owned()),
            trade_name: Some(given.product.to_string()).filter(|name| !name.is_empty()),
        };
        let observation = |of: &Observed| FileObservation { code: of.code, date: of.date };
        Self {
            dob: person.born,
            sex: match person.sex {
                Sex::Female => "F",
                Sex::Male => "M",
                Sex::Unknown => "",
            }
            .to_owned(),
            doses: person.doses.iter().map(dose).collect(),
            observations: person.observations.iter().map(observation).collect(),
        }
    }

    /// As text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads one; `None` for anything else, or for one that is too long.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > LONGEST_FILE {
            return None;
        }
        let file: Self = serde_json::from_slice(bytes).ok()?;
        (file.doses.len() <= MOST_DOSES && file.observations.len() <= MOST_DOSES).then_some(file)
    }

    /// Its doses.
    pub(crate) fn given(&self) -> impl Iterator<Item = Given> {
        self.doses.iter().map(FileDose::given)
    }

    /// What else is known.
    pub(crate) fn observations(&self) -> Vec<Observed> {
        self.observations.iter().map(|of| Observed { code: of.code, date: of.date }).collect()
    }
}

/// F, M, or not known.
pub(crate) fn sex_of(sex: &str) -> Sex {
    match sex {
        "F" => Sex::Female,
        "M" => Sex::Male,
        _ => Sex::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_file_is_read_as_it_was_written() {
        let person = Person {
            born: "2021-03-10".parse().unwrap_or_default(),
            sex: Sex::Female,
            birth_country: String::new(),
            doses: vec![Given {
                mvx: domain::Mvx::stored("MSD".into()),
                ..Given::new("2022-03-15".parse().unwrap_or_default(), Cvx::stored(3))
            }],
            observations: vec![Observed { code: 23, date: None }],
        };
        let file = DataFile::new(&person);
        assert_eq!(DataFile::read(file.write().as_bytes()), Some(file));
    }
}
