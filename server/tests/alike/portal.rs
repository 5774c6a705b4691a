//! A portal in process on a fixed day, and what it answers without what is made by chance.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BirthDate, Clock, Cvx, PersonName,
    date::PastDay,
    dose::{Lot, Product, Source},
    objection::{Choice, Form, Signer},
    patient::{Address, Demographics, Gender, Mother},
    text::Line,
};
use http_body_util::BodyExt;
use registry::{Caller, Decision, DoseEntry, FileIn, ImportKind, Registry, Settings};
use server::{
    clock::SystemChance,
    config::{Config, Options},
    demo,
    http::router,
};
use store::Store;
use tower::ServiceExt;

use crate::{doors::Elsewhere, people::Somebody};

/// The same minute for seconds on end, a little later each time it is asked: a page that says the time says the same in both portals,
/// and what was done later stands later.
struct Slow(AtomicI64);

impl Clock for Slow {
    fn now(&self) -> DateTime<Utc> {
        let start: DateTime<Utc> = "2026-11-25T15:00:00Z".parse().unwrap();
        start + chrono::Duration::milliseconds(self.0.fetch_add(1, Ordering::Relaxed))
    }
    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.date_naive()
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Portal {
    app: Router,
    pub(crate) registry: Registry,
    clock: Arc<Slow>,
    /// What there is of somebody at the office that knows them.
    pub(crate) elsewhere: Mutex<HashMap<usize, Elsewhere>>,
    /// Which doors were asked.
    pub(crate) asked: Mutex<BTreeSet<(Method, &'static str)>>,
    tokens: HashMap<&'static str, String>,
}

/// An answer, without what is made by chance.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
    /// Where it leads, as it is.
    pub(crate) to: String,
    /// The form that was begun.
    pub(crate) draft: String,
    whole: String,
}

impl Answered {
    /// The form again with the warnings answered.
    pub(crate) fn despite(&self, form: &str) -> String {
        let key = self.whole.split("name=\"warned\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        format!("{form}&despite=needed&warned={}", key.unwrap_or(""))
    }

    /// The first dose the page lets its office correct.
    pub(crate) fn first_dose(&self, chart: &str) -> Option<String> {
        self.first_link(&format!("{chart}/doses/"))
    }

    /// The first link that begins so, and is none to something new.
    /// What a hidden field of the page carries.
    pub(crate) fn hidden_field(&self, name: &str) -> Option<String> {
        let (_, rest) = self.whole.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split('"').next()?.to_owned())
    }

    pub(crate) fn first_link(&self, start: &str) -> Option<String> {
        let start = format!("href=\"{start}");
        let mut all = self.whole.match_indices(&start).filter_map(|(at, _)| self.whole.get(at + 6..));
        let to = all.find_map(|rest| rest.split('"').next().filter(|to| !to.ends_with("/new")))?;
        Some(to.to_owned())
    }
}

/// Numbers of receipts are of chance: `OB-7K2M-0QXA`.
fn without_receipts(text: &str) -> String {
    let mut parts = text.split("OB-");
    let mut without = parts.next().unwrap_or("").to_owned();
    for part in parts {
        without.push_str("OB-");
        without.extend(part.chars().skip(9));
    }
    without
}

/// Ids and secrets of chance are all alike, and so are seconds.
fn masked(text: &str) -> String {
    let mut parts = text.split("nonce=\"");
    let mut without = parts.next().unwrap_or("").to_owned();
    for part in parts {
        without.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    let without = without_receipts(&without);
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in without.chars().chain(['\n']) {
        if letter.is_ascii_hexdigit() && !letter.is_ascii_uppercase() {
            run.push(letter);
            continue;
        }
        let is_chance = run.len() >= 32 || run.len() == 14 && run.starts_with("20261125");
        kept.push_str(if is_chance { "#" } else { &run });
        run.clear();
        kept.push(letter);
    }
    kept
}

impl Portal {
    pub(crate) async fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("miis_alike_{}_{number}.db", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let store = Store::open(path.to_str().unwrap()).await.unwrap();
        store.migrate().await.unwrap();
        let slow = Arc::new(Slow(AtomicI64::new(0)));
        let clock: Arc<dyn Clock> = Arc::clone(&slow) as Arc<dyn Clock>;
        let registry = Registry::new(
            store,
            Arc::clone(&clock),
            Arc::new(SystemChance),
            Settings { form_takes: std::time::Duration::ZERO, ..Settings::default() },
        );
        demo::fill(&registry, &clock, demo::Plan { people: 10, seed: 7 }, &|_| {}).await.unwrap();
        let mut tokens = HashMap::new();
        for login in ["clinic", "other-clinic", "nurse", "registrar", "reviewer"] {
            tokens.insert(login, registry.sign_in(login, app::DEMO_PASSWORD).await.unwrap().unwrap().token);
        }
        let config = Config::load(Options { assets: Some("/nowhere".into()), ..Options::default() }, None).unwrap();
        Self {
            app: router(server::http::Portal::new(registry.clone(), &config)),
            registry,
            clock: slow,
            elsewhere: Mutex::default(),
            asked: Mutex::default(),
            tokens,
        }
    }

    /// From now on it is so many minutes past the hour: what was done to make the portal ready has taken no time.
    pub(crate) fn at(&self, minute: i64) {
        self.clock.0.store(minute * 60_000, Ordering::Relaxed);
    }

    pub(crate) async fn caller(&self, login: &str) -> Caller {
        self.registry.caller(Some(&self.tokens[login]), true).await.unwrap()
    }

    /// Puts somebody on file as another office knows them, with a middle name, another gender, a town, a name they went by and
    /// doses, and an objection in effect.
    pub(crate) async fn hide(&self, who: &Somebody) {
        let clinic = self.caller("clinic").await;
        let person = Demographics {
            mother: Mother { first: "Eve".into(), maiden: "Hidden".into() },
            address: Address::new("9 Hidden Way", "Salem", "MA", "01970").unwrap(),
            phone: "508-555-0199".into(),
            multiple_birth: Some(who.number.is_multiple_of(5)),
            ..Demographics::new(
                PersonName::new(&who.last, &who.first, "Hidden").unwrap(),
                BirthDate::stored(who.born),
                [Gender::Female, Gender::Female, Gender::Unknown][who.number % 3],
            )
        };
        let dose = |on: &str, cvx: u16| DoseEntry {
            given_on: PastDay::new(on.parse().unwrap(), NaiveDate::MAX).unwrap(),
            cvx: Cvx::stored(cvx),
            mvx: None,
            product: Product::default(),
            lot: Lot::stored("H1".into()),
            source: Source::Administered,
            office: Line::default(),
            despite: Line::default(),
            warned: String::new(),
        };
        let mut first = dose(&who.day(1), 3);
        if let Err(registry::RegistryError::Warned(warnings)) = self.registry.add_person(&clinic, &person, &first).await
        {
            first = DoseEntry { despite: Line::new("needed").unwrap(), warned: warnings.key(), ..first };
            self.registry.add_person(&clinic, &person, &first).await.unwrap();
        }
        let doses = [
            ("20240312", "110^Pediarix^CVX", "A"),
            ("20250905", "165^HPV9^CVX", "A"),
            ("20261001", "141^flu^CVX", "A"),
        ];
        let site = clinic.principal.site().unwrap();
        for last in [&who.last, &who.also] {
            let text = who.message_of(last, person.gender.key(), &doses);
            let file = FileIn { kind: ImportKind::Hl7, name: "", order: None, bytes: text.as_bytes() };
            let taken = self.registry.import_file(&clinic, site, file, &|_| {}).await.unwrap().batch;
            assert_eq!((taken.waiting, taken.refused), (0, 0), "on the one record");
        }
        let patient = self.record_of(&clinic, &person).await;
        self.papers_of(&clinic, who, patient).await;
        self.object_for(&person).await;
    }

    /// Their family objects, and the Department puts it in effect.
    async fn object_for(&self, person: &Demographics) {
        let form = Form {
            choice: Choice::Object,
            name: person.name.clone(),
            born: person.born.date(),
            gender: person.gender,
            address: person.address.clone(),
            phone: person.phone.clone(),
            email: String::new(),
            mother: person.mother.clone(),
            signer: Signer::Parent,
            signature: "Eve Hidden".into(),
            signed_on: self.registry.today(),
            office: String::new(),
            office_staff: String::new(),
            language: "en".into(),
        };
        let sent = self.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
        let reviewer = self.caller("reviewer").await;
        let found = self.registry.objection_entry(&reviewer, sent.id).await.unwrap().people;
        let all = found.into_iter().filter(|(found, _)| found.born == person.born);
        let decision = Decision::Accept(all.map(|(person, _)| person.id).collect());
        self.registry.decide_objection(&reviewer, sent.id, 1, &decision).await.unwrap();
    }

    pub(crate) async fn send(&self, method: Method, path: &str, login: &str, fields: &str) -> Answered {
        self.ask(method, path, login, "application/x-www-form-urlencoded", fields.to_owned()).await
    }

    pub(crate) async fn get(&self, path: &str, login: &str) -> Answered {
        self.send(Method::GET, path, login, "").await
    }

    pub(crate) async fn post(&self, path: &str, login: &str, fields: &str) -> Answered {
        self.send(Method::POST, path, login, fields).await
    }

    /// What a search finds: it is sent, and what it leads to asked for.
    pub(crate) async fn search(&self, login: &str, fields: &str) -> Answered {
        let sent = self.post("/provider", login, fields).await;
        if sent.status == 303 { self.get(&sent.to, login).await } else { sent }
    }

    pub(crate) async fn upload(&self, path: &str, login: &str, field: &str, content: &str) -> Answered {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.txt\"\r\n\r\n{content}\r\n--x--\r\n"
        );
        self.ask(Method::POST, path, login, "multipart/form-data; boundary=x", body).await
    }

    /// A page of a form somebody has begun: `draft` is what its answer gave the browser.
    pub(crate) async fn form(&self, path: &str, login: &str, fields: Option<&str>, draft: &str) -> Answered {
        let method = if fields.is_some() { Method::POST } else { Method::GET };
        let kind = "application/x-www-form-urlencoded";
        self.ask_as(method, path, login, kind, fields.unwrap_or("").to_owned(), &format!("; draft={draft}")).await
    }

    async fn ask(&self, method: Method, path: &str, login: &str, kind: &str, body: String) -> Answered {
        self.ask_as(method, path, login, kind, body, "").await
    }

    async fn ask_as(&self, method: Method, path: &str, login: &str, kind: &str, body: String, draft: &str) -> Answered {
        self.note(&method, path);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, format!("miis={}{draft}", self.tokens[login]));
        let response = self.app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let whole = String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).into_owned();
        let value = |value: &header::HeaderValue| value.to_str().unwrap_or("").to_owned();
        let to = parts.headers.get(header::LOCATION).map(value).unwrap_or_default();
        let mut begun = parts.headers.get_all(header::SET_COOKIE).iter().map(value);
        let draft = begun.find_map(|it| Some(it.strip_prefix("draft=")?.split(';').next()?.to_owned()));
        let chance = |name: &str| matches!(name, "content-security-policy");
        let headers = parts
            .headers
            .iter()
            .filter(|(name, _)| !chance(name.as_str()))
            .map(|(name, of)| (name.to_string(), masked(&value(of))))
            .collect();
        let draft = draft.unwrap_or_default();
        Answered { status: parts.status.as_u16(), headers, body: masked(&whole), to, draft, whole }
    }
}
