//! How alike the person looked for and a person on file are.

use chrono::{Datelike, NaiveDate};
use domain::PersonName;
use strsim::{jaro_winkler, osa_distance};

use crate::key::{first_key, last_key, name_key, sound_key};

/// Whom somebody looks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    last: String,
    first: String,
    born: NaiveDate,
}

impl Wanted {
    /// By name and date of birth.
    pub fn new(last: &str, first: &str, born: NaiveDate) -> Self {
        Self { last: last_key(last), first: first_key(first), born }
    }

    /// By a person's name and date of birth.
    pub fn named(name: &PersonName, born: NaiveDate) -> Self {
        Self::new(name.last(), name.first(), born)
    }

    /// The last name's key.
    pub fn last_key(&self) -> &str {
        &self.last
    }

    /// The first name's key.
    pub fn first_key(&self) -> &str {
        &self.first
    }

    /// The date of birth.
    pub const fn born(&self) -> NaiveDate {
        self.born
    }
}

/// Somebody on file, by the keys the store keeps.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Last name's key.
    pub last: &'a str,
    /// First name's key.
    pub first: &'a str,
    /// Date of birth.
    pub born: NaiveDate,
}

/// How sure one can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Both names and the date of birth are the same.
    Same,
    /// So close that a typing error explains it: a person has to choose.
    Close,
}

/// Compares; `None` when they are not alike.
pub fn likeness(wanted: &Wanted, on_file: Candidate<'_>) -> Option<Likeness> {
    let date = date_distance(wanted.born, on_file.born)?;
    if date == 0 && wanted.last == on_file.last && wanted.first == on_file.first {
        return Some(Likeness::Same);
    }
    let last = name_alike(&wanted.last, on_file.last);
    let first = name_alike(&wanted.first, on_file.first);
    // First and last name are often swapped at a desk, and double last names shortened.
    let crossed = name_alike(&wanted.last, on_file.first).min(name_alike(&wanted.first, on_file.last));
    let names = last.min(first).max(crossed);
    // A wrong date needs better names, and the other way round.
    let enough = if date == 0 { 0.82 } else { 0.95 };
    (names >= enough).then_some(Likeness::Close)
}

/// How one thing about somebody agrees with what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agrees {
    /// It is the same.
    Yes,
    /// A slip of the pen away: misspelt, shortened, day and month swapped, one part of a date.
    Nearly,
    /// It is another.
    No,
}

/// In what somebody on file agrees with who was written down. It says nothing of what stands there instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agreement {
    /// Last name.
    pub last: Agrees,
    /// First name.
    pub first: Agrees,
    /// Date of birth.
    pub born: Agrees,
    /// Is the middle name another? Then it may be a brother or sister.
    pub other_middle: bool,
}

/// Says in what they agree; of middle names whoever knows them says more.
pub fn agreement(wanted: &Wanted, on_file: Candidate<'_>) -> Agreement {
    let name = |one: &str, other: &str| match name_alike(one, other) {
        _ if one == other => Agrees::Yes,
        alike if alike >= 0.82 => Agrees::Nearly,
        _ => Agrees::No,
    };
    let born = match date_distance(wanted.born, on_file.born) {
        Some(0) => Agrees::Yes,
        Some(_) => Agrees::Nearly,
        None => Agrees::No,
    };
    let (last, first) = (name(&wanted.last, on_file.last), name(&wanted.first, on_file.first));
    Agreement { last, first, born, other_middle: false }
}

/// Could the first names be one, misspelt or shortened? Lea and Leo are rather brother and sister.
pub fn may_be_misspelt(wanted: &Wanted, on_file: Candidate<'_>) -> bool {
    name_alike(&wanted.first, on_file.first) >= 0.92
}

/// Do the middle names say that it is another, as of twins called Maria Francisca and Maria Fernanda? None says nothing, an initial only
/// its letter; one word of several is enough, and one slip of the pen is none in a long one. Sounds say nothing here: twins are called
/// Lucia and Luisa. What is denied is asked about, so in doubt it is.
pub fn middles_deny(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = if is_no_middle(name) { "" } else { name };
        name.split(|letter: char| !letter.is_alphanumeric()).map(name_key).filter(|word| !word.is_empty()).collect()
    };
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() || one.concat() == other.concat() {
        return false;
    }
    let is_initial = |word: &str| word.chars().count() == 1;
    let is_one = |word: &str, same: &str| match (is_initial(word), is_initial(same)) {
        (false, false) => word == same || is_slip(word, same),
        _ => word.chars().next() == same.chars().next(),
    };
    // Initials alone stand for all of them, from the first on.
    let are_initials = |words: &[String]| words.iter().all(|word| is_initial(word));
    if are_initials(&one) || are_initials(&other) {
        return one.first().zip(other.first()).is_none_or(|(word, same)| !is_one(word, same));
    }
    let whole = |words: &[String]| words.iter().filter(|word| !is_initial(word)).cloned().collect::<Vec<_>>();
    let (one, other) = (whole(&one), whole(&other));
    !one.iter().any(|word| other.iter().any(|same| is_one(word, same)))
}

/// Is a word of some length the other with one letter more, less, changed or swapped within it? The ends tell Gabriel from Gabriela and
/// Christian from Christina.
fn is_slip(one: &str, other: &str) -> bool {
    let long = one.chars().count().min(other.chars().count()) >= 6;
    let ends = one.chars().next() == other.chars().next() && one.chars().rev().take(2).eq(other.chars().rev().take(2));
    long && ends && osa_distance(one, other) <= 1
}

/// What stands where there is no middle name.
fn is_no_middle(name: &str) -> bool {
    matches!(name_key(name).as_str(), "na" | "none" | "nmn" | "nmi" | "null" | "unknown" | "nomiddlename")
        && !name.eq_ignore_ascii_case("na")
}

/// From 0 to 1. A shortened name (Kate, Maria of Maria Isabel, one of two last names) counts as quite alike.
pub(crate) fn name_alike(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.chars().count() >= 3 && (long.starts_with(short) || long.ends_with(short)) {
        return 0.96;
    }
    let sounds = sound_key(one);
    let alike = jaro_winkler(one, other);
    if !sounds.is_empty() && sounds == sound_key(other) { alike.max(0.9) } else { alike }
}

/// 0 the same; 1 day and month swapped, or one part mistyped; `None` farther apart.
pub(crate) fn date_distance(one: NaiveDate, other: NaiveDate) -> Option<u32> {
    if one == other {
        return Some(0);
    }
    if swapped(one) == Some(other) {
        return Some(1);
    }
    let same = [one.year() == other.year(), one.month() == other.month(), one.day() == other.day()];
    (same.into_iter().filter(|same| *same).count() == 2).then_some(1)
}

/// The date with day and month swapped, where that is a date.
pub fn swapped(date: NaiveDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year(), date.day(), date.month()).filter(|other| *other != date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn compare(wanted: (&str, &str, &str), on_file: (&str, &str, &str)) -> Option<Likeness> {
        let (last, first) = (name_key(on_file.0), name_key(on_file.1));
        likeness(
            &Wanted::new(wanted.0, wanted.1, day(wanted.2)),
            Candidate { last: &last, first: &first, born: day(on_file.2) },
        )
    }

    #[test]
    fn accents_and_case_do_not_make_another_person() {
        assert_eq!(compare(("nunez", "jose", "2019-04-02"), ("Núñez", "José", "2019-04-02")), Some(Likeness::Same));
    }

    #[test]
    fn a_typing_error_is_offered_and_not_decided() {
        for (wanted, on_file) in [
            (("Okafro", "Mia", "2019-04-02"), ("Okafor", "Mia", "2019-04-02")),
            (("Smyth", "Katherine", "2019-04-02"), ("Smith", "Catherine", "2019-04-02")),
            (("Okafor", "Mia", "2019-02-04"), ("Okafor", "Mia", "2019-04-02")),
            (("Okafor", "Mia", "2018-04-02"), ("Okafor", "Mia", "2019-04-02")),
            (("Mia", "Okafor", "2019-04-02"), ("Okafor", "Mia", "2019-04-02")),
            (("Garcia", "Luis", "2019-04-02"), ("García-Lopez", "Luis", "2019-04-02")),
        ] {
            assert_eq!(compare(wanted, on_file), Some(Likeness::Close), "{wanted:?}");
        }
    }

    #[test]
    fn middle_names_tell_twins_apart_and_an_initial_only_by_its_letter() {
        for (one, other) in [
            ("Francisca", "Fernanda"),
            ("F.", "Gabriela"),
            ("Ana", "Rosa Maria"),
            ("Lucia", "Luisa"),
            ("Clara", "Carla"),
            ("Eva", "Ava"),
            ("Lia", "Leo"),
            ("Julia", "Juliana"),
            ("Yu", "Ya"),
            ("Le", "Ly"),
            ("R. M.", "Maria Rosa"),
            ("Daniela", "Mariela"),
            ("Gabriel", "Gabriela"),
            ("Christian", "Christina"),
            ("Michael", "Michelle"),
            ("Thi", "Thu"),
            ("明华", "明月"),
            ("Na", "Rose"),
        ] {
            assert!(middles_deny(one, other) && middles_deny(other, one), "{one}, {other}");
        }
        let alike = [
            ("", "Fernanda"),
            ("F", "Fernanda"),
            ("F.", "Fernanda Maria"),
            ("Maria", "Rosa Maria"),
            ("Maria F.", "Maria"),
            ("Adaeze", "ADAEZÉ"),
            ("R. M.", "Rosa"),
            ("Rose Marie", "Rosemarie"),
            ("Fernanda", "Fermanda"),
            ("Francisca", "Fransisca"),
            ("N/A", "Rose"),
            ("NMN", "Rose"),
        ];
        for (one, other) in alike {
            assert!(!middles_deny(one, other) && !middles_deny(other, one), "{one}, {other}");
        }
    }

    #[test]
    fn a_candidate_says_in_what_it_agrees_and_not_what_it_is() {
        let with = |last: &str, first: &str, born: &str| {
            let wanted = Wanted::new("Okafor", "Mia", day("2019-04-02"));
            let (last, first) = (name_key(last), name_key(first));
            let said = agreement(&wanted, Candidate { last: &last, first: &first, born: day(born) });
            (said.last, said.first, said.born)
        };
        assert_eq!(with("Okafor", "Mia", "2019-04-02"), (Agrees::Yes, Agrees::Yes, Agrees::Yes));
        assert_eq!(with("Okafro", "Mia", "2019-02-04"), (Agrees::Nearly, Agrees::Yes, Agrees::Nearly));
        assert_eq!(with("Okafor", "Daniel", "2011-12-24"), (Agrees::Yes, Agrees::No, Agrees::No));
    }

    #[test]
    fn twins_and_strangers_are_not_each_other() {
        assert_eq!(compare(("Okafor", "Mia", "2019-04-02"), ("Okafor", "Daniel", "2019-04-02")), None);
        assert_eq!(compare(("Okafor", "Mia", "2019-04-02"), ("Okafor", "Mia", "1989-04-12")), None);
        assert_eq!(compare(("Lee", "", "2019-04-02"), ("Lee", "Ann", "2019-04-02")), None);
    }
}
