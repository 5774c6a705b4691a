//! Class lists and boards.

use super::*;

#[tokio::test]
async fn a_class_list_matches_saves_and_shows_an_objection_like_a_stranger() {
    let house = house().await;
    let mia = house.mia().await;
    let list = "Number,Last Name,First Name,DOB,Grade,Homeroom\n7,Okafor,Mia,3/10/2021,K,K-1\n8,Nobody,Here,1/1/2021,K,K-1\n9,Okafro,Mia,3/10/2021,K,K-2\n";
    let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&house.nurse(), roster).await.unwrap();
    assert!(matches!(review.lines[0].found, Match::Found { known: false, .. }));
    assert_eq!(review.lines[1].found, Match::NotFound);
    assert!(matches!(review.lines[2].found, Match::Doubtful(_)));
    assert!(
        is_not_found(house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await),
        "nothing is saved before"
    );
    house.registry.choose_in_roster(&house.nurse(), roster, vec![(4, None)]).await.unwrap();
    assert_eq!(house.registry.save_roster(&house.nurse(), roster).await.unwrap(), 3);
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
    let first = upload("Number,Last Name,First Name,DOB,Grade,Homeroom\n7,Okafor,Mia,3/10/2021,K,K-1\n").await;
    house.registry.save_roster(&house.nurse(), first).await.unwrap();
    let without = upload("Number,Last Name,First Name,DOB,Grade\n7,Okafor,Mia,3/10/2021,K\n").await;
    let review = house.registry.review_roster(&house.nurse(), without).await.unwrap();
    assert_eq!(review.lines[0].found, Match::Found { patient: mia, known: true, moved_from: None });
    assert_eq!(review.lines[0].student.class, "K-1");
    assert!(review.leaving.is_empty());
    let other = upload("Number,Last Name,First Name,DOB,Grade,Homeroom\n8,Nobody,Here,1/1/2021,K,K-1\n").await;
    let review = house.registry.review_roster(&house.nurse(), other).await.unwrap();
    assert_eq!(review.leaving, ["Okafor, Mia (K-1)"]);
}
