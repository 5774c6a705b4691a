//! Anybody checks a certificate by its code.

use chrono::{DateTime, Datelike, Utc};
use credentials::VerifyCode;
use domain::PersonName;

use crate::{
    Caller, Registry, Result,
    audit::{Act, Action},
};

/// What a check says. Nothing but the whole code gets more than [`Verification::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verification {
    /// No certificate has this code.
    Unknown,
    /// It was revoked.
    Revoked {
        /// Its number.
        number: String,
        /// When.
        at: DateTime<Utc>,
        /// Another one was issued in its place.
        replaced: bool,
    },
    /// It is valid.
    Valid {
        /// Its number.
        number: String,
        /// `M. O.`
        initials: String,
        /// The year of birth.
        birth_year: i32,
        /// To compare with the paper.
        digest: String,
        /// How many doses it states.
        doses: usize,
        /// The office that certified.
        office: String,
        /// When.
        issued_at: DateTime<Utc>,
        /// Since when the record says something else about a dose it states, and the office has not decided what becomes of it.
        changed_at: Option<DateTime<Utc>>,
    },
}

impl Registry {
    /// Checks a code. The caller limits how often.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn verify(&self, code: &VerifyCode) -> Result<Verification> {
        let certificate = {
            let mut tx = self.store.read().await?;
            tx.certificate_by_code(&code.key()).await?
        };
        // Found or not, one line is written: the same work, the same time.
        let patient = certificate.as_ref().map(|certificate| certificate.patient);
        let act = Act { patient, ..Act::general(Action::Verify) };
        let act = if patient.is_some() { act } else { act.refused() };
        self.store.audit_read(self.audit_row(&Caller::public().principal, act)).await?;
        Ok(match certificate {
            None => Verification::Unknown,
            Some(certificate) => match certificate.revoked_at {
                Some(at) => Verification::Revoked {
                    number: certificate.statement.number,
                    at,
                    replaced: certificate.replaced_by.is_some(),
                },
                None => {
                    let changed_at = certificate.changed_at.filter(|_| certificate.is_undecided());
                    let statement = certificate.statement;
                    let initials = initials(&statement.name);
                    Verification::Valid {
                        number: statement.number,
                        initials,
                        birth_year: statement.born.year(),
                        digest: certificate.doses_digest,
                        doses: statement.doses.len(),
                        office: statement.office,
                        issued_at: certificate.issued_at,
                        changed_at,
                    }
                }
            },
        })
    }
}

fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace();
    let first = parts.next().unwrap_or("").to_owned();
    let last = parts.next_back().unwrap_or("").to_owned();
    if last.is_empty() {
        PersonName::stored(first, String::new(), String::new()).initials()
    } else {
        PersonName::stored(last, first, String::new()).initials()
    }
}
