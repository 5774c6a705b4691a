//! Students.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{EnrolmentId, PatientId, SiteId, patient::Sharing};
use uuid::Uuid;

use crate::{Result, Tx, tx::On};

/// A student, with what the board shows of a person on file.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Enrolment {
    /// Opaque.
    pub id: Uuid,
    /// On file, if so.
    pub patient_id: Option<Uuid>,
    /// As the school writes it.
    pub grade: String,
    /// Class or homeroom.
    pub class_name: String,
    /// The school's own number.
    pub student_number: String,
    /// Last name, if on file.
    pub last_name: Option<String>,
    /// First name, if on file.
    pub first_name: Option<String>,
    /// Middle name, if on file.
    pub middle_name: Option<String>,
    /// Date of birth, if on file.
    pub birth_date: Option<NaiveDate>,
    /// Data sharing, if on file.
    pub sharing: Option<String>,
    /// Homeless or in foster care, if on file.
    pub provisional_enrolment: Option<bool>,
}

/// A student who is on the list of another school.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Elsewhere {
    /// Who.
    pub patient_id: Uuid,
    /// The other school.
    pub school_id: Uuid,
}

/// A student whom another school has put on its list, as it is told to their school.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListedElsewhere {
    /// Opaque.
    pub id: Uuid,
    /// The class at their school.
    pub class_name: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Who.
    pub patient_id: Uuid,
    /// The other school.
    pub by_school: String,
    /// Why, as it says.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One class of a school with its size.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ClassSize {
    /// Class or homeroom.
    pub class_name: String,
    /// How many students.
    pub students: i64,
}

impl Tx {
    /// Enrols a student.
    ///
    /// # Errors
    /// When the engine fails.
    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    pub async fn add_enrolment(
        &mut self,
        id: EnrolmentId,
        school: SiteId,
        patient: Option<PatientId>,
        grade: &str,
        class_name: &str,
        student_number: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into enrolment (school_id, id, patient_id, grade, class_name, student_number, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
            school.uuid(),
            id.uuid(),
            patient.map(PatientId::uuid),
            grade,
            class_name,
            student_number,
            at
        );
        Ok(())
    }

    /// Forgets everybody of one class, before the new list of it is saved.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn clear_class(&mut self, school: SiteId, class_name: &str) -> Result<u64> {
        Ok(exec!(self, "delete from enrolment where school_id = $1 and class_name = $2", school.uuid(), class_name))
    }

    /// Takes one student out of every other class of the school: who is on the new list has moved.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn leave_classes(&mut self, school: SiteId, patient: PatientId) -> Result<u64> {
        Ok(exec!(self, "delete from enrolment where school_id = $1 and patient_id = $2", school.uuid(), patient.uuid()))
    }

    /// The classes of a school.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn classes(&mut self, school: SiteId) -> Result<Vec<(String, i64)>> {
        let rows = rows!(
            self,
            ClassSize,
            "select class_name, cast(count(id) as bigint) as students from enrolment where school_id = $1 group by class_name order by class_name",
            school.uuid()
        );
        Ok(rows.into_iter().map(|row| (row.class_name, row.students)).collect())
    }

    /// The students of a class, or of the whole school for an empty name, by their numbers: an order by name would give
    /// away whose name is being kept from the reader.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn class(&mut self, school: SiteId, class_name: &str) -> Result<Vec<Enrolment>> {
        Ok(class_rows!(
            self,
            Enrolment,
            school,
            class_name,
            "select e.id, e.patient_id, e.grade, e.class_name, e.student_number, p.last_name, p.first_name, p.middle_name, p.birth_date, p.sharing, \
             p.provisional_enrolment from enrolment e left join patient p on p.id = e.patient_id",
            "order by e.student_number, e.id"
        ))
    }

    /// One student of a school.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn enrolment(&mut self, school: SiteId, id: EnrolmentId) -> Result<Option<Enrolment>> {
        Ok(row!(
            self,
            Enrolment,
            "select e.id, e.patient_id, e.grade, e.class_name, e.student_number, p.last_name, p.first_name, p.middle_name, p.birth_date, p.sharing, \
             p.provisional_enrolment from enrolment e left join patient p on p.id = e.patient_id where e.school_id = $1 and e.id = $2",
            school.uuid(),
            id.uuid()
        ))
    }

    /// The classes a person is in at a school.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn classes_of(&mut self, school: SiteId, patient: PatientId) -> Result<Vec<String>> {
        #[derive(sqlx::FromRow)]
        struct Class {
            class_name: String,
        }
        let rows = rows!(
            self,
            Class,
            "select class_name from enrolment where patient_id = $1 and school_id = $2",
            patient.uuid(),
            school.uuid()
        );
        Ok(rows.into_iter().map(|row| row.class_name).collect())
    }

    /// Of some people those who are on the list of another school than this one.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn enrolled_elsewhere(&mut self, school: SiteId, people: &[PatientId]) -> Result<Vec<Elsewhere>> {
        let mut all = Vec::new();
        for some in people.chunks(crate::tx::ROWS) {
            all.extend(rows_in!(
                self,
                Elsewhere,
                "select distinct patient_id, school_id from enrolment where school_id <> ",
                school.uuid(),
                " and patient_id in (",
                some,
                |patient| patient.uuid(),
                ")"
            ));
        }
        Ok(all)
    }

    /// Tells a school that another one has put a student of its on a list.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn tell_school(
        &mut self,
        id: Uuid,
        elsewhere: &Elsewhere,
        by: SiteId,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into listed_elsewhere (school_id, id, patient_id, by_school, reason, at) values ($1, $2, $3, $4, $5, $6)",
            elsewhere.school_id,
            id,
            elsewhere.patient_id,
            by.uuid(),
            reason,
            at
        );
        Ok(())
    }

    /// The students of a school whose record is shared in this way, and whom another one has put on its list, as far as nobody has said that
    /// it was seen; the newest first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn listed_elsewhere(
        &mut self,
        school: SiteId,
        sharing: Sharing,
        most: i64,
    ) -> Result<Vec<ListedElsewhere>> {
        Ok(rows!(
            self,
            ListedElsewhere,
            "select l.id, coalesce(e.class_name, '') as class_name, p.last_name, p.first_name, \
             l.patient_id, s.name as by_school, l.reason, l.at from listed_elsewhere l join patient p on p.id = l.patient_id \
             join site s on s.id = l.by_school left join enrolment e on e.school_id = l.school_id and e.patient_id = l.patient_id \
             where l.school_id = $1 and l.seen_at is null and p.sharing = $2 order by l.at desc, l.id desc limit $3",
            school.uuid(),
            sharing.key(),
            most
        ))
    }

    /// A school has seen what it was told.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn see_listed_elsewhere(&mut self, school: SiteId, id: Uuid, at: DateTime<Utc>) -> Result<()> {
        exec!(
            self,
            "update listed_elsewhere set seen_at = $1 where school_id = $2 and id = $3 and seen_at is null",
            at,
            school.uuid(),
            id
        );
        Ok(())
    }

    /// The schools a person is a student of.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn schools_of(&mut self, patient: PatientId) -> Result<Vec<crate::Site>> {
        Ok(rows!(
            self,
            crate::Site,
            "select distinct s.id, s.name, s.kind, s.street, s.city, s.state, s.zip, s.phone, s.code from enrolment e join site s on s.id = e.school_id \
             where e.patient_id = $1 order by s.name",
            patient.uuid()
        ))
    }

    /// Until this transaction ends, nobody else saves lists of the school who holds them too. SQLite has one writer.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn hold_school(&mut self, school: SiteId) -> Result<()> {
        if let On::Postgres(tx) = &mut self.on {
            sqlx::query("select id from site where id = $1 for no key update")
                .bind(school.uuid())
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// What a school calls its grades: the word's key and the grade.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn grade_words(&mut self, school: SiteId) -> Result<Vec<(String, String)>> {
        #[derive(sqlx::FromRow)]
        struct Word {
            word_key: String,
            grade: String,
        }
        let rows = rows!(
            self,
            Word,
            "select word_key, grade from grade_word where school_id = $1 order by word_key limit 200",
            school.uuid()
        );
        Ok(rows.into_iter().map(|row| (row.word_key, row.grade)).collect())
    }

    /// Keeps what a school calls a grade.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_grade_word(&mut self, school: SiteId, id: Uuid, word_key: &str, grade: &str) -> Result<()> {
        exec!(
            self,
            "insert into grade_word (school_id, id, word_key, grade) values ($1, $2, $3, $4) \
             on conflict (school_id, word_key) do update set grade = excluded.grade",
            school.uuid(),
            id,
            word_key,
            grade
        );
        Ok(())
    }
}
