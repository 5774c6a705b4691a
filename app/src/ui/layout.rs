//! The frame of every page: head, skip link, header, main part, footer.

use domain::Role;
use leptos::prelude::*;
use words::{Lang, Words};

use crate::everyone::sign_in::role_name;

/// In the address of a page that has asked for itself again: nobody need sit there.
pub const BY_ITSELF: &str = "by-itself";

/// Who is signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// The name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// There are other standings to go on in.
    pub several: bool,
    /// The office or school they act for; empty for none.
    pub place: String,
}

/// What the frame needs to know.
#[derive(Clone)]
pub struct Frame {
    /// Texts.
    pub words: Words,
    /// The page's title.
    pub title: String,
    /// Path of the page, for the language switch.
    pub path: String,
    /// Its query.
    pub query: Vec<(String, String)>,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// Where the files of this build are, such as `/assets/1a2b3c`.
    pub assets: String,
    /// The browser part is needed.
    pub islands: bool,
    /// A script of the page's own.
    pub script: Option<&'static str>,
    /// The form whose fields stay as they are when the language is changed.
    pub keeps: Option<&'static str>,
    /// What the page is, in a sentence.
    pub about: Option<&'static str>,
    /// Asked for again after so many seconds.
    pub again_in: Option<u32>,
    /// Over the whole width.
    pub wide: bool,
    /// Made-up data.
    pub demo: bool,
}

/// The whole document.
pub fn shell(frame: Frame, content: AnyView) -> AnyView {
    let words = frame.words;
    let lang = words.lang();
    let css = format!("{}/style.css", frame.assets);
    let icon = format!("{}/icon.svg", frame.assets);
    let scripts = [frame.islands.then_some("start.js"), frame.script]
        .into_iter()
        .flatten()
        .map(|name| view! { <script type="module" src=format!("{}/{name}", frame.assets)></script> })
        .collect_view();
    let main_class = if frame.wide { "main wide" } else { "main" };
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() dir=lang.direction()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title inner_html=maud::html! { (frame.title) " – " (words.site_name()) }.into_string()></title>
                {frame.about.map(|about| view! { <meta name="description" content=about/> })}
                {frame.again_in.map(|seconds| view! { <meta http-equiv="refresh" content=format!("{seconds};url=?{BY_ITSELF}")/> })}
                <link rel="stylesheet" href=css/>
                <link rel="icon" type="image/svg+xml" href=icon/>
                {scripts}
            </head>
            <body>
                <a class="skip" href="#main">{words.skip_link()}</a>
                {frame.demo.then(|| view! { <aside class="demo-strip" aria-label=words.demo_label()>{words.demo_strip()}</aside> })}
                {header(&frame)}
                <main id="main" class=main_class tabindex="-1">{content}</main>
                {footer(words)}
            </body>
        </html>
    }
    .into_any()
}

fn header(frame: &Frame) -> AnyView {
    let words = frame.words;
    let languages =
        Lang::ALL.iter().filter(|lang| **lang != words.lang()).map(|lang| language(frame, *lang)).collect_view();
    let session = match &frame.signed_in {
        Some(signed) => view! {
            <span class="who">{signed.name.clone()}</span>
            {signed.several.then(|| {
                let role = role_name(words, signed.role);
                let what = if signed.place.is_empty() { role.to_owned() } else { format!("{role}, {}", signed.place) };
                view! { <a class="header-link" href="/standing">{words.standing_as(&what)}</a> }
            })}
            <form method="post" action="/sign-out"><button class="header-link" type="submit">{words.sign_out()}</button></form>
        }
        .into_any(),
        None => view! { <a class="header-link" href="/sign-in">{words.sign_in()}</a> }.into_any(),
    };
    let rooms = frame.signed_in.as_ref().map(|signed| navigation(words, signed.role, &frame.path));
    view! {
        <header class="header">
            <div class="header-row">
                <a class="brand" href="/">
                    <span class="brand-mark" aria-hidden="true"></span>
                    <span><span class="brand-state">{words.brand_state()}</span><span class="brand-name">{words.site_name()}</span></span>
                </a>
                <div class="header-tools">{languages}{session}</div>
            </div>
            {rooms}
        </header>
    }
    .into_any()
}

/// The way to another language. Where something is typed, a script changes the page around it; without scripts the form itself is
/// sent for the page, and its fields come back as they were.
fn language(frame: &Frame, lang: Lang) -> AnyView {
    let to = in_language(frame, lang);
    let name = lang.own_name();
    let keeping = frame.keeps.map(|form| {
        view! {
            <noscript>
                <button class="header-link" type="submit" form=form formaction=to.clone() name="only" value="language" lang=lang.code()>{name}</button>
            </noscript>
        }
    });
    let class = if frame.keeps.is_some() { "header-link scripted" } else { "header-link" };
    view! { <a class=class href=to lang=lang.code() hreflang=lang.code()>{name}</a>{keeping} }.into_any()
}

/// The same page in another language: its query stays, but for what is said once.
fn in_language(frame: &Frame, lang: Lang) -> String {
    let stays = |name: &str| !matches!(name, "lang" | "done" | "expired" | "sent" | "receipt");
    let kept = frame.query.iter().filter(|(name, _)| stays(name));
    let kept: String = kept.map(|(name, value)| format!("&{}={}", encode(name), encode(value))).collect();
    // An address that begins with two slashes is another site's, also where it was only asked for here and is not found.
    let is_here = !frame.path.get(1..).is_some_and(|rest| rest.starts_with(['/', '\\']));
    let path = if is_here { frame.path.as_str() } else { "/" };
    format!("{path}?lang={}{kept}", lang.code())
}

/// Text in an address.
pub fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn navigation(words: Words, role: Role, path: &str) -> AnyView {
    let rooms: Vec<(&str, &str)> = match role {
        Role::Family => vec![("/family", words.nav_family()), ("/objection", words.nav_sharing())],
        Role::ProviderStaff | Role::ProviderAdmin => vec![
            ("/provider", words.nav_find()),
            ("/provider/overdue", words.nav_overdue()),
            ("/provider/requests", words.nav_requests()),
            ("/provider/import", words.nav_import()),
            ("/provider/objection", words.nav_objection()),
        ],
        Role::SchoolNurse | Role::SchoolRegistrar => {
            vec![("/school", words.nav_classes()), ("/school/upload", words.nav_upload())]
        }
        Role::DphEpidemiologist => {
            vec![("/department", words.nav_department()), ("/department/feedback", words.nav_feedback())]
        }
        Role::DphReviewer | Role::DphAdmin => {
            let mut rooms = vec![
                ("/department", words.nav_department()),
                ("/department/objections", words.nav_forms()),
                ("/department/feedback", words.nav_feedback()),
            ];
            if role == Role::DphAdmin {
                rooms.push(("/department/jobs", words.jobs_title()));
            }
            rooms
        }
        Role::ChildCare | Role::College | Role::HelpDesk => vec![("/desk", words.nav_home())],
    };
    let links = rooms
        .into_iter()
        .map(|(to, name)| {
            let here = (path == to).then_some("page");
            view! { <li><a href=to aria-current=here>{name}</a></li> }
        })
        .collect_view();
    view! { <nav class="rooms" aria-label=words.nav_label()><ul>{links}</ul></nav> }.into_any()
}

fn footer(words: Words) -> AnyView {
    let links = [
        ("/about", words.about_title()),
        ("/your-information", words.information_title()),
        ("/questions", words.questions_title()),
        ("/check", words.check_title()),
        ("/verify", words.verify_title()),
        ("/privacy", words.privacy_title()),
        ("/accessibility", words.accessibility_title()),
        ("/contact", words.contact_title()),
        ("/feedback", words.feedback_title()),
    ];
    let links = links.map(|(to, name)| view! { <li><a href=to>{name}</a></li> }).collect_view();
    view! {
        <footer class="footer">
            <nav aria-label=words.footer_label()><ul>{links}</ul></nav>
            <p>{words.footer_law()}</p>
        </footer>
    }
    .into_any()
}
