//! Calendar arithmetic as CDC's logic specification and the school rules count it.

mod written;

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use written::{DateOrder, OrderSaid, month_named, order_said, parse_date, parse_date_as};

use crate::Invalid;

/// A length of time in calendar units: years and months step through the calendar, weeks and days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Period {
    /// Years and months together, in months.
    pub months: i32,
    /// Weeks and days together, in days.
    pub days: i32,
}

/// Another name for [`Period`], where the text of a rule calls it a duration.
pub type Duration = Period;

impl Period {
    /// So many years.
    pub const fn years(years: i32) -> Self {
        Self { months: years * 12, days: 0 }
    }

    /// So many months.
    pub const fn months(months: i32) -> Self {
        Self { months, days: 0 }
    }

    /// So many weeks.
    pub const fn weeks(weeks: i32) -> Self {
        Self { months: 0, days: weeks * 7 }
    }

    /// So many days.
    pub const fn days(days: i32) -> Self {
        Self { months: 0, days }
    }

    /// The same length with `days` taken off: how a grace period shortens a minimum.
    #[must_use]
    pub const fn less_days(self, days: i32) -> Self {
        Self { months: self.months, days: self.days - days }
    }

    /// The date this long after `from`.
    ///
    /// A day that the reached month does not have becomes the first day of the next month, before days are added
    /// (CDC Logic Specification, CALCDT-5): born on 29 February, the first birthday is 1 March.
    pub fn after(self, from: NaiveDate) -> NaiveDate {
        let reached = if self.months == 0 { from } else { add_months(from, self.months) };
        if self.days == 0 { reached } else { add_days(reached, self.days) }
    }
}

/// Reads `4 weeks`, `1 year 6 months`, `28 days`.
impl FromStr for Period {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let mut period = Self::default();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return Err(Invalid::Missing);
        }
        for pair in words.chunks(2) {
            let [count, unit] = pair else { return Err(Invalid::Date) };
            let count: i32 = count.parse().map_err(|_| Invalid::Date)?;
            if !(0..=2000).contains(&count) {
                return Err(Invalid::Date);
            }
            match unit.trim_end_matches('s') {
                "year" => period.months += count * 12,
                "month" => period.months += count,
                "week" => period.days += count * 7,
                "day" => period.days += count,
                _ => return Err(Invalid::Date),
            }
        }
        Ok(period)
    }
}

fn add_months(from: NaiveDate, months: i32) -> NaiveDate {
    let step = Months::new(months.unsigned_abs());
    let reached = if months >= 0 { from.checked_add_months(step) } else { from.checked_sub_months(step) };
    match reached {
        // chrono stops at the month's last day; the specification goes on to the next month's first.
        Some(date) if date.day() < from.day() => date.succ_opt().unwrap_or(date),
        Some(date) => date,
        None => from,
    }
}

fn add_days(from: NaiveDate, days: i32) -> NaiveDate {
    let step = Days::new(u64::from(days.unsigned_abs()));
    let reached = if days >= 0 { from.checked_add_days(step) } else { from.checked_sub_days(step) };
    reached.unwrap_or(from)
}

/// A day something was done: not after the day it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastDay(NaiveDate);

impl PastDay {
    /// Takes a day that is not after `today`.
    ///
    /// # Errors
    /// [`Invalid::Future`] after `today`.
    pub fn new(date: NaiveDate, today: NaiveDate) -> Result<Self, Invalid> {
        if date > today { Err(Invalid::Future) } else { Ok(Self(date)) }
    }

    /// The date.
    pub const fn date(self) -> NaiveDate {
        self.0
    }
}

/// A date of birth that a living or recently deceased person can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// The earliest date of birth the registry takes: 1 January 1890.
    pub const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(1890, 1, 1) {
        Some(date) => date,
        None => NaiveDate::MIN,
    };

    /// Takes a date of birth that is not after `today`.
    ///
    /// # Errors
    /// [`Invalid::Future`] after `today`, [`Invalid::TooEarly`] before [`Self::EARLIEST`].
    pub fn new(date: NaiveDate, today: NaiveDate) -> Result<Self, Invalid> {
        if date > today {
            return Err(Invalid::Future);
        }
        if date < Self::EARLIEST {
            return Err(Invalid::TooEarly);
        }
        Ok(Self(date))
    }

    /// Takes a date the store has kept: it was checked when it came in.
    pub const fn stored(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The date itself.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The day a person reaches an age.
    pub fn at(self, age: Period) -> NaiveDate {
        age.after(self.0)
    }

    /// Completed years on a day; nought before birth.
    pub fn years_on(self, day: NaiveDate) -> i32 {
        let years = day.year() - self.0.year();
        if Period::years(years).after(self.0) > day { (years - 1).max(0) } else { years.max(0) }
    }

    /// Completed months on a day; nought before birth.
    pub fn months_on(self, day: NaiveDate) -> i32 {
        let months = (day.year() - self.0.year()) * 12 + i32::try_from(day.month()).unwrap_or(1)
            - i32::try_from(self.0.month()).unwrap_or(1);
        if Period::months(months).after(self.0) > day { (months - 1).max(0) } else { months.max(0) }
    }

    /// Under 18 on a day: then the mother's name is kept, and a parent or guardian decides.
    pub fn is_minor_on(self, day: NaiveDate) -> bool {
        day < self.at(Period::years(18))
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn nothing_was_done_on_a_day_that_is_still_to_come() {
        let today = day("2026-09-02");
        assert_eq!(PastDay::new(today, today).map(PastDay::date), Ok(today));
        assert_eq!(PastDay::new(day("2026-09-03"), today), Err(Invalid::Future));
    }

    #[test]
    fn a_child_born_on_leap_day_has_its_first_birthday_on_the_first_of_march() {
        assert_eq!(Period::years(1).after(day("2020-02-29")), day("2021-03-01"));
        assert_eq!(Period::years(4).after(day("2020-02-29")), day("2024-02-29"));
    }

    #[test]
    fn a_month_without_that_day_goes_on_to_the_next_month() {
        assert_eq!(Period::months(6).after(day("2000-03-31")), day("2000-10-01"));
        let shortened = Period { months: 6, days: -4 };
        assert_eq!(shortened.after(day("2000-01-31")), day("2000-07-27"));
    }

    #[test]
    fn ages_count_completed_years_and_months() {
        let born = BirthDate::stored(day("2020-02-29"));
        assert_eq!(born.years_on(day("2021-02-28")), 0);
        assert_eq!(born.years_on(day("2021-03-01")), 1);
        assert_eq!(born.months_on(day("2020-03-28")), 0);
        assert_eq!(born.months_on(day("2020-03-29")), 1);
        assert!(born.is_minor_on(day("2038-02-28")));
        assert!(!born.is_minor_on(day("2038-03-01")));
    }
}
