//! `miis evaluate`, as another registry would use it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use std::{num::NonZero, sync::OnceLock};

use schedule::{Engine, data};
use serde_json::{Value, json};
use server::evaluate::{Asking, evaluate};

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(data::schedule().unwrap()))
}

fn ask(input: &[u8], threads: usize) -> Vec<Value> {
    ask_for(false, input, threads)
}

fn ask_for(trace: bool, input: &[u8], threads: usize) -> Vec<Value> {
    let mut output = Vec::new();
    evaluate(Asking { engine: engine(), trace }, NonZero::new(threads).unwrap(), input, &mut output).unwrap();
    String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_child_is_answered_with_what_counted_and_what_is_due() {
    let child = json!({
        "id": "a", "dob": "2024-01-10", "sex": "F", "assessment_date": "2025-06-01", "vaccine_group": "ignored",
        "doses": [{"date": "2025-01-05", "cvx": "03", "mvx": null}, {"date": "2025-03-20", "cvx": 94}],
    });
    let answer = &ask(child.to_string().as_bytes(), 1)[0];
    assert_eq!((&answer["id"], &answer["release"]), (&json!("a"), &json!("4.65")));
    assert_eq!(answer["data"].as_str().unwrap().len(), 64);
    let groups = answer["groups"].as_array().unwrap();
    let mmr = groups.iter().find(|group| group["vaccine_group"] == "MMR").unwrap();
    // The first was given five days before the first birthday: the four days of grace do not reach. The second counts.
    assert_eq!(
        (&mmr["status"], &mmr["forecast_num"], &mmr["earliest"], &mmr["recommended"], &mmr["past_due"]),
        (&json!("Not Complete"), &json!(2), &json!("2025-04-17"), &json!("2028-01-10"), &json!("2031-02-06"))
    );
    let doses = answer["doses"].as_array().unwrap();
    let of = |cvx: Value| doses.iter().find(|dose| dose["cvx"] == cvx && dose["antigen"] == "Measles").unwrap();
    // All the reasons: no vaccine against measles is meant for that age either.
    let reasons = json!(["Age: Too Young", "Not a preferable or allowable vaccine"]);
    assert_eq!((&of(json!("03"))["status"], &of(json!("03"))["reasons"]), (&json!("Not Valid"), &reasons));
    assert_eq!((&of(json!(94))["status"], &of(json!(94))["reasons"]), (&json!("Valid"), &json!([])));
}

#[test]
fn a_line_that_is_no_person_is_answered_in_its_place_and_the_rest_goes_on() {
    let mut input = Vec::new();
    for number in 0..3_000 {
        let line = match number % 4 {
            0 => json!({"id": number, "dob": "2020-01-01", "assessment_date": "2026-01-01"}).to_string(),
            1 => json!({"id": number, "dob": "2020-02-31", "assessment_date": "2026-01-01"}).to_string(),
            2 => "no JSON".to_owned(),
            _ => json!({"id": number, "dob": "2020-01-01", "assessment_date": "2026-01-01", "doses": [{"date": "2021-01-01", "cvx": "MMR"}]}).to_string(),
        };
        input.extend_from_slice(line.as_bytes());
        input.extend_from_slice(b"\r\n\n");
    }
    let answers = ask(&input, 3);
    assert_eq!(answers.len(), 3_000);
    for (number, answer) in (0..).zip(&answers) {
        let id = if number % 4 == 2 { Value::Null } else { json!(number) };
        assert_eq!(answer["id"], id);
        assert_eq!(answer.get("error").is_none(), number % 4 == 0, "{answer}");
    }
    assert_eq!(answers, ask(&input, 1));
}

#[test]
fn a_birth_after_the_assessment_date_and_a_code_that_is_none_are_told_in_words() {
    let early = json!({"id": 1, "dob": "2026-05-01", "assessment_date": "2026-01-01"}).to_string();
    let answer = ask(early.as_bytes(), 1).remove(0);
    assert_eq!(answer["error"], "born on 2026-05-01, after the assessment date 2026-01-01");
    let doses = json!([{"date": "2021-01-01", "cvx": "03"}, {"date": "2021-02-01", "cvx": 999}, {"date": "2021-02-01", "cvx": "19"}]);
    let odd = json!({"id": 2, "dob": "2020-01-01", "assessment_date": "2026-01-01", "doses": doses}).to_string();
    let answer = ask(odd.as_bytes(), 1).remove(0);
    let said = "dose 2 of 2021-02-01: CVX 999 is not a code of CDC's, so it was not evaluated";
    assert_eq!(answer["notes"], json!([said]));
    let plain = json!({"id": 3, "dob": "2020-01-01", "assessment_date": "2026-01-01"}).to_string();
    assert!(ask(plain.as_bytes(), 1)[0].get("notes").is_none());
}

#[test]
fn a_line_or_a_person_without_end_is_refused() {
    let mut input = vec![b'['; 3 << 20];
    input.extend_from_slice(b"\n{\"id\":1,\"dob\":\"2020-01-01\",\"assessment_date\":\"2026-01-01\"}");
    let answers = ask(&input, 2);
    assert!(answers[0]["error"].as_str().unwrap().starts_with("longer than"));
    assert!(answers[1].get("groups").is_some());
    let dose = json!({"date": "2021-01-01", "cvx": "08"});
    let many = json!({"id": 2, "dob": "2020-01-01", "assessment_date": "2026-01-01", "doses": vec![dose; 1_001]});
    assert!(ask(many.to_string().as_bytes(), 1)[0]["error"].as_str().unwrap().starts_with("more than"));
}

#[test]
fn whoever_asks_is_told_how_the_answer_came_about() {
    let child = json!({
        "id": 1, "dob": "2024-01-10", "sex": "F", "assessment_date": "2024-06-01",
        "doses": [{"date": "2024-03-10", "cvx": "10"}, {"date": "2024-03-20", "cvx": "10"}],
    });
    let line = child.to_string();
    assert!(ask(line.as_bytes(), 1)[0].get("trace").is_none());
    let answer = &ask_for(true, line.as_bytes(), 1)[0];
    let traced = answer["trace"].as_array().unwrap();
    let polio: Vec<&Value> = traced.iter().filter(|series| series["antigen"] == "Polio").collect();
    assert!(polio.len() > 1, "those that were not chosen as well");
    let best = polio.iter().find(|series| series["best"] == true).unwrap();
    let second = &best["doses"][1];
    assert_eq!((&second["status"], &second["reasons"]), (&json!("Not Valid"), &json!(["Interval: too Soon"])));
    assert_eq!((&second["target_dose"], &second["counts_from"]), (&json!(2), &json!("2024-04-03")));
    assert_eq!(
        (&best["earliest"], &best["earliest_because"]),
        (&json!("2024-04-17"), &json!("4 weeks after 2024-03-20"))
    );
    assert_eq!((&best["recommended"], &best["recommended_because"]), (&json!("2024-05-10"), &json!("age 4 months")));
}
