//! Normalised keys: the same for every spelling a keyboard can produce of one name.

use std::{
    collections::{BTreeSet, HashSet},
    iter,
    sync::LazyLock,
};

use domain::{PersonName, text::is_unseen};
use rphonetic::{DoubleMetaphone, Encoder};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How keys are made: grows by one when they are made differently, and those on file are made again (`miis migrate`).
pub const KEYS: i64 = 4;

/// The letters of a name in lower case, without accents, blanks, hyphens, apostrophes of any script and what nobody sees:
/// `O'Brien-Núñez` is `obriennunez`, `OʼDell` is `odell`. Letters that do not decompose are spelt as English systems spell them.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let seen = name.chars().filter(|letter| !is_unseen(*letter));
    for letter in seen.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            letter if is_apostrophe(letter) || is_unseen(letter) => {}
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'þ' => key.push_str("th"),
            'ı' => key.push('i'),
            // One letter, written otherwise at the end of a word.
            'ς' => key.push('σ'),
            letter if letter.is_alphanumeric() => key.push(letter),
            _ => {}
        }
    }
    key
}

/// The key of a last name: a generation behind it (Jr, III) is no part of it.
pub fn last_key(name: &str) -> String {
    let mut words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_generation(word)) {
        words.pop();
    }
    name_key(&words.concat())
}

/// The keys of a name: last and first.
pub fn name_keys(name: &PersonName) -> (String, String) {
    (last_key(name.last()), first_key(name.first()))
}

/// The key of a first name.
pub fn first_key(name: &str) -> String {
    name_key(name)
}

fn is_generation(word: &str) -> bool {
    matches!(
        word.trim_matches(['.', ',']).to_ascii_lowercase().as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "junior" | "senior"
    )
}

/// Letters that stand for an apostrophe, a glottal stop or a breathing in writing a name with Latin letters: okina, ayn, hamza,
/// saltillo, prime. Signs that are no letters are left out of keys anyway.
fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\u{2b0}'..='\u{2ff}' | '\u{241}' | '\u{242}' | '\u{294}' | '\u{295}' | '\u{2a1}' | '\u{2a2}' | '\u{374}' | '\u{7f4}' | '\u{7f5}'
            | '\u{a717}'..='\u{a71f}' | '\u{a722}'..='\u{a725}' | '\u{a78b}' | '\u{a78c}'
    )
}

static NO_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/no_names.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Does a first name stand for none: Baby Boy, BABYGIRL A, Newborn, Twin 2, Unknown? No first name at all is not meant: some
/// people have one name.
pub fn is_no_name(first: &str) -> bool {
    let words: Vec<String> =
        first.split(|letter: char| !letter.is_alphanumeric()).map(name_key).filter(|word| !word.is_empty()).collect();
    let is_mark =
        |word: &String| word.chars().count() == 1 || word == "of" || word.bytes().all(|byte| byte.is_ascii_digit());
    let mut said = words.iter().filter(|word| !is_mark(word)).peekable();
    if said.peek().is_none() {
        return false;
    }
    let whole = words.concat();
    // BabyboyA: a letter behind it tells twins apart.
    let without_mark = whole.get(..whole.len() - 1).unwrap_or("");
    said.all(|word| NO_NAMES.contains(word.as_str()))
        || NO_NAMES.contains(whole.as_str())
        || (whole.len() > 6 && NO_NAMES.contains(without_mark) && words.len() == 1)
}

/// How a name sounds in English, by double metaphone; empty for names in other scripts.
pub fn sound_key(name: &str) -> String {
    let ascii: String = name_key(name).chars().filter(char::is_ascii_alphabetic).collect();
    if ascii.is_empty() { String::new() } else { DoubleMetaphone::default().encode(&ascii) }
}

/// By what a text is found in a list: its words, each with a blank before it. A word with a hyphen or an apostrophe in it stands there
/// whole and in parts, so that `O'Brien-Lopez` is found by `obrien`, `lopez` and `o'brien-lopez`.
pub fn sought_key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    let names = texts.iter().flat_map(|text| text.split([',', ';', '/']));
    let joined = names.filter(|name| name.split_whitespace().count() <= NAME_WORDS);
    let words = texts.iter().flat_map(|text| text.split(is_gap));
    let parts = words.flat_map(|word| {
        let of_hyphens = word.split(is_hyphen);
        iter::once(word).chain(of_hyphens).chain(word.split(|letter: char| !letter.is_alphanumeric()))
    });
    let mut keys: BTreeSet<String> = parts.map(name_key).collect();
    // A name of several words together too: O Brien is found by obrien.
    keys.extend(joined.map(name_key));
    keys.remove("");
    keys.into_iter().flat_map(|key| [" ".to_owned(), key]).collect()
}

/// A name has as many words at most.
const NAME_WORDS: usize = 4;

/// The words somebody looks for, each as it begins in a [`sought_key`]; the first four. What is joined by a hyphen is two words: they are
/// found where they stand joined too.
pub fn sought_words(typed: &str) -> Vec<String> {
    typed
        .split(|letter| is_gap(letter) || is_hyphen(letter))
        .map(name_key)
        .filter(|key| !key.is_empty())
        .take(4)
        .collect()
}

/// Is a text of this [`sought_key`] meant by what somebody has typed: does a word of it begin with each word typed?
pub fn is_sought(key: &str, typed: &str) -> bool {
    let words = sought_words(typed);
    !words.is_empty() && words.iter().all(|word| key.contains(&format!(" {word}")))
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';' | '/')
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// A number of another system: letters and digits in upper case.
pub fn number_key(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_a_list_in_either_order_by_any_of_its_words() {
        let key = sought_key(["O'Brien-Núñez, Ann Marie", "MSG-17/3"]);
        for typed in [
            "NUÑEZ",
            "ann o'brien",
            "O’Brien, Ann",
            "marie",
            "obrien-nunez",
            "brien",
            "NUÑEZ",
            "MSG-17",
            "msg17",
            " Núñez  Ann ",
        ] {
            assert!(is_sought(&key, typed), "{typed}: {key}");
        }
        let key = sought_key(["O Brien Smith Jones, Ann Marie"]);
        for typed in ["O'Brien", "Smith-Jones", "ann-marie o'brien", "annmarie"] {
            assert!(is_sought(&key, typed), "{typed}: {key}");
        }
        for typed in ["rien", "Ann Lee", "", " , ", "%", "_"] {
            assert!(!is_sought(&key, typed), "{typed}: {key}");
        }
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("O'Brien", "OBRIEN"),
            ("García-López", "garcia lopez"),
            ("Nguyễn", "Nguyen"),
            ("Đặng", "Dang"),
            ("Łukasz", "lukasz"),
            ("D’Arcy", "D'arcy"),
            ("O\u{2bc}Dell", "O'Dell"),
            ("Ka\u{2bb}iulani", "Kaiulani"),
            ("\u{2bf}Abd al-Raḥmān", "Abd Al Rahman"),
            ("Qur\u{2be}an", "Quran"),
            ("N\u{a78c}Tl", "N'Tl"),
            ("D\u{2032}Angelo", "D`Angelo"),
            ("D\u{ff07}Angelo", "D\u{b4}Angelo"),
            ("Smith\u{2010}Jones", "Smith-Jones"),
            ("Sari\u{200c}", "\u{200e}Sari"),
            ("Kim\u{3164}", "Kim"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
        }
        // Letters of a script are letters.
        assert_ne!(name_key("علي"), name_key("لي"));
    }

    #[test]
    fn a_generation_is_no_part_of_a_last_name() {
        for name in ["Vance Jr", "Vance, Jr.", "VANCE III", "Vance Sr."] {
            assert_eq!(last_key(name), "vance", "{name}");
        }
        assert_eq!((last_key("Ii").as_str(), last_key("Junior").as_str()), ("ii", "junior"));
        assert_eq!(last_key("de la Cruz"), "delacruz");
    }

    #[test]
    fn a_first_name_that_stands_for_none_is_noticed() {
        for name in [
            "BABYBOY",
            "Baby Girl A",
            "Infant",
            "Newborn",
            "Unknown",
            "Test",
            "BB",
            "Twin B",
            "Baby-Boy 2",
            "BABYBOYA",
            "Boy of",
            "NB",
            "Recién Nacido",
            "baby boy",
        ] {
            assert!(is_no_name(name), "{name}");
        }
        for name in [
            "",
            "Mateo",
            "A",
            "Nina",
            "Babette",
            "Male\u{e1}",
            "Testa",
            "Boyd",
            "Nataly",
            "Unk\u{f6}",
            "Baby Jane",
            "Mali",
            "Rnold",
        ] {
            assert!(!is_no_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_sound_alike_share_a_sound() {
        assert_eq!(sound_key("Smith"), sound_key("Smyth"));
        assert_eq!(sound_key("Catherine"), sound_key("Katherine"));
        assert_eq!(sound_key("Иванов"), "");
    }

    proptest::proptest! {
        #[test]
        fn no_name_breaks_the_keys(name in ".{0,60}") {
            let key = name_key(&name);
            proptest::prop_assert_eq!(name_key(&key), key.clone());
            let _ = (sound_key(&name), number_key(&name));
        }
    }
}
