//! The letters of a table: which set of characters a file is written in, and which of its lines are not.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Stands for a letter that could not be read; a line that holds one is named and not taken.
pub const UNREADABLE: char = '\u{fffd}';

/// A file as text. A byte order mark decides, else UTF-8 where it is used at all, else Windows-1252 or Macintosh, whichever
/// makes words of it. A line that is not of the file's set holds [`UNREADABLE`] and is never turned into other letters.
pub fn decode(bytes: &[u8]) -> String {
    // No text has a NUL, and PostgreSQL takes none.
    decode_as_is(bytes).replace('\0', "\u{fffd}")
}

fn decode_as_is(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Sixteen bits without a mark: every other byte of plain letters is nought.
    match bytes {
        [1..=255, 0, 1..=255, 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
        [0, 1..=255, 0, 1..=255, ..] => return UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')).collect();
    if lines.iter().any(|line| !line.is_ascii() && std::str::from_utf8(line).is_ok()) {
        return lines.iter().map(|line| String::from_utf8_lossy(line)).collect();
    }
    one_byte(&lines)
}

/// Windows-1252, as Excel on Windows saves a table, or Macintosh, as it does on a Mac.
fn one_byte(lines: &[&[u8]]) -> String {
    let read = |encoding: &'static Encoding| -> Vec<(String, Oddity)> {
        let line = |line: &&[u8]| {
            let text = encoding.decode_without_bom_handling(line).0.into_owned();
            let oddity = oddity(&text);
            (text, oddity)
        };
        lines.iter().map(line).collect()
    };
    let (windows, mac) = (read(WINDOWS_1252), read(MACINTOSH));
    let odd = |lines: &[(String, Oddity)], at_least: Oddity| lines.iter().filter(|(_, odd)| *odd >= at_least).count();
    // What is only doubtful in the one set is decided by the other: if that makes no sense, there is no doubt.
    let is_decided = odd(&mac, Oddity::Odd) > 0;
    let limit = if is_decided { Oddity::Odd } else { Oddity::Doubtful };
    let chosen = if odd(&mac, Oddity::Odd) < odd(&windows, Oddity::Odd) { mac } else { windows };
    let worst = if odd(&chosen, Oddity::Odd) == 0 && is_decided { Oddity::Odd } else { limit };
    chosen
        .into_iter()
        .map(|(text, odd)| {
            if odd >= worst {
                text.chars().map(|letter| if letter.is_ascii() { letter } else { UNREADABLE }).collect()
            } else {
                text
            }
        })
        .collect()
}

/// How unlikely a line is to be what somebody wrote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Oddity {
    Fine,
    /// An apostrophe between small letters: Sa’ad, or María read in the wrong set.
    Doubtful,
    Odd,
}

fn oddity(line: &str) -> Oddity {
    let letters: Vec<char> = line.chars().collect();
    let odd = |at: usize| {
        let letter = letters[at];
        if letter.is_ascii() {
            return Oddity::Fine;
        }
        let before = at.checked_sub(1).map_or(' ', |at| letters[at]);
        let behind = letters.get(at + 1).copied().unwrap_or(' ');
        if letter.is_control() {
            return Oddity::Odd;
        }
        if letter.is_alphabetic() {
            // JosÈ: a capital behind a small letter.
            let is_shouting = letter.is_uppercase() && before.is_lowercase();
            return if is_shouting { Oddity::Odd } else { Oddity::Fine };
        }
        if !before.is_alphabetic() && !behind.is_alphabetic() {
            return Oddity::Fine;
        }
        match letter {
            '‘' | '’' | '´' if before.is_lowercase() && behind.is_lowercase() => Oddity::Doubtful,
            '‘' | '’' | '´' | '“' | '”' | '\u{a0}' | '·' => Oddity::Fine,
            '–' | '—'
                if !(before.is_lowercase() && behind.is_lowercase())
                    && behind.is_alphabetic() == before.is_alphabetic() =>
            {
                Oddity::Fine
            }
            _ => Oddity::Odd,
        }
    };
    (0..letters.len()).map(odd).max().unwrap_or(Oddity::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_saved_on_windows_or_on_a_mac_is_read_in_its_own_letters() {
        assert_eq!(
            decode(b"Last,First\nN\xfa\xf1ez,Jos\xe9\nO\x92Brien,M\xe1ire\n"),
            "Last,First\nNúñez,José\nO’Brien,Máire\n"
        );
        assert_eq!(decode(b"Last,First\nN\x9c\x96ez,Jos\x8e\nGarc\x92a,Ana\n"), "Last,First\nNúñez,José\nGarcía,Ana\n");
        // Other letters of the file decide what could be either.
        assert_eq!(decode(b"Sa\x92ad,Jos\xe9\n"), "Sa’ad,José\n");
    }

    #[test]
    fn a_line_that_is_not_of_the_files_set_is_not_turned_into_other_letters() {
        let text =
            decode("Last\nNúñez\nX\n".as_bytes().iter().chain(b"Pe\xf1a\n").copied().collect::<Vec<_>>().as_slice());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "Núñez");
        assert!(lines[3].contains(UNREADABLE), "{}", lines[3]);
        // María on a Mac, or Mar’a on Windows: nothing decides.
        assert!(decode(b"Last\nMar\x92a\n").contains(UNREADABLE));
    }
}
