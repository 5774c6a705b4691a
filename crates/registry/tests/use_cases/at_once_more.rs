//! Two at the same moment, found by an attack: one correction, one school that stays silent, one person.

use registry::Resent;

use super::{
    at_once::{ROUNDS, both, name_of},
    *,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_row_corrected_four_ways_at_the_same_moment_is_taken_once() {
    in_a_house(|house| async move {
        for round in 0..5 {
            let head = "last_name,first_name,birth_date,vaccine,given_on\n";
            let row = |on: &str| format!("Corrected{},Ann,2019-01-13,MMR,{on}\n", ["a", "b", "c", "d", "e"][round]);
            let bad = format!("{head}{}", row("2022-13-01"));
            house
                .registry
                .import(&house.clinic(), house.office, ImportKind::Csv, bad.as_bytes(), &|_| {})
                .await
                .unwrap();
            let open = domain::MessageId::new(house.open(&house.clinic()).await.remove(0).id);
            let before = house.registry.count_people().await.unwrap();
            let tries = (1..=4).map(|month| {
                let (registry, clinic, text) =
                    (house.registry.clone(), house.clinic(), format!("{head}{}", row(&format!("2022-0{month}-01"))));
                tokio::spawn(async move { registry.resubmit(&clinic, open, &text).await })
            });
            let mut taken = 0;
            for one in tries.collect::<Vec<_>>() {
                match one.await.unwrap() {
                    Ok(Resent::Taken(_)) => taken += 1,
                    Err(RegistryError::Conflict | RegistryError::NotFound) => {}
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(taken, 1, "round {round}");
            assert_eq!(house.registry.count_people().await.unwrap(), before + 1);
            let last = format!("Corrected{}", ["a", "b", "c", "d", "e"][round]);
            let found = house.registry.search(&house.clinic(), &last, "Ann", day("2019-01-13")).await.unwrap();
            assert_eq!(
                house.registry.record(&house.clinic(), found[0].id).await.unwrap().doses.len(),
                1,
                "round {round}"
            );
            assert!(house.open(&house.clinic()).await.is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_schools_that_save_the_same_children_at_the_same_moment_do_not_both_stay_silent() {
    in_a_house(|house| async move {
        school::add_school(&house, "Baldwin").await;
        let baldwin = SiteId::new(id(4));
        for (round, last) in ["Quimby", "Ostrander", "Vandermeer", "Blythe"].into_iter().enumerate() {
            house
                .registry
                .add_person(&house.clinic(), &person(last, "Ann", "2021-03-10"), &dose("2022-03-10", 3))
                .await
                .unwrap();
            let save = |nurse: Caller| {
                let registry = house.registry.clone();
                async move {
                    let list = format!(
                        "Number,Last Name,First Name,DOB,Grade,Homeroom\n{round},{last},Ann,2021-03-10,K,K-1\n"
                    );
                    let roster = registry.upload_roster(&nurse, list.as_bytes()).await.unwrap();
                    registry.review_roster(&nurse, roster).await.unwrap();
                    registry.save_roster(&nurse, roster, SaveAs::Add, &typed("")).await.is_ok()
                }
            };
            let (one, other) = both(save(house.nurse()), save(house.as_(13, Role::SchoolNurse, Some(baldwin)))).await;
            assert!(one != other, "round {round}: {one} {other}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whom_two_files_bring_at_the_same_moment_is_one_also_where_a_hidden_one_is_called_so() {
    in_a_house(|house| async move {
        let mia = house.mia().await;
        let on_file = house.patient(mia).await;
        for round in 0..ROUNDS {
            let name = name_of(round);
            let mut seeder = house.registry.seed().await.unwrap();
            let hidden = domain::patient::Patient {
                id: PatientId::new(id(5_000 + u128::from(round))),
                name: name.clone(),
                sharing: domain::patient::Sharing::Objected,
                gender: domain::patient::Gender::Female,
                ..on_file.clone()
            };
            seeder.person(&hidden, false, &[]).await.unwrap();
            seeder.commit().await.unwrap();
            let before = house.registry.count_people().await.unwrap();
            let import = |given: &str| {
                let (registry, caller, site) = (house.registry.clone(), house.other_clinic(), house.other);
                let row = format!("{},{},{},M,MMR,{given}", name.last(), name.first(), on_file.born.date());
                let text = format!("last_name,first_name,birth_date,gender,vaccine,given_on\n{row}\n");
                async move {
                    registry.import(&caller, site, ImportKind::Csv, text.as_bytes(), &|_| {}).await.unwrap().batch
                }
            };
            let (one, other) = both(import("2022-03-12"), import("2022-05-12")).await;
            assert_eq!((one.waiting + other.waiting, one.refused + other.refused), (0, 0), "round {round}");
            assert_eq!(house.registry.count_people().await.unwrap(), before + 1, "round {round}");
        }
    })
    .await;
}
