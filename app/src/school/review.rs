//! Reviewing an uploaded list: which column is what, which lines are no students, who is on file. Nothing is saved before.

use domain::{PatientId, RosterId, date::DateOrder, school::Grade, text::Line};
use interop::roster::{Fault, Field};
use leptos::prelude::*;
use matching::{Agreement, Agrees};
use registry::{Ask, ClassesShown, Match, RegistryError, ReviewLine, RosterAnswer, RosterReview, SaveAs, WhyReason};
use words::Words;

use super::ask::{columns_form, drop_form, field_name, grades_box, question};
use crate::{
    answer::{Answer, Page, Reply},
    call::Call,
    form::Form,
    islands::RowSearch,
    ui::{self, Tone},
};

fn draw(call: Call, review: RosterReview) -> Page {
    let words = call.words;
    let changes_columns =
        call.query("columns") == "yes" && matches!(review.ask, None | Some(Ask::Class | Ask::Order(_)));
    let has_lines = review.ask.is_none() && !changes_columns;
    let page = Page::new(words.review_list_title(), move || {
        let body = match &review.ask {
            _ if changes_columns => columns_form(words, &call, &review),
            None => lines(words, &call, &review),
            Some(Ask::Columns) => columns_form(words, &call, &review),
            Some(ask) => question(words, &call, &review, ask),
        };
        view! { {ui::back("/school/upload", words.nav_upload())}<h1>{words.review_list_title()}</h1>{body} }.into_any()
    })
    .wide();
    if has_lines { page.with_islands() } else { page }
}

/// What the file says that cannot be read, or cannot be so.
fn boxes(words: Words, review: &RosterReview) -> AnyView {
    let faults = review.faults.iter().map(|fault| {
        let name = fault.field.map_or("", |field| field_name(words, field));
        let text = match fault.why {
            Fault::Missing => words.review_fault_missing(name),
            Fault::Wrong => words.review_fault(name),
            Fault::StrayQuote => words.import_stray_quote().to_owned(),
            Fault::OtherLetters => words.import_other_letters().to_owned(),
        };
        view! { <li>{words.review_line(&fault.line.to_string())}": "{text}</li> }
    });
    let fault_box = (!review.faults.is_empty()).then(|| ui::warning(words.warning(), view! { <h2>{words.review_faults(i64::try_from(review.faults.len()).unwrap_or(0))}</h2><ul>{faults.collect_view()}</ul><p>{words.review_faults_text()}</p> }));
    let age_box = (!review.ages.is_empty()).then(|| {
        let rows = review.ages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        ui::warning(
            words.warning(),
            view! { <h2>{words.review_ages_title()}</h2><p>{words.review_ages_text(&rows)}</p> },
        )
    });
    view! { {fault_box}{age_box} }.into_any()
}

/// In what a record agrees with a line: nothing of what is on file.
fn agreement(words: Words, agrees: Agreement) -> String {
    let said = |what: &str, agrees: Agrees| match agrees {
        Agrees::Yes => words.review_agrees_yes(what),
        Agrees::Nearly => words.review_agrees_nearly(what),
        Agrees::No => words.review_agrees_no(what),
    };
    let (last, first, born) = (words.field_last(), words.field_first(), words.field_born());
    let middle = agrees.other_middle.then(|| words.review_agrees_no(words.field_middle()));
    let said = [said(last, agrees.last), said(first, agrees.first), said(born, agrees.born)];
    said.into_iter().chain(middle).collect::<Vec<_>>().join("; ")
}

/// Which child is it? One question a line that fits several.
fn questions(words: Words, form: &mut Form, open: &[&ReviewLine]) -> AnyView {
    open.iter()
        .map(|line| {
            let Match::Doubtful(candidates) = &line.found else { return ().into_any() };
            let mut choices = vec![(String::new(), words.review_choose().to_owned())];
            choices.extend(candidates.iter().zip(1..).map(|(candidate, number): (_, usize)| {
                let agrees = agreement(words, candidate.agrees);
                (candidate.patient.to_string(), words.review_candidate(&number.to_string(), &agrees))
            }));
            choices.push(("nobody".to_owned(), words.review_nobody().to_owned()));
            let name = format!("line-{}", line.student.line);
            let chosen = match line.chosen {
                Some(Some(patient)) => patient.to_string(),
                Some(None) => "nobody".to_owned(),
                None => String::new(),
            };
            form.prefill(&name, chosen);
            // Two lines can be of one name, day and grade: the row and the school's number tell which is asked about.
            let number = if line.student.has_number() { format!(", {}", line.student.number) } else { String::new() };
            let label = format!(
                "{}, {} ({}{number}; {})",
                line.student.name.sorted(),
                words.short_date(line.student.born.date()),
                line.student.grade,
                words.review_line(&line.student.line.to_string())
            );
            ui::select(form, name, label, "", &choices)
        })
        .collect_view()
        .into_any()
}

/// Students the school has to say something about before their records open to it.
fn reason_box(words: Words, form: &Form, review: &RosterReview) -> Option<AnyView> {
    let of = |why: WhyReason| {
        let lines = review.lines.iter().filter(move |line| line.needs_reason == Some(why));
        let items = lines
            .map(|line| view! { <li>{line.student.name.sorted()}" ("{words.review_line(&line.student.line.to_string())}")"</li> });
        items.collect_view()
    };
    let has = |why: WhyReason| review.lines.iter().any(|line| line.needs_reason == Some(why));
    let (age, elsewhere) = (has(WhyReason::Age), has(WhyReason::Elsewhere));
    (age || elsewhere).then(|| {
        ui::warning(
            words.warning(),
            view! {
                <h2>{words.review_reason_title()}</h2>
                {elsewhere.then(|| view! { <p>{words.review_reason_elsewhere()}</p><ul>{of(WhyReason::Elsewhere)}</ul> })}
                {age.then(|| view! { <p>{words.review_reason_age()}</p><ul>{of(WhyReason::Age)}</ul> })}
                {ui::Field::new("reason", words.review_reason_ask()).hint(words.review_reason_ask_hint()).limit(200).view(form)}
            },
        )
    })
}

/// Has this reader to say who is meant?
fn is_asked(line: &ReviewLine) -> bool {
    matches!(&line.found, Match::Doubtful(candidates) if !candidates.is_empty())
}

/// Has nobody said who is meant?
fn is_undecided(line: &ReviewLine) -> bool {
    matches!(line.found, Match::Doubtful(_)) && line.chosen.is_none()
}

/// How many lines are what.
fn counts(words: Words, review: &RosterReview) -> AnyView {
    // A student who is listed again counts once.
    let once = || review.lines.iter().filter(|line| line.again.is_none());
    let count = |wanted: fn(&ReviewLine) -> bool| once().filter(|line| wanted(line)).count().to_string();
    let repeated = review.lines.len() - once().count();
    let mut counts = vec![
        (words.review_found().to_owned(), count(|line| matches!(line.found, Match::Found { .. })), None),
        (
            words.review_new().to_owned(),
            count(|line| matches!(line.found, Match::Found { known: false, moved_from: None, .. })),
            None,
        ),
        (
            words.review_moved().to_owned(),
            count(|line| matches!(line.found, Match::Found { moved_from: Some(_), .. })),
            None,
        ),
        (words.review_doubtful().to_owned(), count(|line| matches!(line.found, Match::Doubtful(_))), None),
        (words.review_none().to_owned(), count(|line| line.found == Match::NotFound), None),
        (words.review_leaving().to_owned(), review.leaving.len().to_string(), None),
    ];
    if repeated > 0 {
        counts.push((words.review_repeated().to_owned(), repeated.to_string(), None));
    }
    ui::summary_list(counts)
}

/// Every line with what the registry says to it.
fn table(words: Words, review: &RosterReview) -> AnyView {
    let row = |line: &ReviewLine| {
        let student = &line.student;
        vec![
            view! { <span>{student.name.sorted()}" "<span class="hint">{words.review_line(&student.line.to_string())}</span></span> }.into_any(),
            words.short_date(student.born.date()).into_any(),
            student.grade.to_string().into_any(),
            student.class.clone().into_any(),
            match_tag(words, line),
        ]
    };
    let columns =
        [words.board_student(), words.field_born(), words.board_grade(), words.board_class(), words.review_result()];
    ui::captioned(words.review_lines(), columns.map(str::to_owned).to_vec(), review.lines.iter().map(row).collect())
}

/// Whoever is not on the new list leaves the class: that must not happen unseen. It is said, and chosen, before the button and apart from
/// the questions.
fn leaving(words: Words, form: &Form, review: &RosterReview) -> Option<AnyView> {
    if review.leaving.is_empty() {
        return None;
    }
    let number = i64::try_from(review.leaving.len()).unwrap_or(0);
    let names = review.leaving.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    let is_open = !review.faults.is_empty() || review.lines.iter().any(is_undecided);
    let unread = is_open.then(|| view! { <p><strong>{words.review_leaving_unread()}</strong></p> });
    let said = view! { <h2>{words.review_leaving_title(number)}</h2><p>{words.review_leaving_text()}</p>{unread}<ul>{names}</ul> };
    let choices = [
        ("replace".to_owned(), words.review_replace().to_owned(), words.review_replace_hint(number)),
        ("add".to_owned(), words.review_add().to_owned(), words.review_add_hint().to_owned()),
    ];
    let how = ui::radios(form, "how", words.review_how(&review.classes.join(", ")), "", &choices);
    let shown = review.shown.to_string();
    Some(view! { {ui::warning(words.warning(), said)}<input type="hidden" name="shown" value=shown/>{how} }.into_any())
}

/// What the school answers before the list is saved, and the button. What it calls its grades is said in the same form: the rest stays.
fn save_form(words: Words, form: &mut Form, review: &RosterReview, open: &[&ReviewLine], to: &str) -> AnyView {
    let grades = grades_box(words, form, review);
    let title = (!open.is_empty())
        .then(|| view! { <h2>{words.review_doubtful_title()}</h2><p>{words.review_doubtful_text()}</p> });
    let questions = view! { {title}{questions(words, form, open)} };
    let reasons = reason_box(words, form, review);
    let leaving = leaving(words, form, review);
    let students = review.lines.iter().filter(|line| line.again.is_none()).count();
    if students == 0 {
        let grades = grades.map(|grades| ui::form(to, grades));
        return view! { {grades}{ui::note(words.review_nothing())} }.into_any();
    }
    let button = ui::button(words.review_save(i64::try_from(students).unwrap_or(0)));
    ui::form(to, view! { {grades}{questions}{reasons}{leaving}<input type="hidden" name="do" value="save"/>{button} })
}

fn lines(words: Words, call: &Call, review: &RosterReview) -> AnyView {
    let to = format!("/school/rosters/{}", review.id);
    let open: Vec<&ReviewLine> = review.lines.iter().filter(|line| is_asked(line)).collect();
    let for_nurse = review.lines.iter().any(|line| matches!(line.found, Match::Doubtful(_)) && !is_asked(line));
    // Of a student without a shareable record only the school's number is kept.
    let unnumbered =
        review.lines.iter().any(|line| line.found == Match::NotFound && line.student.number.starts_with('#'));
    let namesakes =
        review.lines.iter().any(|line| !matches!(line.found, Match::Found { .. }) && line.namesake.is_some());
    let order = review.order.map(|order| match order {
        DateOrder::DayFirst => ui::note(words.dates_read_day_first()),
        DateOrder::MonthFirst => ui::note(words.dates_read_month_first()),
    });
    view! {
        {ui::error_summary(&call.form, words)}
        {counts(words, review)}
        {order}
        {boxes(words, review)}
        {for_nurse.then(|| ui::note(words.review_doubtful_nurse()))}
        {unnumbered.then(|| ui::note(words.review_no_number()))}
        {namesakes.then(|| ui::note(words.review_namesakes_text()))}
        {save_form(words, &mut call.form.clone(), review, &open, &to)}
        {drop_form(words, review)}
        <p><a href=format!("{to}?columns=yes")>{words.review_columns_change()}</a></p>
        <div class="searched"><RowSearch label=words.rows_search().to_owned() matches=words.rows_matches("{typed}", "{n}")/></div>
        {table(words, review)}
        <p class="hint">{words.review_none_text()}</p>
    }
    .into_any()
}

fn match_tag(words: Words, line: &ReviewLine) -> AnyView {
    if let Some(first) = line.again {
        return ui::tag(Tone::Plain, words.review_again(&first.to_string()));
    }
    match &line.found {
        Match::Found { moved_from: Some(class), .. } => ui::tag(Tone::Good, words.review_moved_from(class)),
        Match::Found { .. } => ui::tag(Tone::Good, words.review_found()),
        Match::Doubtful(_) => ui::tag(Tone::Waiting, words.review_doubtful()),
        Match::NotFound => match line.namesake {
            Some(first) => ui::tag(Tone::Waiting, words.review_namesake(&first.to_string())),
            None => ui::tag(Tone::Plain, words.review_none()),
        },
    }
}

/// `/school/rosters/{roster}`
pub(crate) async fn page(call: Call) -> Reply {
    match call.registry.review_roster(&call.caller, call.param("roster")?).await {
        Ok(review) => Ok(draw(call, review).into()),
        // The way back after a list was saved.
        Err(RegistryError::NotFound) => Ok(Answer::Missing(gone(call.words))),
        Err(other) => Err(other.into()),
    }
}

fn gone(words: Words) -> Page {
    Page::new(words.roster_gone_title(), move || {
        view! { <h1>{words.roster_gone_title()}</h1><p class="lead">{words.roster_gone_text()}</p>{ui::button_link("/school", words.roster_gone_link())} }
            .into_any()
    })
}

/// Posted there: columns, choices and save, or throw away.
pub(crate) async fn send(call: Call) -> Reply {
    let id: RosterId = call.param("roster")?;
    if call.form.value("name-grades") == "yes" {
        return name_grades(call, id).await;
    }
    match call.form.value("do") {
        "columns" => {
            let column = |field: &Field| Some((*field, call.form.value(field.key()).parse::<usize>().ok()?));
            let pairs = Field::ALL.iter().filter_map(column).collect();
            call.registry.say_of_roster(&call.caller, id, RosterAnswer::Columns(pairs)).await?;
            Call::go(format!("/school/rosters/{id}"))
        }
        "sheet" | "header" | "order" | "class" => say(call, id).await,
        "drop" => {
            call.registry.drop_roster(&call.caller, id).await?;
            Call::go("/school")
        }
        _ => save(call, id).await,
    }
}

/// Whom the doubtful lines mean, as it was chosen.
fn chosen(form: &Form) -> Vec<(usize, Option<PatientId>)> {
    let choice = |(name, value): &(String, String)| {
        let line = name.strip_prefix("line-")?.parse().ok()?;
        if value == "nobody" { Some((line, None)) } else { Some((line, Some(value.parse().ok()?))) }
    };
    form.fields().iter().filter_map(choice).collect()
}

/// Keeps what the school calls its grades; what else was answered stays on the page.
async fn name_grades(call: Call, id: RosterId) -> Reply {
    let grade = |(name, value): &(String, String)| {
        Some((name.strip_prefix("grade-")?.to_owned(), value.parse::<Grade>().ok()?))
    };
    // Of this school's list, and of words that stand in it.
    let asked = call.registry.review_roster(&call.caller, id).await?.grades;
    let mut said: Vec<(String, Grade)> = call.form.fields().iter().filter_map(grade).collect();
    said.retain(|(word, _)| asked.iter().any(|(asked, _)| asked == word));
    call.registry.say_grades(&call.caller, &said).await?;
    call.registry.choose_in_roster(&call.caller, id, chosen(&call.form)).await?;
    let review = call.registry.review_roster(&call.caller, id).await?;
    Call::again(draw(call, review))
}

/// Keeps what was chosen, and saves the list when nothing is left open.
async fn save(mut call: Call, id: RosterId) -> Reply {
    let words = call.words;
    match call.registry.choose_in_roster(&call.caller, id, chosen(&call.form)).await {
        // Saved in another window, or thrown away.
        Err(RegistryError::NotFound) => return Call::go(format!("/school/rosters/{id}")),
        chosen => chosen?,
    }
    let review = call.registry.review_roster(&call.caller, id).await?;
    let undecided = review.lines.iter().filter(|line| is_asked(line) && line.chosen.is_none());
    for line in undecided.map(|line| line.student.line) {
        call.form.wrong(&format!("line-{line}"), words.review_choose_missing(&line.to_string()));
    }
    let how = match call.form.value("how") {
        "add" => SaveAs::Add,
        "replace" => SaveAs::Replace(ClassesShown::parse(call.form.value("shown"))),
        _ if review.leaving.is_empty() => SaveAs::Replace(review.shown),
        _ => {
            call.form.wrong("how", words.review_how_missing());
            SaveAs::Add
        }
    };
    let reason = call.form.accept("reason", words, Line::new(call.form.value("reason")));
    let is_something = review.ask.is_none() && !review.lines.is_empty();
    let Some(reason) = reason.filter(|_| call.form.is_fine() && is_something) else {
        return Call::again(draw(call, review));
    };
    match call.registry.save_roster(&call.caller, id, how, &reason).await {
        Err(RegistryError::Invalid("reason", _)) => {
            call.form.wrong("reason", words.review_reason_missing());
            Call::again(draw(call, review))
        }
        // Another window has saved a list of these classes.
        Err(RegistryError::Conflict) => {
            let review = call.registry.review_roster(&call.caller, id).await?;
            call.form.wrong("how", words.review_changed());
            Call::again(draw(call, review))
        }
        saved => {
            saved?;
            call.go_telling("/school", "saved")
        }
    }
}

/// What the school says of its file, one question at a time.
async fn say(mut call: Call, id: RosterId) -> Reply {
    let words = call.words;
    let what = call.form.value("do").to_owned();
    let value = call.form.value(&what).to_owned();
    let said = match (what.as_str(), value.parse::<usize>(), DateOrder::from_key(&value)) {
        ("sheet", Ok(sheet), _) => Some(RosterAnswer::Sheet(sheet)),
        ("header", Ok(header), _) => Some(RosterAnswer::Header(header)),
        ("order", _, Some(order)) => Some(RosterAnswer::Order(order)),
        ("class", ..) => call.form.accept("class", words, Line::new(&value)).map(RosterAnswer::Class),
        _ => {
            call.form.wrong(&what, words.error_choice());
            None
        }
    };
    match said {
        Some(said) => {
            call.registry.say_of_roster(&call.caller, id, said).await?;
            Call::go(format!("/school/rosters/{id}"))
        }
        None => {
            let review = call.registry.review_roster(&call.caller, id).await?;
            Call::again(draw(call, review))
        }
    }
}
