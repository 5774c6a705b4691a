//! "Check a child's vaccines", for anybody, without an account: what was typed or pasted, read, and the answer drawn. The same
//! code answers in the family's own browser and, where there is no script, on the server, which keeps nothing.

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::{BirthDate, Invalid, date::parse_date};
use schedule::{Engine, Gender, Given, Observed, Person};
use serde::{Deserialize, Serialize};
use words::Words;

use crate::{
    Advice,
    html::{dose_list, due_list, escape},
    paste,
    timeline::timeline,
};

/// The vaccines with a field of their own: its name, the code of the vaccine without a product.
pub const ROWS: [(&str, u16); 14] = [
    ("hepb", 45),
    ("rotavirus", 122),
    ("dtap", 107),
    ("hib", 17),
    ("pcv", 152),
    ("polio", 89),
    ("mmr", 3),
    ("varicella", 21),
    ("hepa", 85),
    ("tdap", 115),
    ("menacwy", 147),
    ("hpv", 137),
    ("flu", 88),
    ("covid", 213),
];

/// The field of a vaccine, as it is labelled.
pub fn row_name(words: Words, row: &str) -> &'static str {
    match row {
        "hepb" => words.check_hepb(),
        "rotavirus" => words.check_rotavirus(),
        "dtap" => words.check_dtap(),
        "hib" => words.check_hib(),
        "pcv" => words.check_pcv(),
        "polio" => words.check_polio(),
        "mmr" => words.check_mmr(),
        "varicella" => words.check_varicella(),
        "hepa" => words.check_hepa(),
        "tdap" => words.check_tdap(),
        "menacwy" => words.check_menacwy(),
        "hpv" => words.check_hpv(),
        "flu" => words.check_flu(),
        _ => words.check_covid(),
    }
}

/// Most characters of a pasted list.
pub const LONGEST_LIST: usize = 20_000;
/// Most bytes of a data file.
pub const LONGEST_FILE: usize = 200_000;
/// Most doses of one person.
const MOST_DOSES: usize = 200;

/// What was typed, by the names of the fields: `born-month`, `born-day`, `born-year`, `sex`, those of [`ROWS`], `list`.
pub trait Typed {
    /// What stands in a field; empty if nothing does.
    fn value(&self, name: &str) -> &str;
    /// A data file, if one was given.
    fn file(&self) -> Option<&[u8]>;
}

/// Whom it is about, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    person: Person,
    /// Lines that were not understood.
    unknown: Vec<String>,
}

/// What is wrong with a field, in words, by its name.
pub type Faults = Vec<(String, String)>;

/// Reads what was typed.
///
/// # Errors
/// What is wrong, each with its field.
pub fn read(words: Words, typed: &impl Typed, today: NaiveDate) -> Result<Asked, Faults> {
    let mut faults = Faults::new();
    let file = match typed.file().map(DataFile::read) {
        None => None,
        Some(Some(file)) => Some(file),
        Some(None) => {
            faults.push(("file".to_owned(), words.check_file_wrong().to_owned()));
            None
        }
    };
    let born = match (born(typed, today), &file) {
        (Err(Invalid::Missing), Some(file)) => BirthDate::new(file.dob, today),
        (born, _) => born,
    };
    let born = born.map_err(|why| faults.push(("born".to_owned(), date_fault(words, why).to_owned()))).ok();
    let mut doses: Vec<Given> = Vec::new();
    for (row, cvx) in ROWS {
        let found = paste::dates(typed.value(row), today);
        if found.rest.chars().any(char::is_alphanumeric) {
            faults.push((row.to_owned(), words.check_dates_wrong(&found.rest)));
        }
        doses.extend(found.dates.into_iter().map(|date| Given::new(date, cvx)));
        check_days(words, row, &doses, born, today, &mut faults);
    }
    let list = typed.value("list");
    if list.len() > LONGEST_LIST {
        faults.push(("list".to_owned(), words.error_too_long().to_owned()));
    }
    let pasted = if list.len() > LONGEST_LIST { paste::Pasted::default() } else { paste::read(list, today) };
    doses.extend(pasted.doses.into_iter().map(|(date, cvx)| Given::new(date, cvx)));
    check_days(words, "list", &doses, born, today, &mut faults);
    let mut observations = Vec::new();
    let mut gender = match typed.value("sex") {
        "F" => Gender::Female,
        "M" => Gender::Male,
        _ => Gender::Unknown,
    };
    if let Some(file) = file {
        gender = if gender == Gender::Unknown { file.gender() } else { gender };
        doses.extend(file.doses.iter().filter_map(FileDose::given));
        observations = file.observations.iter().map(|of| Observed { code: of.code, date: of.date }).collect();
        check_days(words, "file", &doses, born, today, &mut faults);
    }
    // The same dose typed and pasted is one.
    doses.sort_unstable();
    doses.dedup_by(|one, other| one.date == other.date && one.cvx == other.cvx);
    if doses.len() > MOST_DOSES {
        faults.push(("list".to_owned(), words.check_too_many().to_owned()));
    }
    match born {
        Some(born) if faults.is_empty() => Ok(Asked {
            person: Person { born: born.date(), gender, birth_country: String::new(), doses, observations },
            unknown: pasted.unknown,
        }),
        _ => Err(faults),
    }
}

fn born(typed: &impl Typed, today: NaiveDate) -> Result<BirthDate, Invalid> {
    let [month, day, year] = ["born-month", "born-day", "born-year"].map(|name| typed.value(name).trim());
    if month.is_empty() && day.is_empty() && year.is_empty() {
        return Err(Invalid::Missing);
    }
    if year.len() != 4 {
        return Err(Invalid::Date);
    }
    BirthDate::new(parse_date(&format!("{month}/{day}/{year}"), today)?, today)
}

fn date_fault(words: Words, why: Invalid) -> &'static str {
    match why {
        Invalid::Missing => words.error_date_missing(),
        Invalid::Future => words.error_future(),
        Invalid::TooEarly => words.error_too_early(),
        _ => words.error_date(),
    }
}

/// A dose tomorrow, or before birth, is a typing error. Each is told at the field it stands in.
fn check_days(
    words: Words,
    field: &str,
    doses: &[Given],
    born: Option<BirthDate>,
    today: NaiveDate,
    faults: &mut Faults,
) {
    let told = |faults: &Faults, text: &str| faults.iter().any(|(_, fault)| fault == text);
    for dose in doses {
        let date = words.date(dose.date);
        let fault = if dose.date > today {
            words.check_date_future(&date)
        } else if born.is_some_and(|born| dose.date < born.date()) {
            words.check_date_before_birth(&date)
        } else {
            continue;
        };
        if !told(faults, &fault) {
            faults.push((field.to_owned(), fault));
        }
    }
}

/// What the schedule says, drawn.
pub fn answer(words: Words, engine: &Engine, asked: &Asked, today: NaiveDate) -> String {
    let person = &asked.person;
    let assessment = engine.assessor().assess(person, today);
    let advice = Advice::new(engine.schedule(), person, &assessment, today);
    let mut html = format!(
        "<h2 id=\"answer\" tabindex=\"-1\">{}</h2>",
        escape(&words.check_answer_title(&words.date(person.born)))
    );
    if !asked.unknown.is_empty() {
        let lines: String = asked.unknown.iter().take(20).map(|line| format!("<li>{}</li>", escape(line))).collect();
        let said = escape(words.check_unknown());
        let _ = write!(
            html,
            "<div class=\"warning\"><span class=\"warning-sign\" aria-hidden=\"true\">!</span><div><p>{said}</p><ul>{lines}</ul></div></div>"
        );
    }
    html.push_str(&due_list(words, &advice, false));
    html.push_str(&timeline(words, &advice, &person.doses));
    if !person.doses.is_empty() {
        let _ = write!(html, "<h2>{}</h2>", escape(words.check_doses_title()));
        html.push_str(&dose_list(words, &advice, &person.doses));
    }
    let _ = write!(html, "<p class=\"note\">{}</p>", escape(words.advice_not_medical()));
    html
}

/// The data file of a record: what `miis evaluate` takes as a line, without a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    dob: NaiveDate,
    #[serde(default)]
    sex: String,
    #[serde(default)]
    doses: Vec<FileDose>,
    #[serde(default)]
    observations: Vec<FileObservation>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileDose {
    date: NaiveDate,
    cvx: String,
    #[serde(default)]
    mvx: Option<String>,
    #[serde(default)]
    trade_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileObservation {
    code: u16,
    #[serde(default)]
    date: Option<NaiveDate>,
}

impl FileDose {
    fn given(&self) -> Option<Given> {
        Some(Given {
            mvx: self.mvx.clone().unwrap_or_default(),
            trade_name: self.trade_name.clone().unwrap_or_default(),
            ..Given::new(self.date, self.cvx.trim().parse().ok()?)
        })
    }
}

impl DataFile {
    /// The data file of a person.
    pub fn new(person: &Person) -> Self {
        let dose = |given: &Given| FileDose {
            date: given.date,
            cvx: format!("{:02}", given.cvx),
            mvx: Some(given.mvx.clone()).filter(|mvx| !mvx.is_empty()),
            trade_name: Some(given.trade_name.clone()).filter(|name| !name.is_empty()),
        };
        let observation = |of: &Observed| FileObservation { code: of.code, date: of.date };
        Self {
            dob: person.born,
            sex: match person.gender {
                Gender::Female => "F",
                Gender::Male => "M",
                Gender::Unknown => "",
            }
            .to_owned(),
            doses: person.doses.iter().map(dose).collect(),
            observations: person.observations.iter().map(observation).collect(),
        }
    }

    /// As text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads one; `None` for anything else, or for one that is too long.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > LONGEST_FILE {
            return None;
        }
        let file: Self = serde_json::from_slice(bytes).ok()?;
        (file.doses.len() <= MOST_DOSES && file.observations.len() <= MOST_DOSES).then_some(file)
    }

    fn gender(&self) -> Gender {
        match self.sex.as_str() {
            "F" => Gender::Female,
            "M" => Gender::Male,
            _ => Gender::Unknown,
        }
    }
}
