//! What a page answers, and what it answers instead.

use domain::Invalid;
use leptos::prelude::AnyView;
use registry::RegistryError;

/// A page ready to be drawn: everything it needs has been fetched.
pub struct Page {
    /// For the window's title.
    pub title: String,
    /// Draws the content of the main part.
    pub view: Box<dyn FnOnce() -> AnyView + Send>,
    /// An island is on it: the browser part is loaded.
    pub islands: bool,
    /// A script of the site's own that the page is better with, such as `check.js`.
    pub script: Option<&'static str>,
    /// A wide layout, for boards and tables.
    pub wide: bool,
    /// The form whose fields stay as they are when the language is changed.
    pub keeps: Option<&'static str>,
    /// What it is, in a sentence, for whoever searches for it.
    pub about: Option<&'static str>,
    /// Asked for again by itself after so many seconds: something is going on.
    pub again_in: Option<u32>,
    /// Where it lives, when it is drawn as the answer to a form posted elsewhere.
    pub at: Option<String>,
}

impl Page {
    /// A page without islands.
    pub fn new(title: impl Into<String>, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self {
            title: title.into(),
            view: Box::new(view),
            islands: false,
            script: None,
            wide: false,
            keeps: None,
            about: None,
            again_in: None,
            at: None,
        }
    }

    /// Lives there, wherever its forms are posted.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        Self { at: Some(path.into()), ..self }
    }

    /// Is this, in a sentence: for public pages, which people search for.
    #[must_use]
    pub fn about(self, text: &'static str) -> Self {
        Self { about: Some(text), ..self }
    }

    /// With islands.
    #[must_use]
    pub fn with_islands(self) -> Self {
        Self { islands: true, ..self }
    }

    /// With a script of its own.
    #[must_use]
    pub fn with_script(self, name: &'static str) -> Self {
        Self { script: Some(name), ..self }
    }

    /// What is typed into this form stays when the language is changed: without scripts the form is sent for it.
    #[must_use]
    pub fn keeping(self, form: &'static str) -> Self {
        Self { keeps: Some(form), ..self }
    }

    /// Asked for again after so many seconds, with scripts and without.
    #[must_use]
    pub fn again_in(self, seconds: u32) -> Self {
        Self { again_in: Some(seconds), ..self }
    }

    /// Over the whole width.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

/// What comes back.
pub enum Answer {
    /// A page.
    Page(Page),
    /// The same page again with what is wrong: the input is kept.
    Invalid(Page),
    /// Nothing is there any more, with where to look instead.
    Missing(Page),
    /// Done: go there (post/redirect/get).
    Go(String),
    /// Signed in: keep this secret in the session's cookie and go there.
    SignedIn {
        /// The session's secret.
        token: String,
        /// Where to.
        to: String,
    },
    /// Signed out.
    SignedOut,
    /// Keep this secret in the draft's cookie and go there.
    Draft {
        /// The draft's secret.
        secret: String,
        /// Where to.
        to: String,
    },
    /// This browser forgets its draft and the form that came of it; go there.
    Forget {
        /// Where.
        to: String,
    },
    /// A file.
    File(File),
    /// Too many tries: come back later.
    TooMany(Page),
}

/// A file to download or to show.
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Anybody may have it, and keep it: nothing personal is in it.
    pub public: bool,
}

/// Why there is no answer. Holds no text: what it says is decided by the page that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Not there, or not for this caller.
    NotFound,
    /// Sign in first.
    SignIn,
    /// Somebody else changed it meanwhile.
    Conflict,
    /// The form was not one of ours: fields are missing that every browser sends.
    BadRequest,
    /// Something is broken or busy.
    Unavailable,
}

impl From<RegistryError> for Failure {
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::NotFound => Self::NotFound,
            RegistryError::Conflict | RegistryError::OnRecord => Self::Conflict,
            RegistryError::Invalid(..) | RegistryError::Warned(_) | RegistryError::Certified(_) => Self::BadRequest,
            RegistryError::Store(_) | RegistryError::Stopped => Self::Unavailable,
        }
    }
}

impl From<Invalid> for Failure {
    /// An identifier in an address that is none: there is nothing there.
    fn from(_: Invalid) -> Self {
        Self::NotFound
    }
}

/// What every page function returns.
pub type Reply = Result<Answer, Failure>;

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Self::Page(page)
    }
}
