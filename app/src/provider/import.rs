//! Importing files, and what became of each message.

use std::{collections::HashMap, time::Duration};

use domain::{BatchId, Invalid, date::DateOrder};
use interop::{Issue, What, hl7};
use leptos::prelude::*;
use registry::{Batch, FileIn, FileState, ImportKind, Message, Paged};
use words::Words;

use crate::{
    answer::{Answer, Failure, File, Page, Reply},
    call::Call,
    form::Form,
    ui::{self, Field, Tone},
};

/// The page of files.
const HOME: &str = "/provider/import";

/// What is wrong, in words.
pub(crate) fn what_words(words: Words, what: What) -> &'static str {
    match what {
        What::NotHl7 => words.import_not_hl7(),
        What::BrokenLine => words.import_broken_line(),
        What::NotVaccination => words.import_not_vaccination(),
        What::OtherVersion => words.import_other_version(),
        What::Missing => words.import_missing(),
        What::NotADate => words.import_not_a_date(),
        What::InTheFuture => words.import_future(),
        What::BeforeBirth => words.import_before_birth(),
        What::NotAName => words.import_not_a_name(),
        What::UnknownVaccine => words.import_unknown_vaccine(),
        What::CodesDiffer => words.import_codes_differ(),
        What::UnknownCode => words.import_unknown_code(),
        What::TooLong => words.import_too_long(),
        What::Refusal => words.import_refusal(),
        What::NotGiven => words.import_not_given(),
        What::AlreadyOnRecord => words.import_already(),
        What::NothingReported => words.import_nothing_reported(),
        What::OtherOffice => words.import_other_office(),
        What::NothingToChange => words.import_nothing_to_change(),
        What::SeveralPeople => words.import_several(),
        What::NotOnePerson => words.import_not_one_person(),
        What::OtherLetters => words.import_other_letters(),
        What::OtherCharacters => words.import_other_characters(),
        What::UnclearAction => words.import_unclear_action(),
        What::UnknownDose => words.import_unknown_dose(),
        What::Protected => words.import_protected(),
        What::SetAside => words.import_set_aside(),
        What::SharedDoseNumber => words.import_shared_dose_number(),
        What::StrayQuote => words.import_stray_quote(),
        What::TakenBack => words.import_taken_back(),
    }
}

/// Every issue of a message: the place and the reason.
pub(crate) fn issue_list(words: Words, message: &Message) -> AnyView {
    let issues: Vec<Issue> = serde_json::from_value(message.issues.clone()).unwrap_or_default();
    let items = issues
        .into_iter()
        .map(|issue| {
            let at = if issue.segment.is_empty() && issue.column.is_empty() {
                words.import_line(&issue.to_string())
            } else {
                issue.to_string()
            };
            view! { <li><code>{at}</code>": "{what_words(words, issue.what)}</li> }
        })
        .collect_view();
    view! { <ul class="issues">{items}</ul> }.into_any()
}

fn state_tag(words: Words, state: &str) -> AnyView {
    match state {
        "accepted" => ui::tag(Tone::Good, words.import_accepted()),
        "resolved" => ui::tag(Tone::Good, words.import_settled()),
        "warned" => ui::tag(Tone::Good, words.import_warned()),
        "waiting" => ui::tag(Tone::Waiting, words.import_waiting()),
        _ => ui::tag(Tone::Bad, words.import_refused()),
    }
}

fn counts(words: Words, batch: &Batch) -> String {
    let counts = words.import_counts(
        &batch.accepted.to_string(),
        &batch.warned.to_string(),
        &batch.refused.to_string(),
        &batch.waiting.to_string(),
        &batch.repeated.to_string(),
    );
    let open = (batch.refused + batch.waiting > 0).then(|| words.import_still_open(&batch.open.to_string()));
    [Some(counts), open].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What the page of files shows: a page of each list.
struct Desk {
    files: Paged<Batch>,
    /// Of the files nothing is taken of yet: where they stand.
    begun: HashMap<BatchId, FileState>,
    open: Paged<Message>,
    /// How many wait, sought or not.
    all: i64,
}

impl Desk {
    async fn fetch(call: &mut Call) -> Result<Self, Failure> {
        let sought = call.sought(HOME).await?;
        let files = call.registry.imports(&call.caller, call.page_number("files")).await?;
        let mut begun = HashMap::new();
        for batch in files.lines.iter().filter(|batch| registry::taken_of(batch) == 0) {
            let id = BatchId::new(batch.id);
            begun.insert(id, call.registry.file_state(&call.caller, id, Duration::ZERO).await?);
        }
        let open = call.registry.open_messages(&call.caller, call.page_number("page"), &sought).await?;
        let all = if sought.is_empty() { open.all } else { call.registry.count_open(&call.caller).await? };
        Ok(Self { files, begun, open, all })
    }
}

fn draw(call: Call, desk: Desk) -> Page {
    let words = call.words;
    let dealt = call.told() == "dealt";
    let form = call.form;
    Page::new(words.import_title(), move || {
        let fields = view! {
            {Field::new("file", words.import_file()).kind("file").hint(words.import_hint()).accept(".hl7,.txt,.csv,.xlsx").view(&form)}
            {ui::button(words.import_send())}
        };
        let Desk { files, begun, open, all } = desk;
        let seek = ui::seek(words, &form, "/provider/messages", words.import_sought(), &open);
        let open_pages = ui::pages(words, HOME, "page", &open, &form);
        let file_pages = ui::pages(words, HOME, "files", &files, &form);
        let batches = files
            .lines
            .iter()
            .map(|batch| {
                let to = format!("/provider/import/{}", batch.id.simple());
                let name = if batch.file_name.is_empty() { words.day(batch.received_at) } else { format!("{}, {}", batch.file_name, words.day(batch.received_at)) };
                let said = match begun.get(&BatchId::new(batch.id)) {
                    Some(FileState::AsksForOrder) => words.import_asks().to_owned(),
                    Some(FileState::GivenUp) => words.import_given_up().to_owned(),
                    Some(FileState::AtWork { .. }) => words.import_at_work().to_owned(),
                    Some(FileState::Refused(why)) => refused_words(words, *why).to_owned(),
                    Some(FileState::Forgotten) => words.import_forgotten().to_owned(),
                    Some(FileState::Done) | None => counts(words, batch),
                };
                view! { <li><a href=to>{name}</a>" – "{said}</li> }
            })
            .collect_view();
        view! {
            {ui::error_summary(&form, words)}
            {dealt.then(|| ui::done(words.import_dealt()))}
            <h1>{words.import_title()}</h1>
            <p>{words.import_lead()}</p>
            {ui::upload_form("", fields)}
            <h2>{words.import_open()}</h2>
            <p>{words.import_open_count(all)}</p>
            {seek}
            {(!open.lines.is_empty()).then(|| message_list(words, open.lines))}
            {open_pages}
            <h2>{words.import_files()}</h2>
            {(files.all == 0).then(|| view! { <p>{words.import_no_files()}</p> })}
            <ul>{batches}</ul>
            {file_pages}
        }
        .into_any()
    })
    .wide()
    .at(HOME)
}

/// What the sender calls a message, or where a row stands in its file.
fn place(words: Words, message: &Message) -> String {
    let position = message.position.to_string();
    match (message.kind.as_str(), message.control_id.as_str()) {
        ("hl7", "") => words.import_message_at(&position),
        ("hl7", number) => format!("{} ({number})", words.import_message_at(&position)),
        // A row is called by its line in the file.
        (_, "") => words.import_row_at(&position),
        (_, line) => words.import_row_at(line),
    }
}

fn message_list(words: Words, messages: Vec<Message>) -> AnyView {
    let rows = messages
        .into_iter()
        .map(|message| {
            let to = format!("/provider/messages/{}", message.id.simple());
            let act = matches!(message.state.as_str(), "refused" | "waiting")
                .then(|| view! { <a href=to>{words.import_act()}</a> });
            vec![
                view! { {super::message::about(words, &message)}<br/><span class="hint">{place(words, &message)}</span> }.into_any(),
                state_tag(words, &message.state),
                issue_list(words, &message),
                act.into_any(),
            ]
        })
        .collect();
    let columns = [words.import_message(), words.import_result(), words.import_why(), words.import_next()]
        .map(str::to_owned)
        .to_vec();
    ui::captioned(words.import_messages(), columns, rows)
}

/// `/provider/import`
pub(crate) async fn page(mut call: Call) -> Reply {
    let desk = Desk::fetch(&mut call).await?;
    Ok(draw(call, desk).into())
}

/// Posted to `/provider/messages`: what is sought among those that wait.
pub(crate) async fn find(mut call: Call) -> Reply {
    // What the page itself writes before a number is none of what is sought.
    let typed = call.form.value("sought").trim().to_owned();
    let own = [call.words.import_row_at(""), call.words.import_message_at("")];
    let number = own.iter().find_map(|word| {
        let word = word.trim();
        typed.get(..word.len()).filter(|begin| begin.eq_ignore_ascii_case(word)).and(typed.get(word.len()..))
    });
    if let Some(number) = number.filter(|number| number.trim().starts_with(|digit: char| digit.is_ascii_digit())) {
        call.form = Form::new(vec![("sought".to_owned(), number.to_owned())], Vec::new());
    }
    call.seek(HOME).await
}

/// So long a small file is waited for: its result is the next page.
const PATIENCE: Duration = Duration::from_secs(3);

fn refused_words(words: Words, why: Invalid) -> &'static str {
    match why {
        Invalid::Missing => words.import_no_file(),
        Invalid::Choice => words.import_columns_missing(),
        Invalid::TooLong => words.error_too_long(),
        _ => words.import_not_a_file(),
    }
}

/// Posted there: the file is kept, and taken by a job.
pub(crate) async fn send(mut call: Call) -> Reply {
    let words = call.words;
    let Some(bytes) = call.form.file("file").map(<[u8]>::to_vec) else {
        call.form.wrong("file", words.import_no_file());
        let desk = Desk::fetch(&mut call).await?;
        return Call::again(draw(call, desk));
    };
    let name = call.form.value("file-name").to_owned();
    let file = FileIn { kind: ImportKind::of(&bytes), name: &name, order: None, bytes: &bytes };
    let batch = call.registry.hand_in(&call.caller, file).await?;
    match call.registry.file_state(&call.caller, batch, PATIENCE).await? {
        FileState::Refused(why) => {
            call.registry.forget_file(&call.caller, batch).await?;
            call.form.wrong("file", refused_words(words, why));
            let desk = Desk::fetch(&mut call).await?;
            Call::again(draw(call, desk))
        }
        _ => Call::go(format!("/provider/import/{batch}")),
    }
}

/// How far a file is; or what has to be said about it first.
fn draw_unfinished(call: Call, id: BatchId, batch: Batch, state: FileState) -> Page {
    let words = call.words;
    let mut form = call.form;
    let at = format!("/provider/import/{id}");
    let page = Page::new(words.import_result_title(), {
        let at = at.clone();
        move || {
            let act = |what: &'static str| view! { <input type="hidden" name="do" value=what/> };
            let again = ui::form(&at, view! { {act("again")}{ui::button(words.import_try_again())} });
            let drop = ui::form(
                &at,
                view! { {act("drop")}<button type="submit" class="button quiet">{words.import_drop()}</button> },
            );
            let body = match state {
                FileState::AtWork { done, total } => progress(words, done, total),
                FileState::AsksForOrder => {
                    ui::prefill_order(&mut form, words);
                    let ask = ui::form(
                        &at,
                        view! { {act("order")}<p>{words.import_dates_ask()}</p>{ui::date_order(&form, words, words.dates_question())}{ui::button(words.objection_continue())} },
                    );
                    view! { {ask}{drop} }.into_any()
                }
                FileState::Refused(why) => {
                    view! { {ui::warning(words.warning(), refused_words(words, why))}{drop} }.into_any()
                }
                FileState::GivenUp => {
                    view! { {ui::warning(words.warning(), words.import_given_up())}{again} }.into_any()
                }
                FileState::Forgotten => view! { <p>{words.import_forgotten()}</p> }.into_any(),
                FileState::Done => ().into_any(),
            };
            view! {
                {ui::back("/provider/import", words.back_import())}
                {ui::error_summary(&form, words)}
                <h1>{words.import_result_title()}</h1>
                <p class="lead">{batch.file_name.clone()}</p>
                {body}
            }
            .into_any()
        }
    });
    let page = page.at(at);
    if matches!(state, FileState::AtWork { .. }) { page.again_in(2) } else { page }
}

fn progress(words: Words, done: i64, total: i64) -> AnyView {
    let (done, total) = (done.max(0), total.max(0));
    let text = if total > 0 {
        words.import_progress_of(&done.to_string(), &total.to_string())
    } else {
        words.import_progress(&done.to_string())
    };
    let bar = (total > 0).then(|| view! { <progress max=total.to_string() value=done.to_string()></progress> });
    view! { <div role="status"><p>{text}</p>{bar}<p class="hint">{words.import_progress_text()}</p></div> }.into_any()
}

/// `/provider/import/{batch}`
pub(crate) async fn result(call: Call) -> Reply {
    let words = call.words;
    let id: BatchId = call.param("batch")?;
    let state = call.registry.file_state(&call.caller, id, Duration::ZERO).await?;
    let (batch, messages) = call.registry.import_result(&call.caller, id, call.page_number("page")).await?;
    if state != FileState::Done {
        return Ok(draw_unfinished(call, id, batch, state).into());
    }
    let pages = ui::pages(words, &format!("{HOME}/{id}"), "page", &messages, &call.form);
    Ok(Page::new(words.import_result_title(), move || {
        view! {
            {ui::back("/provider/import", words.back_import())}
            <h1>{words.import_result_title()}</h1>
            <p class="lead" role="status">{counts(words, &batch)}</p>
            {(batch.kind == "hl7").then(|| view! { <p><a href=format!("/provider/import/{id}/answers")>{words.import_answers()}</a></p> })}
            {if messages.all == 0 { view! { <p>{words.import_nothing_open()}</p> }.into_any() } else { message_list(words, messages.lines) }}
            {pages}
        }
        .into_any()
    })
    .wide()
    .into())
}

/// Posted there: how its dates are read, once more, or thrown away.
pub(crate) async fn act(mut call: Call) -> Reply {
    let id: BatchId = call.param("batch")?;
    match call.form.value("do") {
        "order" => match DateOrder::from_key(call.form.value("order")) {
            Some(order) => {
                call.registry.say_order(&call.caller, id, order).await?;
                call.registry.file_state(&call.caller, id, PATIENCE).await?;
            }
            None => {
                call.form.wrong("order", call.words.error_choice());
                let batch = call.registry.batch(&call.caller, id).await?;
                return Call::again(draw_unfinished(call, id, batch, FileState::AsksForOrder));
            }
        },
        "again" => call.registry.try_file_again(&call.caller, id).await?,
        "drop" => {
            call.registry.forget_file(&call.caller, id).await?;
            return Call::go("/provider/import");
        }
        _ => return Err(Failure::BadRequest),
    }
    Call::go(format!("/provider/import/{id}"))
}

/// `/provider/import/{batch}/answers`: the acknowledgments of a file of messages, for the sender's system.
pub(crate) async fn answers(call: Call) -> Reply {
    let words = call.words;
    let site = call.caller.principal.site().ok_or(Failure::NotFound)?;
    let batch: domain::BatchId = call.param("batch")?;
    let answers = call.registry.acknowledgments(&call.caller, batch).await?;
    let receiver = call.registry.site(site).await?.code;
    let at = call.registry.now();
    let text: String = answers
        .into_iter()
        .zip(1..)
        .map(|((control_id, outcome, issues), number)| {
            let answer = hl7::Answer {
                sender: "MIIS",
                receiver: &receiver,
                number: &format!("A-{number}"),
                control_id: &control_id,
            };
            hl7::acknowledge(&answer, outcome, &issues, |what| what_words(words, what).to_owned(), at)
        })
        .collect();
    Ok(Answer::File(File {
        name: "answers.hl7".to_owned(),
        mime: "text/plain; charset=utf-8",
        bytes: text.into_bytes(),
        public: false,
    }))
}
