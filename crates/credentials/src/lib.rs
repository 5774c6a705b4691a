//! Secrets and digests: what proves something without telling it.

mod code;
mod digest;

pub use code::VerifyCode;
pub use digest::{doses_digest, hex, sha256, token_digest};
