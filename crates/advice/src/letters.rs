//! A text as words that can be compared: small letters without accents, and what stands between them.

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing, a blank, a point, a bracket.
    Soft,
    /// What joins two parts into one vaccine: `-`, `/`, `+`.
    Join,
    /// What parts two vaccines: a comma, a semicolon, a bar, "and".
    Part,
}

/// A word with what stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) before: Gap,
    /// How many brackets are open around it.
    pub(crate) depth: u8,
}

/// Letters with an accent, each behind the letter it is read as: Western Europe, Portuguese, Creole, Vietnamese.
const ACCENTED: [(char, &str); 9] = [
    ('a', "àáâãäåāăąạảấầẩẫậắằẳẵặ"),
    ('c', "çćč"),
    ('d', "đ"),
    ('e', "èéêëēĕėęẹẻẽếềểễệё"),
    ('i', "ìíîïĩīįỉị"),
    ('n', "ñńň"),
    ('o', "òóôõöøōőọỏốồổỗộơớờởỡợ"),
    ('u', "ùúûüũūůűưụủứừửữự"),
    ('y', "ýÿỳỵỷỹ"),
];

/// A letter as it is compared: without its accent; a fullwidth sign as the plain one. Nothing for an accent that stands alone.
pub(crate) fn folded(letter: char) -> Option<char> {
    if matches!(letter, '\u{300}'..='\u{36f}') {
        return None;
    }
    if letter.is_ascii() {
        return Some(letter);
    }
    if letter == 'ё' {
        return Some('е');
    }
    let plain = ACCENTED.iter().find(|(_, accented)| accented.contains(letter)).map(|(plain, _)| *plain);
    Some(plain.unwrap_or(letter))
}

/// Fullwidth digits and signs, as Chinese keyboards write them, as plain ones.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        '、' => ',',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        other => other,
    }
}

/// Chinese characters: they stand without blanks between words.
pub(crate) const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The words of a text: runs of letters, runs of digits, single Chinese characters.
pub(crate) fn words(text: &str) -> Vec<Word> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Letters,
        Digits,
        Han,
    }
    let mut words: Vec<Word> = Vec::new();
    let (mut before, mut depth, mut last) = (Gap::Soft, 0u8, None);
    let mut original = String::new();
    let mut originals: Vec<String> = Vec::new();
    for letter in text.chars().map(narrow) {
        if !letter.is_alphanumeric() && !matches!(letter, '\u{300}'..='\u{36f}') {
            match letter {
                '(' | '[' => depth = depth.saturating_add(1),
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            before = match (letter, before) {
                (',' | ';' | '|' | '&', _) | (_, Gap::Part) => Gap::Part,
                ('-' | '/' | '+', _) | (_, Gap::Join) => Gap::Join,
                _ => Gap::Soft,
            };
            last = None;
            continue;
        }
        let kind = match letter {
            letter if letter.is_numeric() => Kind::Digits,
            letter if is_han(letter) => Kind::Han,
            _ => Kind::Letters,
        };
        if last != Some(kind) || kind == Kind::Han {
            words.push(Word { text: String::new(), before, depth });
            originals.push(std::mem::take(&mut original));
            before = Gap::Soft;
        }
        last = Some(kind);
        original.push(letter);
        if let Some(word) = words.last_mut() {
            word.text.extend(letter.to_lowercase().filter_map(folded));
        }
    }
    originals.push(original);
    originals.remove(0);
    // A small d and a capital T: the adult's vaccine, as Latin America and France write it.
    for (word, original) in words.iter_mut().zip(&originals) {
        match original.as_str() {
            "dT" => "td".clone_into(&mut word.text),
            "dTpa" | "dTPa" => "tdap".clone_into(&mut word.text),
            _ => {}
        }
    }
    without_connectives(words)
}

/// Words of a name that say nothing of it, and are left out of some prints: `vacuna de la polio`.
pub(crate) fn is_filler(word: &str) -> bool {
    matches!(word, "de" | "del" | "of" | "du" | "la" | "el" | "las" | "los" | "les" | "contra" | "against" | "contre")
}

/// "And" parts two vaccines, in every language of the cards.
fn without_connectives(words: Vec<Word>) -> Vec<Word> {
    let mut kept: Vec<Word> = Vec::new();
    let mut parted = false;
    for mut word in words {
        if matches!(word.text.as_str(), "and" | "y" | "e" | "et" | "va" | "ak" | "и" | "和" | "及") {
            parted = true;
            continue;
        }
        if is_filler(&word.text) {
            continue;
        }
        if std::mem::take(&mut parted) {
            word.before = Gap::Part;
        }
        kept.push(word);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_compared_without_accents_case_and_signs() {
        assert_eq!(texts("Sarampión, Rubéola"), ["sarampion", "rubeola"]);
        assert_eq!(texts("Thủy đậu"), ["thuy", "dau"]);
        assert_eq!(texts("Thu\u{309}y"), texts("Thủy"));
        assert_eq!(texts("PCV-13 PCV13 ＰＣＶ１３"), ["pcv", "13", "pcv", "13", "pcv", "13"]);
        assert_eq!(texts("麻腮风疫苗"), ["麻", "腮", "风", "疫", "苗"]);
        assert_eq!(texts("dT dTpa DT DTPa"), ["td", "tdap", "dt", "dtpa"]);
    }

    #[test]
    fn what_joins_and_what_parts_is_told_apart() {
        let gaps = |text: &str| words(text).iter().map(|word| word.before).collect::<Vec<_>>();
        assert_eq!(gaps("DTaP-IPV/Hib"), [Gap::Soft, Gap::Join, Gap::Join]);
        assert_eq!(gaps("DTaP, IPV y Hib"), [Gap::Soft, Gap::Part, Gap::Part]);
        assert_eq!(words("Hib (ActHIB)").last().map(|word| word.depth), Some(1));
    }
}
