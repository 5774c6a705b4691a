//! Signing in, sessions, and the standing chosen for one. Who has several begins in the first and may change.

use access::Task;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::Duration;
use domain::{
    Principal, Role, SiteId, Standing, StandingId, UserId,
    actor::{Assurance, Person},
    audit::WhyLook,
};

use store::AuditRow;

use crate::{
    Registry, RegistryError, Result,
    audit::{Act, Action},
    error::to_json,
    login::login_key,
};

/// Somebody whose password was right.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session's secret, for the cookie; only its digest is kept.
    pub token: String,
    /// As what.
    pub role: Role,
    /// There are other standings to choose from.
    pub several: bool,
}

/// Who asks, and for the Department why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// The reason somebody of the Department gave.
    pub reason: String,
    /// There are other standings to choose from.
    pub several: bool,
    /// The name of the office or school they act for; empty for none.
    pub place: String,
}

impl Caller {
    /// Somebody, without a reason.
    pub const fn new(principal: Principal) -> Self {
        Self { principal, reason: String::new(), several: false, place: String::new() }
    }

    /// Says whose page it is and in which standing, and nothing else: a form that is sent by anybody else is not done.
    pub fn mark(&self) -> String {
        let who = self.principal.person().map_or_else(String::new, |person| {
            let site = person.standing.site().map_or_else(String::new, |site| site.to_string());
            format!("{} {} {site}", person.user, person.standing.role().key())
        });
        credentials::hex(&credentials::sha256(who.as_bytes()))
    }

    /// Not signed in.
    pub const fn public() -> Self {
        Self::new(Principal::Public)
    }
}

/// What somebody searches for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SearchTerms {
    /// Where: the path of the page.
    pub at: String,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
}

/// One of the standings somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyStanding {
    /// Opaque.
    pub id: StandingId,
    /// As what, and where.
    pub standing: Standing,
    /// The name of the place; empty for none.
    pub place: String,
    /// It is the one of this session.
    pub chosen: bool,
}

impl Registry {
    /// Hashes a password (argon2id with the library's defaults, which follow OWASP). Slow by design: a blocking thread's work.
    ///
    /// # Errors
    /// When the password cannot be hashed.
    pub fn hash_password(password: &str) -> Result<String> {
        let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| RegistryError::NotFound)?;
        Ok(hash.to_string())
    }

    /// Opens a session for the right login and password; `None` for a wrong one of either, after the same time.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Option<SignedIn>> {
        let account = {
            let mut tx = self.store.read().await?;
            tx.account_by_login(&login_key(login)).await?.filter(|account| account.active)
        };
        // An unknown login is checked against a decoy, so that it takes as long as a known one.
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let (decoy, password) = (self.decoy.clone(), password.to_owned());
        // A password takes a core and 19 MiB for a while: no more at once than there are cores, the others wait.
        let _turn = self.hashing.acquire().await.ok();
        let right = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let hash =
                hash.unwrap_or_else(|| decoy.get_or_init(|| Self::hash_password("decoy").unwrap_or_default()).clone());
            verify(&password, &hash) && known
        })
        .await
        .unwrap_or(false);
        // Whose account it was tried on, where it is one: the auditor sees guessing.
        let tried_on = account.as_ref().map(|account| account.id);
        let Some(account) = account.filter(|_| right) else {
            let line = AuditRow {
                account_id: tried_on,
                ..self.audit_row(&Principal::Public, Act::general(Action::SignIn).refused())
            };
            let mut tx = self.store.write().await?;
            tx.audit(&line).await?;
            self.commit(tx).await?;
            return Ok(None);
        };
        let user = UserId::new(account.id);
        let standings = { self.store.read().await?.standings(user).await? };
        let several = standings.len() > 1;
        let first = standings.into_iter().find_map(|row| Some((row.id, standing(&row.role, row.site_id)?)));
        let (id, standing) = first.ok_or(RegistryError::NotFound)?;
        let token = self.fresh_secret();
        let assurance = Assurance::One;
        let principal = Principal::Person(Person { user, name: account.name, standing, assurance });
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.open_session(
            &credentials::token_digest(&token),
            (user, StandingId::new(id)),
            assurance.level(),
            now,
            now + Duration::hours(self.settings.session_hours),
        )
        .await?;
        tx.audit(&self.audit_row(&principal, Act::general(Action::SignIn))).await?;
        self.commit(tx).await?;
        Ok(Some(SignedIn { token, role: standing.role(), several }))
    }

    /// The standings of whoever is signed in.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for who is not.
    pub async fn standings(&self, caller: &Caller) -> Result<Vec<MyStanding>> {
        let person = caller.principal.person().ok_or(RegistryError::NotFound)?;
        let rows = { self.store.read().await?.standings(person.user).await? };
        let mine = rows.into_iter().filter_map(|row| {
            let standing = standing(&row.role, row.site_id)?;
            let chosen = standing == person.standing;
            Some(MyStanding { id: StandingId::new(row.id), standing, place: row.site_name, chosen })
        });
        Ok(mine.collect())
    }

    /// Goes on in another of one's standings; gives the role. A reason given before is not one for it.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for a standing that is not the caller's.
    pub async fn choose_standing(&self, caller: &Caller, token: &str, chosen: StandingId) -> Result<Role> {
        let mine = self.standings(caller).await?;
        let chosen = mine.into_iter().find(|mine| mine.id == chosen).ok_or(RegistryError::NotFound)?;
        let person = caller.principal.person().ok_or(RegistryError::NotFound)?;
        let mut tx = self.store.write().await?;
        if !tx.choose_standing(&credentials::token_digest(token), chosen.id).await? {
            return Err(RegistryError::NotFound);
        }
        let now = Principal::Person(Person { standing: chosen.standing, ..person.clone() });
        tx.audit(&self.audit_row(&now, Act::general(Action::ChooseStanding))).await?;
        self.commit(tx).await?;
        Ok(chosen.standing.role())
    }

    /// Who a session's secret belongs to; the public for none, an unknown or an ended one. `in_use`: somebody sits there, and the session
    /// goes on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn caller(&self, token: Option<&str>, in_use: bool) -> Result<Caller> {
        let Some(token) = token else { return Ok(Caller::public()) };
        let digest = credentials::token_digest(token);
        let session = {
            let mut tx = self.store.read().await?;
            tx.session(&digest).await?
        };
        let now = self.now();
        let idle = Duration::minutes(self.settings.idle_minutes);
        let Some(session) = session.filter(|session| now < session.expires_at && now < session.seen_at + idle) else {
            return Ok(Caller::public());
        };
        // Once a minute is exact enough, and spares a write on every page.
        if in_use && now > session.seen_at + Duration::minutes(1) {
            let mut tx = self.store.write().await?;
            tx.touch_session(&digest, now).await?;
            self.commit(tx).await?;
        }
        let person = Person {
            user: UserId::new(session.account_id),
            name: session.name,
            standing: standing(&session.role, session.site_id).ok_or(RegistryError::NotFound)?,
            assurance: Assurance::from_level(session.assurance),
        };
        // What is no reason of today's kind was given before there were tasks.
        let reason = WhyLook::read(&session.reason).map_or_else(String::new, |why| why.to_string());
        let place = session.place;
        Ok(Caller { principal: Principal::Person(person), reason, several: session.standings > 1, place })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, caller: &Caller, token: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.close_session(&credentials::token_digest(token)).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::general(Action::SignOut))).await?;
        self.commit(tx).await
    }

    /// Keeps, for this session, why somebody of the Department looks at records.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn give_reason(&self, caller: &Caller, token: &str, why: &WhyLook) -> Result<()> {
        Self::may(&caller.principal, Task::GiveReason)?;
        let reason = why.to_string();
        let mut tx = self.store.write().await?;
        tx.set_session_reason(&credentials::token_digest(token), &reason).await?;
        tx.audit(&self.audit_row(&caller.principal, Act::general(Action::GiveReason).because(&reason))).await?;
        self.commit(tx).await
    }

    /// Keeps what somebody searches for, as long as the session lasts: the way back from a record leads to what was found, and no name
    /// stands in an address.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remember_search(&self, token: &str, terms: &SearchTerms) -> Result<()> {
        let kept = to_json(terms, "search")?.to_string();
        let mut tx = self.store.write().await?;
        tx.set_session_search(&credentials::token_digest(token), &kept).await?;
        self.commit(tx).await
    }

    /// What was last searched for.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn kept_search(&self, token: &str) -> Result<Option<SearchTerms>> {
        let mut tx = self.store.read().await?;
        let kept = tx.session_search(&credentials::token_digest(token)).await?;
        Ok(serde_json::from_str(&kept).ok())
    }
}

/// A standing as the store keeps it; `None` for one the program cannot have written.
fn standing(role: &str, site: Option<uuid::Uuid>) -> Option<Standing> {
    Standing::new(Role::from_key(role)?, site.map(SiteId::new))
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
