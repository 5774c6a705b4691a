//! The school's classes, and uploading a class list.

use domain::Invalid;
use leptos::prelude::*;
use registry::RegistryError;

use crate::{
    answer::{Answer, File, Page, Reply},
    call::Call,
    ui::{self, Field},
};

/// `/school`
pub async fn classes(call: Call) -> Reply {
    let words = call.words;
    let classes = call.registry.classes(&call.caller).await?;
    let saved = call.query("saved").to_owned();
    Ok(Page::new(words.school_title(), move || {
        let total: i64 = classes.iter().map(|(_, students)| *students).sum();
        let rows: Vec<Vec<AnyView>> = classes
            .into_iter()
            .map(|(name, students)| {
                let to = format!("/school/board?class={}", ui::encode(&name));
                vec![view! { <a href=to>{name}</a> }.into_any(), students.to_string().into_any()]
            })
            .collect();
        let body = if rows.is_empty() {
            view! { <p>{words.school_no_classes()}</p> }.into_any()
        } else {
            let columns = [words.board_class(), words.school_students()].map(str::to_owned).to_vec();
            view! { <p>{ui::button_link("/school/board", words.school_whole(&total.to_string()))}</p>{ui::captioned(words.school_classes(), columns, rows)} }.into_any()
        };
        view! {
            {(!saved.is_empty()).then(|| view! { <div class="note" role="status">{words.school_saved()}</div> })}
            <h1>{words.school_title()}</h1>
            {body}
            <p><a href="/school/upload">{words.nav_upload()}</a></p>
        }
        .into_any()
    })
    .into())
}

fn draw(call: Call) -> Page {
    let words = call.words;
    let form = call.form;
    Page::new(words.upload_title(), move || {
        let fields = view! {
            {Field::new("file", words.upload_file()).kind("file").hint(words.upload_hint()).accept(".csv,.xlsx,.txt").view(&form)}
            {ui::button(words.upload_send())}
        };
        view! {
            {ui::back("/school", words.back_school())}
            {ui::error_summary(&form, words)}
            <h1>{words.upload_title()}</h1>
            <p>{words.upload_lead()}</p>
            <p><a href="/school/sample">{words.upload_sample()}</a></p>
            {ui::upload_form("", fields)}
            {ui::note(words.upload_privacy())}
        }
        .into_any()
    })
}

/// `/school/upload`
pub async fn page(call: Call) -> Reply {
    Ok(draw(call).into())
}

/// Posted there.
pub async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let Some(bytes) = call.form.file("file").map(<[u8]>::to_vec) else {
        call.form.wrong("file", words.import_no_file());
        return Call::again(draw(call));
    };
    match call.registry.upload_roster(&call.caller, &bytes).await {
        Ok(id) => Call::go(format!("/school/rosters/{id}")),
        Err(RegistryError::Invalid(_, why)) => {
            let text = match why {
                Invalid::Missing => words.upload_empty(),
                Invalid::TooLong => words.upload_too_long(),
                _ => words.upload_not_a_list(),
            };
            call.form.wrong("file", text);
            Call::again(draw(call))
        }
        Err(other) => Err(other.into()),
    }
}

/// `/school/sample`: a list of the usual shape, nobody's.
pub async fn sample(_call: Call) -> Reply {
    let text = "Student Number,Last Name,First Name,Middle Name,Date of Birth,Grade,Homeroom\r\n\
                1001,Sample,Ana,Maria,03/10/2021,K,K-1\r\n\
                1002,Sample,Ben,,11/02/2020,K,K-1\r\n";
    Ok(Answer::File(File {
        name: "class-list-sample.csv".to_owned(),
        mime: "text/csv; charset=utf-8",
        bytes: text.into(),
        public: true,
    }))
}
