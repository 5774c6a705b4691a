//! The lists, as HTML: the same text on the server and in the browser (docs/adr/0029). Whatever is no markup is escaped by the template.

use domain::{Cvx, catalogue};
use maud::{Markup, html};
use schedule::{Given, Status};
use words::Words;

use crate::{Advice, Audience, DueLine, Note, Urgency, groups::vaccine_name, sentences};

/// Later than this after today is "later in life".
const SOON: domain::Period = domain::Period::years(2);

/// What is due, the most urgent first; what is done in one line each, also where the next dose is years away; what was not begun
/// and comes years later folded away.
pub fn due_list(words: Words, advice: &Advice, audience: Audience) -> Markup {
    let is_far = |line: &&DueLine| {
        line.urgency == Urgency::Later && line.due.recommended.is_some_and(|day| day > SOON.after(advice.on))
    };
    let is_begun =
        |line: &&DueLine| advice.notes.iter().any(|note| note.name == line.name && note.status == Status::Valid);
    let is_open = |line: &&DueLine| line.urgency <= Urgency::Contraindicated;
    let is_due = |line: &DueLine| matches!(line.urgency, Urgency::Overdue | Urgency::Now);
    let lines = || advice.lines.iter();
    let until_when = |line: &DueLine| {
        words.advice_done_until(&sentences::name(words, line), &sentences::from_when(words, line, advice.on))
    };
    let named = |urgency| lines().filter(move |line| line.urgency == urgency).map(|line| sentences::name(words, line));
    let done: Vec<String> =
        named(Urgency::Complete).chain(lines().filter(|line| is_far(line) && is_begun(line)).map(until_when)).collect();
    let immune: Vec<String> = named(Urgency::Immune).collect();
    let far: Vec<&DueLine> = lines().filter(|line| is_far(line) && !is_begun(line)).collect();
    html! {
        @if !lines().any(is_due) { p { (words.advice_nothing_due()) } }
        ul.dues {
            @for line in lines().filter(|line| is_open(line) && !is_far(line)) { (item(words, advice, line, audience)) }
        }
        (done_line(words, words.advice_done(), &done))
        (done_line(words, words.advice_immune(), &immune))
        @if !far.is_empty() { (later(words, advice, &far, audience)) }
        p.hint { (sentences::schedule_used(words, advice)) }
    }
}

/// What is done, in one line. Nothing where nothing is.
fn done_line(words: Words, said: &str, names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() {
            p.due-done { strong.tag.good { span aria-hidden="true" { "✓ " } (said) } " " (names.join(words.names_separator())) }
        }
    }
}

/// What was not begun and comes years later.
fn later(words: Words, advice: &Advice, far: &[&DueLine], audience: Audience) -> Markup {
    let said = |line: &DueLine| {
        let when = sentences::from_when(words, line, advice.on);
        match audience {
            _ if !line.optional => words.advice_far(&when),
            Audience::Family => words.advice_far_decide(&when),
            Audience::Office => words.advice_far_decide_office(&when),
        }
    };
    html! {
        details.question {
            summary { (words.advice_later_title(i64::try_from(far.len()).unwrap_or(i64::MAX))) }
            ul {
                @for line in far { li { strong { (sentences::name(words, line)) } ": " (said(line)) } }
            }
        }
    }
}

/// One group with its word, its sentence and why. The sign tells urgencies apart without colour.
fn item(words: Words, advice: &Advice, line: &DueLine, audience: Audience) -> Markup {
    let (class, sign) = match line.urgency {
        Urgency::Overdue => ("bad", "! "),
        Urgency::Now => ("waiting", "● "),
        Urgency::Contraindicated => ("bad", "✗ "),
        _ => ("", "○ "),
    };
    let mut more: Vec<String> = Vec::new();
    // "Dose 1" is no mistake where two are on record and neither counts.
    let fails = |note: &&Note| note.name == line.name && matches!(note.status, Status::NotValid | Status::SubStandard);
    let failed = advice.notes.iter().filter(fails).count();
    let first = advice.notes.iter().find(fails).filter(|_| line.urgency <= Urgency::Later);
    let failed =
        first.map(|first| (words.advice_not_counted(i64::try_from(failed).unwrap_or(i64::MAX)), anchor(first)));
    if advice.unread > 0 && matches!(line.urgency, Urgency::Overdue | Urgency::Now) {
        more.push(words.check_unread_due(advice.unread));
    }
    more.extend(sentences::latest(words, line, advice.on));
    more.extend(sentences::why(words, line, advice.on, audience));
    let named: Vec<String> = line.due.vaccines.iter().map(|cvx| catalogue::name(Cvx::stored(cvx))).collect();
    if audience == Audience::Office && !named.is_empty() {
        more.push(words.advice_vaccines(&named.join(words.names_separator())));
    }
    html! {
        li.due.(class) {
            p.due-head {
                strong.due-name { (sentences::name(words, line)) }
                " "
                (tag(class, sign, sentences::urgency(words, line)))
            }
            p { (sentences::headline(words, line, advice.on, audience)) }
            @if failed.is_some() || !more.is_empty() {
                p.hint {
                    // Every page that says what is due has its doses with what is said of them; a browser opens what it is closed in.
                    @if let Some((failed, why)) = failed { (failed) " " a href={ "#" (why) } { (words.advice_see_why()) } " " }
                    (more.join(" "))
                }
            }
        }
    }
}

/// A word with a sign, so that it is not told apart by colour alone.
fn tag(class: &str, sign: &str, said: &str) -> Markup {
    html! { strong.tag.(class) { span aria-hidden="true" { (sign) } (said) } }
}

/// Whether a dose counts, in a word.
fn mark(words: Words, status: Status) -> Markup {
    let (class, sign) = match status {
        Status::Valid => ("good", "✓ "),
        Status::NotValid | Status::SubStandard => ("bad", "✗ "),
        Status::Extraneous => ("", "○ "),
    };
    tag(class, sign, sentences::mark(words, status))
}

/// A dose that does not count for a group: the mark and the reason. Nothing for one that counts.
pub fn note(words: Words, advice: &Advice, note: &Note, given: chrono::NaiveDate) -> Markup {
    html! {
        @if note.status != Status::Valid {
            span.dose-note id=(anchor(note)) { (mark(words, note.status)) " " (sentences::note(words, note, given, advice.on)) }
        }
    }
}

/// The place on a page where it stands why a dose does not count.
fn anchor(note: &Note) -> String {
    let name: String = note.name.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("why-{}-{name}", note.dose)
}

/// Every dose with what it comes to, the oldest first: for the page without a record.
pub(crate) fn dose_list(words: Words, advice: &Advice, doses: &[Given], audience: Audience) -> Markup {
    let mut places: Vec<(usize, &Given)> = doses.iter().enumerate().collect();
    places.sort_by_key(|(_, dose)| (dose.on, dose.cvx));
    let notes = |place: usize| advice.notes.iter().filter(move |note| note.dose == place);
    let is_unscheduled = |cvx| catalogue::vaccine(cvx).is_some_and(|known| known.antigens.is_empty());
    html! {
        ul.dose-list {
            @for (place, dose) in places {
                li {
                    strong { (words.short_date(dose.on)) } " " (vaccine_name(words, dose.cvx, audience))
                    @if notes(place).any(|note| note.status == Status::Valid) { " " (mark(words, Status::Valid)) }
                    @if notes(place).next().is_none() && is_unscheduled(dose.cvx) { br; (words.check_not_scheduled()) }
                    @for note in notes(place).filter(|note| note.status != Status::Valid) {
                        " " span id=(anchor(note)) { (mark(words, note.status)) } br; (sentences::note_for(words, note, dose.on, advice.on))
                    }
                }
            }
        }
    }
}
