//! Which column of a class list is what.

use serde::{Deserialize, Serialize};

use crate::table::column_key;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray)]
pub enum Field {
    /// The school's or the state's student number.
    Number,
    /// The whole name in one column, `Last, First M. Jr`.
    Name,
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
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word forms write.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Last => "last",
            Self::First => "first",
            Self::Middle => "middle",
            Self::Born => "born",
            Self::Grade => "grade",
            Self::Class => "class",
        }
    }

    /// Without these there is nobody to look for; a whole name stands for last and first.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Last | Self::First | Self::Born | Self::Grade)
    }

    /// Is a cell the name of a column usual exports have?
    pub fn is_named(cell: &str) -> bool {
        let key = column_key(cell);
        Self::ALL.iter().any(|field| field.names().contains(&key.as_str()))
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
                "pupil",
                "pupilid",
                "pupilnumber",
                "localstudentid",
                "personid",
            ],
            Self::Name => {
                &["name", "studentname", "student", "fullname", "pupilname", "nombrecompleto", "studentfullname"]
            }
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
            Self::Born => &[
                "dateofbirth",
                "dob",
                "birthdate",
                "birthday",
                "fechadenacimiento",
                "studentdob",
                "birthdt",
                "nacimiento",
            ],
            Self::Grade => &["grade", "gradelevel", "gr", "grado", "currentgrade", "gradelvl"],
            Self::Class => &[
                "homeroom",
                "hr",
                "homeroomnumber",
                "hmrm",
                "class",
                "section",
                "classroom",
                "room",
                "teacher",
                "salon",
                "advisory",
            ],
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
        let has = |field: Field| {
            self.column(field).is_some()
                || matches!(field, Field::Last | Field::First) && self.column(Field::Name).is_some()
        };
        Field::ALL.iter().copied().filter(|field| field.is_needed() && !has(*field)).collect()
    }
}
