//! What an objection changes and what it costs, before anybody begins.

use domain::PatientId;
use leptos::prelude::*;

use super::Answers;
use crate::{
    answer::{Answer, Page, Reply},
    call::Call,
    ui,
};

/// `/objection`, for anybody; with `?for=` for a signed-in family.
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let person = call.query("for").parse::<PatientId>().ok();
    let preview = match person {
        Some(person) => call.registry.objection_preview(&call.caller, person).await.ok(),
        None => None,
    };
    let hidden = preview.as_ref().and(person).map(|person| person.to_string());
    let desk = call.path == "/provider/objection";
    Ok(Page::new(words.objection_title(), move || {
        let seen = preview.map(|preview| {
            // Under an objection the form changes it back.
            let order = |shared: &'static str, kept: &'static str| if preview.blocked { [kept, shared] } else { [shared, kept] };
            let row = move |name: String, [now, after]: [&'static str; 2]| vec![name.into_any(), now.into_any(), after.into_any()];
            let offices = preview.offices.into_iter().map(|(name, still)| {
                let kept = if still { words.preview_own_doses() } else { words.preview_nothing() };
                row(name, order(words.preview_now_all(), kept))
            });
            let schools = preview.schools.into_iter().map(|name| row(name, order(words.preview_now_school(), words.preview_nothing())));
            let department = std::iter::once(vec![words.preview_department().into_any(), words.preview_now_all().into_any(), words.preview_now_all().into_any()]);
            let rows = offices.chain(schools).chain(department).collect();
            let columns = [words.preview_who(), words.preview_now(), words.preview_after()].map(str::to_owned).to_vec();
            ui::captioned(words.preview_title(), columns, rows)
        });
        view! {
            <article class="article">
                <h1>{words.objection_title()}</h1>
                <p class="lead">{words.objection_lead()}</p>
                {desk.then(|| ui::note(words.objection_desk_note()))}
                <h2>{words.objection_changes()}</h2>
                <ul>
                    <li>{words.objection_c3()}</li>
                    <li>{words.objection_c6()}</li>
                    <li>{words.objection_c5()}</li>
                </ul>
                <h2>{words.objection_stays()}</h2>
                <ul>
                    <li>{words.objection_c1()}</li>
                    <li>{words.objection_c2()}</li>
                    <li>{words.objection_c4()}</li>
                    <li>{words.objection_c7()}</li>
                </ul>
                {seen}
                <p>{words.objection_time()}</p>
                {ui::form("", view! { <input type="hidden" name="for" value=hidden/>{ui::button(words.objection_begin())} })}
            </article>
        }
        .into_any()
    })
    .about(words.objection_lead())
    .into())
}

/// Posted there: a draft is begun.
pub(crate) async fn begin(call: Call) -> Reply {
    let mut answers = Answers::default();
    if let Ok(person) = call.form.value("for").parse::<PatientId>()
        && let Ok(known) = call.registry.own_details(&call.caller, person).await
    {
        answers = Answers::of_person(&known);
    }
    answers.desk = call.path == "/provider/objection";
    let secret = call.registry.fresh_secret();
    answers.save(&call, &secret).await?;
    Ok(Answer::Draft { secret, to: "/objection/choice".to_owned() })
}
