//! The one table of routes: address, who may come in, the page, and what a form posted there does.
//!
//! Whoever is not let in gets the page for a place that does not exist; whoever is not signed in is asked to.

use std::{future::Future, pin::Pin};

use domain::Role;

use crate::{answer::Reply, call::Call, department, everyone, family, objection, provider, school};

/// A page or a form's action.
pub type Handler = fn(Call) -> Pin<Box<dyn Future<Output = Reply> + Send>>;

/// Who may come in. What of a record is shown is decided by the registry; this keeps people out of others' rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Families.
    Family,
    /// Staff of an office.
    Provider,
    /// Nurse or registrar of a school.
    School,
    /// The nurse of a school.
    Nurse,
    /// Whoever decides forms at the Department.
    Reviewer,
    /// Anybody of the Department.
    Department,
    /// Whoever manages the portal for the Department.
    Manager,
}

impl Who {
    /// May this role come in? `None` is somebody not signed in.
    pub fn admits(self, role: Option<Role>) -> bool {
        match (self, role) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => true,
            (_, None) => false,
            (Self::Family, Some(role)) => role == Role::Family,
            (Self::Provider, Some(role)) => role.is_provider(),
            (Self::School, Some(role)) => role.is_school(),
            (Self::Nurse, Some(role)) => role == Role::SchoolNurse,
            (Self::Reviewer, Some(role)) => matches!(role, Role::DphReviewer | Role::DphAdmin),
            (Self::Department, Some(role)) => role.is_department(),
            (Self::Manager, Some(role)) => role == Role::DphAdmin,
        }
    }
}

/// What a form may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    /// Fields: 64 kB.
    Fields,
    /// Fields that may be a whole message: 2 MB.
    Text,
    /// The page that checks vaccines: a list and a data file, 300 kB.
    Check,
    /// A class list: 4 MB.
    List,
    /// A file of messages: 32 MB.
    Messages,
}

/// One route.
#[derive(Clone, Copy)]
pub struct Route {
    /// Its address; parts in braces stand for something.
    pub path: &'static str,
    /// Who may come in.
    pub who: Who,
    /// The page, if it can be visited.
    pub get: Option<Handler>,
    /// What a form posted there does, if one can.
    pub post: Option<Handler>,
    /// What it may send.
    pub sends: Sends,
}

macro_rules! handler {
    (-) => {
        None
    };
    ($($function:tt)+) => {
        Some(|call| Box::pin($($function)+(call)))
    };
}

macro_rules! routes {
    ($($path:literal $who:ident get($($get:tt)+) post($($post:tt)+) $sends:ident;)+) => {
        /// All of them.
        pub const ROUTES: &[Route] = &[$(Route {
            path: $path,
            who: Who::$who,
            get: handler!($($get)+),
            post: handler!($($post)+),
            sends: Sends::$sends,
        }),+];
    };
}

routes! {
    "/" Anyone get(everyone::start::page) post(-) Fields;
    "/about" Anyone get(everyone::pages::about) post(-) Fields;
    "/your-information" Anyone get(everyone::pages::information) post(-) Fields;
    "/questions" Anyone get(everyone::pages::questions) post(-) Fields;
    "/for-schools" Anyone get(everyone::pages::schools) post(-) Fields;
    "/for-providers" Anyone get(everyone::pages::providers) post(-) Fields;
    "/get-record" Anyone get(everyone::pages::get_record) post(-) Fields;
    "/privacy" Anyone get(everyone::pages::privacy) post(-) Fields;
    "/accessibility" Anyone get(everyone::pages::accessibility) post(-) Fields;
    "/contact" Anyone get(everyone::pages::contact) post(-) Fields;
    "/feedback" Anyone get(everyone::feedback::page) post(everyone::feedback::send) Fields;
    "/check" Anyone get(everyone::check::page) post(everyone::check::send) Check;
    "/check/schedule/{digest}" Anyone get(everyone::check::schedule) post(-) Fields;
    "/verify" Anyone get(everyone::verify::page) post(everyone::verify::send) Fields;
    "/verify/{code}" Anyone get(everyone::verify::scanned) post(-) Fields;
    "/sign-in" Anyone get(everyone::sign_in::page) post(everyone::sign_in::send) Fields;
    "/sign-out" Anyone get(-) post(everyone::sign_in::sign_out) Fields;
    "/desk" SignedIn get(everyone::sign_in::desk) post(-) Fields;
    "/standing" SignedIn get(everyone::standing::page) post(everyone::standing::send) Fields;

    "/objection" Anyone get(objection::start::page) post(objection::start::begin) Fields;
    "/objection/check" Anyone get(objection::submit::check) post(objection::submit::submit) Fields;
    "/objection/receipt" Anyone get(objection::submit::receipt) post(-) Fields;
    "/objection/receipt/pdf" Anyone get(objection::submit::receipt_pdf) post(-) Fields;
    "/objection/done" Anyone get(-) post(objection::submit::done) Fields;
    "/objection/{step}" Anyone get(objection::page::page) post(objection::page::send) Fields;

    "/family" Family get(family::home::page) post(-) Fields;
    "/family/people/{patient}" Family get(family::record::page) post(-) Fields;
    "/family/people/{patient}/data" Family get(family::record::data) post(-) Fields;
    "/family/people/{patient}/looked" Family get(family::looked::page) post(-) Fields;
    "/family/people/{patient}/ask" Family get(family::ask::page) post(family::ask::send) Fields;
    "/family/people/{patient}/certificates/{certificate}" Family get(family::certificate::page) post(-) Fields;
    "/family/people/{patient}/certificates/{certificate}/pdf" Family get(family::certificate::pdf) post(-) Fields;

    "/provider" Provider get(provider::find::page) post(provider::find::send) Fields;
    "/provider/overdue" Provider get(provider::overdue::page) post(-) Fields;
    "/provider/people/new" Provider get(provider::newcomer::page) post(provider::newcomer::send) Fields;
    "/provider/people/{chart}" Provider get(provider::record::page) post(-) Fields;
    "/provider/care/{patient}" Provider get(-) post(provider::find::take_into_care) Fields;
    "/provider/people/{chart}/doses/new" Provider get(provider::dose::new_page) post(provider::dose::new_send) Fields;
    "/provider/people/{chart}/doses/{dose}" Provider get(provider::dose::correct_page) post(provider::dose::correct_send) Fields;
    "/provider/people/{chart}/doses/{dose}/void" Provider get(-) post(provider::dose::void_send) Fields;
    "/provider/people/{chart}/certificates/{certificate}" Provider get(provider::certificate::page) post(provider::certificate::revoke) Fields;
    "/provider/people/{chart}/certificates/{certificate}/pdf" Provider get(provider::certificate::pdf) post(-) Fields;
    "/provider/requests" Provider get(provider::request::queue) post(provider::request::find) Fields;
    "/provider/requests/{chart}/{request}" Provider get(provider::request::review) post(-) Fields;
    "/provider/requests/{chart}/{request}/certify" Provider get(-) post(provider::request::certify) Fields;
    "/provider/requests/{chart}/{request}/return" Provider get(-) post(provider::request::send_back) Fields;
    "/provider/import" Provider get(provider::import::page) post(provider::import::send) Messages;
    "/provider/import/{batch}" Provider get(provider::import::result) post(provider::import::act) Fields;
    "/provider/import/{batch}/answers" Provider get(provider::import::answers) post(-) Fields;
    "/provider/messages" Provider get(-) post(provider::import::find) Fields;
    "/provider/messages/{message}" Provider get(provider::message::page) post(provider::message::send) Text;
    "/provider/objection" Provider get(objection::start::page) post(objection::start::begin) Fields;

    "/school" School get(school::upload::classes) post(school::upload::seen) Fields;
    "/school/upload" School get(school::upload::page) post(school::upload::send) List;
    "/school/sample" School get(school::upload::sample) post(-) Fields;
    "/school/rosters/{roster}" School get(school::review::page) post(school::review::send) Text;
    "/school/board" School get(school::board::page) post(-) Fields;
    "/school/board/csv" School get(school::board::csv) post(-) Fields;
    "/school/board/pdf" School get(school::board::pdf) post(-) Fields;
    "/school/students/{student}" Nurse get(school::student::page) post(-) Fields;

    "/department" Department get(department::home::page) post(department::home::send) Fields;
    "/department/reason" Department get(-) post(department::home::reason) Fields;
    "/department/people/{patient}" Department get(department::home::person) post(-) Fields;
    "/department/objections" Reviewer get(department::forms::queue) post(department::forms::find) Fields;
    "/department/objections/{objection}" Reviewer get(department::forms::page) post(department::forms::send) Fields;
    "/department/objections/{objection}/pdf" Reviewer get(department::forms::pdf) post(-) Fields;
    "/department/jobs" Manager get(department::jobs::page) post(department::jobs::again) Fields;
    "/department/feedback" Department get(department::feedback::page) post(department::feedback::find) Fields;
}
