//! A person's vaccinations as a picture: a line for each vaccine, a mark for each dose, a bar for when the next one can be
//! given, the years below. The lists beside it say the same in words; the picture is for people who would rather look.
//! What counts, what does not and what is overdue differ in shape, not in colour alone.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use domain::{Period, catalogue, code::VaccineGroup};
use maud::{Markup, Render, html};
use schedule::{Given, Status};
use words::Words;

use crate::{
    Advice, Audience, DueLine, Urgency,
    groups::{group_name, vaccine_name},
};

/// The height of a line, in CSS pixels: two lines of a name fit beside it. `style/timeline.css` has the same.
const ROW: f64 = 30.0;
/// Above the first line: the word for today.
const HEAD: f64 = 18.0;

/// Draws the doses of a person and the time for the next ones. Nothing where there is neither.
pub fn timeline(words: Words, advice: &Advice, doses: &[Given], audience: Audience) -> Markup {
    let picture = Picture { words, advice, doses, audience, scale: Scale::new(advice, doses) };
    let groups: Vec<VaccineGroup> = VaccineGroup::ALL.iter().copied().filter(|group| picture.has(*group)).collect();
    if groups.is_empty() {
        return Markup::default();
    }
    let bottom = as_f64(groups.len()) * ROW + HEAD;
    let today = picture.scale.x(advice.on);
    let said = words.timeline_label(i64::try_from(doses.len()).unwrap_or(i64::MAX));
    html! {
        figure.timeline {
            div.tl-frame {
                // The names stay where they are when the picture is moved. To who hears the page, the lists say it all.
                div.tl-names aria-hidden="true" {
                    @for group in &groups { span { (group_name(words, *group)) } }
                }
                div.timeline-scroll tabindex="0" role="region" aria-label=(words.timeline_caption()) {
                    // Across in percent, down in pixels: letters and marks are as large on a telephone as on a desk.
                    svg height=(bottom + 24.0) role="img" aria-label=(said) {
                        (hatch())
                        @for (x, year) in picture.scale.years() {
                            line.tl-grid x1=(x) y1=(HEAD) x2=(x) y2=(bottom) {}
                            text.tl-year x=(x) y=(bottom + 18.0) text-anchor="middle" { (year) }
                        }
                        line.tl-today x1=(today) y1=(HEAD - 2.0) x2=(today) y2=(bottom) {}
                        text.tl-year x=(today) y=(HEAD - 6.0) text-anchor="middle" { (words.timeline_today()) }
                        @for (at, group) in groups.iter().enumerate() { (picture.row(*group, (as_f64(at) + 0.5) * ROW + HEAD)) }
                    }
                }
            }
            figcaption {
                (picture.legend(&groups))
                span.wide-only { (words.timeline_caption()) }
                span.narrow-only { (words.timeline_swipe()) }
            }
        }
    }
}

/// What is overdue is hatched.
fn hatch() -> Markup {
    html! {
        defs {
            pattern id="tl-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect.tl-hatch-back width="8" height="8" {}
                rect.tl-hatch-line width="3" height="8" {}
            }
        }
    }
}

/// Whose picture it is.
struct Picture<'a> {
    words: Words,
    advice: &'a Advice,
    doses: &'a [Given],
    audience: Audience,
    scale: Scale,
}

impl Picture<'_> {
    /// Is there anything to draw of a group?
    fn has(&self, group: VaccineGroup) -> bool {
        self.doses_of(group).next().is_some() || self.window(group).is_some()
    }

    fn doses_of(&self, group: VaccineGroup) -> impl Iterator<Item = (usize, &Given)> {
        self.doses.iter().enumerate().filter(move |(_, dose)| catalogue::is_listed_under(dose.cvx, group))
    }

    /// The group's next dose, if it can be given within the picture.
    fn window(&self, group: VaccineGroup) -> Option<&DueLine> {
        self.advice.lines.iter().find(|line| {
            line.group == group
                && line.urgency <= Urgency::Later
                && group != VaccineGroup::Other
                && line.due.earliest.is_some_and(|from| from <= self.scale.end)
        })
    }

    /// The line of a group.
    fn row(&self, group: VaccineGroup, y: f64) -> Markup {
        html! {
            line.tl-line x1="0" y1=(y) x2="100%" y2=(y) {}
            @if let Some(line) = self.window(group) { (self.bar(line, y)) }
            @for (place, dose) in self.doses_of(group) {
                (self.mark(dose, self.status_of(place, group), y))
            }
        }
    }

    /// What a dose comes to on the line of a group. Of several travel vaccines on one line the worst is drawn.
    fn status_of(&self, place: usize, group: VaccineGroup) -> Option<Status> {
        self.advice.notes_of(place, group).map(|note| note.status).max_by_key(|status| badness(*status))
    }

    /// What the marks mean: those that are there.
    fn legend(&self, groups: &[VaccineGroup]) -> Markup {
        let words = self.words;
        let drawn =
            || groups.iter().flat_map(|group| self.doses_of(*group).map(|(place, _)| self.status_of(place, *group)));
        let has = |wanted: Status| drawn().flatten().any(|status| badness(status) == badness(wanted));
        let bars = || groups.iter().filter_map(|group| self.window(*group));
        let is_late = |line: &DueLine| line.urgency == Urgency::Overdue;
        let circle = |class: &str| html! { circle.tl-dose.(class) cx="9" cy="9" r="7" {} };
        let bar = |class: &str| html! { rect.(class) x="1" y="2" width="16" height="14" rx="4" {} };
        let not = html! { (circle("tl-not")) (cross(9.0, 9.0)) };
        let entries = [
            (has(Status::Valid), circle(""), words.timeline_legend_counts()),
            (has(Status::NotValid), not, words.timeline_legend_not()),
            (has(Status::Extraneous), circle("tl-extra"), words.timeline_legend_extra()),
            (bars().any(|line| !is_late(line)), bar("tl-window"), words.timeline_legend_window()),
            (bars().any(is_late), bar("tl-overdue"), words.timeline_legend_overdue()),
        ];
        html! {
            span.tl-legend {
                @for (_, picture, name) in entries.into_iter().filter(|(is_there, ..)| *is_there) {
                    span.tl-entry { svg.tl-key viewBox="0 0 18 18" aria-hidden="true" { (picture) } " " (name) } " "
                }
            }
        }
    }

    /// The time for the next dose: from the first day it counts until it is overdue, or as far as the picture goes. What is overdue is
    /// hatched and has a sign.
    fn bar(&self, line: &DueLine, y: f64) -> Markup {
        let (words, scale, due) = (self.words, &self.scale, &line.due);
        let (Some(from), overdue) = (due.earliest, line.urgency == Urgency::Overdue) else { return Markup::default() };
        let until = if overdue { Some(self.advice.on) } else { due.past_due.or(due.latest) };
        let (start, end) = (scale.x(from), scale.x(until.unwrap_or(scale.end)));
        let end = Across(end.0.max(start.0 + 1.0));
        let title = match until.filter(|_| !overdue) {
            Some(until) => words.timeline_window(&words.short_date(from), &words.short_date(until)),
            None => words.timeline_window_open(&words.short_date(from)),
        };
        let class = if overdue { "tl-overdue" } else { "tl-window" };
        html! {
            rect.(class) x=(start) y=(y - 7.0) width=(Across(end.0 - start.0)) height="14" rx="4" { title { (crate::sentences::name(words, line)) ": " (title) } }
            @if overdue { text.tl-sign x=(end) dx="4" y=(y + 6.0) { "!" } }
        }
    }

    fn mark(&self, dose: &Given, status: Option<Status>, y: f64) -> Markup {
        let (words, x) = (self.words, self.scale.x(dose.on));
        let (class, said) = match status {
            // No series of the schedule asks for it: it was given, and that is all there is to say.
            None => ("tl-other", words.timeline_given()),
            Some(Status::Valid) => ("", words.timeline_legend_counts()),
            Some(Status::NotValid | Status::SubStandard) => ("tl-not", words.timeline_legend_not()),
            Some(Status::Extraneous) => ("tl-extra", words.timeline_legend_extra()),
        };
        let name = vaccine_name(words, dose.cvx, self.audience);
        html! {
            circle.tl-dose.(class) cx=(x) cy=(y) r="7" { title { (name) ", " (words.short_date(dose.on)) ": " (said) } }
            @if matches!(status, Some(Status::NotValid | Status::SubStandard)) { svg.tl-cross-at x=(x) y=(y) aria-hidden="true" { (cross(0.0, 0.0)) } }
        }
    }
}

fn badness(status: Status) -> u8 {
    match status {
        Status::Valid => 0,
        Status::Extraneous => 1,
        Status::NotValid | Status::SubStandard => 2,
    }
}

fn cross(x: f64, y: f64) -> Markup {
    let (left, right, top, bottom) = (x - 3.5, x + 3.5, y - 3.5, y + 3.5);
    html! { path.tl-cross d={ "M" (left) " " (top) "L" (right) " " (bottom) "M" (left) " " (bottom) "L" (right) " " (top) } {} }
}

/// A place, or a width, in percent of the picture's width.
#[derive(Clone, Copy)]
struct Across(f64);

impl Render for Across {
    fn render_to(&self, buffer: &mut String) {
        // Writing into text does not fail.
        let _ = write!(buffer, "{:.1}%", self.0);
    }
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

    fn x(&self, date: NaiveDate) -> Across {
        let share = (as_f64((date - self.start).num_days()) / self.days).clamp(0.0, 1.0);
        Across(share.powf(0.6) * 94.0 + 2.0)
    }

    fn years(&self) -> Vec<(Across, i32)> {
        let mut marks: Vec<(Across, i32)> = Vec::new();
        for year in self.start.year()..=self.end.year() {
            let Some(date) = NaiveDate::from_ymd_opt(year, 1, 1).filter(|date| *date >= self.start) else { continue };
            let x = self.x(date);
            // No mark on top of another.
            if marks.last().is_none_or(|(last, _)| x.0 - last.0 > 8.0) {
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
