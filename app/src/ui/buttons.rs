//! Forms, buttons, and the way back.

use leptos::prelude::*;

/// What goes with every form of a page.
#[derive(Clone)]
pub struct Press {
    /// Makes a repeated press of a button on this page one act: random, made with the page.
    pub word: String,
    /// Who the page was drawn for, and for which office or school they act.
    pub mark: String,
}

fn press() -> Option<AnyView> {
    use_context::<Press>().map(|press| {
        view! { <input type="hidden" name="press" value=press.word/><input type="hidden" name="as" value=press.mark/> }.into_any()
    })
}

/// A form that posts to `action` (the page itself for an empty one).
pub fn form(action: &str, content: impl IntoView + 'static) -> AnyView {
    let action = (!action.is_empty()).then(|| action.to_owned());
    view! { <form method="post" action=action novalidate=true class="form">{press()}{content.into_any()}</form> }
        .into_any()
}

/// A form that is nothing but its button.
pub fn button_form(action: &str, button: AnyView) -> AnyView {
    view! { <form method="post" action=action.to_owned()>{press()}{button}</form> }.into_any()
}

/// A form that sends a file.
pub fn upload_form(action: &str, content: impl IntoView + 'static) -> AnyView {
    let action = (!action.is_empty()).then(|| action.to_owned());
    view! { <form method="post" action=action enctype="multipart/form-data" novalidate=true class="form">{press()}{content.into_any()}</form> }.into_any()
}

/// The button that sends a form.
pub fn button(text: impl Into<String>) -> AnyView {
    view! { <button type="submit" class="button">{text.into()}</button> }.into_any()
}

/// The button for what cannot be undone.
pub fn danger_button(text: impl Into<String>) -> AnyView {
    view! { <button type="submit" class="button danger">{text.into()}</button> }.into_any()
}

/// A link that looks like a button: it goes somewhere and changes nothing.
pub fn button_link(to: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <a class="button" href=to.into()>{text.into()}</a> }.into_any()
}

/// The way back.
pub fn back(to: impl Into<String>, text: impl Into<String>) -> AnyView {
    view! { <a class="back" href=to.into()>{text.into()}</a> }.into_any()
}
