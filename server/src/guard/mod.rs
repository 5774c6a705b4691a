//! What stands before every page: forged requests, too many tries, headers.

mod forged;
mod headers;
mod tries;

pub use forged::is_forged;
pub use headers::{harden, private};
pub use tries::{Bucket, Tried, Tries};
