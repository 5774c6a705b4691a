//! Parts of long lists, and what is sought in them.

/// A part of a long list.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// So many lines.
    pub most: i64,
    /// After so many.
    pub skip: i64,
}

/// Which lines of a list are meant: a pattern of `like`, whose escape is a backslash.
#[derive(Debug, Clone)]
pub struct Sought(String);

impl Sought {
    /// Every line.
    pub fn all() -> Self {
        Self("%".to_owned())
    }

    /// The lines that hold a text; all for an empty one.
    pub fn with(text: &str) -> Self {
        Self(format!("%{}%", literal(&text.to_lowercase())))
    }

    /// The lines whose key begins so; all for an empty one.
    pub fn beginning(key: &str) -> Self {
        Self(format!("{}%", literal(key)))
    }

    pub(crate) fn pattern(&self) -> &str {
        &self.0
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
        assert_eq!(Sought::with("100 % M_d").pattern(), r"%100 \% m\_d%");
        assert_eq!(Sought::beginning(r"A\").pattern(), r"A\\%");
        assert_eq!(Sought::with("").pattern(), "%%");
    }
}
