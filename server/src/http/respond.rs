//! From an answer to a response.

use std::sync::{Arc, Mutex, PoisonError};

use app::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    trouble,
    ui::{Frame, Press, SignedIn, shell},
};
use axum::{
    body::Body,
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

use super::{cookies::Cookie, router::Portal, tidy::tidy};
use crate::guard::{harden, private};

/// Turns a reply into what is sent.
pub(super) async fn respond(portal: &Portal, call: Call, reply: Reply) -> Response {
    let secure = portal.secure;
    match reply {
        Ok(Answer::Page(page)) => draw(portal, call, page, StatusCode::OK).await,
        Ok(Answer::Invalid(page)) => {
            // The first thing a screen reader says of the page.
            let title = call.words.error_in_title(&page.title);
            draw(portal, call, Page { title, ..page }, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Answer::Missing(page)) => draw(portal, call, page, StatusCode::NOT_FOUND).await,
        Ok(Answer::TooMany(page)) => draw(portal, call, page, StatusCode::TOO_MANY_REQUESTS).await,
        Ok(Answer::Go(to)) => go(&to),
        Ok(Answer::SignedIn { token, to }) => {
            let mut response = go(&to);
            Cookie::Session.write(response.headers_mut(), &token, secure);
            // What somebody else has begun at this browser is not theirs.
            Cookie::Draft.write(response.headers_mut(), "", secure);
            response
        }
        Ok(Answer::SignedOut) => {
            let mut response = go("/");
            Cookie::Session.write(response.headers_mut(), "", secure);
            Cookie::Draft.write(response.headers_mut(), "", secure);
            // Whatever a browser kept all the same is dropped.
            response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
            response
        }
        Ok(Answer::Draft { secret, to }) => {
            let mut response = go(&to);
            Cookie::Draft.write(response.headers_mut(), &secret, secure);
            response
        }
        Ok(Answer::Forget { to }) => {
            let mut response = go(&to);
            Cookie::Draft.write(response.headers_mut(), "", secure);
            response
        }
        Ok(Answer::File(file)) => send(file),
        Err(Failure::SignIn) => go("/sign-in?expired"),
        Err(failure) => {
            let status = match failure {
                Failure::NotFound | Failure::SignIn => StatusCode::NOT_FOUND,
                Failure::Conflict => StatusCode::CONFLICT,
                Failure::BadRequest => StatusCode::BAD_REQUEST,
                Failure::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            };
            let page = trouble::page(call.words, failure);
            draw(portal, call, page, status).await
        }
    }
}

fn go(to: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    private(response.headers_mut());
    response
}

fn send(file: File) -> Response {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.mime));
    let name: String = file
        .name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_'))
        .collect();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if !file.public {
        private(headers);
    }
    response
}

/// Draws a page through Leptos.
pub(super) async fn draw(portal: &Portal, call: Call, page: Page, status: StatusCode) -> Response {
    let signed_in = call.caller.principal.person().map(|person| SignedIn {
        name: person.name.clone(),
        role: person.standing.role(),
        several: call.caller.several,
        place: call.caller.place.clone(),
    });
    let islands = page.islands;
    let frame = Frame {
        words: call.words,
        title: page.title.clone(),
        path: page.at.clone().unwrap_or_else(|| call.path.clone()),
        query: call.query.clone(),
        signed_in,
        assets: portal.site.base(),
        islands,
        script: page.script,
        keeps: page.keeps,
        about: page.about,
        again_in: page.again_in,
        wide: page.wide,
        demo: portal.demo,
    };
    // Leptos draws by a function it may call again; the page is drawn once.
    let once = Arc::new(Mutex::new(Some((frame, page))));
    let app = move || {
        let taken = once.lock().unwrap_or_else(PoisonError::into_inner).take();
        let nonce = use_nonce().map(|nonce| nonce.to_string());
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(status);
            if let Some(nonce) = nonce.as_deref().and_then(|nonce| HeaderValue::from_str(nonce).ok()) {
                options.insert_header(header::HeaderName::from_static("x-nonce"), nonce);
            }
        }
        taken.map(|(frame, page)| shell(frame, (page.view)()))
    };
    let request = Request::builder().uri("/").body(Body::empty()).unwrap_or_default();
    let press = Press { word: call.registry.fresh_secret(), mark: call.caller.mark() };
    let drawn = leptos_axum::render_app_async_with_context(move || provide_context(press.clone()), app)(request).await;
    let (mut parts, body) = drawn.into_parts();
    let nonce =
        parts.headers.remove("x-nonce").and_then(|value| value.to_str().map(str::to_owned).ok()).filter(|_| islands);
    // A page is whole before it is sent, so its length is known and a failure is never half a page.
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let html = tidy(&String::from_utf8_lossy(&bytes), islands);
    let mut response = Response::from_parts(parts, Body::from(html));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    private(headers);
    if !call.query("lang").is_empty() {
        Cookie::Language.write(headers, call.words.lang().code(), portal.secure);
    }
    harden(headers, nonce.as_deref(), portal.secure);
    response
}
