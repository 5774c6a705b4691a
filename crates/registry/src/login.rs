//! What people type to sign in, as compared.

/// Case and blanks around it do not matter.
pub(crate) fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}

/// The digest of what was typed as a user name, the same for every way of typing it: to count tries by.
pub fn login_digest(login: &str) -> [u8; 32] {
    credentials::sha256(login_key(login).as_bytes())
}
