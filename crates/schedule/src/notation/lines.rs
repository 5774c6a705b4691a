//! The lines of a series and of a dose.

use super::{
    read::Parsed,
    words::{aged_vaccine, any, date, length, number, numbers, split, vaccine_code, vaccine_codes, window},
};
use crate::{
    AgeRule, Condition, Context, Count, CvxSet, Doses, From, Indication, Interval, Series, Sex, Skip, SkipSet,
    TargetDose, Vaccine, Window,
};

/// What a series says of itself.
pub(super) fn head_line(series: &mut Series, word: &str, rest: &str) -> Parsed<()> {
    match word {
        // `group NUMBER NAME`
        "group" => {
            let (group, name) = split(rest);
            series.group = number(group)?;
            name.clone_into(&mut series.group_name);
        }
        "default" => series.default = true,
        "product" => series.product = true,
        // `gender female|male|unknown…`
        "gender" => {
            for gender in rest.split_whitespace() {
                series.genders.push(match gender {
                    "female" => Sex::Female,
                    "male" => Sex::Male,
                    "unknown" => Sex::Unknown,
                    other => return Err(format!("{other:?} is no gender")),
                });
            }
        }
        // `rank LETTER [NUMBER]`: priority and preference
        "rank" => {
            let (letter, preference) = split(rest);
            series.priority = match letter.as_bytes() {
                [letter @ b'A'..=b'Z'] => letter - b'A',
                _ => return Err(format!("{letter:?} is no letter")),
            };
            series.preference = if preference.is_empty() { u8::MAX } else { number(preference)? };
        }
        "start" => series.start = window(rest)?,
        "equivalent" => series.equivalent.extend(numbers::<u8>(rest)?),
        // `for CODE [ages]`
        _ => {
            let (code, ages) = split(rest);
            series.indications.push(Indication { code: number(code)?, window: window(ages)? });
        }
    }
    Ok(())
}

/// What is said of a dose.
pub(super) fn dose_line(dose: &mut TargetDose, word: &str, rest: &str) -> Parsed<()> {
    match word {
        "age" => dose.ages.push(age(rest)?),
        "interval" => dose.intervals.push(interval(rest)?),
        "allow" => dose.allowable_intervals.push(interval(rest)?),
        // Preferable vaccines, and whether a forecast names them.
        "give" | "take" => {
            for part in rest.split(" | ") {
                dose.preferable.push(vaccine(part, word == "give")?);
            }
        }
        // Allowable ones.
        "accept" => {
            for part in rest.split(" | ") {
                dose.allowable.push(aged_vaccine(part)?);
            }
        }
        // Vaccines that are given inadvertently.
        "mistake" => {
            for cvx in rest.split_whitespace() {
                dose.inadvertent.insert(vaccine_code(cvx)?);
            }
        }
        "recurs" => dose.recurring = true,
        "season" => {
            let (first, last) = split(rest);
            let last = if last.is_empty() { None } else { Some(date(last)?) };
            dose.season = Some((date(first)?, last));
        }
        // `skip evaluation|forecast|both any|all`, then its sets: `set any|all [| from DATE] [| until DATE]`, then its conditions
        "skip" => {
            let (context, logic) = split(rest);
            let context = match context {
                "evaluation" => Context::Evaluation,
                "forecast" => Context::Forecast,
                "both" => Context::Both,
                other => return Err(format!("{other:?} is no step")),
            };
            dose.skips.push(Skip { context, any: any(logic)?, sets: Vec::new() });
        }
        "set" => {
            let skip = dose.skips.last_mut().ok_or("outside a skip")?;
            let mut parts = rest.split(" | ");
            let logic = any(parts.next().unwrap_or_default())?;
            let mut set = SkipSet { since: None, until: None, any: logic, conditions: Vec::new() };
            for part in parts {
                match split(part) {
                    ("from", day) => set.since = Some(date(day)?),
                    ("until", day) => set.until = Some(date(day)?),
                    _ => return Err(format!("{part:?} is no part of a set")),
                }
            }
            skip.sets.push(set);
        }
        "aged" | "after" | "complete" | "valid" | "total" => {
            let set = dose.skips.last_mut().and_then(|skip| skip.sets.last_mut()).ok_or("outside a set")?;
            set.conditions.push(condition(word, rest)?);
        }
        other => return Err(format!("{other:?} is no word of the notation")),
    }
    Ok(())
}

/// `age [from DATE |] [until DATE |] [abs LENGTH |] [min … |] [rec … |] [late … |] [max …]`
fn age(rest: &str) -> Parsed<AgeRule> {
    let mut ages = AgeRule::default();
    for part in rest.split(" | ").filter(|part| !part.is_empty()) {
        match split(part) {
            ("from", day) => ages.since = Some(date(day)?),
            ("until", day) => ages.until = Some(date(day)?),
            ("abs", age) => ages.abs_min = Some(length(age)?),
            ("min", age) => ages.min = Some(length(age)?),
            ("rec", age) => ages.earliest = Some(length(age)?),
            ("late", age) => ages.latest = Some(length(age)?),
            ("max", age) => ages.max = Some(length(age)?),
            _ => return Err(format!("{part:?} is no part of an age")),
        }
    }
    Ok(ages)
}

/// `interval previous|dose NUMBER|latest CVX…|observation CODE`, then as with an age, and `override`.
fn interval(rest: &str) -> Parsed<Interval> {
    let mut parts = rest.split(" | ");
    let from = match split(parts.next().unwrap_or_default()) {
        ("previous", "") => From::Previous,
        ("dose", target) => From::Target(number(target)?),
        ("latest", vaccines) => From::MostRecent(Box::new(vaccine_codes(vaccines)?)),
        ("observation", code) => From::Observation(number(code)?),
        (other, _) => return Err(format!("an interval from {other:?}")),
    };
    let mut interval = Interval {
        from,
        abs_min: None,
        min: None,
        earliest: None,
        latest: None,
        overrides: false,
        since: None,
        until: None,
    };
    for part in parts {
        match split(part) {
            ("from", day) => interval.since = Some(date(day)?),
            ("until", day) => interval.until = Some(date(day)?),
            ("override", "") => interval.overrides = true,
            ("abs", after) => interval.abs_min = Some(length(after)?),
            ("min", after) => interval.min = Some(length(after)?),
            ("rec", after) => interval.earliest = Some(length(after)?),
            ("late", after) => interval.latest = Some(length(after)?),
            _ => return Err(format!("{part:?} is no part of an interval")),
        }
    }
    Ok(interval)
}

/// `CVX [ages] [by MVX] [named NAME]`
fn vaccine(part: &str, forecast: bool) -> Parsed<Vaccine> {
    let (part, trade_name) = part.split_once(" named ").unwrap_or((part, ""));
    let (part, mvx) = part.split_once(" by ").unwrap_or((part, ""));
    let (cvx, window) = aged_vaccine(part)?;
    Ok(Vaccine { cvx, window, mvx: mvx.to_owned(), trade_name: trade_name.to_owned(), forecast })
}

/// `aged [ages]`, `after LENGTH`, `complete GROUP`, or `valid|total <|=|> NUMBER [| aged …] [| from DATE] [| before DATE] [| of
/// CVX…]`
fn condition(word: &str, rest: &str) -> Parsed<Condition> {
    Ok(match word {
        "aged" => Condition::Age(window(rest)?),
        "after" => Condition::Interval(length(rest)?),
        "complete" => Condition::Completed(number(rest)?),
        _ => {
            let mut parts = rest.split(" | ");
            let (sign, count) = split(parts.next().unwrap_or_default());
            let mut counted = Count {
                window: Window::default(),
                since: None,
                until: None,
                vaccines: CvxSet::EMPTY,
                doses: if word == "valid" { Doses::Valid } else { Doses::Total },
                compare: match sign {
                    "<" => std::cmp::Ordering::Less,
                    "=" => std::cmp::Ordering::Equal,
                    ">" => std::cmp::Ordering::Greater,
                    other => return Err(format!("{other:?} compares nothing")),
                },
                number: number(count)?,
            };
            for part in parts {
                match split(part) {
                    ("aged", ages) => counted.window = window(ages)?,
                    ("from", day) => counted.since = Some(date(day)?),
                    ("before", day) => counted.until = Some(date(day)?),
                    ("of", vaccines) => counted.vaccines = vaccine_codes(vaccines)?,
                    _ => return Err(format!("{part:?} is no part of a count")),
                }
            }
            Condition::Count(Box::new(counted))
        }
    })
}
