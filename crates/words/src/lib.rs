//! Every sentence a person reads, in every language.
//!
//! The texts stand in `locales/<language>/*.ftl` (Fluent); the build turns each message into a method of [`Words`], so
//! `words.start_title()` cannot be misspelt and a message missing in one language does not compile.

mod dates;
mod lang;
pub mod plain;
mod plural;

pub use lang::Lang;

/// The texts of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words(pub Lang);

impl Words {
    /// The language they are in.
    pub const fn lang(self) -> Lang {
        self.0
    }
}

#[expect(
    clippy::uninlined_format_args,
    clippy::match_same_arms,
    clippy::doc_markdown,
    reason = "generated from the texts"
)]
mod generated {
    use crate::{Lang, Words};
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub use generated::{KEYS, SENTENCES};

impl Words {
    /// What somebody acknowledges one by one who signs the objection form, on the page and on the paper.
    pub fn objection_statements(self) -> [&'static str; 7] {
        [
            self.objection_c1(),
            self.objection_c2(),
            self.objection_c3(),
            self.objection_c4(),
            self.objection_c5(),
            self.objection_c6(),
            self.objection_c7(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("target") && !path.ends_with("node_modules") && !path.ends_with("words") {
                    sources(&path, all);
                }
            } else if path.extension().is_some_and(|end| end == "rs") {
                all.push_str(&fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }

    #[test]
    fn no_sentence_is_kept_that_nobody_reads() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut all = String::new();
        for folder in ["app", "server", "crates"] {
            sources(&root.join(folder), &mut all);
        }
        // Parts of this crate use some themselves.
        all.push_str(include_str!("dates.rs"));
        all.push_str(include_str!("lib.rs"));
        let used: std::collections::HashSet<&str> = all.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let unused: Vec<_> = KEYS.iter().filter(|key| !used.contains(**key)).collect();
        assert!(unused.is_empty(), "unused: {unused:?}");
    }

    #[test]
    fn a_tired_parent_understands_each_sentence() {
        let hard: Vec<String> = SENTENCES
            .iter()
            .filter(|(_, language, _)| *language == "en")
            .filter_map(|(key, _, text)| {
                plain::grade(text).filter(|grade| *grade > 7.0).map(|grade| format!("{grade:.1} {key}: {text}"))
            })
            .collect();
        assert!(hard.is_empty(), "above grade 7:\n{}", hard.join("\n"));
        let long: Vec<String> = SENTENCES
            .iter()
            .filter(|(_, _, text)| plain::longest(text) > 25)
            .map(|(key, language, text)| format!("{} words, {language} {key}: {text}", plain::longest(text)))
            .collect();
        assert!(long.is_empty(), "sentences of more than 25 words:\n{}", long.join("\n"));
    }

    #[test]
    fn spanish_is_a_translation_and_not_a_copy() {
        let words = |lang: &str| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang);
            let mut text = String::new();
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                text.push_str(&fs::read_to_string(entry.path()).unwrap_or_default());
            }
            text.lines().filter(|line| line.contains(" = ") && line.len() > 60).map(str::to_owned).collect::<Vec<_>>()
        };
        let spanish = words("es");
        let copied: Vec<_> = words("en").into_iter().filter(|line| spanish.contains(line)).collect();
        assert!(copied.is_empty(), "the same in both languages: {copied:?}");
    }
}
