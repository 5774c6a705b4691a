//! A provider's table of doses: one dose a row, the person's name and date of birth on each.

use chrono::NaiveDate;
use domain::{
    BirthDate, Cvx, Invalid, Mvx, PersonName, catalogue,
    date::parse_date,
    dose::Source,
    patient::{Address, Gender, Mother},
    text,
};

use crate::{
    Action, Issue, Report, ReportedDose, ReportedPerson, What,
    table::{Row, Table, column_key},
};

/// The columns, in the order of the sample; `last_name`, `birth_date`, `vaccine` and `given_on` are needed.
pub const COLUMNS: [&str; 12] = [
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
];

/// Columns that must be there and are not.
pub fn missing_columns(table: &Table) -> Vec<&'static str> {
    ["last_name", "birth_date", "vaccine", "given_on"].into_iter().filter(|name| place(table, name).is_none()).collect()
}

fn place(table: &Table, name: &str) -> Option<usize> {
    let others: &[&str] = match name {
        "last_name" => &["last", "surname"],
        "first_name" => &["first"],
        "birth_date" => &["dob", "dateofbirth"],
        "gender" => &["sex"],
        "record_number" => &["mrn", "patientid", "chart"],
        "vaccine" => &["cvx", "vaccinecode", "ndc"],
        "given_on" => &["date", "dategiven", "administered", "vaccinationdate"],
        "maker" => &["mvx", "manufacturer"],
        "lot" => &["lotnumber"],
        _ => &[],
    };
    let wanted = column_key(name);
    table
        .columns
        .iter()
        .map(|column| column_key(column))
        .position(|key| key == wanted || others.contains(&key.as_str()))
}

/// Reads one row.
///
/// # Errors
/// Every fault of the row.
pub fn read_row(table: &Table, row: &Row, today: NaiveDate) -> Result<Report, Vec<Issue>> {
    let cell = |name| place(table, name).and_then(|column| row.cells.get(column)).map_or("", String::as_str);
    let mut issues = Vec::new();
    let mut stop = |column: &str, what| issues.push(Issue::column(column, what));
    let name = PersonName::new(cell("last_name"), cell("first_name"), cell("middle_name"))
        .map_err(|why| stop("last_name", if why == Invalid::Missing { What::Missing } else { What::NotAName }))
        .ok();
    let date = |text: &str| {
        parse_date(text, today).map_err(|why| if why == Invalid::Missing { What::Missing } else { What::NotADate })
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
    match (name, born, given_on, vaccine) {
        (Some(name), Some(born), Some(given_on), Some((cvx, maker))) => Ok(Report {
            control_id: format!("row {}", row.line),
            person: ReportedPerson {
                name,
                born,
                gender: Gender::parse(cell("gender")).unwrap_or_default(),
                mother: Mother::default(),
                address: Address::default(),
                phone: String::new(),
                numbers: if number.is_empty() { Vec::new() } else { vec![("MR".to_owned(), number)] },
            },
            doses: vec![ReportedDose {
                action: Action::Add,
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
            }],
            evidence: Vec::new(),
            warnings: Vec::new(),
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
                table::read(format!("{head}\nOkafor,Mia,3/10/2021,{vaccine},3/12/2022\n").as_bytes(), 5).unwrap();
            assert_eq!(missing_columns(&table), [""; 0]);
            let report = read_row(&table, &table.rows[0], today).unwrap();
            assert_eq!(report.doses[0].cvx, Cvx::known(3), "{vaccine}");
        }
        let table = table::read(format!("{head}\nOkafor,Mia,3/10/2021,Snake oil,3/12/2020\n").as_bytes(), 5).unwrap();
        let issues = read_row(&table, &table.rows[0], today).unwrap_err();
        let places: Vec<_> = issues.iter().map(|issue| (issue.to_string(), issue.what)).collect();
        assert_eq!(places, [("given_on".to_owned(), What::BeforeBirth), ("vaccine".to_owned(), What::UnknownVaccine)]);
    }
}
