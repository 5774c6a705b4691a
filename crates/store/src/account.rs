//! People who can sign in, and their sessions.

use chrono::{DateTime, Utc};
use domain::{PatientId, SiteId, StandingId, UserId};
use uuid::Uuid;

use crate::{Result, Tx};

/// An account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    /// Opaque.
    pub id: Uuid,
    /// What the person types, normalised.
    pub login_key: String,
    /// The person's name.
    pub name: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// The key of the role of the first standing.
    pub role: String,
    /// The office or school of the first standing.
    pub site_id: Option<Uuid>,
    /// Licence of somebody who certifies.
    pub licence: String,
    /// Language of the pages.
    pub language: String,
    /// May sign in.
    pub active: bool,
}

/// A role somebody has, with the place where it is held at one.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StandingRow {
    /// Opaque.
    pub id: Uuid,
    /// A role's key.
    pub role: String,
    /// The office or school.
    pub site_id: Option<Uuid>,
    /// Its name, empty for none.
    pub site_name: String,
}

/// A session with the account it belongs to, in the standing chosen for it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Session {
    /// Whose.
    pub account_id: Uuid,
    /// The account's name.
    pub name: String,
    /// The standing chosen.
    pub standing_id: Uuid,
    /// Its role.
    pub role: String,
    /// Its office or school.
    pub site_id: Option<Uuid>,
    /// The name of that, empty for none.
    pub place: String,
    /// How many standings the account has.
    pub standings: i64,
    /// How sure it is whose it is.
    pub assurance: i64,
    /// When it was last used.
    pub seen_at: DateTime<Utc>,
    /// When it ends whatever happens.
    pub expires_at: DateTime<Utc>,
    /// Why the Department looks.
    pub reason: String,
}

impl Tx {
    /// Adds an account.
    ///
    /// # Errors
    /// [`crate::StoreError::Duplicate`] when the login is taken.
    pub async fn add_account(&mut self, account: &Account, at: DateTime<Utc>) -> Result<()> {
        exec!(
            self,
            "insert into account (id, login_key, name, password_hash, role, site_id, licence, language, active, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            account.id,
            &account.login_key,
            &account.name,
            &account.password_hash,
            &account.role,
            account.site_id,
            &account.licence,
            &account.language,
            account.active,
            at
        );
        self.add_standing(account.id, UserId::new(account.id), &account.role, account.site_id.map(SiteId::new), at)
            .await
    }

    /// Gives an account a standing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn add_standing(
        &mut self,
        id: Uuid,
        account: UserId,
        role: &str,
        site: Option<SiteId>,
        at: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into standing (id, account_id, role, site_id, created_at) values ($1, $2, $3, $4, $5)",
            id,
            account.uuid(),
            role,
            site.map(SiteId::uuid),
            at
        );
        Ok(())
    }

    /// The standings of an account, the first one first.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn standings(&mut self, account: UserId) -> Result<Vec<StandingRow>> {
        Ok(rows!(
            self,
            StandingRow,
            "select s.id, s.role, s.site_id, coalesce(p.name, '') as site_name from standing s left join site p on p.id = s.site_id \
             where s.account_id = $1 order by s.created_at, s.id",
            account.uuid()
        ))
    }

    /// Chooses a standing for a session; false when it is not one of its account's.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn choose_standing(&mut self, digest: &[u8], standing: StandingId) -> Result<bool> {
        let touched = exec!(
            self,
            "update session set standing_id = $1, reason = '', search = '' where digest = $2 \
             and account_id = (select account_id from standing where id = $1)",
            standing.uuid(),
            digest
        );
        Ok(touched == 1)
    }

    /// The account of a login.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn account_by_login(&mut self, login_key: &str) -> Result<Option<Account>> {
        Ok(row!(
            self,
            Account,
            "select id, login_key, name, password_hash, role, site_id, licence, language, active from account where login_key = $1",
            login_key
        ))
    }

    /// One account.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn account(&mut self, id: UserId) -> Result<Option<Account>> {
        Ok(row!(
            self,
            Account,
            "select id, login_key, name, password_hash, role, site_id, licence, language, active from account where id = $1",
            id.uuid()
        ))
    }

    /// Is an account active, and has it a role at a place?
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn has_standing(&mut self, account: UserId, role: &str, site: SiteId) -> Result<bool> {
        #[derive(sqlx::FromRow)]
        struct Has {
            #[expect(dead_code, reason = "that there is a row is all")]
            id: Uuid,
        }
        Ok(row!(
            self,
            Has,
            "select t.id from standing t join account a on a.id = t.account_id \
             where t.account_id = $1 and t.role = $2 and t.site_id = $3 and a.active limit 1",
            account.uuid(),
            role,
            site.uuid()
        )
        .is_some())
    }

    /// Makes an account family of a person.
    ///
    /// # Errors
    /// [`crate::StoreError::Duplicate`] when it is already.
    pub async fn add_guardian(&mut self, id: Uuid, patient: PatientId, account: UserId, relation: &str) -> Result<()> {
        exec!(
            self,
            "insert into guardian (patient_id, id, account_id, relation) values ($1, $2, $3, $4)",
            patient.uuid(),
            id,
            account.uuid(),
            relation
        );
        Ok(())
    }

    /// Opens a session under the digest of its secret.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn open_session(
        &mut self,
        digest: &[u8],
        (account, standing): (UserId, StandingId),
        assurance: i64,
        at: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into session (digest, account_id, standing_id, assurance, created_at, seen_at, expires_at, reason) \
             values ($1, $2, $3, $4, $5, $6, $7, '')",
            digest,
            account.uuid(),
            standing.uuid(),
            assurance,
            at,
            at,
            expires
        );
        Ok(())
    }

    /// The session of a digest, with its account if that is active.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn session(&mut self, digest: &[u8]) -> Result<Option<Session>> {
        Ok(row!(
            self,
            Session,
            "select s.account_id, a.name, t.id as standing_id, t.role, t.site_id, coalesce((select p.name from site p where p.id = t.site_id), '') as place, s.assurance, s.seen_at, s.expires_at, s.reason, \
             cast((select count(*) from standing o where o.account_id = a.id) as bigint) as standings \
             from session s join account a on a.id = s.account_id join standing t on t.id = s.standing_id and t.account_id = a.id \
             where s.digest = $1 and a.active",
            digest
        ))
    }

    /// Notes that a session is in use.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn touch_session(&mut self, digest: &[u8], at: DateTime<Utc>) -> Result<()> {
        exec!(self, "update session set seen_at = $1 where digest = $2", at, digest);
        Ok(())
    }

    /// Notes why the Department looks.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_session_reason(&mut self, digest: &[u8], reason: &str) -> Result<()> {
        exec!(self, "update session set reason = $1 where digest = $2", reason, digest);
        Ok(())
    }

    /// Keeps what was searched for in a session; empty for nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn set_session_search(&mut self, digest: &[u8], search: &str) -> Result<()> {
        exec!(self, "update session set search = $1 where digest = $2", search, digest);
        Ok(())
    }

    /// What was last searched for in a session; empty for nothing.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn session_search(&mut self, digest: &[u8]) -> Result<String> {
        #[derive(sqlx::FromRow)]
        struct Kept {
            search: String,
        }
        let row = row!(self, Kept, "select search from session where digest = $1", digest);
        Ok(row.map_or_else(String::new, |row| row.search))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn close_session(&mut self, digest: &[u8]) -> Result<()> {
        exec!(self, "delete from session where digest = $1", digest);
        Ok(())
    }

    /// Forgets sessions that ended; gives how many.
    ///
    /// # Errors
    /// When the engine fails.
    pub async fn sweep_sessions(&mut self, now: DateTime<Utc>) -> Result<u64> {
        Ok(exec!(self, "delete from session where expires_at < $1", now))
    }
}
