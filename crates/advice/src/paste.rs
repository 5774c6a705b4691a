//! Doses out of text somebody typed or pasted: dates as people write them, vaccines by product, abbreviation or disease.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::{Cvx, catalogue, catalogue::Use, date::parse_date};

/// A date found in a text, and what is left of the text without its dates.
pub(crate) struct Found {
    pub(crate) dates: Vec<NaiveDate>,
    pub(crate) rest: String,
}

/// What a pasted text holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// Doses: the day and the vaccine's code.
    pub(crate) doses: Vec<(NaiveDate, u16)>,
    /// Lines with a date and no vaccine that is known.
    pub(crate) unknown: Vec<String>,
}

/// Reads a text line by line. A line may hold a vaccine and any number of dates; one that is only a vaccine is the heading of
/// the dates below it.
pub(crate) fn read(text: &str, today: NaiveDate) -> Pasted {
    let mut pasted = Pasted::default();
    let mut heading = None;
    for line in text.lines() {
        let found = dates(line, today);
        let vaccine = vaccine(&found.rest);
        let nothing_else = !found.rest.chars().any(char::is_alphabetic);
        match (vaccine, found.dates.as_slice()) {
            (Some(cvx), []) => heading = Some(cvx),
            (None, []) => {}
            (vaccine, dates) => match vaccine.or(heading.filter(|_| nothing_else)) {
                Some(cvx) => pasted.doses.extend(dates.iter().map(|date| (*date, cvx))),
                None => pasted.unknown.push(line.trim().chars().take(120).collect()),
            },
        }
    }
    pasted
}

/// The dates of a line: `3/10/2021`, `2021-03-10`, `March 10, 2021`, `10 de marzo de 2021`.
pub(crate) fn dates(line: &str, today: NaiveDate) -> Found {
    let tokens: Vec<&str> = line
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')' | '|' | '"'))
        .map(|token| token.trim_matches(['.', ':']))
        .filter(|token| !token.is_empty() && !matches!(*token, "de" | "del" | "of"))
        .collect();
    let (mut dates, mut rest) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = |by: usize| tokens.get(at + by).copied();
        let (date, used) = if let Some(date) = in_numbers(token, today) {
            (Some(date), 1)
        } else if let Some(date) = in_words(Some(*token), next(1), next(2)).or(in_words(next(1), Some(*token), next(2)))
        {
            (Some(date), 3)
        } else {
            (None, 1)
        };
        match date {
            Some(date) => dates.push(date),
            None => rest.push(*token),
        }
        at += used;
    }
    Found { dates, rest: rest.join(" ") }
}

fn in_numbers(token: &str, today: NaiveDate) -> Option<NaiveDate> {
    // Eight digits in a row are rather a number of something than a date.
    if !token.contains(['/', '-', '.']) {
        return None;
    }
    parse_date(token, today).ok()
}

fn in_words(month: Option<&str>, day: Option<&str>, year: Option<&str>) -> Option<NaiveDate> {
    let year = year.filter(|year| year.len() == 4)?.parse().ok()?;
    let day = day?.trim_end_matches(|letter: char| letter.is_alphabetic()).parse().ok()?;
    NaiveDate::from_ymd_opt(year, month_number(month?)?, day)
}

/// A month by its name in English or Spanish, or by the beginning of it.
fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["january", "enero"],
        &["february", "febrero"],
        &["march", "marzo"],
        &["april", "abril"],
        &["may", "mayo"],
        &["june", "junio"],
        &["july", "julio"],
        &["august", "agosto"],
        &["september", "septiembre"],
        &["october", "octubre"],
        &["november", "noviembre"],
        &["december", "diciembre"],
    ];
    let word = word.to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    let place = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&word)))?;
    u32::try_from(place + 1).ok()
}

/// Other ways to write a vaccine than the catalogue's, with the code of the unspecified vaccine where the product is not said.
const KNOWN_AS: &[(u16, &[&str])] = &[
    (1, &["dtp", "dpt"]),
    (2, &["opv"]),
    (3, &["mmr", "measles mumps rubella", "sarampion paperas rubeola", "triple viral", "srp"]),
    (10, &["ipv"]),
    (17, &["hib", "haemophilus influenzae type b", "haemophilus influenzae b", "haemophilus"]),
    (21, &["varicella", "var", "chickenpox", "chicken pox", "varicela", "vzv"]),
    (28, &["dt"]),
    (33, &["ppsv23", "ppsv", "ppv23"]),
    (45, &["hepatitis b", "hep b", "hepb", "hbv"]),
    (85, &["hepatitis a", "hep a", "hepa", "hav"]),
    (88, &["influenza", "flu", "gripe", "iiv", "iiv4", "laiv"]),
    (89, &["polio", "poliomielitis"]),
    (94, &["mmrv", "mmr varicella"]),
    (100, &["pcv7"]),
    (107, &["dtap", "diphtheria tetanus whooping cough", "difteria tetanos tos ferina"]),
    (108, &["meningococcal", "meningococo"]),
    (109, &["pneumococcal", "neumococo"]),
    (115, &["tdap"]),
    (122, &["rotavirus", "rv", "rv1", "rv5"]),
    (133, &["pcv13"]),
    (137, &["hpv", "vph", "human papillomavirus", "papiloma"]),
    (139, &["td"]),
    (147, &["menacwy", "men acwy", "mcv4", "meningococcal acwy", "meningococo acwy"]),
    (152, &["pcv", "prevnar"]),
    (164, &["menb", "men b", "meningococcal b", "meningococo b"]),
    (188, &["zoster", "shingles", "culebrilla"]),
    (213, &["covid", "covid19", "covid 19", "sars cov 2"]),
    (215, &["pcv15"]),
    (216, &["pcv20"]),
    (304, &["rsv", "vrs"]),
];

/// A way to write a vaccine: its words, with a blank before, between and after; the longest are tried first.
struct Phrase {
    words: String,
    cvx: u16,
}

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut add = |text: &str, cvx: u16| {
        let words = plain(text);
        if words.trim().len() > 1 && !phrases.iter().any(|phrase| phrase.words == words) {
            phrases.push(Phrase { words, cvx });
        }
    };
    for (cvx, names) in KNOWN_AS {
        names.iter().for_each(|name| add(name, *cvx));
    }
    let vaccines = || catalogue::all().iter().filter(|vaccine| !vaccine.antigens.is_empty());
    // Those given today first: an old product of the same name comes second.
    for usage in [Use::Current, Use::Unspecified, Use::Historical, Use::Foreign] {
        for vaccine in vaccines().filter(|vaccine| vaccine.usage == usage) {
            let cvx = vaccine.cvx.number();
            add(vaccine.name, cvx);
            vaccine.products.iter().for_each(|product| add(product.name, cvx));
        }
    }
    // A product by its first word, where that says which it is.
    let firsts: Vec<(String, u16)> = vaccines()
        .flat_map(|vaccine| vaccine.products.iter().map(|product| (product, vaccine.cvx.number())))
        .filter_map(|(product, cvx)| Some((plain(product.name).split_whitespace().next()?.to_owned(), cvx)))
        .filter(|(word, _)| word.len() >= 5 && word.chars().all(char::is_alphabetic))
        .collect();
    for (word, cvx) in &firsts {
        if firsts.iter().all(|(other, code)| other != word || code == cvx) {
            add(word, *cvx);
        }
    }
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    phrases
});

/// The vaccine a text names, by the longest name in it; `CVX 03` names one too.
pub(crate) fn vaccine(text: &str) -> Option<u16> {
    let text = plain(text);
    if let Some((_, code)) = text.split_once(" cvx ") {
        let code = code.split_whitespace().next()?.parse::<Cvx>().ok()?;
        return Some(code.number());
    }
    PHRASES.iter().find(|phrase| text.contains(&phrase.words)).map(|phrase| phrase.cvx)
}

/// Lower case, without accents, anything but letters and digits a blank; a blank before and after.
fn plain(text: &str) -> String {
    let mut plain = String::from(" ");
    for letter in text.chars().flat_map(char::to_lowercase) {
        let letter = match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            other if other.is_alphanumeric() => other,
            _ => ' ',
        };
        if letter != ' ' || !plain.ends_with(' ') {
            plain.push(letter);
        }
    }
    if !plain.ends_with(' ') {
        plain.push(' ');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn today() -> NaiveDate {
        day("2026-11-24")
    }

    #[test]
    fn a_list_is_read_as_families_and_offices_write_it() {
        let text = "Immunization record\n\
            MMR 3/15/2021, 03-20-2024\n\
            2020-05-02\tDTaP-Hep B-IPV (Pediarix)\tElm Street\n\
            Varicela: 15 de marzo de 2021\n\
            Hep B (Engerix) Mar 4, 2020 and 5/4/20\n\
            Rotavirus\n\
            5/2/2020\n\
            7/4/2020\n\
            CVX 94 on 03/15/2021";
        let pasted = read(text, today());
        let expected = [
            ("2021-03-15", 3),
            ("2024-03-20", 3),
            ("2020-05-02", 110),
            ("2021-03-15", 21),
            ("2020-03-04", 45),
            ("2020-05-04", 45),
            ("2020-05-02", 122),
            ("2020-07-04", 122),
            ("2021-03-15", 94),
        ];
        assert_eq!(pasted.doses, expected.map(|(date, cvx)| (day(date), cvx)));
        assert!(pasted.unknown.is_empty(), "{:?}", pasted.unknown);
    }

    #[test]
    fn a_line_with_a_date_and_no_vaccine_is_shown_and_not_lost() {
        let pasted = read("MMR 3/15/2021\nMystery shot 4/1/2021\nnotes without a date", today());
        assert_eq!(pasted.doses.len(), 1);
        assert_eq!(pasted.unknown, ["Mystery shot 4/1/2021"]);
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(vaccine("Hep A - Hep B"), Some(104));
        assert_eq!(vaccine("MMRV"), Some(94));
        assert_eq!(vaccine("Meningococcal B"), Some(164));
        assert_eq!(vaccine("ProQuad"), Some(94));
        assert_eq!(vaccine("nothing"), None);
    }

    #[test]
    fn every_other_name_is_of_a_vaccine_the_catalogue_knows() {
        for (cvx, _) in KNOWN_AS {
            let known = catalogue::vaccine(Cvx::known(*cvx));
            assert!(known.is_some_and(|vaccine| !vaccine.antigens.is_empty()), "{cvx}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "(?s).{0,200}") {
            let _ = read(&text, today());
        }

        #[test]
        fn a_date_is_found_however_it_stands(year in 1950..2026_i32, month in 1..13_u32, date in 1..29_u32) {
            let Some(wanted) = NaiveDate::from_ymd_opt(year, month, date) else { return Ok(()) };
            for text in [format!("x {month}/{date}/{year} y"), format!("{year}-{month:02}-{date:02},"), wanted.format("%B %-d, %Y").to_string(), wanted.format("%-d %b %Y").to_string()] {
                proptest::prop_assert_eq!(dates(&text, today()).dates, vec![wanted], "{}", text);
            }
        }
    }
}
