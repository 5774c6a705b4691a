//! Requests and their certificates, objections, files: what is kept of papers.

use super::*;

fn statement() -> Statement {
    Statement {
        number: "MA-2026-1".into(),
        name: "Mia Okafor".into(),
        born: day("2021-03-10"),
        gender: "F".into(),
        doses: Vec::new(),
        evidence: Vec::new(),
        requirements: Vec::new(),
        rule_set: String::new(),
        as_of: day("2026-09-01"),
        issued_at: at(),
        certifier: String::new(),
        licence: String::new(),
        office: String::new(),
        office_address: String::new(),
        recipient: String::new(),
        language: "en".into(),
    }
}

#[tokio::test]
async fn a_request_is_decided_once_and_its_certificate_is_found_by_its_code() {
    on_both(|store| async move {
        furnished(&store).await;
        let (mia, office, parent) = (PatientId::new(id(20)), SiteId::new(id(1)), UserId::new(id(10)));
        let mut tx = store.write().await.unwrap();
        tx.add_request(RequestId::new(id(70)), mia, parent, office, "school", "Adams", at()).await.unwrap();
        let request = tx.request(mia, RequestId::new(id(70))).await.unwrap().unwrap();
        assert_eq!((request.state(), request.site_name.as_str()), (RequestState::Asked, "Place 1"));
        assert_eq!(tx.requests_at(office, Sharing::ALL, all()).await.unwrap().len(), 1);
        assert_eq!(tx.count_requests(office, Sharing::ALL).await.unwrap(), 1);
        for hidden in [&[][..], &[Sharing::Provisional, Sharing::Objected]] {
            assert!(tx.requests_at(office, hidden, all()).await.unwrap().is_empty());
            assert_eq!(tx.count_requests(office, hidden).await.unwrap(), 0);
        }
        assert!(tx.requests_at(office, Sharing::ALL, Part { most: 10, skip: 1 }).await.unwrap().is_empty());
        let certificate = Certificate {
            patient: mia,
            id: CertificateId::new(id(71)),
            version: 1,
            code: "0123456789ABCDEF".into(),
            site: office,
            account: id(10),
            identity_check: "known".into(),
            statement: statement(),
            doses_digest: "abc".into(),
            issued_at: at(),
            revoked_at: None,
            revoked_reason: String::new(),
            changed_at: None,
            kept_at: None,
            kept_reason: String::new(),
            replaced_by: None,
        };
        tx.add_certificate(&certificate).await.unwrap();
        tx.decide_request(&request, RequestState::Released, "", Some(certificate.id), at()).await.unwrap();
        assert!(matches!(
            tx.decide_request(&request, RequestState::Returned, "no", None, at()).await,
            Err(StoreError::Conflict)
        ));
        assert!(tx.requests_at(office, Sharing::ALL, all()).await.unwrap().is_empty());
        assert_eq!(tx.requests_of(PatientId::new(id(20))).await.unwrap()[0].certificate_id, Some(id(71)));
        assert_eq!(tx.certificate_by_code("0123456789ABCDEF").await.unwrap().unwrap().statement, statement());
        assert!(tx.certificate_by_code("0123456789ABCDEG").await.unwrap().is_none());
        assert_eq!(tx.certificates_of(mia).await.unwrap().len(), 1);
        // The record changes: the office keeps it, it changes again, and it is revoked.
        tx.mark_certificate(mia, certificate.id, at()).await.unwrap();
        let (_, marked) = tx.undecided_certificates(office).await.unwrap().remove(0);
        assert!(marked.is_undecided());
        tx.confirm_certificate(&marked, "the lot number only", at()).await.unwrap();
        assert!(matches!(tx.confirm_certificate(&marked, "again", at()).await, Err(StoreError::Conflict)));
        assert!(tx.undecided_certificates(office).await.unwrap().is_empty());
        tx.mark_certificate(mia, certificate.id, at()).await.unwrap();
        let certificate = tx.certificate(mia, certificate.id).await.unwrap().unwrap();
        assert!(certificate.is_undecided() && certificate.kept_reason.is_empty());
        tx.replace_certificate(mia, certificate.id, CertificateId::new(id(72))).await.unwrap();
        assert_eq!(tx.requests_of(mia).await.unwrap()[0].certificate_id, Some(id(72)));
        tx.revoke_certificate(&certificate, "wrong child", at()).await.unwrap();
        assert!(matches!(tx.revoke_certificate(&certificate, "again", at()).await, Err(StoreError::Conflict)));
        assert_eq!(tx.certificate(mia, certificate.id).await.unwrap().unwrap().revoked_reason, "wrong child");
    })
    .await;
}

pub(crate) fn objection(number: u128, choice: Choice) -> Objection {
    let form = Form {
        choice,
        name: PersonName::stored("Okafor".into(), "Mia".into(), String::new()),
        born: day("2021-03-10"),
        gender: Gender::Female,
        address: Address::default(),
        phone: String::new(),
        email: String::new(),
        mother: Mother::default(),
        signer: Signer::Parent,
        signature: "Grace".into(),
        signed_on: day("2026-09-01"),
        office: String::new(),
        office_staff: String::new(),
        language: "en".into(),
    };
    Objection {
        id: ObjectionId::new(id(number)),
        version: 1,
        receipt: format!("OB-{number}"),
        form,
        state: State::Submitted,
        reason: String::new(),
        patient: None,
        account: None,
        site: None,
        submitted_at: at() + chrono::Duration::seconds(i64::try_from(number).unwrap()),
        decided_at: None,
        decided_by: String::new(),
    }
}

const NAME: (&str, &str) = ("okafor", "mia");

#[tokio::test]
async fn a_form_fits_whoever_nothing_of_it_speaks_against_as_the_engine_and_the_program_see_it() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        let all = |values: [&'static str; 3]| {
            let [phone, zip, mother] = values;
            Marks { phone: phone.into(), zip: zip.into(), mother: mother.into() }
        };
        let words = ["", "1", "2"];
        let every = || {
            words.into_iter().flat_map(move |one| words.map(|two| words.map(|three| all([one, two, three])))).flatten()
        };
        let whose = (day("2021-03-10"), NAME.0, NAME.1);
        for (number, form) in every().enumerate() {
            let number = 1_000 + u128::try_from(number).unwrap();
            let sent = objection(number, Choice::Object);
            tx.add_objection(&sent, &number.to_be_bytes(), NAME, &form).await.unwrap();
            for known in every() {
                let to = tx.objected_to(whose, at(), &known, None).await.unwrap();
                assert_eq!(to, ObjectedTo { waits: !form.contradict(&known), unlooked: false }, "{form:?} {known:?}");
                let later = tx.objected_to(whose, at(), &known, Some(&sent)).await.unwrap();
                assert!(!later.waits, "one in effect since then");
            }
            tx.decide_objection(&sent, (State::InEffect, ""), None, None, at()).await.unwrap();
            for (since, looked) in [(at(), true), (at() + chrono::Duration::seconds(1), false)] {
                let to = tx.objected_to(whose, since, &form, None).await.unwrap();
                assert_eq!(to, ObjectedTo { waits: false, unlooked: !looked });
            }
            let decided = tx.objection(sent.id).await.unwrap().unwrap();
            tx.move_objection(&decided, State::Superseded, None).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_row_and_a_form_waits_for_its_person() {
    on_both(|store| async move {
        furnished(&store).await;
        let mia = PatientId::new(id(20));
        let mut tx = store.write().await.unwrap();
        let first = objection(80, Choice::Object);
        tx.add_objection(&first, b"digest", NAME, &Marks::default()).await.unwrap();
        keep(tx).await.unwrap();
        let mut tx = store.write().await.unwrap();
        assert!(matches!(
            tx.add_objection(&objection(81, Choice::Object), b"digest", NAME, &Marks::default()).await,
            Err(StoreError::Duplicate)
        ));
        drop(tx);
        let mut tx = store.write().await.unwrap();
        let account = UserId::new(id(10));
        let theirs = Objection { account: Some(account.uuid()), ..objection(82, Choice::Withdraw) };
        tx.add_objection(&theirs, b"other", NAME, &Marks::default()).await.unwrap();
        let whose = (day("2021-03-10"), NAME.0, NAME.1);
        assert_eq!(tx.latest_objection(whose, account).await.unwrap().unwrap().receipt, "OB-82");
        assert!(tx.latest_objection(whose, UserId::new(id(11))).await.unwrap().is_none());
        assert_eq!(tx.count_open_names().await.unwrap(), (1, 2), "two forms of one name");
        let names = tx.open_names(10, 0).await.unwrap();
        assert_eq!((names.len(), names[0].forms, names[0].last_key.as_str()), (1, 2, "okafor"));
        assert!(tx.open_names(10, 1).await.unwrap().is_empty());
        let open = tx.open_objections(day("2021-03-10"), "okafor", "mia", 1).await.unwrap();
        assert_eq!(open[0].receipt, "OB-82", "the newest");
        assert_eq!(tx.objection_by_receipt("OB-80").await.unwrap().unwrap().id, first.id);
        assert_eq!(tx.objections_of_name("okafor", 10).await.unwrap().len(), 2);
        assert!(tx.objections_of_name("adler", 10).await.unwrap().is_empty());
        tx.decide_objection(&first, (State::NoRecordYet, ""), None, None, at()).await.unwrap();
        assert!(matches!(
            tx.decide_objection(&first, (State::Rejected, ""), None, None, at()).await,
            Err(StoreError::Conflict)
        ));
        let waiting = tx.without_record(whose).await.unwrap();
        assert_eq!(waiting.iter().map(|form| form.receipt.as_str()).collect::<Vec<_>>(), ["OB-80"]);
        let decided = tx.objection(first.id).await.unwrap().unwrap();
        tx.move_objection(&decided, State::InEffect, Some(mia)).await.unwrap();
        assert!(matches!(tx.move_objection(&decided, State::InEffect, None).await, Err(StoreError::Conflict)));
        let moved = tx.in_effect_of(mia).await.unwrap();
        assert_eq!((moved[0].state, moved[0].decided_at), (State::InEffect, Some(at())), "as it was decided");
        assert_eq!(tx.objections_of(mia, account).await.unwrap().len(), 1);
    })
    .await;
}

fn batch() -> Batch {
    Batch::new(id(90), SiteId::new(id(1)), "hl7", at(), "august.hl7".into())
}

fn message() -> Message {
    Message {
        id: id(91),
        batch_id: id(90),
        site_id: id(1),
        position: 1,
        control_id: "M-1".into(),
        digest: [7; 32].to_vec(),
        state: "refused".into(),
        issues: serde_json::json!([]),
        content: "MSH|".into(),
        patient_id: None,
        about: "Lee, Ann".into(),
        received_at: at(),
        file_name: "august.hl7".into(),
        kind: "hl7".into(),
        sought_key: " ann lee m1 núñez".into(),
    }
}

#[tokio::test]
async fn an_imported_text_is_known_again_and_waits_until_somebody_acts() {
    on_both(|store| async move {
        furnished(&store).await;
        let office = SiteId::new(id(1));
        let mut tx = store.write().await.unwrap();
        let mut batch = batch();
        tx.add_batch(&batch, None).await.unwrap();
        batch.refused = 1;
        tx.count_batch(&batch).await.unwrap();
        let message = message();
        tx.add_messages(std::slice::from_ref(&message)).await.unwrap();
        // More texts than one statement asks for.
        let digests: Vec<[u8; 32]> = (0..70).chain([7]).map(|byte| [byte; 32]).collect();
        let known = tx.messages_by_digest(office, &digests).await.unwrap();
        assert_eq!(known.iter().map(|message| message.id).collect::<std::collections::BTreeSet<_>>(), [id(91)].into());
        assert!(tx.messages_by_digest(SiteId::new(id(2)), &digests).await.unwrap().is_empty());
        assert_eq!(tx.open_messages(office, &Sought::all(), all()).await.unwrap().len(), 1);
        for (sought, found) in
            [("lee", 1), ("m1", 1), ("lee a", 1), ("a núñez", 1), ("l", 1), ("m1 x", 0), ("1", 0), ("", 0)]
        {
            let it = Sought::words(&sought.split(' ').map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(tx.open_messages(office, &it, all()).await.unwrap().len(), found, "{sought}");
            assert_eq!(tx.count_open_messages(office, &it).await.unwrap(), i64::try_from(found).unwrap(), "{sought}");
        }
        assert_eq!(tx.batch_messages(BatchId::new(id(90)), all()).await.unwrap().len(), 1);
        assert_eq!(tx.count_batch_messages(BatchId::new(id(90))).await.unwrap(), 1);
        assert_eq!(tx.count_batches(office).await.unwrap(), 1);
        assert_eq!(tx.batches(office, all()).await.unwrap()[0].refused, 1);
        assert!(tx.batch(SiteId::new(id(2)), BatchId::new(id(90))).await.unwrap().is_none());
        assert_eq!(
            tx.open_messages(office, &Sought::all(), all()).await.unwrap()[0].content,
            "",
            "a list carries no texts"
        );
        assert_eq!(tx.message(office, MessageId::new(id(91))).await.unwrap().unwrap().content, "MSH|");
        assert_eq!(tx.batch(office, BatchId::new(id(90))).await.unwrap().unwrap().open, 1);
        let deferred = Message { issues: serde_json::json!(["several"]), ..message.clone() };
        tx.defer_message(&deferred).await.unwrap();
        assert!(matches!(tx.defer_message(&deferred).await, Err(StoreError::Conflict)));
        let waiting = tx.message(office, MessageId::new(id(91))).await.unwrap().unwrap();
        assert_eq!((waiting.state.as_str(), &waiting.issues), ("waiting", &serde_json::json!(["several"])));
        tx.resolve_message(id(91), Some(PatientId::new(id(20)))).await.unwrap();
        assert!(matches!(tx.resolve_message(id(91), None).await, Err(StoreError::Conflict)));
        assert_eq!(tx.message(office, MessageId::new(id(91))).await.unwrap().unwrap().content, "");
        assert_eq!(tx.batch(office, BatchId::new(id(90))).await.unwrap().unwrap().open, 0);
    })
    .await;
}

#[tokio::test]
async fn a_form_about_somebody_on_file_twice_is_found_from_both_records() {
    on_both(|store| async move {
        furnished(&store).await;
        let mut tx = store.write().await.unwrap();
        tx.add_patients(
            &[NewPatient {
                patient: patient(21, "Okafor", "Mia", "2021-03-10"),
                last_key: "okafor".into(),
                first_key: "mia".into(),
                provisional_enrolment: false,
            }],
            at(),
        )
        .await
        .unwrap();
        let [mia, twin] = [20, 21].map(|number| PatientId::new(id(number)));
        let form = Objection { patient: Some(mia), ..objection(70, Choice::Object) };
        tx.add_objection(&form, b"digest", NAME, &Marks::default()).await.unwrap();
        for person in [mia, twin] {
            assert!(
                tx.objections_of(person, UserId::new(id(10))).await.unwrap().is_empty(),
                "nobody has said that it is about them"
            );
        }
        tx.decide_objection(&form, (State::InEffect, ""), Some(mia), None, at()).await.unwrap();
        tx.match_objection(id(71), form.id, twin).await.unwrap();
        tx.match_objection(id(72), form.id, twin).await.unwrap();
        for person in [mia, twin] {
            assert_eq!(tx.objections_of(person, UserId::new(id(10))).await.unwrap().len(), 1);
        }
        assert_eq!(tx.people_of_objection(&form).await.unwrap(), [mia, twin]);
        let keys = SearchKeys { last: "okafor", first: "mia", born: day("2021-03-10"), swapped: day("2021-10-03") };
        assert_eq!(tx.search_named(&[keys]).await.unwrap().len(), 2);
    })
    .await;
}
