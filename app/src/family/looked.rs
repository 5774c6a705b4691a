//! Who looked at the record: the family may know (M.G.L. c.66A).

use domain::{
    Role,
    audit::{Action, Told},
};
use leptos::prelude::*;
use registry::Looked;

use crate::{
    answer::{Page, Reply},
    call::Call,
    everyone::sign_in::role_name,
    ui,
};

/// `/family/people/{patient}/looked`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    let patient = call.param::<domain::PatientId>("patient")?;
    let to = format!("/family/people/{patient}/looked");
    let looked = call.registry.who_looked(&call.caller, patient, call.page_number("page")).await?;
    // Names of offices and schools are public.
    let mut places = std::collections::HashMap::new();
    for id in looked.lines.iter().filter_map(|looked| looked.line.site_id) {
        if let std::collections::hash_map::Entry::Vacant(entry) = places.entry(id)
            && let Ok(site) = call.registry.site(domain::SiteId::new(id)).await
        {
            entry.insert(site.name);
        }
    }
    Ok(Page::new(words.looked_title(), move || {
        let pages = ui::pages(words, &to, "page", &looked, &call.form);
        let rows = looked
            .lines
            .into_iter()
            .map(|Looked { line, times }| {
                let (known, action) = (Role::from_key(&line.role), Action::from_key(&line.action));
                let role = match known {
                    Some(role) => role_name(words, role),
                    None if line.role == "public" => words.looked_public(),
                    None => words.looked_system(),
                };
                let done = if line.outcome == "done" { action_words(words, action) } else { words.looked_refused() };
                // Nobody signed in: the role says all there is.
                let (who, role) = if line.actor.is_empty() { (role.to_owned(), "") } else { (line.actor, role) };
                // The Department says why it looks; what other lines note is for the auditor.
                let looked = matches!(action, Some(Action::ReadRecord | Action::FindPerson | Action::ReadAudit));
                let says_why = looked && known.is_some_and(Role::is_department) && !line.reason.is_empty();
                let reason = says_why.then(|| ui::why_looked(words, &line.reason));
                let times = (times > 1).then(|| words.looked_times(i64::try_from(times).unwrap_or(0)));
                let what = view! { {done}{times.map(|times| view! { <br/>{times} })}{reason.map(|reason| view! { <br/>{words.looked_reason(&reason)} })} };
                let place = line.site_id.and_then(|id| places.get(&id).cloned());
                let role = place.map_or_else(|| role.to_owned(), |place| format!("{role}, {place}"));
                vec![words.moment(line.at).into_any(), who.into_any(), role.into_any(), what.into_any()]
            })
            .collect();
        let columns = [words.looked_when(), words.looked_who(), words.looked_role(), words.looked_what()]
            .map(str::to_owned)
            .to_vec();
        view! {
            {ui::back(format!("/family/people/{patient}"), words.back_record())}
            <h1>{words.looked_title()}</h1>
            <p>{words.looked_text()}</p>
            {ui::lines(words.looked_title(), columns, rows)}
            {pages}
        }
        .into_any()
    })
    .into())
}

fn action_words(words: words::Words, action: Option<Action>) -> &'static str {
    match action.map_or(Told::Read, Action::told) {
        Told::Found => words.looked_found(),
        Told::Overdue => words.looked_overdue(),
        Told::Read | Told::Nothing => words.looked_read(),
        Told::Changed => words.looked_changed(),
        Told::Asked => words.looked_asked(),
        Told::Certificate => words.looked_certificate(),
        Told::Verified => words.looked_verified(),
        Told::School => words.looked_school(),
        Told::Form => words.looked_form(),
    }
}
