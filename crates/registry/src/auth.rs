//! Signing in and sessions. A second factor comes between the password and the session: [`SignedIn`] is its place.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::Duration;
use domain::{Actor, Role, SiteId, UserId, actor::Signed};

use store::AuditRow;

use crate::{
    Registry, RegistryError, Result,
    audit::{Act, Action},
    login::login_key,
};

/// Somebody whose password was right.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session's secret, for the cookie; only its digest is kept.
    pub token: String,
    /// As what.
    pub role: Role,
}

/// Who asks, and for the Department why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub actor: Actor,
    /// The reason somebody of the Department gave.
    pub reason: String,
}

impl Caller {
    /// Not signed in.
    pub const fn public() -> Self {
        Self { actor: Actor::Public, reason: String::new() }
    }
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
            let line =
                AuditRow { account_id: tried_on, ..self.line(&Actor::Public, Act::general(Action::SignIn).refused()) };
            let mut tx = self.store.write().await?;
            tx.audit(&line).await?;
            self.commit(tx).await?;
            return Ok(None);
        };
        let role = Role::from_key(&account.role).ok_or(RegistryError::NotFound)?;
        let token = self.fresh_secret();
        let user = UserId::new(account.id);
        let actor = Actor::User(Signed { user, role, site: account.site_id.map(SiteId::new), name: account.name });
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.open_session(
            &credentials::token_digest(&token),
            user,
            now,
            now + Duration::hours(self.settings.session_hours),
        )
        .await?;
        tx.audit(&self.line(&actor, Act::general(Action::SignIn))).await?;
        self.commit(tx).await?;
        Ok(Some(SignedIn { token, role }))
    }

    /// Who a session's secret belongs to; the public for none, an unknown or an ended one.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn caller(&self, token: Option<&str>) -> Result<Caller> {
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
        if now > session.seen_at + Duration::minutes(1) {
            let mut tx = self.store.write().await?;
            tx.touch_session(&digest, now).await?;
            self.commit(tx).await?;
        }
        let role = Role::from_key(&session.role).ok_or(RegistryError::NotFound)?;
        let signed = Signed {
            user: UserId::new(session.account_id),
            role,
            site: session.site_id.map(SiteId::new),
            name: session.name,
        };
        Ok(Caller { actor: Actor::User(signed), reason: session.reason })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, caller: &Caller, token: &str) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.close_session(&credentials::token_digest(token)).await?;
        tx.audit(&self.line(&caller.actor, Act::general(Action::SignOut))).await?;
        self.commit(tx).await
    }

    /// Keeps, for this session, why somebody of the Department looks at records.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] for anybody else.
    pub async fn give_reason(&self, caller: &Caller, token: &str, reason: &str) -> Result<()> {
        if !caller.actor.role().is_some_and(Role::is_department) {
            return Err(RegistryError::NotFound);
        }
        let reason = domain::text::required(reason, 200).map_err(|why| RegistryError::Invalid("reason", why))?;
        let mut tx = self.store.write().await?;
        tx.set_session_reason(&credentials::token_digest(token), &reason).await?;
        tx.audit(&self.line(&caller.actor, Act::general(Action::GiveReason).because(&reason))).await?;
        self.commit(tx).await
    }

    /// Forgets what nobody needs any more: ended sessions, class lists left half reviewed for a day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sweep(&self) -> Result<u64> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        let swept = tx.sweep_sessions(now).await?
            + tx.sweep_rosters(now - Duration::days(1)).await?
            + tx.sweep_drafts(now - Duration::hours(12)).await?;
        self.commit(tx).await?;
        Ok(swept)
    }
}

fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
