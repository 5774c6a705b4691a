//! "Check a child's vaccines": in the browser nothing is sent; without a script the server answers and keeps nothing.

use advice::check::{self, ROWS, Typed};
use leptos::prelude::*;
use schedule::Engine;
use words::Words;

use crate::{
    answer::{Answer, Failure, File, Page, Reply},
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
pub(crate) async fn page(call: Call) -> Reply {
    let engine = call.registry.schedule().await?;
    Ok(draw(call, &engine, None).into())
}

/// `/check/schedule/{digest}`: the schedule in force as text, for a browser whose module carries another one. Public data.
pub(crate) async fn schedule(call: Call) -> Reply {
    let engine = call.registry.schedule().await?;
    let digest = call.params.first().map_or("", |(_, digest)| digest);
    if engine.schedule().hash != digest {
        return Err(Failure::NotFound);
    }
    Ok(Answer::File(File {
        name: "schedule.txt".to_owned(),
        mime: "text/plain; charset=utf-8",
        bytes: check::schedule_text(engine.schedule()).into_bytes(),
        public: true,
    }))
}

/// Posted there, by a browser without scripts.
pub(crate) async fn send(mut call: Call) -> Reply {
    let (words, today) = (call.words, call.registry.today());
    let engine = call.registry.schedule().await?;
    // The language was changed, and what was typed stays: a fault is told when the check is asked for.
    if call.form.value("only") == "language" {
        let answer = check::read(words, &call.form, today).ok();
        let answer = answer.map(|asked| check::answer(words, &engine, &asked, today));
        return Ok(draw(call, &engine, answer).into());
    }
    match check::read(words, &call.form, today) {
        Ok(asked) => {
            let answer = check::answer(words, &engine, &asked, today);
            Ok(draw(call, &engine, Some(answer)).into())
        }
        Err(faults) => {
            for (field, fault) in faults {
                call.form.wrong(&field, fault);
            }
            Call::again(draw(call, &engine, None))
        }
    }
}

fn draw(call: Call, engine: &Engine, answer: Option<String>) -> Page {
    let words = call.words;
    let digest = engine.schedule().hash.clone();
    // This page is the server's answer.
    let posted = !call.form.fields().is_empty();
    let today = call.registry.today();
    let mut form = call.form;
    ui::prefill_order(&mut form, words);
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
            <div id="check" data-today=today data-lang=words.lang().code() data-summary=words.error_summary() data-schedule=digest>
                <div id="check-errors">{ui::error_summary(&form, words)}</div>
                <h1>{words.check_title()}</h1>
                <p class="lead">{words.check_lead()}</p>
                {posted.then(|| view! { <p class="note">{words.check_private_once()}</p> })}
                {(!posted).then(|| view! { <p class="note" id="check-private" hidden=true>{words.check_private()}</p> })}
                <noscript><p class="note">{words.check_private_server()}</p></noscript>
                <section id="check-answer" class="answer" inner_html=answer.unwrap_or_default()></section>
                {fields(&form, words, rows.into_any(), &sexes)}
            </div>
        }
        .into_any()
    })
    .about(words.check_lead())
    .with_script("check.js")
    .keeping("check-form")
}

fn fields(form: &Form, words: Words, rows: AnyView, sexes: &[(String, String, String)]) -> AnyView {
    view! {
        <form method="post" action="/check" enctype="multipart/form-data" novalidate=true class="form" id="check-form">
            {ui::date_field(form, words, "born", words.check_born(), words.date_hint(), true)}
            {ui::radios(form, "sex", words.check_sex(), words.check_sex_hint(), sexes)}
            <h2>{words.check_dates_title()}</h2>
            {ui::date_order(form, words, words.check_order())}
            <p class="hint">{words.check_dates_hint()}</p>
            <div class="grid-fields">{rows}</div>
            <h2>{words.check_list_title()}</h2>
            {TextArea::new("list", words.check_list()).hint(words.check_list_hint()).rows(5).view(form)}
            {Field::new("file", words.check_file()).kind("file").accept(".json,application/json").hint(words.check_file_hint()).view(form)}
            // Nothing is sent in silence. Without scripts the note above has said so, and here is the button. With scripts the page's own
            // script brings its button; if that does not arrive, what is said after some seconds is that the server could do it.
            <noscript>{ui::button(words.check_button())}</noscript>
            // Switched off until then: a press on Enter sends nothing either.
            <button type="submit" class="button" id="check-go" hidden=true disabled=true>{words.check_button()}</button>
            <div class="warning late" id="check-failed" role="alert">
                <span class="warning-sign" aria-hidden="true">"!"</span>
                <div>
                    <p>{words.check_failed()}</p>
                    <button class="button" type="submit" id="check-send">{words.check_failed_send()}</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}
