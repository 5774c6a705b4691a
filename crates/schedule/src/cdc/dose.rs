//! A dose of a series: ages, intervals, vaccines, season.

use chrono::NaiveDate;
use roxmltree::Node;

use super::{
    Result,
    at::{At, children, is_bare, name, text},
};
use crate::{AgeRule, From, Interval, TargetDose, Vaccine, Window};

impl<'a> At<'a> {
    pub(super) fn dose(self, node: Node<'a, 'a>) -> Result<(usize, TargetDose)> {
        let (mut number, mut dose) = (0, TargetDose::default());
        for child in children(node) {
            match name(child) {
                "doseNumber" => {
                    let digits = text(child).strip_prefix("Dose ").unwrap_or("");
                    number = digits.parse().or_else(|_| self.wrong(child, "no number of a dose"))?;
                }
                "age" => dose.ages.push(self.ages(child)?),
                "interval"
                | "allowableInterval"
                | "preferableVaccine"
                | "allowableVaccine"
                | "inadvertentVaccine"
                | "conditionalSkip"
                | "seasonalRecommendation"
                    if is_bare(child) => {}
                "interval" => dose.intervals.extend(self.interval(child)?),
                "allowableInterval" => dose.allowable_intervals.extend(self.interval(child)?),
                "preferableVaccine" => dose.preferable.push(self.preferable(child)?),
                "allowableVaccine" => dose.allowable.push(self.aged(child)?),
                "inadvertentVaccine" => {
                    dose.inadvertent.insert(self.typed(child)?);
                }
                "conditionalSkip" => dose.skips.push(self.skip(child)?),
                "recurringDose" => dose.recurring = self.yes(child)?,
                "seasonalRecommendation" => dose.season = self.season(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok((number, dose))
    }

    pub(super) fn ages(self, node: Node<'a, 'a>) -> Result<AgeRule> {
        let mut ages = AgeRule::default();
        for child in children(node) {
            match name(child) {
                "absMinAge" => ages.abs_min = self.length(child)?,
                "minAge" => ages.min = self.length(child)?,
                "earliestRecAge" => ages.earliest = self.length(child)?,
                "latestRecAge" => ages.latest = self.length(child)?,
                "maxAge" => ages.max = self.length(child)?,
                "effectiveDate" => ages.since = self.date(child)?,
                "cessationDate" => ages.until = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        Ok(ages)
    }

    /// `None` for an interval that names nothing to count from: it says nothing.
    pub(super) fn interval(self, node: Node<'a, 'a>) -> Result<Option<Interval>> {
        let mut interval = Interval {
            from: From::Previous,
            abs_min: None,
            min: None,
            earliest: None,
            latest: None,
            overrides: false,
            since: None,
            until: None,
        };
        let mut from: Vec<From> = Vec::new();
        for child in children(node) {
            match name(child) {
                "fromPrevious" => from.extend(self.yes(child)?.then_some(From::Previous)),
                "fromTargetDose" => from.extend(self.optional_number(child)?.map(From::Target)),
                "fromMostRecent" if is_bare(child) => {}
                "fromMostRecent" => from.push(From::MostRecent(Box::new(self.vaccines(child)?))),
                "fromRelevantObs" => from.extend(self.coded(child)?.map(From::Observation)),
                "absMinInt" => interval.abs_min = self.length(child)?,
                "minInt" => interval.min = self.length(child)?,
                "earliestRecInt" => interval.earliest = self.length(child)?,
                "latestRecInt" => interval.latest = self.length(child)?,
                "intervalPriority" => {
                    interval.overrides = match text(child) {
                        "" => false,
                        "override" => true,
                        other => return self.wrong(child, format!("{other:?} is no priority of an interval")),
                    }
                }
                "effectiveDate" => interval.since = self.date(child)?,
                "cessationDate" => interval.until = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        match from.len() {
            0 => Ok(None),
            1 => Ok(from.pop().map(|from| Interval { from, ..interval })),
            _ => self.wrong(node, "an interval from two things at once"),
        }
    }

    pub(super) fn preferable(self, node: Node<'a, 'a>) -> Result<Vaccine> {
        let mut vaccine = Vaccine {
            cvx: 0,
            window: Window::default(),
            mvx: String::new(),
            trade_name: String::new(),
            forecast: false,
        };
        for child in children(node) {
            match name(child) {
                "vaccineType" | "volume" => {}
                "cvx" => vaccine.cvx = self.cvx(child)?,
                "beginAge" => vaccine.window.from = self.length(child)?,
                "endAge" => vaccine.window.to = self.length(child)?,
                "tradeName" => text(child).clone_into(&mut vaccine.trade_name),
                "mvx" => text(child).clone_into(&mut vaccine.mvx),
                "forecastVaccineType" => vaccine.forecast = self.yes(child)?,
                _ => return self.unknown(child),
            }
        }
        if vaccine.cvx == 0 { self.wrong(node, "a vaccine without a code") } else { Ok(vaccine) }
    }

    pub(super) fn season(self, node: Node<'a, 'a>) -> Result<Option<(NaiveDate, Option<NaiveDate>)>> {
        let (mut start, mut end) = (None, None);
        for child in children(node) {
            match name(child) {
                "startDate" => start = self.date(child)?,
                "endDate" => end = self.date(child)?,
                _ => return self.unknown(child),
            }
        }
        start.map_or_else(|| self.wrong(node, "a season without a first day"), |start| Ok(Some((start, end))))
    }
}
