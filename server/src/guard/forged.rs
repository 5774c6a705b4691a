//! Requests another site made the browser send. Forms carry no token: the browser itself says where a request comes from.

use axum::http::{HeaderMap, Method, header};

/// Is this a request that changes something, and from elsewhere?
///
/// `Sec-Fetch-Site` decides where the browser sends it (all current ones); else the `Origin` must be ours; a client that
/// sends neither is no browser and has no cookies to abuse (SameSite keeps them at home besides).
pub fn is_forged(method: &Method, headers: &HeaderMap, public_url: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return false;
    }
    let value = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = value(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    match value(header::ORIGIN) {
        Some(origin) => {
            let host = value(header::HOST).unwrap_or("");
            let ours = origin == public_url
                || origin.split_once("://").is_some_and(|(_, rest)| !host.is_empty() && rest == host);
            !ours
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_form_on_another_site_cannot_act_for_a_signed_in_person() {
        let ours = "https://miis.example.gov";
        for (method, pairs, forged) in [
            (Method::POST, &[("sec-fetch-site", "cross-site")][..], true),
            (Method::POST, &[("sec-fetch-site", "same-site")], true),
            (Method::POST, &[("sec-fetch-site", "same-origin")], false),
            (Method::POST, &[("origin", "https://evil.example"), ("host", "miis.example.gov")], true),
            (Method::POST, &[("origin", "null"), ("host", "miis.example.gov")], true),
            (Method::POST, &[("origin", "https://miis.example.gov"), ("host", "miis.example.gov")], false),
            (Method::DELETE, &[("sec-fetch-site", "cross-site")], true),
            (Method::GET, &[("sec-fetch-site", "cross-site")], false),
            (Method::POST, &[], false),
        ] {
            assert_eq!(is_forged(&method, &headers(pairs), ours), forged, "{method} {pairs:?}");
        }
    }
}
