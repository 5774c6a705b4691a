//! What errata and overlays say: series and doses that are changed, removed or no longer as they were.

use super::{
    read::{Parsed, Reader},
    words::{number, split},
    write::head,
};
use crate::{CvxSet, Window};

impl Reader<'_> {
    /// `change series NAME`, `change dose NUMBER`: the lines that follow set what they say. `remove series NAME`.
    pub(super) fn change(&mut self, word: &str, rest: &str) -> Parsed<()> {
        let (what, name) = split(rest);
        match (word, what) {
            (_, "series") => {
                let place = self.antigen()?.series.iter().position(|series| series.name == name);
                match place {
                    None if self.erratum.is_some() => self.pass_over(),
                    None => return Err(format!("there is no series {name}")),
                    Some(place) if word == "remove" => {
                        self.antigen()?.series.remove(place);
                        (self.series, self.dose) = (None, None);
                    }
                    Some(place) => (self.series, self.dose) = (Some(place), None),
                }
            }
            ("change", "dose") => {
                let place = number::<usize>(name)?.checked_sub(1);
                let doses = self.series()?.doses.len();
                self.dose = place.filter(|place| *place < doses);
                self.dose.ok_or_else(|| format!("there is no dose {name}"))?;
            }
            _ => return Err(format!("{what:?} cannot be changed")),
        }
        Ok(())
    }

    /// `expect LINE` or `expect no LINE`: an erratum is passed over if its series does not say this any more. A line is held
    /// against the beginnings of the lines the series is written in.
    pub(super) fn expect(&mut self, rest: &str) -> Parsed<()> {
        let (line, wanted) = rest.strip_prefix("no ").map_or((rest, true), |line| (line, false));
        if head(self.series()?).iter().any(|said| said.starts_with(line)) != wanted {
            self.pass_over();
        }
        Ok(())
    }

    pub(super) fn pass_over(&mut self) {
        self.passed_over.extend(self.erratum.clone());
    }

    /// `give|accept|mistake as NUMBER`: the same vaccines as an earlier dose of the series.
    pub(super) fn same(&mut self, word: &str, rest: &str) -> Parsed<()> {
        let earlier = number::<usize>(rest.strip_prefix("as ").unwrap_or(rest))?;
        let earlier = earlier.checked_sub(1).and_then(|place| self.series().ok()?.doses.get(place).cloned());
        let earlier = earlier.ok_or_else(|| format!("there is no such dose: {rest}"))?;
        let dose = self.dose()?;
        match word {
            "give" => dose.preferable = earlier.preferable,
            "accept" => dose.allowable = earlier.allowable,
            _ => dose.inadvertent = earlier.inadvertent,
        }
        Ok(())
    }

    /// `without WORD`: takes what a word said away, from the dose that is changed or from its series.
    pub(super) fn without(&mut self, word: &str) -> Parsed<()> {
        if let Ok(dose) = self.dose() {
            match word {
                "age" => dose.ages.clear(),
                "interval" => dose.intervals.clear(),
                "allow" => dose.allowable_intervals.clear(),
                "give" => dose.preferable.clear(),
                "accept" => dose.allowable.clear(),
                "mistake" => dose.inadvertent = CvxSet::EMPTY,
                "skip" => dose.skips.clear(),
                "recurs" => dose.recurring = false,
                "season" => dose.season = None,
                other => return Err(format!("{other:?} is not said of a dose")),
            }
            return Ok(());
        }
        let series = self.series()?;
        match word {
            "default" => series.default = false,
            "product" => series.product = false,
            "gender" => series.genders.clear(),
            "start" => series.start = Window::default(),
            "equivalent" => series.equivalent.clear(),
            "for" => series.indications.clear(),
            other => return Err(format!("{other:?} is not said of a series")),
        }
        Ok(())
    }
}
