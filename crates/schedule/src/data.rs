//! The schedule that comes with the project: CDC's release 4.65, stated in the project's notation, with its errata.

use crate::{
    Schedule,
    notation::{self, NotationError, Text},
};

macro_rules! texts {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../data/", $folder, "/", $name, ".txt")))),*]
    };
}

/// The frame first, then the antigens.
const RELEASE: &[(&str, &str)] = texts!("4.65": "schedule" "covid_19" "chikungunya" "cholera" "dengue" "diphtheria" "ebola"
    "hpv" "hepa" "hepb" "hib" "influenza" "japanese_encephalitis" "measles" "meningococcal" "meningococcal_b" "mumps"
    "orthopoxvirus" "pertussis" "pneumococcal" "polio" "rsv" "rabies" "rotavirus" "rubella" "tbe" "tetanus" "typhoid"
    "varicella" "yellow_fever" "zoster");

/// What CDC's releases say wrongly, and what is meant.
pub const ERRATA: &str = include_str!("../data/errata.txt");

/// The release, as CDC has it.
///
/// # Errors
/// If its text is not the notation; a test reads it.
pub fn release() -> Result<Schedule, NotationError> {
    let text = |(name, text): &(&str, &str)| Text { name: format!("{name}.txt"), text: (*text).to_owned() };
    notation::read(&RELEASE.iter().map(text).collect::<Vec<_>>())
}

/// The errata, as a text to be laid over a release.
pub fn errata() -> Text {
    Text { name: "errata.txt".to_owned(), text: ERRATA.to_owned() }
}

/// The release with its errata: what is used unless something else is said.
///
/// # Errors
/// As [`release()`].
pub fn schedule() -> Result<Schedule, NotationError> {
    let mut schedule = release()?;
    notation::amend(&mut schedule, &errata())?;
    Ok(schedule)
}
