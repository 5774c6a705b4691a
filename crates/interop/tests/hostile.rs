//! Files made to break a reader are no tables, and nothing stops.

use interop::table::{TableError, sheets};

#[test]
fn a_cell_beyond_any_sheet_makes_a_workbook_no_table_and_stops_nothing() {
    assert_eq!(
        sheets(include_bytes!("data/far_cell.xlsx"), 100).map(|sheets| sheets.len()),
        Err(TableError::NotATable)
    );
}

#[test]
fn four_million_commas_are_too_wide_before_they_are_cells_of_a_table() {
    assert_eq!(sheets(",".repeat(4_000_000).as_bytes(), 100).map(|sheets| sheets.len()), Err(TableError::TooWide));
}
