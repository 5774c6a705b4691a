//! A school's class list: uploaded, reviewed, saved. Matching happens in memory each time; until the nurse saves, nothing
//! but the file itself is kept, and for a day at most.

use std::collections::{BTreeMap, BTreeSet};

use access::{Purpose, Relation, Task};
use chrono::NaiveDate;
use domain::{EnrolmentId, Invalid, PatientId, RosterId, SiteId, patient::Sharing};
use interop::{
    roster::{self, Field, LineFault, MOST_LINES, Mapping, Student},
    table::{Row, Table},
};
use matching::{Likeness, Wanted, likeness};
use serde::{Deserialize, Serialize};
use store::{Found, Tx};

use crate::{Caller, Registry, RegistryError, Result, audit::Act, people::keys_of};

/// The file as it waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Waiting {
    columns: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
    mapping: Mapping,
    /// For doubtful lines: the person the nurse chose, or nobody.
    choices: BTreeMap<usize, Option<PatientId>>,
}

/// A class list under review.
#[derive(Debug, Clone)]
pub struct RosterReview {
    /// Opaque.
    pub id: RosterId,
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
    /// The students; empty while needed columns are missing.
    pub lines: Vec<ReviewLine>,
    /// Students of the saved lists of these classes who are not on this one, by name and class.
    pub leaving: Vec<String>,
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
    /// Somebody like them: the nurse chooses.
    Doubtful(Vec<Candidate>),
    /// No record can be shared.
    NotFound,
}

/// Somebody a doubtful line could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub patient: PatientId,
    /// `Last, First Middle`.
    pub name: String,
    /// Date of birth.
    pub born: NaiveDate,
}

impl Registry {
    /// Takes an uploaded file for review.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not of a school, [`RegistryError::Invalid`] for what is no list.
    pub async fn upload_roster(&self, caller: &Caller, bytes: &[u8]) -> Result<RosterId> {
        let (school, user) = Self::school(caller)?;
        let table = interop::table::read(bytes, MOST_LINES).map_err(|error| {
            use interop::table::TableError;
            let why = match error {
                TableError::Empty => Invalid::Missing,
                TableError::TooLong | TableError::TooWide => Invalid::TooLong,
                TableError::NotATable => Invalid::Character,
            };
            RegistryError::Invalid("file", why)
        })?;
        if table.rows.is_empty() {
            return Err(RegistryError::Invalid("file", Invalid::Missing));
        }
        let mapping = Mapping::guess(&table.columns);
        let waiting = Waiting {
            columns: table.columns,
            rows: table.rows.into_iter().map(|row| (row.line, row.cells)).collect(),
            mapping,
            choices: BTreeMap::new(),
        };
        let id = RosterId::new(self.fresh());
        let mut tx = self.store.write().await?;
        tx.add_roster(id, school, user, &json(&waiting)?, self.now()).await?;
        tx.audit(&self.line(&caller.actor, Act::general("roster.upload"))).await?;
        self.commit(tx).await?;
        Ok(id)
    }

    /// Says which column is what.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn map_roster(&self, caller: &Caller, id: RosterId, pairs: Vec<(Field, usize)>) -> Result<()> {
        self.edit_roster(caller, id, |waiting| {
            let columns = waiting.columns.len();
            waiting.mapping = Mapping::chosen(pairs.into_iter().filter(|(_, column)| *column < columns));
            waiting.choices.clear();
        })
        .await
    }

    /// Keeps the nurse's choices for doubtful lines.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn choose_in_roster(
        &self,
        caller: &Caller,
        id: RosterId,
        choices: Vec<(usize, Option<PatientId>)>,
    ) -> Result<()> {
        self.edit_roster(caller, id, |waiting| waiting.choices.extend(choices)).await
    }

    async fn edit_roster(&self, caller: &Caller, id: RosterId, edit: impl FnOnce(&mut Waiting) + Send) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        // Two windows with the same list: the second edits what the first has left.
        tx.lock_roster(school, id).await?;
        let mut waiting = waiting(&mut tx, school, id).await?;
        edit(&mut waiting);
        tx.update_roster(school, id, &json(&waiting)?).await?;
        self.commit(tx).await
    }

    /// The list with what the registry says to each line. Nothing is saved.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn review_roster(&self, caller: &Caller, id: RosterId) -> Result<RosterReview> {
        let (school, _) = Self::school(caller)?;
        let review = {
            let mut tx = self.store.read().await?;
            let waiting = waiting(&mut tx, school, id).await?;
            self.compare(&mut tx, caller, school, id, waiting).await?
        };
        let mut lines = vec![self.line(&caller.actor, Act::general("roster.review"))];
        let shown = review.lines.iter().flat_map(|line| line.found.people());
        lines.extend(shown.map(|patient| self.line(&caller.actor, Act::on("student.matched", patient))));
        self.store.audit_reads(lines).await?;
        Ok(review)
    }

    async fn compare(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        school: SiteId,
        id: RosterId,
        waiting: Waiting,
    ) -> Result<RosterReview> {
        let sample = waiting.rows.iter().take(3).map(|(_, cells)| cells.clone()).collect();
        let missing = waiting.mapping.missing();
        let mut review = RosterReview {
            id,
            columns: waiting.columns.clone(),
            sample,
            missing,
            mapping: waiting.mapping.clone(),
            faults: Vec::new(),
            lines: Vec::new(),
            leaving: Vec::new(),
        };
        if !review.missing.is_empty() {
            return Ok(review);
        }
        let table = Table {
            columns: waiting.columns,
            rows: waiting.rows.into_iter().map(|(line, cells)| Row { line, cells }).collect(),
        };
        let (students, faults) = roster::students(&table, &waiting.mapping, self.today());
        review.faults = faults;
        // One look at the saved lists instead of one for each line.
        let mut enrolled: BTreeMap<PatientId, Enrolled> = BTreeMap::new();
        for row in tx.class(school, "").await? {
            // Somebody whose record is kept from the school now counts as nobody here too.
            let blocked = row.sharing.as_deref().is_some_and(|sharing| Sharing::from_key(sharing).is_blocked());
            let patient = row.patient_id.filter(|_| !blocked).map(PatientId::new);
            if let Some(patient) = patient {
                let [last, first, middle] =
                    [row.last_name, row.first_name, row.middle_name].map(Option::unwrap_or_default);
                let name = domain::PersonName::stored(last, first, middle).sorted();
                enrolled.insert(patient, Enrolled { name, class: row.class_name, grade: row.grade });
            }
        }
        for mut student in students {
            let mut found = self.find_student(tx, caller, &student, &enrolled).await?;
            // A file without classes does not move anybody: who is in a class of that grade stays in it.
            if student.class.is_empty()
                && let Match::Found { patient, known, moved_from } = &mut found
                && let Some(place) = enrolled.get(patient)
                && place.grade == student.grade.to_string()
            {
                student.class.clone_from(&place.class);
                (*known, *moved_from) = (true, None);
            }
            let chosen = waiting.choices.get(&student.line).copied();
            review.lines.push(ReviewLine { student, found, chosen });
        }
        let classes: BTreeSet<String> = review.lines.iter().map(|line| class_name(&line.student)).collect();
        let staying: BTreeSet<PatientId> = review.lines.iter().filter_map(ReviewLine::patient).collect();
        let leave =
            enrolled.iter().filter(|(patient, place)| classes.contains(&place.class) && !staying.contains(patient));
        review.leaving = leave.map(|(_, place)| format!("{} ({})", place.name, place.class)).collect();
        review.leaving.sort();
        Ok(review)
    }

    /// Somebody whose record this school may not see is not found: same words, same work. Most students are found by exactly
    /// their name and date of birth, one row of an index; only for the others everybody born that day is looked at.
    async fn find_student(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        student: &Student,
        enrolled: &BTreeMap<PatientId, Enrolled>,
    ) -> Result<Match> {
        let wanted = Wanted::named(&student.name, student.born.date());
        let keys = keys_of(&wanted);
        let relation = Relation { enrolled: true, ..Relation::default() };
        let rank = |rows: Vec<Found>| -> Vec<(Likeness, Candidate)> {
            let known = |row: Found| {
                let on_file = matching::Candidate { last: &row.last_key, first: &row.first_key, born: row.birth_date };
                let likeness = likeness(&wanted, on_file)?;
                let sharing = Sharing::from_key(&row.sharing);
                let view = access::decide(&caller.actor, relation, sharing, Purpose::SchoolEntry, "");
                let name = domain::PersonName::stored(row.last_name, row.first_name, row.middle_name).sorted();
                let candidate = Candidate { patient: PatientId::new(row.id), name, born: row.birth_date };
                view.is_something().then_some((likeness, candidate))
            };
            rows.into_iter().filter_map(known).collect()
        };
        let mut found = rank(tx.search_exact(keys, None).await?);
        if found.is_empty() {
            found = rank(tx.search(keys, None).await?);
        }
        let (same, close): (Vec<_>, Vec<_>) = found.into_iter().partition(|(likeness, _)| *likeness == Likeness::Same);
        let [same, close] =
            [same, close].map(|some| some.into_iter().map(|(_, candidate)| candidate).collect::<Vec<_>>());
        if let [only] = same.as_slice() {
            let class = enrolled.get(&only.patient).map(|place| &place.class);
            let here = class_name(student);
            return Ok(Match::Found {
                patient: only.patient,
                known: class == Some(&here),
                moved_from: class.filter(|class| **class != here).cloned(),
            });
        }
        let mut candidates = if same.is_empty() { close } else { same };
        candidates.truncate(5);
        Ok(if candidates.is_empty() { Match::NotFound } else { Match::Doubtful(candidates) })
    }

    /// Saves the reviewed list: students on file are enrolled; of the others only the school's own number is kept. The
    /// lists of these classes are replaced, the file is forgotten.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn save_roster(&self, caller: &Caller, id: RosterId) -> Result<usize> {
        let (school, _) = Self::school(caller)?;
        // Comparing takes as long as the list is; the one writer is not kept waiting for it.
        let (before, review) = {
            let mut tx = self.store.read().await?;
            let before = waiting(&mut tx, school, id).await?;
            let review = self.compare(&mut tx, caller, school, id, before.clone()).await?;
            (before, review)
        };
        let mut tx = self.store.write().await?;
        if waiting(&mut tx, school, id).await? != before {
            return Err(RegistryError::Conflict);
        }
        if !review.missing.is_empty() || review.lines.is_empty() {
            return Err(RegistryError::Invalid("file", Invalid::Missing));
        }
        // First, so that of two presses of the button only one saves.
        if tx.drop_roster(school, id).await? != 1 {
            return Err(RegistryError::Conflict);
        }
        let classes: BTreeSet<String> = review.lines.iter().map(|line| class_name(&line.student)).collect();
        for class in &classes {
            tx.clear_class(school, class).await?;
        }
        let now = self.now();
        let mut placed = BTreeSet::new();
        let mut lines = Vec::new();
        for line in &review.lines {
            let patient = line.patient();
            if let Some(patient) = patient {
                // The same child twice in one file stays one student.
                if !placed.insert(patient) {
                    continue;
                }
                tx.leave_classes(school, patient).await?;
                lines.push(self.line(&caller.actor, Act::on("student.enrol", patient)));
            }
            let student = &line.student;
            tx.add_enrolment(
                EnrolmentId::new(self.fresh()),
                school,
                patient,
                &student.grade.to_string(),
                &class_name(student),
                &student.number,
                now,
            )
            .await?;
        }
        tx.audit_all(&lines).await?;
        self.commit(tx).await?;
        Ok(review.lines.len())
    }

    /// Throws a list away.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a list that is not this school's.
    pub async fn drop_roster(&self, caller: &Caller, id: RosterId) -> Result<()> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.write().await?;
        if tx.drop_roster(school, id).await? == 0 {
            return Err(RegistryError::NotFound);
        }
        self.commit(tx).await
    }

    pub(crate) fn school(caller: &Caller) -> Result<(SiteId, domain::UserId)> {
        Self::may(&caller.actor, Task::CheckStudents)?;
        let signed = caller.actor.signed().ok_or(RegistryError::NotFound)?;
        Ok((signed.site.ok_or(RegistryError::NotFound)?, signed.user))
    }
}

impl Match {
    /// Everybody the answer shows.
    fn people(&self) -> Vec<PatientId> {
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

/// Where a student is on the saved lists.
struct Enrolled {
    name: String,
    class: String,
    grade: String,
}

/// The class, or the grade where the school's file has no classes.
fn class_name(student: &Student) -> String {
    if student.class.is_empty() { student.grade.to_string() } else { student.class.clone() }
}

fn json(waiting: &Waiting) -> Result<serde_json::Value> {
    serde_json::to_value(waiting).map_err(|_| RegistryError::Invalid("file", Invalid::Character))
}

async fn waiting(tx: &mut Tx, school: SiteId, id: RosterId) -> Result<Waiting> {
    let row = tx.roster(school, id).await?.ok_or(RegistryError::NotFound)?;
    serde_json::from_value(row.content).map_err(|_| RegistryError::NotFound)
}
