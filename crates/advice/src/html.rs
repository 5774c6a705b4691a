//! The lists, as HTML: the same text on the server and in the browser. Everything that is not markup is escaped.

use std::fmt::Write as _;

use domain::{Cvx, catalogue};
use schedule::{Given, Status};
use words::Words;

use crate::{Advice, Audience, Line, Note, Urgency, groups::vaccine_name, sentences};

/// A text as HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// Later than this after today is "later in life".
const SOON: domain::Period = domain::Period::years(2);

/// What is due, the most urgent first; what is done in one line each, also where the next dose is years away; what was not begun
/// and comes years later folded away.
pub fn due_list(words: Words, advice: &Advice, audience: Audience) -> String {
    let is_far = |line: &&Line| {
        line.urgency == Urgency::Later && line.due.recommended.is_some_and(|day| day > SOON.after(advice.on))
    };
    let is_begun =
        |line: &&Line| advice.notes.iter().any(|note| note.name == line.name && note.status == Status::Valid);
    let is_open = |line: &&Line| line.urgency <= Urgency::Contraindicated;
    let mut html = String::new();
    let is_due = |line: &Line| matches!(line.urgency, Urgency::Overdue | Urgency::Now);
    if !advice.lines.iter().any(is_due) {
        let _ = write!(html, "<p>{}</p>", escape(words.advice_nothing_due()));
    }
    html.push_str("<ul class=\"dues\">");
    for line in advice.lines.iter().filter(|line| is_open(line) && !is_far(line)) {
        html.push_str(&item(words, advice, line, audience));
    }
    html.push_str("</ul>");
    for done in [Urgency::Complete, Urgency::Immune] {
        let mut names: Vec<String> = of(advice, done).map(|line| sentences::name(words, line)).collect();
        if done == Urgency::Complete {
            names.extend(advice.lines.iter().filter(|line| is_far(line) && is_begun(line)).map(|line| {
                words.advice_done_until(&sentences::name(words, line), &sentences::from_when(words, line, advice.on))
            }));
        }
        if !names.is_empty() {
            let names = escape(&names.join(words.list_separator()));
            let said = escape(if done == Urgency::Complete { words.advice_done() } else { words.advice_immune() });
            let _ = write!(
                html,
                "<p class=\"due-done\"><strong class=\"tag good\"><span aria-hidden=\"true\">✓ </span>{said}</strong> {names}</p>"
            );
        }
    }
    let far: Vec<&Line> = advice.lines.iter().filter(|line| is_far(line) && !is_begun(line)).collect();
    if !far.is_empty() {
        let title = escape(&words.advice_later_title(i64::try_from(far.len()).unwrap_or(i64::MAX)));
        let _ = write!(html, "<details class=\"question\"><summary>{title}</summary><ul>");
        for line in far {
            let when = sentences::from_when(words, line, advice.on);
            let said = match audience {
                _ if !line.optional => words.advice_far(&when),
                Audience::Family => words.advice_far_decide(&when),
                Audience::Office => words.advice_far_decide_office(&when),
            };
            let name = escape(&sentences::name(words, line));
            let _ = write!(html, "<li><strong>{name}</strong>: {}</li>", escape(&said));
        }
        html.push_str("</ul></details>");
    }
    let _ = write!(html, "<p class=\"hint\">{}</p>", escape(&sentences::schedule_used(words, advice)));
    html
}

fn of(advice: &Advice, urgency: Urgency) -> impl Iterator<Item = &Line> {
    advice.lines.iter().filter(move |line| line.urgency == urgency)
}

/// One group with its word, its sentence and why. The sign tells urgencies apart without colour.
fn item(words: Words, advice: &Advice, line: &Line, audience: Audience) -> String {
    let (class, sign) = match line.urgency {
        Urgency::Overdue => ("bad", "! "),
        Urgency::Now => ("waiting", "● "),
        Urgency::Contraindicated => ("bad", "✗ "),
        _ => ("", "○ "),
    };
    let mut html = format!(
        "<li class=\"due {class}\"><p class=\"due-head\"><strong class=\"due-name\">{}</strong> <strong class=\"tag {class}\"><span aria-hidden=\"true\">{sign}</span>{}</strong></p><p>{}</p>",
        escape(&sentences::name(words, line)),
        escape(sentences::urgency(words, line)),
        escape(&sentences::headline(words, line, advice.on, audience))
    );
    let mut more: Vec<String> = Vec::new();
    // "Dose 1" is no mistake where two are on record and neither counts.
    let fails = |note: &&Note| note.name == line.name && matches!(note.status, Status::NotValid | Status::SubStandard);
    let failed = advice.notes.iter().filter(fails).count();
    if failed > 0 && line.urgency <= Urgency::Later {
        more.push(words.advice_not_counted(i64::try_from(failed).unwrap_or(i64::MAX)));
    }
    if advice.unread > 0 && matches!(line.urgency, Urgency::Overdue | Urgency::Now) {
        more.push(words.check_unread_due(advice.unread));
    }
    more.extend(sentences::latest(words, line, advice.on));
    more.extend(sentences::why(words, line, advice.on, audience));
    let named: Vec<String> = line.due.vaccines.iter().map(|cvx| catalogue::name(Cvx::known(cvx))).collect();
    if audience == Audience::Office && !named.is_empty() {
        more.push(words.advice_vaccines(&named.join(words.list_separator())));
    }
    if !more.is_empty() {
        let _ = write!(html, "<p class=\"hint\">{}</p>", escape(&more.join(" ")));
    }
    html.push_str("</li>");
    html
}

/// Whether a dose counts, in a word told apart by its sign and not by colour alone.
fn mark(words: Words, status: Status) -> String {
    let (class, sign) = match status {
        Status::Valid => ("good", "✓ "),
        Status::NotValid | Status::SubStandard => ("bad", "✗ "),
        Status::Extraneous => ("", "○ "),
    };
    let said = escape(sentences::mark(words, status));
    format!("<strong class=\"tag {class}\"><span aria-hidden=\"true\">{sign}</span>{said}</strong>")
}

/// A dose that does not count for a group: the mark and the reason. Nothing for one that counts.
pub fn note(words: Words, advice: &Advice, note: &Note, given: chrono::NaiveDate) -> String {
    if note.status == Status::Valid {
        return String::new();
    }
    let why = escape(&sentences::note(words, note, given, advice.on));
    format!("<span class=\"dose-note\">{} {why}</span>", mark(words, note.status))
}

/// Every dose with what it comes to, the oldest first: for the page without a record.
pub fn dose_list(words: Words, advice: &Advice, doses: &[Given], audience: Audience) -> String {
    let mut places: Vec<usize> = (0..doses.len()).collect();
    places.sort_by_key(|place| doses.get(*place).map(|dose| (dose.on, dose.cvx)));
    let mut html = String::from("<ul class=\"dose-list\">");
    for (place, dose) in places.into_iter().filter_map(|place| Some((place, doses.get(place)?))) {
        let (date, name) = (words.short_date(dose.on), vaccine_name(words, dose.cvx, audience));
        let _ = write!(html, "<li><strong>{}</strong> {}", escape(&date), escape(&name));
        let notes = || advice.notes.iter().filter(|note| note.dose == place);
        if notes().any(|note| note.status == Status::Valid) {
            let _ = write!(html, " {}", mark(words, Status::Valid));
        }
        if notes().next().is_none() && catalogue::vaccine(dose.cvx).is_some_and(|known| known.antigens.is_empty()) {
            let _ = write!(html, "<br>{}", escape(words.check_not_scheduled()));
        }
        for note in notes().filter(|note| note.status != Status::Valid) {
            let why = escape(&sentences::note_for(words, note, dose.on, advice.on));
            let _ = write!(html, " {}<br>{why}", mark(words, note.status));
        }
        html.push_str("</li>");
    }
    html.push_str("</ul>");
    html
}
