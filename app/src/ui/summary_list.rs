//! Labels with their values, and where to change them.

use leptos::prelude::*;

/// Label, value, and where to change it with the words for that.
pub(super) type Row = (String, String, Option<(String, String)>);

/// Draws the rows.
pub fn summary_list(rows: Vec<Row>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(label, value, change)| {
            let change = change.map(|(to, text)| {
                let hidden = label.clone();
                view! { <dd class="change"><a href=to>{text}<span class="visually-hidden">" "{hidden}</span></a></dd> }
            });
            let value = if value.is_empty() { "–".to_owned() } else { value };
            view! { <div class="summary-row"><dt>{label}</dt><dd>{value}</dd>{change}</div> }
        })
        .collect_view();
    view! { <dl class="summary">{rows}</dl> }.into_any()
}
