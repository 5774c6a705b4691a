//! A class list tells nothing of whoever is kept from the school, also by a name they went by and by adding to a class.

use store::OtherName;

use super::*;

fn head(rest: &str) -> String {
    format!("Number,Last Name,First Name,DOB,Grade,Homeroom\n{rest}")
}

/// Reviews a list, and saves it so.
async fn save(house: &House, rows: &str, adds: bool) -> registry::RosterReview {
    let nurse = house.nurse();
    let list = house.registry.upload_roster(&nurse, head(rows).as_bytes()).await.unwrap();
    let review = house.registry.review_roster(&nurse, list).await.unwrap();
    let how = if adds { SaveAs::Add } else { replacing(house, &nurse, list).await };
    house.registry.save_roster(&nurse, list, how, &typed("")).await.unwrap();
    review
}

async fn numbers(house: &House) -> Vec<String> {
    let board = house.registry.board(&house.nurse(), "K-1", day("2026-09-02")).await.unwrap();
    board.lines.into_iter().map(|line| line.number).collect()
}

#[tokio::test]
async fn adding_a_child_again_whose_family_has_objected_adds_as_much_as_adding_nobody_again() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        save(&house, "7,Okafor,Mia,2021-03-10,K,K-1\n8,Nobody,Here,2021-01-01,K,K-1\n", false).await;
        let form = house.registry.submit_objection(&Caller::public(), objection(Choice::Object), false).await.unwrap();
        house.registry.decide_objection(&house.reviewer(), form.id, 1, &Decision::Accept(vec![mia])).await.unwrap();
        assert_eq!(numbers(&house).await, ["7", "8"]);
        for _ in 0..2 {
            save(&house, "7,Okafor,Mia,2021-03-10,K,K-1\n", true).await;
            save(&house, "8,Nobody,Here,2021-01-01,K,K-1\n", true).await;
        }
        assert_eq!(numbers(&house).await, ["7", "8"]);
    })
    .await;
}

#[tokio::test]
async fn somebody_found_by_a_former_name_is_found_also_where_a_hidden_one_goes_by_it() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let mut tx = house.store.write().await.unwrap();
        let name = PersonName::new("Silva", "Tia", "").unwrap();
        let (last_key, first_key) = ("silva".to_owned(), "tia".to_owned());
        let former = OtherName {
            id: id(900),
            patient: mia,
            kind: "former",
            name: name.clone(),
            last_key: last_key.clone(),
            first_key: first_key.clone(),
            born: day("2021-03-10"),
        };
        tx.add_names(&[former], house.registry.now()).await.unwrap();
        tx.commit().await.unwrap();
        let row = "7,Silva,Tia,2021-03-10,K,K-1\n";
        let review = |house: Arc<House>| async move {
            let list = house.registry.upload_roster(&house.nurse(), head(row).as_bytes()).await.unwrap();
            house.registry.review_roster(&house.nurse(), list).await.unwrap().lines.remove(0).found
        };
        let alone = review(house.clone()).await;
        assert_eq!(alone, Match::Found { patient: mia, known: false, moved_from: None });
        // Somebody of that name today, whose family has objected.
        let mut seeder = house.registry.seed().await.unwrap();
        let on_file = house.store.read().await.unwrap().patient(mia).await.unwrap().unwrap().patient();
        let hidden = domain::patient::Patient {
            id: PatientId::new(id(901)),
            name,
            sharing: domain::patient::Sharing::Objected,
            ..on_file
        };
        seeder.person(&hidden, false, &[]).await.unwrap();
        seeder.commit().await.unwrap();
        assert_eq!(review(house.clone()).await, alone);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_told_that_a_dose_is_on_record_has_looked_and_the_family_sees_it() {
    let house = house().await;
    let mia = house.mia().await;
    let before = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines.len();
    let said = house.registry.record(&house.clinic(), mia).await.unwrap();
    let given = said.doses.first().map(|dose| (dose.given_on, dose.cvx)).unwrap();
    let entry = DoseEntry { given_on: PastDay::new(given.0, given.0).unwrap(), cvx: given.1, ..dose("2022-03-12", 3) };
    let stranger = house.as_(15, Role::ProviderStaff, Some(house.other));
    let known = domain::patient::Demographics::new(said.person.name.clone(), said.person.born, said.person.gender);
    let told = house.registry.add_person(&stranger, &known, &entry).await;
    assert!(matches!(told, Err(RegistryError::OnRecord)), "{told:?}");
    let after = house.registry.who_looked(&house.parent(), mia, 1).await.unwrap().lines;
    assert!(after.iter().any(|looked| looked.line.site_id == Some(house.other.uuid())), "{before} {after:?}");
}

#[tokio::test]
async fn evidence_two_offices_report_is_each_ones_word_and_stands_once() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let message = |control: &str| {
            format!(
                "MSH|^~\\&|EHR|P1|MIIS|MA|20260801||VXU^V04^VXU_V04|{control}|P|2.5.1\rPID|1||9{control}^^^EHR{control}^MR||Okafor^Mia||20210310|F\rORC|RE||9999^EHR\rRXA|0|1|20240101||998^None^CVX|999|||||||||||||||CP|A\r{obx}{obx}",
                obx = "OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||F|||20240101\r"
            )
        };
        for (office, control) in [(house.office, "1"), (house.other, "2")] {
            let caller = house.as_(11, Role::ProviderStaff, Some(office));
            let text = message(control);
            let taken =
                house.registry.import(&caller, office, ImportKind::of(text.as_bytes()), text.as_bytes(), &|_| {}).await;
            assert_eq!(taken.unwrap().batch.accepted, 1);
            let mut tx = house.store.read().await.unwrap();
            assert_eq!(tx.evidence_from(mia, office).await.unwrap().len(), 1, "{control}");
            assert_eq!(tx.evidence(mia).await.unwrap().len(), 1, "{control}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_a_class_without_having_been_shown() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let nurse = house.nurse();
        let upload = |rows: &'static str| {
            let (registry, nurse) = (house.registry.clone(), house.nurse());
            async move { registry.upload_roster(&nurse, head(rows).as_bytes()).await.unwrap() }
        };
        let list = upload("9,Nobody,Here,2021-01-01,K,K-1\n").await;
        let how = replacing(&house, &nurse, list).await;
        // Meanwhile another window adds a student to the class.
        save(&house, "7,Okafor,Mia,2021-03-10,K,K-1\n", true).await;
        let late = house.registry.save_roster(&nurse, list, how, &typed("")).await;
        assert!(matches!(late, Err(RegistryError::Conflict)), "{late:?}");
        assert_eq!(numbers(&house).await, ["7"]);
        let nothing = SaveAs::Replace(registry::ClassesShown::parse(""));
        assert!(matches!(
            house.registry.save_roster(&nurse, list, nothing, &typed("")).await,
            Err(RegistryError::Conflict)
        ));
        let shown = house.registry.review_roster(&nurse, list).await.unwrap();
        assert_eq!(shown.leaving, ["Okafor, Mia (K-1)"]);
        let carried = registry::ClassesShown::parse(&shown.shown.to_string());
        house.registry.save_roster(&nurse, list, SaveAs::Replace(carried), &typed("")).await.unwrap();
        assert_eq!(numbers(&house).await, ["9"]);
        let lines = house.store.read().await.unwrap().audits_of(mia, None, 20).await.unwrap();
        assert_eq!(lines.iter().filter(|line| line.action == "student.leave").count(), 1, "and the family can see it");
    })
    .await;
}
