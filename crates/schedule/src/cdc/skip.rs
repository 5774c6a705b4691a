//! When a dose can be left out.

use roxmltree::Node;

use super::{
    Result,
    at::{At, children, name, text},
};
use crate::{Condition, Context, Count, CvxSet, Doses, Skip, SkipSet, Window};

impl<'a> At<'a> {
    pub(super) fn skip(self, node: Node<'a, 'a>) -> Result<Skip> {
        let mut skip = Skip { context: Context::Both, any: false, sets: Vec::new() };
        for child in children(node) {
            match name(child) {
                "context" => {
                    skip.context = match text(child) {
                        "Evaluation" => Context::Evaluation,
                        "Forecast" => Context::Forecast,
                        "Both" => Context::Both,
                        other => return self.wrong(child, format!("{other:?} is no context")),
                    }
                }
                "setLogic" => skip.any = self.any(child)?,
                "set" => skip.sets.push(self.skip_set(child)?),
                _ => return self.unknown(child),
            }
        }
        if skip.sets.is_empty() { self.wrong(node, "a skip without conditions") } else { Ok(skip) }
    }

    pub(super) fn skip_set(self, node: Node<'a, 'a>) -> Result<SkipSet> {
        let mut set = SkipSet { since: None, until: None, any: false, conditions: Vec::new() };
        for child in children(node) {
            match name(child) {
                "setID" | "setDescription" => {}
                "effectiveDate" => set.since = self.date(child)?,
                "cessationDate" => set.until = self.date(child)?,
                "conditionLogic" => set.any = self.any(child)?,
                "condition" => set.conditions.push(self.condition(child)?),
                _ => return self.unknown(child),
            }
        }
        if set.conditions.is_empty() { self.wrong(node, "a set without conditions") } else { Ok(set) }
    }

    pub(super) fn condition(self, node: Node<'a, 'a>) -> Result<Condition> {
        let (mut kind, mut window, mut interval, mut group) = (String::new(), Window::default(), None, None);
        let (mut since, mut until, mut vaccines) = (None, None, CvxSet::EMPTY);
        let (mut number, mut doses, mut compare) = (None, None, None);
        for child in children(node) {
            let word = text(child).to_ascii_lowercase();
            match name(child) {
                "conditionID" => {}
                "conditionType" => kind = word,
                "startDate" => since = self.date(child)?,
                "endDate" => until = self.date(child)?,
                "beginAge" => window.from = self.length(child)?,
                "endAge" => window.to = self.length(child)?,
                "interval" => interval = self.length(child)?,
                "doseCount" => number = self.optional_number(child)?,
                "doseType" => {
                    doses = match word.as_str() {
                        "" => None,
                        "valid" => Some(Doses::Valid),
                        "total" => Some(Doses::Total),
                        _ => return self.wrong(child, format!("{word:?} is no type of doses")),
                    }
                }
                "doseCountLogic" => {
                    compare = match word.as_str() {
                        "" => None,
                        "greater than" => Some(std::cmp::Ordering::Greater),
                        "equal to" => Some(std::cmp::Ordering::Equal),
                        "less than" => Some(std::cmp::Ordering::Less),
                        _ => return self.wrong(child, format!("{word:?} is no comparison")),
                    }
                }
                "vaccineTypes" => vaccines = self.vaccines(child)?,
                "seriesGroups" => group = self.optional_number(child)?,
                _ => return self.unknown(child),
            }
        }
        let absent = |what: &str| self.wrong(node, format!("a condition {kind:?} without {what}"));
        match kind.as_str() {
            "age" => Ok(Condition::Age(window)),
            "interval" => interval.map_or_else(|| absent("an interval"), |interval| Ok(Condition::Interval(interval))),
            "completed series" => group.map_or_else(|| absent("a group"), |group| Ok(Condition::Completed(group))),
            "vaccine count by age" | "vaccine count by date" | "vaccine count by date and age" => {
                match (number, doses, compare) {
                    (Some(number), Some(doses), Some(compare)) => {
                        Ok(Condition::Count(Box::new(Count { window, since, until, vaccines, doses, compare, number })))
                    }
                    _ => absent("a number, its doses or its comparison"),
                }
            }
            _ => self.wrong(node, format!("{kind:?} is no condition")),
        }
    }
}
