//! Rooms of a family: their people, the record, the certified record.

pub(crate) mod ask;
pub(crate) mod certificate;
pub(crate) mod home;
pub(crate) mod looked;
pub(crate) mod record;
