//! The objection to data sharing, or its withdrawal: one question a page, for anybody, with or without an account.

mod answers;
pub mod page;
pub mod start;
mod step;
pub mod submit;

pub use answers::Answers;
pub use step::{Step, signer_name};
