//! A provider's table of doses: one dose a row, the person's name and date of birth on each.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::{
    BirthDate, Cvx, Invalid, Mvx, PersonName, catalogue,
    date::{DateOrder, OrderSaid, order_said, parse_date_as},
    dose::{Lot, Product, Source},
    patient::{Demographics, Gender},
    text,
};

use crate::{
    Action, Issue, OrderNumbers, Report, ReportedDose, ReportedNumber, Severity, What,
    table::{Row, Table, column_key, whole_number},
};

/// The columns, in the order of the sample; `last_name`, `birth_date`, `vaccine` and `given_on` are needed. `dose_number` is what
/// the sender's own system calls the dose: a row with the same one corrects it. `status` says whether
/// the dose was given.
pub const COLUMNS: [&str; 15] = [
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
    "status",
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
        "status" => &["completionstatus", "vaccinestatus", "dosestatus", "administrationstatus"],
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

/// The cells of a row as they were read, so that they can be read in no other way again: its dates, and no number of a dose that the
/// table gives to several.
pub fn as_read(table: &Table, row: &Row, today: NaiveDate, reading: &Reading) -> Vec<String> {
    let mut cells = row.cells.clone();
    for column in ["birth_date", "given_on"].into_iter().filter_map(|name| place(table, name)) {
        if let Some(cell) = cells.get_mut(column)
            && let Ok(date) = parse_date_as(cell, today, reading.order)
        {
            *cell = date.to_string();
        }
    }
    if let Some(cell) = place(table, "dose_number").and_then(|column| cells.get_mut(column))
        && reading.shared.contains(cell.as_str())
    {
        cell.clear();
    }
    cells
}

/// Reads one row.
///
/// # Errors
/// Every fault of the row.
pub fn read_row(table: &Table, row: &Row, today: NaiveDate, reading: &Reading) -> Result<Report, Vec<Issue>> {
    let mut reader = Reader { table, row, today, reading, issues: Vec::new() };
    let person = reader.person();
    let warning = |column, what| Issue { severity: Severity::Warning, ..Issue::column(column, what) };
    let mut warnings = Vec::new();
    let doses = match was_given(reader.cell("status")) {
        Done::Yes => {
            if reading.shared.contains(reader.cell("dose_number")) {
                warnings.push(warning("dose_number", What::SharedDoseNumber));
            }
            reader.dose(person.as_ref().map(|person| person.born)).into_iter().collect()
        }
        Done::No => {
            warnings.push(warning("status", What::NotGiven));
            Vec::new()
        }
        Done::Unclear => {
            reader.stop("status", What::UnclearAction);
            Vec::new()
        }
    };
    match person {
        Some(person) if reader.issues.is_empty() => Ok(Report {
            control_id: format!("row {}", row.line),
            person,
            numbers: reader.number().into_iter().collect(),
            protected: false,
            doses,
            evidence: Vec::new(),
            warnings,
            set_aside: Vec::new(),
        }),
        _ => Err(reader.issues),
    }
}

struct Reader<'a> {
    table: &'a Table,
    row: &'a Row,
    today: NaiveDate,
    reading: &'a Reading,
    issues: Vec<Issue>,
}

impl<'a> Reader<'a> {
    fn cell(&self, name: &str) -> &'a str {
        place(self.table, name).and_then(|column| self.row.cells.get(column)).map_or("", String::as_str)
    }

    fn stop(&mut self, column: &str, what: What) {
        self.issues.push(Issue::column(column, what));
    }

    /// What was read, or its fault noted.
    fn read<T>(&mut self, column: &str, read: Result<T, What>) -> Option<T> {
        read.map_err(|what| self.stop(column, what)).ok()
    }

    fn date(&self, column: &str) -> Result<NaiveDate, What> {
        parse_date_as(self.cell(column), self.today, self.reading.order)
            .map_err(|why| if why == Invalid::Missing { What::Missing } else { What::NotADate })
    }

    fn person(&mut self) -> Option<Demographics> {
        let parts = ["last_name", "first_name", "middle_name"];
        let [last, first, middle] = parts.map(|column| self.cell(column));
        // Each part by itself: whoever corrects it has to know which.
        let alone = [PersonName::new(last, "", ""), PersonName::new("A", first, ""), PersonName::new("A", "", middle)];
        for (column, part) in parts.into_iter().zip(alone) {
            let part = part.map_err(|why| if why == Invalid::Missing { What::Missing } else { What::NotAName });
            self.read(column, part);
        }
        let name = PersonName::new(last, first, middle).ok();
        let born = self.date("birth_date").and_then(|date| {
            BirthDate::new(date, self.today)
                .map_err(|why| if why == Invalid::Future { What::InTheFuture } else { What::NotADate })
        });
        let born = self.read("birth_date", born);
        Some(Demographics::new(name?, born?, Gender::parse(self.cell("gender")).unwrap_or_default()))
    }

    fn number(&self) -> Option<ReportedNumber> {
        let number = short(whole_number(self.cell("record_number")), 64);
        (!number.is_empty()).then(|| ReportedNumber { authority: String::new(), kind: "MR".to_owned(), number })
    }

    fn dose(&mut self, born: Option<BirthDate>) -> Option<ReportedDose> {
        let given_on = self
            .date("given_on")
            .and_then(|day| if day > self.today { Err(What::InTheFuture) } else { Ok(day) })
            .and_then(|day| if born.is_some_and(|born| day < born.date()) { Err(What::BeforeBirth) } else { Ok(day) });
        let given_on = self.read("given_on", given_on);
        let vaccine = self.read("vaccine", vaccine(self.cell("vaccine")));
        let action = self.read("action", action(self.cell("action")));
        let number = self.cell("dose_number");
        let number = if self.reading.shared.contains(number) { String::new() } else { short(number, 100) };
        let (cvx, maker) = vaccine?;
        Some(ReportedDose {
            action: action?,
            given_on: given_on?,
            cvx,
            mvx: self.cell("maker").parse::<Mvx>().ok().or(maker),
            product: Product::new(self.cell("product")).unwrap_or_default(),
            lot: Lot::new(self.cell("lot")).unwrap_or_default(),
            source: if matches!(column_key(self.cell("source")).as_str(), "historical" | "history" | "01") {
                Source::Historical
            } else {
                Source::Administered
            },
            office: String::new(),
            occurrence: 1,
            order: OrderNumbers { filler: number, placer: String::new() },
        })
    }
}

fn short(text: &str, limit: usize) -> String {
    text::line(text, limit).ok().flatten().unwrap_or_default()
}

fn action(text: &str) -> Result<Action, What> {
    match column_key(text).as_str() {
        "" | "a" | "add" | "new" => Ok(Action::Put),
        "u" | "update" | "change" | "correct" => Ok(Action::Update),
        "d" | "delete" | "remove" | "void" => Ok(Action::Delete),
        _ => Err(What::UnclearAction),
    }
}

/// What a row says of whether its dose was given.
#[derive(PartialEq, Eq)]
enum Done {
    Yes,
    No,
    Unclear,
}

/// Reads the column of the state; a table without one is of doses that were given. Taken for given, a refusal would be a dose too many.
fn was_given(status: &str) -> Done {
    match column_key(status).as_str() {
        "" | "given" | "administered" | "complete" | "completed" | "done" | "yes" | "y" | "cp" => Done::Yes,
        "notgiven" | "notadministered" | "notdone" | "refused" | "declined" | "deferred" | "scheduled" | "due"
        | "overdue" | "ordered" | "planned" | "pending" | "partial" | "cancelled" | "canceled" | "no" | "n" | "na"
        | "re" | "pa" => Done::No,
        _ => Done::Unclear,
    }
}

/// A CVX code, a National Drug Code, a trade name or a vaccine's name.
fn vaccine(text: &str) -> Result<(Cvx, Option<Mvx>), What> {
    let text = text.trim();
    if text.is_empty() {
        return Err(What::Missing);
    }
    if let Some(cvx) = code(text) {
        return Ok((cvx, None));
    }
    if let Some((cvx, maker)) = catalogue::by_ndc(text) {
        return Ok((cvx, Mvx::stored(maker.to_owned())));
    }
    let wanted = column_key(text);
    let named = catalogue::all().iter().find(|vaccine| column_key(vaccine.name) == wanted);
    let product = || {
        catalogue::all()
            .iter()
            .find(|vaccine| vaccine.products.iter().any(|product| column_key(product.name) == wanted))
    };
    named.or_else(product).map(|vaccine| (vaccine.cvx, None)).ok_or(What::UnknownVaccine)
}

/// A code as spreadsheets and reports write it: `03`, `3.0`, `CVX:03`, `03 - MMR`. With a name behind it only if that is the code's:
/// `23-valent` is none.
fn code(text: &str) -> Option<Cvx> {
    let bare =
        text.get(..3).filter(|start| start.eq_ignore_ascii_case("cvx")).and_then(|_| text.get(3..)).unwrap_or(text);
    let bare = bare.trim_start_matches([':', ' ', '#']);
    if let Ok(cvx) = whole_number(bare).parse::<Cvx>() {
        return Some(cvx);
    }
    let (number, name) = bare.split_once(['-', ' ', ':'])?;
    let vaccine = catalogue::vaccine(number.trim().parse().ok()?)?;
    let (known, said) = (column_key(vaccine.name), column_key(name));
    (said.len() >= 3 && (known.starts_with(&said) || said.starts_with(&known))).then_some(vaccine.cvx)
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
            assert_eq!(report.doses[0].cvx, Cvx::stored(3), "{vaccine}");
        }
        let table = table::read(format!("{head}\nOkafor,Mia,3/10/2021,Snake oil,3/12/2020\n").as_bytes(), 5, is_column)
            .unwrap();
        let issues = read_row(&table, &table.rows[0], today, &Reading::default()).unwrap_err();
        let places: Vec<_> = issues.iter().map(|issue| (issue.to_string(), issue.what)).collect();
        assert_eq!(places, [("given_on".to_owned(), What::BeforeBirth), ("vaccine".to_owned(), What::UnknownVaccine)]);
    }

    #[test]
    fn a_name_that_is_none_is_named_by_its_own_column() {
        let today = "2026-09-01".parse().unwrap();
        let head = "Last Name,First Name,Middle Name,DOB,Vaccine,Date Given";
        for (name, columns) in [
            ("Müller,Kid0,", vec!["first_name"]),
            ("Mül1er,Anna,", vec!["last_name"]),
            (",Anna,", vec!["last_name"]),
            ("Müller,Anna,B4", vec!["middle_name"]),
            ("Mü11er,Kid0,", vec!["first_name", "last_name"]),
        ] {
            let text = format!("{head}\n{name},3/10/2021,MMR,3/12/2022\n");
            let table = table::read(text.as_bytes(), 5, is_column).unwrap();
            let issues = read_row(&table, &table.rows[0], today, &Reading::default()).unwrap_err();
            let mut said: Vec<_> = issues.iter().map(|issue| issue.column.clone()).collect();
            said.sort();
            assert_eq!(said, columns, "{name}");
        }
    }
}
