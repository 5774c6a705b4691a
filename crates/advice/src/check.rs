//! "Check a child's vaccines", for anybody, without an account: what was typed or pasted, read, and the answer drawn. The same
//! code answers in the family's own browser and, where there is no script, on the server, which keeps nothing.

use chrono::NaiveDate;
use domain::{
    BirthDate, Cvx, Invalid,
    date::{DateOrder, parse_date},
};
use maud::html;
use schedule::{
    Engine, Given, Person, Schedule, Sex,
    notation::{self, Text},
};
use words::{Lang, Words};

pub use crate::check_rows::{ROWS, row_name};

use crate::{
    Advice, Audience,
    data_file::{DataFile, sex_of},
    dates::Dating,
    groups::stands_for,
    html::{dose_list, due_list},
    paste::{self, Pasted},
    timeline::timeline,
};

/// A schedule as one text, with what was laid over it already in it, for [`schedule_of`].
pub fn schedule_text(schedule: &Schedule) -> String {
    let amendments: String = schedule.amendments.iter().map(|name| format!("# amended by {name}\n")).collect();
    let texts: Vec<String> = notation::write(schedule).into_iter().map(|file| file.text).collect();
    format!("{amendments}{}", texts.join("\n"))
}

/// Reads such a text; `None` if it is none.
pub fn schedule_of(text: &str) -> Option<Schedule> {
    let amendments = text.lines().filter_map(|line| line.strip_prefix("# amended by ")).map(str::to_owned).collect();
    let file = Text { name: "schedule.txt".to_owned(), text: text.to_owned() };
    Some(Schedule { amendments, ..notation::read(&[file]).ok()? })
}

/// Most bytes of a vaccine's field: some fifteen dates.
const LONGEST_ROW: usize = 200;
/// Most bytes of a pasted list.
const LONGEST_LIST: usize = 20_000;
/// Most doses of one person.
pub(crate) const MOST_DOSES: usize = 200;

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
    /// A vaccine was named that holds something else in some countries.
    is_assumed: bool,
    /// The order of the dates, where the text showed another one than was chosen.
    order: Option<DateOrder>,
}

/// How dates of numbers are usually written by who reads the language of the page. In Spanish nothing is usual: a card from Mexico has the
/// day first, one from Boston the month.
pub fn usual_order(words: Words) -> Option<DateOrder> {
    (words.lang() == Lang::En).then_some(DateOrder::MonthFirst)
}

/// What is wrong with a field, in words, by its name.
pub type Faults = Vec<(String, String)>;

/// Reads what was typed. Each part has a limit of its own, so that no input costs more than a page of it.
///
/// # Errors
/// What is wrong, each with its field, one fault a field.
pub fn read(words: Words, typed: &impl Typed, today: NaiveDate) -> Result<Asked, Faults> {
    if let Some(order) = DateOrder::from_key(typed.value("order")).or_else(|| usual_order(words)) {
        return read_in(order, words, typed, today);
    }
    // Nobody has said it: it matters only where the dates come out as others.
    let [month_first, day_first] =
        [DateOrder::MonthFirst, DateOrder::DayFirst].map(|order| read_in(order, words, typed, today));
    let is_same = match (&month_first, &day_first) {
        (Ok(one), Ok(other)) => one.person == other.person,
        (one, other) => one == other,
    };
    if is_same { month_first } else { Err(vec![("order".to_owned(), words.import_dates_ask().to_owned())]) }
}

fn read_in(chosen: DateOrder, words: Words, typed: &impl Typed, today: NaiveDate) -> Result<Asked, Faults> {
    let mut reading = Reading { words, today, born: None, doses: Vec::new(), faults: Faults::new() };
    let file = typed.file().map(DataFile::read);
    if file == Some(None) {
        reading.wrong("file", words.check_file_wrong());
    }
    let file = file.flatten();
    reading.read_born(typed, file.as_ref());
    // What the fields of a card say of the order of their dates, they say together; a pasted list may be of somebody else's hand.
    let card_order = reading.read_card(typed, chosen);
    let (pasted, list_order) = reading.read_list(typed.value("list"), chosen);
    let (mut sex, mut observations) = (sex_of(typed.value("sex")), Vec::new());
    if let Some(file) = file {
        if reading.born.is_some_and(|born| born != file.dob) {
            reading.wrong("file", words.check_file_other());
        }
        sex = if sex == Sex::Unknown { sex_of(&file.sex) } else { sex };
        observations = file.observations();
        reading.add("file", file.given());
    }
    match reading.born {
        Some(born) if reading.faults.is_empty() => Ok(Asked {
            person: Person { born, sex, birth_country: String::new(), doses: each_once(reading.doses), observations },
            unknown: pasted.unknown,
            is_assumed: pasted.is_assumed,
            order: [card_order, list_order].into_iter().flatten().find(|order| *order != chosen),
        }),
        _ => Err(reading.faults),
    }
}

/// What has been read so far.
struct Reading {
    words: Words,
    today: NaiveDate,
    born: Option<NaiveDate>,
    doses: Vec<Given>,
    faults: Faults,
}

impl Reading {
    /// The date of birth, as typed or else of the data file.
    fn read_born(&mut self, typed: &impl Typed, file: Option<&DataFile>) {
        let born = match (born(typed, self.today), file) {
            (Err(Invalid::Missing), Some(file)) => BirthDate::new(file.dob, self.today),
            (born, _) => born,
        };
        match born {
            Ok(born) => self.born = Some(born.date()),
            Err(why) => self.wrong("born", date_fault(self.words, why)),
        }
    }

    /// The fields of the card; the order its dates show, where they show one.
    fn read_card(&mut self, typed: &impl Typed, chosen: DateOrder) -> Option<DateOrder> {
        let rows = ROWS.iter().map(|(row, _)| typed.value(row)).filter(|row| row.len() <= LONGEST_ROW);
        let dating = Dating::of(&rows.collect::<Vec<_>>().join(" "), chosen, self.today);
        for (row, cvx) in ROWS {
            if typed.value(row).len() > LONGEST_ROW {
                self.wrong(row, self.words.error_too_long());
                continue;
            }
            let found = paste::dates(typed.value(row), dating);
            if found.rest.chars().any(char::is_alphanumeric) {
                self.wrong(row, &self.words.check_dates_wrong(&found.rest));
            }
            self.add(row, found.dates.into_iter().map(|date| Given::new(date, Cvx::stored(cvx))));
        }
        dating.order
    }

    /// A pasted list, and the order of its dates.
    fn read_list(&mut self, list: &str, chosen: DateOrder) -> (Pasted, Option<DateOrder>) {
        if list.len() > LONGEST_LIST {
            self.wrong("list", self.words.error_too_long());
            return (Pasted::default(), None);
        }
        let dating = Dating::of(list, chosen, self.today);
        let pasted = paste::read(list, dating);
        let known = pasted.doses.iter().filter_map(|(date, cvx)| Some(Given::new(*date, Cvx::known(*cvx)?)));
        self.add("list", known);
        (pasted, dating.order)
    }

    /// Notes what is wrong with a field; the first fault of it stays.
    fn wrong(&mut self, field: &str, fault: &str) {
        if !self.faults.iter().any(|(known, _)| known == field) {
            self.faults.push((field.to_owned(), fault.to_owned()));
        }
    }

    /// Takes the doses of a field. One tomorrow, or before birth, is a typing error.
    fn add(&mut self, field: &str, doses: impl Iterator<Item = Given>) {
        for dose in doses {
            let words = self.words;
            if dose.on > self.today {
                self.wrong(field, &words.check_date_future(&words.date(dose.on)));
            } else if self.born.is_some_and(|born| dose.on < born) {
                self.wrong(field, &words.check_date_before_birth(&words.date(dose.on)));
            }
            if self.doses.len() >= MOST_DOSES {
                self.wrong(field, words.check_too_many());
                return;
            }
            self.doses.push(dose);
        }
    }
}

/// The same dose typed and pasted is one; and of a dose named without its product and with it, the product is kept.
fn each_once(mut doses: Vec<Given>) -> Vec<Given> {
    doses.sort_unstable();
    doses.dedup_by(|one, other| one.on == other.on && one.cvx == other.cvx);
    let is_plain = |cvx: Cvx| ROWS.iter().any(|(_, plain)| *plain == cvx.number());
    let is_said_better = |dose: &Given| {
        let mut same_day = doses.iter().filter(|other| other.on == dose.on);
        same_day.any(|other| !is_plain(other.cvx) && stands_for(other.cvx.number(), dose.cvx.number()))
    };
    doses.iter().filter(|dose| !(is_plain(dose.cvx) && is_said_better(dose))).cloned().collect()
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
        Invalid::Missing => words.check_born_missing(),
        Invalid::Future => words.error_future(),
        Invalid::TooEarly => words.error_too_early(),
        _ => words.error_date(),
    }
}

/// What the schedule says, drawn.
pub fn answer(words: Words, engine: &Engine, asked: &Asked, today: NaiveDate) -> String {
    let person = &asked.person;
    let assessment = engine.assessor().assess(person, today);
    let unread = i64::try_from(asked.unknown.len()).unwrap_or(i64::MAX);
    let advice = Advice { unread, ..Advice::new(engine.schedule(), person, &assessment, today) };
    let order = asked.order.map(|order| match order {
        DateOrder::MonthFirst => words.dates_read_month_first(),
        DateOrder::DayFirst => words.dates_read_day_first(),
    });
    let markup = html! {
        h2 id="answer" tabindex="-1" { (words.check_answer_title(&words.date(person.born))) }
        @if !asked.unknown.is_empty() {
            div.warning {
                span.warning-sign aria-hidden="true" { "!" }
                div {
                    p { (words.check_unread(unread)) }
                    ul { @for line in asked.unknown.iter().take(20) { li { (line) } } }
                    p { (words.check_unread_then()) }
                }
            }
        }
        @if asked.is_assumed { p.note { (words.check_pentavalent()) } }
        @if let Some(order) = order { p.note { (order) } }
        (due_list(words, &advice, Audience::Family))
        (timeline(words, &advice, &person.doses, Audience::Family))
        @if !person.doses.is_empty() {
            h2 id="doses" { (words.check_doses_title()) }
            (dose_list(words, &advice, &person.doses, Audience::Family))
        }
        p.note { (words.advice_not_medical()) }
    };
    markup.into_string()
}

#[cfg(test)]
mod tests;
