//! The objection to data sharing, or its withdrawal: one question a page, for anybody, with or without an account.

mod answers;
pub(crate) mod page;
pub(crate) mod start;
mod step;
pub(crate) mod submit;

pub(crate) use answers::Answers;
pub(crate) use step::{Step, signer_name};
