//! The class board: totals, a status for each student, and the list as CSV and PDF.

use chrono::NaiveDate;
use documents::{ClassList, ListLine};
use domain::{Invalid, date::parse_date};
use interop::table::for_spreadsheet;
use leptos::prelude::*;
use registry::{Board, BoardLine};
use requirements::Status;
use words::Words;

use crate::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    form::why_words,
    islands::RowSearch,
    ui::{self, Field},
};

/// The board as it is printed or downloaded: what was looked at.
async fn fetch_shown(call: &Call) -> Result<Board, Failure> {
    let on = as_of(call).map_err(|_| Failure::BadRequest)?;
    let mut board = call.registry.board(&call.caller, call.query("class"), on).await?;
    if let Some(only) = Status::from_key(call.query("status")) {
        board.lines.retain(|line| line.status == only);
    }
    Ok(board)
}

/// The day the board is for: today, or any other one asked for.
pub(crate) fn as_of(call: &Call) -> Result<NaiveDate, Invalid> {
    let today = call.registry.today();
    match parse_date(call.query("on"), today) {
        Err(Invalid::Missing) => Ok(today),
        // Before there were these rules, and after anybody at school now has left, is a slip of the pen.
        Ok(day) if (day - today).num_days().abs() > FARTHEST_DAYS => Err(Invalid::Date),
        other => other,
    }
}

/// Twenty years: of a day farther away nobody asks.
const FARTHEST_DAYS: i64 = 20 * 366;

/// The class of a board, in words.
fn class_words(words: Words, class: &str) -> String {
    if class.is_empty() { words.board_whole().to_owned() } else { words.board_one_class(class) }
}

fn totals(board: &Board) -> Vec<(Status, usize)> {
    Status::ALL
        .iter()
        .map(|status| (*status, board.lines.iter().filter(|line| line.status == *status).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn open_words(words: Words, line: &BoardLine) -> String {
    line.open.iter().map(|id| requirements::name(words, id)).collect::<Vec<_>>().join("; ")
}

fn name_words(words: Words, line: &BoardLine) -> String {
    line.name.as_ref().map_or_else(|| words.board_no_name(&line.number), domain::PersonName::sorted)
}

/// A status as this board's reader may know it: the registrar learns that somebody is not complete, not in which way.
fn status_words(words: Words, board: &Board, status: Status) -> &'static str {
    if board.status_only && status == Status::Incomplete {
        words.status_not_complete()
    } else {
        ui::status_name(words, status)
    }
}

fn status_tag(words: Words, board: &Board, status: Status) -> AnyView {
    if board.status_only && status == Status::Incomplete {
        ui::tag(ui::Tone::Bad, words.status_not_complete())
    } else {
        ui::status_tag(words, status)
    }
}

/// How many students are where, each a way to only them.
fn bars(words: Words, board: &Board, query: &str, only: Option<Status>) -> impl IntoView + use<> {
    let total = board.lines.len();
    totals(board)
        .into_iter()
        .map(|(status, count)| {
            #[expect(clippy::cast_precision_loss, reason = "a school has some thousand students")]
            let share = count as f64 * 100.0 / total.max(1) as f64;
            view! {
                <li>
                    <a class="bar-name" href=format!("/school/board{query}&status={}", status.key()) aria-current=(only == Some(status)).then_some("true")>{status_tag(words, board, status)}</a>
                    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-back" width="100" height="8"></rect><rect class="bar-fill" width=format!("{share:.1}") height="8"></rect></svg>
                    <span class="bar-count">{count.to_string()}</span>
                </li>
            }
        })
        .collect_view()
}

/// `/school/board`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let asked = as_of(&call);
    let mut form = call.form.clone();
    if let Err(why) = asked {
        form.wrong("on", why_words(words, why));
        form.prefill("on", call.query("on").to_owned());
    }
    let on = asked.unwrap_or_else(|_| call.registry.today());
    let board = call.registry.board(&call.caller, call.query("class"), on).await?;
    let on = board.as_of;
    form.prefill("on", on.to_string());
    let only = Status::from_key(call.query("status"));
    Ok(Page::new(words.board_title(), move || {
        let class = class_words(words, &board.class_name);
        let query = format!("?class={}&on={on}", ui::encode(&board.class_name));
        let same = only.map(|status| format!("&status={}", status.key())).unwrap_or_default();
        let bars = bars(words, &board, &query, only);
        let shown = board.lines.iter().filter(|line| only.is_none_or(|status| line.status == status));
        let rows = shown.map(|line| row(words, &board, line)).collect();
        let everybody = only.map(|status| view! { <p role="status">{words.board_only(status_words(words, &board, status))}" "<a href=format!("/school/board{query}")>{words.seek_everything()}</a></p> });
        let mut columns = vec![words.board_student(), words.field_born(), words.board_grade(), words.board_class(), words.board_status()];
        if !board.status_only {
            columns.push(words.board_open());
        }
        let columns = columns.into_iter().map(str::to_owned).collect();
        view! {
            {ui::back("/school", words.back_school())}
            {ui::error_summary(&form, words)}
            <h1>{words.board_heading(&board.school, &class)}</h1>
            <p class="lead">{words.board_as_of(&words.date(on))}</p>
            <p class="hint no-print">{words.board_bars_hint()}</p>
            <ul class="bars">{bars}</ul>
            <p class="actions no-print">
                {ui::button_link(format!("/school/board/pdf{query}{same}"), words.board_pdf())}
                <a href=format!("/school/board/csv{query}{same}")>{words.board_csv()}</a>
            </p>
            {(!board.status_only).then(|| view! {
                <form method="get" action="/school/board" class="form inline no-print">
                    <input type="hidden" name="class" value=board.class_name.clone()/>
                    {only.map(|status| view! { <input type="hidden" name="status" value=status.key()/> })}
                    {Field::new("on", words.board_on()).kind("date").width("short").view(&form)}
                    <button type="submit" class="button quiet">{words.board_show()}</button>
                </form>
            })}
            {everybody}
            <div class="searched"><RowSearch label=words.rows_search().to_owned() matches=words.rows_matches("{typed}", "{n}")/></div>
            {ui::captioned(words.board_title(), columns, rows)}
            {board.lines.iter().any(|line| line.status == Status::NoRecord).then(|| view! { <p class="hint">{words.board_no_record_text()}</p> })}
            <p class="hint">{words.paper_rule_set(&board.rule_set)}</p>
        }
        .into_any()
    })
    .wide()
    .with_islands()
    .into())
}

fn row(words: Words, board: &Board, line: &BoardLine) -> Vec<AnyView> {
    let name = name_words(words, line);
    let name = if board.status_only || line.name.is_none() {
        name.into_any()
    } else {
        view! { <a href=format!("/school/students/{}?on={}", line.id, board.as_of)>{name}</a> }.into_any()
    };
    let mut row = vec![
        name,
        line.born.map(|born| words.short_date(born)).unwrap_or_default().into_any(),
        line.grade.clone().into_any(),
        line.class_name.clone().into_any(),
        status_tag(words, board, line.status),
    ];
    if !board.status_only {
        let changes = line.changes_on.map(|day| words.board_changes(&words.date(day)));
        row.push(
            view! { <div><span>{open_words(words, line)}</span>{changes.map(|text| view! { <p class="hint">{text}</p> })}</div> }
                .into_any(),
        );
    }
    row
}

/// `/school/board/csv`: safe against formulas; the registrar's has no more than the board.
pub(crate) async fn csv(call: Call) -> Reply {
    let words = call.words;
    let board = fetch_shown(&call).await?;
    let head = [
        words.board_student(),
        words.field_born(),
        words.board_grade(),
        words.board_class(),
        words.board_number(),
        words.board_status(),
        words.board_open(),
    ];
    let row = |line: &BoardLine| {
        vec![
            name_words(words, line),
            line.born.map(|born| born.to_string()).unwrap_or_default(),
            line.grade.clone(),
            line.class_name.clone(),
            line.number.clone(),
            status_words(words, &board, line.status).to_owned(),
            open_words(words, line),
        ]
    };
    let head = std::iter::once(head.map(str::to_owned).to_vec());
    let text = for_spreadsheet(head.chain(board.lines.iter().map(row)));
    Ok(Answer::File(File {
        name: format!("class-list-{}.csv", board.as_of),
        mime: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
        public: false,
    }))
}

/// `/school/board/pdf`
pub(crate) async fn pdf(call: Call) -> Reply {
    let words = call.words;
    let board = fetch_shown(&call).await?;
    let lines = board
        .lines
        .iter()
        .map(|line| ListLine {
            name: name_words(words, line),
            born: line.born.map(|born| words.short_date(born)).unwrap_or_default(),
            grade: line.grade.clone(),
            class: line.class_name.clone(),
            number: line.number.clone(),
            status: status_words(words, &board, line.status).to_owned(),
            open: open_words(words, line),
        })
        .collect();
    let list = ClassList {
        school: board.school.clone(),
        class: class_words(words, &board.class_name),
        several: board.class_name.is_empty(),
        as_of: board.as_of,
        rule_set: board.rule_set.clone(),
        totals: totals(&board)
            .into_iter()
            .map(|(status, count)| (status_words(words, &board, status).to_owned(), count))
            .collect(),
        lines,
        at: call.registry.now(),
    };
    let bytes =
        registry::apart(move || documents::class_list(words, &list)).await?.map_err(|_| Failure::Unavailable)?;
    Ok(Answer::File(File {
        name: format!("class-list-{}.pdf", board.as_of),
        mime: "application/pdf",
        bytes,
        public: false,
    }))
}
