//! What a page is called with: who asks, in which language, for what.

use registry::{Caller, Registry};
use words::Words;

use crate::{
    answer::{Answer, Failure, Page, Reply},
    form::Form,
};

/// A request, as a page sees it.
#[derive(Clone)]
pub struct Call {
    /// The one door.
    pub registry: Registry,
    /// Who asks.
    pub caller: Caller,
    /// The texts of their language.
    pub words: Words,
    /// The path, for the language switch.
    pub path: String,
    /// The parts of the path that stand for something.
    pub params: Vec<(String, String)>,
    /// The question mark's part. Never personal.
    pub query: Vec<(String, String)>,
    /// What was typed.
    pub form: Form,
    /// The session's secret.
    pub token: Option<String>,
    /// The draft's secret.
    pub draft: Option<String>,
    /// How people reach the portal, such as `https://miis.example.gov`; for QR codes.
    pub public_url: String,
    /// Made-up data: the pages say so, and how to sign in.
    pub demo: bool,
}

impl Call {
    /// A typed part of the path.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when it is none of its kind.
    pub fn param<T: std::str::FromStr>(&self, name: &str) -> Result<T, Failure> {
        let value = self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
        value.parse().map_err(|_| Failure::NotFound)
    }

    /// A part of the question mark's part; empty if not there.
    pub fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The page again, with what is wrong.
    ///
    /// # Errors
    /// Never; it is a [`Reply`] for brevity.
    pub fn again(page: Page) -> Reply {
        Ok(Answer::Invalid(page))
    }

    /// Go there.
    ///
    /// # Errors
    /// Never; it is a [`Reply`] for brevity.
    pub fn go(to: impl Into<String>) -> Reply {
        Ok(Answer::Go(to.into()))
    }
}
