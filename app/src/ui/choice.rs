//! One of several, or yes.

use leptos::prelude::*;

use super::field::described_by;
use crate::form::Form;

/// Radio buttons: value, label, and a hint where one helps.
pub fn radios(
    form: &Form,
    name: &'static str,
    legend: impl Into<String>,
    hint: &str,
    choices: &[(String, String, String)],
) -> AnyView {
    group("radio", form, name, legend.into(), hint, choices)
}

/// Boxes to tick, any number of them: value, label, and a hint where one helps.
pub fn checkboxes(
    form: &Form,
    name: &'static str,
    legend: impl Into<String>,
    hint: &str,
    choices: &[(String, String, String)],
) -> AnyView {
    group("checkbox", form, name, legend.into(), hint, choices)
}

fn group(
    kind: &'static str,
    form: &Form,
    name: &'static str,
    legend: String,
    hint: &str,
    choices: &[(String, String, String)],
) -> AnyView {
    let error = form.error(name).map(str::to_owned);
    let described = described_by(name, !hint.is_empty(), error.is_some());
    let hint = hint.to_owned();
    let chosen: Vec<String> = form.values(name).into_iter().map(str::to_owned).collect();
    let choices = choices
        .iter()
        .cloned()
        .enumerate()
        .map(|(at, (value, label, hint))| {
            let id = if at == 0 { name.to_owned() } else { format!("{name}-{at}") };
            let checked = chosen.contains(&value);
            view! {
                <div class="choice">
                    <input type=kind id=id.clone() name=name value=value checked=checked/>
                    <label for=id>{label}{(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}</label>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:has-error=error.is_some() aria-describedby=described>
            <legend>{legend}</legend>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.clone().map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            {choices}
        </fieldset>
    }
    .into_any()
}

/// A box to tick.
pub fn checkbox(form: &Form, name: impl Into<String>, label: impl Into<String>) -> AnyView {
    let name = name.into();
    let error = form.error(&name).map(str::to_owned);
    let described = described_by(&name, false, error.is_some());
    let checked = form.ticked(&name);
    view! {
        <div class="field tick" class:has-error=error.is_some()>
            {error.clone().map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            <div class="choice">
                <input type="checkbox" id=name.clone() name=name.clone() value="yes" checked=checked aria-describedby=described aria-invalid=error.is_some().then_some("true")/>
                <label for=name>{label.into()}</label>
            </div>
        </div>
    }
    .into_any()
}

/// A choice of a list that a script can narrow.
pub struct Searchable {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// What else it may be searched by.
    pub known_as: String,
}

/// A long list to choose from, with what each choice may be searched by.
pub fn searchable(form: &Form, name: &'static str, label: impl Into<String>, choices: &[Searchable]) -> AnyView {
    let chosen = form.value(name).to_owned();
    let options = choices
        .iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value.clone() selected=selected data-known-as=choice.known_as.clone()>{choice.text.clone()}</option> }
        })
        .collect_view();
    list(form, name.to_owned(), label.into(), "", options.into_any())
}

/// A list to choose from.
pub fn select(
    form: &Form,
    name: impl Into<String>,
    label: impl Into<String>,
    hint: &str,
    choices: &[(String, String)],
) -> AnyView {
    let name = name.into();
    let chosen = form.value(&name).to_owned();
    let options = choices
        .iter()
        .cloned()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    list(form, name, label.into(), hint, options.into_any())
}

fn list(form: &Form, name: String, label: String, hint: &str, options: AnyView) -> AnyView {
    let error = form.error(&name).map(str::to_owned);
    let described = described_by(&name, !hint.is_empty(), error.is_some());
    let hint = hint.to_owned();
    view! {
        <div class="field" class:has-error=error.is_some()>
            <label for=name.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            {error.clone().map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> })}
            <select class="input" id=name.clone() name=name.clone() aria-describedby=described aria-invalid=error.is_some().then_some("true")>{options}</select>
        </div>
    }
    .into_any()
}
