//! The portal in process, with the demo's people, and somebody who asks it.

use super::*;

static COUNT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct House {
    pub(crate) app: Router,
    pub(crate) registry: Registry,
    pub(crate) store: Store,
    pub(crate) tokens: HashMap<&'static str, String>,
}

pub(crate) async fn house() -> House {
    let path = std::env::temp_dir().join(format!(
        "miis_rooms_{}_{}.db",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    ));
    let _ = std::fs::remove_file(&path);
    let store = Store::open(path.to_str().unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let registry = Registry::new(
        store.clone(),
        Arc::clone(&clock),
        Arc::new(SystemChance),
        Settings { form_takes: std::time::Duration::ZERO, ..Settings::default() },
    );
    demo::fill(&registry, &clock, demo::Plan { people: 30, seed: 7 }, &|_| {}).await.unwrap();
    let mut tokens = HashMap::new();
    for (login, _) in app::DEMO {
        tokens.insert(login, registry.sign_in(login, app::DEMO_PASSWORD).await.unwrap().unwrap().token);
    }
    let config = Config::load(Options { assets: Some("/nowhere".into()), ..Options::default() }, None).unwrap();
    House { app: router(Portal::new(registry.clone(), &config)), registry, store, tokens }
}

impl House {
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        login: &str,
        kind: &str,
        body: impl Into<Body>,
    ) -> (StatusCode, header::HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, kind);
        if let Some(token) = self.tokens.get(login) {
            request = request.header(header::COOKIE, format!("miis={token}"));
        }
        let response = self.app.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// How many have said what they think.
    pub(crate) async fn feedback(&self) -> usize {
        let reviewer = self.registry.caller(Some(&self.tokens["reviewer"]), true).await.unwrap();
        usize::try_from(self.registry.feedback(&reviewer, 1, "").await.unwrap().all).unwrap()
    }

    pub(crate) async fn get(&self, path: &str, login: &str) -> (StatusCode, header::HeaderMap, String) {
        self.send(Method::GET, path, login, "", Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, login: &str, fields: &str) -> (StatusCode, header::HeaderMap, String) {
        self.send(Method::POST, path, login, "application/x-www-form-urlencoded", fields.to_owned()).await
    }
}

/// The address with an id that is nobody's.
pub(crate) fn address(route: &Route) -> String {
    let nobody = "0190a0a0a0a07000800000000000abcd";
    [
        "{patient}",
        "{chart}",
        "{certificate}",
        "{dose}",
        "{request}",
        "{batch}",
        "{message}",
        "{roster}",
        "{student}",
        "{objection}",
        "{code}",
        "{digest}",
    ]
    .iter()
    .fold(route.path.replace("{step}", "choice"), |path, part| path.replace(part, nobody))
}

pub(crate) fn main_part(html: &str) -> String {
    html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or("").to_owned()
}

/// What the clinic's addresses call somebody of the demo's cast, by its search.
pub(crate) async fn find(house: &House, last: &str, first: &str, month: u32, day: u32) -> String {
    let year = chrono::Datelike::year(&SystemClock.today()) - 5;
    let fields = format!("last={last}&first={first}&born-month={month}&born-day={day}&born-year={year}");
    house.post("/provider", "clinic", &fields).await;
    let (_, _, page) = house.get("/provider?sought=yes", "clinic").await;
    let at = page.find("href=\"/provider/people/").unwrap() + "href=\"/provider/people/".len();
    page.get(at..at + 32).unwrap().to_owned()
}

/// Who that is on file.
pub(crate) async fn on_file(house: &House, chart: &str) -> String {
    let clinic = house.registry.caller(Some(&house.tokens["clinic"]), true).await.unwrap();
    house.registry.of_chart(&clinic, chart.parse().unwrap()).await.unwrap().to_string()
}
