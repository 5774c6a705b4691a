//! Rooms of a family: their people, the record, the certified record.

pub mod ask;
pub mod certificate;
pub mod home;
pub mod looked;
pub mod record;
