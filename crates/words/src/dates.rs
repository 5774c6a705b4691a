//! Dates as people read them: `March 10, 2021` and `10 de marzo de 2021`.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::America::New_York;

use crate::{Lang, Words};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

impl Words {
    /// A date in full words.
    pub fn date(self, date: NaiveDate) -> String {
        let month = date.month0() as usize;
        match self.0 {
            Lang::En => format!("{} {}, {}", MONTHS_EN[month], date.day(), date.year()),
            Lang::Es => format!("{} de {} de {}", date.day(), MONTHS_ES[month], date.year()),
        }
    }

    /// The day of an instant as Massachusetts counts it, in full words: what happens there in the evening is not of tomorrow.
    pub fn day(self, at: DateTime<Utc>) -> String {
        self.date(at.with_timezone(&New_York).date_naive())
    }

    /// The day and the time of an instant as Massachusetts counts them: `March 10, 2021, 3:05 PM`.
    pub fn moment(self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&New_York);
        let clock = match self.0 {
            Lang::En => local.format("%-I:%M %p"),
            Lang::Es => local.format("%H:%M"),
        };
        format!("{}, {clock}", self.date(local.date_naive()))
    }

    /// A date for tables: `03/10/2021`, the way the state writes it, and `10/03/2021` in Spanish would be misread, so
    /// Spanish has the month as a word.
    pub fn short_date(self, date: NaiveDate) -> String {
        match self.0 {
            Lang::En => date.format("%m/%d/%Y").to_string(),
            Lang::Es => {
                let month: String = MONTHS_ES[date.month0() as usize].chars().take(3).collect();
                format!("{} {month} {}", date.day(), date.year())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_signed_in_the_evening_is_of_that_day() {
        let evening: DateTime<Utc> = "2026-09-02T01:30:00Z".parse().unwrap_or_default();
        assert_eq!(Words(Lang::En).day(evening), "September 1, 2026");
        assert_eq!(Words(Lang::Es).day(evening), "1 de septiembre de 2026");
    }
}
