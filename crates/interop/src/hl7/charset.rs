//! The characters of one message, as its MSH-18 says (HL7 table 0211), never guessed into other letters.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, ISO_2022_JP, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6,
    ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_15, UTF_8, WINDOWS_1252, WINDOWS_1254,
};

use super::split::Piece;
use crate::{Issue, What};

/// What MSH-18 says.
enum Declared {
    Nothing,
    /// Seven bits, or something nobody knows.
    Plain,
    As(&'static Encoding),
}

/// The lines of one message as text.
pub(super) fn read(lines: &[&[u8]]) -> Piece {
    let declared = declared(lines.first().copied().unwrap_or_default());
    let has_letters = |line: &[u8]| !line.is_ascii();
    let utf8 = |line: &[u8]| std::str::from_utf8(line).is_ok();
    // Lines that hold whole UTF-8 letters: in any other set that is all but impossible by chance.
    let is_written_in_utf8 = lines.iter().any(|line| has_letters(line)) && lines.iter().all(|line| utf8(line));
    let (encoding, misdeclared) = match declared {
        Declared::As(encoding) if encoding == ISO_2022_JP => (encoding, false),
        Declared::As(encoding) if encoding != UTF_8 && is_written_in_utf8 => (UTF_8, true),
        Declared::As(encoding) => (encoding, false),
        // Nothing is said: UTF-8, or Windows-1252 where no line is UTF-8. Both in one message is neither.
        Declared::Nothing | Declared::Plain => {
            let some_utf8 = lines.iter().any(|line| has_letters(line) && utf8(line));
            (if some_utf8 || !lines.iter().any(|line| has_letters(line)) { UTF_8 } else { WINDOWS_1252 }, false)
        }
    };
    let mut fault = None;
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    for (line, number) in lines.iter().zip(1..) {
        let (decoded, had_errors) = encoding.decode_without_bom_handling(line);
        if (had_errors || decoded.contains(is_leftover)) && fault.is_none() {
            fault = Some(Issue::line(number, What::OtherLetters));
        }
        if !text.is_empty() {
            text.push('\r');
        }
        text.push_str(&decoded);
    }
    Piece { text, fault, misdeclared }
}

/// A control sign that Windows-1252 has no letter for: the byte was of another set.
fn is_leftover(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{9f}')
}

fn declared(header: &[u8]) -> Declared {
    let Some(separator) = header.get(3) else { return Declared::Nothing };
    let field = header.split(|byte| byte == separator).nth(17).unwrap_or_default();
    let Ok(field) = std::str::from_utf8(field) else { return Declared::Nothing };
    let mut declared = Declared::Nothing;
    // Several can be named; the first that holds more than seven bits decides.
    for name in field.split('~') {
        let name: String =
            name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
        let encoding = match name.as_str() {
            "" => continue,
            "UNICODEUTF8" | "UTF8" | "UNICODE" => UTF_8,
            "88591" | "ISO88591" | "LATIN1" | "WINDOWS1252" | "CP1252" => WINDOWS_1252,
            "88592" | "ISO88592" => ISO_8859_2,
            "88593" | "ISO88593" => ISO_8859_3,
            "88594" | "ISO88594" => ISO_8859_4,
            "88595" | "ISO88595" => ISO_8859_5,
            "88596" | "ISO88596" => ISO_8859_6,
            "88597" | "ISO88597" => ISO_8859_7,
            "88598" | "ISO88598" => ISO_8859_8,
            "88599" | "ISO88599" => WINDOWS_1254,
            "885910" | "ISO885910" => ISO_8859_10,
            "885915" | "ISO885915" => ISO_8859_15,
            "ISOIR14" | "ISOIR87" | "ISOIR159" => ISO_2022_JP,
            "GB180302000" | "GB18030" => GB18030,
            "KSX1001" => EUC_KR,
            "CNS116431992" | "BIG5" => BIG5,
            _ => {
                declared = Declared::Plain;
                continue;
            }
        };
        return Declared::As(encoding);
    }
    declared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(set: &str, name: &[u8]) -> Piece {
        let header = format!("MSH|^~\\&|E|||M|1||VXU^V04|1|P|2.5.1|||ER|AL||{set}");
        let line = [b"PID|1||1||", name].concat();
        read(&[header.as_bytes(), &line])
    }

    #[test]
    fn each_message_is_read_in_the_characters_it_names() {
        for (set, bytes) in [
            ("UNICODE UTF-8", "Núñez".as_bytes()),
            ("", "Núñez".as_bytes()),
            ("8859/1", b"N\xfa\xf1ez"),
            ("", b"N\xfa\xf1ez"),
            ("ASCII~8859/1", b"N\xfa\xf1ez"),
            ("8859/15", b"N\xfa\xf1ez"),
        ] {
            let piece = read_as(set, bytes);
            assert!(piece.text.ends_with("|Núñez") && piece.fault.is_none(), "{set:?}: {}", piece.text);
        }
        assert!(read_as("8859/2", b"\xa3ukasz").text.ends_with("Łukasz"));
        let wrong = read_as("8859/1", "Núñez".as_bytes());
        assert!(wrong.text.ends_with("Núñez") && wrong.misdeclared);
    }

    #[test]
    fn a_line_of_other_characters_is_named_and_not_turned_into_other_letters() {
        assert_eq!(read_as("UNICODE UTF-8", b"N\xfa\xf1ez").fault, Some(Issue::line(2, What::OtherLetters)));
        let mixed = read(&[b"MSH|^~\\&|E", "PID|1||1||Núñez".as_bytes(), b"NTE|1||Pe\xf1a"]);
        assert_eq!(mixed.fault, Some(Issue::line(3, What::OtherLetters)));
    }
}
