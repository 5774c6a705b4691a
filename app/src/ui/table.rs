//! Tables that become cards on a narrow screen: each cell knows its column's name.

use leptos::prelude::*;

/// A column's name.
pub type Column = String;

/// A table. The first cell of a row names it.
pub fn table(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<AnyView>>) -> AnyView {
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
    view! { <table class="table"><caption>{caption.into()}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table> }.into_any()
}
