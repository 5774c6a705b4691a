//! Vaccines by the names people write: products, abbreviations, diseases, as cards print them in many countries.

use std::{collections::HashMap, sync::LazyLock};

use domain::{
    Antigen, Cvx, catalogue,
    catalogue::{Use, Vaccine},
};

use crate::letters::{Gap, Word, words};

/// `code | name; name`: see the file.
const KNOWN_AS: &str = include_str!("../data/names.txt");

/// A way to write a vaccine.
struct Phrase {
    words: Vec<Word>,
    /// `None`: it may be one of several.
    cvx: Option<u16>,
    /// The name of a product.
    is_product: bool,
    /// What it holds differs by country, and this is what it holds in most.
    is_assumed: bool,
}

/// The phrases that begin with a word, the longest first.
type Phrases = HashMap<String, Vec<Phrase>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    let mut add = |text: &str, cvx: Option<u16>, is_product: bool, is_assumed: bool| {
        let words = words(text);
        let Some(first) = words.first() else { return };
        if words.iter().map(|word| word.text.len()).sum::<usize>() < 2 {
            return;
        }
        let beside = phrases.entry(first.text.clone()).or_default();
        match beside.iter_mut().find(|phrase| is_same(&phrase.words, &words)) {
            None => beside.push(Phrase { words, cvx, is_product, is_assumed }),
            // The same name with a comma in it and without.
            Some(known) => {
                for (word, other) in known.words.iter_mut().zip(&words).filter(|(_, other)| other.before == Gap::Part) {
                    word.before = other.before;
                }
            }
        }
    };
    for (cvx, is_assumed, names) in known_as() {
        names.split(';').for_each(|name| add(name, cvx, false, is_assumed));
    }
    let vaccines = || catalogue::all().iter().filter(|vaccine| !vaccine.antigens.is_empty());
    // Those given today first: an old product of the same name comes second.
    for usage in [Use::Current, Use::Unspecified, Use::Historical, Use::Foreign] {
        for vaccine in vaccines().filter(|vaccine| vaccine.usage == usage) {
            let cvx = Some(vaccine.cvx.number());
            add(vaccine.name, cvx, false, false);
            vaccine.products.iter().for_each(|product| add(product.name, cvx, true, false));
        }
    }
    // A product by its first word, where that says which it is.
    let firsts: Vec<(String, u16)> = vaccines()
        .flat_map(|vaccine| vaccine.products.iter().map(|product| (product, vaccine.cvx.number())))
        .filter_map(|(product, cvx)| Some((words(product.name).first()?.text.clone(), cvx)))
        .filter(|(word, _)| word.len() >= 5 && word.chars().all(char::is_alphabetic))
        .collect();
    for (word, cvx) in &firsts {
        if firsts.iter().all(|(other, code)| other != word || code == cvx) {
            add(word, Some(*cvx), true, false);
        }
    }
    for beside in phrases.values_mut() {
        beside.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    }
    phrases
});

/// The code, whether it is what the name means in most countries only, and the names.
fn known_as() -> impl Iterator<Item = (Option<u16>, bool, &'static str)> {
    KNOWN_AS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (code, names) = line.split_once('|')?;
        Some((code.trim_end_matches(['!', ' ']).parse().ok(), code.contains('!'), names))
    })
}

fn is_same(one: &[Word], other: &[Word]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.text == other.text)
}

/// A name found in a text.
#[derive(Debug, Clone, Copy)]
struct Found {
    cvx: Option<u16>,
    is_product: bool,
    is_assumed: bool,
    /// Its first word, and the one behind it.
    from: usize,
    to: usize,
}

/// The vaccines a text names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// Their codes, each once.
    pub(crate) vaccines: Vec<u16>,
    /// There is a name that may be one of several vaccines, and nothing beside it says which.
    pub(crate) is_unclear: bool,
    /// A name stands there that holds something else in some countries.
    pub(crate) is_assumed: bool,
}

/// The vaccines a text names, the longest name first, each name read once; `CVX 03` names one too. Parts that are joined
/// (`DTaP-IPV/Hib`) are the vaccine that holds them all. Of a vaccine that is named and its product beside it (`Hep B (Recombivax)`)
/// the product is kept.
pub(crate) fn vaccines(text: &str) -> Named {
    let words = words(text);
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let one = by_code(&words, at).or_else(|| by_phrase(&words, at, word));
        at = one.map_or(at + 1, |one| one.to);
        found.extend(one);
    }
    let found = explained(&words, &joined(&words, found));
    let is_unclear = found.iter().any(|one| one.cvx.is_none());
    let is_assumed = found.iter().any(|one| one.is_assumed);
    let mut vaccines: Vec<u16> = found.iter().filter_map(|one| one.cvx).collect();
    vaccines.sort_unstable();
    vaccines.dedup();
    // A name with no product, and its product elsewhere on the line.
    let is_said_better =
        |cvx: u16| vaccines.iter().any(|other| *other != cvx && !is_generic(*other) && covers(*other, cvx));
    let kept = vaccines.iter().copied().filter(|cvx| !(is_generic(*cvx) && is_said_better(*cvx))).collect();
    Named { vaccines: kept, is_unclear, is_assumed }
}

fn by_code(words: &[Word], at: usize) -> Option<Found> {
    let code = words.get(at + 1).filter(|_| words[at].text == "cvx")?;
    let cvx = code.text.parse::<Cvx>().ok()?.number();
    Some(Found { cvx: Some(cvx), is_product: true, is_assumed: false, from: at, to: at + 2 })
}

fn by_phrase(words: &[Word], at: usize, word: &Word) -> Option<Found> {
    let stands_here = |phrase: &&Phrase| {
        let here = &words[at..];
        phrase.words.len() <= here.len()
            && phrase.words.iter().zip(here).enumerate().all(|(place, (one, other))| {
                // What the text parts is not one name, unless the name has a comma itself.
                one.text == other.text && (place == 0 || other.before != Gap::Part || one.before == Gap::Part)
            })
    };
    let phrase = PHRASES.get(&word.text)?.iter().find(stands_here)?;
    // Beside Russian or Ukrainian names `RV1` counts boosters.
    if word.text == "rv" && words.iter().any(|word| word.text.chars().any(is_cyrillic)) {
        return None;
    }
    let &Phrase { cvx, is_product, is_assumed, .. } = phrase;
    Some(Found { cvx, is_product, is_assumed, from: at, to: at + phrase.words.len() })
}

/// Neighbours that are joined become the vaccine that protects against just what they do together, if there is one of their kind.
fn joined(words: &[Word], found: Vec<Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut group: Vec<Found> = Vec::new();
    for one in found {
        let follows = group.last().is_some_and(|last| {
            last.to == one.from && words.get(one.from).is_some_and(|word| word.before == Gap::Join)
        });
        if !follows {
            all.extend(together(&group));
            group.clear();
        }
        group.push(one);
    }
    all.extend(together(&group));
    all
}

fn together(group: &[Found]) -> Vec<Found> {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return Vec::new() };
    let parts: Option<Vec<&Vaccine>> = group.iter().map(|one| known(one.cvx?)).collect();
    let (1.., Some(parts)) = (group.len() - 1, parts) else { return group.to_vec() };
    let each: Vec<Antigen> = parts.iter().flat_map(|vaccine| vaccine.antigens.iter().copied()).collect();
    let wanted = sorted(each.clone());
    // `IPV/OPV` is two.
    if wanted.len() < each.len() {
        return group.to_vec();
    }
    // DTP and DTaP protect against the same and are not the same vaccine.
    let kind = |vaccine: &Vaccine| crate::letters::words(vaccine.name).first().map(|word| word.text.clone());
    let kinds: Vec<String> = parts.iter().filter_map(|part| kind(part)).collect();
    let fits = |vaccine: &&Vaccine| {
        let is_kind = !wanted.contains(&Antigen::Diphtheria) || kind(vaccine).is_some_and(|kind| kinds.contains(&kind));
        sorted(vaccine.antigens.clone()) == wanted && is_kind
    };
    let given = |usage: Use| catalogue::all().iter().filter(move |vaccine| vaccine.usage == usage);
    let one = [Use::Current, Use::Unspecified, Use::Historical, Use::Foreign]
        .into_iter()
        .find_map(|usage| given(usage).find(fits));
    match one {
        Some(vaccine) => {
            let is_product = group.iter().any(|one| one.is_product);
            vec![Found {
                cvx: Some(vaccine.cvx.number()),
                is_product,
                is_assumed: false,
                from: first.from,
                to: last.to,
            }]
        }
        None => group.to_vec(),
    }
}

/// Without the names another one explains: the parts of a product that stands in brackets behind them, the parts in brackets
/// behind a product, and what is said twice without anything that parts it.
fn explained(words: &[Word], found: &[Found]) -> Vec<Found> {
    let depth = |one: &Found| words.get(one.from).map_or(0, |word| word.depth);
    let is_parted = |one: &Found, other: &Found| {
        let (from, to) = if one.from < other.from { (one.to, other.from) } else { (other.to, one.from) };
        words.get(from..=to).is_some_and(|between| between.iter().any(|word| word.before == Gap::Part))
    };
    let explains = |other: &Found, one: &Found| {
        let (Some(cvx), Some(better)) = (one.cvx, other.cvx) else {
            // What may be several vaccines is told by what is written beside it.
            return one.cvx.is_none() && other.cvx.is_some() && !is_parted(one, other);
        };
        let beside = !is_parted(one, other) || depth(one) != depth(other);
        let is_more = !covers(cvx, better) || other.is_product && !one.is_product;
        cvx != better && beside && covers(better, cvx) && is_more
    };
    found.iter().filter(|one| !found.iter().any(|other| explains(other, one))).copied().collect()
}

const fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

fn known(cvx: u16) -> Option<&'static Vaccine> {
    catalogue::vaccine(Cvx::stored(cvx))
}

/// Does a vaccine protect against all that another does?
fn covers(vaccine: u16, other: u16) -> bool {
    known(vaccine).zip(known(other)).is_some_and(|(vaccine, other)| {
        !other.antigens.is_empty() && other.antigens.iter().all(|antigen| vaccine.antigens.contains(antigen))
    })
}

fn is_generic(cvx: u16) -> bool {
    known(cvx).is_some_and(|vaccine| vaccine.usage == Use::Unspecified)
}

fn sorted(mut antigens: Vec<Antigen>) -> Vec<Antigen> {
    antigens.sort_unstable();
    antigens.dedup();
    antigens
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
            ("DTaP, IPV, Hib", &[10, 17, 107]),
            ("nothing", &[]),
        ] {
            assert_eq!(vaccines(text).vaccines, expected, "{text}");
        }
    }

    #[test]
    fn the_names_that_cards_of_many_countries_print_are_read_each_as_one_vaccine() {
        let mut wrong = Vec::new();
        let lines = include_str!("../tests/cards.txt").lines().filter(|line| !line.starts_with('#'));
        for (text, expected) in lines.filter_map(|line| line.rsplit_once(" = ")) {
            let named = vaccines(text);
            let codes: Vec<String> = named.vaccines.iter().map(ToString::to_string).collect();
            let is_right = match expected {
                "?" => codes.is_empty(),
                expected => !named.is_unclear && codes.join(" ") == expected,
            };
            if !is_right {
                wrong.push(format!("{text}: {expected}, and not {named:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_other_name_is_of_a_vaccine_the_catalogue_knows_and_stands_there_once() {
        let mut seen: HashMap<String, Option<u16>> = HashMap::new();
        for (cvx, _, names) in known_as() {
            assert!(cvx.is_none_or(|cvx| known(cvx).is_some()), "{cvx:?}");
            for name in names.split(';') {
                let plain = words(name).iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
                assert!(!plain.is_empty(), "an empty name for {cvx:?}");
                let before = seen.insert(plain, cvx);
                assert!(before.is_none_or(|before| before == cvx), "{name} names {before:?} and {cvx:?}");
            }
        }
    }
}
