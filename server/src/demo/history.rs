//! Believable histories: on time, late, missing, too early, twice at two offices; product names and lot numbers.

use chrono::{Days, NaiveDate};
use domain::{
    BirthDate, Cvx, DoseId, Mvx, PatientId, Period,
    dose::{self, Dose, DoseState, Lot, Source},
};
use registry::Site;

use super::Dice;

/// A vaccine with maker and product.
type Product = (u16, &'static str, &'static str);

const HEPB: Product = (8, "SKB", "Engerix-B Peds");
const PEDIARIX: Product = (110, "SKB", "Pediarix");
const DTAP: Product = (20, "SKB", "Infanrix");
const IPV: Product = (10, "PMC", "IPOL");
const HIB: Product = (48, "PMC", "ActHIB");
const PCV: Product = (133, "PFR", "Prevnar 13");
const ROTA: Product = (116, "MSD", "RotaTeq");
const MMR: Product = (3, "MSD", "M-M-R II");
const VAR: Product = (21, "MSD", "Varivax");
const MMRV: Product = (94, "MSD", "ProQuad");
const HEPA: Product = (83, "SKB", "Havrix-Peds");
const KINRIX: Product = (130, "SKB", "Kinrix");
const TDAP: Product = (115, "SKB", "Boostrix");
const MENACWY: Product = (203, "PMC", "MenQuadfi");
const MENB: Product = (162, "PFR", "Trumenba");
const HPV: Product = (165, "MSD", "Gardasil 9");
const FLU: Product = (150, "PMC", "Fluzone Quadrivalent");
const COVID: Product = (217, "PFR", "Comirnaty");
const TD: Product = (113, "PMC", "Tenivac");
const SHINGRIX: Product = (187, "SKB", "Shingrix");
const PCV20: Product = (216, "PFR", "Prevnar 20");

/// How a family keeps to the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// On the day, more or less.
    OnTime,
    /// Weeks to months late.
    Late,
    /// Some doses never.
    Gaps,
    /// Nothing at all.
    None,
}

/// Writes a history for somebody born on a day, up to today.
pub(super) fn write(
    dice: &mut Dice,
    patient: PatientId,
    born: BirthDate,
    today: NaiveDate,
    habit: Habit,
    offices: &[&Site],
) -> Vec<Dose> {
    let mut pen = Pen { dice, patient, born, today, habit, offices, doses: Vec::new() };
    if habit != Habit::None {
        pen.childhood();
        pen.adolescence();
        pen.adulthood();
        pen.seasons();
    }
    pen.doses
}

struct Pen<'a> {
    dice: &'a mut Dice,
    patient: PatientId,
    born: BirthDate,
    today: NaiveDate,
    habit: Habit,
    offices: &'a [&'a Site],
    doses: Vec<Dose>,
}

impl Pen<'_> {
    fn childhood(&mut self) {
        // Records of people grown up before the registry begin later.
        if self.born.years_on(self.today) > 40 {
            return;
        }
        self.give(HEPB, Period::days(0), 2);
        let combined = self.dice.percent(55);
        for months in [2, 4, 6] {
            let age = Period::months(months);
            if combined {
                self.give(PEDIARIX, age, 12);
            } else {
                self.give(DTAP, age, 12);
                self.give(IPV, age, 12);
                if months != 4 {
                    self.give(HEPB, age, 20);
                }
            }
            self.give(HIB, age, 12);
            self.give(PCV, age, 12);
            self.give(ROTA, age, 10);
        }
        let early = self.dice.percent(3);
        self.give(
            MMR,
            if early { Period { months: 12, days: -9 } } else { Period::months(12) },
            if early { 0 } else { 40 },
        );
        // Chickenpox on the same day, or by mistake some days later: then it does not count.
        let apart = self.dice.percent(3);
        self.give(VAR, if apart { Period { months: 12, days: 60 } } else { Period::months(12) }, 0);
        self.give(HIB, Period::months(12), 60);
        self.give(PCV, Period::months(12), 60);
        self.give(HEPA, Period::months(12), 60);
        self.give(HEPA, Period::months(18), 60);
        self.give(DTAP, Period::months(15), 60);
        self.give(KINRIX, Period::years(4), 200);
        if self.dice.percent(60) {
            self.give(MMRV, Period::years(4), 200);
        } else {
            self.give(MMR, Period::years(4), 200);
            self.give(VAR, Period::years(4), 200);
        }
    }

    fn adolescence(&mut self) {
        if self.born.years_on(self.today) > 40 {
            return;
        }
        self.give(TDAP, Period::years(11), 200);
        self.give(MENACWY, Period::years(11), 200);
        self.give(HPV, Period::years(11), 300);
        self.give(HPV, Period { months: 138, days: 0 }, 300);
        self.give(MENACWY, Period::years(16), 150);
        if self.dice.percent(40) {
            self.give(MENB, Period::years(16), 300);
        }
    }

    fn adulthood(&mut self) {
        for years in [21, 31, 41, 51, 61, 71, 81] {
            let product = if years == 21 || self.dice.percent(30) { TDAP } else { TD };
            self.give(product, Period::years(years), 900);
        }
        if self.dice.percent(60) {
            self.give(SHINGRIX, Period::years(51), 400);
            self.give(SHINGRIX, Period { months: 51 * 12 + 4, days: 0 }, 400);
        }
        self.give(PCV20, Period::years(66), 300);
    }

    /// Flu and COVID-19 in the last autumns.
    fn seasons(&mut self) {
        use chrono::Datelike;
        for back in 0..6 {
            let Some(first) = NaiveDate::from_ymd_opt(self.today.year() - back, 9, 10) else { continue };
            if self.dice.percent(50) {
                let day = first + Days::new(u64::try_from(self.dice.between(0, 80)).unwrap_or(0));
                self.on(FLU, day);
            }
            if back < 4 && self.dice.percent(35) {
                let day = first + Days::new(u64::try_from(self.dice.between(0, 80)).unwrap_or(0));
                self.on(COVID, day);
            }
        }
    }

    fn give(&mut self, product: Product, age: Period, spread: i32) {
        let missing = match self.habit {
            Habit::OnTime => 1,
            Habit::Late => 3,
            Habit::Gaps => 28,
            Habit::None => 100,
        };
        if self.dice.percent(missing) {
            return;
        }
        let late = match self.habit {
            Habit::Late => self.dice.between(20, 160),
            _ => self.dice.between(0, spread.max(1)),
        };
        let day = self.born.at(age) + Days::new(u64::try_from(late).unwrap_or(0));
        self.on(product, day);
    }

    fn on(&mut self, (cvx, mvx, product): Product, day: NaiveDate) {
        // Nobody gets the same vaccine twice in a day.
        let is_given = |dose: &Dose| dose.given_on == day && dose.cvx == Cvx::stored(cvx);
        if day > self.today || day < self.born.date() || self.doses.iter().any(is_given) {
            return;
        }
        let office = self.offices[usize::from(self.offices.len() > 1 && day > self.born.at(Period::years(3)))];
        let historical = self.dice.percent(6);
        let lot = format!("{}{}", self.dice.pick(&["A", "K", "XR", "U", "9L"]), self.dice.between(1000, 99999));
        let dose = Dose {
            id: DoseId::new(self.dice.id()),
            patient: self.patient,
            version: 1,
            given_on: day,
            cvx: Cvx::stored(cvx),
            mvx: Mvx::stored(mvx.into()),
            product: dose::Product::stored(product.into()),
            lot: if historical { Lot::default() } else { Lot::stored(lot) },
            site: Some(office.site_id()),
            office: if historical { "Health department, out of state".into() } else { office.name.clone() },
            source: if historical { Source::Historical } else { Source::Administered },
            state: DoseState::Active,
            filler: String::new(),
            placer: String::new(),
        };
        // The same dose reported by a second office as history.
        if let Some(other) = self.offices.iter().find(|other| other.id != office.id)
            && self.dice.percent(2)
        {
            let copy = Dose {
                id: DoseId::new(self.dice.id()),
                site: Some(other.site_id()),
                office: office.name.clone(),
                source: Source::Historical,
                lot: Lot::default(),
                product: dose::Product::default(),
                ..dose.clone()
            };
            self.doses.push(copy);
        }
        self.doses.push(dose);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn office(number: u128) -> Site {
        Site {
            id: uuid::Uuid::from_u128(number),
            name: format!("Office {number}"),
            kind: "provider".into(),
            street: String::new(),
            city: "Salem".into(),
            state: "MA".into(),
            zip: String::new(),
            phone: String::new(),
            code: format!("P{number}"),
        }
    }

    #[test]
    fn no_office_of_a_made_up_town_gives_one_vaccine_twice_in_a_day() {
        let today: NaiveDate = "2026-11-26".parse().unwrap_or_default();
        let (one, other) = (office(1), office(2));
        for stream in 0..2_000_u64 {
            let mut dice = Dice::new(7, stream);
            let born = BirthDate::stored(today - Days::new(stream * 12));
            let offices = [&one, if stream % 2 == 0 { &one } else { &other }];
            let patient = PatientId::new(dice.id());
            let doses = write(&mut dice, patient, born, today, Habit::OnTime, &offices);
            let mut seen = HashSet::new();
            assert!(doses.iter().all(|dose| seen.insert((dose.site, dose.given_on, dose.cvx))), "{stream}");
        }
    }
}
