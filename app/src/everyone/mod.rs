//! Pages for anybody, signed in or not.

pub mod check;
pub mod feedback;
pub mod pages;
pub mod sign_in;
pub mod standing;
pub mod start;
pub mod trouble;
pub mod verify;
