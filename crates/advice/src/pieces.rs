//! A line of a text as dates and the words between them.

use chrono::NaiveDate;

use crate::{
    dates::{Dating, date_at, is_month_of_year, month_number},
    letters::{folded, is_han, narrow},
};

/// A piece of a line.
pub(crate) enum Piece {
    Date(NaiveDate),
    Words(String),
}

/// A line with plain digits and signs, its Chinese dates as numbers, and blanks between Chinese characters and the rest.
pub(crate) fn prepared(line: &str) -> String {
    let narrow: Vec<char> = line.chars().map(narrow).collect();
    let mut text = String::with_capacity(line.len() + 8);
    for (at, letter) in narrow.iter().copied().enumerate() {
        let (before, after) = (text.chars().next_back(), narrow.get(at + 1).copied());
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        match letter {
            '年' | '月' if is_digit(before) && is_digit(after) => text.push('-'),
            '日' if is_digit(before) => text.push(' '),
            _ => {
                let is_seam = before.is_some_and(|before| {
                    is_han(before) && letter.is_ascii_alphanumeric() || is_han(letter) && before.is_ascii_digit()
                });
                if is_seam {
                    text.push(' ');
                }
                text.push(letter);
            }
        }
    }
    text
}

/// A word of a line, with the sign that stands before it, if that parts or brackets.
pub(crate) struct Token<'a> {
    pub(crate) before: &'a str,
    pub(crate) text: &'a str,
}

pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    // `MMR:3/15/2021`: a colon parts, but not in a time of day.
    let is_end = |at: usize, letter: char| match letter {
        ',' | ';' | '(' | ')' | '[' | ']' | '|' | '"' => true,
        ':' => {
            let (before, behind) = line.split_at_checked(at).unwrap_or((line, ""));
            !(is_digit(before.chars().next_back()) && is_digit(behind.chars().nth(1)))
        }
        letter => letter.is_whitespace(),
    };
    let (mut tokens, mut from, mut end) = (Vec::new(), None, 0);
    for (at, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        if !is_end(at, letter) {
            from.get_or_insert(at);
        } else if let Some(start) = from.take() {
            let text = line.get(start..at).unwrap_or("").trim_matches(['.', ':', '*', '#', '\'']);
            if !text.is_empty() {
                tokens.push(Token { before: line.get(end..start).unwrap_or(""), text });
                end = at;
            }
        }
    }
    tokens
}

/// A line as dates and the words between them, without what says neither: numbers of lots, days of expiry, codes of drugs.
pub(crate) fn pieces(line: &str, dating: Dating) -> Vec<Piece> {
    let line = prepared(line);
    let tokens = tokens(&line);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let here: Vec<&str> = tokens[at..].iter().map(|token| token.text).collect();
        let past = read_past(&here, dating);
        if past > 0 {
            at += past;
            continue;
        }
        match (date_at(&here, dating), pieces.last_mut()) {
            (Some((date, used)), _) => {
                pieces.push(Piece::Date(date));
                at += used;
                continue;
            }
            (None, Some(Piece::Words(words))) => {
                words.push_str(if token.before.is_empty() { " " } else { token.before });
                words.push_str(token.text);
            }
            (None, _) => pieces.push(Piece::Words(format!("{}{}", token.before.trim_start(), token.text))),
        }
        at += 1;
    }
    pieces
}

/// How many words from here say nothing of a dose: `Lot 7G2B4`, `Exp 08/2027`, `NDC 49281-510-05`, `dose 1/3`.
fn read_past(here: &[&str], dating: Dating) -> usize {
    let plain = |place: usize| here.get(place).map(|word| plain_words(word).collect::<String>()).unwrap_or_default();
    let has_digit = |place: usize| here.get(place).is_some_and(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    let is_word = |word: &str| {
        here.first().is_some_and(|first| first.chars().all(|letter| !letter.is_numeric())) && plain(0) == word
    };
    let named = |words: &str| words.split(' ').any(is_word);
    let filled = |words: &str| (1..4).find(|place| !words.split(' ').any(|word| word == plain(*place))).unwrap_or(4);
    if named("lot lote batch partida ndc cpt npi gtin tel phone fax mrn id") {
        let at = filled("no number numero num n lot code codigo");
        return if has_digit(at) { at + 1 } else { 0 };
    }
    if named("exp expires expiration expiry expdate caduca caducidad vence vencimiento validade val peremption") {
        let at = filled("date fecha on de data el del");
        let rest = here.get(at..).unwrap_or_default();
        if let Some((_, used)) = date_at(rest, dating) {
            return at + used;
        }
        // Expiry is often a month and a year.
        return match rest {
            [one, ..] if is_month_of_year(one) => at + 1,
            [month, year, ..] if month_number(month).is_some() && year.parse::<u16>().is_ok() => at + 2,
            _ => 0,
        };
    }
    if named("dose dosis dosi shot doz lan dosage") {
        let at = filled("no number numero num n");
        let is_of = here.get(at).is_some_and(|word| {
            word.split_once('/').is_some_and(|(one, all)| one.len() == 1 && all.len() == 1)
                || word.parse::<u8>().is_ok()
        });
        // `dose 1 3/15/2021`: the number is taken, the date is not.
        return if is_of && date_at(here.get(at..).unwrap_or_default(), dating).is_none() { at + 1 } else { 0 };
    }
    0
}

/// The words of a text without accents, in small letters.
pub(crate) fn plain_words(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.chars().flat_map(char::to_lowercase).filter_map(folded).collect();
    let words: Vec<String> = plain.split(|letter: char| !letter.is_alphabetic()).map(str::to_owned).collect();
    words.into_iter().filter(|word| !word.is_empty())
}
