//! A class list under review: what is asked, what each line is, what becomes of it.

use std::fmt;

use domain::{EnrolmentId, PatientId, RosterId, date::DateOrder, text::Line};
use interop::roster::{Field, LineFault, Mapping, Student};
use matching::Agreement;

/// A class list under review.
#[derive(Debug, Clone)]
pub struct RosterReview {
    /// Opaque.
    pub id: RosterId,
    /// Something the school has to say before the lines can be read.
    pub ask: Option<Ask>,
    /// Column names of the file.
    pub columns: Vec<String>,
    /// The first rows, to recognise the columns by.
    pub sample: Vec<Vec<String>>,
    /// Which column is what.
    pub mapping: Mapping,
    /// Needed fields no column holds.
    pub missing: Vec<Field>,
    /// Lines that are no students.
    pub faults: Vec<LineFault>,
    /// Words for grades nobody has said yet, with how many lines each stands in.
    pub grades: Vec<(String, usize)>,
    /// Lines whose age does not fit the grade.
    pub ages: Vec<usize>,
    /// How dates of numbers alone are read, where that mattered.
    pub order: Option<DateOrder>,
    /// The students; empty while something is asked.
    pub lines: Vec<ReviewLine>,
    /// The classes whose lists are replaced.
    pub classes: Vec<String>,
    /// Students of the saved lists of these classes who are not on this one, by name and class.
    pub leaving: Vec<String>,
    /// Who they are.
    pub(crate) people_leaving: Vec<PatientId>,
    /// The lists of these classes as they are now.
    pub shown: ClassesShown,
}

impl RosterReview {
    /// Of a list nothing is known of yet.
    pub(crate) const fn unread(id: RosterId, mapping: Mapping) -> Self {
        Self {
            id,
            ask: None,
            columns: Vec::new(),
            sample: Vec::new(),
            mapping,
            missing: Vec::new(),
            faults: Vec::new(),
            grades: Vec::new(),
            ages: Vec::new(),
            order: None,
            lines: Vec::new(),
            classes: Vec::new(),
            leaving: Vec::new(),
            people_leaving: Vec::new(),
            shown: ClassesShown([0; 16]),
        }
    }
}

/// What the school has to say before the lines can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Which sheet of the workbook holds the list: the names of the sheets and the beginning of each.
    Sheet(Vec<(String, String)>),
    /// Which row names the columns: the first rows, by their place.
    Header(Vec<(usize, String)>),
    /// Which column is what.
    Columns,
    /// Whether the day or the month comes first: a date of the file that can be read either way.
    Order(String),
    /// Which class the list is of: it has no column for classes.
    Class,
}

/// What the school says of its file.
#[derive(Debug, Clone)]
pub enum RosterAnswer {
    /// The sheet.
    Sheet(usize),
    /// The row of the columns' names, by its place.
    Header(usize),
    /// Which column is what.
    Columns(Vec<(Field, usize)>),
    /// Whether the day or the month comes first.
    Order(DateOrder),
    /// The class of everybody; empty for a list of a whole grade or school.
    Class(Line<40>),
}

/// The lists of the classes as they were when somebody was shown who leaves them: none other is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassesShown([u8; 16]);

impl ClassesShown {
    /// Of the rows of the lists, in any order.
    pub(crate) fn of(rows: impl IntoIterator<Item = EnrolmentId>) -> Self {
        let mut rows: Vec<EnrolmentId> = rows.into_iter().collect();
        rows.sort_unstable();
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let digest = credentials::sha256(rows.join(" ").as_bytes());
        Self(std::array::from_fn(|at| digest[at]))
    }

    /// Reads what a page has carried; what it has not is nothing that was shown.
    pub fn parse(text: &str) -> Self {
        Self(u128::from_str_radix(text, 16).map(u128::to_be_bytes).unwrap_or_default())
    }
}

impl fmt::Display for ClassesShown {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&credentials::hex(&self.0))
    }
}

/// What becomes of the classes a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveAs {
    /// Their lists, as they were shown, are replaced: who is not on this one leaves.
    Replace(ClassesShown),
    /// These students are added to them.
    Add,
}

/// A line of the list with what the registry says to it.
#[derive(Debug, Clone)]
pub struct ReviewLine {
    /// The student as the school writes them.
    pub student: Student,
    /// The answer.
    pub found: Match,
    /// The nurse's choice for a doubtful line.
    pub chosen: Option<Option<PatientId>>,
    /// The same student stands in this row already.
    pub again: Option<usize>,
    /// This earlier row has the same name and date of birth under another number of the school's: the same child twice, or two of one name.
    pub namesake: Option<usize>,
    /// Why the school has to say how the student comes to be on its list.
    pub needs_reason: Option<WhyReason>,
}

/// Why a school has to say how somebody comes to be on its list: nobody's record opens by naming them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyReason {
    /// The age does not fit the grade.
    Age,
    /// They are on the list of another school.
    Elsewhere,
}

/// Is the student on file, as far as this school may know?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Yes.
    Found {
        /// Who.
        patient: PatientId,
        /// On a saved list already, in this class.
        known: bool,
        /// On a saved list of another class, which they leave.
        moved_from: Option<String>,
    },
    /// Somebody like them: the nurse chooses. Nobody to choose from for whoever is not the nurse.
    Doubtful(Vec<Candidate>),
    /// No record can be shared.
    NotFound,
}

/// Somebody a doubtful line could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub patient: PatientId,
    /// In what they agree with the line: nothing of what is on file instead.
    pub agrees: Agreement,
}

impl Match {
    /// Everybody the answer shows.
    pub fn people(&self) -> Vec<PatientId> {
        match self {
            Self::Found { patient, .. } => vec![*patient],
            Self::Doubtful(candidates) => candidates.iter().map(|candidate| candidate.patient).collect(),
            Self::NotFound => Vec::new(),
        }
    }
}

impl ReviewLine {
    /// Who the line is, once a doubtful one is chosen; a choice that is not among the candidates is none.
    pub fn patient(&self) -> Option<PatientId> {
        match &self.found {
            Match::Found { patient, .. } => Some(*patient),
            Match::Doubtful(candidates) => {
                let chosen = self.chosen.flatten()?;
                candidates.iter().any(|candidate| candidate.patient == chosen).then_some(chosen)
            }
            Match::NotFound => None,
        }
    }
}

/// The class, or the grade where the school's file has no classes.
pub(crate) fn class_name(student: &Student) -> String {
    if student.class.is_empty() { student.grade.to_string() } else { student.class.clone() }
}
