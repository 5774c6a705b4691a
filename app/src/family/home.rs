//! The family's people and what they asked for.

use domain::certificate::RequestState;
use leptos::prelude::*;
use registry::Request;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui,
};

/// `/family`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let people = call.registry.my_people(&call.caller).await?;
    let requests = call.registry.my_requests(&call.caller).await?;
    Ok(Page::new(words.family_title(), move || {
        let cards = people
            .iter()
            .map(|person| {
                let to = format!("/family/people/{}", person.id);
                let born = words.family_born(&words.date(person.born.date()));
                view! {
                    <li class="person">
                        <h2><a href=to.clone()>{person.name.to_string()}</a></h2>
                        <p>{born}</p>
                        <p class="actions">{ui::button_link(format!("{to}/ask"), words.family_ask())}<a href=to>{words.family_see()}</a></p>
                    </li>
                }
            })
            .collect_view();
        let empty = people.is_empty().then(|| ui::note(words.family_nobody()));
        view! {
            <h1>{words.family_title()}</h1>
            {empty}
            <ul class="people">{cards}</ul>
            <h2>{words.family_requests()}</h2>
            {request_list(words, requests)}
        }
        .into_any()
    })
    .into())
}

fn request_list(words: words::Words, requests: Vec<Request>) -> AnyView {
    if requests.is_empty() {
        return view! { <p>{words.family_no_requests()}</p> }.into_any();
    }
    let rows = requests
        .into_iter()
        .map(|request| {
            let state = request.state();
            let next = match (state, request.certificate_id) {
                (RequestState::Released, Some(_)) if request.revoked => {
                    let to = format!("/family/people/{}/ask", request.patient_id.simple());
                    view! { <a href=to>{words.request_again()}</a> }.into_any()
                }
                (RequestState::Released, Some(certificate)) => {
                    let to =
                        format!("/family/people/{}/certificates/{}", request.patient_id.simple(), certificate.simple());
                    view! { <a href=to>{words.request_open()}</a> }.into_any()
                }
                (RequestState::Returned, _) => {
                    let to = format!("/family/people/{}/ask", request.patient_id.simple());
                    view! { <p>{words.request_reason(&request.reason)}</p><a href=to>{words.request_again()}</a> }
                        .into_any()
                }
                _ => view! { {words.request_waits(&request.site_name)} }.into_any(),
            };
            let name = domain::PersonName::stored(request.last_name.clone(), request.first_name.clone(), String::new())
                .to_string();
            let tag = if request.revoked {
                ui::tag(ui::Tone::Bad, words.verify_revoked())
            } else {
                ui::request_tag(words, state)
            };
            vec![name.into_any(), words.day(request.asked_at).into_any(), tag, next]
        })
        .collect();
    let columns = [words.field_name(), words.request_asked_on(), words.request_state_label(), words.request_next()]
        .map(str::to_owned)
        .to_vec();
    ui::table(words.family_requests(), columns, rows)
}
