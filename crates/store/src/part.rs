//! Parts of long lists, and what is sought in them.

/// A part of a long list.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// So many lines.
    pub most: i64,
    /// After so many.
    pub skip: i64,
}

/// As many words are looked for at once.
const WORDS: usize = 4;

/// Which lines of a list are meant: those with a word that begins with each of some keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought([String; WORDS]);

impl Sought {
    /// Every line.
    pub fn all() -> Self {
        Self(std::array::from_fn(|_| "%".to_owned()))
    }

    /// The lines with words that begin so. The keys hold letters and digits only, so that `like` reads nothing in them as anything
    /// else; what has none is in no line.
    pub fn words(keys: &[String]) -> Self {
        let mut all = Self::all();
        let keys = keys.iter().map(|key| key.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>());
        for (pattern, key) in all.0.iter_mut().zip(keys.filter(|key| !key.is_empty())) {
            *pattern = format!("% {key}%");
        }
        if all.0[0] == "%" {
            // Blanks, letters and digits are in a key, and nothing else.
            "-".clone_into(&mut all.0[0]);
        }
        all
    }

    pub(crate) fn pattern(&self, word: usize) -> &str {
        self.0.get(word).map_or("%", String::as_str)
    }
}

/// The lines whose key has the words bound to four placeholders.
macro_rules! has_words {
    ($key:literal, $($at:literal),+) => {
        concat!("(", $(" ", $key, " like ", $at, " and"),+, " 0 = 0)")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_types_is_sought_as_it_is() {
        let keys = ["ann".to_owned(), "1_0%".to_owned()];
        assert_eq!(Sought::words(&keys).0, ["% ann%", "% 10%", "%", "%"]);
        for nothing in [vec![], vec![String::new()], vec!["_".to_owned()]] {
            assert_eq!(Sought::words(&nothing).0, ["-", "%", "%", "%"], "a sign alone is in no line");
        }
    }
}
