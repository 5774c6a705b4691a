//! The portal's three cookies: session, language, draft. All HttpOnly, all SameSite.

use axum::http::{HeaderMap, HeaderValue, header};

/// Which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The session's secret.
    Session,
    /// The language.
    Language,
    /// The secret of a form being filled in.
    Draft,
}

impl Cookie {
    /// Over https the name binds the cookie to this host (`__Host-`, RFC 6265bis); browsers refuse that over http.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-miis",
            (Self::Session, false) => "miis",
            (Self::Language, true) => "__Host-lang",
            (Self::Language, false) => "lang",
            (Self::Draft, true) => "__Host-draft",
            (Self::Draft, false) => "draft",
        }
    }

    /// Reads it from a request.
    pub(super) fn read(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        let name = self.name(secure);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.to_owned())
            .filter(|value| {
                !value.is_empty() && value.len() <= 128 && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    }

    /// Sets it; an empty value deletes it.
    pub(super) fn write(self, headers: &mut HeaderMap, value: &str, secure: bool) {
        let age = match (self, value.is_empty()) {
            (_, true) => "; Max-Age=0",
            // A year for the language; the others end with the browser.
            (Self::Language, false) => "; Max-Age=31536000",
            _ => "",
        };
        let secure_flag = if secure { "; Secure" } else { "" };
        // Strict for the session would lose it on a link from the provider's email; Lax never sends it with a foreign form.
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure_flag}{age}", self.name(secure));
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}
