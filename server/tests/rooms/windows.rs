//! Two windows, broken connections, old browsers, a database that is away.

use super::*;

#[tokio::test]
async fn a_form_left_open_in_another_window_does_nothing_for_whom_one_acts_now() {
    let house = house().await;
    let token = &house.tokens["parent-nurse"];
    let caller = || async { house.registry.caller(Some(token), true).await.unwrap() };
    let (_, _, page) = house.get("/feedback", "parent-nurse").await;
    let mark = page.split("name=\"as\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let body = format!("topic=other&message=Two+windows&as={mark}");
    let before = house.feedback().await;
    let other = house.registry.standings(&caller().await).await.unwrap().into_iter().find(|it| !it.chosen).unwrap();
    house.registry.choose_standing(&caller().await, token, other.id).await.unwrap();
    let (status, _, page) = house.post("/feedback", "parent-nurse", &body).await;
    assert_eq!((status, house.feedback().await), (StatusCode::CONFLICT, before), "{page}");
    // Another person who has signed in meanwhile, or nobody any more; and drawn anew it is taken.
    assert_eq!(house.post("/feedback", "clinic", &body).await.0, StatusCode::CONFLICT);
    assert_eq!(house.post("/feedback", "", &body).await.0, StatusCode::CONFLICT);
    // A form begun by nobody is not sent in the name of somebody who has signed in meanwhile.
    let (_, _, page) = house.get("/feedback", "").await;
    let public = page.split("name=\"as\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let drawn = format!("topic=other&message=Public&as={public}");
    assert_eq!(house.post("/feedback", "clinic", &drawn).await.0, StatusCode::CONFLICT);
    assert_eq!(house.feedback().await, before);
    // Whoever signs in is not yet who they will be.
    let (_, _, page) = house.get("/sign-in", "").await;
    assert!(page.contains(&public));
    let sign_in = format!("login=clinic&password={}&as={public}", app::DEMO_PASSWORD);
    assert_eq!(house.post("/sign-in", "parent", &sign_in).await.0, StatusCode::SEE_OTHER);
    let mark = caller().await.mark();
    let body = format!("topic=other&message=One+window&as={mark}");
    assert_eq!(house.post("/feedback", "parent-nurse", &body).await.0, StatusCode::SEE_OTHER);
    assert_eq!(house.feedback().await, before + 1);
}

#[tokio::test]
async fn a_form_is_removed_from_a_shared_computer_by_whoever_sits_there() {
    let house = house().await;
    let mark = house.registry.caller(Some(&house.tokens["clinic"]), true).await.unwrap().mark();
    // The session of whoever sent the form has run out meanwhile.
    let (status, headers, _) = house.post("/objection/done", "", &format!("as={mark}")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let cookies: Vec<_> = headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|it| it.contains("draft") && it.contains("Max-Age=0")), "{cookies:?}");
    // Nor does whoever signs in next find what somebody else has begun.
    let sign_in = format!("login=clinic&password={}", app::DEMO_PASSWORD);
    let (_, headers, _) = house.post("/sign-in", "", &sign_in).await;
    let cookies: Vec<_> = headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|it| it.contains("draft") && it.contains("Max-Age=0")), "{cookies:?}");
}

#[tokio::test]
async fn a_page_that_asks_for_itself_again_says_so_and_is_no_use_of_the_session() {
    let house = house().await;
    let seen = || async {
        let digest = credentials::token_digest(&house.tokens["clinic"]);
        house.store.read().await.unwrap().session(&digest).await.unwrap().unwrap().seen_at
    };
    let mut tx = house.store.write().await.unwrap();
    let before = SystemClock.now() - chrono::Duration::minutes(10);
    tx.touch_session(&credentials::token_digest(&house.tokens["clinic"]), before).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.get(&format!("/provider?{}", app::ui::BY_ITSELF), "clinic").await.0, StatusCode::OK);
    assert_eq!(seen().await, before);
    house.get("/provider", "clinic").await;
    assert!(seen().await > before);
}

/// What the program writes to its log.
#[derive(Clone, Default)]
struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn an_outage_says_in_the_log_why_and_nothing_of_whom_it_was_about() {
    let house = house().await;
    let chart = find(&house, "Okafor", "Mia", 3, 10).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    house.store.close().await;
    for (path, fields) in [
        ("/feedback", "topic=other&message=Canary+Message"),
        ("/provider", "last=Canary&first=Mia&born-month=3&born-day=10&born-year=2021"),
        ("/objection/choice", "choice=object&name=Canary"),
    ] {
        assert_eq!(house.post(path, "clinic", fields).await.0, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
    let (status, _, page) = house.get(&format!("/provider/people/{chart}"), "clinic").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!page.contains("connections are closed"), "whoever asks is told no more than that it is broken");
    drop(guard);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("the database failed: the connections are closed"), "{text}");
    for personal in ["Canary", "Mia", "2021", chart.as_str()] {
        assert!(!text.contains(personal), "{personal} in the log: {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_press_whose_connection_breaks_is_done_and_the_next_one_is_led_to_it() {
    let house = house().await;
    let before = house.feedback().await;
    for round in 0..20_u32 {
        let body = format!("topic=other&message=Broken+{round}&press={:064x}", 1_000 + round);
        // The connection goes after a moment that is another one each time.
        let cut = std::time::Duration::from_micros(u64::from(round) * 300);
        let _ = tokio::time::timeout(cut, house.post("/feedback", "", &body)).await;
        let again = house.post("/feedback", "", &body).await;
        assert_eq!(again.0, StatusCode::SEE_OTHER, "round {round}");
    }
    assert_eq!(house.feedback().await - before, 20);
}

#[tokio::test]
async fn a_browser_that_names_no_site_can_still_send_forms() {
    // Safari before 16.4, and any browser on plain http: only Origin says where a form comes from, and not under `no-referrer`.
    let house = house().await;
    let (_, headers, _) = house.get("/feedback", "").await;
    assert_eq!(headers["referrer-policy"], "same-origin");
    for (origin, status) in [("http://127.0.0.1:3000", StatusCode::SEE_OTHER), ("null", StatusCode::FORBIDDEN)] {
        let request = Request::builder().method(Method::POST).uri("/feedback");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(header::ORIGIN, origin).header(header::HOST, "127.0.0.1:3000");
        let request = request.body(Body::from("topic=other&message=Old+phone")).unwrap();
        assert_eq!(house.app.clone().oneshot(request).await.unwrap().status(), status, "{origin}");
    }
}

/// A job that was given up for a reason.
async fn given_up(house: &house::House, fault: &str) -> registry::Job {
    house.registry.ask_for(registry::JobKind::Sweep, "").await.unwrap();
    let now = house.registry.now();
    let mut tx = house.store.write().await.unwrap();
    let waiting = tx.open_jobs(store::Part { most: 5, skip: 0 }).await.unwrap().remove(0);
    let held = tx.lease_job(&waiting, now).await.unwrap().unwrap();
    let left = store::JobLeft { state: "dead", outcome: "", fault, run_at: now };
    tx.leave_job(&held, &left, now).await.unwrap();
    tx.commit().await.unwrap();
    held
}

#[tokio::test]
async fn whoever_manages_the_portal_sees_what_was_given_up_and_lets_it_begin_again() {
    let house = house().await;
    let held = given_up(&house, "the store failed: no <b>disk</b>").await;
    let (_, _, page) = house.get("/department/jobs", "dph-admin").await;
    assert!(page.contains("Given up") && page.contains("no &lt;b&gt;disk&lt;/b&gt;"), "{page}");
    let body = format!("job={}", held.job_id());
    for login in ["reviewer", "epidemiologist", "clinic"] {
        assert_eq!(house.post("/department/jobs", login, &body).await.0, StatusCode::NOT_FOUND, "{login}");
    }
    let (status, headers, _) = house.post("/department/jobs", "dph-admin", &body).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, page) = house.get(headers[header::LOCATION].to_str().unwrap(), "dph-admin").await;
    assert!(page.contains("It begins again.") && !page.contains("disk"), "{page}");
    // Pressed once more, in a window left open: it was not given up any more.
    assert_eq!(house.post("/department/jobs", "dph-admin", &body).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_given_up_and_asked_for_anew_since_is_left_to_the_new_one() {
    let house = house().await;
    let held = given_up(&house, "no disk").await;
    let later = house.registry.now() + chrono::Duration::hours(2);
    let newer = registry::Job { id: uuid::Uuid::from_u128(7), created_at: later, run_at: later, ..held.clone() };
    let mut tx = house.store.write().await.unwrap();
    tx.add_job(&newer).await.unwrap();
    tx.commit().await.unwrap();
    let (_, _, page) = house.get("/department/jobs", "dph-admin").await;
    assert!(!page.contains("no disk") && page.contains("Waits or is being done"), "{page}");
    let (_, headers, _) = house.post("/department/jobs", "dph-admin", &format!("job={}", held.job_id())).await;
    let (_, _, page) = house.get(headers[header::LOCATION].to_str().unwrap(), "dph-admin").await;
    assert!(page.contains("The same work was asked for anew since."), "{page}");
}

#[tokio::test]
async fn a_dose_that_is_still_to_be_given_is_not_reported() {
    let house = house().await;
    let mia = find(&house, "Okafor", "Mia", 3, 10).await;
    let tomorrow = SystemClock.today() + chrono::Days::new(1);
    let day = tomorrow.format("given-year=%Y&given-month=%m&given-day=%d");
    let dose = format!("cvx=141&source=administered&office=&product=&mvx=&lot=F1&{day}");
    let path = format!("/provider/people/{mia}/doses/new");
    let (status, _, page) = house.post(&path, "clinic", &dose).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    assert!(page.contains("href=\"#given"), "{page}");
    // Nor is one that was given corrected to that day.
    let (_, _, record) = house.get(&format!("/provider/people/{mia}"), "clinic").await;
    let own = format!("href=\"/provider/people/{mia}/doses/");
    let own = record.split(&own).skip(1).filter_map(|rest| rest.split('"').next()).find(|id| *id != "new").unwrap();
    let path = format!("/provider/people/{mia}/doses/{own}");
    let (status, _, page) = house.post(&path, "clinic", &format!("{dose}&version=1&reason=slip")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
}

#[tokio::test]
async fn a_form_that_is_turned_away_unread_says_that_the_connection_ends() {
    let house = house().await;
    for (path, login) in
        [("/department/jobs", ""), ("/department/jobs", "clinic"), ("/provider/care/x", "nurse"), ("/nothing", "")]
    {
        let (_, headers, _) = house.post(path, login, "job=1").await;
        assert_eq!(headers.get(header::CONNECTION).map(header::HeaderValue::as_bytes), Some(&b"close"[..]), "{path}");
    }
    for (path, login) in [("/feedback", ""), ("/provider", "clinic"), ("/department/jobs", "dph-admin")] {
        let (_, headers, _) = house.post(path, login, "x=1").await;
        assert!(headers.get(header::CONNECTION).is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_day_nobody_can_mean_is_said_to_be_none_and_is_no_days_list() {
    let house = house().await;
    for day in ["never", "1776-07-04", "2126-09-01"] {
        let (status, _, page) = house.get(&format!("/school/board?class=&on={day}"), "nurse").await;
        assert!(status == StatusCode::OK && page.contains("href=\"#on\""), "{day}: {page}");
        for file in ["csv", "pdf"] {
            let (status, ..) = house.get(&format!("/school/board/{file}?class=&on={day}"), "nurse").await;
            assert_eq!(status, StatusCode::BAD_REQUEST, "{file} {day}");
        }
    }
    let (_, _, page) = house.get("/school/board?class=&on=2026-09-01", "nurse").await;
    assert!(!page.contains("href=\"#on\"") && page.contains("September 1, 2026"), "{page}");
}

#[tokio::test]
async fn a_list_with_nobody_in_it_has_nothing_to_save() {
    let house = house().await;
    let list = "Number,Last,First,DOB,Grade,Class\n1,Roe,Ann,someday,K,K-1\n2,Roe,Ben,2021-03-10,never,K-1\n";
    let body =
        format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{list}\r\n--x--\r\n");
    let kind = "multipart/form-data; boundary=x";
    let (_, headers, _) = house.send(Method::POST, "/school/upload", "nurse", kind, body).await;
    let to = headers[header::LOCATION].to_str().unwrap().to_owned();
    let (_, _, page) = house.get(&to, "nurse").await;
    assert!(
        page.contains("No line of this file can be read as a student.") && !page.contains("value=\"save\""),
        "{page}"
    );
    let (status, ..) = house.post(&to, "nurse", "do=save&how=replace").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Thrown away in another window, it is said to be gone.
    house.post(&to, "nurse", "do=drop").await;
    let (status, headers, _) = house.post(&to, "nurse", "do=save&how=replace").await;
    assert_eq!((status, headers[header::LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, to.as_str()));
    let (status, _, page) = house.get(&to, "nurse").await;
    assert!(status == StatusCode::NOT_FOUND && page.contains("not here any more"), "{page}");
}

#[tokio::test]
async fn no_link_of_a_page_leads_to_another_site() {
    let house = house().await;
    for path in ["//evil.example/", "//evil.example/?lang=en", "/%5Cevil.example", "/%2Fevil.example/"] {
        let (_, _, page) = house.get(path, "").await;
        let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 5, "{path}");
        let is_ours = |link: &&str| link.starts_with('#') || link.starts_with('/') && !link.starts_with("//");
        assert_eq!(links.iter().find(|link| !is_ours(link)), None, "{path}");
    }
}
