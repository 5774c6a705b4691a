//! One student: every requirement with its sentence.

use domain::catalogue;
use leptos::prelude::*;

use super::board::as_of;
use crate::{
    answer::{Failure, Page, Reply},
    call::Call,
    provider::record::requirement_list,
    ui,
};

/// `/school/students/{student}`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let on = as_of(&call).map_err(|_| Failure::BadRequest)?;
    let sheet = call.registry.student(&call.caller, call.param("student")?, on).await?;
    let title = sheet.line.name.as_ref().map_or_else(|| words.board_no_name(&sheet.line.number), ToString::to_string);
    Ok(Page::new(title.clone(), move || {
        let line = &sheet.line;
        let body = match &sheet.facts {
            None => ui::note(words.board_no_record_text()),
            Some((facts, compliance)) => {
                let doses = facts
                    .doses
                    .iter()
                    .map(|dose| vec![words.short_date(dose.on).into_any(), catalogue::name(dose.cvx).into_any()])
                    .collect();
                let columns = [words.paper_date(), words.paper_vaccine()].map(str::to_owned).to_vec();
                view! { {requirement_list(words, facts, compliance, None, advice::Audience::Office)}{ui::lines(words.student_doses(), columns, doses)} }
                    .into_any()
            }
        };
        view! {
            {ui::back(format!("/school/board?class={}&on={on}", ui::encode(&line.class_name)), words.back_board())}
            <h1>{title}</h1>
            {ui::status_tag(words, line.status)}
            <p>{words.board_as_of(&words.date(on))}</p>
            {ui::summary_list(vec![
                (words.field_born().to_owned(), line.born.map(|born| words.date(born)).unwrap_or_default(), None),
                (words.board_grade().to_owned(), line.grade.clone(), None),
                (words.board_class().to_owned(), line.class_name.clone(), None),
                (words.board_number().to_owned(), line.number.clone(), None),
            ])}
            {body}
        }
        .into_any()
    })
    .into())
}
