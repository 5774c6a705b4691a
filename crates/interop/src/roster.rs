//! A school's class list: which column is what, and each line as a student or with its faults.

use chrono::NaiveDate;
use domain::{BirthDate, Invalid, PersonName, date::parse_date, school::Grade, text};
use serde::{Deserialize, Serialize};

use crate::table::{Row, Table, column_key};

/// Longest class list: the largest schools of the state have some 4,500 students.
pub const MOST_LINES: usize = 5_000;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The school's or the state's student number.
    Number,
    /// Last name.
    Last,
    /// First name.
    First,
    /// Middle name.
    Middle,
    /// Date of birth.
    Born,
    /// Grade.
    Grade,
    /// Class or homeroom.
    Class,
}

impl Field {
    /// All of them, in the order the mapping page shows them.
    pub const ALL: &[Self] =
        &[Self::Number, Self::Last, Self::First, Self::Middle, Self::Born, Self::Grade, Self::Class];

    /// The word forms write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Last => "last",
            Self::First => "first",
            Self::Middle => "middle",
            Self::Born => "born",
            Self::Grade => "grade",
            Self::Class => "class",
        }
    }

    /// Without these there is nobody to look for.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Last | Self::First | Self::Born | Self::Grade)
    }

    /// Column names of usual exports (Aspen, PowerSchool, Infinite Campus, SIMS), as [`column_key`] writes them.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => &[
                "studentnumber",
                "studentid",
                "localid",
                "lasid",
                "id",
                "number",
                "sasid",
                "statestudentid",
                "studentno",
            ],
            Self::Last => &[
                "lastname",
                "last",
                "surname",
                "familyname",
                "studentlastname",
                "apellido",
                "apellidos",
                "legallastname",
            ],
            Self::First => &["firstname", "first", "givenname", "studentfirstname", "nombre", "legalfirstname"],
            Self::Middle => &["middlename", "middle", "middleinitial", "mi", "studentmiddlename"],
            Self::Born => &["dateofbirth", "dob", "birthdate", "birthday", "fechadenacimiento", "studentdob"],
            Self::Grade => &["grade", "gradelevel", "gr", "yog", "grado"],
            Self::Class => &["homeroom", "class", "section", "classroom", "room", "teacher", "salon", "advisory"],
        }
    }
}

/// Which column holds each field; `None` where none does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping(Vec<(Field, usize)>);

impl Mapping {
    /// Guesses from the names of the columns.
    pub fn guess(columns: &[String]) -> Self {
        let keys: Vec<String> = columns.iter().map(|name| column_key(name)).collect();
        let at = |field: &Field| field.names().iter().find_map(|name| keys.iter().position(|key| key == name));
        Self(Field::ALL.iter().filter_map(|field| Some((*field, at(field)?))).collect())
    }

    /// A mapping somebody chose.
    pub fn chosen(pairs: impl IntoIterator<Item = (Field, usize)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The column of a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, column)| *column)
    }

    /// Needed fields that no column holds.
    pub fn missing(&self) -> Vec<Field> {
        Field::ALL.iter().copied().filter(|field| field.is_needed() && self.column(*field).is_none()).collect()
    }
}

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

/// A fault in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFault {
    /// The row in the file.
    pub line: usize,
    /// Which field.
    pub field: Field,
    /// Nothing there, where something is needed.
    pub missing: bool,
}

/// Reads every line; those with faults are not students, and nothing of them is kept but the place of the fault.
pub fn students(table: &Table, mapping: &Mapping, today: NaiveDate) -> (Vec<Student>, Vec<LineFault>) {
    let mut students = Vec::new();
    let mut faults = Vec::new();
    for row in &table.rows {
        match student(row, mapping, today) {
            Ok(student) => students.push(student),
            Err(mut found) => faults.append(&mut found),
        }
    }
    (students, faults)
}

fn student(row: &Row, mapping: &Mapping, today: NaiveDate) -> Result<Student, Vec<LineFault>> {
    let cell = |field| mapping.column(field).and_then(|column| row.cells.get(column)).map_or("", String::as_str);
    let mut faults = Vec::new();
    let mut fault = |field, why| faults.push(LineFault { line: row.line, field, missing: why == Invalid::Missing });
    let (mut last, mut first) = (cell(Field::Last).to_owned(), cell(Field::First).to_owned());
    // Some exports have one column "Last, First".
    if mapping.column(Field::Last) == mapping.column(Field::First)
        && let Some((left, right)) = last.clone().split_once(',')
    {
        (last, first) = (left.trim().to_owned(), right.trim().to_owned());
    }
    let name = PersonName::new(&last, &first, cell(Field::Middle)).map_err(|why| fault(Field::Last, why)).ok();
    let born = parse_date(cell(Field::Born), today)
        .and_then(|date| BirthDate::new(date, today))
        .map_err(|why| fault(Field::Born, why))
        .ok();
    let grade = cell(Field::Grade).parse::<Grade>().map_err(|why| fault(Field::Grade, why)).ok();
    let class = text::line(cell(Field::Class), 40).map_err(|why| fault(Field::Class, why)).ok();
    let number = text::line(cell(Field::Number), 30).map_err(|why| fault(Field::Number, why)).ok();
    match (name, born, grade, class, number) {
        (Some(name), Some(born), Some(grade), Some(class), Some(number)) => {
            let number = number.unwrap_or_else(|| format!("#{}", row.line));
            Ok(Student { line: row.line, number, name, born, grade, class: class.unwrap_or_default() })
        }
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    fn today() -> NaiveDate {
        "2026-09-01".parse().unwrap()
    }

    fn read(text: &str) -> (Vec<Student>, Vec<LineFault>) {
        let table = table::read(text.as_bytes(), MOST_LINES).unwrap();
        let mapping = Mapping::guess(&table.columns);
        assert_eq!(mapping.missing(), []);
        students(&table, &mapping, today())
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
        let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.field, fault.missing)).collect();
        assert_eq!(places, [(3, Field::Born, false), (4, Field::Grade, false), (5, Field::Last, true)]);
    }

    #[test]
    fn a_single_name_column_is_taken_apart() {
        let table = table::read(b"Name;Born;Grade\n\"Okafor, Mia\";3/10/21;1\n", 5).unwrap();
        let mapping = Mapping::chosen([(Field::Last, 0), (Field::First, 0), (Field::Born, 1), (Field::Grade, 2)]);
        let (students, _) = students(&table, &mapping, today());
        assert_eq!(students[0].name.sorted(), "Okafor, Mia");
    }
}
