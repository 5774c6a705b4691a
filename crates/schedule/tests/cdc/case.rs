//! A case: whom it is about, what was given, what CDC says to that.

use chrono::NaiveDate;
use domain::{Cvx, Mvx};
use schedule::{Assessment, Due, Engine, Given, Observed, Person, SeriesStatus, Sex};

/// A published case, as a line of `cases.txt` says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub id: String,
    /// The release's name of the vaccine group.
    pub group: String,
    /// `F`, `M` or `?`.
    pub sex: String,
    pub born: NaiveDate,
    pub on: NaiveDate,
    pub seen: Vec<(u16, Option<NaiveDate>)>,
    pub gave: Vec<Gave>,
    pub then: Then,
}

/// A dose with its verdict, in small letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gave {
    pub on: NaiveDate,
    pub cvx: u16,
    pub mvx: String,
    pub status: String,
    pub reason: String,
}

/// What comes then, in small letters; the rest is blank unless something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Then {
    pub status: String,
    pub number: Option<usize>,
    pub earliest: Option<NaiveDate>,
    pub recommended: Option<NaiveDate>,
    pub past_due: Option<NaiveDate>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no day"))
}

impl Case {
    /// Reads a line.
    pub(crate) fn read(line: &str) -> Self {
        let mut parts = line.split(" | ");
        let (id, group) = parts.next().unwrap().split_once(' ').unwrap();
        let (whom, on) = parts.next().unwrap().split_once(" on ").unwrap();
        let (sex, born) = whom.split_once(' ').unwrap();
        let (mut seen, mut gave, mut then) = (Vec::new(), Vec::new(), None);
        for part in parts {
            let (word, rest) = part.split_once(' ').unwrap();
            match word {
                "seen" => seen.extend(rest.split(' ').map(|observation| match observation.split_once('@') {
                    Some((code, since)) => (code.parse().unwrap(), Some(day(since))),
                    None => (observation.parse().unwrap(), None),
                })),
                "gave" => gave.push(Gave::read(rest)),
                "then" => then = Some(Then::read(rest)),
                _ => panic!("{word:?} is no word of a case: {line}"),
            }
        }
        let (id, group, sex) = (id.to_owned(), group.to_owned(), sex.to_owned());
        Self { id, group, sex, born: day(born), on: day(on), seen, gave, then: then.unwrap() }
    }

    /// As the engine is asked.
    pub(crate) fn person(&self) -> Person {
        let dose =
            |dose: &Gave| Given { mvx: Mvx::stored(dose.mvx.clone()), ..Given::new(dose.on, Cvx::stored(dose.cvx)) };
        Person {
            born: self.born,
            sex: match self.sex.as_str() {
                "F" => Sex::Female,
                "M" => Sex::Male,
                _ => Sex::Unknown,
            },
            birth_country: String::new(),
            doses: self.gave.iter().map(dose).collect(),
            observations: self.seen.iter().map(|(code, date)| Observed { code: *code, date: *date }).collect(),
        }
    }

    /// What the engine says otherwise than the case; nothing where they agree.
    pub(crate) fn differs(&self, engine: &Engine, assessment: &Assessment) -> Vec<String> {
        let group = engine.schedule().groups.iter().position(|group| group.name == self.group);
        let group = group.unwrap_or_else(|| panic!("{} is no group", self.group));
        let dues: Vec<&Due> = assessment.groups.iter().filter(|due| due.group == group).collect();
        // Several forecasts of a group, possible with medical conditions only: one of them is the case's.
        assert!(self.id.contains("-UC-") || dues.len() == 1, "{}", self.id);
        let forecast = dues.into_iter().map(|due| self.then.differs(due)).min_by_key(Vec::len);
        let mut differs = forecast.unwrap_or_else(|| vec!["no forecast".to_owned()]);
        let doses = self.gave.iter().enumerate();
        differs.extend(doses.filter_map(|(place, dose)| dose.differs(engine, assessment, group, place)));
        differs
    }
}

impl Gave {
    fn read(text: &str) -> Self {
        let (what, reason) = text.split_once(": ").unwrap_or((text, ""));
        let words: Vec<&str> = what.split(' ').collect();
        let [on, cvx, rest @ ..] = words.as_slice() else { panic!("{text:?} is no dose") };
        // A maker is written in capitals, a verdict is not.
        let (mvx, status) = match rest {
            [mvx, status @ ..] if mvx.chars().all(|letter| letter.is_ascii_uppercase()) => (*mvx, status),
            status => ("", status),
        };
        let (mvx, reason) = (mvx.to_owned(), reason.to_owned());
        Self { on: day(on), cvx: cvx.parse().unwrap(), mvx, status: status.join(" "), reason }
    }

    /// A dose of several antigens is not valid if it is not for one of them.
    fn differs(&self, engine: &Engine, assessment: &Assessment, group: usize, place: usize) -> Option<String> {
        let antigens = &engine.schedule().antigens;
        let all = || assessment.doses.iter().filter(|verdict| verdict.dose == place);
        let of_group = || all().filter(|verdict| antigens[verdict.antigen].group == group);
        // Doses of other groups are held against those.
        let verdicts: Vec<_> = if of_group().next().is_some() {
            of_group().map(|verdict| verdict.verdict).collect()
        } else {
            all().map(|verdict| verdict.verdict).collect()
        };
        let says = |term: &str| verdicts.iter().find(|verdict| verdict.status.term() == term);
        let Some(decisive) = says("Not Valid").or_else(|| says("Valid")).or_else(|| verdicts.first()) else {
            return Some(format!("dose {} without a verdict", place + 1));
        };
        let status = decisive.status.term().to_lowercase();
        let reasons: Vec<String> =
            verdicts.iter().flat_map(|verdict| verdict.reasons.iter()).map(|reason| plain(reason.term())).collect();
        let is_said = self.reason.is_empty() || reasons.contains(&plain(&self.reason));
        let differs = status != self.status || !is_said;
        differs.then(|| format!("dose {} {status} {reasons:?}, not {} {}", place + 1, self.status, self.reason))
    }
}

impl Then {
    fn read(text: &str) -> Self {
        let words: Vec<&str> = text.split(' ').collect();
        let is_value = |word: &&&str| **word == "-" || word.starts_with(|first: char| first.is_ascii_digit());
        let values: Vec<&str> = words.iter().filter(is_value).copied().collect();
        let status = words.iter().filter(|word| !is_value(word)).copied().collect::<Vec<_>>().join(" ");
        let value = |at: usize| values.get(at).copied().filter(|value| *value != "-");
        Self {
            status,
            number: value(0).map(|number| number.parse().unwrap()),
            earliest: value(1).map(day),
            recommended: value(2).map(day),
            past_due: value(3).map(day),
        }
    }

    fn differs(&self, due: &Due) -> Vec<String> {
        let mut differs = Vec::new();
        let mut compare = |what: &str, ours: String, theirs: String| {
            if ours != theirs {
                differs.push(format!("{what} {ours}, not {theirs}"));
            }
        };
        compare("status", due.status.term().to_lowercase(), self.status.clone());
        // The cases leave the days blank unless something is due.
        if due.status == SeriesStatus::NotComplete {
            let date = |date: Option<NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
            compare("number", due.number.unwrap_or(0).to_string(), self.number.unwrap_or(0).to_string());
            compare("earliest", date(due.earliest), date(self.earliest));
            compare("recommended", date(due.recommended), date(self.recommended));
            compare("past due", date(due.past_due), date(self.past_due));
        }
        differs
    }
}

/// Letters only: the cases write one reason in two ways.
fn plain(reason: &str) -> String {
    reason.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}
