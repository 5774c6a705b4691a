//! What people type to sign in, as compared.

/// Case and blanks around it do not matter.
pub(crate) fn login_key(login: &str) -> String {
    login.trim().to_lowercase()
}
