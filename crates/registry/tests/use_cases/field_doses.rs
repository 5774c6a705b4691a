//! Doses of messages and tables the field got wrong: corrections, drug codes, faults of one among others, dates.

use registry::FileIn;

use super::{
    field_house::{given, shared, vxu},
    *,
};

/// A dose is reported and then corrected under its order number: what is on record, how many were changed, what waits.
async fn corrected(house: &House, first: &str, then: &str) -> (Vec<String>, usize, i64) {
    house.take(first).await;
    let batch = house.take(then).await;
    let record = house.record_of("Stow", "Kit", "2019-09-09").await;
    let doses = record.doses.iter().map(|dose| format!("{} {}", dose.given_on, dose.cvx)).collect();
    (doses, record.changes.len(), batch.waiting)
}

fn kit(control: &str, order: &str, on: &str, vaccine: &str, action: &str) -> String {
    vxu(control, "81^^^EHR^MR||Stow^Kit||20190909|M", &[given(order, on, vaccine, action)])
}

#[tokio::test]
async fn a_dose_corrected_under_its_order_number_is_one_dose_with_its_history() {
    for (then, expected) in [
        (kit("2", "31", "20201010", "03^MMR^CVX", "U"), "2020-10-10 03"),
        (kit("2", "31", "20201001", "94^MMRV^CVX", "U"), "2020-10-01 94"),
        (kit("2", "31", "20211001", "03^MMR^CVX", "U"), "2021-10-01 03"),
    ] {
        let then = &then;
        in_a_house(|house| async move {
            let first = kit("1", "31", "20201001", "03^MMR^CVX", "A");
            assert_eq!(corrected(&house, &first, then).await, (vec![expected.to_owned()], 1, 0), "{then}");
        })
        .await;
    }
    shared(&["06_update_a.hl7", "06_update_b.hl7"], (1, 2, 0, 0)).await;
    shared(&["06_update_c.hl7", "06_update_d.hl7"], (1, 2, 0, 0)).await;
    shared(&["06e_wrong_year.hl7"], (1, 2, 0, 0)).await;
}

#[tokio::test]
async fn a_dose_taken_back_is_found_by_its_order_number_or_by_day_and_vaccine() {
    for then in [kit("2", "31", "20201010", "94^MMRV^CVX", "D"), kit("2", "", "20201001", "03^MMR^CVX", "D")] {
        let then = &then;
        in_a_house(|house| async move {
            let first = kit("1", "31", "20201001", "03^MMR^CVX", "A");
            assert_eq!(corrected(&house, &first, then).await, (vec![], 1, 0), "{then}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_correction_of_a_dose_nobody_knows_waits_and_changes_nothing() {
    for action in ["U", "D"] {
        in_a_house(|house| async move {
            let first = kit("1", "31", "20201001", "03^MMR^CVX", "A");
            let then = kit("2", "99", "20220505", "21^varicella^CVX", action);
            assert_eq!(corrected(&house, &first, &then).await, (vec!["2020-10-01 03".to_owned()], 0, 1), "{action}");
            // The human says which dose it is.
            let open = house.open(&house.clinic()).await.remove(0);
            let id = domain::MessageId::new(open.id);
            let waiting = house.registry.waiting_message(&house.clinic(), id).await.unwrap();
            assert!(waiting.about_dose);
            let dose = waiting.people[0].doses[0].id;
            assert!(is_not_found(house.registry.choose_dose(&house.other_clinic(), id, Some(dose)).await));
            house.registry.choose_dose(&house.clinic(), id, Some(dose)).await.unwrap();
            let expected: &[&str] = if action == "U" { &["2022-05-05 21"] } else { &[] };
            assert_eq!(house.doses_of("Stow", "Kit", "2019-09-09").await, expected);
        })
        .await;
    }
}

#[tokio::test]
async fn a_table_corrects_by_the_number_of_the_dose_too() {
    in_a_house(|house| async move {
        let head = "last_name,first_name,birth_date,record_number,vaccine,given_on,dose_number,action\n";
        house.take(format!("{head}Stow,Kit,2019-09-09,81,03,2020-10-01,D-7,A\n")).await;
        house.take(format!("{head}Stow,Kit,2019-09-09,81,03,2020-10-10,D-7,U\n")).await;
        assert_eq!(house.doses_of("Stow", "Kit", "2019-09-09").await, ["2020-10-10 03"]);
        house.take(format!("{head}Stow,Kit,2019-09-09,81,03,2020-10-10,D-7,D\n")).await;
        assert!(house.doses_of("Stow", "Kit", "2019-09-09").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_offices_order_number_names_none_of_this_offices_doses() {
    in_a_house(|house| async move {
        house.take(kit("1", "31", "20201001", "03^MMR^CVX", "A")).await;
        let text = kit("2", "31", "20220505", "21^varicella^CVX", "A");
        let (caller, other) = (house.other_clinic(), house.other);
        house.registry.import(&caller, other, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
        assert_eq!(house.doses_of("Stow", "Kit", "2019-09-09").await, ["2020-10-01 03", "2022-05-05 21"]);
    })
    .await;
}

#[tokio::test]
async fn a_drug_code_is_taken_as_the_box_prints_it() {
    in_a_house(|house| async move {
        let one = |control: &str, code: &str| {
            vxu(
                control,
                &format!(
                    "3{control}^^^EHR^MR||Ford^Ina{}||2020010{control}|F",
                    "abcdef".chars().nth(control.parse().unwrap()).unwrap()
                ),
                &[given(control, "20210601", &format!("{code}^X^NDC"), "A")],
            )
        };
        let text =
            [one("1", "58160-811-52"), one("2", "0006-4681-00"), one("3", "49281-510-05"), one("4", "00006468100")]
                .concat();
        let batch = house.take(text).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused), (4, 0));
        for (first, born, cvx) in [
            ("Inab", "2020-01-01", "110"),
            ("Inac", "2020-01-02", "03"),
            ("Inad", "2020-01-03", "120"),
            ("Inae", "2020-01-04", "03"),
        ] {
            assert_eq!(house.doses_of("Ford", first, born).await, [format!("2021-06-01 {cvx}")]);
        }
        house
            .take("last_name,first_name,birth_date,vaccine,given_on\nGray,Pia,2020-01-01,0006-4681-00,2021-06-01\n")
            .await;
        assert_eq!(house.doses_of("Gray", "Pia", "2020-01-01").await, ["2021-06-01 03"]);
    })
    .await;
    shared(&["08_ndc10.hl7"], (3, 3, 0, 0)).await;
    shared(&["08b_ndc10.csv"], (1, 1, 0, 0)).await;
}

#[tokio::test]
async fn a_stray_quote_in_a_table_of_doses_names_its_line_and_loses_no_row() {
    in_a_house(|house| async move {
        let table = "last_name,first_name,birth_date,vaccine,given_on,product\nHart,Ida,2020-01-01,03,2021-02-01,\"M-M-R II\nHart,Jon,2020-01-01,03,2021-02-02,M-M-R II\nHart,Kai,2020-01-01,03,2021-02-03,M-M-R II\n";
        let batch = house.take(table).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused, house.people().await), (2, 1, 2));
        assert_eq!(house.doses_of("Hart", "Kai", "2020-01-01").await, ["2021-02-03 03"]);
    })
    .await;
    shared(&["09e_doses_stray_quote.csv"], (2, 2, 1, 0)).await;
}

#[tokio::test]
async fn one_fault_in_one_dose_keeps_the_others_and_is_answered_with_its_place() {
    in_a_house(|house| async move {
        let doses = [
            given("1", "20210301", "03^MMR^CVX", "A"),
            given("2", "2021", "21^varicella^CVX", "A"),
            given("3", "20210501", "10^IPV^CVX", "A"),
        ];
        let batch = house.take(vxu("1", "71^^^EHR^MR||Hill^Uma||20200203|F", &doses)).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused), (1, 0), "{batch:?}");
        assert_eq!(house.doses_of("Hill", "Uma", "2020-02-03").await, ["2021-03-01 03", "2021-05-01 10"]);
        let answers = house.registry.acknowledgments(&house.clinic(), domain::BatchId::new(batch.id)).await.unwrap();
        let [(number, outcome, issues)] = answers.as_slice() else { panic!("{answers:?}") };
        assert_eq!((number.as_str(), *outcome), ("1", interop::hl7::Acknowledged::InPart));
        assert!(!issues.is_empty());
        // The one left over waits, and the form asks for its day alone.
        let open = house.open(&house.clinic()).await;
        assert_eq!(open.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn dates_of_a_table_that_can_be_read_in_two_ways_are_asked_for_and_never_guessed() {
    in_a_house(|house| async move {
        house.november();
        let table = "last_name,first_name,birth_date,vaccine,given_on\nWood,Ann,3/4/2020,03,5/6/2021\n";
        let file = |order| FileIn { kind: ImportKind::Csv, name: "doses.csv", order, bytes: table.as_bytes() };
        assert!(house.registry.import_file(&house.clinic(), house.office, file(None), &|_| {}).await.is_err());
        assert_eq!(house.people().await, 0);
        house
            .registry
            .import_file(&house.clinic(), house.office, file(Some(DateOrder::DayFirst)), &|_| {})
            .await
            .unwrap();
        assert_eq!(house.doses_of("Wood", "Ann", "2020-04-03").await, ["2021-06-05 03"]);
    })
    .await;
}
