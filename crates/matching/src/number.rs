//! Numbers of other systems: which name one person (data/numbers.txt).

use std::{collections::HashMap, sync::LazyLock};

use crate::key::number_key;

struct Rules {
    kinds: HashMap<&'static str, bool>,
    authorities: HashMap<&'static str, bool>,
    none: Vec<String>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { kinds: HashMap::new(), authorities: HashMap::new(), none: Vec::new() };
    for line in include_str!("../data/numbers.txt").lines() {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("kind"), Some(name), Some(whose)) => drop(rules.kinds.insert(name, whose == "person")),
            (Some("authority"), Some(name), Some(whose)) => drop(rules.authorities.insert(name, whose == "person")),
            (Some("none"), Some(word), None) => rules.none.push(number_key(word)),
            _ => {}
        }
    }
    rules
});

/// Does a number of this kind and authority name one person, as far as numbers do?
pub fn is_personal(authority: &str, kind: &str) -> bool {
    let authority = authority.trim().to_ascii_uppercase();
    let by_authority = RULES.authorities.get(authority.as_str());
    let by_kind = || RULES.kinds.get(kind.trim().to_ascii_uppercase().as_str());
    by_authority.copied().or_else(|| by_kind().copied()).unwrap_or(false)
}

/// Does it stand where there is no number: one digit over and over, `123456789`, `N/A`?
pub fn is_placeholder(number: &str) -> bool {
    let key = number_key(number);
    let mut letters = key.chars();
    let first = letters.next();
    // A single digit can be a small office's own number; nought is none.
    let is_one_over_and_over = key.len() >= 3 && letters.all(|letter| Some(letter) == first);
    key.is_empty() || key.bytes().all(|byte| byte == b'0') || is_one_over_and_over || RULES.none.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_where_there_is_no_number_is_none() {
        for number in [
            "000-00-0000",
            "0",
            "999999999",
            "999-99-9999",
            "123-45-6789",
            "N/A",
            "n/a",
            "None",
            "unknown",
            "TEST",
            "",
            "--",
            "XXX-XX-XXXX",
            "078-05-1120",
        ] {
            assert!(is_placeholder(number), "{number}");
        }
        for number in ["1", "7", "6001", "900101", "A-4410", "NA12", "100", "990077"] {
            assert!(!is_placeholder(number), "{number}");
        }
    }

    #[test]
    fn a_familys_number_names_nobody() {
        for (authority, kind) in [("EHR", "MR"), ("", "MR"), ("USA", "SS"), ("MIIS", "SR"), ("ehr", "mr")] {
            assert!(is_personal(authority, kind), "{authority} {kind}");
        }
        for (authority, kind) in [("MASSHEALTH", "MA"), ("MASSHEALTH", "MR"), ("EHR", "AN"), ("EHR", ""), ("WIC", "WC")]
        {
            assert!(!is_personal(authority, kind), "{authority} {kind}");
        }
    }
}
