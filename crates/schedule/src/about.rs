//! What a schedule can be asked besides about a person's doses: its seasons, what ends, what is not for everybody.

use chrono::NaiveDate;

use crate::{Antigen, Due, Kind, Person, Schedule, Series};

/// A stretch of time a dose is for, such as the flu season.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Season {
    /// The antigen.
    pub antigen: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, if that is known.
    pub to: Option<NaiveDate>,
}

impl Schedule {
    /// The seasons it has dates for, in the order of antigens and time.
    pub fn seasons(&self) -> Vec<Season> {
        let of = |antigen: &Antigen| {
            let doses = antigen.series.iter().flat_map(|series| &series.doses);
            let season = |(from, to)| Season { antigen: antigen.name.clone(), from, to };
            doses.filter_map(|dose| dose.season).map(season).collect::<Vec<_>>()
        };
        let mut seasons: Vec<Season> = self.antigens.iter().flat_map(of).collect();
        seasons.sort_unstable();
        seasons.dedup();
        seasons
    }
}

impl Schedule {
    /// Is something due that not everybody needs? A shared clinical decision, or what somebody born in the country would be
    /// taken to be immune against.
    pub fn is_optional(&self, person: &Person, due: &Due) -> bool {
        let antigen = self.antigens.get(due.antigen);
        let series = antigen.and_then(|antigen| antigen.series.get(due.series));
        due.number.is_some()
            && (series.is_some_and(Series::is_shared_decision)
                || antigen.is_some_and(|antigen| antigen.immune_if_born_in(person).is_some()))
    }
}

impl Series {
    /// The last day of the season of a series that asks for a dose in every season, as far as the schedule knows it.
    pub fn last_season(&self) -> Option<NaiveDate> {
        let recurs = self.doses.iter().any(|dose| dose.recurring);
        let ends = self.doses.iter().map(|dose| dose.season.and_then(|(_, to)| to));
        ends.max().flatten().filter(|_| recurs)
    }

    /// Not recommended for everybody: the person and the clinician decide together. CDC says so in the series' name and nowhere
    /// else.
    pub fn is_shared_decision(&self) -> bool {
        self.name.to_ascii_lowercase().contains("shared clinical decision")
    }
}

impl Antigen {
    /// Is this the last day on which somebody born on that day can get the dose of this number, in any series for everybody? Where
    /// a childhood's series ends and one for grown-ups goes on, it is not too late.
    pub fn ends_with(&self, born: NaiveDate, last: NaiveDate, number: u8) -> bool {
        let outlives = |series: &Series| {
            let dose = series.doses.get(usize::from(number.max(1)) - 1).or(series.doses.last());
            let max = dose.and_then(|dose| dose.ages.last()).and_then(|ages| ages.max);
            max.is_none_or(|age| age.after(born).pred_opt() > Some(last))
        };
        !self.series.iter().filter(|series| series.kind == Kind::Standard).any(outlives)
    }

    /// Somebody whose country of birth is not known would be taken to be immune if it were the one this names: born there before
    /// the day that comes with it.
    pub fn immune_if_born_in(&self, person: &Person) -> Option<(&str, NaiveDate)> {
        let is_known = |code: &u16| person.observations.iter().any(|observed| observed.code == *code);
        let rule = self.immunity.born_before.iter().find(|rule| {
            person.birth_country.is_empty()
                && !rule.country.is_empty()
                && person.born < rule.date
                && !rule.unless.iter().any(is_known)
        })?;
        Some((&rule.country, rule.date))
    }
}
