//! Signing in and out.

use domain::Role;
use leptos::prelude::*;

use crate::{
    answer::{Answer, Failure, Page, Reply},
    call::Call,
    ui::{self, Field},
};

/// Where each role begins.
pub(crate) const fn home(role: Role) -> &'static str {
    match role {
        Role::Family => "/family",
        Role::ProviderStaff | Role::ProviderAdmin => "/provider",
        Role::SchoolNurse | Role::SchoolRegistrar => "/school",
        Role::DphReviewer => "/department/objections",
        Role::DphEpidemiologist | Role::DphAdmin => "/department",
        Role::ChildCare | Role::College | Role::HelpDesk => "/desk",
    }
}

/// The made-up people of the demo data one can sign in as.
pub const DEMO: [(&str, Role); 13] = [
    ("parent", Role::Family),
    ("parent-nurse", Role::Family),
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
    let expired = call.query.iter().any(|(name, _)| name == "expired");
    let to = [call.form.value("to"), call.query("to")].into_iter().find(|to| !to.is_empty()).unwrap_or("").to_owned();
    let form = call.form;
    let demo = call.demo;
    Page::new(words.sign_in(), move || {
        let people = demo.then(|| {
            let rows = DEMO
                .map(|(login, role)| view! { <li><code>{login}</code>" – "{role_name(words, role)}</li> })
                .collect_view();
            ui::note(view! { <h2>{words.demo_title()}</h2><p>{words.demo_text(DEMO_PASSWORD)}</p><ul>{rows}</ul> })
        });
        let fields = view! {
            <input type="hidden" name="to" value=to/>
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
    .about(words.sign_in_about())
}

/// `/sign-in`
pub(crate) async fn page(call: Call) -> Reply {
    match call.caller.principal.role() {
        Some(role) => Call::go(home(role)),
        None => Ok(draw(call).into()),
    }
}

/// Posted to `/sign-in`.
pub(crate) async fn send(mut call: Call) -> Reply {
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
        Some(signed) => {
            let to = after(signed.role, call.form.value("to"));
            let to = if signed.several { "/standing".to_owned() } else { to };
            Ok(Answer::SignedIn { token: signed.token, to })
        }
        None => {
            call.form.wrong("login", words.sign_in_wrong());
            Call::again(draw(call))
        }
    }
}

/// Where somebody goes who has signed in: back to the page they came from, if it is one of their own rooms.
fn after(role: Role, from: &str) -> String {
    let home = home(role);
    let room = if role.is_department() { "/department" } else { home };
    let inside = from.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let plain =
        from.len() <= 500 && from.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !from.contains("//");
    if inside && plain { from.to_owned() } else { home.to_owned() }
}

/// Posted to `/sign-out`.
pub(crate) async fn sign_out(call: Call) -> Reply {
    if let Some(token) = &call.token {
        call.registry.sign_out(&call.caller, token).await?;
    }
    call.drop_draft().await?;
    Ok(Answer::SignedOut)
}

/// `/desk`: for roles whose rooms are not built yet; says so plainly.
pub(crate) async fn desk(call: Call) -> Reply {
    let words = call.words;
    let role = call.caller.principal.role().ok_or(Failure::SignIn)?;
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
pub(crate) fn role_name(words: words::Words, role: Role) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back_to_ones_own_rooms_and_nowhere_else() {
        assert_eq!(
            after(Role::SchoolNurse, "/school/board?class=K-2&on=2026-12-01"),
            "/school/board?class=K-2&on=2026-12-01"
        );
        for elsewhere in [
            "",
            "/provider",
            "//evil.example",
            "/school//evil.example",
            "/schoolyard",
            "https://evil.example",
            "/school\\x",
            "/school/a b",
        ] {
            assert_eq!(after(Role::SchoolNurse, elsewhere), "/school", "{elsewhere}");
        }
    }
}
