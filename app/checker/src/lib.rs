//! "Check a child's vaccines" in the family's own browser: the schedule and its engine as a module of their own, loaded by that
//! page alone. What is typed goes in, what to show comes out, and nothing is sent.

use std::sync::{LazyLock, PoisonError, RwLock};

use advice::check::{Typed, answer, read, schedule_of};
use chrono::NaiveDate;
use schedule::{Engine, data};
use wasm_bindgen::prelude::wasm_bindgen;
use words::{Lang, Words};

/// The schedule that comes with the module, until another one is used.
static ENGINE: LazyLock<RwLock<Option<Engine>>> = LazyLock::new(|| RwLock::new(data::schedule().ok().map(Engine::new)));

/// What stands in the fields of the form.
struct Fields {
    names: Vec<String>,
    values: Vec<String>,
    file: Option<Vec<u8>>,
}

impl Typed for Fields {
    fn value(&self, name: &str) -> &str {
        let place = self.names.iter().position(|known| known == name);
        place.and_then(|place| self.values.get(place)).map_or("", String::as_str)
    }

    fn file(&self) -> Option<&[u8]> {
        self.file.as_deref().filter(|bytes| !bytes.is_empty())
    }
}

/// SHA-256 of the schedule it answers by: the page compares it with the one in force.
#[wasm_bindgen]
pub fn schedule() -> String {
    let engine = ENGINE.read().unwrap_or_else(PoisonError::into_inner);
    engine.as_ref().map(|engine| engine.schedule().hash.clone()).unwrap_or_default()
}

/// Uses another schedule, as the server writes it. False if it cannot be read: then nothing is answered by any.
#[wasm_bindgen]
pub fn use_schedule(text: &str) -> bool {
    let engine = schedule_of(text).map(Engine::new);
    let is_read = engine.is_some();
    *ENGINE.write().unwrap_or_else(PoisonError::into_inner) = engine;
    is_read
}

/// Takes the names and the values of the fields, a data file if one was chosen, the language of the page and today's date
/// (`2026-09-01`). Gives what to show as HTML; or, behind an empty text, what is wrong: a field and a sentence, one after the other.
///
/// Nothing at all comes back if the schedule or the date cannot be read: then the page says that it cannot check.
#[wasm_bindgen]
pub fn check(names: Vec<String>, values: Vec<String>, file: Option<Vec<u8>>, lang: &str, today: &str) -> Vec<String> {
    let words = Words(Lang::parse(lang).unwrap_or_default());
    let engine = ENGINE.read().unwrap_or_else(PoisonError::into_inner);
    let (Some(engine), Ok(today)) = (engine.as_ref(), today.parse::<NaiveDate>()) else { return Vec::new() };
    match read(words, &Fields { names, values, file }, today) {
        Ok(asked) => vec![answer(words, engine, &asked, today)],
        Err(faults) => {
            let faults = faults.into_iter().flat_map(|(field, fault)| [field, fault]);
            std::iter::once(String::new()).chain(faults).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    fn asked(fields: &[(&str, &str)]) -> Vec<String> {
        let (names, values) = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).unzip();
        check(names, values, None, "en", "2026-09-01")
    }

    const BORN: [(&str, &str); 3] = [("born-month", "3"), ("born-day", "10"), ("born-year", "2021")];

    #[test]
    fn a_dose_that_does_not_count_says_why_and_when_it_can_be_repeated() {
        let [month, day, year] = BORN;
        let answer = asked(&[month, day, year, ("mmr", "3/3/2022")]).concat();
        for said in [
            "Does not count",
            "Given before the minimum age.",
            "It would have counted 3 days later, on March 6, 2022.",
            "It can be repeated now.",
            "Overdue",
            "tl-overdue",
        ] {
            assert!(answer.contains(said), "{said} is not in {answer}");
        }
    }

    #[test]
    fn every_fault_names_its_field() {
        let [month, day, _] = BORN;
        let faults = asked(&[month, day, ("born-year", "2031"), ("mmr", "soon"), ("list", "MMR 3/3/2032")]);
        let fields: Vec<&str> = faults.iter().skip(1).step_by(2).map(String::as_str).collect();
        assert_eq!(faults.first().map(String::as_str), Some(""));
        assert_eq!(fields, ["born", "mmr", "list"]);
    }

    #[test]
    fn what_was_pasted_is_shown_and_cannot_run() {
        let [month, day, year] = BORN;
        let answer = asked(&[month, day, year, ("list", "<script>alert(1)</script> 3/3/2022")]).concat();
        assert!(!answer.contains("<script>") && answer.contains("&lt;script&gt;"), "{answer}");
    }
}
