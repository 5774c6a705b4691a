//! A class list's file as it waits for the school's answers.

use std::collections::BTreeMap;

use domain::{Invalid, PatientId, RosterId, SiteId, date::DateOrder};
use interop::{
    What,
    roster::{Field, Mapping},
    table::{self, Row, Sheet},
};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::{RegistryError, Result};

/// The file as it waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitingRoster {
    pub(crate) sheets: Vec<WaitingSheet>,
    /// Which sheet holds the list, once that is clear.
    pub(crate) sheet: Option<usize>,
    /// Which of its rows names the columns, once that is clear.
    pub(crate) header: Option<usize>,
    pub(crate) mapping: Mapping,
    /// Which number of a date is the month, where the school has said so.
    pub(crate) order: Option<DateOrder>,
    /// The class of everybody on a list without classes; empty: none.
    pub(crate) class: Option<String>,
    /// For doubtful lines: the person the nurse chose, or nobody.
    pub(crate) choices: BTreeMap<usize, Option<PatientId>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct WaitingSheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<(usize, Vec<String>)>,
    /// Lines that could not be read.
    pub(crate) faults: Vec<(usize, What)>,
}

impl WaitingSheet {
    pub(crate) fn sheet(&self) -> Sheet {
        Sheet {
            name: self.name.clone(),
            rows: self.rows.iter().map(|(line, cells)| Row { line: *line, cells: cells.clone() }).collect(),
            faults: self.faults.iter().map(|(line, what)| table::Fault { line: *line, what: *what }).collect(),
        }
    }
}

/// A row in a few words, to recognise it by.
pub(crate) fn shortened(cells: &[String]) -> String {
    let text = cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" | ");
    text.chars().take(80).collect()
}

/// A sheet is the one: its columns are looked for.
pub(crate) fn choose_sheet(waiting: &mut WaitingRoster, sheet: usize) {
    waiting.sheet = Some(sheet);
    waiting.mapping = Mapping::default();
    waiting.header = None;
    if let Some(header) = waiting.sheets.get(sheet).and_then(|sheet| sheet.sheet().header(Field::is_named)) {
        choose_header(waiting, header);
    }
}

/// A row names the columns.
pub(crate) fn choose_header(waiting: &mut WaitingRoster, header: usize) {
    let Some((_, cells)) = waiting.sheet.and_then(|sheet| waiting.sheets.get(sheet)?.rows.get(header)) else { return };
    waiting.mapping = Mapping::guess(cells);
    waiting.header = Some(header);
}

pub(crate) fn json(waiting: &WaitingRoster) -> Result<serde_json::Value> {
    serde_json::to_value(waiting).map_err(|_| RegistryError::Invalid("file", Invalid::Character))
}

pub(crate) async fn waiting(tx: &mut Tx, school: SiteId, id: RosterId) -> Result<WaitingRoster> {
    let row = tx.roster(school, id).await?.ok_or(RegistryError::NotFound)?;
    serde_json::from_value(row.content).map_err(|_| RegistryError::NotFound)
}
