//! Signing in and out. The second factor will stand between the two.

use domain::Role;
use leptos::prelude::*;

use crate::{
    answer::{Answer, Failure, Page, Reply},
    call::Call,
    ui::{self, Field},
};

/// Where each role begins.
pub const fn home(role: Role) -> &'static str {
    match role {
        Role::Family => "/family",
        Role::ProviderStaff | Role::ProviderAdmin => "/provider",
        Role::SchoolNurse | Role::SchoolRegistrar => "/school",
        Role::DphReviewer | Role::DphEpidemiologist | Role::DphAdmin => "/department",
        Role::ChildCare | Role::College | Role::HelpDesk => "/desk",
    }
}

/// The made-up people of the demo data one can sign in as.
pub const DEMO: [(&str, Role); 12] = [
    ("parent", Role::Family),
    ("nurse", Role::SchoolNurse),
    ("registrar", Role::SchoolRegistrar),
    ("clinic", Role::ProviderStaff),
    ("clinic-admin", Role::ProviderAdmin),
    ("other-clinic", Role::ProviderStaff),
    ("reviewer", Role::DphReviewer),
    ("epidemiologist", Role::DphEpidemiologist),
    ("dph-admin", Role::DphAdmin),
    ("child-care", Role::ChildCare),
    ("college", Role::College),
    ("help", Role::HelpDesk),
];

/// The password of every demo user.
pub const DEMO_PASSWORD: &str = "demo";

fn draw(call: Call) -> Page {
    let words = call.words;
    let form = call.form;
    let expired = call.query.iter().any(|(name, _)| name == "expired");
    let demo = call.demo;
    Page::new(words.sign_in(), move || {
        let people = demo.then(|| {
            let rows = DEMO
                .map(|(login, role)| view! { <li><code>{login}</code>" – "{role_name(words, role)}</li> })
                .collect_view();
            ui::note(view! { <h2>{words.demo_title()}</h2><p>{words.demo_text(DEMO_PASSWORD)}</p><ul>{rows}</ul> })
        });
        let fields = view! {
            {Field::new("login", words.sign_in_login()).autocomplete("username").limit(100).view(&form)}
            {Field::new("password", words.sign_in_password()).kind("password").autocomplete("current-password").limit(200).view(&form)}
            {ui::button(words.sign_in())}
        };
        view! {
            {ui::error_summary(&form, words)}
            <h1>{words.sign_in_title()}</h1>
            {expired.then(|| ui::note(words.sign_in_needed()))}
            {ui::form("", fields)}
            {people}
        }
        .into_any()
    })
}

/// `/sign-in`
pub async fn page(call: Call) -> Reply {
    match call.caller.actor.role() {
        Some(role) => Call::go(home(role)),
        None => Ok(draw(call).into()),
    }
}

/// Posted to `/sign-in`.
pub async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let (login, password) = (call.form.value("login").to_owned(), call.form.value("password").to_owned());
    if login.trim().is_empty() {
        call.form.wrong("login", words.error_missing());
    }
    if password.is_empty() {
        call.form.wrong("password", words.error_missing());
    }
    if !call.form.is_fine() {
        return Call::again(draw(call));
    }
    // Longer inputs are nobody's: they are not hashed.
    if login.len() > 100 || password.len() > 200 {
        call.form.wrong("login", words.sign_in_wrong());
        return Call::again(draw(call));
    }
    match call.registry.sign_in(&login, &password).await? {
        Some(signed) => Ok(Answer::SignedIn { token: signed.token, to: home(signed.role).to_owned() }),
        None => {
            call.form.wrong("login", words.sign_in_wrong());
            Call::again(draw(call))
        }
    }
}

/// Posted to `/sign-out`.
pub async fn sign_out(call: Call) -> Reply {
    if let Some(token) = &call.token {
        call.registry.sign_out(&call.caller, token).await?;
    }
    Ok(Answer::SignedOut)
}

/// `/desk`: for roles whose rooms are not built yet; says so plainly.
pub async fn desk(call: Call) -> Reply {
    let words = call.words;
    let role = call.caller.actor.role().ok_or(Failure::SignIn)?;
    Ok(Page::new(words.nav_home(), move || {
        view! {
            <h1>{role_name(words, role)}</h1>
            <p>{words.desk_text()}</p>
            {ui::button_link("/verify", words.verify_title())}
        }
        .into_any()
    })
    .into())
}

/// What a role is called.
pub fn role_name(words: words::Words, role: Role) -> &'static str {
    match role {
        Role::Family => words.role_family(),
        Role::ProviderStaff => words.role_provider_staff(),
        Role::ProviderAdmin => words.role_provider_admin(),
        Role::SchoolNurse => words.role_school_nurse(),
        Role::SchoolRegistrar => words.role_school_registrar(),
        Role::ChildCare => words.role_child_care(),
        Role::College => words.role_college(),
        Role::DphReviewer => words.role_dph_reviewer(),
        Role::DphEpidemiologist => words.role_dph_epidemiologist(),
        Role::DphAdmin => words.role_dph_admin(),
        Role::HelpDesk => words.role_help_desk(),
    }
}
