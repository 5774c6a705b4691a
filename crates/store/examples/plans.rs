//! How SQLite would answer what the use cases ask (`cargo xtask test` writes the statements down): nothing may read everybody, or everybody of an
//! office or a school, unless it is named here with its reason. SQLite keeps no figures of its tables here, so it plans the same for three
//! people and for seven million. Arguments: the file of statements, one a line as JSON.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
};

use sqlx::{Connection as _, Row as _, SqliteConnection};

/// What may go through a whole table, or all of a place: how the statement begins, and why.
const ALLOWED: &[(&str, &str)] = &[
    ("select count(*) as count from patient", "said while keys and forecasts are made again, by nobody else"),
    ("select count(*) as count from forecast where schedule", "asked when a schedule is put in force"),
    (
        "select c.patient_id from care c join patient p",
        "an office's people who are kept back, for its list of who is overdue",
    ),
    ("select p.id as patient_id, c.id as chart", "an office's list of who is overdue"),
    ("select e.id, e.patient_id, e.grade", "a school's board"),
    ("select d.patient_id, d.given_on, d.cvx, d.mvx, d.product from enrolment", "the same"),
    ("select v.patient_id, v.antigen, v.kind, v.found_on from enrolment", "the same"),
    ("select x.patient_id, x.kind, x.antigens, x.signed_on from enrolment", "the same"),
    ("select class_name, cast(count(id) as bigint)", "a school's classes"),
    ("select l.id, coalesce(e.class_name", "what a school is told of its students"),
    ("select count(*) as count from import_message m where m.site_id", "what waits at an office, counted"),
    ("select m.id, m.batch_id", "what waits at an office, by its words"),
    ("select count(*) as count from record_request r", "requests that wait at an office, counted"),
    ("select r.patient_id, r.id, r.version", "requests that wait at an office, by their words"),
];

/// Columns that name a place or a state, and so many people.
const OF_MANY: &[&str] = &["site_id", "school_id", "state", "sharing", "kind", "schedule", "as_of"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match check().await {
        Ok(wrong) if wrong.is_empty() => ExitCode::SUCCESS,
        Ok(wrong) => {
            for line in wrong {
                eprintln!("{line}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("plans: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn check() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("name the file of statements")?;
    let text = std::fs::read_to_string(&file)?;
    let mut database = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::migrate!("../../migrations").run(&mut database).await?;
    let tables = person_tables(&mut database).await?;
    let (mut wrong, mut used, mut looked_at) = (Vec::new(), BTreeSet::new(), 0);
    for line in text.lines() {
        let statement: String = serde_json::from_str(line)?;
        let words = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        let begins = |with: &str| words.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        let is_read = ["select ", "with ", "insert ", "update ", "delete "].iter().any(|start| begins(start));
        if !is_read || words.contains("_sqlx_migrations") {
            continue;
        }
        looked_at += 1;
        let allowed = ALLOWED.iter().find(|(start, _)| begins(start));
        let explain = sqlx::AssertSqlSafe(format!("explain query plan {statement}"));
        let names = names(&words, &tables);
        for step in sqlx::query(explain).fetch_all(&mut database).await? {
            let step: String = step.try_get("detail")?;
            match (reads_many(&step, &names), allowed) {
                (true, Some((start, _))) => drop(used.insert(*start)),
                (true, None) => wrong.push(format!("{step}\n    {words}")),
                (false, _) => {}
            }
        }
    }
    if looked_at < 200 {
        wrong.push(format!("only {looked_at} statements in {file}: were the use cases run?"));
    }
    let idle = ALLOWED.iter().filter(|(start, _)| !used.contains(start));
    wrong.extend(idle.map(|(start, _)| format!("allowed, and not needed: {start}")));
    Ok(wrong)
}

/// The tables with a row a person, or several.
async fn person_tables(database: &mut SqliteConnection) -> Result<BTreeSet<String>, sqlx::Error> {
    let all = sqlx::query("select name from sqlite_master where type = 'table'").fetch_all(&mut *database).await?;
    let mut tables = BTreeSet::from(["patient".to_owned()]);
    for table in all {
        let table: String = table.try_get("name")?;
        let columns = sqlx::query(sqlx::AssertSqlSafe(format!("select name from pragma_table_info('{table}')")));
        let columns = columns.fetch_all(&mut *database).await?;
        if columns.iter().any(|column| column.try_get::<String, _>("name").is_ok_and(|name| name == "patient_id")) {
            tables.insert(table);
        }
    }
    Ok(tables)
}

/// What the statement calls tables of people.
fn names(words: &str, tables: &BTreeSet<String>) -> BTreeMap<String, String> {
    let parts: Vec<&str> = words.split([' ', ',', '(', ')']).filter(|part| !part.is_empty()).collect();
    let mut names: BTreeMap<String, String> = tables.iter().map(|table| (table.clone(), table.clone())).collect();
    for pair in parts.windows(2) {
        if let [table, name] = pair
            && tables.contains(*table)
        {
            names.insert((*name).to_owned(), (*table).to_owned());
        }
    }
    names
}

/// Does a step of a plan go through a whole table of people, or through all of a place?
fn reads_many(step: &str, names: &BTreeMap<String, String>) -> bool {
    let mut words = step.split_whitespace();
    let (how, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !names.contains_key(name) {
        return false;
    }
    let by = step.rsplit_once('(').and_then(|(_, by)| by.strip_suffix(')'));
    match (how, by) {
        ("SCAN", _) => true,
        ("SEARCH", Some(by)) => by.split(" AND ").all(|column| {
            let column = column.split(['=', '<', '>']).next().unwrap_or_default();
            OF_MANY.contains(&column)
        }),
        _ => false,
    }
}
