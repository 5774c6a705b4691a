//! Who may come in where: written down a second time, apart from app/routes.rs.

use std::collections::HashMap;

/// Who may come in, written down a second time: "" is somebody not signed in, the others are everybody of the demo, a role each.
pub(crate) const EVERYBODY: &[&str] = &[
    "",
    "parent",
    "parent-nurse",
    "nurse",
    "registrar",
    "clinic",
    "clinic-admin",
    "other-clinic",
    "reviewer",
    "epidemiologist",
    "dph-admin",
    "child-care",
    "college",
    "help",
];
const SIGNED_IN: &[&str] = &[
    "parent",
    "parent-nurse",
    "nurse",
    "registrar",
    "clinic",
    "clinic-admin",
    "other-clinic",
    "reviewer",
    "epidemiologist",
    "dph-admin",
    "child-care",
    "college",
    "help",
];
const FAMILY: &[&str] = &["parent", "parent-nurse"];
const OFFICE: &[&str] = &["clinic", "clinic-admin", "other-clinic"];
const SCHOOL: &[&str] = &["nurse", "registrar"];
const NURSE: &[&str] = &["nurse"];
const DEPARTMENT: &[&str] = &["reviewer", "epidemiologist", "dph-admin"];
const REVIEWER: &[&str] = &["reviewer", "dph-admin"];

/// Who comes in at which door.
const DOORS: &[(&str, &[&str])] = &[
    ("/", EVERYBODY),
    ("/about", EVERYBODY),
    ("/your-information", EVERYBODY),
    ("/questions", EVERYBODY),
    ("/for-schools", EVERYBODY),
    ("/for-providers", EVERYBODY),
    ("/get-record", EVERYBODY),
    ("/privacy", EVERYBODY),
    ("/accessibility", EVERYBODY),
    ("/contact", EVERYBODY),
    ("/feedback", EVERYBODY),
    ("/check", EVERYBODY),
    ("/check/schedule/{digest}", EVERYBODY),
    ("/verify", EVERYBODY),
    ("/verify/{code}", EVERYBODY),
    ("/sign-in", EVERYBODY),
    ("/sign-out", EVERYBODY),
    ("/desk", SIGNED_IN),
    ("/standing", SIGNED_IN),
    ("/objection", EVERYBODY),
    ("/objection/check", EVERYBODY),
    ("/objection/receipt", EVERYBODY),
    ("/objection/receipt/pdf", EVERYBODY),
    ("/objection/done", EVERYBODY),
    ("/objection/{step}", EVERYBODY),
    ("/family", FAMILY),
    ("/family/people/{patient}", FAMILY),
    ("/family/people/{patient}/data", FAMILY),
    ("/family/people/{patient}/looked", FAMILY),
    ("/family/people/{patient}/ask", FAMILY),
    ("/family/people/{patient}/certificates/{certificate}", FAMILY),
    ("/family/people/{patient}/certificates/{certificate}/pdf", FAMILY),
    ("/provider", OFFICE),
    ("/provider/overdue", OFFICE),
    ("/provider/people/new", OFFICE),
    ("/provider/people/{chart}", OFFICE),
    ("/provider/care/{patient}", OFFICE),
    ("/provider/people/{chart}/doses/new", OFFICE),
    ("/provider/people/{chart}/doses/{dose}", OFFICE),
    ("/provider/people/{chart}/doses/{dose}/void", OFFICE),
    ("/provider/people/{chart}/certificates/{certificate}", OFFICE),
    ("/provider/people/{chart}/certificates/{certificate}/pdf", OFFICE),
    ("/provider/requests", OFFICE),
    ("/provider/requests/{chart}/{request}", OFFICE),
    ("/provider/requests/{chart}/{request}/certify", OFFICE),
    ("/provider/requests/{chart}/{request}/return", OFFICE),
    ("/provider/import", OFFICE),
    ("/provider/import/{batch}/answers", OFFICE),
    ("/provider/import/{batch}", OFFICE),
    ("/provider/messages", OFFICE),
    ("/provider/messages/{message}", OFFICE),
    ("/provider/objection", OFFICE),
    ("/school", SCHOOL),
    ("/school/upload", SCHOOL),
    ("/school/sample", SCHOOL),
    ("/school/rosters/{roster}", SCHOOL),
    ("/school/board", SCHOOL),
    ("/school/board/csv", SCHOOL),
    ("/school/board/pdf", SCHOOL),
    ("/school/students/{student}", NURSE),
    ("/department", DEPARTMENT),
    ("/department/reason", DEPARTMENT),
    ("/department/people/{patient}", DEPARTMENT),
    ("/department/objections", REVIEWER),
    ("/department/objections/{objection}", REVIEWER),
    ("/department/objections/{objection}/pdf", REVIEWER),
    ("/department/jobs", &["dph-admin"]),
    ("/department/feedback", DEPARTMENT),
];

pub(crate) fn table() -> HashMap<&'static str, &'static [&'static str]> {
    DOORS.iter().copied().collect()
}
