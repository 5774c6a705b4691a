//! Tables as people export them: CSV in any usual encoding and with any usual delimiter, and Excel workbooks (xlsx).

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader as _, SheetVisible, Xlsx};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{What, letters, quotes};

/// A table of text with named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Column names, trimmed.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns; wholly empty ones are left out.
    pub rows: Vec<Row>,
    /// Lines that could not be read.
    pub faults: Vec<Fault>,
}

/// A row with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line or row number a person sees, from 1.
    pub line: usize,
    /// The cells.
    pub cells: Vec<String>,
}

/// A line that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The line or row number a person sees, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: What,
}

/// One sheet of a workbook that can be seen, or a delimited text: its rows as they stand, wholly empty ones left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name; empty for a delimited text.
    pub name: String,
    /// The rows, titles and column names among them.
    pub rows: Vec<Row>,
    /// Lines that could not be read.
    pub faults: Vec<Fault>,
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

/// More than a table of people has.
pub(crate) const MOST_COLUMNS: usize = 200;
const LONGEST_CELL: usize = 2_000;
/// Sheets of a workbook that are looked at.
const MOST_SHEETS: usize = 12;
/// The names of the columns stand within so many rows, below titles.
pub const TITLE_ROWS: usize = 20;

/// Reads a file of at most `most_rows` rows, of a workbook the sheet and the row whose cells are column names, as `is_name` says; where
/// none are, the first row of the first sheet that can be seen. The kind is told from the content, not the name.
///
/// # Errors
/// [`TableError`] for what is no table.
pub fn read(bytes: &[u8], most_rows: usize, is_name: impl Fn(&str) -> bool) -> Result<Table, TableError> {
    let sheets = sheets(bytes, most_rows)?;
    let headed = sheets.iter().find_map(|sheet| Some((sheet, sheet.header(&is_name)?)));
    let (sheet, row) = match headed {
        Some(found) => found,
        None => (sheets.first().ok_or(TableError::Empty)?, 0),
    };
    sheet.table(row, most_rows)
}

/// The sheets of a file that can be seen and hold something, in their order.
///
/// # Errors
/// [`TableError`] for what is no table.
pub fn sheets(bytes: &[u8], most_rows: usize) -> Result<Vec<Sheet>, TableError> {
    // Titles and names of columns come on top.
    let most = most_rows + TITLE_ROWS;
    let mut sheets = if bytes.starts_with(b"PK\x03\x04") {
        workbook(bytes, most)?
    } else {
        let text = letters::decode(bytes);
        if bytes.contains(&0) && text.matches(letters::UNREADABLE).count() > 2 {
            return Err(TableError::NotATable);
        }
        let found = quotes::rows(&text, most)?;
        vec![Sheet { name: String::new(), rows: found.rows, faults: found.faults }]
    };
    for sheet in &mut sheets {
        sheet.rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        for cell in sheet.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell.len() > LONGEST_CELL {
                return Err(TableError::TooWide);
            }
            *cell = unguarded(cell.trim().trim_start_matches('\u{feff}')).to_owned();
        }
    }
    sheets.retain(|sheet| !sheet.rows.is_empty());
    if sheets.is_empty() { Err(TableError::Empty) } else { Ok(sheets) }
}

impl Sheet {
    /// Which row names the columns: of the first ones that with the most names, two at least.
    pub fn header(&self, is_name: impl Fn(&str) -> bool) -> Option<usize> {
        let names = |row: &Row| row.cells.iter().filter(|cell| is_name(cell)).count();
        let counted = self.rows.iter().take(TITLE_ROWS).map(names).enumerate();
        // Among equals the first.
        counted.rev().max_by_key(|(_, names)| *names).filter(|(_, names)| *names >= 2).map(|(at, _)| at)
    }

    /// The table below the row that names its columns.
    ///
    /// # Errors
    /// [`TableError`] for one that is too wide or too long.
    pub fn table(&self, header: usize, most_rows: usize) -> Result<Table, TableError> {
        let first = self.rows.get(header).ok_or(TableError::Empty)?;
        if first.cells.len() > MOST_COLUMNS {
            return Err(TableError::TooWide);
        }
        let columns = first.cells.clone();
        let fitted = |row: &Row| {
            let mut cells = row.cells.clone();
            cells.resize(columns.len(), String::new());
            Row { line: row.line, cells }
        };
        let rows: Vec<Row> = self.rows[header + 1..].iter().map(fitted).collect();
        if rows.len() > most_rows {
            return Err(TableError::TooLong);
        }
        let faults = self.faults.iter().filter(|fault| fault.line > first.line).copied().collect();
        Ok(Table { columns, rows, faults })
    }
}

/// The library stops the program at some cells that name a place beyond any sheet: such a file is none.
fn workbook(bytes: &[u8], most: usize) -> Result<Vec<Sheet>, TableError> {
    std::panic::catch_unwind(|| read_workbook(bytes, most)).unwrap_or(Err(TableError::NotATable))
}

fn read_workbook(bytes: &[u8], most: usize) -> Result<Vec<Sheet>, TableError> {
    // A workbook is a zip file: a small one can unpack to gigabytes. The limit is checked on what it says it holds.
    if unpacked_size(bytes) > 64 * 1024 * 1024 {
        return Err(TableError::TooLong);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| TableError::NotATable)?;
    // What its author has hidden is not what its author sends.
    let seen = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).take(MOST_SHEETS).collect();
    let mut sheets = Vec::new();
    for name in names {
        // A chart is a sheet without cells.
        if let Some(rows) = cells_of(&mut book, &name, most)? {
            sheets.push(Sheet { name, rows, faults: Vec::new() });
        }
    }
    Ok(sheets)
}

fn cells_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, most: usize) -> Result<Option<Vec<Row>>, TableError> {
    // Cell by cell, and none outside the limits: the library's own table has a place for every cell between the first and the
    // last, and a file of some kilobytes can name a last one a billion cells away.
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(None),
        Err(_) => return Err(TableError::NotATable),
    };
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
        if rows.len() > most + 1 {
            return Err(TableError::TooLong);
        }
    }
    Ok(Some(rows.into_iter().map(|(row, cells)| Row { line: row + 1, cells }).collect()))
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

/// A table of one row as text, each cell between quotation marks.
pub fn one_row(columns: &[String], cells: &[String]) -> String {
    let line = |cells: &[String]| cells.iter().map(|cell| cell.replace(['\r', '\n'], " ")).collect();
    written(Terminator::Any(b'\n'), [line(columns), line(cells)]).trim_end_matches('\n').to_owned()
}

/// A table for a spreadsheet: no cell of it is taken for a formula (see [`safe_cell`]), and the letters are said to be UTF-8.
pub fn for_spreadsheet(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let safe = |row: Vec<String>| row.iter().map(|cell| safe_cell(cell)).collect::<Vec<_>>();
    format!("\u{feff}{}", written(Terminator::CRLF, rows.into_iter().map(safe)))
}

/// Rows as comma-separated text, each cell between quotation marks. Writing to memory does not fail.
fn written(end: Terminator, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(end).flexible(true).from_writer(Vec::new());
    for row in rows {
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A column name as compared: lower-case letters and digits only.
pub fn column_key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A cell without what keeps a spreadsheet from taking its number for one: `="00123"`, `'00123`.
fn unguarded(cell: &str) -> &str {
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.trim();
    }
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit())).unwrap_or(cell)
}

/// A number without the nought behind the point that a spreadsheet gives it: `12345.0`.
pub(crate) fn whole_number(cell: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    cell.split_once('.')
        .filter(|(whole, rest)| is_number(whole) && !rest.is_empty() && rest.bytes().all(|byte| byte == b'0'))
        .map_or(cell, |(whole, _)| whole)
}

/// A cell that a spreadsheet must not take for a formula (OWASP: CSV injection).
fn safe_cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], most: usize) -> Result<Table, TableError> {
        super::read(bytes, most, |_| false)
    }

    #[test]
    fn titles_above_the_names_of_the_columns_are_passed_over() {
        let is_name = |cell: &str| matches!(cell, "Last" | "First");
        for text in
            ["Adams School\nAs of 11/20/2026, today\n\nLast,First\nA,Amy\n", "Adams School,,\n,,\nLast,First\nA,Amy\n"]
        {
            let table = super::read(text.as_bytes(), 5, is_name).unwrap();
            assert_eq!((table.columns[0].as_str(), table.rows.len()), ("Last", 1), "{text}");
        }
    }

    #[test]
    fn a_sheet_nobody_sees_is_not_read_and_the_one_with_the_names_is_found() {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, hidden, cells) in [
            ("Old", true, ["Last", "First", "Hidden", "Hal"]),
            ("Notes", false, ["About", "this", "list", "of"]),
            ("Students", false, ["Last", "First", "A", "Amy"]),
        ] {
            let sheet = book.add_worksheet().set_name(name).unwrap().set_hidden(hidden);
            for (at, text) in cells.iter().enumerate() {
                sheet.write(u32::from(at >= 2), u16::from(at % 2 == 1), *text).unwrap();
            }
            if name == "Notes" {
                sheet.set_active(true);
            }
        }
        let bytes = book.save_to_buffer().unwrap();
        let names: Vec<String> = sheets(&bytes, 10).unwrap().into_iter().map(|sheet| sheet.name).collect();
        assert_eq!(names, ["Notes", "Students"]);
        let table = super::read(&bytes, 10, |cell| matches!(cell, "Last" | "First")).unwrap();
        assert_eq!(table.rows[0].cells, ["A", "Amy"]);
    }

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
        assert_eq!(read("a\n".repeat(100).as_bytes(), 2), Err(TableError::TooLong));
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
        let long: Vec<(u32, u16, &str)> = (0..40).map(|row| (row, 0, "x")).collect();
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
