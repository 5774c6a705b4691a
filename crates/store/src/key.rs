//! Keys of names and forms, made again when the program makes them differently.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{Marks, Result, Tx};

/// A row whose keys are made again: whose, and the name.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeyedName {
    /// Of the row.
    pub id: Uuid,
    /// Of the person.
    pub patient_id: Uuid,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Its key so far.
    pub last_key: String,
    /// Its key so far.
    pub first_key: String,
}

/// A form whose keys are made again.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeyedForm {
    /// Of the form.
    pub id: Uuid,
    /// Date of birth of whom it names.
    pub birth_date: NaiveDate,
    /// The form.
    pub form: serde_json::Value,
    /// Its key so far.
    pub last_key: String,
    /// Its key so far.
    pub first_key: String,
}

/// A text of a list, with the words it is found by.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeyedText {
    /// Of the row.
    pub id: Uuid,
    /// Of what it stands in.
    pub batch_id: Uuid,
    /// What it is found by.
    pub text: String,
    /// And this.
    pub also: String,
    /// Its key so far.
    pub sought_key: String,
}

impl Tx {
    /// The next messages that wait, file by file, after one of a file.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn keyed_messages(&mut self, batch: Uuid, after: Uuid, most: i64) -> Result<Vec<KeyedText>> {
        Ok(rows!(
            self,
            KeyedText,
            "select id, batch_id, about as text, control_id as also, sought_key from import_message \
             where (batch_id, id) > ($1, $2) and state in ('refused', 'waiting') order by batch_id, id limit $3",
            batch,
            after,
            most
        ))
    }

    /// The next ones people said of the portal.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn keyed_feedback(&mut self, after: Uuid, most: i64) -> Result<Vec<KeyedText>> {
        Ok(rows!(
            self,
            KeyedText,
            "select id, id as batch_id, topic as text, message as also, sought_key from feedback where id > $1 order by id limit $2",
            after,
            most
        ))
    }

    /// Writes by what a message that waits is found.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_message_key(&mut self, id: Uuid, key: &str) -> Result<()> {
        exec!(
            self,
            "update import_message set sought_key = $1 where id = $2 and state in ('refused', 'waiting')",
            key,
            id
        );
        Ok(())
    }

    /// Writes by what something people said is found.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_feedback_key(&mut self, id: Uuid, key: &str) -> Result<()> {
        exec!(self, "update feedback set sought_key = $1 where id = $2", key, id);
        Ok(())
    }

    /// Which way keys on file are made, and how far work on another way has got; 0 when nobody has said.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn key_version(&mut self) -> Result<(i64, Option<Uuid>)> {
        #[derive(sqlx::FromRow)]
        struct Version {
            version: i64,
            done_to: Option<Uuid>,
        }
        let row = row!(self, Version, "select version, done_to from key_version where name = 'names'");
        Ok(row.map_or((0, None), |row| (row.version, row.done_to)))
    }

    /// Notes which way keys are made, and how far the work has got.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_key_version(&mut self, version: i64, done_to: Option<Uuid>) -> Result<()> {
        exec!(
            self,
            "insert into key_version (name, version, done_to) values ('names', $1, $2) \
             on conflict (name) do update set version = excluded.version, done_to = excluded.done_to",
            version,
            done_to
        );
        Ok(())
    }

    /// The next people, in the order of their ids, with their names and keys.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn keyed_people(&mut self, after: Uuid, most: i64) -> Result<Vec<KeyedName>> {
        Ok(rows!(
            self,
            KeyedName,
            "select id, id as patient_id, last_name, first_name, last_key, first_key from patient where id > $1 order by id limit $2",
            after,
            most
        ))
    }

    /// The other names of people of these ids, after one up to another.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn keyed_other_names(&mut self, after: Uuid, to: Uuid) -> Result<Vec<KeyedName>> {
        Ok(rows!(
            self,
            KeyedName,
            "select id, patient_id, last_name, first_name, last_key, first_key from other_name where patient_id > $1 and patient_id <= $2",
            after,
            to
        ))
    }

    /// Every form, with the name in it and its keys.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn keyed_forms(&mut self, after: Uuid, most: i64) -> Result<Vec<KeyedForm>> {
        Ok(rows!(
            self,
            KeyedForm,
            "select id, birth_date, form, last_key, first_key from objection where id > $1 order by id limit $2",
            after,
            most
        ))
    }

    /// Writes keys of a person's name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_person_keys(&mut self, id: Uuid, last: &str, first: &str) -> Result<()> {
        exec!(self, "update patient set last_key = $1, first_key = $2 where id = $3", last, first, id);
        Ok(())
    }

    /// Writes keys of another name of a person; where they have one of these keys already, it is the same name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_other_name_keys(&mut self, row: &KeyedName, last: &str, first: &str) -> Result<()> {
        let kept = exec!(
            self,
            "update other_name set last_key = $1, first_key = $2 where patient_id = $3 and id = $4 \
             and not exists (select 1 from other_name same where same.patient_id = $3 and same.last_key = $1 and same.first_key = $2)",
            last,
            first,
            row.patient_id,
            row.id
        );
        if kept == 0 {
            exec!(self, "delete from other_name where patient_id = $1 and id = $2", row.patient_id, row.id);
        }
        Ok(())
    }

    /// Writes keys of the name in a form, and what it knows besides.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_form_keys(&mut self, id: Uuid, (last, first): (&str, &str), marks: &Marks) -> Result<()> {
        exec!(
            self,
            "update objection set last_key = $1, first_key = $2, phone_key = $3, zip_key = $4, mother_key = $5 where id = $6",
            last,
            first,
            &marks.phone,
            &marks.zip,
            &marks.mother,
            id
        );
        Ok(())
    }
}
