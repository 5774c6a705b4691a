//! A person's vaccinations as a picture: a line for each vaccine, a mark for each dose, a bar for when the next one can be
//! given, the years below. The lists beside it say the same in words; the picture is for people who would rather look.
//! What counts, what does not and what is overdue differ in shape, not in colour alone.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use domain::{Period, catalogue, code::VaccineGroup};
use schedule::{Given, Status};
use words::Words;

use crate::{
    Advice, Audience, Line, Urgency,
    groups::{group_name, vaccine_name},
    html::escape,
};

// Room for the longest name of a vaccine in either language.
const LEFT: f64 = 286.0;
const WIDTH: f64 = 640.0;
const ROW: f64 = 30.0;

/// Draws the doses of a person and the time for the next ones.
pub fn timeline(words: Words, advice: &Advice, doses: &[Given], audience: Audience) -> String {
    let scale = Scale::new(advice, doses);
    let in_group = |dose: &Given, group| catalogue::is_listed_under(dose.cvx, group);
    let window = |group: VaccineGroup| {
        advice.lines.iter().find(|line| {
            line.group == group
                && line.urgency <= Urgency::Later
                && group != VaccineGroup::Other
                && line.due.earliest.is_some_and(|from| from <= scale.end)
        })
    };
    let groups: Vec<VaccineGroup> = VaccineGroup::ALL
        .iter()
        .copied()
        .filter(|group| doses.iter().any(|dose| in_group(dose, *group)) || window(*group).is_some())
        .collect();
    if groups.is_empty() {
        return String::new();
    }
    let height = as_f64(groups.len()) * ROW + 46.0;
    let label = escape(&words.timeline_label(i64::try_from(doses.len()).unwrap_or(i64::MAX)));
    let caption = escape(words.timeline_caption());
    let mut html = format!(
        "<figure class=\"timeline\"><div class=\"timeline-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">\
         <svg viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{label}\" preserveAspectRatio=\"xMinYMin meet\">\
         <defs><pattern id=\"tl-hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect class=\"tl-hatch-back\" width=\"8\" height=\"8\"/><rect class=\"tl-hatch-line\" width=\"3\" height=\"8\"/></pattern></defs>",
        LEFT + WIDTH + 20.0
    );
    for (x, year) in scale.years() {
        let _ = write!(
            html,
            "<line class=\"tl-grid\" x1=\"{x}\" y1=\"18\" x2=\"{x}\" y2=\"{}\"/><text class=\"tl-year\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{year}</text>",
            height - 26.0,
            height - 8.0
        );
    }
    let today = scale.x(advice.on);
    let _ = write!(
        html,
        "<line class=\"tl-today\" x1=\"{today}\" y1=\"16\" x2=\"{today}\" y2=\"{}\"/><text class=\"tl-year\" x=\"{today}\" y=\"11\" text-anchor=\"middle\">{}</text>",
        height - 26.0,
        escape(words.timeline_today())
    );
    for (at, group) in groups.iter().enumerate() {
        let y = as_f64(at) * ROW + 34.0;
        let _ = write!(
            html,
            "<text class=\"tl-name\" x=\"0\" y=\"{}\">{}</text><line class=\"tl-line\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>",
            y + 4.0,
            escape(group_name(words, *group)),
            LEFT + WIDTH
        );
        if let Some(line) = window(*group) {
            html.push_str(&bar(words, &scale, line, advice.on, y));
        }
        for (place, dose) in doses.iter().enumerate().filter(|(_, dose)| in_group(dose, *group)) {
            // Of several travel vaccines on one line the worst is drawn.
            let status = advice.notes_of(place, *group).map(|note| note.status).max_by_key(|status| match status {
                Status::Valid => 0,
                Status::Extraneous => 1,
                Status::NotValid | Status::SubStandard => 2,
            });
            html.push_str(&mark(words, &scale, dose, status, y, audience));
        }
    }
    html.push_str("</svg></div><figcaption>");
    html.push_str(&legend(words));
    let _ = write!(
        html,
        "{caption}<span class=\"narrow-only\"> {}</span></figcaption></figure>",
        escape(words.timeline_swipe())
    );
    html
}

/// The time for the next dose: from the first day it counts until it is overdue, or as far as the picture goes. What is overdue is
/// hatched and has a sign.
fn bar(words: Words, scale: &Scale, line: &Line, on: NaiveDate, y: f64) -> String {
    let due = &line.due;
    let (Some(from), overdue) = (due.earliest, line.urgency == Urgency::Overdue) else { return String::new() };
    let until = if overdue { Some(on) } else { due.past_due.or(due.latest) };
    let (start, end) = (scale.x(from), scale.x(until.unwrap_or(scale.end)).max(scale.x(from) + 6.0));
    let title = match until.filter(|_| !overdue) {
        Some(until) => words.timeline_window(&words.short_date(from), &words.short_date(until)),
        None => words.timeline_window_open(&words.short_date(from)),
    };
    let class = if overdue { "tl-overdue" } else { "tl-window" };
    let mut html = format!(
        "<rect class=\"{class}\" x=\"{start}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"4\"><title>{}</title></rect>",
        y - 7.0,
        end - start,
        escape(&title)
    );
    if overdue {
        let _ = write!(html, "<text class=\"tl-sign\" x=\"{}\" y=\"{}\">!</text>", end + 4.0, y + 6.0);
    }
    html
}

fn mark(words: Words, scale: &Scale, dose: &Given, status: Option<Status>, y: f64, audience: Audience) -> String {
    let x = scale.x(dose.on);
    let (class, said) = match status {
        // No series of the schedule asks for it: it was given, and that is all there is to say.
        None => ("tl-dose tl-other", words.timeline_given()),
        Some(Status::Valid) => ("tl-dose", words.timeline_legend_counts()),
        Some(Status::NotValid | Status::SubStandard) => ("tl-dose tl-not", words.timeline_legend_not()),
        Some(Status::Extraneous) => ("tl-dose tl-extra", words.timeline_legend_extra()),
    };
    let name = vaccine_name(words, dose.cvx, audience);
    let title = escape(&format!("{name}, {}: {said}", words.short_date(dose.on)));
    let mut html = format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"7\"><title>{title}</title></circle>");
    if matches!(status, Some(Status::NotValid | Status::SubStandard)) {
        let (left, right, top, bottom) = (x - 3.5, x + 3.5, y - 3.5, y + 3.5);
        let _ = write!(
            html,
            "<path class=\"tl-cross\" d=\"M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}\"/>"
        );
    }
    html
}

fn legend(words: Words) -> String {
    let circle = |class: &str, cross: &str| format!("<circle class=\"{class}\" cx=\"9\" cy=\"9\" r=\"7\"/>{cross}");
    let cross = "<path class=\"tl-cross\" d=\"M5.5 5.5L12.5 12.5M5.5 12.5L12.5 5.5\"/>";
    let bar = |class: &str| format!("<rect class=\"{class}\" x=\"1\" y=\"2\" width=\"16\" height=\"14\" rx=\"4\"/>");
    let entries = [
        (circle("tl-dose", ""), words.timeline_legend_counts()),
        (circle("tl-dose tl-not", cross), words.timeline_legend_not()),
        (circle("tl-dose tl-extra", ""), words.timeline_legend_extra()),
        (bar("tl-window"), words.timeline_legend_window()),
        (bar("tl-overdue"), words.timeline_legend_overdue()),
    ];
    let mut html = String::from("<span class=\"tl-legend\">");
    for (picture, name) in entries {
        let _ = write!(
            html,
            "<span class=\"tl-entry\"><svg class=\"tl-key\" viewBox=\"0 0 18 18\" aria-hidden=\"true\">{picture}</svg> {}</span> ",
            escape(name)
        );
    }
    html.push_str("</span>");
    html
}

/// Dates to places. The first years hold most doses of a child and get more room.
struct Scale {
    start: NaiveDate,
    end: NaiveDate,
    days: f64,
}

impl Scale {
    /// From birth, or for grown-ups from shortly before their first dose, to some time after today: a year, more for who is
    /// older.
    fn new(advice: &Advice, doses: &[Given]) -> Self {
        let grown = Period::years(25).after(advice.born) <= advice.on;
        let first = doses.iter().map(|dose| dose.on).min();
        let ten = Period { months: -120, days: 0 }.after(advice.on);
        let start = if grown {
            let year_before = first.map_or(ten, |first| Period { months: -12, days: 0 }.after(first));
            year_before.min(ten).max(advice.born)
        } else {
            advice.born
        };
        let ahead = ((advice.on - start).num_days() / 8).clamp(365, 1_100);
        let end = Period::days(i32::try_from(ahead).unwrap_or(365)).after(advice.on);
        Self { start, end, days: as_f64((end - start).num_days().max(365)) }
    }

    fn x(&self, date: NaiveDate) -> f64 {
        let share = (as_f64((date - self.start).num_days()) / self.days).clamp(0.0, 1.0);
        (LEFT + share.powf(0.6) * (WIDTH - 16.0) + 8.0).round()
    }

    fn years(&self) -> Vec<(f64, i32)> {
        let mut marks: Vec<(f64, i32)> = Vec::new();
        for year in self.start.year()..=self.end.year() {
            let Some(date) = NaiveDate::from_ymd_opt(year, 1, 1).filter(|date| *date >= self.start) else { continue };
            let x = self.x(date);
            // No mark on top of another.
            if marks.last().is_none_or(|(last, _)| x - last > 48.0) {
                marks.push((x, year));
            }
        }
        marks
    }
}

/// Small whole numbers: rows, days of a life.
fn as_f64(number: impl TryInto<u32>) -> f64 {
    number.try_into().map_or(0.0, f64::from)
}
