//! "Check a child's vaccines": in the browser nothing is sent; without a script the server answers and keeps nothing.

use advice::check::{self, ROWS, Typed};
use leptos::prelude::*;
use words::Words;

use crate::{
    answer::{Page, Reply},
    call::Call,
    form::Form,
    ui::{self, Field, TextArea},
};

impl Typed for Form {
    fn value(&self, name: &str) -> &str {
        Form::value(self, name)
    }

    fn file(&self) -> Option<&[u8]> {
        Form::file(self, "file")
    }
}

/// `/check`
pub async fn page(call: Call) -> Reply {
    Ok(draw(call, None).into())
}

/// Posted there, by a browser without scripts.
pub async fn send(mut call: Call) -> Reply {
    let (words, today) = (call.words, call.registry.today());
    match check::read(words, &call.form, today) {
        Ok(asked) => {
            let engine = call.registry.schedule().await?;
            let answer = check::answer(words, &engine, &asked, today);
            Ok(draw(call, Some(answer)).into())
        }
        Err(faults) => {
            for (field, fault) in faults {
                call.form.wrong(&field, fault);
            }
            Call::again(draw(call, None))
        }
    }
}

fn draw(call: Call, answer: Option<String>) -> Page {
    let words = call.words;
    let today = call.registry.today();
    let form = call.form;
    Page::new(words.check_title(), move || {
        let rows = ROWS
            .iter()
            .map(|(row, _)| Field::new(row, check::row_name(words, row)).limit(200).view(&form))
            .collect_view();
        let sexes = [
            ("F".to_owned(), words.gender_female().to_owned(), String::new()),
            ("M".to_owned(), words.gender_male().to_owned(), String::new()),
        ];
        // What the script needs to know; it fills the same places the server would.
        let today = today.to_string();
        view! {
            <div id="check" data-today=today data-lang=words.lang().code() data-summary=words.error_summary()>
                <div id="check-errors">{ui::error_summary(&form, words)}</div>
                <h1>{words.check_title()}</h1>
                <p class="lead">{words.check_lead()}</p>
                <p class="note" id="check-private" hidden=true>{words.check_private()}</p>
                <noscript><p class="note">{words.check_private_server()}</p></noscript>
                <div class="warning" id="check-failed" hidden=true>
                    <span class="warning-sign" aria-hidden="true">"!"</span>
                    <div>
                        <p>{words.check_failed()}</p>
                        <button class="button" type="submit" form="check-form" id="check-send">{words.check_failed_send()}</button>
                    </div>
                </div>
                <section id="check-answer" class="answer" aria-live="polite" inner_html=answer.unwrap_or_default()></section>
                {fields(&form, words, rows.into_any(), &sexes)}
            </div>
        }
        .into_any()
    })
    .with_script("check.js")
}

fn fields(form: &Form, words: Words, rows: AnyView, sexes: &[(String, String, String)]) -> AnyView {
    view! {
        <form method="post" action="/check" enctype="multipart/form-data" novalidate=true class="form" id="check-form">
            {ui::date_field(form, words, "born", words.check_born(), words.date_hint(), true)}
            {ui::radios(form, "sex", words.check_sex(), words.check_sex_hint(), sexes)}
            <h2>{words.check_dates_title()}</h2>
            <p class="hint">{words.check_dates_hint()}</p>
            <div class="grid-fields">{rows}</div>
            <h2>{words.check_list_title()}</h2>
            {TextArea::new("list", words.check_list()).hint(words.check_list_hint()).rows(5).view(form)}
            {Field::new("file", words.check_file()).kind("file").accept(".json,application/json").hint(words.check_file_hint()).view(form)}
            {ui::button(words.check_button())}
        </form>
    }
    .into_any()
}
