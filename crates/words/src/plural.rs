//! Which form of a sentence a number takes: Unicode's rules for each language (CLDR), as ICU4X keeps them.

use std::sync::LazyLock;

use icu_locale_core::locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::Lang;

/// The rules of one language.
type Rules = Option<PluralRules>;

static ENGLISH: LazyLock<Rules> = LazyLock::new(|| PluralRules::try_new_cardinal(locale!("en").into()).ok());
static SPANISH: LazyLock<Rules> = LazyLock::new(|| PluralRules::try_new_cardinal(locale!("es").into()).ok());

/// Is this number of the category, by Fluent's name of it?
pub(crate) fn is(lang: Lang, number: i64, category: &str) -> bool {
    let rules = match lang {
        Lang::En => &*ENGLISH,
        Lang::Es => &*SPANISH,
    };
    let found = rules.as_ref().map(|rules| rules.category_for(number.unsigned_abs()));
    category
        == match found {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
}

#[cfg(test)]
mod tests {
    use super::is;
    use crate::Lang;

    #[test]
    fn one_is_one_and_a_spanish_million_is_many() {
        for lang in Lang::ALL {
            assert!(is(*lang, 1, "one") && !is(*lang, 0, "one") && !is(*lang, 2, "one") && is(*lang, 2, "other"));
        }
        // "1 millón de dosis": CLDR's rule for Spanish.
        assert!(is(Lang::Es, 1_000_000, "many") && is(Lang::En, 1_000_000, "other"));
    }
}
