//! Pages for anybody, signed in or not.

pub(crate) mod check;
pub(crate) mod feedback;
pub(crate) mod pages;
pub(crate) mod sign_in;
pub(crate) mod standing;
pub(crate) mod start;
pub mod trouble;
pub(crate) mod verify;
