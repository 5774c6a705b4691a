//! Reading fields of a parsed message without caring how deep a sender nested them.

use std::collections::HashMap;

use hl7_parser::{
    Message,
    message::{Field, Repeat, Segment, Separators},
};

/// A segment with the message's separators, for unescaping.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub segment: &'a Segment<'a>,
    separators: &'a Separators,
    /// From 1, among the segments of its name.
    pub occurrence: usize,
}

/// Every segment, counted by name.
pub(super) fn segments<'a>(message: &'a Message<'a>) -> Vec<View<'a>> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    message
        .segments()
        .map(|segment| {
            let count = counts.entry(segment.name).or_default();
            *count += 1;
            let occurrence = *count;
            View { segment, separators: &message.separators, occurrence }
        })
        .collect()
}

impl<'a> View<'a> {
    /// A component of the first repetition, unescaped; empty if not there. `""` (delete the value) reads as empty.
    pub(super) fn text(&self, field: usize, component: usize) -> String {
        self.segment
            .field(field)
            .and_then(|field| field.repeats.first())
            .map_or_else(String::new, |repeat| self.component(repeat, component))
    }

    /// A component of a repetition, unescaped: its first subcomponent.
    pub(super) fn component(&self, repeat: &Repeat<'_>, component: usize) -> String {
        let raw = repeat
            .component(component)
            .map_or("", |component| component.subcomponents.first().map_or("", |sub| sub.raw_value()));
        let raw = raw.trim();
        if raw == "\"\"" {
            return String::new();
        }
        if raw.contains(self.separators.escape) {
            unescape(raw, self.separators).trim().to_owned()
        } else {
            raw.to_owned()
        }
    }

    /// The repetitions of a field.
    pub(super) fn repeats(&self, field: usize) -> &'a [Repeat<'a>] {
        self.segment.field(field).map_or(&[], |field: &'a Field<'a>| field.repeats.as_slice())
    }
}

/// Undoes HL7's escapes (chapter 2.7). The parser crate's own decoder panics on a damaged escape; here one that is not
/// understood stays as it is written.
fn unescape(raw: &str, separators: &Separators) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once(separators.escape) {
        text.push_str(before);
        let Some((code, behind)) = after.split_once(separators.escape) else {
            text.push(separators.escape);
            text.push_str(after);
            return text;
        };
        match code {
            "F" => text.push(separators.field),
            "S" => text.push(separators.component),
            "T" => text.push(separators.subcomponent),
            "R" => text.push(separators.repetition),
            "E" => text.push(separators.escape),
            ".br" => text.push(' '),
            // Highlighting and other formatting has no meaning in a name or a code.
            "H" | "N" => {}
            other => {
                text.push(separators.escape);
                text.push_str(other);
                text.push(separators.escape);
            }
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}
