//! Every role at every door, in process: the table below mirrors app/routes.rs and fails for a route it does not name.

#![expect(clippy::unwrap_used, reason = "tests stop where they cannot go on")]

mod doors;
mod house;
mod windows;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use app::routes::{ROUTES, Route};
use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::{Clock, Role};
use http_body_util::BodyExt;
use registry::{Registry, Settings};
use server::{
    clock::{SystemChance, SystemClock},
    config::{Config, Options},
    demo,
    http::{Portal, router},
};
use store::Store;
use tower::ServiceExt;

use self::{
    doors::{EVERYBODY, table},
    house::{address, find, house, main_part, on_file},
};

#[tokio::test]
async fn every_role_finds_its_own_rooms_and_nothing_behind_other_doors() {
    let house = house().await;
    let table = table();
    assert_eq!(table.len(), ROUTES.len(), "a route is missing from the table, or one is gone");
    let nothing_here = main_part(&house.get("/not-there", "nurse").await.2);
    for route in ROUTES {
        let admitted = table.get(route.path).unwrap_or_else(|| panic!("{} is not in the table", route.path));
        for login in EVERYBODY {
            let mut answers = Vec::new();
            if route.get.is_some() {
                answers.push(house.get(&address(route), login).await);
            }
            // Signing out would end the session of the next route.
            if route.post.is_some() && route.path != "/sign-out" {
                answers.push(house.post(&address(route), login, "x=1").await);
            }
            for (status, headers, body) in answers {
                let place = format!("{} as {login:?}: {status}", route.path);
                assert!(!status.is_server_error(), "{place}");
                let to =
                    headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
                if admitted.contains(login) {
                    assert!(!to.starts_with("/sign-in"), "{place}");
                    if !route.path.contains('{') {
                        assert_ne!(status, StatusCode::NOT_FOUND, "{place}");
                    }
                } else if login.is_empty() {
                    assert!(status == StatusCode::SEE_OTHER && to.starts_with("/sign-in?expired"), "{place}: {to}");
                } else {
                    assert_eq!(status, StatusCode::NOT_FOUND, "{place}");
                    assert_eq!(main_part(&body), nothing_here, "{place}: a closed door must look like a wall");
                }
            }
        }
    }
}

#[tokio::test]
async fn somebody_elses_record_looks_like_nobodys() {
    let house = house().await;
    let (mia, ruth) = (find(&house, "Okafor", "Mia", 3, 10).await, find(&house, "Adler", "Ruth", 11, 2).await);
    let (mia_on_file, ruth_on_file) = (on_file(&house, &mia).await, on_file(&house, &ruth).await);
    let nobody = "0190a0a0a0a07000800000000000abcd";
    let doors = [
        ("other-clinic", Method::GET, "/provider/people/ID"),
        ("other-clinic", Method::GET, "/provider/people/ID/doses/new"),
        ("other-clinic", Method::POST, "/provider/people/ID/doses/new"),
        ("other-clinic", Method::GET, "/provider/people/ID/certificates/ID"),
        ("epidemiologist", Method::GET, "/department/people/ID"),
        ("nurse", Method::GET, "/school/students/ID"),
    ];
    for (login, method, path) in doors {
        let kind = "application/x-www-form-urlencoded";
        let send = |id: &str| {
            let (house, method, path) = (&house, method.clone(), path.replace("ID", id));
            async move { house.send(method, &path, login, kind, "x=1").await }
        };
        let (status, _, page) = send(nobody).await;
        // Neither the other office's word for them nor what they are on file opens anything.
        for theirs in [&mia, &ruth, &mia_on_file, &ruth_on_file] {
            let (other, _, other_page) = send(theirs).await;
            assert_eq!((other, main_part(&other_page)), (status, main_part(&page)), "{login} {method} {path}");
        }
    }
    // Ruth's family objects: another office cannot take her into its care, nor the family of another child see her.
    for (login, method, path) in [
        ("other-clinic", Method::POST, "/provider/care/ID"),
        ("parent", Method::GET, "/family/people/ID"),
        ("parent", Method::GET, "/family/people/ID/ask"),
        ("parent", Method::GET, "/family/people/ID/looked"),
    ] {
        let send = |id: &str| {
            let (house, method, path) = (&house, method.clone(), path.replace("ID", id));
            async move { house.send(method, &path, login, "application/x-www-form-urlencoded", "x=1").await }
        };
        let ((one, _, page), (other, _, other_page)) = (send(nobody).await, send(&ruth_on_file).await);
        assert_eq!((one, main_part(&page)), (other, main_part(&other_page)), "{login} {path}");
        assert_eq!(one, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_public_page_says_in_a_sentence_what_it_is_and_nobody_elses_does() {
    let house = house().await;
    let is_begun = |path: &str| matches!(path, "/objection/check" | "/objection/receipt" | "/objection/receipt/pdf");
    let mut sentences = std::collections::HashSet::new();
    for path in ROUTES.iter().filter(|route| route.get.is_some()).map(|route| route.path) {
        if path.contains('{') || table()[path] != EVERYBODY || is_begun(path) {
            continue;
        }
        let (status, _, html) = house.get(path, "").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let said = html.split_once("name=\"description\" content=\"").and_then(|(_, rest)| rest.split_once('"'));
        let said = said.map(|(said, _)| said.to_owned()).unwrap_or_default();
        assert!(said.len() > 20, "{path}: {said}");
        assert!(sentences.insert(said), "{path} says what another page says");
    }
    assert!(sentences.len() > 10);
    let (_, _, html) = house.get("/family", "parent").await;
    assert!(!html.contains("name=\"description\""));
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let house = house().await;
    for (path, login) in [
        ("/", ""),
        ("/family", "parent"),
        ("/school/board", "nurse"),
        ("/provider/people/new", "clinic"),
        ("/not-there", ""),
    ] {
        let (_, headers, _) = house.get(path, login).await;
        let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'")
                && !policy.contains("unsafe-inline")
                && !policy.contains(" 'unsafe-eval'"),
            "{path}: {policy}"
        );
        assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store", "{path}");
        for name in ["x-content-type-options", "x-frame-options", "referrer-policy", "cross-origin-opener-policy"] {
            assert!(headers.contains_key(name), "{path}: {name}");
        }
    }
    for (path, login) in [("/school/board/pdf", "nurse"), ("/family", ""), ("/school/sample", "nurse")] {
        let (_, headers, _) = house.get(path, login).await;
        assert!(
            headers.contains_key("x-content-type-options") && headers.contains_key(header::CONTENT_SECURITY_POLICY),
            "{path}"
        );
    }
    let (_, headers, _) = house.get("/school/board/csv", "nurse").await;
    assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
    let signed_in = house.post("/sign-in", "", "login=parent&password=demo").await.1;
    let cookie = signed_in.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_before_it_is_read() {
    let house = house().await;
    let token = &house.tokens["reviewer"];
    let request = Request::builder()
        .method(Method::POST)
        .uri("/department/reason")
        .header(header::COOKIE, format!("miis={token}"))
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("reason=evil"))
        .unwrap();
    let response = house.app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert_eq!(house.registry.caller(Some(token), true).await.unwrap().reason, "");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_user_get_the_same_page() {
    let house = house().await;
    let page = |login: &'static str| {
        let house = &house;
        async move {
            let (status, _, body) = house.post("/sign-in", "", &format!("login={login}&password=wrong")).await;
            // Every page has a random word of its own that makes two presses of its button one.
            let page = main_part(&body).replace(login, "LOGIN");
            let word =
                page.split("name=\"press\" value=\"").nth(1).and_then(|rest| rest.get(..64)).unwrap_or("-").to_owned();
            (status, page.replace(&word, "WORD"))
        }
    };
    assert_eq!(page("parent").await, page("nobody").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_pressed_twice_is_one_act_and_another_browsers_word_is_another_press() {
    let house = house().await;
    let before = house.feedback().await;
    for round in 0..20 {
        let body = format!("topic=other&message=Round+{round}&press={round:064x}");
        let (one, other) = tokio::join!(house.post("/feedback", "", &body), house.post("/feedback", "", &body));
        assert_eq!((one.0, other.0), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER), "round {round}");
        assert_eq!(one.1.get(header::LOCATION), other.1.get(header::LOCATION), "both are led to the same page");
        assert_eq!(house.feedback().await - before, round + 1, "round {round}");
    }
    // The word alone is nobody's: somebody else who sends it, or other answers, do their own.
    let body = format!("topic=other&message=Round+0&press={:064x}", 0);
    house.post("/feedback", "parent", &body).await;
    house.post("/feedback", "", &body.replace("Round+0", "Other")).await;
    assert_eq!(house.feedback().await - before, 22);
}

#[tokio::test]
async fn tries_are_limited_for_passwords_and_for_codes() {
    let house = house().await;
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = house.post("/verify", "", "code=0000-0000-0000-0000").await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    for _ in 0..25 {
        last = house.post("/sign-in", "", "login=&password=").await.0;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn hostile_input_gets_a_clear_page_and_never_a_failure() {
    let house = house().await;
    let long = "x".repeat(60_000);
    let bodies = [
        String::new(),
        "%".into(),
        "%ff%fe=%00&&&===".into(),
        format!("last={long}&first={long}&code={long}&text={long}&reason={long}&message={long}&signature={long}&version=99999999999999999999"),
        "last=%3Cscript%3Ealert(1)%3C/script%3E&first=%E2%80%AE&born-month=99&born-day=-1&born-year=99999&cvx=99999&given-month=2&given-day=30&given-year=2021".into(),
        "do=save&line-1=nobody&line-99999999999999999999999=x&person=x&choice=maybe&gender=%F0%9F%98%80&statement-1=yes&last=0".into(),
        "last=' or 1=1 --&first=\"&born-month=3&born-day=10&born-year=2021&login=' or ''='&password=' or ''='".into(),
    ];
    for route in ROUTES.iter().filter(|route| route.post.is_some() && route.path != "/sign-out") {
        let login = table()[route.path]
            .iter()
            .find(|login| !login.is_empty() || route.path.starts_with("/objection"))
            .copied()
            .unwrap();
        for body in &bodies {
            let (status, _, page) = house.post(&address(route), login, body).await;
            assert!(!status.is_server_error(), "{} with {:.60}: {status}", route.path, body);
            assert!(!page.contains("<script>alert"), "{}", route.path);
        }
        let (status, ..) = house.send(Method::POST, &address(route), login, "application/json", "{}").await;
        assert!(!status.is_server_error(), "{}: {status}", route.path);
        let (status, ..) =
            house.send(Method::POST, &address(route), login, "multipart/form-data; boundary=x", "--x\r\nbroken").await;
        assert!(!status.is_server_error(), "{}: {status}", route.path);
    }
    for path in [
        "/family/people/../../etc/passwd",
        "/provider/people/%00",
        "/verify/%ff",
        "/school/board?class=%27&on=never",
        "/?lang=../../x",
        "/assets/x/..%2f..%2fCargo.toml",
    ] {
        let (status, ..) = house.get(path, "nurse").await;
        assert!(!status.is_server_error(), "{path}: {status}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_words() {
    let house = house().await;
    let (status, _, page) = house.post("/feedback", "", &format!("message={}", "x".repeat(70_000))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("too large"));
}

#[tokio::test]
async fn no_page_draws_a_form_or_a_textarea_of_its_own() {
    // Leptos does not escape a textarea's text on the server: only ui::TextArea may draw one.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("ui/field.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(!text.contains("<textarea"), "{}", path.display());
                // A form says for whom it was drawn, and is pressed once: only ui::form and its like draw one. Signing out is right
                // for anybody, and the page that checks vaccines asks nobody who they are.
                let draws_its_own = ["ui/buttons.rs", "ui/layout.rs", "everyone/check.rs"];
                let is_form = text.contains("method=\"post\"");
                assert!(!is_form || draws_its_own.iter().any(|known| path.ends_with(known)), "{}", path.display());
            }
        }
    }
}

#[tokio::test]
async fn each_role_of_the_demo_is_what_it_says() {
    let house = house().await;
    for (login, role) in app::DEMO {
        assert_eq!(house.registry.caller(Some(&house.tokens[login]), true).await.unwrap().principal.role(), Some(role));
    }
    for role in Role::ALL {
        assert!(app::DEMO.iter().any(|(_, known)| known == role), "nobody can try {role:?}");
    }
    assert_eq!(app::DEMO.iter().filter(|(_, role)| *role == Role::SchoolNurse).count(), 1);
    // The table of doors leaves nobody out.
    let named: std::collections::BTreeSet<_> = EVERYBODY.iter().copied().filter(|login| !login.is_empty()).collect();
    assert_eq!(named, app::DEMO.iter().map(|(login, _)| *login).collect());
}
