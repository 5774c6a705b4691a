//! Names, numbers, keys, presses, grade words.

use std::collections::BTreeSet;

use chrono::Datelike;
use store::{OtherName, Press};

use super::*;

fn keys<'a>(last: &'a str, first: &'a str) -> SearchKeys<'a> {
    SearchKeys { last, first, born: day("2021-03-10"), swapped: day("2021-10-03") }
}

#[tokio::test]
async fn somebody_is_found_by_every_name_they_went_by() {
    on_both(|store| async move {
        furnished(&store).await;
        let mia = PatientId::new(id(20));
        let mut tx = store.write().await.unwrap();
        let other = OtherName {
            id: id(400),
            patient: mia,
            kind: "former",
            name: PersonName::stored("Bello".into(), "Babygirl".into(), String::new()),
            last_key: "bello".into(),
            first_key: "babygirl".into(),
            born: day("2021-03-10"),
        };
        let again = OtherName { id: id(401), ..other.clone() };
        let kept = other.name.clone();
        tx.add_names(&[other, again], at()).await.unwrap();
        assert_eq!(tx.other_names(mia).await.unwrap(), [kept], "kept once");
        let namesake = tx.namesakes(keys("bello", "x"), SiteId::new(id(1))).await.unwrap().remove(0);
        assert_eq!((namesake.patient(), namesake.first_key.as_str()), (mia, "babygirl"));
        assert_eq!(tx.search(keys("bello", "babygirl"), None).await.unwrap()[0].id, mia.uuid());
        assert_eq!(tx.search_named(&[keys("bello", "babygirl")]).await.unwrap()[0].last_key, "bello");
        let name = PersonName::stored("Okafor-Bello".into(), "Mia".into(), String::new());
        let version = tx.patient(mia).await.unwrap().unwrap().patient().version;
        tx.rename_patient(mia, version, &name, ("okaforbello", "mia"), at()).await.unwrap();
        assert!(matches!(tx.rename_patient(mia, version, &name, ("x", "y"), at()).await, Err(StoreError::Conflict)));
        tx.hold_patient(mia).await.unwrap();
        assert_eq!(tx.patient(mia).await.unwrap().unwrap().patient().name, name);
        let number = NewNumber { id: id(402), patient: mia, authority: "P1 EHR MR".into(), number_key: "7".into() };
        tx.add_numbers(&[number]).await.unwrap();
        assert!(tx.numbers_of(mia).await.unwrap().contains(&("P1 EHR MR".into(), "7".into())));
    })
    .await;
}

fn born(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, number % 12 + 1, number / 12 % 12 + 1).unwrap()
}

/// 240 people: names stand on several days, days hold several names, day and month are changed over, some went by a line's name before.
async fn many_people(tx: &mut Tx) {
    let people: Vec<NewPatient> = (0..240_u32)
        .map(|number| NewPatient {
            patient: Patient {
                born: BirthDate::new(born(number), day("2026-01-01")).unwrap(),
                ..patient(1_000 + u128::from(number), "Any", "Body", "2019-01-01")
            },
            last_key: format!("last{}", number % 80),
            first_key: format!("first{}", number % 7),
            provisional_enrolment: false,
        })
        .collect();
    tx.add_patients(&people, at()).await.unwrap();
    let formerly: Vec<OtherName> = (0..240_u32)
        .step_by(9)
        .map(|number| OtherName {
            id: id(5_000 + u128::from(number)),
            patient: PatientId::new(id(1_000 + u128::from(number))),
            kind: "former",
            name: PersonName::stored("Was".into(), "Once".into(), String::new()),
            last_key: format!("last{}", (number + 1) % 80),
            first_key: format!("first{}", (number + 1) % 7),
            born: born(number),
        })
        .collect();
    tx.add_names(&formerly, at()).await.unwrap();
}

#[tokio::test]
async fn a_list_longer_than_a_statement_finds_whom_each_of_its_lines_would_find_alone() {
    on_both(|store| async move {
        let mut tx = store.write().await.unwrap();
        many_people(&mut tx).await;
        let texts: Vec<(String, String, NaiveDate)> = (0..150_u32)
            .map(|line| {
                (
                    format!("last{}", line % 80),
                    format!("first{}", line % 7),
                    born(if line % 9 == 1 { line - 1 } else { line + line % 2 }),
                )
            })
            .collect();
        let lines: Vec<SearchKeys<'_>> = texts
            .iter()
            .map(|(last, first, born)| {
                let swapped = NaiveDate::from_ymd_opt(2019, born.day(), born.month()).unwrap();
                SearchKeys { last, first, born: *born, swapped }
            })
            .collect();
        let named = tx.search_named(&lines).await.unwrap();
        let likely = tx.search_likely(&lines).await.unwrap();
        let mut formerly_found = 0;
        for line in lines {
            let alone: BTreeSet<Uuid> = tx.search(line, None).await.unwrap().iter().map(|row| row.id).collect();
            let of_day = likely.born.iter().filter(|row| [line.born, line.swapped].contains(&row.birth_date));
            let of_name = likely
                .named
                .iter()
                .filter(|row| (row.last_key.as_str(), row.first_key.as_str()) == (line.last, line.first));
            let of_name = of_name.filter(|row| !row.formerly || [line.born, line.swapped].contains(&row.birth_date));
            assert_eq!(of_day.chain(of_name).map(|row| row.id).collect::<BTreeSet<_>>(), alone, "{line:?}");
            let exact = |row: &&store::Named| {
                (row.last_key.as_str(), row.first_key.as_str(), row.birth_date) == (line.last, line.first, line.born)
            };
            let found: BTreeSet<Uuid> = named.iter().filter(exact).map(|row| row.id).collect();
            let one = tx.search_named(&[line]).await.unwrap();
            assert_eq!(found, one.iter().map(|row| row.id).collect(), "{line:?}");
            formerly_found += one.iter().filter(|row| row.formerly).count();
        }
        assert!(named.len() > 30 && formerly_found > 0, "{} and {formerly_found}", named.len());
    })
    .await;
}

#[tokio::test]
async fn of_many_numbers_those_that_somebody_has_are_found_and_a_shared_one_shows_that_it_is() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        for number in 60..63 {
            let new = NewPatient {
                patient: patient(number, "Doe", "Sam", "2019-01-01"),
                last_key: "doe".into(),
                first_key: "sam".into(),
                provisional_enrolment: false,
            };
            tx.add_patients(&[new], at()).await.unwrap();
        }
        let number = |of: u128, authority: &str, key: &str| NewNumber {
            id: id(500 + of),
            patient: PatientId::new(id(60 + of % 3)),
            authority: authority.into(),
            number_key: key.into(),
        };
        let numbers = [
            number(0, "P1 MR", "SHARED"),
            number(1, "P1 MR", "SHARED"),
            number(2, "P1 MR", "SHARED"),
            number(4, "P1 MR", "OWN"),
            number(5, "P2 MR", "OTHER"),
        ];
        tx.add_numbers(&numbers).await.unwrap();
        let many: Vec<String> = (0..100).map(|none| format!("NONE{none}")).collect();
        let asked: Vec<&str> = many.iter().map(String::as_str).chain(["SHARED", "OWN", "OTHER"]).collect();
        let mut found = tx.by_numbers("P1 MR", &asked).await.unwrap();
        found.sort();
        let of = |key: &str, number| (key.to_owned(), PatientId::new(id(number)));
        assert_eq!(found, [of("OWN", 61), of("SHARED", 60), of("SHARED", 61)]);
    })
    .await;
}

#[tokio::test]
async fn keys_are_made_again_from_where_the_work_stopped() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        assert_eq!(tx.key_version().await.unwrap(), (0, None));
        tx.set_key_version(2, Some(id(20))).await.unwrap();
        tx.set_key_version(2, Some(id(21))).await.unwrap();
        assert_eq!(tx.key_version().await.unwrap(), (2, Some(id(21))));
        let people = tx.keyed_people(Uuid::nil(), 10).await.unwrap();
        assert!(people.iter().any(|person| person.id == id(20)));
        tx.set_person_keys(id(20), "new", "key").await.unwrap();
        let again = tx.keyed_people(Uuid::nil(), 10).await.unwrap();
        assert!(again.iter().any(|person| (person.last_key.as_str(), person.first_key.as_str()) == ("new", "key")));
        assert!(tx.keyed_forms(Uuid::nil(), 10).await.unwrap().is_empty());
        let form = crate::papers::objection(83, Choice::Object);
        tx.add_objection(&form, b"digest", ("okafor", "mia"), &Marks::default()).await.unwrap();
        let marks = Marks { phone: "6175550142".into(), ..Marks::default() };
        tx.set_form_keys(form.id.uuid(), ("a", "b"), &marks).await.unwrap();
        for (known, waits) in [(marks.clone(), true), (Marks { phone: "1".into(), ..marks }, false)] {
            assert_eq!(tx.objected_to((day("2021-03-10"), "a", "b"), at(), &known, None).await.unwrap().waits, waits);
        }
        let called = |number, last: &str| OtherName {
            id: id(number),
            patient: PatientId::new(id(20)),
            kind: "other",
            name: PersonName::stored(last.into(), "Ann".into(), String::new()),
            last_key: last.to_lowercase(),
            first_key: "ann".into(),
            born: day("2021-03-10"),
        };
        tx.add_names(&[called(400, "A"), called(401, "B")], at()).await.unwrap();
        let mut names = tx.keyed_other_names(Uuid::nil(), Uuid::max()).await.unwrap();
        names.sort_by(|one, two| one.last_key.cmp(&two.last_key));
        tx.set_other_name_keys(&names[0], "new", "key").await.unwrap();
        tx.set_other_name_keys(&names[1], "new", "key").await.unwrap();
        let names = tx.keyed_other_names(Uuid::nil(), Uuid::max()).await.unwrap();
        assert_eq!(names.iter().map(|name| name.last_key.as_str()).collect::<Vec<_>>(), ["new"], "the same name once");
    })
    .await;
}

#[tokio::test]
async fn a_press_is_known_by_where_it_led() {
    on_both(|store| async move {
        let mut tx = store.write().await.unwrap();
        tx.add_press(&[1; 32], at()).await.unwrap();
        assert!(matches!(tx.add_press(&[1; 32], at()).await, Err(StoreError::Duplicate)));
        tx.answer_press(&[1; 32], "/there").await.unwrap();
        assert_eq!(tx.press(&[1; 32]).await.unwrap(), Some(Press { at: at(), answer: "/there".into() }));
        tx.add_press(&[2; 32], at()).await.unwrap();
        tx.drop_press(&[2; 32]).await.unwrap();
        assert_eq!(tx.press(&[2; 32]).await.unwrap(), None);
        assert_eq!(tx.sweep_presses(at() + chrono::Duration::days(2)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_office_cannot_store_one_vaccine_of_one_day_twice() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let first = dose(500, 20, 1, 3, "2022-03-10");
        tx.add_doses(std::slice::from_ref(&first), at()).await.unwrap();
        keep(tx).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let second = Dose { id: DoseId::new(id(501)), ..first.clone() };
        assert!(matches!(tx.add_doses(std::slice::from_ref(&second), at()).await, Err(StoreError::Duplicate)));
        drop(tx);
        // Taken back, it makes room.
        let mut tx = store.write().await.unwrap();
        tx.change_dose(&Dose { state: DoseState::Voided, ..first }).await.unwrap();
        tx.add_doses(std::slice::from_ref(&second), at()).await.unwrap();
        let kept = tx.doses(second.patient).await.unwrap();
        assert!(kept.iter().any(|dose| dose.id == second.id && dose.state == DoseState::Active));
    })
    .await;
}

#[tokio::test]
async fn a_school_says_once_what_it_calls_a_grade() {
    on_both(|store| async move {
        furnished(&store).await;
        let school = SiteId::new(id(3));
        let mut tx = store.write().await.unwrap();
        tx.hold_school(school).await.unwrap();
        tx.set_grade_word(school, id(600), "tk", "PK").await.unwrap();
        tx.set_grade_word(school, id(601), "tk", "K").await.unwrap();
        assert_eq!(tx.grade_words(school).await.unwrap(), [("tk".to_owned(), "K".to_owned())]);
    })
    .await;
}
