//! Tables as people export them: CSV in any usual encoding and with any usual delimiter, and Excel workbooks (xlsx).

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};
use encoding_rs::{Encoding, WINDOWS_1252};

/// A table of text: the first row names the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Column names, trimmed.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns; wholly empty ones are left out.
    pub rows: Vec<Row>,
}

/// A row with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line or row number a person sees, from 1; the names are in the first.
    pub line: usize,
    /// The cells.
    pub cells: Vec<String>,
}

/// Why a file is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Nothing in it.
    #[error("empty file")]
    Empty,
    /// Neither text nor a workbook that can be read.
    #[error("not a table")]
    NotATable,
    /// More rows than are taken at once.
    #[error("too many rows")]
    TooLong,
    /// More columns, or longer cells, than a table of people has.
    #[error("too wide")]
    TooWide,
}

const MOST_COLUMNS: usize = 200;
const LONGEST_CELL: usize = 2_000;

/// Reads a file of at most `most_rows` rows. The kind is told from the content, not the name.
///
/// # Errors
/// [`TableError`] for what is no table.
pub fn read(bytes: &[u8], most_rows: usize) -> Result<Table, TableError> {
    let raw = if bytes.starts_with(b"PK\x03\x04") {
        workbook(bytes, most_rows)?
    } else {
        delimited(&decode(bytes), most_rows)?
    };
    shape(raw, most_rows)
}

/// Text of unknown encoding: a byte order mark decides, else UTF-8, else Windows-1252 as Excel on Windows saves it.
pub fn decode(bytes: &[u8]) -> String {
    // No text has a NUL, and PostgreSQL takes none.
    decode_as_is(bytes).replace('\0', "\u{fffd}")
}

fn decode_as_is(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

type Raw = Vec<(usize, Vec<String>)>;

fn delimited(text: &str, most_rows: usize) -> Result<Raw, TableError> {
    if text.contains('\u{fffd}') && text.chars().filter(|letter| *letter == '\u{fffd}').count() > 2 {
        return Err(TableError::NotATable);
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or(TableError::Empty)?;
    let delimiter = [b',', b';', b'\t', b'|']
        .into_iter()
        .max_by_key(|delimiter| first.bytes().filter(|byte| byte == delimiter).count())
        .unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| TableError::NotATable)?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        rows.push((line, record.iter().map(str::to_owned).collect()));
        if rows.len() > most_rows + 1 {
            return Err(TableError::TooLong);
        }
    }
    Ok(rows)
}

fn workbook(bytes: &[u8], most_rows: usize) -> Result<Raw, TableError> {
    // A workbook is a zip file: a small one can unpack to gigabytes. The limit is checked on what it says it holds.
    if unpacked_size(bytes) > 64 * 1024 * 1024 {
        return Err(TableError::TooLong);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| TableError::NotATable)?;
    let name = book.sheet_names().first().cloned().ok_or(TableError::Empty)?;
    // Cell by cell, and none outside the limits: the library's own table has a place for every cell between the first and the
    // last, and a file of some kilobytes can name a last one a billion cells away.
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| TableError::NotATable)?;
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    while let Some(found) = cells.next_cell().map_err(|_| TableError::NotATable)? {
        let text = cell(&Data::from(found.get_value().clone()));
        if text.is_empty() {
            continue;
        }
        let (row, column) = found.get_position();
        let (row, column) = (row as usize, column as usize);
        if column >= MOST_COLUMNS {
            return Err(TableError::TooWide);
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        if rows.len() > most_rows + 1 {
            return Err(TableError::TooLong);
        }
    }
    Ok(rows.into_iter().map(|(row, cells)| (row + 1, cells)).collect())
}

/// Adds up the uncompressed sizes in the local headers and the central directory of a zip file, the larger of the two.
fn unpacked_size(bytes: &[u8]) -> u64 {
    let sum = |mark: &[u8; 4], offset: usize| -> u64 {
        bytes
            .windows(4)
            .enumerate()
            .filter(|(_, window)| window == mark)
            .filter_map(|(at, _)| bytes.get(at + offset..at + offset + 4))
            .map(|size| u64::from(u32::from_le_bytes([size[0], size[1], size[2], size[3]])))
            .sum()
    };
    sum(b"PK\x01\x02", 24).max(sum(b"PK\x03\x04", 22))
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.replace('\0', "\u{fffd}"),
        Data::Bool(value) => value.to_string(),
        Data::Int(value) => value.to_string(),
        // A student number typed as a number has no decimals.
        Data::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        Data::Float(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

fn shape(raw: Raw, most_rows: usize) -> Result<Table, TableError> {
    let mut rows = raw.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (_, first) = rows.next().ok_or(TableError::Empty)?;
    let columns: Vec<String> = first.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect();
    if columns.len() > MOST_COLUMNS {
        return Err(TableError::TooWide);
    }
    let mut table = Table { columns, rows: Vec::new() };
    for (line, mut cells) in rows {
        if cells.iter().any(|cell| cell.len() > LONGEST_CELL) {
            return Err(TableError::TooWide);
        }
        cells.resize(table.columns.len(), String::new());
        for cell in &mut cells {
            *cell = cell.trim().to_owned();
        }
        table.rows.push(Row { line, cells });
        if table.rows.len() > most_rows {
            return Err(TableError::TooLong);
        }
    }
    Ok(table)
}

/// A column name as compared: lower-case letters and digits only.
pub fn column_key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A cell that a spreadsheet must not take for a formula (OWASP: CSV injection).
pub fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_saved_by_any_usual_program_is_read() {
        let plain = read(b"Last,First\r\nOkafor,Mia\r\n", 10).unwrap();
        for other in [
            &b"\xef\xbb\xbfLast;First\nOkafor;Mia\n"[..],
            b"Last\tFirst\nOkafor\tMia",
            b"\nLast,First\n\n\"Okafor\",Mia\n,\n",
        ] {
            let table = read(other, 10).unwrap();
            assert_eq!((&table.columns, &table.rows[0].cells), (&plain.columns, &plain.rows[0].cells));
            assert_eq!(table.rows.len(), 1);
        }
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Last,First\nNúñez,José\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(read(&utf16, 10).unwrap().rows[0].cells[0], "Núñez");
        assert_eq!(read(b"Last,First\nN\xfa\xf1ez,Jos\xe9\n", 10).unwrap().rows[0].cells[0], "Núñez");
    }

    #[test]
    fn files_that_are_no_lists_are_refused() {
        assert_eq!(read(b"", 10), Err(TableError::Empty));
        assert_eq!(read(b" \n \n", 10), Err(TableError::Empty));
        assert_eq!(read(b"PK\x03\x04garbage", 10), Err(TableError::NotATable));
        assert_eq!(read(b"%PDF-1.7\0\0\0", 10), Err(TableError::NotATable));
        assert_eq!(read(b"a\n1\n2\n3\n", 2), Err(TableError::TooLong));
        assert_eq!(read(format!("a\n{}\n", "x".repeat(3000)).as_bytes(), 2), Err(TableError::TooWide));
    }

    fn workbook_of(cells: &[(u32, u16, &str)]) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column, text) in cells {
            sheet.write(*row, *column, *text).unwrap();
        }
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn a_workbook_is_read_with_its_row_numbers_and_gaps() {
        let bytes =
            workbook_of(&[(0, 0, "Last"), (0, 1, "First"), (0, 2, "Born"), (3, 0, "Núñez"), (3, 2, "3/10/2021")]);
        let table = read(&bytes, 10).unwrap();
        assert_eq!(table.columns, ["Last", "First", "Born"]);
        assert_eq!(table.rows, [Row { line: 4, cells: vec!["Núñez".into(), String::new(), "3/10/2021".into()] }]);
    }

    #[test]
    fn a_small_workbook_that_spans_a_billion_cells_is_refused_and_not_unrolled() {
        assert_eq!(read(&workbook_of(&[(0, 0, "Last"), (1_048_575, 16_383, "x")]), 10), Err(TableError::TooWide));
        // Far down is no harm: only rows that hold something count.
        assert_eq!(read(&workbook_of(&[(0, 0, "Last"), (1_048_575, 0, "x")]), 10).unwrap().rows[0].line, 1_048_576);
        let long: Vec<(u32, u16, &str)> = (0..20).map(|row| (row, 0, "x")).collect();
        assert_eq!(read(&workbook_of(&long), 10), Err(TableError::TooLong));
    }

    #[test]
    fn a_name_cannot_become_a_formula() {
        assert_eq!(safe_cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(safe_cell("O'Brien"), "O'Brien");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = read(&bytes, 50);
            let zip: Vec<u8> = b"PK\x03\x04".iter().copied().chain(bytes).collect();
            let _ = read(&zip, 50);
        }
    }
}
