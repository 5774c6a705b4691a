//! Who of an office's patients is overdue for something, the youngest first: for whoever calls families in.

use leptos::prelude::*;
use registry::Overdue;

use crate::{
    answer::{Page, Reply},
    call::Call,
    ui,
};

/// So many are on a page.
const MOST: usize = 100;

/// `/provider/overdue`
pub(crate) async fn page(call: Call) -> Reply {
    let words = call.words;
    // A day in somebody's childhood long ago helps nobody to call them in.
    let long = domain::Period::years(-3).after(call.registry.today());
    let page = call.query("page").parse::<usize>().unwrap_or(1).clamp(1, 10_000);
    let Overdue { lines, more } = call.registry.overdue(&call.caller, MOST, (page - 1) * MOST).await?;
    Ok(Page::new(words.overdue_title(), move || {
        let rows: Vec<Vec<AnyView>> = lines
            .into_iter()
            .map(|line| {
                let to = format!("/provider/people/{}", line.chart);
                let groups: Vec<String> =
                    line.groups.iter().map(|name| advice::sentences::group_name(words, name)).collect();
                vec![
                    view! { <a href=to>{line.name.sorted()}</a> }.into_any(),
                    words.short_date(line.born).into_any(),
                    if line.since > long { words.short_date(line.since) } else { words.overdue_long().to_owned() }
                        .into_any(),
                    groups.join(words.names_separator()).into_any(),
                ]
            })
            .collect();
        let columns =
            [words.field_name(), words.field_born(), words.overdue_since(), words.overdue_what()].map(str::to_owned);
        let list = if rows.is_empty() {
            view! { <p>{words.overdue_none()}</p> }.into_any()
        } else {
            ui::table(words.overdue_title(), columns.to_vec(), rows)
        };
        view! {
            <h1>{words.overdue_title()}</h1>
            <p>{words.overdue_lead()}</p>
            {list}
            <p class="actions">
                {(page > 1).then(|| view! { <a href=format!("/provider/overdue?page={}", page - 1)>{words.overdue_before()}</a> })}
                {more.then(|| view! { <a href=format!("/provider/overdue?page={}", page + 1)>{words.overdue_next()}</a> })}
            </p>
        }
        .into_any()
    })
    .wide()
    .into())
}
