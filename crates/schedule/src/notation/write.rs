//! A schedule in words.

use std::fmt::Write as _;

use domain::Period;

use super::Text;
use crate::{
    AgeRule, Antigen, Condition, Conflict, Context, Count, CvxSet, Doses, From, Interval, Kind, Schedule, Series, Sex,
    Skip, SkipSet, TargetDose, Vaccine, Window, write_length,
};

/// Writes a schedule: a file for its frame, and one for each antigen.
pub fn write(schedule: &Schedule) -> Vec<Text> {
    let mut files = vec![Text { name: "schedule.txt".to_owned(), text: frame(schedule) }];
    files.extend(schedule.antigens.iter().map(|of| Text { name: file_name(&of.name), text: antigen(schedule, of) }));
    files
}

fn file_name(antigen: &str) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { '_' };
    format!("{}.txt", antigen.chars().map(letter).collect::<String>())
}

/// Lines, further in the deeper they stand.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, depth: usize, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{:width$}{}", "", line.trim_end(), width = depth * 2);
    }

    fn blank(&mut self) {
        self.0.push('\n');
    }
}

fn frame(schedule: &Schedule) -> String {
    let mut lines = Lines::default();
    lines.line(0, &format!("release {}", schedule.release));
    lines.blank();
    for group in &schedule.groups {
        let antigens = match group.full {
            None => "one",
            Some(true) => "all",
            Some(false) => "any",
        };
        lines.line(0, &format!("group {antigens} {}", group.name));
    }
    lines.blank();
    for of_one in schedule.associations.chunk_by(|one, other| one.cvx == other.cvx) {
        let named = of_one.iter().map(|of| {
            let name = schedule.antigens.get(of.antigen).map_or("", |antigen| &antigen.name);
            format!("{name}{}", window(&of.window))
        });
        let cvx = of_one.first().map_or(0, |of| of.cvx);
        lines.line(0, &format!("vaccine {cvx:02} {}", joined(named)));
    }
    lines.blank();
    for of_one in schedule.conflicts.chunk_by(|one, other| one.previous == other.previous) {
        let spans = |conflict: &Conflict| (conflict.begin, conflict.min_end, conflict.end);
        let mut said = Vec::new();
        for conflict in of_one {
            let (begin, min_end, end) = spans(conflict);
            if said.contains(&spans(conflict)) {
                continue;
            }
            said.push(spans(conflict));
            let alike = of_one.iter().filter(|other| spans(other) == spans(conflict));
            let current: String = alike.map(|other| format!(" {:02}", other.current)).collect();
            let (begin, min_end, end) = (write_length(begin), write_length(min_end), write_length(end));
            let previous = conflict.previous;
            lines.line(0, &format!("conflict {previous:02} from {begin} until {min_end} else {end} |{current}"));
        }
    }
    lines.blank();
    for observation in &schedule.observations {
        lines.line(0, &format!("observation {:03} {}", observation.code, observation.title));
    }
    lines.0
}

fn antigen(schedule: &Schedule, antigen: &Antigen) -> String {
    let mut lines = Lines::default();
    lines.line(0, &format!("antigen {}", antigen.name));
    lines.line(0, &format!("member of {}", schedule.groups.get(antigen.group).map_or("", |group| &group.name)));
    lines.blank();
    if !antigen.immunity.history.is_empty() {
        lines.line(0, &format!("immune by{}", codes(&antigen.immunity.history)));
    }
    for born in &antigen.immunity.born_before {
        let country = if born.country.is_empty() { String::new() } else { format!(" | in {}", born.country) };
        let unless = if born.unless.is_empty() { String::new() } else { format!(" | unless{}", codes(&born.unless)) };
        lines.line(0, &format!("immune born before {}{country}{unless}", born.date));
    }
    for rule in &antigen.contraindications {
        lines.line(0, &format!("contraindicated by {:03}{}", rule.code, window(&rule.window)));
    }
    for rule in &antigen.vaccine_contraindications {
        let vaccines = rule.vaccines.iter().map(|(cvx, aged)| format!("{cvx:02}{}", window(aged)));
        lines.line(0, &format!("contraindicated by {:03} for {}", rule.code, joined(vaccines)));
    }
    for of in &antigen.series {
        lines.blank();
        series(&mut lines, of);
    }
    lines.0
}

fn series(lines: &mut Lines, series: &Series) {
    let kind = match series.kind {
        Kind::Standard => "standard",
        Kind::Risk => "risk",
        Kind::EvaluationOnly => "evaluation",
    };
    lines.line(0, &format!("series {kind} {}", series.name));
    for line in head(series) {
        lines.line(1, &line);
    }
    for (place, of) in series.doses.iter().enumerate() {
        lines.line(1, &format!("dose {}", place + 1));
        dose(lines, of, series.doses.get(..place).unwrap_or_default());
    }
}

/// What a series says of itself, before its doses.
pub(super) fn head(series: &Series) -> Vec<String> {
    let mut lines = vec![format!("group {} {}", series.group, series.group_name)];
    let mut when = |holds: bool, line: String| {
        if holds {
            lines.push(line);
        }
    };
    when(series.default, "default".to_owned());
    when(series.product, "product".to_owned());
    let genders = series.genders.iter().map(|gender| match gender {
        Sex::Female => " female",
        Sex::Male => " male",
        Sex::Unknown => " unknown",
    });
    when(!series.genders.is_empty(), format!("gender{}", genders.collect::<String>()));
    let rank = if series.preference == u8::MAX { String::new() } else { format!(" {}", series.preference) };
    lines.push(format!("rank {}{rank}", char::from(b'A'.saturating_add(series.priority))));
    let mut when = |holds: bool, line: String| {
        if holds {
            lines.push(line);
        }
    };
    when(series.start != Window::default(), format!("start{}", window(&series.start)));
    let equivalent = series.equivalent.iter().map(|group| format!(" {group}"));
    when(!series.equivalent.is_empty(), format!("equivalent{}", equivalent.collect::<String>()));
    lines.extend(series.indications.iter().map(|of| format!("for {:03}{}", of.code, window(&of.window))));
    lines
}

fn dose(lines: &mut Lines, dose: &TargetDose, earlier: &[TargetDose]) {
    for ages in &dose.ages {
        lines.line(2, &format!("age {}", joined(age(ages).into_iter())));
    }
    for (word, intervals) in [("interval", &dose.intervals), ("allow", &dose.allowable_intervals)] {
        for of in intervals {
            lines.line(2, &format!("{word} {}", joined(interval(of).into_iter())));
        }
    }
    // What an earlier dose of the series says as well is not said again.
    let said = |same: fn(&TargetDose, &TargetDose) -> bool| earlier.iter().position(|other| same(other, dose));
    if let Some(place) = said(|one, other| one.preferable == other.preferable).filter(|_| !dose.preferable.is_empty()) {
        lines.line(2, &format!("give as {}", place + 1));
    } else {
        for alike in dose.preferable.chunk_by(|one, other| one.forecast == other.forecast) {
            let word = if alike.first().is_some_and(|vaccine| vaccine.forecast) { "give" } else { "take" };
            lines.line(2, &format!("{word} {}", joined(alike.iter().map(vaccine))));
        }
    }
    if let Some(place) = said(|one, other| one.allowable == other.allowable).filter(|_| !dose.allowable.is_empty()) {
        lines.line(2, &format!("accept as {}", place + 1));
    } else if !dose.allowable.is_empty() {
        let allowable = dose.allowable.iter().map(|(cvx, aged)| format!("{cvx:02}{}", window(aged)));
        lines.line(2, &format!("accept {}", joined(allowable)));
    }
    if !dose.inadvertent.is_empty() {
        let said = said(|one, other| one.inadvertent == other.inadvertent);
        let of = said.map_or_else(|| vaccines(&dose.inadvertent), |place| format!(" as {}", place + 1));
        lines.line(2, &format!("mistake{of}"));
    }
    for of in &dose.skips {
        skip(lines, of);
    }
    if dose.recurring {
        lines.line(2, "recurs");
    }
    if let Some((first, last)) = dose.season {
        let last = last.map(|last| format!(" {last}")).unwrap_or_default();
        lines.line(2, &format!("season {first}{last}"));
    }
}

fn age(ages: &AgeRule) -> Vec<String> {
    let mut parts = in_force(ages.since, ages.until);
    parts.extend(lengths([
        ("abs", ages.abs_min),
        ("min", ages.min),
        ("rec", ages.earliest),
        ("late", ages.latest),
        ("max", ages.max),
    ]));
    parts
}

fn interval(interval: &Interval) -> Vec<String> {
    let mut parts = vec![match &interval.from {
        From::Previous => "previous".to_owned(),
        From::Target(number) => format!("dose {number}"),
        From::MostRecent(of) => format!("latest{}", vaccines(of)),
        From::Observation(code) => format!("observation {code:03}"),
    }];
    parts.extend(in_force(interval.since, interval.until));
    parts.extend(interval.overrides.then(|| "override".to_owned()));
    parts.extend(lengths([
        ("abs", interval.abs_min),
        ("min", interval.min),
        ("rec", interval.earliest),
        ("late", interval.latest),
    ]));
    parts
}

fn vaccine(vaccine: &Vaccine) -> String {
    let mut item = format!("{:02}{}", vaccine.cvx, window(&vaccine.window));
    if !vaccine.mvx.is_empty() {
        let _ = write!(item, " by {}", vaccine.mvx);
    }
    if !vaccine.trade_name.is_empty() {
        let _ = write!(item, " named {}", vaccine.trade_name);
    }
    item
}

fn skip(lines: &mut Lines, skip: &Skip) {
    let context = match skip.context {
        Context::Evaluation => "evaluation",
        Context::Forecast => "forecast",
        Context::Both => "both",
    };
    lines.line(2, &format!("skip {context} {}", any(skip.any)));
    for set in &skip.sets {
        let SkipSet { since, until, any: of_any, conditions } = set;
        let force = joined(in_force(*since, *until).into_iter());
        lines.line(3, &format!("set {}{}{force}", any(*of_any), if force.is_empty() { "" } else { " | " }));
        for of in conditions {
            lines.line(4, &condition(of));
        }
    }
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Age(aged) => format!("aged{}", window(aged)),
        Condition::Interval(length) => format!("after {}", write_length(*length)),
        Condition::Completed(group) => format!("complete {group}"),
        Condition::Count(of) => {
            let Count { window: aged, since, until, vaccines: named, doses, compare, number } = &**of;
            let doses = match doses {
                Doses::Valid => "valid",
                Doses::Total => "total",
            };
            let compare = match compare {
                std::cmp::Ordering::Less => "<",
                std::cmp::Ordering::Equal => "=",
                std::cmp::Ordering::Greater => ">",
            };
            let mut parts = vec![format!("{doses} {compare} {number}")];
            let mut when = |holds: bool, part: String| {
                if holds {
                    parts.push(part);
                }
            };
            when(*aged != Window::default(), format!("aged{}", window(aged)));
            when(since.is_some(), format!("from {}", since.unwrap_or_default()));
            when(until.is_some(), format!("before {}", until.unwrap_or_default()));
            when(!named.is_empty(), format!("of{}", vaccines(named)));
            joined(parts.into_iter())
        }
    }
}

const fn any(any: bool) -> &'static str {
    if any { "any" } else { "all" }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" | ")
}

fn window(window: &Window) -> String {
    let part = |sign: &str, age: Option<Period>| age.map(|age| format!(" {sign} {}", write_length(age)));
    format!("{}{}", part(">=", window.from).unwrap_or_default(), part("<", window.to).unwrap_or_default())
}

fn in_force(since: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>) -> Vec<String> {
    let since = since.map(|since| format!("from {since}"));
    since.into_iter().chain(until.map(|until| format!("until {until}"))).collect()
}

fn lengths<const N: usize>(parts: [(&str, Option<Period>); N]) -> Vec<String> {
    parts.into_iter().filter_map(|(word, length)| Some(format!("{word} {}", write_length(length?)))).collect()
}

fn codes(codes: &[u16]) -> String {
    codes.iter().map(|code| format!(" {code:03}")).collect()
}

fn vaccines(vaccines: &CvxSet) -> String {
    vaccines.iter().map(|cvx| format!(" {cvx:02}")).collect()
}
