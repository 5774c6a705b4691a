//! Twins, and children of one name and day: no dose and no record goes to the other, in lists, messages and at the desk.

use super::{
    field_house::{given, vxu},
    school::head,
    *,
};

#[tokio::test]
async fn a_middle_name_in_the_column_of_first_names_does_not_make_a_child_doubtful() {
    let house = house().await;
    let name = domain::PersonName::new("Okafor", "Mia", "Adaeze").unwrap();
    let person = domain::patient::Demographics { name, ..person("Okafor", "Mia", "2021-03-10") };
    let mia = house.registry.add_person(&house.clinic(), &person, &dose("2022-03-10", 3)).await.unwrap();
    let found = async |first: &str| {
        let list = head(&format!("7,Okafor,{first},2021-03-10,K,K-1\n"));
        house.listed(list).await.lines.remove(0).found
    };
    assert_eq!(found("Mia Adaeze").await, Match::Found { patient: mia, known: false, moved_from: None });
    assert!(matches!(found("Mia Beth").await, Match::Doubtful(_)), "another middle name");
    assert_eq!(found("Mia A.").await, found("Mia").await, "the initial of the middle name on file");
    assert!(matches!(found("Mia B.").await, Match::Doubtful(_)), "another initial");
}

#[tokio::test]
async fn a_middle_name_tells_one_twin_from_the_other() {
    in_a_house(|house| async move {
        let head = "Last Name,First Name,Middle Name,DOB,Grade,Homeroom\n";
        let whom = async |rows: &[&str]| {
            let rows: String = rows.iter().map(|middle| format!("Okafor,Maria,{middle},2021-03-10,K,K-1\n")).collect();
            let review = house.listed(format!("{head}{rows}")).await;
            review.lines.into_iter().map(|line| (line.again, line.patient(), line.found.people())).collect::<Vec<_>>()
        };
        let francisca = named(&house, "Maria", "Francisca").await;
        assert_eq!(whom(&["Fernanda"]).await, [(None, None, vec![francisca])], "her twin is not taken for her");
        assert_eq!(whom(&["F."]).await, [(None, Some(francisca), vec![francisca])]);
        let alone = [(None, None, vec![]), (None, Some(francisca), vec![francisca])];
        assert_eq!(whom(&["Fernanda", "Francisca"]).await, alone, "and no twin is left out");
        let fernanda = named(&house, "Maria", "Fernanda").await;
        assert_eq!(whom(&["Fernanda"]).await, [(None, Some(fernanda), vec![fernanda])]);
        let both = [(None, Some(fernanda), vec![fernanda]), (None, Some(francisca), vec![francisca])];
        assert_eq!(whom(&["Fernanda", "Francisca"]).await, both);
    })
    .await;
}

#[tokio::test]
async fn an_initial_on_file_does_not_make_a_child_the_one_of_two_twins() {
    in_a_house(|house| async move {
        let maria = named(&house, "Maria", "F.").await;
        let rows = "7,Okafor,Maria Francisca,2021-03-10,K,K-1\n8,Okafor,Maria Fernanda,2021-03-10,K,K-1\n";
        let offered =
            |found: &Match| matches!(found, Match::Doubtful(people) if people.len() == 1 && people[0].patient == maria);
        let found = listed(&house, rows).await;
        assert!(found.iter().all(offered), "{found:?}");
        let first = listed(&house, rows.split_inclusive('\n').next().unwrap()).await;
        assert!(first.iter().all(offered), "{first:?}");
    })
    .await;
}

#[tokio::test]
async fn whom_two_lines_name_is_neither_before_the_school_says_which() {
    in_a_house(|house| async move {
        let maria = named(&house, "Maria", "Francisca").await;
        // Two columns and one column: read apart, both are this child by name and day.
        let rows = ["7,Okafor,Maria,2021-03-10,K,K-1\n", "8,Okafor,Maria Francisca,2021-03-10,K,K-1\n"];
        for alone in rows {
            let found = Match::Found { patient: maria, known: false, moved_from: None };
            assert_eq!(listed(&house, alone).await, [found], "{alone}");
        }
        for rows in [rows.concat(), [rows[1], rows[0]].concat()] {
            let found = listed(&house, &rows).await;
            assert!(
                found.iter().all(|found| found.people() == [maria] && matches!(found, Match::Doubtful(_))),
                "{found:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn neither_a_number_nor_the_order_of_lines_makes_one_twin_the_other() {
    in_a_house(|house| async move {
        let francisca = named(&house, "Maria", "Francisca").await;
        let head = "Student Number,Last Name,First Name,Middle Name,DOB,Grade,Homeroom\n";
        let reviewed = async |rows: &[(&str, &str)]| {
            let rows: String = rows
                .iter()
                .map(|(number, middle)| format!("{number},Okafor,Maria,{middle},2021-03-10,K,K-1\n"))
                .collect();
            house.listed(format!("{head}{rows}")).await
        };
        let said = async |rows: &[(&str, &str)]| {
            let review = reviewed(rows).await;
            let of = |line: registry::ReviewLine| (line.again, line.namesake, line.patient());
            (
                review.lines.iter().map(|line| line.found.clone()).collect::<Vec<_>>(),
                review.lines.into_iter().map(of).collect::<Vec<_>>(),
            )
        };
        // One without a middle name could be either of two: none of three is the other, in any order, and nobody is left out.
        for rows in [["", "Francisca", "Fernanda"], ["Fernanda", "", "Francisca"], ["Francisca", "Fernanda", ""]] {
            let (found, said) = said(&rows.map(|middle| ("", middle))).await;
            assert!(said.iter().all(|(again, ..)| again.is_none()), "{rows:?}: {said:?}");
            assert!(
                found.iter().zip(rows).all(|(found, middle)| middle != "Fernanda"
                    || !found.people().contains(&francisca)
                    || matches!(found, Match::Doubtful(_))),
                "{rows:?}: {found:?}"
            );
            assert!(
                !said.iter().zip(rows).any(|((.., patient), middle)| patient.is_some() && middle != "Francisca"),
                "{rows:?}"
            );
        }
        // What one line of a child says of its middle name counts for the other.
        let (found, _) = said(&[("100", ""), ("", "Fernanda")]).await;
        assert!(found.iter().all(|found| !matches!(found, Match::Found { .. })), "{found:?}");
        let saved = reviewed(&[("100", "Francisca")]).await;
        house
            .registry
            .save_roster(&house.nurse(), saved.id, replacing(&house, &house.nurse(), saved.id).await, &typed(""))
            .await
            .unwrap();
        let (found, _) = said(&[("100", "Fernanda")]).await;
        let Match::Doubtful(people) = &found[0] else { panic!("{found:?}") };
        assert!(people.iter().all(|one| one.patient == francisca && one.agrees.other_middle));
        // Both on file, and a number twice in the file: the names say.
        let fernanda = named(&house, "Maria", "Fernanda").await;
        let (_, said) = said(&[("100", "Francisca"), ("100", "Fernanda")]).await;
        assert_eq!(said, [(None, None, Some(francisca)), (None, None, Some(fernanda))]);
    })
    .await;
}

#[tokio::test]
async fn a_name_both_twins_went_by_makes_neither_the_other() {
    in_a_house(|house| async move {
        let francisca = named(&house, "Maria", "Francisca").await;
        let head = "Last Name,First Name,Middle Name,DOB,Grade,Homeroom\n";
        let mut tx = house.store.write().await.unwrap();
        let former = store::OtherName {
            id: id(900),
            patient: francisca,
            kind: "former",
            name: domain::PersonName::new("Lopez", "Maria", "").unwrap(),
            last_key: "lopez".into(),
            first_key: "maria".into(),
            born: day("2021-03-10"),
        };
        tx.add_names(&[former], house.registry.now()).await.unwrap();
        tx.commit().await.unwrap();
        let went_by = async |middle: &str| {
            let rows = format!("{head}Lopez,Maria,{middle},2021-03-10,K,K-1\n");
            house.listed(rows).await.lines.remove(0).patient()
        };
        assert_eq!((went_by("Francisca").await, went_by("Fernanda").await), (Some(francisca), None));
    })
    .await;
}

/// Somebody of a first and a middle name.
async fn named(house: &House, first: &str, middle: &str) -> PatientId {
    let name = domain::PersonName::new("Okafor", first, middle).unwrap();
    let person = domain::patient::Demographics { name, ..person("Okafor", first, "2021-03-10") };
    house.registry.add_person(&house.clinic(), &person, &dose("2022-03-10", 3)).await.unwrap()
}

/// Whom each line of a list means.
async fn listed(house: &House, rows: &str) -> Vec<Match> {
    house.listed(head(rows)).await.lines.into_iter().map(|line| line.found).collect()
}

#[tokio::test]
async fn of_two_children_of_one_name_and_day_neither_is_taken_for_the_one_on_file_by_the_order_of_the_list() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let nurse = house.nurse();
        for (name, expected) in [("Okafor,Mia", vec![mia]), ("Nobody,Here", vec![])] {
            let rows: String = ["8", "9", "9"].map(|number| format!("{number},{name},2021-03-10,K,K-1\n")).concat();
            let roster = house.registry.upload_roster(&nurse, head(&rows).as_bytes()).await.unwrap();
            let review = house.registry.review_roster(&nurse, roster).await.unwrap();
            let said: Vec<_> = review.lines.iter().map(|line| (line.again, line.namesake)).collect();
            assert_eq!(said, [(None, None), (None, Some(2)), (Some(3), None)], "{name}");
            for line in &review.lines {
                assert!(!matches!(line.found, Match::Found { .. }), "{name}: {:?}", line.found);
                assert_eq!(line.found.people(), expected, "{name}");
            }
        }
        // The school's own number says which of the two is meant; the other one is asked about no longer: nobody is left.
        let one = "9,Okafor,Mia,2021-03-10,K,K-1\n";
        let roster = house.registry.upload_roster(&nurse, head(one).as_bytes()).await.unwrap();
        house.registry.save_roster(&nurse, roster, replacing(&house, &nurse, roster).await, &typed("")).await.unwrap();
        let found = listed(&house, &format!("8,Okafor,Mia,2021-03-10,K,K-1\n{one}")).await;
        assert_eq!(found[0], Match::NotFound);
        assert_eq!(found[1].people(), [mia]);
    })
    .await;
}

#[tokio::test]
async fn twins_of_one_first_name_are_told_apart_by_the_middle_one() {
    let twin = |control: &str, middle: &str, dose: (&str, &str)| {
        let identity = format!("{control}^^^EHR^MR||Lund^Maria^{middle}^^^^L|Berg^Eva|20240110|F");
        vxu(control, &identity, &[given(control, dose.0, dose.1, "A")])
    };
    in_a_house(|house| async move {
        let francisca = twin("71", "Francisca", ("20250115", "03^MMR^CVX"));
        let batch = house.take(francisca).await;
        assert_eq!((batch.accepted + batch.warned, house.people().await), (1, 1));
        // Of another office, which has its own numbers: another middle name waits for somebody who knows, an initial does not.
        let (other, theirs) = (house.other_clinic(), house.other);
        let send = async |text: String| {
            let taken = house.registry.import(&other, theirs, ImportKind::Hl7, text.as_bytes(), &|_| {});
            taken.await.unwrap().batch
        };
        let batch = send(twin("82", "Fernanda", ("20250620", "21^varicella^CVX"))).await;
        assert_eq!((batch.waiting, batch.accepted + batch.warned, house.people().await), (1, 0, 1));
        let batch = send(twin("83", "F.", ("20250621", "21^varicella^CVX"))).await;
        assert_eq!((batch.waiting, batch.accepted + batch.warned, house.people().await), (0, 1, 1));
        // Once somebody has said who she is, her own number says it.
        let open = house.open(&other).await.remove(0);
        house.registry.choose_person(&other, domain::MessageId::new(open.id), None).await.unwrap();
        let batch = send(twin("82", "Fernanda", ("20250820", "08^HepB^CVX"))).await;
        assert_eq!((batch.waiting, batch.accepted + batch.warned, house.people().await), (0, 1, 2));
    })
    .await;
    for known in ["", "F."] {
        in_a_house(|house| async move {
            // On file without a whole middle name: the first one that is reported is hers, and her sister's waits.
            house.take(twin("71", known, ("20250115", "03^MMR^CVX"))).await;
            let both = [
                twin("82", "Francisca", ("20250620", "21^varicella^CVX")),
                twin("83", "Fernanda", ("20250721", "08^HepB^CVX")),
            ];
            let (other, site) = (house.other_clinic(), house.other);
            let text = both.concat();
            let batch =
                house.registry.import(&other, site, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch;
            assert_eq!((batch.waiting, batch.accepted + batch.warned, house.people().await), (1, 1, 1), "{known}");
            // At the desk too.
            let typed = |middle: &str| {
                let name = PersonName::new("Brandt", "Rosa", middle).unwrap();
                domain::patient::Demographics { name, ..person("Brandt", "Rosa", "2024-01-10") }
            };
            for (middle, vaccine) in [("", 3), ("Ana", 21), ("Anna", 8)] {
                house.registry.add_person(&other, &typed(middle), &dose("2025-06-22", vaccine)).await.unwrap();
            }
            assert_eq!(house.people().await, 3, "Ana is the first one, Anna somebody else");
        })
        .await;
    }
    in_a_house(|house| async move {
        // Another name without a middle one is no word for her sister.
        let identity = "71^^^EHR^MR||Lund^Maria^Francisca^^^^L~Lund^Maria^^^^^A|Berg^Eva|20240110|F";
        house.take(vxu("71", identity, &[given("71", "20250115", "03^MMR^CVX", "A")])).await;
        let theirs = twin("82", "Fernanda", ("20250620", "21^varicella^CVX"));
        let (other, site) = (house.other_clinic(), house.other);
        let batch =
            house.registry.import(&other, site, ImportKind::Hl7, theirs.as_bytes(), &|_| {}).await.unwrap().batch;
        assert_eq!((batch.waiting, house.people().await), (1, 1));
        // Typed at a desk she is somebody else.
        let name = PersonName::new("Lund", "Maria", "Fernanda").unwrap();
        let typed = domain::patient::Demographics { name, ..person("Lund", "Maria", "2024-01-10") };
        house.registry.add_person(&other, &typed, &dose("2025-06-22", 8)).await.unwrap();
        assert_eq!(house.people().await, 2);
    })
    .await;
}
