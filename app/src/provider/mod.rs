//! Rooms of a provider's office: finding people, their records, reporting doses, files, requests.

pub(crate) mod certificate;
pub(crate) mod dose;
pub(crate) mod find;
pub(crate) mod import;
mod mend;
pub(crate) mod message;
pub(crate) mod newcomer;
pub(crate) mod overdue;
pub(crate) mod record;
pub(crate) mod request;
