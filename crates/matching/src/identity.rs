//! Is the person of a report the person on file? What speaks against it counts for more than what speaks for it: a dose on the
//! wrong record is worse than a record too many.

use chrono::NaiveDate;
use domain::{
    BirthDate, PersonName,
    patient::{Demographics, Gender, Patient},
};

use crate::{
    key::{first_key, is_no_name, last_key},
    rank::{date_distance, middles_deny, name_alike},
};

/// What tells people apart.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Last name's key.
    pub last: String,
    /// First name's key.
    pub first: String,
    /// Middle name; none says nothing.
    pub middle: String,
    /// The first name stands for none ("Baby Boy").
    pub no_name: bool,
    /// Date of birth.
    pub born: NaiveDate,
    /// Gender.
    pub gender: Gender,
    /// One of twins or more.
    pub multiple_birth: Option<bool>,
    /// The how-manieth of them.
    pub birth_order: Option<u8>,
}

impl Identity {
    /// Of somebody on file.
    pub fn of(patient: &Patient) -> Self {
        Self {
            multiple_birth: patient.multiple_birth,
            birth_order: patient.birth_order,
            ..Self::named(&patient.name, patient.born, patient.gender)
        }
    }

    /// As somebody who knows them says it.
    pub fn said(person: &Demographics) -> Self {
        Self {
            multiple_birth: person.multiple_birth,
            birth_order: person.birth_order,
            ..Self::named(&person.name, person.born, person.gender)
        }
    }

    fn named(name: &PersonName, born: BirthDate, gender: Gender) -> Self {
        Self {
            last: last_key(name.last()),
            first: first_key(name.first()),
            middle: name.middle().to_owned(),
            no_name: is_no_name(name.first()),
            born: born.date(),
            gender,
            multiple_birth: None,
            birth_order: None,
        }
    }

    /// Girl and boy; first and second of twins; a twin and who is none.
    fn is_other_child(&self, other: &Self) -> bool {
        let genders = (self.gender, other.gender);
        let sexes = matches!(genders, (Gender::Female, Gender::Male) | (Gender::Male, Gender::Female));
        let differ = |one: Option<u8>, two: Option<u8>| one.is_some() && two.is_some() && one != two;
        let twins = |one: Option<bool>, two: Option<bool>| one.is_some() && two.is_some() && one != two;
        sexes || differ(self.birth_order, other.birth_order) || twins(self.multiple_birth, other.multiple_birth)
    }

    fn is_twin(&self) -> bool {
        self.multiple_birth == Some(true) || self.birth_order.is_some_and(|order| order > 1)
    }
}

/// What comparing two people says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// One person.
    Same,
    /// A human decides.
    Doubtful,
    /// Two people.
    Other,
}

/// Somebody on file has a number of the reported person. The number alone names nobody: one that name, date of birth, sex, birth
/// order or multiple birth contradict is somebody else's.
pub fn by_number(reported: &Identity, on_file: &Identity) -> Verdict {
    if reported.is_other_child(on_file) {
        return Verdict::Other;
    }
    let nameless = reported.no_name || on_file.no_name;
    let last = name_alike(&reported.last, &on_file.last) >= 0.85;
    let is_same_first = reported.first == on_file.first;
    // Ella and Emma can be twins under one number.
    let twins = reported.is_twin() || on_file.is_twin();
    let may_be_misspelt = !twins;
    let first = is_same_first || nameless || may_be_misspelt && name_alike(&reported.first, &on_file.first) >= 0.87;
    match date_distance(reported.born, on_file.born) {
        // A last name changes when parents marry or a child is adopted, and a newborn has the mother's.
        // A wife's maiden name becomes her middle one; of twins it tells which is meant.
        Some(0) if first && is_same_first && twins && middles_deny(&reported.middle, &on_file.middle) => {
            Verdict::Doubtful
        }
        Some(0) if first && (last || is_same_first || nameless) => Verdict::Same,
        Some(1) if first && last => Verdict::Doubtful,
        _ => Verdict::Other,
    }
}

/// Somebody on file was born the same day and has the same last name, or had it. `other_number`: the office knows them by another
/// number of the same kind.
pub fn by_name(reported: &Identity, on_file: &Identity, other_number: bool) -> Verdict {
    let nameless = reported.no_name || on_file.no_name;
    let is_other = reported.is_other_child(on_file) || other_number;
    if nameless {
        // Nobody is called Baby Boy: it could be any child born there that day.
        if is_other { Verdict::Other } else { Verdict::Doubtful }
    } else if reported.first != on_file.first {
        Verdict::Other
    } else if is_other || middles_deny(&reported.middle, &on_file.middle) {
        // Twins are called Maria Francisca and Maria Fernanda.
        Verdict::Doubtful
    } else {
        Verdict::Same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(last: &str, first: &str, born: &str, gender: Gender) -> Identity {
        Identity {
            last: last_key(last),
            first: first_key(first),
            middle: String::new(),
            no_name: is_no_name(first),
            born: born.parse().unwrap_or_default(),
            gender,
            multiple_birth: None,
            birth_order: None,
        }
    }

    #[test]
    fn a_number_that_something_contradicts_names_nobody() {
        use Gender::{Female, Male, Unknown};
        let ella = identity("Keane", "Ella", "2024-01-10", Female);
        let against =
            |last: &str, first: &str, born: &str, gender| by_number(&identity(last, first, born, gender), &ella);
        assert_eq!(against("Keane", "Ella", "2024-01-10", Unknown), Verdict::Same);
        assert_eq!(against("Moore", "Ella", "2024-01-10", Female), Verdict::Same, "a last name changes");
        assert_eq!(against("Keane", "Ela", "2024-01-10", Female), Verdict::Same, "misspelt");
        assert_eq!(against("Keane", "Owen", "2024-01-10", Male), Verdict::Other, "her brother");
        assert_eq!(against("Keane", "Ivy", "2024-01-10", Female), Verdict::Other, "her sister");
        assert_eq!(against("Keane", "Ella", "2024-01-10", Male), Verdict::Other);
        assert_eq!(against("Keane", "Ella", "1985-06-02", Female), Verdict::Other, "her namesake");
        assert_eq!(against("Keane", "Ella", "2024-10-01", Female), Verdict::Doubtful, "day and month swapped");
        let twin = Identity { multiple_birth: Some(true), ..identity("Keane", "Elle", "2024-01-10", Female) };
        assert_eq!(by_number(&twin, &ella), Verdict::Other, "twins are called alike");
        let second = Identity { birth_order: Some(2), ..ella.clone() };
        let first = Identity { birth_order: Some(1), ..ella.clone() };
        assert_eq!(by_number(&second, &first), Verdict::Other);
        let baby = identity("Moore", "BABY GIRL", "2024-01-10", Female);
        assert_eq!(by_number(&baby, &ella), Verdict::Same, "she has a name now");
    }

    #[test]
    fn namesakes_with_two_numbers_of_one_office_are_for_a_human() {
        let maria = identity("Garcia", "Maria", "2015-03-10", Gender::Female);
        assert_eq!(by_name(&maria, &maria, false), Verdict::Same);
        assert_eq!(by_name(&maria, &maria, true), Verdict::Doubtful);
        let boy = identity("Garcia", "Maria", "2015-03-10", Gender::Male);
        assert_eq!(by_name(&maria, &boy, false), Verdict::Doubtful);
        let baby = identity("Garcia", "Babygirl", "2015-03-10", Gender::Female);
        assert_eq!(by_name(&maria, &baby, false), Verdict::Doubtful);
        assert_eq!(by_name(&baby, &baby, false), Verdict::Doubtful, "two newborns of one hospital");
        assert_eq!(by_name(&baby, &baby, true), Verdict::Other);
    }
}
