//! What a page is called with: who asks, in which language, for what.

use domain::{ChartId, PatientId};
use registry::{Caller, Registry, SearchTerms};
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

    /// Whom the address names, to the office that asks: by its own address of them.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when it names nobody in its care.
    pub async fn charted(&self) -> Result<(ChartId, PatientId), Failure> {
        let chart = self.param("chart")?;
        Ok((chart, self.registry.of_chart(&self.caller, chart).await?))
    }

    /// A part of the question mark's part; empty if not there.
    pub fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Keeps what was typed, for the page that shows what is found: it is asked for by its address alone, so that the way back and a
    /// reload lead to it.
    ///
    /// # Errors
    /// [`Failure::SignIn`] for who is not signed in.
    pub async fn remember_search(&self, at: &str, fields: &[&str]) -> Result<(), Failure> {
        let token = self.token.as_deref().ok_or(Failure::SignIn)?;
        let typed = fields.iter().map(|name| ((*name).to_owned(), self.form.value(name).to_owned())).collect();
        Ok(self.registry.remember_search(token, &SearchTerms { at: at.to_owned(), typed }).await?)
    }

    /// Puts what was searched for on a page into its form; false when nothing was. Whoever comes anew, by a menu, begins anew: what was found
    /// before is nobody's to see then.
    ///
    /// # Errors
    /// When the registry fails.
    pub async fn recall_search(&mut self, at: &str) -> Result<bool, Failure> {
        if self.query("sought") != "yes" {
            return Ok(false);
        }
        let Some(token) = self.token.as_deref() else { return Ok(false) };
        let kept = self.registry.kept_search(token).await?.filter(|terms| terms.at == at);
        let is_kept = kept.is_some();
        for (name, value) in kept.into_iter().flat_map(|terms| terms.typed) {
            self.form.prefill(&name, value);
        }
        Ok(is_kept)
    }

    /// Keeps what is sought in the list at an address, and goes there; nothing typed means the whole list.
    ///
    /// # Errors
    /// [`Failure::SignIn`] for who is not signed in.
    pub async fn seek(mut self, at: &str) -> Reply {
        let sought = self.form.value("sought").chars().take(80).collect::<String>();
        self.form = Form::new(vec![("sought".to_owned(), sought.trim().to_owned())], Vec::new());
        let is_whole = self.form.value("sought").is_empty();
        self.remember_search(at, &["sought"]).await?;
        if is_whole { Self::go(at) } else { Self::go(format!("{at}?sought=yes")) }
    }

    /// What is sought in the list at an address; empty for the whole of it, which whoever comes anew sees.
    ///
    /// # Errors
    /// When the registry fails.
    pub async fn sought(&mut self, at: &str) -> Result<String, Failure> {
        if !self.recall_search(at).await? {
            return Ok(String::new());
        }
        Ok(self.form.value("sought").to_owned())
    }

    /// Goes where something is to be told that was done. The address says what, and by a seal of this session that it was: an address
    /// somebody else made tells nothing.
    ///
    /// # Errors
    /// Never; it is a [`Reply`] for brevity.
    pub fn go_telling(&self, to: &str, what: &str) -> Reply {
        let seal = self.seal(to, what);
        Self::go(format!("{to}?done={what}.{seal}"))
    }

    /// What was done, if this page is to tell it: nothing for an address this session has not been sent to.
    pub fn told(&self) -> &str {
        let Some((what, seal)) = self.query("done").split_once('.') else { return "" };
        if seal == self.seal(&self.path, what) { what } else { "" }
    }

    fn seal(&self, at: &str, what: &str) -> String {
        let token = self.token.as_deref().unwrap_or_default();
        let digest = credentials::sha256(format!("told {token} {at} {what}").as_bytes());
        credentials::hex(&digest[..16])
    }

    /// Which page of a long list is asked for.
    pub fn page_number(&self, name: &str) -> i64 {
        self.query(name).parse().unwrap_or(1)
    }

    /// The page again, with what is wrong.
    ///
    /// # Errors
    /// Never; it is a [`Reply`] for brevity.
    pub fn again(page: Page) -> Reply {
        Ok(Answer::Invalid(page))
    }

    /// Forgets what was begun on the objection form: whoever uses the browser from here on is somebody else, or acts as somebody else.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn drop_draft(&self) -> Result<(), Failure> {
        match &self.draft {
            Some(secret) => Ok(self.registry.drop_draft(secret).await?),
            None => Ok(()),
        }
    }

    /// Go there.
    ///
    /// # Errors
    /// Never; it is a [`Reply`] for brevity.
    pub fn go(to: impl Into<String>) -> Reply {
        Ok(Answer::Go(to.into()))
    }
}
