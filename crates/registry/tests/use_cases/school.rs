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
    assert_eq!(
        house
            .registry
            .save_roster(&house.nurse(), roster, replacing(&house, &house.nurse(), roster).await, &typed(""))
            .await
            .unwrap(),
        1
    );
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Found { known: false, .. }));
    assert_eq!(review.lines[1].found, Match::NotFound);
    assert!(
        is_not_found(house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await),
        "nothing is saved before"
    );
    assert_eq!(
        house
            .registry
            .save_roster(&house.nurse(), roster, replacing(&house, &house.nurse(), roster).await, &typed(""))
            .await
            .unwrap(),
        2
    );
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
    house
        .registry
        .save_roster(&house.nurse(), first, replacing(&house, &house.nurse(), first).await, &typed(""))
        .await
        .unwrap();
    let without = upload("Number,Last Name,First Name,DOB,Grade\n7,Okafor,Mia,2021-03-10,K\n").await;
    let review = house.registry.review_roster(&house.nurse(), without).await.unwrap();
    assert_eq!(review.ask, Some(Ask::Class), "a list without classes is asked about");
    house.registry.say_of_roster(&house.nurse(), without, RosterAnswer::Class(typed(""))).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), without).await.unwrap();
    assert_eq!(review.lines[0].found, Match::Found { patient: mia, known: true, moved_from: None });
    assert_eq!(review.lines[0].student.class, "K-1");
    assert!(review.leaving.is_empty());
    let other = upload("Number,Last Name,First Name,DOB,Grade,Homeroom\n8,Nobody,Here,2021-01-01,K,K-1\n").await;
    let review = house.registry.review_roster(&house.nurse(), other).await.unwrap();
    assert_eq!(review.leaving, ["Okafor, Mia (K-1)"]);
}

pub(crate) fn head(rest: &str) -> String {
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
    house.registry.save_roster(&nurse, first, replacing(&house, &nurse, first).await, &typed("")).await.unwrap();
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
    assert_eq!(
        house.registry.save_roster(&nurse, roster, replacing(&house, &nurse, roster).await, &typed("")).await.unwrap(),
        1
    );
    let add = head(&format!("7,Okafor,Mia,2021-03-10,K,K-1\n{line}"));
    let roster = house.registry.upload_roster(&nurse, add.as_bytes()).await.unwrap();
    house.registry.save_roster(&nurse, roster, SaveAs::Add, &typed("")).await.unwrap();
    let classes = house.registry.classes(&nurse).await.unwrap();
    assert_eq!(classes, [("K-1".to_owned(), 2)], "added, and nobody twice");
    let only = house.registry.upload_roster(&nurse, head(line).as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&nurse, only).await.unwrap();
    assert_eq!((review.leaving.len(), review.classes.len()), (1, 1), "said before the button");
    house.registry.save_roster(&nurse, only, replacing(&house, &nurse, only).await, &typed("")).await.unwrap();
    assert_eq!(house.registry.classes(&nurse).await.unwrap(), [("K-1".to_owned(), 1)]);
    let _ = mia;
}

#[tokio::test]
async fn a_child_without_a_number_is_not_taken_for_the_one_in_the_same_row_of_another_list() {
    let house = house().await;
    let nurse = house.nurse();
    let table = |line: &str| format!("Last Name,First Name,DOB,Grade,Homeroom\n{line}\n");
    for (line, adds) in [("Nobody,Here,2021-01-01,K,K-1", false), ("Other,Child,2021-02-02,K,K-1", true)] {
        let list = house.registry.upload_roster(&nurse, table(line).as_bytes()).await.unwrap();
        let how = if adds { SaveAs::Add } else { replacing(&house, &nurse, list).await };
        assert_eq!(house.registry.save_roster(&nurse, list, how, &typed("")).await.unwrap(), 1, "{line}");
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
    house.registry.say_of_roster(&nurse, roster, RosterAnswer::Order(DateOrder::DayFirst)).await.unwrap();
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
        let save = |caller: Caller, id, reason: &'static str| {
            let house = Arc::clone(&house);
            async move {
                let how = replacing(&house, &caller, id).await;
                house.registry.save_roster(&caller, id, how, &typed(reason)).await
            }
        };
        let missing = |saved: registry::Result<usize>| {
            matches!(saved, Err(RegistryError::Invalid("reason", domain::Invalid::Missing)))
        };
        // A child of kindergarten age in grade 12.
        let (id, review) = list(house.nurse(), "7,Okafor,Mia,2021-03-10,12,12-1\n").await;
        assert_eq!(review.lines[0].needs_reason, Some(WhyReason::Age));
        assert!(missing(save(house.nurse(), id, "").await));
        house.registry.drop_roster(&house.nurse(), id).await.unwrap();
        // In kindergarten nothing is asked.
        let (id, review) = list(house.nurse(), "7,Okafor,Mia,2021-03-10,K,K-1\n").await;
        assert_eq!(review.lines[0].needs_reason, None);
        save(house.nurse(), id, "").await.unwrap();
        // Whoever is on the list of a school is listed by another one for a reason, and the first is told.
        let (id, review) = list(theirs.clone(), "9,Okafor,Mia,2021-03-10,K,K-9\n").await;
        assert_eq!(review.lines[0].needs_reason, Some(WhyReason::Elsewhere));
        assert!(missing(save(theirs.clone(), id, " ").await));
        assert!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap().is_empty(), "nothing has happened");
        save(theirs.clone(), id, "moved in August").await.unwrap();
        let told = house.registry.listed_elsewhere(&house.nurse()).await.unwrap();
        assert_eq!((told[0].by.as_str(), told[0].reason.as_str()), ("Other school", "moved in August"));
        assert_eq!((told[0].class_name.as_str(), told[0].name.sorted().as_str()), ("K-1", "Okafor, Mia"));
        assert!(house.registry.listed_elsewhere(&theirs).await.unwrap().is_empty());
        let looked = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
        let enrolled = |line: &store::AuditRow| line.action == "student.enrol" && line.reason == "moved in August";
        assert!(looked.iter().any(|looked| enrolled(&looked.line)));
        // A list of the same students again asks nothing.
        let (id, review) = list(theirs.clone(), "9,Okafor,Mia,2021-03-10,K,K-9\n").await;
        assert_eq!(review.lines[0].needs_reason, None);
        house.registry.drop_roster(&theirs, id).await.unwrap();
        // Once the family objects, the school is told nothing: a notice would say that its student is on file.
        let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
        assert!(house.registry.listed_elsewhere(&house.nurse()).await.unwrap().is_empty());
        let rejected = Decision::Reject(says("not the parent"));
        house.registry.decide_objection(&house.reviewer(), form.id, 1, &rejected).await.unwrap();
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

#[tokio::test]
async fn a_registrar_cannot_tell_a_dose_by_the_day_on_which_a_student_becomes_complete() {
    in_a_house(|house| async move {
        house.mia().await;
        let list = head("7,Okafor,Mia,2021-03-10,K,K-1");
        let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
        house
            .registry
            .save_roster(&house.nurse(), roster, replacing(&house, &house.nurse(), roster).await, &typed(""))
            .await
            .unwrap();
        let nurse = house.nurse();
        let registrar = house.as_(5, Role::SchoolRegistrar, nurse.principal.site());
        for on in ["2021-09-01", "2022-09-01", "2030-09-01"] {
            let board = house.registry.board(&registrar, "", day(on)).await.unwrap();
            assert_eq!(board.as_of, house.registry.today(), "{on}");
            assert_eq!(house.registry.board(&nurse, "", day(on)).await.unwrap().as_of, day(on));
        }
    })
    .await;
}
