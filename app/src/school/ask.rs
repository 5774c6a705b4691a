//! What a school says about its class list before the lines can be read: one question a page.

use domain::school::Grade;
use interop::roster::Field;
use leptos::prelude::*;
use registry::{Ask, RosterReview};
use words::Words;

use crate::{call::Call, ui};

/// What a column is called.
pub(super) fn field_name(words: Words, field: Field) -> &'static str {
    match field {
        Field::Number => words.board_number(),
        Field::Name => words.review_whole_name(),
        Field::Last => words.field_last(),
        Field::First => words.field_first(),
        Field::Middle => words.field_middle(),
        Field::Born => words.field_born(),
        Field::Grade => words.board_grade(),
        Field::Class => words.board_class(),
    }
}

/// Something the file does not say: one question a page.
pub(super) fn question(words: Words, call: &Call, review: &RosterReview, ask: &Ask) -> AnyView {
    let mut form = call.form.clone();
    let radio = |value: usize, label: String, hint: String| (value.to_string(), label, hint);
    let (what, fields) = match ask {
        Ask::Sheet(sheets) => {
            let choices: Vec<_> =
                sheets.iter().enumerate().map(|(at, (name, first))| radio(at, name.clone(), first.clone())).collect();
            ("sheet", ui::radios(&form, "sheet", words.review_ask_sheet(), "", &choices))
        }
        Ask::Header(rows) => {
            let choices: Vec<_> = rows.iter().map(|(at, text)| radio(*at, text.clone(), String::new())).collect();
            ("header", ui::radios(&form, "header", words.review_ask_header(), words.review_ask_header_hint(), &choices))
        }
        Ask::Order(example) => {
            ui::prefill_order(&mut form, words);
            ("order", view! { <p>{words.review_ask_order(example)}</p>{ui::date_order(&form, words, words.dates_question())} }.into_any())
        }
        Ask::Class | Ask::Columns => (
            "class",
            ui::Field::new("class", words.review_ask_class())
                .hint(words.review_ask_class_hint())
                .limit(40)
                .width("half")
                .view(&form),
        ),
    };
    let content = view! { <input type="hidden" name="do" value=what/>{fields}{ui::button(words.objection_continue())} };
    view! { {ui::error_summary(&call.form, words)}{ui::form(&format!("/school/rosters/{}", review.id), content)}{drop_form(words, review)} }.into_any()
}

/// Throwing the list away.
pub(super) fn drop_form(words: Words, review: &RosterReview) -> AnyView {
    let drop = view! { <input type="hidden" name="do" value="drop"/><button type="submit" class="button quiet">{words.review_drop()}</button> };
    ui::form(&format!("/school/rosters/{}", review.id), drop)
}

/// Words for grades the program does not know: said once, remembered for the school.
pub(super) fn grades_box(words: Words, form: &crate::form::Form, review: &RosterReview) -> Option<AnyView> {
    if review.grades.is_empty() {
        return None;
    }
    let mut choices = vec![(String::new(), words.review_choose().to_owned())];
    choices.extend(Grade::all().map(|grade| (grade.to_string(), grade_name(words, grade))));
    let fields = review
        .grades
        .iter()
        .take(20)
        .map(|(word, count)| {
            let label = words.review_grade_word(i64::try_from(*count).unwrap_or(0), word);
            ui::select(form, format!("grade-{word}"), label, "", &choices)
        })
        .collect_view();
    let button = view! { <button type="submit" class="button secondary" name="name-grades" value="yes">{words.review_grades_save()}</button> };
    Some(view! { <h2>{words.review_grades_title()}</h2><p>{words.review_grades_text()}</p>{fields}{button} }.into_any())
}

fn grade_name(words: Words, grade: Grade) -> String {
    match grade {
        Grade::Preschool => words.grade_preschool().to_owned(),
        Grade::Kindergarten => words.grade_kindergarten().to_owned(),
        Grade::Year(year) => words.grade_year(&year.to_string()),
    }
}

/// Which column is what.
pub(super) fn columns_form(words: Words, call: &Call, review: &RosterReview) -> AnyView {
    let mut form = call.form.clone();
    let mut choices: Vec<(String, String)> = vec![(String::new(), words.review_no_column().to_owned())];
    for (at, name) in review.columns.iter().enumerate() {
        let example = review
            .sample
            .iter()
            .filter_map(|row| row.get(at))
            .find(|cell| !cell.is_empty())
            .map(|cell| format!(" ({cell})"))
            .unwrap_or_default();
        choices.push((at.to_string(), format!("{name}{example}")));
    }
    let fields = Field::ALL
        .iter()
        .map(|field| {
            form.prefill(
                field.key(),
                review.mapping.column(*field).map(|column| column.to_string()).unwrap_or_default(),
            );
            if review.missing.contains(field) {
                form.wrong(field.key(), words.review_column_needed(field_name(words, *field)));
            }
            ui::select(&form, field.key(), field_name(words, *field), "", &choices)
        })
        .collect_view();
    let content =
        view! { <input type="hidden" name="do" value="columns"/>{fields}{ui::button(words.objection_continue())} };
    view! { {ui::error_summary(&form, words)}<p>{words.review_columns_lead()}</p>{ui::form(&format!("/school/rosters/{}", review.id), content)} }.into_any()
}
