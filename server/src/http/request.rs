//! What a browser sent, as a form.

use app::{form::Form, routes::Sends};
use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::header,
};

/// Why a body is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    /// Over the route's limit.
    TooLarge,
    /// Not a form.
    Malformed,
}

/// Most bytes a route takes.
pub(super) const fn limit(sends: Sends) -> usize {
    match sends {
        Sends::Fields => 64 << 10,
        Sends::Check => 300 << 10,
        Sends::Text => 2 << 20,
        Sends::List => 4 << 20,
        Sends::Messages => 32 << 20,
    }
}

const MOST_FIELDS: usize = 6_000;

/// Reads a form: url-encoded, or multipart with files.
pub(super) async fn read(request: Request, sends: Sends) -> Result<Form, BodyError> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_ascii_lowercase();
    let length = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit(sends)) {
        return Err(BodyError::TooLarge);
    }
    if kind.starts_with("multipart/form-data") {
        return multipart(request, limit(sends)).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), limit(sends)).await.map_err(|_| BodyError::TooLarge)?;
    if bytes.is_empty() {
        return Ok(Form::default());
    }
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(BodyError::Malformed);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| BodyError::Malformed)?;
    Ok(Form::new(pairs(text), Vec::new()))
}

async fn multipart(request: Request, most: usize) -> Result<Form, BodyError> {
    let (parts, body) = request.into_parts();
    // The extractor's own limit is two megabytes; this one is the route's.
    let body = axum::body::Body::new(http_body_limited(body, most));
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(());
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| BodyError::Malformed)?;
    let (mut fields, mut files, mut total) = (Vec::new(), Vec::new(), 0);
    while let Some(part) = multipart.next_field().await.map_err(|_| BodyError::Malformed)? {
        let name = part.name().unwrap_or("").to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes: Bytes = part.bytes().await.map_err(|_| BodyError::TooLarge)?;
        total += bytes.len();
        if total > most || fields.len() + files.len() > MOST_FIELDS {
            return Err(BodyError::TooLarge);
        }
        if let Some(file_name) = file_name {
            // What the file is called, for who looks for it later.
            fields.push((format!("{name}-name"), text_of(file_name.as_bytes())));
            files.push((name, bytes.to_vec()));
        } else {
            fields.push((name, text_of(&bytes)));
        }
    }
    Ok(Form::new(fields, files))
}

/// A body that ends with an error once it is longer than `most`.
fn http_body_limited(body: axum::body::Body, most: usize) -> http_body_util::Limited<axum::body::Body> {
    http_body_util::Limited::new(body, most)
}

/// The pairs of a url-encoded text, percent signs undone; what is not UTF-8 becomes the replacement character.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .take(MOST_FIELDS)
        .map(|(name, value)| (text_of(name.as_bytes()), text_of(value.as_bytes())))
        .collect()
}

/// Text of any bytes. NUL is no letter, and PostgreSQL keeps none.
fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_browsers_encoding() {
        assert_eq!(
            pairs("last=N%C3%BA%C3%B1ez&first=Jos%c3%a9+Luis&x"),
            [("last".into(), "Núñez".into()), ("first".into(), "José Luis".into()), ("x".into(), String::new())]
        );
        let one = |value: &str| pairs(&format!("x={value}")).remove(0).1;
        assert_eq!(one("100%"), "100%");
        assert_eq!(one("%zz%4"), "%zz%4");
        assert_eq!(one("%+4"), "% 4", "a sign is no digit");
        assert_eq!(one("%ff"), "\u{fffd}");
        assert_eq!(one("a%00b"), "a\u{fffd}b");
    }
}
