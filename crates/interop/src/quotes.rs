//! A delimited text into rows, so that a stray quotation mark loses none: the line it stands in is named, the others stay.

use csv::ReaderBuilder;

use crate::{
    letters::UNREADABLE,
    table::{Fault, MOST_COLUMNS, Row, TableError},
};

/// Rows and the lines that are none.
pub(crate) struct Rows {
    pub rows: Vec<Row>,
    pub faults: Vec<Fault>,
}

/// Takes a text apart. Stops with an error at more than `most` rows.
pub(crate) fn rows(text: &str, most: usize) -> Result<Rows, TableError> {
    let (text, first_line, delimiter) = dialect(text)?;
    let mut found = Rows { rows: Vec::new(), faults: Vec::new() };
    let mut columns = 0;
    let mut start = 0;
    let mut place = Place { text, at: 0, line: first_line };
    // From the top, and again behind each line with a stray quotation mark.
    'again: while start < text.len() {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(&text.as_bytes()[start..]);
        let mut record = csv::StringRecord::new();
        let base = start;
        loop {
            let before = usize::try_from(reader.position().byte()).unwrap_or(0);
            if !reader.read_record(&mut record).map_err(|_| TableError::NotATable)? {
                break 'again;
            }
            let after = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len() - base);
            let raw = text.get(base + before..base + after).ok_or(TableError::NotATable)?;
            let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            let number = place.line_of(base + before + blank);
            let raw = raw.trim_matches(['\r', '\n']);
            let is_empty = raw.trim().is_empty();
            if found.rows.len() + found.faults.len() > most {
                return Err(TableError::TooLong);
            }
            if record.len() > MOST_COLUMNS && found.rows.is_empty() {
                return Err(TableError::TooWide);
            }
            if is_stray(raw, delimiter, columns.max(record.len())) {
                found.faults.push(Fault { line: number, what: crate::What::StrayQuote });
                let end = raw.find(['\r', '\n']).unwrap_or(raw.len());
                start = base + before + blank + end;
                // Behind the line's end, which may be of two signs.
                start += if text.get(start..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
                start = start.min(text.len());
                continue 'again;
            }
            if raw.contains(UNREADABLE) {
                found.faults.push(Fault { line: number, what: crate::What::OtherLetters });
            } else if !is_empty {
                columns = columns.max(record.len());
                found.rows.push(Row { line: number, cells: record.iter().map(str::to_owned).collect() });
            }
        }
    }
    Ok(found)
}

/// A record over several lines that a stray quotation mark made: the mark has no second, or what it holds are rows.
fn is_stray(raw: &str, delimiter: u8, columns: usize) -> bool {
    if !raw.contains(['\r', '\n']) {
        return false;
    }
    let marks = raw.bytes().filter(|byte| *byte == b'"').count();
    let delimiters = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count();
    let is_row = |line: &str| delimiters(line) >= 2.max(columns.saturating_sub(1).div_ceil(2));
    marks % 2 == 1 || raw.split(['\r', '\n']).skip(1).any(is_row)
}

/// Counts lines as a person does, whatever ends them, once over the text.
struct Place<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Place<'_> {
    /// The line of a place at or behind the last one asked for.
    fn line_of(&mut self, to: usize) -> usize {
        let bytes = self.text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        self.line += (self.at..to).filter(ends).count();
        self.at = to.max(self.at);
        self.line
    }
}

/// The text behind a spreadsheet's `sep=` line, the number of its first line, and the sign between cells.
fn dialect(text: &str) -> Result<(&str, usize, u8), TableError> {
    let text = text.trim_start_matches('\u{feff}');
    let (first, rest) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
    let said = first.trim().trim_matches('"');
    if said.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) {
        let sign = said
            .as_bytes()
            .get(4)
            .copied()
            .or_else(|| first.contains('\t').then_some(b'\t'))
            .ok_or(TableError::NotATable)?;
        if !sign.is_ascii() || sign.is_ascii_alphanumeric() {
            return Err(TableError::NotATable);
        }
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or("");
        return if rest.trim().is_empty() { Err(TableError::Empty) } else { Ok((rest, 2, sign)) };
    }
    // Lines of a title above the names hold none: the line that holds most decides.
    let lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).take(25);
    let most = |delimiter: u8| {
        // Between quotation marks it parts nothing.
        let count =
            |line: &str| line.split('"').step_by(2).flat_map(str::bytes).filter(|byte| *byte == delimiter).count();
        lines.clone().map(count).max().unwrap_or(0)
    };
    if lines.clone().next().is_none() {
        return Err(TableError::Empty);
    }
    let signs = [b',', b';', b'\t', b'|'];
    // Among equals the first: `max_by_key` would take the last.
    let delimiter = signs.into_iter().rev().max_by_key(|delimiter| most(*delimiter)).unwrap_or(b',');
    Ok((text, 1, delimiter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::What;

    fn read(text: &str) -> (Vec<(usize, String)>, Vec<usize>) {
        let found = rows(text, 100).unwrap_or(Rows { rows: Vec::new(), faults: Vec::new() });
        assert!(found.faults.iter().all(|fault| fault.what == What::StrayQuote));
        let first = found.rows.into_iter().map(|row| (row.line, row.cells[0].clone())).collect();
        (first, found.faults.into_iter().map(|fault| fault.line).collect())
    }

    fn names(lines: &[(usize, &str)]) -> Vec<(usize, String)> {
        lines.iter().map(|(line, name)| (*line, (*name).to_owned())).collect()
    }

    #[test]
    fn a_stray_quotation_mark_costs_its_own_line_and_no_other() {
        for end in ["\n", "\r\n", "\r"] {
            // Never closed, in two places; closed three lines later; closed on the next line.
            let open = ["Last,First,Born", "A,Amy,1", "B,\"Bo,2", "C,Cy,3", "D,Di,4"].join(end);
            assert_eq!(read(&open), (names(&[(1, "Last"), (2, "A"), (4, "C"), (5, "D")]), vec![3]), "{end:?}");
            let last = ["Last,First,Nick", "A,Amy,", "B,Rob,\"Bo", "C,Cy,", "D,Di,"].join(end);
            assert_eq!(read(&last), (names(&[(1, "Last"), (2, "A"), (4, "C"), (5, "D")]), vec![3]), "{end:?}");
            let pair = ["Last,First,Nick", "A,Amy,", "B,Rob,\"Bo", "C,Cy,", "D,Di,Dee\"", "E,Ed,"].join(end);
            assert_eq!(
                read(&pair),
                (names(&[(1, "Last"), (2, "A"), (4, "C"), (5, "D"), (6, "E")]), vec![3]),
                "{end:?}"
            );
        }
    }

    #[test]
    fn a_cell_with_line_breaks_stays_one_cell() {
        let text = "Last,First,Born,Address\nA,Amy,1,\"12 Elm St\nBoston, MA\"\nB,Bo,2,\n";
        assert_eq!(read(text), (names(&[(1, "Last"), (2, "A"), (4, "B")]), vec![]));
        assert_eq!(read("Last,First\nA,Am\"y\nB,Bo\n").1, [0; 0]);
    }

    #[test]
    fn a_spreadsheets_own_first_line_is_passed_over() {
        for first in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\u{feff}sep=;\n"] {
            assert_eq!(read(&format!("{first}Last;First\nA;Amy\n")).0, names(&[(2, "Last"), (3, "A")]), "{first:?}");
        }
        assert_eq!(read("sep=\t\nLast\tFirst\nA\tAmy, Ann\n").0.len(), 2);
    }

    proptest::proptest! {
        /// Whatever quotation marks are strewn in, each line is a row, part of one, or named.
        #[test]
        fn no_row_vanishes_without_a_word(marks in proptest::collection::vec((0usize..30, 0usize..12), 0..4)) {
            let mut lines: Vec<String> = (0..30).map(|at| format!("N{at},F{at},2019-01-02,1,K")).collect();
            for (line, place) in &marks {
                let place = (*place).min(lines[*line].len());
                lines[*line].insert(place, '"');
            }
            let text = lines.join("\n");
            let found = rows(&text, 100).map_err(|_| proptest::test_runner::TestCaseError::fail("no table"))?;
            let told: std::collections::BTreeSet<usize> =
                found.rows.iter().map(|row| row.line).chain(found.faults.iter().map(|fault| fault.line)).collect();
            proptest::prop_assert_eq!(told, (1..=30).collect());
        }

        #[test]
        fn no_text_breaks_the_rows(text in "([a-z]|,|\"|\n|\r|;|sep=|é|.){0,80}") {
            let _ = rows(&text, 50);
        }
    }
}
