//! What a person sees. Pages are made on the server; in the browser only islands wake up.
//!
//! A page is a function from a [`call::Call`] to an [`answer::Answer`]: it asks the registry first, and only then draws.
//! [`routes::ROUTES`] is the one table of them.

// Views are deep types.
#![recursion_limit = "256"]

pub mod islands;

#[cfg(feature = "ssr")]
pub mod answer;
#[cfg(feature = "ssr")]
pub mod call;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod ui;

#[cfg(feature = "ssr")]
mod department;
#[cfg(feature = "ssr")]
mod everyone;
#[cfg(feature = "ssr")]
mod family;
#[cfg(feature = "ssr")]
mod objection;
#[cfg(feature = "ssr")]
mod provider;
#[cfg(feature = "ssr")]
mod school;

#[cfg(feature = "ssr")]
pub use everyone::{trouble, verify::too_many};

#[cfg(feature = "ssr")]
pub use everyone::sign_in::{DEMO, DEMO_PASSWORD};
