//! A file into messages: line ends of any kind, several messages, batches (FHS, BHS).

use std::borrow::Cow;

/// The messages of a file, each from its MSH on. Text before the first MSH that is no batch header is given as a message
/// of its own, so that it is refused with a reason and not dropped in silence.
pub fn messages(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut starts: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    let mut open: Option<usize> = None;
    for line in text.split_inclusive(['\r', '\n']) {
        let end = at + line.len();
        let name = line.get(..3).unwrap_or("");
        let blank = line.trim().is_empty();
        if name == "MSH" || (matches!(name, "FHS" | "BHS" | "BTS" | "FTS")) {
            if let Some(start) = open.take() {
                starts.push(start);
                ends.push(at);
            }
            if name == "MSH" {
                open = Some(at);
            }
        } else if !blank && open.is_none() {
            open = Some(at);
        }
        at = end;
    }
    if let Some(start) = open {
        starts.push(start);
        ends.push(at);
    }
    starts.into_iter().zip(ends).map(|(start, end)| clean(&text[start..end]))
}

/// Frames of the lower layer protocol and closing blank lines are not part of a message.
fn clean(message: &str) -> Cow<'_, str> {
    let message = message.trim_matches(['\u{b}', '\u{1c}', '\r', '\n', ' ']);
    if message.contains(['\u{b}', '\u{1c}']) {
        Cow::Owned(message.replace(['\u{b}', '\u{1c}'], ""))
    } else {
        Cow::Borrowed(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_several_messages_with_any_line_ends_is_split() {
        for end in ["\r", "\n", "\r\n"] {
            let text = ["FHS|^~\\&", "BHS|^~\\&", "MSH|^~\\&|a", "PID|1", "", "MSH|^~\\&|b", "PID|2", "BTS|2", "FTS|1"]
                .join(end);
            let found: Vec<_> = messages(&text).collect();
            assert_eq!(found.len(), 2, "{end:?}");
            assert!(found[0].starts_with("MSH|^~\\&|a") && found[0].ends_with("PID|1"));
            assert!(found[1].ends_with("PID|2"));
        }
    }

    #[test]
    fn a_text_that_is_no_message_is_not_dropped() {
        assert_eq!(messages("hello\nworld").count(), 1);
        assert_eq!(messages("PID|1\rMSH|^~\\&|a").count(), 2);
        assert_eq!(messages(" \r\n ").count(), 0);
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_splitter(text in "(MSH|PID|é|\r|\n|\\||.){0,60}") {
            for message in messages(&text) {
                proptest::prop_assert!(!message.is_empty());
            }
        }
    }
}
