//! HTTP: from a request to a call, from an answer to a response.

mod cookies;
mod press;
mod request;
mod respond;
mod router;
mod site;
mod tidy;

pub use router::{Portal, router};
pub use site::SiteFiles;
