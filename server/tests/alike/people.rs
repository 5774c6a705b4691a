//! Made-up people, and what is typed and sent about them.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

/// Somebody, as an office and a school call them.
pub(crate) struct Somebody {
    pub(crate) number: usize,
    pub(crate) last: String,
    pub(crate) first: String,
    /// A name they went by, on file only.
    pub(crate) also: String,
    pub(crate) born: NaiveDate,
    /// As the office writes it; on file it may stand otherwise.
    pub(crate) gender: &'static str,
}

/// People with names of their own: no two are alike, nor like anybody of the demo.
pub(crate) fn invented(count: usize) -> Vec<Somebody> {
    let sounds = [
        "ba", "cho", "du", "fi", "go", "he", "ji", "ku", "lo", "me", "no", "pa", "ru", "si", "to", "vu", "we", "xi",
        "yo", "zu",
    ];
    let word = |mut number: usize, length: usize| {
        let mut word = String::new();
        for _ in 0..length {
            word.push_str(sounds[number % sounds.len()]);
            number = number / sounds.len() + number * 7 + 3;
        }
        let (first, rest) = word.split_at_checked(1).unwrap();
        first.to_uppercase() + rest
    };
    let start = NaiveDate::from_ymd_opt(2011, 2, 3).unwrap();
    (0..count)
        .map(|number| Somebody {
            number,
            last: word(number * 13 + 1, 4),
            first: word(number * 29 + 5, 3),
            also: word(number * 31 + 11, 5),
            born: start + Days::new(u64::try_from(number).unwrap() * 3),
            gender: ["F", "M", "X", "U"][number % 4],
        })
        .collect()
}

impl Somebody {
    pub(crate) fn day(&self, years: u64) -> String {
        (self.born + Days::new(366 * years + 20)).to_string()
    }

    pub(crate) fn misspelt(&self) -> String {
        format!("{}h", self.last)
    }

    pub(crate) fn search(&self) -> String {
        self.search_as(&self.last, &self.first)
    }

    pub(crate) fn search_as(&self, last: &str, first: &str) -> String {
        format!("last={last}&first={first}&{}", date("born", &self.born.to_string()))
    }

    pub(crate) fn newcomer(&self, on: &str, cvx: u16) -> String {
        let person = self.search();
        format!(
            "{person}&middle=&gender={}&street={}+Elm+St&city=Lynn&state=MA&zip=01901&phone=617-555-0{:03}&{}",
            self.gender,
            self.number + 1,
            self.number,
            self.dose(on, cvx)
        )
    }

    pub(crate) fn dose(&self, on: &str, cvx: u16) -> String {
        format!("cvx={cvx}&source=administered&office=&product=&mvx=&lot=L{}&{}", self.number, date("given", on))
    }

    pub(crate) fn message(&self, last: &str, doses: &[(&str, &str, &str)]) -> String {
        self.message_of(last, self.gender, doses)
    }

    pub(crate) fn message_of(&self, last: &str, gender: &str, doses: &[(&str, &str, &str)]) -> String {
        let mut text = self.header(last, gender, &format!("{}{}", doses[0].0, doses[0].2));
        for (on, vaccine, action) in doses {
            write!(
                text,
                "ORC|RE||{}-{on}^EHR\rRXA|0|1|{on}||{vaccine}|0.5|mL^^UCUM||00^New^NIP001||||||L1||MSD^M^MVX|||CP|{action}\r",
                self.number
            )
            .unwrap();
        }
        text
    }

    /// The same message, as from a system that gives nobody a number.
    pub(crate) fn without_number(&self, message: &str) -> String {
        message.replace(&format!("N{}^^^EHR^MR", self.number), "").replace("VXU_V04|", "VXU_V04|no-number-")
    }

    /// Chickenpox by a clinician's word, and no dose.
    pub(crate) fn evidence(&self) -> String {
        format!(
            "{}RXA|0|1|20240601||998^no vaccine administered^CVX|999||||||||||||||NA|A\r\
             OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella infection^SCT||||||F|||20240601\r",
            self.header(&self.last, self.gender, "evidence")
        )
    }

    fn header(&self, last: &str, gender: &str, what: &str) -> String {
        format!(
            "MSH|^~\\&|EHR|P1002|MIIS|MA|20261101120000-0500||VXU^V04^VXU_V04|{}-{what}|P|2.5.1\r\
             PID|1||N{}^^^EHR^MR||{last}^{}||{}|{}\r",
            self.number,
            self.number,
            self.first,
            self.born.format("%Y%m%d"),
            gender
        )
    }

    pub(crate) fn table(&self) -> String {
        format!(
            "last_name,first_name,birth_date,gender,vaccine,given_on\n{},{},{},{},141,2025-10-05\n",
            self.last, self.first, self.born, self.gender
        )
    }
}

fn date(name: &str, on: &str) -> String {
    let part = |range: std::ops::Range<usize>| on.get(range).unwrap_or("").to_owned();
    format!("{name}-year={}&{name}-month={}&{name}-day={}", part(0..4), part(5..7), part(8..10))
}

/// All of them in one class; `twice`: each line once more under another number, by another name, and with a middle name in the column of
/// first names.
pub(crate) fn class_list(people: &[Somebody], twice: bool) -> String {
    let mut text = "Student Number,Last Name,First Name,DOB,Grade,Homeroom\n".to_owned();
    for round in 0..if twice { 4 } else { 1 } {
        for who in people {
            let number = 5_000 + round * 1_000 + who.number;
            let last = if round == 2 { &who.also } else { &who.last };
            let middle = if round == 3 { " Hidden" } else { "" };
            writeln!(text, "{number},{last},{}{middle},{},9,9-1", who.first, who.born).unwrap();
        }
    }
    text
}
