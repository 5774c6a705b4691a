//! A record as a picture: a line for each vaccine, a mark for each dose, the years below. The table beside it says the
//! same in words; the picture is for people who would rather look.

use chrono::{Datelike, NaiveDate};
use domain::{BirthDate, catalogue, code::VaccineGroup, dose::Dose};
use leptos::prelude::*;
use words::Words;

use super::sentences::group_name;

// Room for the longest name of a vaccine in either language.
const LEFT: f64 = 262.0;
const WIDTH: f64 = 640.0;
const ROW: f64 = 30.0;

/// Draws the doses of a person up to `today`.
pub fn timeline(words: Words, born: BirthDate, today: NaiveDate, doses: &[Dose]) -> AnyView {
    let groups: Vec<VaccineGroup> =
        VaccineGroup::ALL.iter().copied().filter(|group| doses.iter().any(|dose| in_group(dose, *group))).collect();
    if groups.is_empty() {
        return ().into_any();
    }
    let scale = Scale::new(born, today);
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = groups.len() as f64 * ROW + 34.0;
    let rows = groups.iter().enumerate().map(|(at, group)| row(words, &scale, at, *group, doses)).collect_view();
    let years = scale.years().into_iter().map(|(x, text)| {
        view! {
            <line class="tl-grid" x1=x y1="4" x2=x y2=height - 26.0></line>
            <text class="tl-year" x=x y=height - 8.0 text-anchor="middle">{text}</text>
        }
    });
    let label = words.timeline_label(i64::try_from(doses.len()).unwrap_or(0));
    view! {
        <figure class="timeline">
            // On a narrow screen the picture is moved sideways, with a finger or with the arrow keys.
            <div class="timeline-scroll" tabindex="0" role="region" aria-label=words.timeline_caption()>
            <svg viewBox=format!("0 0 {} {height}", LEFT + WIDTH + 20.0) role="img" aria-label=label preserveAspectRatio="xMinYMin meet">
                {years.collect_view()}
                {rows}
            </svg>
            </div>
            <figcaption>{words.timeline_caption()}<span class="narrow-only">" "{words.timeline_swipe()}</span></figcaption>
        </figure>
    }
    .into_any()
}

fn row(words: Words, scale: &Scale, at: usize, group: VaccineGroup, doses: &[Dose]) -> AnyView {
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let y = at as f64 * ROW + 20.0;
    let marks = doses
        .iter()
        .filter(|dose| in_group(dose, group))
        .map(|dose| {
            let title = format!("{}, {}", catalogue::name(dose.cvx), words.short_date(dose.given_on));
            view! { <circle class="tl-dose" cx=scale.x(dose.given_on) cy=y r="7"><title>{title}</title></circle> }
        })
        .collect_view();
    view! {
        <text class="tl-name" x="0" y=y + 4.0>{group_name(words, group)}</text>
        <line class="tl-line" x1=LEFT y1=y x2=LEFT + WIDTH y2=y></line>
        {marks}
    }
    .into_any()
}

fn in_group(dose: &Dose, group: VaccineGroup) -> bool {
    catalogue::vaccine(dose.cvx).map_or(group == VaccineGroup::Other, |vaccine| vaccine.groups().contains(&group))
}

/// Dates to places. The first two years hold most doses of a child and get more room.
struct Scale {
    born: NaiveDate,
    days: f64,
}

impl Scale {
    #[expect(clippy::cast_precision_loss, reason = "days of a life")]
    fn new(born: BirthDate, today: NaiveDate) -> Self {
        let days = (today - born.date()).num_days().max(365) as f64;
        Self { born: born.date(), days }
    }

    #[expect(clippy::cast_precision_loss, reason = "days of a life")]
    fn x(&self, date: NaiveDate) -> f64 {
        let share = ((date - self.born).num_days() as f64 / self.days).clamp(0.0, 1.0);
        (LEFT + share.powf(0.6) * (WIDTH - 16.0) + 8.0).round()
    }

    fn years(&self) -> Vec<(f64, String)> {
        let first = self.born.year();
        let mut marks: Vec<(f64, String)> = Vec::new();
        let mut year = first;
        while let Some(date) = NaiveDate::from_ymd_opt(year, 1, 1) {
            #[expect(clippy::cast_precision_loss, reason = "days of a life")]
            let beyond = (date - self.born).num_days() as f64 > self.days;
            if beyond {
                break;
            }
            let x = self.x(date);
            // No mark on top of another.
            if date >= self.born && marks.last().is_none_or(|(last, _)| x - last > 48.0) {
                marks.push((x, year.to_string()));
            }
            year += 1;
        }
        marks
    }
}
