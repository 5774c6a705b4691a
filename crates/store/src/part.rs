//! Parts of long lists.

/// A part of a long list.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// So many lines.
    pub most: i64,
    /// After so many.
    pub skip: i64,
    /// Only lines with this in them: a pattern of `like`, made by [`Part::with`] or [`Part::beginning`].
    pattern: String,
}

impl Part {
    /// A part of the whole list.
    pub fn of_all(most: i64, skip: i64) -> Self {
        Self { most, skip, pattern: "%".to_owned() }
    }

    /// Of the lines that hold a text; of all for an empty one.
    #[must_use]
    pub fn with(self, text: &str) -> Self {
        Self { pattern: format!("%{}%", literal(&text.to_lowercase())), ..self }
    }

    /// Of the lines whose key begins so.
    #[must_use]
    pub fn beginning(self, key: &str) -> Self {
        Self { pattern: format!("{}%", literal(key)), ..self }
    }

    /// The pattern of `like`, whose escape is a backslash.
    pub(crate) fn pattern(&self) -> &str {
        &self.pattern
    }
}

/// What somebody typed, with nothing in it that `like` reads as anything but itself.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_types_is_sought_as_it_is() {
        assert_eq!(Part::of_all(10, 0).with("100 % M_d").pattern(), r"%100 \% m\_d%");
        assert_eq!(Part::of_all(10, 0).beginning(r"A\").pattern(), r"A\\%");
        assert_eq!(Part::of_all(10, 0).with("").pattern(), "%%");
    }
}
