//! The rule sets: read once from their text, checked strictly.

mod text;

use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;
use domain::{
    Antigen, Cvx, Period,
    school::{Grade, SchoolYear},
};

use self::text::{File, grades};
use crate::evaluate::antigens_of;

/// A rule file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// Not the notation.
    #[error("rule file: {0}")]
    Notation(#[from] toml::de::Error),
    /// A word in it that is none of the field's.
    #[error("rule file: {0}")]
    Word(String),
}

/// The rules of one school year.
#[derive(Debug)]
pub struct RuleSet {
    /// `MA school entry 2026-27.1`, printed on certificates and lists.
    pub id: String,
    /// The year they are for.
    pub year: SchoolYear,
    /// Days by which a minimum age or interval may be missed.
    pub(crate) grace: i32,
    /// Days between two different live vaccines.
    pub(crate) live_gap: i32,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    requirements: Vec<Requirement>,
}

/// One line of the law's table, for the grades it is for.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// `mmr`: the key of its words.
    pub id: String,
    /// How many doses the table names.
    pub required_doses: u32,
    pub(crate) grades: Vec<Grade>,
    pub(crate) cvx: Vec<Cvx>,
    pub(crate) until: Vec<(Vec<Cvx>, NaiveDate)>,
    pub(crate) each_of: Vec<Antigen>,
    pub(crate) laboratory: Vec<Antigen>,
    pub(crate) clinician_history: Vec<Antigen>,
    pub(crate) live: bool,
    pub(crate) options: Vec<Ladder>,
    pub(crate) history: Option<[Ladder; 2]>,
}

/// One way to meet a requirement.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ladder {
    pub also_cvx: Vec<Cvx>,
    pub not_cvx: Vec<Cvx>,
    pub only_cvx: Vec<Cvx>,
    pub product: Option<String>,
    pub from_age: Option<Period>,
    pub until_age: Option<Period>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Step {
    pub min_age: Option<Period>,
    pub max_age: Option<Period>,
    pub interval: Option<Period>,
    pub from_first: Option<Period>,
    pub exact: bool,
}

impl RuleSet {
    /// The requirements for a grade; none for grades this rule set does not speak of.
    pub fn for_grade(&self, grade: Grade) -> impl Iterator<Item = &Requirement> {
        self.groups
            .iter()
            .flat_map(|group| &group.requirements)
            .filter(move |requirement| requirement.grades.contains(&grade))
    }

    fn read(text: &str) -> Result<Self, RuleError> {
        let file: File = toml::from_str(text)?;
        let mut known: HashMap<(String, String), Requirement> = HashMap::new();
        let mut groups = Vec::new();
        for group in file.group {
            let grades = grades(&group.grades)?;
            let mut requirements = Vec::new();
            for line in group.requirement {
                if antigens_of(&line.id).is_empty() {
                    return Err(RuleError::Word(line.id));
                }
                let requirement = line.resolve(&grades, &known)?;
                known.insert((group.id.clone(), requirement.id.clone()), requirement.clone());
                requirements.push(requirement);
            }
            groups.push(Group { requirements });
        }
        Ok(Self {
            id: format!("{} {}", file.rule_set, file.version),
            year: SchoolYear(file.school_year),
            grace: file.grace_days,
            live_gap: file.live_gap_days,
            groups,
        })
    }
}

/// The embedded rule files, by their names, the oldest year first.
const FILES: [(&str, &str); 1] = [("ma-2026-27.toml", include_str!("../data/ma-2026-27.toml"))];

static SETS: LazyLock<Vec<RuleSet>> = LazyLock::new(|| {
    // A program with a broken one does not start: see [`check`].
    FILES.iter().filter_map(|(_, text)| RuleSet::read(text).ok()).collect()
});

/// Are all rule files whole? Whoever evaluates students asks before the first one.
///
/// # Errors
/// The file, the line and the word of the first rule that is none.
pub fn check() -> Result<(), String> {
    FILES.iter().try_for_each(|(name, text)| match RuleSet::read(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(located(name, text, &error)),
    })
}

/// An error with its file and line.
fn located(name: &str, text: &str, error: &RuleError) -> String {
    match error {
        // It has its line itself.
        RuleError::Notation(error) => format!("{name}: {error}"),
        RuleError::Word(word) => {
            let whole = format!("\"{word}\"");
            let is_number = word.parse::<u16>().is_ok();
            let holds = |line: &str| {
                let line = line.split('#').next().unwrap_or("");
                line.contains(&whole) || is_number && line.split(|c: char| !c.is_ascii_digit()).any(|part| part == word)
            };
            let line = text.lines().position(holds).map_or(0, |at| at + 1);
            format!("{name}, line {line}: {word:?} is not known")
        }
    }
}

/// The rules in force on a day: those of its school year, else the newest before it, else the oldest we have.
///
/// # Panics
/// Never: at least one rule set is embedded, and a test reads each.
pub fn rule_set(on: NaiveDate) -> &'static RuleSet {
    let year = SchoolYear::of(on);
    SETS.iter().rev().find(|set| set.year <= year).unwrap_or(&SETS[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_rule_file_is_read_and_names_real_codes() {
        let set = RuleSet::read(include_str!("../data/ma-2026-27.toml"));
        assert!(set.is_ok(), "{:?}", set.err());
        for requirement in rule_set(NaiveDate::default()).groups.iter().flat_map(|group| &group.requirements) {
            for cvx in &requirement.cvx {
                assert!(domain::catalogue::vaccine(*cvx).is_some(), "{cvx} in {}", requirement.id);
            }
            assert!(!requirement.options.is_empty(), "{}", requirement.id);
        }
    }

    #[test]
    fn a_misspelt_rule_is_an_error_and_not_ignored() {
        let text = include_str!("../data/ma-2026-27.toml").replacen("{ min_age", "{ min_agee", 1);
        assert!(RuleSet::read(&text).is_err());
        let text =
            include_str!("../data/ma-2026-27.toml").replacen("interval = \"4 weeks\"", "interval = \"4 wekks\"", 1);
        assert!(matches!(RuleSet::read(&text), Err(RuleError::Word(_))));
    }

    #[test]
    fn a_word_no_rule_knows_is_named_with_its_line() {
        let text = FILES[0].1;
        assert_eq!(check(), Ok(()));
        for (right, wrong) in [
            ("id = \"varicella\"", "id = \"varicela\""),
            ("each_of = [\"Measles\"", "each_of = [\"Measels\""),
            ("product = \"recombivax\"", "product = \"recombivacs\""),
            ("cvx = [21, 94]", "cvx = [21, 9400]"),
        ] {
            let broken = text.replacen(right, wrong, 1);
            let line = broken.lines().position(|line| line.contains(wrong)).map_or(0, |at| at + 1);
            let error = RuleSet::read(&broken).map(|_| ()).map_err(|error| located("x.toml", &broken, &error));
            let said = error.err().unwrap_or_default();
            assert!(said.starts_with(&format!("x.toml, line {line}: ")), "{wrong}: {said}");
        }
        let broken = text.replacen("[[group.requirement.option]]", "[[group.requirement.opt]]", 1);
        let said = RuleSet::read(&broken)
            .map(|_| ())
            .map_err(|error| located("x.toml", &broken, &error))
            .err()
            .unwrap_or_default();
        assert!(said.contains("line "), "{said}");
    }

    #[test]
    fn kindergarten_has_five_requirements_and_grade_seven_six() {
        let set = rule_set(NaiveDate::default());
        let names = |grade| set.for_grade(grade).map(|requirement| requirement.id.as_str()).collect::<Vec<_>>();
        assert_eq!(names(Grade::Kindergarten), ["dtap", "polio", "hepb", "mmr", "varicella"]);
        assert_eq!(names(Grade::Year(7)), ["tdap", "polio", "hepb", "mmr", "varicella", "menacwy"]);
        assert_eq!(names(Grade::Preschool), [""; 0]);
    }
}
