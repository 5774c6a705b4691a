//! Why a text is not a value of the field. It names the kind of fault, never the text itself: the text may be personal.

/// A fault in an input, in the words a page or an acknowledgement can look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Invalid {
    /// Nothing was given where something is needed.
    #[error("missing")]
    Missing,
    /// Longer than the field allows.
    #[error("too long")]
    TooLong,
    /// A character that cannot be part of such a value.
    #[error("not allowed character")]
    Character,
    /// Not a date, or not one of the calendar.
    #[error("not a date")]
    Date,
    /// A date that lies after the day it is compared with.
    #[error("in the future")]
    Future,
    /// A date before anybody alive was born, or before the birth of the person.
    #[error("too early")]
    TooEarly,
    /// A code that is not in the table it must come from.
    #[error("unknown code")]
    Code,
    /// Not one of the choices.
    #[error("not a choice")]
    Choice,
}

/// An error with everything that caused it, for the log.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
