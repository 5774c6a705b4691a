//! Correcting what is wrong with a message by form: a field for each fault, with what stands there now.

use domain::{Invalid, date::parse_date};
use interop::{Issue, Severity, What, doses, hl7};
use leptos::prelude::*;
use registry::{Message, UNREADABLE_LINE};
use words::Words;

use super::{dose::choices, import::what_words};
use crate::{
    form::{Form, why_words},
    ui::{self, Field},
};

/// Most faults a form asks about at once; what is left is asked after those.
const MOST: usize = 8;
const NAMES: [[&str; 3]; MOST] = [
    ["fix-0", "fix-0-b", "fix-0-c"],
    ["fix-1", "fix-1-b", "fix-1-c"],
    ["fix-2", "fix-2-b", "fix-2-c"],
    ["fix-3", "fix-3-b", "fix-3-c"],
    ["fix-4", "fix-4-b", "fix-4-c"],
    ["fix-5", "fix-5-b", "fix-5-c"],
    ["fix-6", "fix-6-b", "fix-6-c"],
    ["fix-7", "fix-7-b", "fix-7-c"],
];

/// What kind of answer mends a fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Date,
    Vaccine,
    Given,
    Action,
    Line,
}

/// A fault a form can mend.
pub(super) struct Fault {
    issue: Issue,
    kind: Kind,
}

/// The faults of a message that a form can mend.
pub(super) fn faults(message: &Message) -> Vec<Fault> {
    if message.content.starts_with(UNREADABLE_LINE) {
        return Vec::new();
    }
    let issues: Vec<Issue> = serde_json::from_value(message.issues.clone()).unwrap_or_default();
    let mut faults: Vec<Fault> = Vec::new();
    for issue in issues.into_iter().filter(|issue| issue.severity == Severity::Error) {
        let is_known = faults.iter().any(|fault| fault.issue.to_string() == issue.to_string());
        if let Some(kind) = kind(&issue).filter(|_| !is_known && faults.len() < MOST) {
            faults.push(Fault { issue, kind });
        }
    }
    faults
}

fn kind(issue: &Issue) -> Option<Kind> {
    match (issue.segment.as_str(), issue.field, issue.column.as_str()) {
        ("PID", 5, _) => Some(Kind::Name),
        ("PID", 7, _) | ("RXA", 3, _) | ("", _, "birth_date" | "given_on") => Some(Kind::Date),
        // The day the record speaks against.
        ("RXA", 0, _) if issue.what == What::BeforeBirth => Some(Kind::Date),
        ("RXA", 5, _) | ("", _, "vaccine") => Some(Kind::Vaccine),
        ("RXA", 20, _) | ("", _, "status") => Some(Kind::Given),
        ("RXA", 21, _) | ("", _, "action") => Some(Kind::Action),
        ("PID", 3, _) | ("MSH", 10, _) => Some(Kind::Line),
        ("", _, column) if !column.is_empty() => Some(Kind::Line),
        _ => None,
    }
}

fn position(issue: &Issue) -> (&str, usize, usize) {
    let field = if issue.segment == "RXA" && issue.field == 0 { 3 } else { issue.field };
    (&issue.segment, issue.occurrence, field)
}

fn label(words: Words, fault: &Fault) -> String {
    let what = match (fault.kind, fault.issue.segment.as_str(), fault.issue.column.as_str()) {
        (Kind::Name, ..) | (_, _, "last_name" | "first_name") => words.field_name(),
        (Kind::Date, "PID", _) | (_, _, "birth_date") => words.field_born(),
        (Kind::Date, ..) => words.dose_date(),
        (Kind::Vaccine, ..) => words.dose_vaccine(),
        (Kind::Given, ..) => words.mend_given(),
        (Kind::Action, ..) => words.mend_action(),
        (Kind::Line, "PID", _) => words.mend_number(),
        (Kind::Line, "MSH", _) => words.mend_control(),
        (Kind::Line, _, column) => return column.to_owned(),
    };
    format!("{what} ({})", fault.issue)
}

fn now(message: &Message, fault: &Fault) -> Vec<String> {
    if fault.issue.segment.is_empty() {
        return vec![doses::cell_of(&message.content, &fault.issue.column)];
    }
    let (segment, occurrence, field) = position(&fault.issue);
    hl7::field_of(&message.content, segment, occurrence, field)
}

/// The fields, one or more for each fault, with what stands there.
pub(super) fn fields(form: &mut Form, words: Words, message: &Message) -> AnyView {
    let faults = faults(message);
    let fields = faults.iter().zip(NAMES).map(|(fault, names)| {
        let now = now(message, fault);
        let stands = now.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        let hint = if stands.is_empty() {
            what_words(words, fault.issue.what).to_owned()
        } else {
            words.mend_stands(&stands, what_words(words, fault.issue.what))
        };
        field(form, words, fault, names, &now, hint)
    });
    fields.collect_view().into_any()
}

/// The field of a fault, or the three of a name.
fn field(
    form: &mut Form,
    words: Words,
    fault: &Fault,
    [one, two, three]: [&'static str; 3],
    now: &[String],
    hint: String,
) -> AnyView {
    let part = |at: usize| now.get(at).cloned().unwrap_or_default();
    let label = label(words, fault);
    let select = |choices: &[(&str, &'static str)]| select(form, one, label.clone(), &hint, choices);
    match fault.kind {
        Kind::Name => {
            for (name, at) in [(one, 0), (two, 1), (three, 2)] {
                form.prefill(name, part(at));
            }
            view! {
                <fieldset class="field"><legend>{label}</legend><p class="hint">{hint}</p>
                    {Field::new(one, words.field_last()).limit(80).view(form)}
                    {Field::new(two, words.field_first()).limit(80).view(form)}
                    {Field::new(three, words.field_middle()).limit(80).view(form)}
                </fieldset>
            }
            .into_any()
        }
        Kind::Date => ui::date_field(form, words, one, label, hint, false),
        Kind::Vaccine => {
            view! { <p class="hint">{hint}</p>{ui::searchable(form, one, label, &choices(words))} }.into_any()
        }
        Kind::Given => select(&[
            ("CP", words.mend_given_whole()),
            ("NA", words.mend_given_not()),
            ("RE", words.mend_given_refused()),
        ]),
        Kind::Action => select(&[
            ("A", words.mend_action_add()),
            ("U", words.mend_action_update()),
            ("D", words.mend_action_delete()),
        ]),
        Kind::Line => {
            form.prefill(one, part(0));
            Field::new(one, label).hint(hint).limit(100).view(form)
        }
    }
}

fn select(form: &Form, name: &'static str, label: String, hint: &str, choices: &[(&str, &'static str)]) -> AnyView {
    let mut all = vec![(String::new(), String::new())];
    all.extend(choices.iter().map(|(value, text)| ((*value).to_owned(), (*text).to_owned())));
    ui::select(form, name, label, hint, &all)
}

/// The message with what was typed in the places of the faults; `None` when something typed cannot stand there, which is then noted.
pub(super) fn mended(form: &mut Form, words: Words, message: &Message, today: chrono::NaiveDate) -> Option<String> {
    let mut text = message.content.clone();
    for (fault, [one, two, three]) in faults(message).iter().zip(NAMES) {
        let typed = form.value(one).trim().to_owned();
        let parts: Vec<(usize, String)> = match fault.kind {
            Kind::Name => {
                vec![(1, typed), (2, form.value(two).trim().to_owned()), (3, form.value(three).trim().to_owned())]
            }
            Kind::Date => match form.date(one, words, today) {
                Some(day) => vec![(1, day.format("%Y%m%d").to_string())],
                None => continue,
            },
            Kind::Vaccine if typed.is_empty() => {
                form.wrong(one, words.dose_vaccine_missing());
                continue;
            }
            // The other code of the field could name another vaccine.
            Kind::Vaccine => (1..=6)
                .zip([typed, String::new(), "CVX".to_owned(), String::new(), String::new(), String::new()])
                .collect(),
            Kind::Given | Kind::Action | Kind::Line if typed.is_empty() => {
                form.wrong(one, why_words(words, Invalid::Missing));
                continue;
            }
            Kind::Given | Kind::Action | Kind::Line => vec![(1, typed)],
        };
        text = if fault.issue.segment.is_empty() {
            let mut value = parts[0].1.clone();
            if fault.kind == Kind::Date {
                value = parse_date(&value, today).map_or(value, |day| day.to_string());
            }
            doses::with_cell(&text, &fault.issue.column, &value)
        } else {
            let (segment, occurrence, field) = position(&fault.issue);
            hl7::with_field(&text, segment, occurrence, field, &parts)
        };
    }
    form.is_fine().then_some(text)
}
