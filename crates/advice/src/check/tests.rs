//! What is typed on the page without an account, and what is answered.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

#[derive(Default)]
struct Form(HashMap<String, String>, Option<Vec<u8>>);

impl Typed for Form {
    fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
    fn file(&self) -> Option<&[u8]> {
        self.1.as_deref()
    }
}

fn form(fields: &[(&str, &str)]) -> Form {
    let born = [("born-month", "3"), ("born-day", "10"), ("born-year", "2021")];
    let fields = born.iter().chain(fields);
    Form(fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(), None)
}

fn asked(form: &Form) -> Result<Asked, Faults> {
    read(Words::default(), form, "2026-09-01".parse().unwrap_or_default())
}

fn codes(form: &Form) -> Vec<u16> {
    asked(form).map(|asked| asked.person.doses.iter().map(|dose| dose.cvx.number()).collect()).unwrap_or_default()
}

#[test]
fn a_dose_typed_and_pasted_is_one_and_its_product_is_kept() {
    let twice = form(&[("hepb", "3/11/2021"), ("list", "Pediarix 3/11/2021\nHep B 3/11/2021\nMMR 3/15/2022")]);
    assert_eq!(codes(&twice), [110, 3]);
}

fn said(words: Words, form: &Form) -> String {
    let today = "2026-09-01".parse().unwrap_or_default();
    let engine = Engine::new(schedule::data::schedule().unwrap_or_else(|error| panic!("{error}")));
    let asked = read(words, form, today).unwrap_or_else(|faults| panic!("{faults:?}"));
    answer(words, &engine, &asked, today)
}

#[test]
fn a_line_that_was_not_read_is_told_wherever_something_looks_due() {
    let unread = said(Words::default(), &form(&[("list", "MMR 3/15/2022\nMystery 3/15/2022")]));
    let due = unread.matches("class=\"due bad\"").count() + unread.matches("class=\"due waiting\"").count();
    assert!(due > 3 && unread.contains("One line was not read. It is not counted:"), "{unread}");
    assert_eq!(unread.matches("If it is about this vaccine, the dose may not be due.").count(), due);
    let read = said(Words::default(), &form(&[("list", "MMR 3/15/2022")]));
    assert!(!read.contains("was not read"), "{read}");
}

#[test]
fn a_vaccine_of_another_country_is_read_and_said_to_be_no_part_of_the_schedule() {
    let answer = said(Words(Lang::Es), &form(&[("list", "BCG 11/3/2021\nSRP 15/3/2022")]));
    assert!(answer.contains("BCG<br>") && !answer.contains("No se pudo leer"), "{answer}");
}

#[test]
fn the_dates_of_a_card_are_read_as_was_said_and_another_order_they_show_is_told() {
    let on = |fields: &[(&str, &str)]| -> Vec<String> {
        asked(&form(fields))
            .map(|asked| asked.person.doses.iter().map(|dose| dose.on.to_string()).collect())
            .unwrap_or_default()
    };
    assert_eq!(on(&[("mmr", "3/4/2022")]), ["2022-03-04"]);
    assert_eq!(on(&[("mmr", "3/4/2022"), ("order", "day-first")]), ["2022-04-03"]);
    assert_eq!(on(&[("mmr", "15/4/2022, 3/4/2023")]), ["2022-04-15", "2023-04-03"]);
    let answer = said(Words::default(), &form(&[("mmr", "15/4/2022, 3/4/2023")]));
    assert!(answer.contains("Dates are read with the day first"), "{answer}");
}

#[test]
fn in_spanish_no_order_is_taken_for_granted_where_it_matters() {
    let es = Words(Lang::Es);
    let read = |fields: &[(&str, &str)]| read(es, &form(fields), "2026-09-01".parse().unwrap_or_default());
    let faults = read(&[("mmr", "3/4/2022")]).unwrap_err();
    assert_eq!(faults.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["order"]);
    let on = |fields: &[(&str, &str)]| read(fields).map(|asked| asked.person.doses[0].on.to_string());
    assert_eq!(on(&[("mmr", "3/4/2022"), ("order", "month-first")]), Ok("2022-03-04".to_owned()));
    for clear in ["15/4/2022", "4/15/2022", "4/4/2022", "2022-04-15"] {
        assert!(on(&[("mmr", clear)]).is_ok(), "{clear}");
    }
}

#[test]
fn what_is_too_long_is_refused_before_it_is_read() {
    let many = "1/1/2030, ".repeat(20_000);
    let faults = asked(&form(&[("mmr", &many), ("list", &many)])).unwrap_err();
    assert_eq!(faults.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["mmr", "list"]);
    let full = "MMR 1/1/2022\n".repeat(MOST_DOSES + 1);
    assert_eq!(asked(&form(&[("list", &full)])).unwrap_err().len(), 1);
}

#[test]
fn a_file_of_somebody_else_and_one_with_a_broken_code_are_refused() {
    let with = |text: &str| asked(&Form(form(&[]).0, Some(text.as_bytes().to_vec())));
    assert!(with(r#"{"dob":"2021-03-10","doses":[{"date":"2022-03-15","cvx":"03"}]}"#).is_ok());
    for wrong in [
        r#"{"dob":"2021-03-11","doses":[]}"#,
        r#"{"dob":"2021-03-10","doses":[{"date":"2022-03-15","cvx":"MMR"}]}"#,
        r#"{"dob":"2021-03-10","doses":[{"date":"2022-02-30","cvx":3}]}"#,
        "[]",
    ] {
        let faults = with(wrong).unwrap_err();
        assert_eq!(faults.first().map(|(field, _)| field.as_str()), Some("file"), "{wrong}");
    }
}

#[test]
fn a_schedule_that_goes_to_the_browser_says_there_what_it_says_here() {
    let schedule = schedule::data::schedule().unwrap_or_else(|error| panic!("{error}"));
    let there = schedule_of(&schedule_text(&schedule));
    let hash = there.as_ref().map(|there| there.hash.clone()).unwrap_or_default();
    assert_eq!(there, Some(Schedule { hash, passed_over: Vec::new(), ..schedule }));
    assert_eq!(schedule_of("whatever"), None);
}

proptest! {
    #[test]
    fn no_input_breaks_the_page(list in "(?s).{0,120}", row in "[0-9/, a-z-]{0,40}", file in proptest::collection::vec(any::<u8>(), 0..60)) {
        let mut form = form(&[("list", &list), ("mmr", &row)]);
        form.1 = Some(file);
        let _ = asked(&form);
    }
}

#[test]
fn why_a_dose_does_not_count_is_where_its_link_leads() {
    for list in ["MMR 3/15/2021", "MMR 3/15/2021\nVaricella 3/16/2021\nProQuad 4/2/2021", "Pediarix 3/12/2021"] {
        let answer = said(Words::default(), &form(&[("list", list)]));
        let links: Vec<&str> = answer.split("href=\"#why-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(!links.is_empty(), "{answer}");
        for link in links {
            assert_eq!(answer.matches(&format!("id=\"why-{link}\"")).count(), 1, "{link}: {answer}");
        }
    }
}
