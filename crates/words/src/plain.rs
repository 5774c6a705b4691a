//! How hard a text is to read: the Flesch-Kincaid grade of American schools (Kincaid et al. 1975), as plain-language guides use it.

/// Names of the field and of offices that cannot be said otherwise. They count as two syllables, as a word the reader knows.
const TERMS: [&str; 17] = [
    "immunization",
    "immunizations",
    "vaccination",
    "vaccinations",
    "vaccine",
    "vaccines",
    "certificate",
    "certificates",
    "registry",
    "massachusetts",
    "department",
    "information",
    "objection",
    "hepatitis",
    "meningococcal",
    "pneumococcal",
    "division",
];

/// Shorter texts are names and labels, of which a grade says nothing.
const FEWEST_WORDS: usize = 8;

/// The school grade somebody has to have reached to understand an English text at first reading. Nothing for a text of a few words.
pub fn grade(text: &str) -> Option<f64> {
    let words = words(text);
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    let (words, sentences) = (number(words.len()), number(sentences(text).len().max(1)));
    Some(0.39 * words / sentences + 11.8 * number(syllables) / words - 15.59)
}

/// How many words the longest sentence of a text has.
pub fn longest(text: &str) -> usize {
    sentences(text).iter().map(|sentence| words(sentence).len()).max().unwrap_or(0)
}

/// A sentence ends at a full stop, and at a colon or semicolon, where the reader stops too.
fn sentences(text: &str) -> Vec<String> {
    let text = text.replace(['?', '!', ':', ';'], ". ");
    text.split(". ").filter(|part| part.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

fn words(text: &str) -> Vec<&str> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '’' | '\'' | '/' | '.' | '-' | '…');
    text.split(|letter| !is_part(letter))
        .filter(|word| word.chars().any(|letter| letter.is_alphanumeric() || letter == '…'))
        .collect()
}

/// The syllables of an English word, by its groups of vowels.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().trim_end_matches("’s").chars().filter(char::is_ascii_alphabetic).collect();
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let groups = word.split(|letter| !is_vowel(letter)).filter(|group| !group.is_empty()).count();
    let is_mute = groups > 1
        && (word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee")
            || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded")
            || word.ends_with("es")
                && !["ses", "zes", "ches", "shes", "ces", "ges", "xes", "les"].iter().any(|end| word.ends_with(end)));
    let count = (groups - usize::from(is_mute)).max(1);
    if TERMS.contains(&word.as_str()) { count.min(2) } else { count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hard_sentence_is_told_from_an_easy_one() {
        let easy = grade("The nurse looks at the list and calls the family.").unwrap_or(99.0);
        let hard = grade(
            "Individualized determination of contraindications necessitates interdisciplinary documentation beforehand, notwithstanding exemptions.",
        );
        assert!(easy < 4.0, "{easy}");
        assert!(hard.is_some_and(|hard| hard > 15.0), "{hard:?}");
        assert_eq!(grade("Hepatitis B"), None);
        assert_eq!(longest("One two three. Four five."), 3);
    }

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in
            [("dose", 1), ("doses", 2), ("table", 2), ("listed", 2), ("called", 1), ("family", 3), ("vaccinations", 2)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
