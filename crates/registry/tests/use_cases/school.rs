//! Class lists and boards.

use registry::WhyReason;

use super::*;

#[tokio::test]
async fn a_class_list_matches_saves_and_shows_an_objection_like_a_stranger() {
    let house = house().await;
    let mia = house.mia().await;
    let list = "Number,Last Name,First Name,DOB,Grade,Homeroom\n7,Okafor,Mia,2021-03-10,K,K-1\n8,Nobody,Here,2021-01-01,K,K-1\n";
    let misspelt = "Number,Last Name,First Name,DOB,Grade,Homeroom\n9,Okafro,Mia,2021-03-10,K,K-2\n";
    let roster = house.registry.upload_roster(&house.nurse(), misspelt.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Doubtful(_)));
    house.registry.choose_in_roster(&house.nurse(), roster, vec![(2, None)]).await.unwrap();
    assert_eq!(house.registry.save_roster(&house.nurse(), roster, SaveAs::Replace, "").await.unwrap(), 1);
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Found { known: false, .. }));
    assert_eq!(review.lines[1].found, Match::NotFound);
    assert!(
        is_not_found(house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await),
        "nothing is saved before"
    );
    assert_eq!(house.registry.save_roster(&house.nurse(), roster, SaveAs::Replace, "").await.unwrap(), 2);
    assert!(is_not_found(house.registry.review_roster(&house.nurse(), roster).await), "the file is forgotten");
    let board = house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await.unwrap();
    assert_eq!(board.lines.iter().map(|line| line.status).collect::<Vec<_>>(), [Status::Incomplete, Status::NoRecord]);
    let student = house.registry.student(&house.nurse(), board.lines[0].id, day("2026-09-02")).await.unwrap();
    assert_eq!(student.facts.unwrap().1.results.len(), 5);
    let registrar = house.as_(14, Role::SchoolRegistrar, Some(house.school));
    let short = house.registry.board(&registrar, "K-1", day("2026-09-02")).await.unwrap();
    assert!(short.status_only && short.lines.iter().all(|line| line.open.is_empty() && line.changes_on.is_none()));
    assert!(is_not_found(house.registry.student(&registrar, board.lines[0].id, day("2026-09-02")).await));
    // The family objects: the school sees what it sees of a child that is not on file.
    let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
    house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
    let board = house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await.unwrap();
    assert!(board.lines.iter().all(|line| line.name.is_none()
        && line.born.is_none()
        && line.status == Status::NoRecord
        && line.open.is_empty()));
    assert_eq!(
        board.lines.iter().map(|line| line.number.as_str()).collect::<Vec<_>>(),
        ["7", "8"],
        "the place in the list gives nothing away"
    );
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(review.lines.iter().all(|line| line.found == Match::NotFound));
}

#[tokio::test]
async fn a_file_without_classes_moves_nobody_and_names_who_leaves() {
    let house = house().await;
    let mia = house.mia().await;
    let upload = |list: &'static str| {
        let (registry, nurse) = (house.registry.clone(), house.nurse());
        async move { registry.upload_roster(&nurse, list.as_bytes()).await.unwrap() }
    };
    let first = upload("Number,Last Name,First Name,DOB,Grade,Homeroom\n7,Okafor,Mia,2021-03-10,K,K-1\n").await;
    house.registry.save_roster(&house.nurse(), first, SaveAs::Replace, "").await.unwrap();
    let without = upload("Number,Last Name,First Name,DOB,Grade\n7,Okafor,Mia,2021-03-10,K\n").await;
    let review = house.registry.review_roster(&house.nurse(), without).await.unwrap();
    assert_eq!(review.ask, Some(Ask::Class), "a list without classes is asked about");
    house.registry.say_of_roster(&house.nurse(), without, Said::Class(String::new())).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), without).await.unwrap();
    assert_eq!(review.lines[0].found, Match::Found { patient: mia, known: true, moved_from: None });
    assert_eq!(review.lines[0].student.class, "K-1");
    assert!(review.leaving.is_empty());
    let other = upload("Number,Last Name,First Name,DOB,Grade,Homeroom\n8,Nobody,Here,2021-01-01,K,K-1\n").await;
    let review = house.registry.review_roster(&house.nurse(), other).await.unwrap();
    assert_eq!(review.leaving, ["Okafor, Mia (K-1)"]);
}

fn head(rest: &str) -> String {
    format!("Number,Last Name,First Name,DOB,Grade,Homeroom\n{rest}")
}

#[tokio::test]
async fn a_student_is_found_by_the_schools_number_before_the_name() {
    let house = house().await;
    let mia = house.mia().await;
    let nurse = house.nurse();
    let upload = |list: String| {
        let (registry, nurse) = (house.registry.clone(), house.nurse());
        async move { registry.upload_roster(&nurse, list.as_bytes()).await.unwrap() }
    };
    let first = upload(head("7,Okafor,Mia,2021-03-10,K,K-1\n")).await;
    house.registry.save_roster(&nurse, first, SaveAs::Replace, "").await.unwrap();
    // The initial, a misspelling: the number says who it is.
    for line in ["7,Okafor,Mia A,2021-03-10,K,K-1", "7,Okafro,Mia,2021-03-10,K,K-1", "7,Okafor,Mia,2021-10-03,K,K-1"] {
        let list = upload(head(line)).await;
        let review = house.registry.review_roster(&nurse, list).await.unwrap();
        assert_eq!(review.lines[0].found, Match::Found { patient: mia, known: true, moved_from: None }, "{line}");
        assert!(review.leaving.is_empty(), "{line}");
    }
    // A number that the name or the date of birth contradicts names nobody.
    for line in ["7,Silva,Tom,2019-05-05,2,2-1", "7,Okafor,Mia,2015-08-09,5,5-1"] {
        let list = upload(head(line)).await;
        let review = house.registry.review_roster(&nurse, list).await.unwrap();
        assert_eq!(review.lines[0].found, Match::NotFound, "{line}");
    }
}

#[test]
fn every_vaccine_a_rule_asks_for_has_a_name_and_is_shown_to_the_school() {
    use domain::school::Grade;

    let grades = [Grade::Preschool, Grade::Kindergarten].into_iter().chain((1..=12).map(Grade::Year));
    for rule in grades.flat_map(|grade| requirements::rule_set(day("2026-09-02")).for_grade(grade)) {
        let antigens = requirements::antigens_of(&rule.id);
        assert!(!antigens.is_empty() && antigens.iter().all(|antigen| access::is_required(*antigen)), "{}", rule.id);
        for lang in words::Lang::ALL {
            assert!(!requirements::name(words::Words(*lang), &rule.id).is_empty(), "{}", rule.id);
        }
    }
}

#[tokio::test]
async fn a_student_listed_three_times_is_one_and_a_list_can_be_added_to() {
    let house = house().await;
    let mia = house.mia().await;
    let nurse = house.nurse();
    let line = "8,Nobody,Here,2021-01-01,K,K-1\n";
    let roster = house.registry.upload_roster(&nurse, head(&line.repeat(3)).as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    assert_eq!(review.lines.iter().map(|line| line.again).collect::<Vec<_>>(), [None, Some(2), Some(2)]);
    assert_eq!(house.registry.save_roster(&nurse, roster, SaveAs::Replace, "").await.unwrap(), 1);
    let add = head(&format!("7,Okafor,Mia,2021-03-10,K,K-1\n{line}"));
    let roster = house.registry.upload_roster(&nurse, add.as_bytes()).await.unwrap();
    house.registry.save_roster(&nurse, roster, SaveAs::Add, "").await.unwrap();
    let classes = house.registry.classes(&nurse).await.unwrap();
    assert_eq!(classes, [("K-1".to_owned(), 2)], "added, and nobody twice");
    let only = house.registry.upload_roster(&nurse, head(line).as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&nurse, only).await.unwrap();
    assert_eq!((review.leaving.len(), review.classes.len()), (1, 1), "said before the button");
    house.registry.save_roster(&nurse, only, SaveAs::Replace, "").await.unwrap();
    assert_eq!(house.registry.classes(&nurse).await.unwrap(), [("K-1".to_owned(), 1)]);
    let _ = mia;
}

#[tokio::test]
async fn a_middle_name_in_the_column_of_first_names_does_not_make_a_child_doubtful() {
    let house = house().await;
    let name = domain::PersonName::new("Okafor", "Mia", "Adaeze").unwrap();
    let person = domain::patient::Demographics { name, ..person("Okafor", "Mia", "2021-03-10") };
    let mia = house.registry.add_person(&house.clinic(), &person, &dose("2022-03-10", 3)).await.unwrap();
    let nurse = house.nurse();
    let found = async |first: &str| {
        let list = head(&format!("7,Okafor,{first},2021-03-10,K,K-1\n"));
        let roster = house.registry.upload_roster(&nurse, list.as_bytes()).await.unwrap();
        house.registry.review_roster(&nurse, roster).await.unwrap().lines.remove(0).found
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
            let roster =
                house.registry.upload_roster(&house.nurse(), format!("{head}{rows}").as_bytes()).await.unwrap();
            let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
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
        let upload = async |rows: &[(&str, &str)]| {
            let rows: String = rows
                .iter()
                .map(|(number, middle)| format!("{number},Okafor,Maria,{middle},2021-03-10,K,K-1\n"))
                .collect();
            house.registry.upload_roster(&house.nurse(), format!("{head}{rows}").as_bytes()).await.unwrap()
        };
        let said = async |rows: &[(&str, &str)]| {
            let roster = upload(rows).await;
            let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
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
        let saved = upload(&[("100", "Francisca")]).await;
        house.registry.save_roster(&house.nurse(), saved, SaveAs::Replace, "").await.unwrap();
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
            let roster = house.registry.upload_roster(&house.nurse(), rows.as_bytes()).await.unwrap();
            house.registry.review_roster(&house.nurse(), roster).await.unwrap().lines.remove(0).patient()
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
    let nurse = house.nurse();
    let roster = house.registry.upload_roster(&nurse, head(rows).as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    review.lines.into_iter().map(|line| line.found).collect()
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
        house.registry.save_roster(&nurse, roster, SaveAs::Replace, "").await.unwrap();
        let found = listed(&house, &format!("8,Okafor,Mia,2021-03-10,K,K-1\n{one}")).await;
        assert_eq!(found[0], Match::NotFound);
        assert_eq!(found[1].people(), [mia]);
    })
    .await;
}

#[tokio::test]
async fn a_child_without_a_number_is_not_taken_for_the_one_in_the_same_row_of_another_list() {
    let house = house().await;
    let nurse = house.nurse();
    let table = |line: &str| format!("Last Name,First Name,DOB,Grade,Homeroom\n{line}\n");
    for (line, how) in
        [("Nobody,Here,2021-01-01,K,K-1", SaveAs::Replace), ("Other,Child,2021-02-02,K,K-1", SaveAs::Add)]
    {
        let list = house.registry.upload_roster(&nurse, table(line).as_bytes()).await.unwrap();
        assert_eq!(house.registry.save_roster(&nurse, list, how, "").await.unwrap(), 1, "{line}");
    }
    assert_eq!(house.registry.classes(&nurse).await.unwrap(), [("K-1".to_owned(), 2)]);
}

#[tokio::test]
async fn what_a_file_does_not_say_is_asked_once() {
    let house = house().await;
    let nurse = house.nurse();
    // Dates that can be read either way are not guessed.
    let roster = house
        .registry
        .upload_roster(&nurse, head("1,Lee,Ann,3/4/2019,TK,1-1\n2,Lee,Bo,5/6/2019,TK,1-1\n").as_bytes())
        .await
        .unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    assert_eq!(review.ask, Some(Ask::Order("3/4/2019".into())));
    house.registry.say_of_roster(&nurse, roster, Said::Order(DateOrder::DayFirst)).await.unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    assert_eq!((review.ask, review.grades.as_slice()), (None, &[("TK".to_owned(), 2)][..]));
    house.registry.say_grades(&nurse, &[("TK".into(), Grade::Kindergarten)]).await.unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    assert_eq!(review.lines[0].student.born.date(), day("2019-04-03"));
    // One date decides for all, and the word for the grade is remembered.
    let roster = house
        .registry
        .upload_roster(&nurse, head("1,Lee,Ann,3/4/2019,TK,1-1\n2,Lee,Bo,14/06/2019,tk,1-1\n").as_bytes())
        .await
        .unwrap();
    let review = house.registry.review_roster(&nurse, roster).await.unwrap();
    assert_eq!((review.ask.clone(), review.lines.len()), (None, 2));
    assert_eq!(review.lines[0].student.born.date(), day("2019-04-03"));
    // No row names columns: the first lines are shown.
    let roster = house.registry.upload_roster(&nurse, b"Lee,Ann,2019-03-04,1\nLee,Bo,2019-05-06,1\n").await.unwrap();
    assert!(
        matches!(house.registry.review_roster(&nurse, roster).await.unwrap().ask, Some(Ask::Header(rows)) if rows.len() == 2)
    );
}

/// A second school, 4.
pub(crate) async fn add_school(house: &House, name: &str) {
    let school = Site {
        id: id(4),
        name: name.into(),
        kind: "school".into(),
        street: String::new(),
        city: String::new(),
        state: "MA".into(),
        zip: String::new(),
        phone: String::new(),
        code: "P4".into(),
    };
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.site(&school).await.unwrap();
    seeder.commit().await.unwrap();
}

#[tokio::test]
async fn nobody_is_opened_by_listing_them_and_the_other_school_is_told() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let other = SiteId::new(id(4));
        add_school(&house, "Other school").await;
        let theirs = house.as_(13, Role::SchoolNurse, Some(other));
        let list = |caller: Caller, rows: &'static str| {
            let registry = house.registry.clone();
            async move {
                let id = registry.upload_roster(&caller, head(rows).as_bytes()).await.unwrap();
                (id, registry.review_roster(&caller, id).await.unwrap())
            }
        };
        let missing = |saved: registry::Result<usize>| {
            matches!(saved, Err(RegistryError::Invalid("reason", domain::Invalid::Missing)))
        };
        // A child of kindergarten age in grade 12.
        let (id, review) = list(house.nurse(), "7,Okafor,Mia,2021-03-10,12,12-1\n").await;
        assert_eq!(review.lines[0].needs_reason, Some(WhyReason::Age));
        assert!(missing(house.registry.save_roster(&house.nurse(), id, SaveAs::Replace, "").await));
        house.registry.drop_roster(&house.nurse(), id).await.unwrap();
        // In kindergarten nothing is asked.
        let (id, review) = list(house.nurse(), "7,Okafor,Mia,2021-03-10,K,K-1\n").await;
        assert_eq!(review.lines[0].needs_reason, None);
        house.registry.save_roster(&house.nurse(), id, SaveAs::Replace, "").await.unwrap();
        // Whoever is on the list of a school is listed by another one for a reason, and the first is told.
        let (id, review) = list(theirs.clone(), "9,Okafor,Mia,2021-03-10,K,K-9\n").await;
        assert_eq!(review.lines[0].needs_reason, Some(WhyReason::Elsewhere));
        assert!(missing(house.registry.save_roster(&theirs, id, SaveAs::Replace, " ").await));
        assert!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap().is_empty(), "nothing has happened");
        house.registry.save_roster(&theirs, id, SaveAs::Replace, "moved in August").await.unwrap();
        let told = house.registry.listed_elsewhere(&house.nurse()).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].by.as_str(), told[0].reason.as_str()), ("Other school", "moved in August"));
        assert_eq!((told[0].class_name.as_str(), told[0].number.as_str()), ("K-1", "7"));
        assert!(told[0].name.is_some());
        assert!(house.registry.listed_elsewhere(&theirs).await.unwrap().is_empty());
        let looked = house.registry.who_looked(&house.parent(), mia).await.unwrap();
        assert!(
            looked
                .iter()
                .any(|looked| looked.line.action == "student.enrol" && looked.line.reason == "moved in August")
        );
        // A list of the same students again asks nothing.
        let (id, review) = list(theirs.clone(), "9,Okafor,Mia,2021-03-10,K,K-9\n").await;
        assert_eq!(review.lines[0].needs_reason, None);
        house.registry.drop_roster(&theirs, id).await.unwrap();
        // Once the family objects, the school is told by number only.
        house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
        assert!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap()[0].name.is_none());
        // Another school cannot put it away.
        house.registry.see_listed_elsewhere(&theirs, &[told[0].id]).await.unwrap();
        assert_eq!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap().len(), 1);
        house.registry.see_listed_elsewhere(&house.nurse(), &[told[0].id]).await.unwrap();
        assert!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_registrar_has_nobody_to_choose_from() {
    let house = house().await;
    let mia = house.mia().await;
    let registrar = house.as_(14, Role::SchoolRegistrar, Some(house.school));
    let list = head("7,Okafro,Mia,2021-03-10,K,K-1\n");
    let id = house.registry.upload_roster(&registrar, list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&registrar, id).await.unwrap();
    assert_eq!(review.lines[0].found, Match::Doubtful(Vec::new()));
    house.registry.choose_in_roster(&registrar, id, vec![(2, Some(mia))]).await.unwrap();
    // The nurse sees in what they agree, and what she chooses the registrar saves.
    let review = house.registry.review_roster(&house.nurse(), id).await.unwrap();
    let Match::Doubtful(candidates) = &review.lines[0].found else { panic!("{review:?}") };
    assert_eq!(candidates.len(), 1);
    house.registry.choose_in_roster(&house.nurse(), id, vec![(2, Some(mia))]).await.unwrap();
    let review = house.registry.review_roster(&registrar, id).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Found { patient, .. } if patient == mia));
}
