//! The objection to data sharing, or its withdrawal: one question a page, for anybody, with or without an account.

mod answers;
pub mod start;
pub mod step;
pub mod submit;

pub use answers::Answers;
