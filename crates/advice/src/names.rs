//! Vaccines by the names people write: products, abbreviations, diseases, in English and Spanish.

use std::sync::LazyLock;

use domain::{Cvx, catalogue, catalogue::Use};

use crate::groups::stands_for;

/// Other ways to write a vaccine than the catalogue's, with the code of the unspecified vaccine where the product is not said.
const KNOWN_AS: &[(u16, &[&str])] = &[
    (1, &["dtp", "dpt"]),
    (2, &["opv"]),
    (
        3,
        &[
            "mmr",
            "m m r",
            "sarampion rubeola parotiditis",
            "measles mumps rubella",
            "sarampion paperas rubeola",
            "triple viral",
            "srp",
        ],
    ),
    (10, &["ipv"]),
    (17, &["hib", "haemophilus influenzae type b", "haemophilus influenzae b", "haemophilus"]),
    (21, &["varicella", "var", "chickenpox", "chicken pox", "varicela", "vzv"]),
    (28, &["dt"]),
    (33, &["ppsv23", "ppsv", "ppv23"]),
    (45, &["hepatitis b", "engerix", "recombivax", "hep b", "hepb", "hbv"]),
    (85, &["hepatitis a", "havrix", "vaqta", "hep a", "hepa", "hav"]),
    (88, &["influenza", "fluzone", "flu shot", "antigripal", "flu", "gripe", "iiv", "iiv4", "laiv"]),
    (89, &["polio", "antipoliomielitica", "poliomielitis"]),
    (94, &["mmrv"]),
    (100, &["pcv7"]),
    (107, &["dtap", "diphtheria tetanus whooping cough", "difteria tetanos tos ferina"]),
    (108, &["meningococcal", "meningococo"]),
    (90, &["rabies", "rabia"]),
    (91, &["typhoid", "fiebre tifoidea"]),
    (109, &["pneumococcal", "neumococica", "neumococo"]),
    (115, &["tdap"]),
    (122, &["rotavirus", "rv", "rv1", "rv5"]),
    (133, &["pcv13"]),
    (137, &["hpv", "vph", "human papillomavirus", "papiloma"]),
    (139, &["td"]),
    (147, &["menacwy", "men acwy", "mcv4", "meningococcal acwy", "meningococo acwy"]),
    (152, &["pcv", "prevnar"]),
    (164, &["menb", "men b", "meningococcal b", "meningococo b"]),
    (184, &["yellow fever", "fiebre amarilla"]),
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

/// The vaccines a text names, the longest name first, each name read once; `CVX 03` names one too. Of a vaccine that is named and
/// its product beside it (`Hep B (Recombivax)`) the product is kept.
pub(crate) fn vaccines(text: &str) -> Vec<u16> {
    let mut text = plain(text);
    let mut found: Vec<u16> = Vec::new();
    if let Some((before, code)) = text.clone().split_once(" cvx ") {
        let (code, after) = code.split_once(' ').unwrap_or((code, ""));
        found.extend(code.parse::<Cvx>().ok().map(Cvx::number));
        text = format!("{before} | {after} ");
    }
    for phrase in PHRASES.iter() {
        while let Some(at) = text.find(&phrase.words) {
            text.replace_range(at..at + phrase.words.len(), " | ");
            found.push(phrase.cvx);
        }
    }
    found.sort_unstable();
    found.dedup();
    let is_generic = |cvx: u16| KNOWN_AS.iter().any(|(known, _)| *known == cvx);
    let is_said_better =
        |cvx: u16| found.iter().any(|other| *other != cvx && !is_generic(*other) && stands_for(*other, cvx));
    found.iter().copied().filter(|cvx| !(is_generic(*cvx) && is_said_better(*cvx))).collect()
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

    #[test]
    fn the_longest_name_wins_and_what_is_left_is_read_again() {
        for (text, expected) in [
            ("Hep A - Hep B", &[104][..]),
            ("MMRV", &[94]),
            ("Meningococcal B", &[164]),
            ("ProQuad", &[94]),
            ("Hep B (Recombivax-Peds)", &[8]),
            ("HAVRIX 720 ELU/0.5ML IM SUSP", &[85]),
            ("Flu (Fluzone Quad) (0.25 mL)", &[88]),
            ("M.M.R. #1", &[3]),
            ("MMR, Varicella", &[3, 21]),
            ("DTaP, IPV, Hib", &[17, 130]),
            ("nothing", &[]),
        ] {
            let mut found = vaccines(text);
            found.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn every_other_name_is_of_a_vaccine_the_catalogue_knows() {
        for (cvx, _) in KNOWN_AS {
            let known = catalogue::vaccine(Cvx::known(*cvx));
            assert!(known.is_some_and(|vaccine| !vaccine.antigens.is_empty()), "{cvx}");
        }
    }
}
