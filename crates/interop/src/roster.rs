//! A school's class list: which column is what, and each line as a student or with its faults.

mod columns;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::{
    BirthDate, Invalid, PersonName,
    date::{DateOrder, OrderSaid, Period, order_said, parse_date_as},
    school::{Grade, SchoolYear},
    text,
};
use serde::{Deserialize, Serialize};

pub use columns::{Field, Mapping};

use crate::table::{Row, Table, column_key, whole_number};

/// Longest class list: the largest schools of the state have some 4,500 students.
pub const MOST_LINES: usize = 5_000;

/// A student of a class list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// The row in the file.
    pub line: usize,
    /// The school's number; the row where there is none.
    pub number: String,
    /// Name.
    pub name: PersonName,
    /// Date of birth.
    pub born: BirthDate,
    /// Grade.
    pub grade: Grade,
    /// Class or homeroom; empty where the file has none.
    pub class: String,
}

impl Student {
    /// Has the school given them a number? The row stands where it has not.
    pub fn has_number(&self) -> bool {
        !self.number.starts_with('#')
    }
}

/// A fault in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFault {
    /// The row in the file.
    pub line: usize,
    /// Which field; none for a line that cannot be read at all.
    pub field: Option<Field>,
    /// What is wrong.
    pub why: Fault,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// Nothing there, where something is needed.
    Missing,
    /// Not what the field holds.
    Wrong,
    /// A quotation mark without its second: what follows could be another student.
    StrayQuote,
    /// Not written in the file's letters.
    OtherLetters,
}

/// How the lines of a list are read, as far as the school has to say it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which number of a date is the month.
    pub order: DateOrder,
    /// What the school calls grades, by [`column_key`].
    pub grades: BTreeMap<String, Grade>,
}

/// A list, read.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// The students.
    pub students: Vec<Student>,
    /// Lines with faults; nothing of them is kept but the place of the fault.
    pub faults: Vec<LineFault>,
    /// Words for grades nobody has said yet, with how many lines each stands in.
    pub grades: BTreeMap<String, usize>,
    /// Lines whose age does not fit the grade: the year may be of another century.
    pub ages: Vec<usize>,
}

/// What the dates of the list say about their order.
pub fn dates_said(table: &Table, mapping: &Mapping) -> OrderSaid {
    let Some(column) = mapping.column(Field::Born) else { return OrderSaid::Clear };
    order_said(table.rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str))
}

/// A date of the list that can be read either way, as it is written; empty if there is none.
pub fn ambiguous_date(table: &Table, mapping: &Mapping) -> String {
    let Some(column) = mapping.column(Field::Born) else { return String::new() };
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column)).map(String::as_str);
    let mut unclear = cells.filter(|cell| order_said([*cell]) == OrderSaid::Ambiguous);
    unclear.next().unwrap_or("").chars().take(20).collect()
}

/// Reads every line.
pub fn students(table: &Table, mapping: &Mapping, reading: &Reading, today: NaiveDate) -> List {
    let mut list = List::default();
    for row in &table.rows {
        match student(row, mapping, reading, today, &mut list.grades) {
            Ok(student) => {
                if !fits(&student, today) {
                    list.ages.push(student.line);
                }
                list.students.push(student);
            }
            Err(mut found) => list.faults.append(&mut found),
        }
    }
    list.faults.extend(table.faults.iter().map(|fault| LineFault {
        line: fault.line,
        field: None,
        why: if fault.what == crate::What::StrayQuote { Fault::StrayQuote } else { Fault::OtherLetters },
    }));
    list.faults.sort_by_key(|fault| fault.line);
    list
}

/// Is the student of an age the grade has? Children repeat and skip classes, and students stay until 22 under special
/// education, so only what hardly can be is flagged: three years younger than usual (in preschool five), or eight older.
fn fits(student: &Student, today: NaiveDate) -> bool {
    let year = SchoolYear::of(today).0;
    let Some(september) = NaiveDate::from_ymd_opt(year, 9, 1) else { return true };
    let age = student.born.years_on(september);
    let (usual, younger) = match student.grade {
        Grade::Preschool => (4, 4),
        Grade::Kindergarten => (5, 2),
        Grade::Year(grade) => (i32::from(grade) + 5, 2),
    };
    // Somebody born after September counts no year yet.
    let is_born = student.born.date() <= september || student.born.date().year() < year;
    is_born
        && (usual - younger..=usual + 7).contains(&age)
        && (age > 0 || student.born.at(Period::years(1)) > september)
}

fn student(
    row: &Row,
    mapping: &Mapping,
    reading: &Reading,
    today: NaiveDate,
    words: &mut BTreeMap<String, usize>,
) -> Result<Student, Vec<LineFault>> {
    let cell = |field| mapping.column(field).and_then(|column| row.cells.get(column)).map_or("", String::as_str);
    let mut faults = Vec::new();
    let mut fault = |field, why| {
        let why = if why == Invalid::Missing { Fault::Missing } else { Fault::Wrong };
        faults.push(LineFault { line: row.line, field: Some(field), why });
    };
    let name = name_of(mapping, &cell).map_err(|why| fault(name_at_fault(mapping, &cell), why)).ok();
    let born = parse_date_as(cell(Field::Born), today, reading.order)
        .and_then(|date| BirthDate::new(date, today))
        .map_err(|why| fault(Field::Born, why))
        .ok();
    let written = cell(Field::Grade);
    let grade = written.parse::<Grade>().or_else(|why| reading.grades.get(&column_key(written)).copied().ok_or(why));
    if grade == Err(Invalid::Choice) && written.chars().count() <= 20 {
        // Asked once, with the words as they are written.
        *words.entry(written.to_owned()).or_default() += 1;
    }
    let grade = grade.map_err(|why| fault(Field::Grade, why)).ok();
    let class = text::line(cell(Field::Class), 40).map_err(|why| fault(Field::Class, why)).ok();
    let number = text::line(whole_number(cell(Field::Number)), 30).map_err(|why| fault(Field::Number, why)).ok();
    match (name, born, grade, class, number) {
        (Some(name), Some(born), Some(grade), Some(class), Some(number)) => {
            let number = number.filter(|number| !is_rounded(number)).unwrap_or_else(|| format!("#{}", row.line));
            Ok(Student { line: row.line, number, name, born, grade, class: class.unwrap_or_default() })
        }
        _ => Err(faults),
    }
}

/// `1.23457E+11`: a spreadsheet has rounded a long number, and several students have the same one now.
fn is_rounded(number: &str) -> bool {
    number.split_once(['E', 'e']).is_some_and(|(digits, power)| digits.parse::<f64>().is_ok() && power.starts_with('+'))
}

/// The column to look at where a name cannot be read.
fn name_at_fault<'a>(mapping: &Mapping, cell: &impl Fn(Field) -> &'a str) -> Field {
    let is_read = |last: &str| PersonName::new(last, "A", "").is_ok();
    match (mapping.column(Field::Last), mapping.column(Field::First)) {
        (None, _) => Field::Name,
        (last, first) if last != first && is_read(cell(Field::Last)) => Field::First,
        _ => Field::Last,
    }
}

/// The name, from one column or several. A letter behind the first name is the middle initial; a generation behind a name is
/// no part of it to look somebody up by.
fn name_of<'a>(mapping: &Mapping, cell: &impl Fn(Field) -> &'a str) -> Result<PersonName, Invalid> {
    let is_one = mapping.column(Field::Last) == mapping.column(Field::First);
    let whole = if mapping.column(Field::Name).is_some() && mapping.column(Field::Last).is_none() {
        cell(Field::Name)
    } else if is_one {
        cell(Field::Last)
    } else {
        ""
    };
    let (mut last, mut given) = (cell(Field::Last).to_owned(), cell(Field::First).to_owned());
    if !whole.is_empty() {
        // "Okafor, Mia A", "Vance, Leo M. Jr", "Vance, Jr., Leo"; without a comma nobody knows where the last name ends.
        let parts: Vec<&str> = whole.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let (front, rest) = parts.split_first().ok_or(Invalid::Missing)?;
        let rest: Vec<&str> = rest.iter().copied().filter(|part| !is_generation(part)).collect();
        if rest.is_empty() {
            return Err(Invalid::Character);
        }
        (last, given) = ((*front).to_owned(), rest.join(" "));
    }
    let middle = cell(Field::Middle);
    let mut words: Vec<&str> = given.split_whitespace().filter(|word| !is_generation(word)).collect();
    let is_initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    let mut initial = "";
    if words.len() > 1 && words.last().is_some_and(|word| is_initial(word)) {
        initial = words.pop().unwrap_or("").trim_end_matches('.');
    }
    PersonName::new(&last, &words.join(" "), if middle.is_empty() { initial } else { middle })
}

fn is_generation(word: &str) -> bool {
    matches!(word.trim_end_matches('.').to_ascii_uppercase().as_str(), "JR" | "SR" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    fn today() -> NaiveDate {
        "2026-09-01".parse().unwrap()
    }

    fn list(text: &str) -> List {
        let table = table::read(text.as_bytes(), MOST_LINES, Field::is_named).unwrap();
        let mapping = Mapping::guess(&table.columns);
        assert_eq!(mapping.missing(), []);
        students(&table, &mapping, &Reading::default(), today())
    }

    fn read(text: &str) -> (Vec<Student>, Vec<LineFault>) {
        let list = list(text);
        (list.students, list.faults)
    }

    #[test]
    fn the_exports_of_usual_systems_need_no_mapping() {
        for head in [
            "LASID,Last Name,First Name,DOB,Grade Level,Homeroom",
            "Student Number,Student Last Name,Student First Name,Birthdate,Grade,Section",
        ] {
            let (students, faults) = read(&format!("{head}\n104,Núñez-O'Dea,José,03/10/2021,K,K-1\n"));
            assert_eq!(faults, []);
            assert_eq!(
                (students[0].name.to_string().as_str(), students[0].class.as_str()),
                ("José Núñez-O'Dea", "K-1")
            );
        }
    }

    #[test]
    fn each_bad_line_is_named_and_the_good_ones_stay() {
        let (students, faults) = read(
            "Last Name,First Name,DOB,Grade\nOkafor,Mia,2021-03-10,K\nLee,,13/45/2020,K\nSilva,Ana,2020-01-01,14\n,Tom,2020-01-01,1\n",
        );
        assert_eq!(students.len(), 1);
        let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.field.unwrap(), fault.why)).collect();
        assert_eq!(
            places,
            [(3, Field::Born, Fault::Wrong), (4, Field::Grade, Fault::Wrong), (5, Field::Last, Fault::Missing)]
        );
    }

    #[test]
    fn a_single_name_column_is_taken_apart() {
        // Both last and first name said to be in it, or the whole name.
        for (text, name, middle) in [
            ("\"Okafor, Mia\"", "Okafor, Mia", ""),
            ("\"Okafor, Mia A\"", "Okafor, Mia A", "A"),
            ("\"Vance, Leo M. Jr\"", "Vance, Leo M", "M"),
            ("\"Vance, Jr., Leo\"", "Vance, Leo", ""),
            ("\"de la Cruz Reyes, Ana Sofia\"", "de la Cruz Reyes, Ana Sofia", ""),
        ] {
            let table =
                table::read(format!("Name;Born;Grade\n{text};3/10/19;1\n").as_bytes(), 5, Field::is_named).unwrap();
            for mapping in [
                Mapping::guess(&["Name".into(), "DOB".into(), "Grade".into()]),
                Mapping::chosen([(Field::Last, 0), (Field::First, 0), (Field::Born, 1), (Field::Grade, 2)]),
            ] {
                let list = students(&table, &mapping, &Reading::default(), today());
                let student = &list.students[0].name;
                assert_eq!((student.sorted().as_str(), student.middle()), (name, middle), "{text}");
            }
        }
    }

    #[test]
    fn a_middle_initial_in_the_first_names_column_is_one() {
        let (students, _) = read("Last Name,First Name,DOB,Grade\nAdeyemi,Lucas A,2017-08-28,4\nNg,A,2017-08-28,4\n");
        assert_eq!((students[0].name.first(), students[0].name.middle()), ("Lucas", "A"));
        assert_eq!(students[1].name.first(), "A");
    }

    #[test]
    fn a_birth_year_of_another_century_is_flagged() {
        let list = list(
            "Last Name,First Name,DOB,Grade\nA,Amy,01/02/1919,1\nB,Bo,03/04/2026,1\nC,Cy,04/05/1985,1\nD,Di,05/06/2019,1\nE,Ed,2006-01-02,12\nF,Flo,2023-01-02,PK\nG,Gus,2025-01-02,K\nH,Hal,2023-01-02,K\n",
        );
        assert_eq!(list.ages, [2, 3, 4, 8], "a child of one is in no kindergarten");
    }

    #[test]
    fn words_for_grades_are_asked_once_and_remembered() {
        let text = "Last Name,First Name,DOB,Grade\nA,Amy,2019-01-02,TK\nB,Bo,2019-01-02,TK\nC,Cy,2019-01-02,13\nD,Di,2019-01-02,PK3\n";
        let list = list(text);
        assert_eq!(list.students.len(), 1);
        assert_eq!(list.grades, BTreeMap::from([("TK".to_owned(), 2), ("13".to_owned(), 1)]));
        let table = table::read(text.as_bytes(), 9, Field::is_named).unwrap();
        let reading =
            Reading { grades: BTreeMap::from([("tk".to_owned(), Grade::Kindergarten)]), ..Reading::default() };
        assert_eq!(students(&table, &Mapping::guess(&table.columns), &reading, today()).students.len(), 3);
    }

    #[test]
    fn a_number_a_spreadsheet_has_rounded_names_nobody() {
        let (students, _) = read(
            "Student ID,Last Name,First Name,DOB,Grade\n1.23457E+11,A,Amy,2019-01-02,1\n100E5,B,Bo,2019-01-02,1\n",
        );
        assert_eq!((students[0].number.as_str(), students[1].number.as_str()), ("#2", "100E5"));
    }
}
