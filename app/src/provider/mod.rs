//! Rooms of a provider's office: finding people, their records, reporting doses, files, requests.

pub mod certificate;
pub mod dose;
pub mod find;
pub mod import;
mod mend;
pub mod message;
pub mod newcomer;
pub mod overdue;
pub mod record;
pub mod request;
