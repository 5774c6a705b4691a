//! A class with each student's status, for the nurse's folder.

use chrono::{DateTime, NaiveDate, Utc};
use words::Words;

use crate::{
    DocumentError,
    flow::{Cell, Flow, GREY},
    font::Weight,
    paint::{About, paint},
};

/// A list.
#[derive(Debug, Clone)]
pub struct ClassList {
    /// The school.
    pub school: String,
    /// The class, or the words for the whole school.
    pub class: String,
    /// It is of several classes: each line says of which.
    pub several: bool,
    /// The day it is for.
    pub as_of: NaiveDate,
    /// The rules used.
    pub rule_set: String,
    /// Status and how many have it.
    pub totals: Vec<(String, usize)>,
    /// The students.
    pub lines: Vec<ListLine>,
    /// When it was made.
    pub at: DateTime<Utc>,
}

/// A student, in words.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// Name, or that no record can be shared.
    pub name: String,
    /// Date of birth.
    pub born: String,
    /// Grade.
    pub grade: String,
    /// Class.
    pub class: String,
    /// The school's number.
    pub number: String,
    /// Status.
    pub status: String,
    /// Open requirements.
    pub open: String,
}

/// The place of the class among the columns: after the grade.
const CLASS_AT: usize = 3;

/// Makes the PDF.
///
/// # Errors
/// [`DocumentError`] when the writer refuses.
pub fn class_list(words: Words, list: &ClassList) -> Result<Vec<u8>, DocumentError> {
    let mut flow = Flow::new();
    flow.text(words.paper_state(), 9.5, Weight::Bold, GREY);
    let title = words.board_paper_title(&list.school, &list.class);
    flow.heading(1, &title);
    flow.paragraph(&words.board_as_of(&words.date(list.as_of)));
    flow.text(&words.paper_rule_set(&list.rule_set), 8.5, Weight::Regular, GREY);
    let totals: Vec<String> = list.totals.iter().map(|(status, count)| format!("{status}: {count}")).collect();
    flow.text(&totals.join("   "), 10.5, Weight::Bold, crate::flow::BLACK);
    flow.rule();
    let rows: Vec<Vec<Cell>> = list
        .lines
        .iter()
        .map(|line| {
            let mut row = vec![
                Cell::bold(line.name.clone()),
                Cell::plain(line.born.clone()),
                Cell::plain(line.grade.clone()),
                Cell::plain(line.number.clone()),
                Cell::bold(line.status.clone()),
                Cell::plain(line.open.clone()),
            ];
            if list.several {
                row.insert(CLASS_AT, Cell::plain(line.class.clone()));
            }
            row
        })
        .collect();
    let mut head = vec![
        words.board_student(),
        words.field_born(),
        words.board_grade(),
        words.board_number(),
        words.board_status(),
        words.board_open(),
    ];
    let mut widths = vec![0.24, 0.14, 0.08, 0.12, 0.16, 0.26];
    if list.several {
        head.insert(CLASS_AT, words.board_class());
        widths = vec![0.21, 0.13, 0.09, 0.09, 0.11, 0.15, 0.22];
    }
    flow.table(&head, &widths, &rows);
    flow.text(words.board_confidential(), 8.5, Weight::Regular, GREY);
    let id = format!("{}/{}/{}", list.school, list.class, list.as_of);
    let about = About {
        title: &title,
        language: words.lang().code(),
        id: &id,
        at: list.at,
        foot: words.board_confidential(),
        warning: "",
        page_words: &|number, total| words.paper_page(&number.to_string(), &total.to_string()),
    };
    paint(flow, &about)
}
