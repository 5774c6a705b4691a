//! Reviewing an uploaded list: which column is what, which lines are no students, who is on file. Nothing is saved before.

use domain::{PatientId, RosterId};
use interop::roster::Field;
use leptos::prelude::*;
use registry::{Match, ReviewLine, RosterReview};
use words::Words;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui::{self, Tone},
};

/// What a column is called.
fn field_name(words: Words, field: Field) -> &'static str {
    match field {
        Field::Number => words.board_number(),
        Field::Last => words.field_last(),
        Field::First => words.field_first(),
        Field::Middle => words.field_middle(),
        Field::Born => words.field_born(),
        Field::Grade => words.board_grade(),
        Field::Class => words.board_class(),
    }
}

fn draw(call: Call, review: RosterReview) -> Page {
    let words = call.words;
    let mapping = !review.missing.is_empty() || call.query("columns") == "yes";
    Page::new(words.review_list_title(), move || {
        let body = if mapping { columns_form(words, &call, &review) } else { lines(words, &call, &review) };
        view! { {ui::back("/school/upload", words.nav_upload())}<h1>{words.review_list_title()}</h1>{body} }.into_any()
    })
    .wide()
}

fn columns_form(words: Words, call: &Call, review: &RosterReview) -> AnyView {
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

fn lines(words: Words, call: &Call, review: &RosterReview) -> AnyView {
    let to = format!("/school/rosters/{}", review.id);
    let count = |wanted: fn(&ReviewLine) -> bool| review.lines.iter().filter(|line| wanted(line)).count().to_string();
    let found = count(|line| matches!(line.found, Match::Found { .. }));
    let moved = count(|line| matches!(line.found, Match::Found { moved_from: Some(_), .. }));
    let new = count(|line| matches!(line.found, Match::Found { known: false, moved_from: None, .. }));
    let doubtful = count(|line| matches!(line.found, Match::Doubtful(_)));
    let none = count(|line| line.found == Match::NotFound);
    let faults = review.faults.iter().map(|fault| {
        let text = if fault.missing {
            words.review_fault_missing(field_name(words, fault.field))
        } else {
            words.review_fault(field_name(words, fault.field))
        };
        view! { <li>{words.review_line(&fault.line.to_string())}": "{text}</li> }
    });
    let fault_box = (!review.faults.is_empty()).then(|| ui::warning(words.warning(), view! { <h2>{words.review_faults(i64::try_from(review.faults.len()).unwrap_or(0))}</h2><ul>{faults.collect_view()}</ul><p>{words.review_faults_text()}</p> }));
    let open: Vec<&ReviewLine> = review.lines.iter().filter(|line| matches!(line.found, Match::Doubtful(_))).collect();
    let mut form = call.form.clone();
    let questions = open
        .iter()
        .map(|line| {
            let Match::Doubtful(candidates) = &line.found else { return ().into_any() };
            let mut choices = vec![(String::new(), words.review_choose().to_owned())];
            choices.extend(candidates.iter().map(|candidate| {
                (candidate.patient.to_string(), format!("{}, {}", candidate.name, words.short_date(candidate.born)))
            }));
            choices.push(("nobody".to_owned(), words.review_nobody().to_owned()));
            let name = format!("line-{}", line.student.line);
            let chosen = match line.chosen {
                Some(Some(patient)) => patient.to_string(),
                Some(None) => "nobody".to_owned(),
                None => String::new(),
            };
            form.prefill(&name, chosen);
            let label = format!(
                "{}, {} ({})",
                line.student.name.sorted(),
                words.short_date(line.student.born.date()),
                line.student.grade
            );
            ui::select(&form, name, label, "", &choices)
        })
        .collect_view();
    let rows = review
        .lines
        .iter()
        .map(|line| {
            let student = &line.student;
            vec![
                student.name.sorted().into_any(),
                words.short_date(student.born.date()).into_any(),
                student.grade.to_string().into_any(),
                student.class.clone().into_any(),
                match_tag(words, line),
            ]
        })
        .collect();
    let columns =
        [words.board_student(), words.field_born(), words.board_grade(), words.board_class(), words.review_result()]
            .map(str::to_owned)
            .to_vec();
    let save = view! { {questions}<input type="hidden" name="do" value="save"/>{ui::button(words.review_save(i64::try_from(review.lines.len()).unwrap_or(0)))} };
    let drop = view! { <input type="hidden" name="do" value="drop"/><button type="submit" class="button quiet">{words.review_drop()}</button> };
    // Of a student without a shareable record only the school's number is kept.
    let unnumbered = review.lines.iter().any(|line| line.found == Match::NotFound && line.student.number.is_empty());
    // Whoever is not on the new list leaves the class: that must not happen unseen.
    let leaving_box = (!review.leaving.is_empty()).then(|| {
        let names = review.leaving.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
        ui::warning(words.warning(), view! { <h2>{words.review_leaving_title(i64::try_from(review.leaving.len()).unwrap_or(0))}</h2><p>{words.review_leaving_text()}</p><ul>{names}</ul> })
    });
    view! {
        {ui::error_summary(&call.form, words)}
        {ui::summary_list(vec![
            (words.review_found().to_owned(), found, None),
            (words.review_new().to_owned(), new, None),
            (words.review_moved().to_owned(), moved, None),
            (words.review_doubtful().to_owned(), doubtful, None),
            (words.review_none().to_owned(), none, None),
            (words.review_leaving().to_owned(), review.leaving.len().to_string(), None),
        ])}
        {fault_box}
        {(!open.is_empty()).then(|| view! { <h2>{words.review_doubtful_title()}</h2><p>{words.review_doubtful_text()}</p> })}
        {leaving_box}
        {unnumbered.then(|| ui::note(words.review_no_number()))}
        {ui::form(&to, save)}
        {ui::form(&to, drop)}
        <p><a href=format!("{to}?columns=yes")>{words.review_columns_change()}</a></p>
        {ui::captioned(words.review_lines(), columns, rows)}
        <p class="hint">{words.review_none_text()}</p>
    }
    .into_any()
}

fn match_tag(words: Words, line: &ReviewLine) -> AnyView {
    match &line.found {
        Match::Found { moved_from: Some(class), .. } => ui::tag(Tone::Good, words.review_moved_from(class)),
        Match::Found { .. } => ui::tag(Tone::Good, words.review_found()),
        Match::Doubtful(_) => ui::tag(Tone::Waiting, words.review_doubtful()),
        Match::NotFound => ui::tag(Tone::Plain, words.review_none()),
    }
}

/// `/school/rosters/{roster}`
pub async fn page(call: Call) -> Reply {
    let review = call.registry.review_roster(&call.caller, call.param("roster")?).await?;
    Ok(draw(call, review).into())
}

/// Posted there: columns, choices and save, or throw away.
pub async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let id: RosterId = call.param("roster")?;
    match call.form.value("do") {
        "columns" => {
            let pairs = Field::ALL
                .iter()
                .filter_map(|field| Some((*field, call.form.value(field.key()).parse::<usize>().ok()?)))
                .collect();
            call.registry.map_roster(&call.caller, id, pairs).await?;
            Call::go(format!("/school/rosters/{id}"))
        }
        "drop" => {
            call.registry.drop_roster(&call.caller, id).await?;
            Call::go("/school")
        }
        _ => {
            let choices: Vec<(usize, Option<PatientId>)> = call
                .form
                .fields()
                .iter()
                .filter_map(|(name, value)| {
                    let line = name.strip_prefix("line-")?.parse().ok()?;
                    if value == "nobody" { Some((line, None)) } else { Some((line, Some(value.parse().ok()?))) }
                })
                .collect();
            call.registry.choose_in_roster(&call.caller, id, choices).await?;
            let review = call.registry.review_roster(&call.caller, id).await?;
            let undecided: Vec<usize> = review
                .lines
                .iter()
                .filter(|line| matches!(line.found, Match::Doubtful(_)) && line.chosen.is_none())
                .map(|line| line.student.line)
                .collect();
            for line in undecided {
                call.form.wrong(&format!("line-{line}"), words.review_choose_missing(&line.to_string()));
            }
            if !call.form.is_fine() {
                return Call::again(draw(call, review));
            }
            call.registry.save_roster(&call.caller, id).await?;
            Call::go("/school?saved=yes")
        }
    }
}
