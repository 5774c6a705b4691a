//! Two at the same moment: one act, one dose, one certificate, and nobody's work lost. Twenty rounds each, on both engines.

use registry::Pressed;

use super::*;

pub(crate) const ROUNDS: u32 = 20;

/// Both at once; neither is dropped.
pub(crate) async fn both<T: Send + 'static>(
    one: impl Future<Output = T> + Send + 'static,
    other: impl Future<Output = T> + Send + 'static,
) -> (T, T) {
    let gate = Arc::new(tokio::sync::Barrier::new(2));
    let (first, second) = (Arc::clone(&gate), gate);
    let one = tokio::spawn(async move {
        first.wait().await;
        one.await
    });
    let other = tokio::spawn(async move {
        second.wait().await;
        other.await
    });
    (one.await.unwrap(), other.await.unwrap())
}

pub(crate) fn name_of(round: u32) -> PersonName {
    PersonName::new("Okafor", &format!("Mia{}", char::from(b'a' + u8::try_from(round).unwrap())), "").unwrap()
}

/// A person of a round.
async fn child(house: &House, round: u32) -> PatientId {
    let person = Demographics::new(name_of(round), BirthDate::stored(day("2019-03-10")), Gender::Female);
    let patient = house.registry.add_person(&house.clinic(), &person, &dose("2020-03-10", 3)).await.unwrap();
    let mut seeder = house.registry.seed().await.unwrap();
    seeder.guardian(id(9_000 + u128::from(round)), patient, UserId::new(id(10)), "parent").await.unwrap();
    seeder.commit().await.unwrap();
    patient
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_dose_reported_twice_at_the_same_moment_is_one() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let patient = child(&house, round).await;
            let report = || {
                let (registry, clinic) = (house.registry.clone(), house.clinic());
                async move { registry.add_dose(&clinic, patient, &dose("2023-03-10", 94)).await.is_ok() }
            };
            let (one, other) = both(report(), report()).await;
            assert!(one != other, "round {round}: one is told that it is on record already");
            let record = house.registry.record(&house.clinic(), patient).await.unwrap();
            assert_eq!(record.doses.len(), 2, "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_dose_corrected_and_taken_back_at_the_same_moment_has_one_history() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let patient = child(&house, round).await;
            let given = house.registry.record(&house.clinic(), patient).await.unwrap().doses[0].id;
            let (registry, clinic) = (house.registry.clone(), house.clinic());
            let correct = async move {
                registry
                    .correct_dose(&clinic, patient, given, 1, &dose("2020-03-11", 3), &says("wrong day"), None)
                    .await
                    .is_ok()
            };
            let (registry, clinic) = (house.registry.clone(), house.clinic());
            let void =
                async move { registry.void_dose(&clinic, patient, given, 1, &says("wrong child"), None).await.is_ok() };
            let (one, other) = both(correct, void).await;
            assert!(one != other, "round {round}: the second is told that it was changed");
            let record = house.registry.record(&house.clinic(), patient).await.unwrap();
            assert_eq!((record.changes.len(), record.doses.len() + record.voided.len()), (1, 1), "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_imported_twice_at_the_same_moment_makes_each_person_and_dose_once() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let name = char::from(b'a' + u8::try_from(round).unwrap());
            let text: String = (1..=3)
                .map(|number| {
                    format!(
                        "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|{round}-{number}|P|2.5.1\rPID|1||{round}^^^EHR^MR||Race{name}^Ann||20190101|F\rORC|RE||{round}-{number}^EHR\rRXA|0|1|2022031{number}||03^MMR^CVX|0.5|||00||||||A1||MSD^Merck^MVX|||CP|A\r"
                    )
                })
                .collect();
            let import = || {
                let (registry, caller, office, text) = (house.registry.clone(), house.clinic(), house.office, text.clone());
                async move { registry.import(&caller, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.is_ok() }
            };
            let before = house.registry.count_people().await.unwrap();
            let (one, other) = both(import(), import()).await;
            assert!(one && other, "round {round}");
            assert_eq!(house.registry.count_people().await.unwrap() - before, 1, "round {round}");
            let found = house.registry.search(&house.clinic(), &format!("Race{name}"), "Ann", day("2019-01-01")).await.unwrap();
            let exact = found.iter().find(|hit| hit.name.last() == format!("Race{name}")).unwrap();
            let record = house.registry.record(&house.clinic(), exact.id).await.unwrap();
            assert_eq!(record.doses.len(), 3, "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn newborns_without_a_name_reported_by_two_files_at_the_same_moment_are_each_one_and_nothing_waits() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            // A file of several, so that the numbers were looked up long before their turn comes.
            let file = |control: &str| {
                let about = |child: u32| {
                    format!(
                        "MSH|^~\\&|EHR|P1|MIIS|MA|20260801||VXU^V04^VXU_V04|{control}{round}x{child}|P|2.5.1\rPID|1||N{round}x{child}^^^EHR^MR||Round{}^BABYBOY||202607{:02}|M\rRXA|0|1|20260730||08^HepB^CVX\r",
                        char::from(b'a' + u8::try_from(round).unwrap()),
                        child + 1
                    )
                };
                (0..9).map(about).collect::<String>()
            };
            let import = |control: &str| {
                let (registry, clinic, office, text) =
                    (house.registry.clone(), house.clinic(), house.office, file(control));
                async move {
                    registry.import(&clinic, office, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch
                }
            };
            let before = house.registry.count_people().await.unwrap();
            let (one, other) = both(import("A"), import("B")).await;
            assert_eq!((one.waiting + other.waiting, one.refused + other.refused), (0, 0), "round {round}");
            assert_eq!(house.registry.count_people().await.unwrap() - before, 9, "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn somebody_new_entered_twice_at_the_same_moment_is_one_person_or_a_question() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let name = char::from(b'a' + u8::try_from(round).unwrap());
            let message = |office: u32| {
                format!(
                    "MSH|^~\\&|EHR|||MIIS|20260801||VXU^V04^VXU_V04|{office}-{round}|P|2.5.1\rPID|1||{round}^^^EHR{office}^MR||Two{name}^Ann||20190101|F\rORC|RE||{round}^EHR{office}\rRXA|0|1|2022031{office}||03^MMR^CVX|0.5|||00||||||A1||MSD^Merck^MVX|||CP|A\r"
                )
            };
            let import = |caller: Caller, site: SiteId, text: String| {
                let registry = house.registry.clone();
                async move { registry.import(&caller, site, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap().batch }
            };
            let before = house.registry.count_people().await.unwrap();
            let (one, other) = both(
                import(house.clinic(), house.office, message(1)),
                import(house.other_clinic(), house.other, message(2)),
            )
            .await;
            let waiting = one.waiting + other.waiting;
            assert_eq!(house.registry.count_people().await.unwrap() - before, 1, "round {round}, {waiting} waiting");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_request_certified_twice_at_the_same_moment_is_one_certificate() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let patient = child(&house, round).await;
            let request =
                house.registry.ask_for_record(&house.parent(), patient, house.office, RecordUse::School, &typed("")).await.unwrap().id;
            let shown = house.registry.review(&house.clinic(), patient, request).await.unwrap().shown;
            let certify = || {
                let (registry, clinic, shown) = (house.registry.clone(), house.clinic(), shown.clone());
                async move { registry.certify(&clinic, patient, request, IdentityCheck::Known, &shown, "en").await.is_ok() }
            };
            let (one, other) = both(certify(), certify()).await;
            assert!(one != other, "round {round}");
            let (_, all) = house.registry.record_and_certificates(&house.clinic(), patient).await.unwrap();
            assert_eq!(all.len(), 1, "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_certificate_and_a_correction_at_the_same_moment_never_leave_a_paper_that_is_wrong_unseen() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let patient = child(&house, round).await;
            let given = house.registry.record(&house.clinic(), patient).await.unwrap().doses[0].id;
            let request = house
                .registry
                .ask_for_record(&house.parent(), patient, house.office, RecordUse::School, &typed(""))
                .await
                .unwrap()
                .id;
            let shown = house.registry.review(&house.clinic(), patient, request).await.unwrap().shown;
            let (registry, clinic) = (house.registry.clone(), house.clinic());
            let certify = async move {
                registry.certify(&clinic, patient, request, IdentityCheck::Known, &shown, "en").await.is_ok()
            };
            let (registry, clinic) = (house.registry.clone(), house.clinic());
            let correct = async move {
                registry
                    .correct_dose(&clinic, patient, given, 1, &dose("2020-03-11", 3), &says("wrong day"), None)
                    .await
                    .is_ok()
            };
            let (certified, changed) = both(certify, correct).await;
            // Whoever comes second sees what the first has done: the paper states the record, or the desk has to decide about it.
            assert!(certified != changed, "round {round}: certified {certified}, changed {changed}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_decided_twice_at_the_same_moment_is_decided_once() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let patient = child(&house, round).await;
            let mut form = objection(Choice::Object);
            form.name = name_of(round);
            form.born = day("2019-03-10");
            let form = house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
            let decide = || {
                let (registry, reviewer, decision) =
                    (house.registry.clone(), house.reviewer(), Decision::Accept(vec![patient]));
                async move { registry.decide_objection(&reviewer, form.id, 1, &decision).await.is_ok() }
            };
            let (one, other) = both(decide(), decide()).await;
            assert!(one != other, "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_class_list_saved_twice_at_the_same_moment_enrolls_each_student_once() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let list = format!("Number,Last Name,First Name,DOB,Grade,Homeroom\n7{round},Nobody,Here,2021-01-01,K,R-{round}\n8{round},Other,There,2021-02-01,K,R-{round}\n");
            let upload = |list: String| {
                let (registry, nurse) = (house.registry.clone(), house.nurse());
                async move { registry.upload_roster(&nurse, list.as_bytes()).await.unwrap() }
            };
            let (first, second) = (upload(list.clone()).await, upload(list).await);
            let how = replacing(&house, &house.nurse(), first).await;
            let save = |roster| {
                let (registry, nurse) = (house.registry.clone(), house.nurse());
                async move { registry.save_roster(&nurse, roster, how, &typed("")).await.is_ok() }
            };
            both(save(first), save(second)).await;
            let classes = house.registry.classes(&house.nurse()).await.unwrap();
            let count = classes.iter().find(|(name, _)| *name == format!("R-{round}")).map(|(_, count)| *count);
            assert_eq!(count, Some(2), "round {round}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_class_list_saved_ten_times_at_the_same_moment_is_saved_once_and_nobody_waits_for_nothing() {
    in_a_house(|house| async move {
        for round in 0..4 {
            let list = format!(
                "Number,Last Name,First Name,DOB,Grade,Homeroom\n7{round},Nobody,Here,2021-01-01,K,T-{round}\n"
            );
            let roster = house.registry.upload_roster(&house.nurse(), list.as_bytes()).await.unwrap();
            let mut presses = tokio::task::JoinSet::new();
            let how = replacing(&house, &house.nurse(), roster).await;
            for _ in 0..10 {
                let (registry, nurse) = (house.registry.clone(), house.nurse());
                // As the page does: what was chosen is kept, then the list is saved.
                presses.spawn(async move {
                    registry.choose_in_roster(&nurse, roster, Vec::new()).await?;
                    registry.save_roster(&nurse, roster, how, &typed("")).await
                });
            }
            let told = presses.join_all().await;
            assert_eq!(told.iter().filter(|told| told.is_ok()).count(), 1, "round {round}: {told:?}");
            let is_late = |told: &registry::Result<usize>| {
                matches!(told, Ok(_) | Err(RegistryError::NotFound | RegistryError::Conflict))
            };
            assert!(told.iter().all(is_late), "round {round}: {told:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_button_pressed_twice_is_one_act() {
    in_a_house(|house| async move {
        for round in 0..ROUNDS {
            let digest = credentials::sha256(format!("press {round}").as_bytes());
            let press = || {
                let registry = house.registry.clone();
                async move { registry.press(&digest).await.unwrap() }
            };
            let (one, other) = both(press(), press()).await;
            let first = |pressed: &Pressed| matches!(pressed, Pressed::First);
            assert!(first(&one) != first(&other), "round {round}: {one:?}, {other:?}");
            house.registry.pressed(&digest, Some("/done")).await.unwrap();
            assert!(matches!(press().await, Pressed::Before(to) if to == "/done"), "round {round}");
        }
    })
    .await;
}
