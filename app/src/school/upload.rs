//! The school's classes, and uploading a class list.

use domain::Invalid;
use leptos::prelude::*;
use registry::{ListedElsewhere, RegistryError};
use words::Words;

use crate::{
    answer::{Answer, File, Page, Reply},
    call::Call,
    ui::{self, Field},
};

/// `/school`
pub(crate) async fn classes(call: Call) -> Reply {
    let words = call.words;
    let classes = call.registry.classes(&call.caller).await?;
    let listed = call.registry.listed_elsewhere(&call.caller).await?;
    let saved = call.told() == "saved";
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
            {saved.then(|| ui::done(words.school_saved()))}
            <h1>{words.school_title()}</h1>
            {listed_elsewhere(words, listed)}
            {body}
            <p><a href="/school/upload">{words.nav_upload()}</a></p>
        }
        .into_any()
    })
    .into())
}

/// Students whom another school has put on its list.
fn listed_elsewhere(words: Words, listed: Vec<ListedElsewhere>) -> AnyView {
    if listed.is_empty() {
        return ().into_any();
    }
    let seen =
        listed.iter().map(|one| view! { <input type="hidden" name="seen" value=one.id.to_string()/> }).collect_view();
    let rows = listed
        .into_iter()
        .map(|one| {
            vec![
                one.name.sorted().into_any(),
                one.class_name.into_any(),
                one.by.into_any(),
                one.reason.into_any(),
                words.day(one.at).into_any(),
            ]
        })
        .collect();
    let columns =
        [words.board_student(), words.board_class(), words.listed_by(), words.listed_why(), words.looked_when()];
    ui::warning(
        words.warning(),
        view! {
            <h2>{words.listed_title()}</h2>
            <p>{words.listed_text()}</p>
            {ui::captioned(words.listed_title(), columns.map(str::to_owned).to_vec(), rows)}
            {ui::form("/school", view! { {seen}<button type="submit" class="button quiet">{words.listed_seen()}</button> })}
        },
    )
}

/// Posted to `/school`: what was told about other schools' lists is seen.
pub(crate) async fn seen(call: Call) -> Reply {
    let ids: Vec<domain::NoticeId> = call.form.values("seen").iter().filter_map(|id| id.parse().ok()).collect();
    call.registry.see_listed_elsewhere(&call.caller, &ids).await?;
    Call::go("/school")
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
pub(crate) async fn page(call: Call) -> Reply {
    Ok(draw(call).into())
}

/// Posted there.
pub(crate) async fn send(mut call: Call) -> Reply {
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
pub(crate) async fn sample(_call: Call) -> Reply {
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
