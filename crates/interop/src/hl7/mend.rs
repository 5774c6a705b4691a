//! Correcting a message field by field, so that nobody has to edit its text.

/// The components of a field's first repetition, as they stand, escapes undone.
pub fn field_of(text: &str, segment: &str, occurrence: usize, field: usize) -> Vec<String> {
    let signs = Signs::of(text);
    let Some(line) = lines(text).into_iter().filter(|line| is(line, segment)).nth(occurrence.max(1) - 1) else {
        return Vec::new();
    };
    let value = line.split(signs.field).nth(Signs::place(segment, field)).unwrap_or("");
    let first = value.split(signs.repetition).next().unwrap_or("");
    first.split(signs.component).map(|component| signs.plain(component)).collect()
}

/// The message with some components (from 1) of a field's first repetition replaced; the others stay. Lines are parted by carriage
/// returns afterwards.
pub fn with_field(
    text: &str,
    segment: &str,
    occurrence: usize,
    field: usize,
    components: &[(usize, String)],
) -> String {
    let signs = Signs::of(text);
    let mut count = 0;
    let mend = |line: &str| {
        if !is(line, segment) {
            return line.to_owned();
        }
        count += 1;
        if count != occurrence.max(1) {
            return line.to_owned();
        }
        let mut fields: Vec<String> = line.split(signs.field).map(str::to_owned).collect();
        let place = Signs::place(segment, field);
        if fields.len() <= place {
            fields.resize(place + 1, String::new());
        }
        let (first, rest) = match fields[place].split_once(signs.repetition) {
            Some((first, rest)) => (first.to_owned(), Some(rest.to_owned())),
            None => (fields[place].clone(), None),
        };
        let mut parts: Vec<String> = first.split(signs.component).map(str::to_owned).collect();
        for (at, value) in components {
            let at = at.max(&1) - 1;
            if parts.len() <= at {
                parts.resize(at + 1, String::new());
            }
            parts[at] = signs.escaped(value);
        }
        let first = parts.join(&signs.component.to_string());
        fields[place] = match rest {
            Some(rest) => format!("{first}{}{rest}", signs.repetition),
            None => first,
        };
        fields.join(&signs.field.to_string())
    };
    lines(text).into_iter().map(mend).collect::<Vec<_>>().join("\r")
}

fn lines(text: &str) -> Vec<&str> {
    text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect()
}

fn is(line: &str, segment: &str) -> bool {
    line.get(..3) == Some(segment)
}

/// The signs a message parts its fields with (MSH-1 and MSH-2).
struct Signs {
    field: char,
    component: char,
    repetition: char,
    escape: char,
    subcomponent: char,
}

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = text.chars().skip(3);
        let mut next = |usual: char| signs.next().filter(char::is_ascii_punctuation).unwrap_or(usual);
        Self {
            field: next('|'),
            component: next('^'),
            repetition: next('~'),
            escape: next('\\'),
            subcomponent: next('&'),
        }
    }

    /// MSH-1 is the separator itself.
    fn place(segment: &str, field: usize) -> usize {
        if segment == "MSH" { field.saturating_sub(1) } else { field }
    }

    fn escaped(&self, value: &str) -> String {
        let mut safe = String::with_capacity(value.len());
        for letter in value.chars().filter(|letter| !letter.is_control()) {
            let code = match letter {
                letter if letter == self.escape => "E",
                letter if letter == self.field => "F",
                letter if letter == self.component => "S",
                letter if letter == self.repetition => "R",
                letter if letter == self.subcomponent => "T",
                letter => {
                    safe.push(letter);
                    continue;
                }
            };
            safe.push(self.escape);
            safe.push_str(code);
            safe.push(self.escape);
        }
        safe
    }

    fn plain(&self, value: &str) -> String {
        let mut text = value.to_owned();
        for (code, sign) in [
            ("F", self.field),
            ("S", self.component),
            ("R", self.repetition),
            ("T", self.subcomponent),
            ("E", self.escape),
        ] {
            text = text.replace(&format!("{0}{code}{0}", self.escape), &sign.to_string());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_is_corrected_and_the_rest_stays() {
        let text = "MSH|^~\\&|E\rPID|1||7^^^EHR^MR||Si/va^Ana^^^^^L~Old^Name||2019|F\rRXA|0|1|2022\rRXA|0|1|2023";
        assert_eq!(field_of(text, "PID", 1, 5)[..2], ["Si/va", "Ana"]);
        let mended = with_field(text, "PID", 1, 5, &[(1, "Silva & Co|x".into())]);
        assert!(mended.contains("||Silva \\T\\ Co\\F\\x^Ana^^^^^L~Old^Name||2019|F"), "{mended}");
        assert_eq!(field_of(&mended, "PID", 1, 5)[0], "Silva & Co|x");
        let mended = with_field(text, "RXA", 2, 5, &[(1, "03".into()), (3, "CVX".into())]);
        assert!(mended.ends_with("RXA|0|1|2022\rRXA|0|1|2023||03^^CVX"), "{mended}");
    }

    proptest::proptest! {
        #[test]
        fn what_is_typed_never_becomes_another_field(typed in ".{0,30}") {
            let text = "MSH|^~\\&|E\rPID|1||7||A^B||2019";
            let mended = with_field(text, "PID", 1, 5, &[(2, typed)]);
            let lines: Vec<&str> = mended.split('\r').collect();
            proptest::prop_assert_eq!(lines.len(), 2);
            proptest::prop_assert!(lines[1].starts_with("PID|1||7||A^") && lines[1].ends_with("||2019"));
        }
    }
}
