//! Every door of an office and of a school, and what is behind it for whoever has an address that is another office's.

use std::collections::BTreeSet;

use axum::http::Method;
use chrono::NaiveDate;
use domain::{
    PatientId, Principal, Role, Standing, UserId,
    actor::{Assurance, Person},
    certificate::{IdentityCheck, RecordUse},
    patient::Demographics,
    text::Line,
};
use registry::{Account, Caller};
use uuid::Uuid;

use crate::{
    people::Somebody,
    portal::{Answered, Portal},
};

/// What there is of somebody at the office that knows them, by its addresses.
#[derive(Clone)]
pub(crate) struct Elsewhere {
    patient: String,
    chart: String,
    dose: String,
    request: String,
    certificate: String,
    /// What the asking office called them while they were in its care.
    before: String,
}

impl Elsewhere {
    /// Addresses of nobody.
    fn of_nobody(number: usize) -> Self {
        let id = |kind: usize| Uuid::from_u128(u128::try_from(kind * 1_000 + number).unwrap() << 64 | 7).simple();
        let [patient, chart, dose, request, certificate, before] = [1, 2, 3, 4, 5, 6].map(|kind| id(kind).to_string());
        Self { patient, chart, dose, request, certificate, before }
    }
}

fn account_of(number: usize) -> Account {
    Account {
        id: Uuid::from_u128(u128::try_from(number).unwrap() << 64 | 0xFA),
        login_key: format!("family {number}"),
        name: "Family".into(),
        password_hash: String::new(),
        role: Role::Family.key().into(),
        site_id: None,
        licence: String::new(),
        language: "en".into(),
        active: true,
    }
}

impl Portal {
    /// The person as the office that knows them finds them.
    pub(crate) async fn record_of(&self, clinic: &Caller, person: &Demographics) -> PatientId {
        let (last, first) = (person.name.last(), person.name.first());
        self.registry.search(clinic, last, first, person.born.date()).await.unwrap()[0].id
    }

    /// A certificate and a request that waits, at the office that knows somebody: the family has asked twice.
    pub(crate) async fn papers_of(&self, clinic: &Caller, who: &Somebody, patient: PatientId) {
        let account = account_of(who.number);
        let user = UserId::new(account.id);
        let mut seeder = self.registry.seed().await.unwrap();
        seeder.account(&account).await.unwrap();
        seeder.guardian(Uuid::from_u128(account.id.as_u128() + 1), patient, user, "parent").await.unwrap();
        seeder.commit().await.unwrap();
        let standing = Standing::new(Role::Family, None).unwrap();
        let person = Person { user, name: account.name, standing, assurance: Assurance::One };
        let parent = Caller::new(Principal::Person(person));
        let site = clinic.principal.site().unwrap();
        let nobody = Line::default();
        let ask = || self.registry.ask_for_record(&parent, patient, site, RecordUse::School, &nobody);
        let first = ask().await.unwrap().id;
        let shown = self.registry.review(clinic, patient, first).await.unwrap().shown;
        let known = IdentityCheck::Known;
        let certificate = self.registry.certify(clinic, patient, first, known, &shown, "en").await.unwrap();
        let chart = self.registry.chart_of(clinic, patient).await.unwrap();
        let dose = self.registry.record(clinic, patient).await.unwrap().doses[0].id;
        let elsewhere = Elsewhere {
            patient: patient.to_string(),
            chart: chart.to_string(),
            dose: dose.to_string(),
            request: ask().await.unwrap().id.to_string(),
            certificate: certificate.to_string(),
            before: self.taken_into_care(who, patient).await,
        };
        self.elsewhere.lock().unwrap().insert(who.number, elsewhere);
    }

    /// Every tenth was in the asking office's care before their family objected: it has never reported anything of them.
    async fn taken_into_care(&self, who: &Somebody, patient: PatientId) -> String {
        if !who.number.is_multiple_of(10) {
            return Elsewhere::of_nobody(who.number).before;
        }
        let other = self.caller("other-clinic").await;
        self.registry.take_into_care(&other, patient).await.unwrap().to_string()
    }

    fn elsewhere(&self, who: &Somebody) -> Elsewhere {
        self.elsewhere.lock().unwrap().get(&who.number).cloned().unwrap_or_else(|| Elsewhere::of_nobody(who.number))
    }

    /// Keeps that a door was asked.
    pub(crate) fn note(&self, method: &Method, path: &str) {
        let path = path.split('?').next().unwrap();
        let fits = |template: &&str| {
            template.split('/').count() == path.split('/').count()
                && template.split('/').zip(path.split('/')).all(|(part, is)| part == is || part.starts_with('{'))
        };
        // As the router does, the one with fewer parts that stand for something.
        let templates = app::routes::ROUTES.iter().map(|route| route.path).filter(fits);
        if let Some(door) = templates.min_by_key(|template| template.matches('{').count()) {
            self.asked.lock().unwrap().insert((method.clone(), door));
        }
    }

    /// The doors of offices and schools that nobody has asked. That it was asked does not say that something was behind it: papers of
    /// another office's are asked for here, and there is nothing behind those.
    pub(crate) fn unasked(&self) -> Vec<(Method, &'static str)> {
        use app::routes::Who;
        let asked = self.asked.lock().unwrap().clone();
        let all = app::routes::ROUTES.iter().filter(|route| {
            matches!(route.who, Who::Provider | Who::School | Who::Nurse | Who::SignedIn)
                || route.path.starts_with("/objection")
        });
        let doors: BTreeSet<(Method, &'static str)> = all
            .flat_map(|route| {
                let get = route.get.map(|_| (Method::GET, route.path));
                get.into_iter().chain(route.post.map(|_| (Method::POST, route.path)))
            })
            .collect();
        doors.difference(&asked).cloned().collect()
    }

    /// The seats of a class as a school has them, in the order of its board.
    async fn seats(&self, login: &str) -> Vec<String> {
        let nurse = self.caller(login).await;
        let board = self.registry.board(&nurse, "9-1", NaiveDate::default()).await.unwrap();
        board.lines.into_iter().map(|line| line.id.to_string()).collect()
    }
}

/// What an office gets that has the addresses of another one, or a page of its own and papers of another.
pub(crate) async fn by_address(portal: &Portal, who: &Somebody, own: Option<&str>) -> Vec<(String, Answered)> {
    let office = "other-clinic";
    let Elsewhere { patient, chart, dose, request, certificate, before } = portal.elsewhere(who);
    let elsewhere = format!("/provider/people/{chart}");
    let page = own.unwrap_or(&elsewhere);
    let request = format!("/provider/requests/{}/{request}", page.rsplit('/').next().unwrap());
    let mut said = Vec::new();
    let mut asked = vec![
        (page.to_owned(), None),
        (format!("{page}/doses/new"), None),
        (format!("{page}/doses/{dose}"), None),
        (format!("{page}/doses/{dose}"), Some(format!("{}&version=1&reason=slip", who.dose(&who.day(3), 3)))),
        (format!("{page}/doses/{dose}/void"), Some("version=1&void-reason=slip".to_owned())),
        (format!("{page}/certificates/{certificate}"), None),
        (format!("{page}/certificates/{certificate}"), Some("reason=slip".to_owned())),
        (format!("{page}/certificates/{certificate}/pdf"), None),
        (request.clone(), None),
        (format!("{request}/certify"), Some("identity=known&shown=0&statement=yes".to_owned())),
        (format!("{request}/return"), Some("reason=slip".to_owned())),
        (format!("/provider/care/{patient}"), Some(String::new())),
        ("/provider/requests".to_owned(), Some(format!("sought={}", who.last))),
        ("/provider/messages".to_owned(), Some(format!("sought={}", who.last))),
        ("/provider/objection".to_owned(), None),
        ("/desk".to_owned(), None),
        ("/standing".to_owned(), None),
        ("/standing".to_owned(), Some(format!("standing={patient}"))),
    ];
    let before = format!("/provider/people/{before}");
    asked.push((before.clone(), None));
    asked.push((format!("{before}/doses/new"), None));
    asked.push((format!("{before}/doses/new"), Some(who.dose(&who.day(2), 3))));
    if own.is_none() {
        asked.push((format!("{page}/doses/new"), Some(who.dose(&who.day(1), 3))));
    }
    for (path, fields) in asked {
        let method = if fields.is_some() { Method::POST } else { Method::GET };
        let answer = portal.send(method, &path, office, fields.as_deref().unwrap_or("")).await;
        said.push((format!("{path} of {}, {}", who.last, who.first), answer));
    }
    said
}

/// An office hands in the family's objection, and looks again.
pub(crate) async fn objection(portal: &Portal, who: &Somebody, chart: &str) -> Vec<(String, Answered)> {
    let office = "other-clinic";
    let Elsewhere { patient, .. } = portal.elsewhere(who);
    let begun = portal.post("/provider/objection", office, &format!("for={patient}")).await;
    let draft = begun.draft.clone();
    assert!(!draft.is_empty(), "{begun:?}");
    let mut said = vec![("a form begun".to_owned(), begun)];
    let search = who.search();
    let (name, born) = search.split_once("&born").unwrap();
    let statements: Vec<String> =
        (1..=domain::objection::STATEMENTS).map(|number| format!("statement-{number}=yes")).collect();
    let steps = [
        ("choice", "choice=object".to_owned()),
        ("name", format!("{name}&middle=")),
        ("birth", format!("born{born}")),
        ("gender", format!("gender={}", who.gender)),
        ("address", "street=1+Elm+St&city=Lynn&state=MA&zip=01901".to_owned()),
        ("contact", "phone=617-555-0123&email=".to_owned()),
        ("mother", "mother-first=Eve&mother-maiden=Typed".to_owned()),
        ("statements", statements.join("&")),
        ("signer", "signer=parent".to_owned()),
        ("check", "signature=Eve+Typed&agree=yes".to_owned()),
    ];
    for (step, fields) in steps {
        let path = format!("/objection/{step}");
        for fields in [None, Some(fields.as_str())] {
            said.push((format!("{path} of {}", who.last), portal.form(&path, office, fields, &draft).await));
        }
    }
    let (_, sent) = said.last().unwrap();
    assert_eq!((sent.status, sent.to.as_str()), (303, "/objection/receipt"), "{sent:?}");
    said.push(("the receipt".to_owned(), portal.form("/objection/receipt", office, None, &draft).await));
    // A paper with a number of chance in it, pressed together: what it says is what was typed (documents), so it is as long but for that.
    let paper = portal.form("/objection/receipt/pdf", office, None, &draft).await;
    assert!(paper.status == 200 && paper.body.starts_with("%PDF"), "{}", paper.status);
    said.push(("the form removed".to_owned(), portal.form("/objection/done", office, Some(""), &draft).await));
    said.push(("the page after the form".to_owned(), portal.get(chart, office).await));
    said.push(("found after the form".to_owned(), portal.search(office, &who.search()).await));
    for path in ["/objection", "/objection/check", "/objection/receipt"] {
        said.push((path.to_owned(), portal.get(path, office).await));
    }
    said.push(("begun without a desk".to_owned(), portal.post("/objection", office, &format!("for={patient}")).await));
    said
}

/// The seats of a school's class, each by its address.
pub(crate) async fn students(portal: &Portal, login: &str) -> Vec<(String, Answered)> {
    let mut said = Vec::new();
    for seat in portal.seats(login).await {
        let path = format!("/school/students/{seat}?on=2026-09-02");
        said.push((path.clone(), portal.get(&path, login).await));
    }
    for path in ["/school/sample", "/school/upload", "/desk", "/standing"] {
        said.push((path.to_owned(), portal.get(path, login).await));
    }
    let notice = Uuid::from_u128(7).simple();
    said.push(("a notice seen".to_owned(), portal.post("/school", login, &format!("seen={notice}")).await));
    said
}
