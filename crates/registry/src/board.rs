//! The class board: a status for each student, and one student with every requirement.

use std::collections::HashMap;

use access::{Grant, Purpose, Relation};
use chrono::NaiveDate;
use domain::{
    EnrolmentId, PatientId, PersonName, SiteId,
    dose::{Dose, DoseState, Given},
    evidence::{Evidence, Exemption},
    patient::Sharing,
    school::Grade,
};
use requirements::{Compliance, Facts, Status};
use store::{Enrolment, Tx};

use crate::{
    Caller, Registry, RegistryError, Result, apart,
    audit::{Act, Action},
};

/// A class, or the whole school.
#[derive(Debug, Clone)]
pub struct Board {
    /// The school.
    pub school: String,
    /// The class; empty for the whole school.
    pub class_name: String,
    /// The day it is for.
    pub as_of: NaiveDate,
    /// The rules it was evaluated by.
    pub rule_set: String,
    /// The students.
    pub lines: Vec<BoardLine>,
    /// For the registrar: complete or not, nothing else.
    pub status_only: bool,
}

/// One student on the board.
#[derive(Debug, Clone)]
pub struct BoardLine {
    /// Opaque.
    pub id: EnrolmentId,
    /// Name; `None` when no record can be shared.
    pub name: Option<PersonName>,
    /// Date of birth, with the name.
    pub born: Option<NaiveDate>,
    /// Grade.
    pub grade: String,
    /// Class.
    pub class_name: String,
    /// The school's own number.
    pub number: String,
    /// Where the student stands; for the registrar only whether complete.
    pub status: Status,
    /// Requirements that are open, by id; empty for the registrar.
    pub open: Vec<String>,
    /// When the status changes by itself.
    pub changes_on: Option<NaiveDate>,
}

/// Whether one student is complete, and nothing of why not.
#[derive(Debug, Clone)]
pub struct StatusLine {
    /// Opaque.
    pub id: EnrolmentId,
    /// Name; `None` when no record can be shared.
    pub name: Option<PersonName>,
    /// Complete or not.
    pub status: Status,
}

impl From<BoardLine> for StatusLine {
    fn from(line: BoardLine) -> Self {
        Self { id: line.id, name: line.name, status: line.status }
    }
}

/// One student with every requirement.
#[derive(Debug, Clone)]
pub struct StudentSheet {
    /// As on the board.
    pub line: BoardLine,
    /// The requirements, and the doses of the vaccines a school asks about; nothing when no record can be shared.
    pub facts: Option<(Facts, Compliance)>,
}

/// What a class's evaluation needs of each person.
#[derive(Default)]
struct Histories {
    doses: HashMap<PatientId, Vec<Given>>,
    evidence: HashMap<PatientId, Vec<Evidence>>,
    exemptions: HashMap<PatientId, Vec<Exemption>>,
}

/// What a student's school is to them.
pub(crate) const STUDENT: Relation =
    Relation { family: false, in_care: false, reported: false, asked: false, enrolled: true };

/// Does the caller see of students whether they are complete, and nothing else?
fn sees_status_only(caller: &Caller) -> bool {
    caller.scope(Purpose::SchoolEntry).of(STUDENT, Sharing::Shared) == Grant::Status
}

impl Registry {
    /// The school's classes with their sizes.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not of a school.
    pub async fn classes(&self, caller: &Caller) -> Result<Vec<(String, i64)>> {
        let (school, _) = Self::school(caller)?;
        let mut tx = self.store.read().await?;
        Ok(tx.classes(school).await?)
    }

    /// The board of a class, or of the whole school for an empty name, as of a day.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not of a school.
    pub async fn board(&self, caller: &Caller, class_name: &str, as_of: NaiveDate) -> Result<Board> {
        let (school, _) = Self::school(caller)?;
        let as_of = self.day_for(caller, as_of);
        let (board, seen) = {
            let mut tx = self.store.read().await?;
            let name = tx.site(school).await?.ok_or(RegistryError::NotFound)?.name;
            let students = tx.class(school, class_name).await?;
            if students.is_empty() && !class_name.is_empty() {
                return Err(RegistryError::NotFound);
            }
            let histories = Histories::of_class(&mut tx, school, class_name).await?;
            let set = requirements::rule_set(as_of);
            let asker = caller.clone();
            let (lines, seen) = apart(move || Self::lines_of(&asker, &students, &histories, as_of)).await?;
            let status_only = sees_status_only(caller);
            (
                Board {
                    school: name,
                    class_name: class_name.to_owned(),
                    as_of,
                    rule_set: set.id.clone(),
                    lines,
                    status_only,
                },
                seen,
            )
        };
        let rows = seen
            .into_iter()
            .map(|patient| self.audit_row(&caller.principal, Act::on(Action::ReadStatus, patient)))
            .collect();
        self.store.audit_reads(rows).await?;
        Ok(board)
    }

    /// One student with every requirement as far as the caller sees it, and how much that is.
    pub(crate) async fn student_sheet(
        &self,
        caller: &Caller,
        id: EnrolmentId,
        wanted: Purpose,
        as_of: NaiveDate,
    ) -> Result<(Grant, StudentSheet)> {
        let (school, _) = Self::school(caller)?;
        let grant = caller.scope(wanted).of(STUDENT, Sharing::Shared);
        if !matches!(grant, Grant::School | Grant::Status) {
            return Err(RegistryError::NotFound);
        }
        let as_of = self.day_for(caller, as_of);
        let (line, facts, patient) = {
            let mut tx = self.store.read().await?;
            let student = tx.enrolment(school, id).await?.ok_or(RegistryError::NotFound)?;
            let mut histories = Histories::default();
            if let Some(patient) = student.patient_id.map(PatientId::new) {
                let doses = tx.doses(patient).await?;
                let active = doses.iter().filter(|dose| dose.state == DoseState::Active);
                histories.doses.insert(patient, active.map(Dose::given).collect());
                histories.evidence.insert(patient, tx.evidence(patient).await?);
                histories.exemptions.insert(patient, tx.exemptions(patient).await?);
            }
            let (line, facts) = Self::line_of(caller, &student, &histories, as_of);
            (line, facts, student.patient_id.map(PatientId::new))
        };
        let sees_requirements = grant == Grant::School;
        if let (Some(patient), true) = (patient, facts.is_some()) {
            let what = if sees_requirements { Action::ReadStudent } else { Action::ReadStatus };
            self.store
                .audit_read(self.audit_row(&caller.principal, Act::on(what, patient).for_purpose(wanted)))
                .await?;
        }
        let facts = facts.filter(|_| sees_requirements).map(|(facts, compliance)| {
            requirements::with_doses(
                facts,
                compliance,
                |dose| access::required_by_schools(dose.cvx),
                access::is_required,
            )
        });
        Ok((grant, StudentSheet { line, facts }))
    }

    /// The day whoever asks gets a board for. Who sees complete or not gets today alone: by the day on which it changes a dose could be told.
    fn day_for(&self, caller: &Caller, asked: NaiveDate) -> NaiveDate {
        if sees_status_only(caller) { self.today() } else { asked }
    }

    /// The lines of a board in their order, and whose status is on them.
    fn lines_of(
        caller: &Caller,
        students: &[Enrolment],
        histories: &Histories,
        as_of: NaiveDate,
    ) -> (Vec<BoardLine>, Vec<PatientId>) {
        let mut seen = Vec::new();
        let line = |student: &Enrolment| {
            let (line, evaluated) = Self::line_of(caller, student, histories, as_of);
            seen.extend(evaluated.and(student.patient_id).map(PatientId::new));
            line
        };
        let mut lines: Vec<BoardLine> = students.iter().map(line).collect();
        // By name as far as there are names; the others by number, so that their place says nothing either.
        lines.sort_by_cached_key(|line| {
            let name =
                line.name.as_ref().map(|name| (matching::name_key(name.last()), matching::name_key(name.first())));
            (name.is_none(), name, line.number.clone())
        });
        (lines, seen)
    }

    fn line_of(
        caller: &Caller,
        student: &Enrolment,
        histories: &Histories,
        as_of: NaiveDate,
    ) -> (BoardLine, Option<(Facts, Compliance)>) {
        let mut line = BoardLine {
            id: EnrolmentId::new(student.id),
            name: None,
            born: None,
            grade: student.grade.clone(),
            class_name: student.class_name.clone(),
            number: student.student_number.clone(),
            status: Status::NoRecord,
            open: Vec::new(),
            changes_on: None,
        };
        if sees_status_only(caller) {
            line.status = Status::Incomplete;
        }
        let (Some(patient), Some(last), Some(born), Some(sharing)) =
            (student.patient_id, &student.last_name, student.birth_date, &student.sharing)
        else {
            return (line, None);
        };
        let grant = caller.scope(Purpose::SchoolEntry).of(STUDENT, Sharing::from_key(sharing));
        if !grant.is_something() {
            return (line, None);
        }
        let patient = PatientId::new(patient);
        line.name = Some(PersonName::stored(
            last.clone(),
            student.first_name.clone().unwrap_or_default(),
            student.middle_name.clone().unwrap_or_default(),
        ));
        line.born = Some(born);
        let facts = histories.facts(patient, born, &student.grade, student.provisional_enrolment == Some(true));
        let compliance = requirements::evaluate(requirements::rule_set(as_of), &facts, as_of);
        if grant == Grant::Status {
            // The registrar may know that a student complies with the law, not by what, and not why not.
            line.status = match compliance.status {
                Status::NotChecked => Status::NotChecked,
                status if status.is_compliant() => Status::Complete,
                _ => Status::Incomplete,
            };
            return (line, Some((facts, compliance)));
        }
        line.status = compliance.status;
        line.changes_on = compliance.changes_on;
        line.open = compliance
            .results
            .iter()
            .filter(|result| !result.outcome.is_met())
            .map(|result| result.id.clone())
            .collect();
        (line, Some((facts, compliance)))
    }
}

impl Histories {
    async fn of_class(tx: &mut Tx, school: SiteId, class_name: &str) -> Result<Self> {
        let mut histories = Self::default();
        for (patient, given) in tx.class_doses(school, class_name).await? {
            histories.doses.entry(patient).or_default().push(given);
        }
        for (patient, evidence) in tx.class_evidence(school, class_name).await? {
            histories.evidence.entry(patient).or_default().push(evidence);
        }
        for (patient, exemption) in tx.class_exemptions(school, class_name).await? {
            histories.exemptions.entry(patient).or_default().push(exemption);
        }
        Ok(histories)
    }

    fn facts(&self, patient: PatientId, born: NaiveDate, grade: &str, provisional: bool) -> Facts {
        // Live vaccines a school does not ask for still count for the 28 days; nothing of them is shown.
        Facts {
            born: domain::BirthDate::stored(born),
            grade: grade.parse().unwrap_or(Grade::Preschool),
            doses: self.doses.get(&patient).cloned().unwrap_or_default(),
            evidence: self.evidence.get(&patient).cloned().unwrap_or_default(),
            exemptions: self.exemptions.get(&patient).cloned().unwrap_or_default(),
            provisional,
        }
    }
}
