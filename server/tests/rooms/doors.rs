//! Who may come in where: written down a second time, apart from app/routes.rs.

use std::collections::HashMap;

/// Who may come in, written down a second time: "" is somebody not signed in.
pub(crate) const EVERYBODY: &[&str] = &[
    "",
    "parent",
    "nurse",
    "registrar",
    "clinic",
    "clinic-admin",
    "other-clinic",
    "reviewer",
    "epidemiologist",
    "help",
];
const SIGNED_IN: &[&str] =
    &["parent", "nurse", "registrar", "clinic", "clinic-admin", "other-clinic", "reviewer", "epidemiologist", "help"];
const FAMILY: &[&str] = &["parent"];
const OFFICE: &[&str] = &["clinic", "clinic-admin", "other-clinic"];
const SCHOOL: &[&str] = &["nurse", "registrar"];
const NURSE: &[&str] = &["nurse"];
const DEPARTMENT: &[&str] = &["reviewer", "epidemiologist"];
const REVIEWER: &[&str] = &["reviewer"];

pub(crate) fn table() -> HashMap<&'static str, &'static [&'static str]> {
    HashMap::from([
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
        ("/objection", EVERYBODY),
        ("/objection/check", EVERYBODY),
        ("/objection/receipt", EVERYBODY),
        ("/objection/receipt/pdf", EVERYBODY),
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
        ("/provider/people/{patient}", OFFICE),
        ("/provider/people/{patient}/care", OFFICE),
        ("/provider/people/{patient}/doses/new", OFFICE),
        ("/provider/people/{patient}/doses/{dose}", OFFICE),
        ("/provider/people/{patient}/doses/{dose}/void", OFFICE),
        ("/provider/people/{patient}/certificates/{certificate}", OFFICE),
        ("/provider/people/{patient}/certificates/{certificate}/pdf", OFFICE),
        ("/provider/requests", OFFICE),
        ("/provider/requests/{patient}/{request}", OFFICE),
        ("/provider/requests/{patient}/{request}/certify", OFFICE),
        ("/provider/requests/{patient}/{request}/return", OFFICE),
        ("/provider/import", OFFICE),
        ("/provider/import/{batch}/answers", OFFICE),
        ("/provider/import/{batch}", OFFICE),
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
        ("/department/feedback", DEPARTMENT),
    ])
}
