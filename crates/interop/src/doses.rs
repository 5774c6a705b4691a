//! A provider's table of doses: one dose a row, the person's name and date of birth on each.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::{
    BirthDate, Cvx, Invalid, Mvx, PersonName, catalogue,
    date::{DateOrder, OrderSaid, order_said, parse_date_as},
    dose::Source,
    patient::{Address, Gender, Mother},
    text,
};

use crate::{
    Action, Issue, OrderNumbers, Report, ReportedDose, ReportedNumber, ReportedPerson, Severity, What,
    table::{Row, Table, column_key},
};

/// The columns, in the order of the sample; `last_name`, `birth_date`, `vaccine` and `given_on` are needed. `dose_number` is what
/// the sender's own system calls the dose: a row with the same one corrects it.
pub const COLUMNS: [&str; 14] = [
    "last_name",
    "first_name",
    "middle_name",
    "birth_date",
    "gender",
    "record_number",
    "vaccine",
    "given_on",
    "maker",
    "product",
    "lot",
    "source",
    "dose_number",
    "action",
];

/// Is a cell the name of a column?
pub fn is_column(cell: &str) -> bool {
    let key = column_key(cell);
    COLUMNS.iter().any(|name| column_key(name) == key || others(name).contains(&key.as_str()))
}

/// What the dates of the table say about their order.
pub fn dates_said(table: &Table) -> OrderSaid {
    let columns: Vec<usize> = ["birth_date", "given_on"].into_iter().filter_map(|name| place(table, name)).collect();
    let cells = table.rows.iter().flat_map(|row| columns.iter().filter_map(|column| row.cells.get(*column)));
    order_said(cells.map(String::as_str))
}

/// Numbers of doses that stand in several rows: they name none. Some systems number the doses of a series from one.
pub fn shared_numbers(table: &Table) -> HashSet<String> {
    let Some(column) = place(table, "dose_number") else { return HashSet::new() };
    let mut seen = HashSet::new();
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty());
    cells.filter(|cell| !seen.insert((*cell).clone())).cloned().collect()
}

/// Columns that must be there and are not.
pub fn missing_columns(table: &Table) -> Vec<&'static str> {
    ["last_name", "birth_date", "vaccine", "given_on"].into_iter().filter(|name| place(table, name).is_none()).collect()
}

/// Other names a column goes by, as [`column_key`] writes them.
fn others(name: &str) -> &'static [&'static str] {
    match name {
        "last_name" => &["last", "surname"],
        "first_name" => &["first"],
        "birth_date" => &["dob", "dateofbirth"],
        "gender" => &["sex"],
        "record_number" => &["mrn", "patientid", "chart"],
        "vaccine" => &["cvx", "vaccinecode", "ndc"],
        "given_on" => &["date", "dategiven", "administered", "vaccinationdate"],
        "maker" => &["mvx", "manufacturer"],
        "lot" => &["lotnumber"],
        "dose_number" => &["doseid", "vaccinationid", "immunizationid", "fillerordernumber"],
        _ => &[],
    }
}

fn place(table: &Table, name: &str) -> Option<usize> {
    let others = others(name);
    let wanted = column_key(name);
    table
        .columns
        .iter()
        .map(|column| column_key(column))
        .position(|key| key == wanted || others.contains(&key.as_str()))
}

/// How the rows of a table are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Which number of a date is the month.
    pub order: DateOrder,
    /// Numbers of doses that name none.
    pub shared: HashSet<String>,
}

/// What stands in a column of a table of one row; empty if there is no such column.
pub fn cell_of(text: &str, column: &str) -> String {
    let Ok(table) = crate::table::read(text.as_bytes(), 1, is_column) else { return String::new() };
    let cell = place(&table, column).and_then(|at| table.rows.first()?.cells.get(at).cloned());
    cell.unwrap_or_default()
}

/// A table of one row with another cell in a column.
pub fn with_cell(text: &str, column: &str, value: &str) -> String {
    let Ok(mut table) = crate::table::read(text.as_bytes(), 1, is_column) else { return text.to_owned() };
    let at = place(&table, column);
    let Some(mut row) = table.rows.pop() else { return text.to_owned() };
    match at.and_then(|at| row.cells.get_mut(at)) {
        Some(cell) => value.clone_into(cell),
        None => {
            table.columns.push(column.to_owned());
            row.cells.push(value.to_owned());
        }
    }
    crate::table::one_row(&table.columns, &row.cells)
}

/// The name in a row that could not be read, as far as there is one. For a queue; nothing is decided by it.
pub fn name_in(table: &Table, row: &Row) -> String {
    let cell = |name| place(table, name).and_then(|column| row.cells.get(column)).map_or("", String::as_str);
    let parts: Vec<&str> =
        [cell("last_name"), cell("first_name")].into_iter().filter(|part| !part.is_empty()).collect();
    text::line(&parts.join(", "), 100).ok().flatten().unwrap_or_default()
}

/// The cells of a row with its dates as they were read, so that they can be read in no other way again.
pub fn with_plain_dates(table: &Table, row: &Row, today: NaiveDate, order: DateOrder) -> Vec<String> {
    let mut cells = row.cells.clone();
    for column in ["birth_date", "given_on"].into_iter().filter_map(|name| place(table, name)) {
        if let Some(cell) = cells.get_mut(column)
            && let Ok(date) = parse_date_as(cell, today, order)
        {
            *cell = date.to_string();
        }
    }
    cells
}

/// Reads one row.
///
/// # Errors
/// Every fault of the row.
pub fn read_row(table: &Table, row: &Row, today: NaiveDate, reading: &Reading) -> Result<Report, Vec<Issue>> {
    let cell = |name| place(table, name).and_then(|column| row.cells.get(column)).map_or("", String::as_str);
    let mut issues = Vec::new();
    let mut stop = |column: &str, what| issues.push(Issue::column(column, what));
    let name = PersonName::new(cell("last_name"), cell("first_name"), cell("middle_name"))
        .map_err(|why| stop("last_name", if why == Invalid::Missing { What::Missing } else { What::NotAName }))
        .ok();
    let date = |text: &str| {
        parse_date_as(text, today, reading.order)
            .map_err(|why| if why == Invalid::Missing { What::Missing } else { What::NotADate })
    };
    let born = date(cell("birth_date"))
        .and_then(|date| {
            BirthDate::new(date, today)
                .map_err(|why| if why == Invalid::Future { What::InTheFuture } else { What::NotADate })
        })
        .map_err(|what| stop("birth_date", what))
        .ok();
    let given_on = date(cell("given_on"))
        .and_then(|day| if day > today { Err(What::InTheFuture) } else { Ok(day) })
        .and_then(|day| if born.is_some_and(|born| day < born.date()) { Err(What::BeforeBirth) } else { Ok(day) })
        .map_err(|what| stop("given_on", what))
        .ok();
    let vaccine = vaccine(cell("vaccine")).map_err(|what| stop("vaccine", what)).ok();
    let short = |text: &str, limit| text::line(text, limit).ok().flatten().unwrap_or_default();
    let number = short(cell("record_number"), 64);
    let action = match column_key(cell("action")).as_str() {
        "" | "a" | "add" | "new" => Some(Action::Put),
        "u" | "update" | "change" | "correct" => Some(Action::Update),
        "d" | "delete" | "remove" | "void" => Some(Action::Delete),
        _ => {
            stop("action", What::UnclearAction);
            None
        }
    };
    let is_shared = reading.shared.contains(cell("dose_number"));
    let dose_number = if is_shared { String::new() } else { short(cell("dose_number"), 100) };
    match (name, born, given_on, vaccine, action) {
        (Some(name), Some(born), Some(given_on), Some((cvx, maker)), Some(action)) => Ok(Report {
            control_id: format!("row {}", row.line),
            person: ReportedPerson {
                name,
                born,
                gender: Gender::parse(cell("gender")).unwrap_or_default(),
                mother: Mother::default(),
                address: Address::default(),
                phone: String::new(),
                numbers: if number.is_empty() {
                    Vec::new()
                } else {
                    vec![ReportedNumber { authority: String::new(), kind: "MR".to_owned(), number }]
                },
                other_names: Vec::new(),
                multiple_birth: None,
                birth_order: None,
                protected: false,
            },
            doses: vec![ReportedDose {
                action,
                given_on,
                cvx,
                mvx: cell("maker").parse::<Mvx>().map_or(maker, |mvx| mvx.as_str().to_owned()),
                product: short(cell("product"), 100),
                lot: short(cell("lot"), 30),
                source: if matches!(column_key(cell("source")).as_str(), "historical" | "history" | "01") {
                    Source::Historical
                } else {
                    Source::Administered
                },
                office: String::new(),
                occurrence: 1,
                order: OrderNumbers { filler: dose_number, placer: String::new() },
            }],
            evidence: Vec::new(),
            warnings: is_shared
                .then(|| Issue { severity: Severity::Warning, ..Issue::column("dose_number", What::SharedDoseNumber) })
                .into_iter()
                .collect(),
            set_aside: Vec::new(),
        }),
        _ => Err(issues),
    }
}

/// A CVX code, a National Drug Code, a trade name or a vaccine's name.
fn vaccine(text: &str) -> Result<(Cvx, String), What> {
    let text = text.trim();
    if text.is_empty() {
        return Err(What::Missing);
    }
    if let Ok(cvx) = text.parse::<Cvx>() {
        return Ok((cvx, String::new()));
    }
    if let Some((cvx, maker)) = catalogue::by_ndc(text) {
        return Ok((cvx, maker.to_owned()));
    }
    let wanted = column_key(text);
    let named = catalogue::all().iter().find(|vaccine| column_key(vaccine.name) == wanted);
    let product = || {
        catalogue::all()
            .iter()
            .find(|vaccine| vaccine.products.iter().any(|product| column_key(product.name) == wanted))
    };
    named.or_else(product).map(|vaccine| (vaccine.cvx, String::new())).ok_or(What::UnknownVaccine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    #[test]
    fn a_row_names_its_vaccine_by_code_drug_code_or_product() {
        let today = "2026-09-01".parse().unwrap();
        let head = "Last Name,First Name,DOB,Vaccine,Date Given";
        for vaccine in ["03", "MMR", "M-M-R II"] {
            let table =
                table::read(format!("{head}\nOkafor,Mia,3/10/2021,{vaccine},3/12/2022\n").as_bytes(), 5, is_column)
                    .unwrap();
            assert_eq!(missing_columns(&table), [""; 0]);
            let report = read_row(&table, &table.rows[0], today, &Reading::default()).unwrap();
            assert_eq!(report.doses[0].cvx, Cvx::known(3), "{vaccine}");
        }
        let table = table::read(format!("{head}\nOkafor,Mia,3/10/2021,Snake oil,3/12/2020\n").as_bytes(), 5, is_column)
            .unwrap();
        let issues = read_row(&table, &table.rows[0], today, &Reading::default()).unwrap_err();
        let places: Vec<_> = issues.iter().map(|issue| (issue.to_string(), issue.what)).collect();
        assert_eq!(places, [("given_on".to_owned(), What::BeforeBirth), ("vaccine".to_owned(), What::UnknownVaccine)]);
    }
}
