//! Boxes that say something important.

use leptos::prelude::*;

/// Worth knowing.
pub fn note(content: impl IntoView + 'static) -> AnyView {
    view! { <div class="note">{content.into_any()}</div> }.into_any()
}

/// What was just done.
pub fn done(text: impl Into<String>) -> AnyView {
    view! { <div class="note" role="status">{text.into()}</div> }.into_any()
}

/// Think before you go on. Marked by a sign and not by colour alone.
pub fn warning(sign: &'static str, content: impl IntoView + 'static) -> AnyView {
    view! { <div class="warning"><span class="warning-sign" aria-hidden="true">"!"</span><div><strong class="visually-hidden">{sign}</strong>{content.into_any()}</div></div> }.into_any()
}

/// Done: the number to keep.
pub fn confirmation(title: impl Into<String>, label: impl Into<String>, number: impl Into<String>) -> AnyView {
    view! { <div class="confirmation"><h1>{title.into()}</h1><p>{label.into()}<br/><strong class="number">{number.into()}</strong></p></div> }.into_any()
}
