//! Tables that become cards on a narrow screen: each cell knows its column's name.

use leptos::prelude::*;

/// A column's name.
pub(super) type Column = String;

/// A table under a heading that says what it is: its caption is for whoever does not see. The first cell of a row names it.
pub fn table(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    draw("table", true, caption.into(), columns, rows)
}

/// A table that its caption introduces.
pub fn captioned(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    draw("table", false, caption.into(), columns, rows)
}

/// A long table of short rows that speak for themselves: on a narrow screen two lines each instead of a card.
pub fn lines(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    draw("table lines", false, caption.into(), columns, rows)
}

/// Things beside each other, a row for each quality: on a narrow screen the quality is the head of its card.
pub fn beside(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    draw("table beside", false, caption.into(), columns, rows)
}

fn draw(class: &'static str, hidden: bool, caption: String, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
    let head = columns.iter().cloned().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let body = rows
        .into_iter()
        .map(|cells| {
            let cells = cells
                .into_iter()
                .enumerate()
                .map(|(at, cell)| {
                    let label = columns.get(at).cloned().unwrap_or_default();
                    if at == 0 {
                        view! { <th scope="row" data-label=label>{cell}</th> }.into_any()
                    } else {
                        view! { <td data-label=label>{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! { <table class=class><caption class:visually-hidden=hidden>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table> }.into_any()
}
