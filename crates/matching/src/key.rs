//! Normalised keys: the same for every spelling a keyboard can produce of one name.

use rphonetic::{DoubleMetaphone, Encoder};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letters of a name in lower case, without accents, blanks, hyphens and apostrophes: `O'Brien-Núñez` is
/// `obriennunez`. Letters that do not decompose are spelt as English systems spell them.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'þ' => key.push_str("th"),
            'ı' => key.push('i'),
            letter if letter.is_alphanumeric() => key.push(letter),
            _ => {}
        }
    }
    key
}

/// How a name sounds in English, by double metaphone; empty for names in other scripts.
pub fn sound_key(name: &str) -> String {
    let ascii: String = name_key(name).chars().filter(char::is_ascii_alphabetic).collect();
    if ascii.is_empty() { String::new() } else { DoubleMetaphone::default().encode(&ascii) }
}

/// A number of another system: letters and digits in upper case.
pub fn number_key(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("O'Brien", "OBRIEN"),
            ("García-López", "garcia lopez"),
            ("Nguyễn", "Nguyen"),
            ("Đặng", "Dang"),
            ("Łukasz", "lukasz"),
            ("D’Arcy", "D'arcy"),
        ] {
            assert_eq!(name_key(one), name_key(other), "{one}");
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
