//! Offices, schools, child care centres.

use domain::SiteId;
use uuid::Uuid;

use crate::{Result, Tx};

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Site {
    /// Opaque.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// `provider`, `school` or `child_care`.
    pub kind: String,
    /// Street.
    pub street: String,
    /// City or town.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// ZIP code.
    pub zip: String,
    /// Telephone.
    pub phone: String,
    /// Its name in messages and files.
    pub code: String,
}

impl Site {
    /// The identifier, typed.
    pub const fn site_id(&self) -> SiteId {
        SiteId::new(self.id)
    }

    /// The address on one line.
    pub fn address(&self) -> String {
        format!("{}, {}, {} {}", self.street, self.city, self.state, self.zip)
    }
}

impl Tx {
    /// Adds a place.
    ///
    /// # Errors
    /// [`crate::StoreError::Duplicate`] when the code is taken.
    pub async fn add_site(&mut self, site: &Site, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
        exec!(
            self,
            "insert into site (id, name, kind, street, city, state, zip, phone, code, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            site.id,
            &site.name,
            &site.kind,
            &site.street,
            &site.city,
            &site.state,
            &site.zip,
            &site.phone,
            &site.code,
            at
        );
        Ok(())
    }

    /// One place.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn site(&mut self, id: SiteId) -> Result<Option<Site>> {
        Ok(row!(
            self,
            Site,
            "select id, name, kind, street, city, state, zip, phone, code from site where id = $1",
            id.uuid()
        ))
    }

    /// One place by its code.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn site_by_code(&mut self, code: &str) -> Result<Option<Site>> {
        Ok(row!(
            self,
            Site,
            "select id, name, kind, street, city, state, zip, phone, code from site where code = $1",
            code
        ))
    }

    /// All places of a kind, by name.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sites(&mut self, kind: &str) -> Result<Vec<Site>> {
        Ok(rows!(
            self,
            Site,
            "select id, name, kind, street, city, state, zip, phone, code from site where kind = $1 order by name",
            kind
        ))
    }
}
