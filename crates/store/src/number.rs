//! The numbers other systems know people by.

use std::collections::HashMap;

use domain::PatientId;
use uuid::Uuid;

use crate::{Result, Tx};

/// A number another system knows somebody by.
#[derive(Debug, Clone)]
pub struct NewNumber {
    /// Opaque.
    pub id: Uuid,
    /// Whose.
    pub patient: PatientId,
    /// Who gave it.
    pub authority: String,
    /// The number, normalised.
    pub number_key: String,
}

impl Tx {
    /// The people another system knows by a number: more than one when somebody said so.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn by_number(&mut self, authority: &str, number_key: &str) -> Result<Vec<PatientId>> {
        #[derive(sqlx::FromRow)]
        struct Id {
            patient_id: Uuid,
        }
        let rows = rows!(
            self,
            Id,
            "select patient_id from patient_number where authority = $1 and number_key = $2 order by patient_id limit 20",
            authority,
            number_key
        );
        Ok(rows.into_iter().map(|row| PatientId::new(row.patient_id)).collect())
    }

    /// Of many numbers of one giver those that somebody is known by, with whom: of each number two people at most, which is enough to
    /// know that it names nobody.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn by_numbers(&mut self, authority: &str, number_keys: &[&str]) -> Result<Vec<(String, PatientId)>> {
        #[derive(sqlx::FromRow)]
        struct Holder {
            number_key: String,
            patient_id: Uuid,
        }
        let mut known = Vec::new();
        for some in number_keys.chunks(crate::tx::ROWS) {
            known.extend(rows_in!(
                self,
                Holder,
                "select number_key, patient_id from (select number_key, patient_id, \
                 row_number() over (partition by number_key order by patient_id) as nth from patient_number where authority = ",
                authority,
                " and number_key in (",
                some,
                |key| *key,
                ")) holder where nth <= 2"
            ));
        }
        Ok(known.into_iter().map(|row| (row.number_key, PatientId::new(row.patient_id))).collect())
    }

    /// Keeps numbers; keeping one again changes nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_numbers(&mut self, numbers: &[NewNumber]) -> Result<()> {
        insert_all!(
            self,
            "insert into patient_number (patient_id, id, authority, number_key)",
            numbers,
            |new| [new.patient.uuid(), new.id, &new.authority, &new.number_key],
            " on conflict do nothing"
        );
        Ok(())
    }

    /// The numbers somebody is known by: who gave each, and the number.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn numbers_of(&mut self, patient: PatientId) -> Result<Vec<(String, String)>> {
        #[derive(sqlx::FromRow)]
        struct Number {
            authority: String,
            number_key: String,
        }
        let rows = rows!(
            self,
            Number,
            "select authority, number_key from patient_number where patient_id = $1 limit 500",
            patient.uuid()
        );
        Ok(rows.into_iter().map(|row| (row.authority, row.number_key)).collect())
    }

    /// The numbers some people are known by: who gave each, and the number; 500 of each at most.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn numbers_of_all(
        &mut self,
        patients: &[PatientId],
    ) -> Result<HashMap<PatientId, Vec<(String, String)>>> {
        #[derive(sqlx::FromRow)]
        struct Kept {
            patient_id: Uuid,
            authority: String,
            number_key: String,
        }
        let mut numbers: HashMap<PatientId, Vec<(String, String)>> = HashMap::new();
        for some in patients.chunks(crate::tx::ROWS) {
            let rows = rows_of!(
                self,
                Kept,
                "select patient_id, authority, number_key from patient_number where patient_id in (",
                some,
                |patient| patient.uuid()
            );
            for row in rows {
                let of_them = numbers.entry(PatientId::new(row.patient_id)).or_default();
                if of_them.len() < 500 {
                    of_them.push((row.authority, row.number_key));
                }
            }
        }
        Ok(numbers)
    }
}
