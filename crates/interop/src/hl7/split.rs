//! A file into messages: line ends of any kind, frames of the wire, several messages, batches (FHS, BHS).
//!
//! It works on bytes, because each message says by itself which characters it is written in (MSH-18).

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::charset;
use crate::Issue;

/// One message of a file, from its MSH on, blank lines left out and lines parted by carriage returns. Text that belongs to no
/// message is a piece too, so that it is refused with a reason and not dropped in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text; letters that could not be read stand as U+FFFD.
    pub text: String,
    /// The line that is not written in the message's characters.
    pub fault: Option<Issue>,
    /// It says other characters than it is written in; it was read as it is written.
    pub misdeclared: bool,
}

/// The messages of a file.
pub fn messages(bytes: &[u8]) -> Messages<'_> {
    let bytes = match wide(bytes) {
        Some((encoding, text)) => Cow::Owned(encoding.decode_without_bom_handling(text).0.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes),
    };
    Messages { bytes, at: 0 }
}

/// Sixteen-bit text, with a byte order mark or without one.
fn wide(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, &[u8])> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some((UTF_16LE, rest)),
        [0xfe, 0xff, rest @ ..] => Some((UTF_16BE, rest)),
        [b'M' | b'F' | b'B', 0, b'S' | b'H', 0, ..] => Some((UTF_16LE, bytes)),
        [0, b'M' | b'F' | b'B', 0, b'S' | b'H', ..] => Some((UTF_16BE, bytes)),
        _ => None,
    }
}

/// See [`messages`].
pub struct Messages<'a> {
    bytes: Cow<'a, [u8]>,
    at: usize,
}

impl Iterator for Messages<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut lines: Vec<&[u8]> = Vec::new();
        while self.at < self.bytes.len() {
            let (line, next) = line_at(&self.bytes, self.at);
            let is_header = begins(line, *b"MSH");
            let is_wrapping = [*b"FHS", *b"BHS", *b"BTS", *b"FTS"].iter().any(|name| begins(line, *name));
            if (is_header || is_wrapping) && !lines.is_empty() {
                // Looked at again for the next piece.
                break;
            }
            self.at = next;
            if !(is_wrapping || line.is_empty()) {
                lines.push(line);
            }
        }
        (!lines.is_empty()).then(|| charset::read(&lines))
    }
}

/// The line that begins somewhere, without blanks around it, and where the next one begins. Frames of the wire (0x0B, 0x1C)
/// and every other control byte end a line as a carriage return does; so does the header of the next message.
fn line_at(bytes: &[u8], start: usize) -> (&[u8], usize) {
    let rest = &bytes[start..];
    let mut end = rest.iter().position(|byte| ends_line(*byte)).unwrap_or(rest.len());
    let mut next = (end + 1).min(rest.len());
    let first = rest[..end].iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(end);
    let mut from = first + 1;
    while let Some(found) = rest.get(from..end).and_then(|part| part.windows(3).position(|three| three == b"MSH")) {
        let at = from + found;
        // A byte order mark and blanks before a header are nothing by themselves.
        if is_whole_header(&rest[at..end]) && !trimmed(&rest[first..at]).is_empty() {
            (end, next) = (at, at);
            break;
        }
        from = at + 3;
    }
    (trimmed(&rest[..end]), start + next)
}

const fn ends_line(byte: u8) -> bool {
    // A tabulator is a blank, and an escape byte switches characters (ISO 2022).
    (byte < 0x20 && byte != b'\t' && byte != 0x1b) || byte == 0x7f
}

/// Without blanks, and without byte order marks: files put together by hand carry one at each seam.
fn trimmed(mut line: &[u8]) -> &[u8] {
    const UNSEEN: [&[u8]; 2] = [b"\xef\xbb\xbf", b"\xc2\xa0"];
    loop {
        line = line.trim_ascii();
        let strip = |mark: &&[u8]| line.strip_prefix(*mark).or_else(|| line.strip_suffix(*mark));
        match UNSEEN.iter().find_map(strip) {
            Some(rest) => line = rest,
            None => return line,
        }
    }
}

/// Is this a segment of that name? The separator may be any sign.
fn begins(line: &[u8], name: [u8; 3]) -> bool {
    line.strip_prefix(&name).is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_punctuation))
}

/// `MSH`, a separator, two signs or more, and the separator again: no field of a message holds that.
fn is_whole_header(text: &[u8]) -> bool {
    let Some((separator, signs)) = text.get(3..).and_then(<[u8]>::split_first) else { return false };
    let signs = signs.iter().take(7).position(|byte| byte == separator).map_or(&[][..], |end| &signs[..end]);
    separator.is_ascii_punctuation() && signs.len() >= 2 && signs.iter().all(u8::is_ascii_punctuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        messages(bytes).map(|piece| piece.text).collect()
    }

    #[test]
    fn a_file_of_several_messages_with_any_line_ends_is_split() {
        for end in ["\r", "\n", "\r\n"] {
            let text = ["FHS|^~\\&", "BHS|^~\\&", "MSH|^~\\&|a", "PID|1", "", "MSH|^~\\&|b", "PID|2", "BTS|2", "FTS|1"]
                .join(end);
            assert_eq!(texts(text.as_bytes()), ["MSH|^~\\&|a\rPID|1", "MSH|^~\\&|b\rPID|2"], "{end:?}");
        }
    }

    #[test]
    fn frames_blanks_marks_and_nothing_at_all_between_messages_part_them() {
        for between in
            ["\u{1c}\r\u{b}", "\u{1c}\u{b}", "\n ", "\n\t", "\r\u{feff}", "\u{1a}", "\0", "", " ", "\u{1c}\n\n"]
        {
            let text = format!("\u{b}MSH|^~\\&|a\rPID|1|A{between}MSH|^~\\&|b\rPID|2\u{1c}\r");
            assert_eq!(texts(text.as_bytes()), ["MSH|^~\\&|a\rPID|1|A", "MSH|^~\\&|b\rPID|2"], "{between:?}");
        }
    }

    #[test]
    fn a_text_that_is_no_message_is_not_dropped() {
        assert_eq!(texts(b"hello\nworld").len(), 1);
        assert_eq!(texts(b"PID|1\rMSH|^~\\&|a").len(), 2);
        assert_eq!(texts(b"helloMSH|^~\\&|a"), ["hello", "MSH|^~\\&|a"]);
        assert_eq!(texts(b" \r\n ").len(), 0);
    }

    #[test]
    fn a_file_of_sixteen_bits_is_read() {
        let little: Vec<u8> = "MSH|^~\\&|a\rPID|Núñez".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&little), ["MSH|^~\\&|a\rPID|Núñez"]);
        assert_eq!(texts(&[&[0xff, 0xfe], &little[..]].concat()), ["MSH|^~\\&|a\rPID|Núñez"]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_the_splitter(text in "(MSH|MSH\\|\\^~\\\\&\\||PID|é|\r|\n|\\||\u{b}|.){0,60}", cut in 0usize..80) {
            let bytes = text.as_bytes();
            for message in messages(&bytes[..cut.min(bytes.len())]) {
                proptest::prop_assert!(!message.text.is_empty());
            }
        }
    }
}
