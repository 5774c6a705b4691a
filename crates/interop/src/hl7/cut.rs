//! One dose of a message, as a message of its own: what is wrong with it waits while the others are taken.

/// The message with only one of its RXA segments (from 1) and what belongs to that. Empty when there is no such segment.
pub fn only(text: &str, occurrence: usize) -> String {
    let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect();
    let name = |line: &&str| line.get(..3).unwrap_or("").to_owned();
    let Some(at) =
        lines.iter().enumerate().filter(|(_, line)| name(line) == "RXA").map(|(at, _)| at).nth(occurrence.max(1) - 1)
    else {
        return String::new();
    };
    // Its order stands right before it; notes to the order may stand between them.
    let order = lines[..at].iter().rposition(|line| matches!(name(line).as_str(), "ORC" | "RXA"));
    let start = order.filter(|order| name(&lines[*order]) == "ORC").unwrap_or(at);
    let end = lines[at + 1..]
        .iter()
        .position(|line| matches!(name(line).as_str(), "ORC" | "RXA"))
        .map_or(lines.len(), |end| at + 1 + end);
    let head = lines.iter().position(|line| matches!(name(line).as_str(), "ORC" | "RXA")).unwrap_or(start);
    lines[..head].iter().chain(&lines[start..end]).copied().collect::<Vec<_>>().join("\r")
}

/// The name in a message that could not be read, as far as there is one: `Last, First`. For a queue; nothing is decided by it.
pub fn name_in(text: &str) -> String {
    let separator = text.chars().nth(3).filter(char::is_ascii_punctuation).unwrap_or('|');
    let Some(pid) = text.split(['\r', '\n']).find(|line| line.starts_with("PID")) else { return String::new() };
    let name = pid.split(separator).nth(5).unwrap_or("").split('~').next().unwrap_or("");
    let parts: Vec<&str> = name.split('^').take(2).map(str::trim).filter(|part| !part.is_empty()).collect();
    domain::text::line(&parts.join(", "), 100).ok().flatten().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::only;

    #[test]
    fn a_dose_is_cut_out_with_its_order_its_notes_and_whose_it_is() {
        let text = "MSH|a\rPID|1\rNK1|1\rORC|RE||1\rRXA|0|1\rRXR|IM\rOBX|1\rORC|RE||2\rTQ1|1\rRXA|0|2\rOBX|2\rRXA|0|3";
        assert_eq!(only(text, 1), "MSH|a\rPID|1\rNK1|1\rORC|RE||1\rRXA|0|1\rRXR|IM\rOBX|1");
        assert_eq!(only(text, 2), "MSH|a\rPID|1\rNK1|1\rORC|RE||2\rTQ1|1\rRXA|0|2\rOBX|2");
        assert_eq!(only(text, 3), "MSH|a\rPID|1\rNK1|1\rRXA|0|3");
        assert_eq!(only(text, 4), "");
    }
}
