//! What broke registries elsewhere, with the right values: messages and tables of doses, on both engines. The sources stand in
//! docs/FIELD.md; people and sentences are ours.

use super::{
    field_house::{ada, ben, given, shared, vxu},
    *,
};

#[tokio::test]
async fn two_messages_are_two_people_whatever_stands_between_them() {
    for joined in [
        // Frames of the wire left in the file, with and without line ends.
        format!("\u{b}{}\u{1c}\r\u{b}{}\u{1c}\r", ada("1"), ben("2")),
        format!("\u{b}{}\u{1c}\n\u{b}{}\u{1c}\n", ada("1").replace('\r', "\n"), ben("2").replace('\r', "\n")),
        format!("{} {}", ada("1"), ben("2")),
        format!("{}\u{a0}{}", ada("1"), ben("2")),
        format!("\u{feff}{}\u{feff}{}", ada("1"), ben("2")),
        format!("{}{}", ada("1").trim_end(), ben("2")),
        format!("FHS|^~\\&|EHR\r{}{}FTS|2\r", ada("1"), ben("2")),
        format!("BHS|^~\\&|EHR\r{}BTS|1\rBHS|^~\\&|EHR\r{}BTS|1\r", ada("1"), ben("2")),
        format!("{}\n\r{}  \r\n", ada("1").replace('\r', "\n\r"), ben("2").replace('\r', "\n\r")),
    ] {
        let joined = &joined;
        in_a_house(|house| async move {
            let batch = house.take(joined).await;
            assert_eq!((batch.accepted + batch.warned, batch.refused, house.people().await), (2, 0, 2), "{joined:?}");
            assert_eq!(house.doses_of("Brook", "Ada", "2020-02-03").await, ["2021-03-01 03"], "{joined:?}");
            assert_eq!(house.doses_of("Stone", "Ben", "2021-06-07").await, ["2022-07-01 21"], "{joined:?}");
        })
        .await;
    }
    for file in ["01_mllp_frames.hl7", "01a_mllp_lf.hl7", "01b_blank_before_msh.hl7", "33_bom_twice.hl7"] {
        shared(&[file], (2, 2, 0, 0)).await;
    }
}

#[tokio::test]
async fn two_patients_under_one_header_are_refused_with_the_line_and_nothing_is_put_on_anybody() {
    in_a_house(|house| async move {
        let body = ben("1");
        let second = body.split_once("PID").map(|(_, rest)| format!("PID{rest}")).unwrap();
        let batch = house.take(format!("{}{second}", ada("1"))).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused, house.people().await), (0, 1, 0));
        let open = house.open(&house.clinic()).await.remove(0);
        let issues = open.issues.to_string();
        assert!(issues.contains("NotOnePerson") && issues.contains('5'), "{issues}");
    })
    .await;
    shared(&["02_two_pids.hl7"], (0, 0, 1, 0)).await;
}

#[tokio::test]
async fn twins_with_one_number_of_the_family_are_two_people() {
    let child = |control: &str, number: &str, first: &str, sex: &str, order: &str, dose: (&str, &str)| {
        let identity = format!(
            "{number}^^^EHR^MR~550011^^^MASSHEALTH^MA||Lund^{first}^^^^^L|Berg^Eva|20240110|{sex}|||1 Oak St^^Salem^MA^01970|||||||||||||Y|{order}"
        );
        vxu(control, &identity, &[given(control, dose.0, dose.1, "A")])
    };
    let (girl, boy) = (
        child("1", "61", "Ella", "F", "1", ("20250115", "03^MMR^CVX")),
        child("2", "62", "Owen", "M", "2", ("20250620", "21^varicella^CVX")),
    );
    // Twins of one sex whose names are alike.
    let like = child("3", "63", "Elle", "F", "3", ("20250701", "21^varicella^CVX"));
    // Twins of one number whose middle names differ too, as twins' names do.
    let with_middle = |text: &str, first: &str, middle: &str| {
        text.replace(&format!("Lund^{first}^^"), &format!("Lund^{first}^{middle}^"))
    };
    let named =
        [with_middle(&girl, "Ella", "Grace"), with_middle(&boy, "Owen", "James"), with_middle(&like, "Elle", "Rose")];
    for text in [named.concat(), [named[2].as_str(), &named[1], &named[0]].concat()] {
        let text = &text;
        in_a_house(|house| async move {
            let batch = house.take(text).await;
            assert_eq!((batch.waiting, batch.refused, house.people().await), (0, 0, 3));
        })
        .await;
    }
    let all = [&girl, &boy, &like];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let text: String = order.iter().map(|at| all[*at].as_str()).collect();
        let text = &text;
        in_a_house(|house| async move {
            let batch = house.take(text).await;
            assert_eq!((batch.waiting, batch.refused, house.people().await), (0, 0, 3));
            for (first, dose) in [("Ella", "2025-01-15 03"), ("Owen", "2025-06-20 21"), ("Elle", "2025-07-01 21")] {
                let found = house.registry.search(&house.clinic(), "Lund", first, day("2024-01-10")).await.unwrap();
                let own = found.iter().find(|hit| hit.name.first() == first).unwrap();
                let record = house.registry.record(&house.clinic(), own.id).await.unwrap();
                let doses: Vec<_> = record.doses.iter().map(|dose| format!("{} {}", dose.given_on, dose.cvx)).collect();
                assert_eq!(doses, [dose], "{first}");
            }
        })
        .await;
    }
    shared(&["03_twins_a.hl7", "03_twins_b.hl7"], (2, 2, 0, 0)).await;
}

#[tokio::test]
async fn a_number_that_is_none_makes_nobody_the_same() {
    in_a_house(|house| async move {
        // `N/A` as the record number of everybody in a table.
        let table = "last_name,first_name,birth_date,gender,record_number,vaccine,given_on\nRusso,Fay,2023-05-06,F,N/A,03,2024-05-10\nRusso,Gus,2023-05-06,M,N/A,21,2024-06-20\n";
        let batch = house.take(table).await;
        assert_eq!((batch.waiting, batch.refused, house.people().await), (0, 0, 2));
        // Placeholders of social security and other numbers.
        let one = |control: usize, number: &str, last: &str, born: &str| {
            let identity = format!("9{control}^^^EHR^MR~{number}^^^USA^SS||{last}^Gia||{born}|F");
            vxu(&format!("S{control}"), &identity, &[given(&format!("S{control}"), "20260105", "03^MMR^CVX", "A")])
        };
        for (at, number) in ["000-00-0000", "999999999", "123-45-6789", "UNKNOWN", "none", "test", "N/A", "0"].iter().enumerate() {
            let before = house.people().await;
            let names = [("Amsel", "20190101"), ("Birch", "20180202"), ("Cedar", "20170303")];
            let text: String = names
                .iter()
                .enumerate()
                .map(|(who, (last, born))| one(100 + at * 10 + who, number, &format!("{last}{}", "abcdefgh".chars().nth(at).unwrap()), born))
                .collect();
            let batch = house.take(text).await;
            assert_eq!((batch.waiting, batch.refused, house.people().await - before), (0, 0, 3), "{number}");
        }
    })
    .await;
    shared(&["03c_twins_table.csv"], (2, 2, 0, 0)).await;
    shared(&["04_placeholder_ssn.hl7"], (4, 4, 0, 0)).await;
    shared(&["04b_placeholder_strangers.hl7"], (2, 2, 0, 0)).await;
}

#[tokio::test]
async fn a_son_named_like_his_father_keeps_his_own_doses() {
    let one = |control: &str, suffix: &str, born: &str, dose: (&str, &str)| {
        let identity = format!("7{control}^^^EHR^MR~A-77^^^EHR^AN||Lane^Max^^{suffix}^^^L||{born}|M");
        vxu(control, &identity, &[given(control, dose.0, dose.1, "A")])
    };
    let (son, father) = (
        one("1", "JR", "20150404", ("20160501", "03^MMR^CVX")),
        one("2", "SR", "19850101", ("20120901", "115^Tdap^CVX")),
    );
    for text in [[son.clone(), father.clone()].concat(), [father, son].concat()] {
        let text = &text;
        in_a_house(|house| async move {
            let batch = house.take(text).await;
            assert_eq!((batch.waiting, batch.refused, house.people().await), (0, 0, 2));
            assert_eq!(house.doses_of("Lane", "Max", "2015-04-04").await, ["2016-05-01 03"]);
            assert_eq!(house.doses_of("Lane", "Max", "1985-01-01").await, ["2012-09-01 115"]);
        })
        .await;
    }
    shared(&["03d_son.hl7", "03e_father.hl7"], (2, 2, 0, 0)).await;
    shared(&["03e_father.hl7", "03d_son.hl7"], (2, 2, 0, 0)).await;
}

#[tokio::test]
async fn a_number_the_birth_contradicts_puts_no_dose_before_somebodys_birth() {
    in_a_house(|house| async move {
        // A record number given to somebody else: the dose is older than the person on file.
        house.take(vxu("1", "88^^^EHR^MR||Marsh^Pia||20200101|F", &[given("1", "20210301", "03^MMR^CVX", "A")])).await;
        let batch = house
            .take(vxu("2", "88^^^EHR^MR||Marsh^Pia||20200102|F", &[given("2", "20191201", "08^HepB^CVX", "A")]))
            .await;
        assert_eq!(batch.accepted + batch.warned, 0);
        assert_eq!(house.doses_of("Marsh", "Pia", "2020-01-01").await, ["2021-03-01 03"]);
    })
    .await;
}

#[tokio::test]
async fn namesakes_of_one_birthday_with_two_record_numbers_are_for_a_human() {
    in_a_house(|house| async move {
        let one = |control: &str, mother: &str, street: &str| {
            vxu(
                control,
                &format!("6{control}^^^EHR^MR||Costa^Maria|{mother}|20150310|F|||{street}^^Salem^MA^01970"),
                &[given(control, "20160401", "03^MMR^CVX", "A")],
            )
        };
        let batch = house.take([one("1", "Silva^Ana", "1 Oak St"), one("2", "Dias^Eva", "77 Elm St")].concat()).await;
        assert_eq!((batch.waiting, house.people().await), (1, 1));
        // While it waits, nothing of it is on anybody.
        let record = house.record_of("Costa", "Maria", "2015-03-10").await;
        assert_eq!((record.doses.len(), record.person.address.street.as_str()), (1, "1 Oak St"));
        // The human sees both beside each other.
        let open = house.open(&house.clinic()).await.remove(0);
        let waiting = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap();
        let (report, beside) = (waiting.report.unwrap(), waiting.people.first().unwrap().clone());
        assert_eq!(
            (report.person.address.street.as_str(), beside.who.address.street.as_str()),
            ("77 Elm St", "1 Oak St")
        );
        assert_eq!((report.doses.len(), beside.doses.len(), open.about.as_str()), (1, 1, "Costa, Maria"));
    })
    .await;
    shared(&["03g_namesakes.hl7"], (1, 1, 0, 1)).await;
}

#[tokio::test]
async fn a_newborn_without_a_name_gets_it_later_and_is_found_by_both() {
    for unnamed in ["BABYBOY", "Baby Boy A", "INFANT", "Newborn", "UNKNOWN"] {
        in_a_house(|house| async move {
            let one = |control: &str, first: &str, on: &str, vaccine: &str| {
                vxu(control, &format!("81^^^EHR^MR||Ramos^{first}||20260805|M"), &[given(control, on, vaccine, "A")])
            };
            house.take(one("1", unnamed, "20260805", "08^HepB^CVX")).await;
            house.take(one("2", "Diego", "20261006", "110^Pediarix^CVX")).await;
            assert_eq!(house.people().await, 1, "{unnamed}");
            let record = house.record_of("Ramos", "Diego", "2026-08-05").await;
            assert_eq!((record.person.name.first(), record.doses.len()), ("Diego", 2), "{unnamed}");
            assert_eq!(house.record_of("Ramos", unnamed, "2026-08-05").await.doses, record.doses, "{unnamed}");
        })
        .await;
    }
    shared(&["05_newborn_a.hl7", "05_newborn_b.hl7"], (1, 2, 0, 0)).await;
}

#[tokio::test]
async fn two_newborns_without_a_name_stay_two() {
    in_a_house(|house| async move {
        let one = |control: &str, first: &str| {
            let identity = format!(
                "5{control}^^^EHR^MR||Ortiz^{first}||20260805|F|||1 Oak St^^Salem^MA^01970|||||||||||||Y|{control}"
            );
            vxu(control, &identity, &[given(control, "20260805", "08^HepB^CVX", "A")])
        };
        house.take([one("1", "Baby Girl A"), one("2", "Baby Girl B")].concat()).await;
        assert_eq!(house.people().await, 2);
    })
    .await;
}

#[tokio::test]
async fn each_message_is_read_in_the_letters_it_names() {
    in_a_house(|house| async move {
        let one = |control: &str, set: &str, last: &[u8], first: &[u8], born: &str| {
            let text = vxu(
                control,
                &format!("8{control}^^^EHR^MR||LAST^FIRST||{born}|M"),
                &[given(control, "20260105", "03^MMR^CVX", "A")],
            )
            .replace("|ER|AL|||||Z22", &format!("|ER|AL||{set}|||Z22"));
            let mut bytes = text.into_bytes();
            for (mark, letters) in [(&b"LAST"[..], last), (b"FIRST", first)] {
                let at = bytes.windows(mark.len()).position(|window| window == mark).unwrap();
                bytes.splice(at..at + mark.len(), letters.iter().copied());
            }
            bytes
        };
        let text = [
            one("1", "UNICODE UTF-8", "Ibáñez".as_bytes(), "José".as_bytes(), "20200101"),
            one("2", "8859/1", b"Pe\xf1a", b"In\xe9s", "20190202"),
            // It says Latin-1 and is UTF-8.
            one("3", "8859/1", "García".as_bytes(), "Noé".as_bytes(), "20180303"),
        ]
        .concat();
        let batch = house.take(text).await;
        assert_eq!((batch.accepted + batch.warned, house.people().await), (3, 3));
        for (last, first, born) in
            [("Ibáñez", "José", "2020-01-01"), ("Peña", "Inés", "2019-02-02"), ("García", "Noé", "2018-03-03")]
        {
            let name = house.record_of(last, first, born).await.person.name;
            assert_eq!((name.last(), name.first()), (last, first));
        }
    })
    .await;
    shared(&["07_mixed_charset.hl7"], (2, 2, 0, 0)).await;
}

#[tokio::test]
async fn every_apostrophe_is_the_same_and_an_objection_holds_for_each() {
    for sign in ['\'', 'ʼ', '’', '‘', 'ʻ', 'ʿ', '′', '`', '´', 'ʹ'] {
        in_a_house(|house| async move {
            let one = |control: &str, sign: char, on: &str, vaccine: &str| {
                vxu(
                    control,
                    &format!(
                        "8^^^EHR^MR||O{sign}Dowd^Rory||20190505|M|||1 Oak St^^Salem^MA^01970||^PRN^PH^^1^978^5550101"
                    ),
                    &[given(control, on, vaccine, "A")],
                )
            };
            house.take(one("1", '\'', "20200601", "03^MMR^CVX")).await;
            house.take(one("2", sign, "20200801", "21^varicella^CVX")).await;
            assert_eq!(house.people().await, 1, "{sign}");
            let mut form = objection(Choice::Object);
            form.name = PersonName::new(&format!("O{sign}Dowd"), "Rory", "").unwrap();
            form.born = day("2019-05-05");
            form.gender = Gender::Male;
            form.phone = "978-555-0101".into();
            form.address.zip = "01970".into();
            house.registry.submit_objection(&Caller::public(), form, false).await.unwrap();
            let found =
                house.registry.search(&house.other_clinic(), "O'Dowd", "Rory", day("2019-05-05")).await.unwrap();
            assert!(found.is_empty(), "blocked at once for who gave nothing: {sign}");
        })
        .await;
    }
    shared(&["12_apostrophe_a.hl7", "12_apostrophe_b.hl7"], (1, 1, 0, 1)).await;
}

#[tokio::test]
async fn letters_nobody_sees_are_no_part_of_a_name() {
    in_a_house(|house| async move {
        house
            .take(vxu(
                "1",
                "85^^^EHR^MR||Den\u{200c}iz\u{200e}^Lale\u{200b}\u{ad}||20190606|F",
                &[given("1", "20200701", "03^MMR^CVX", "A")],
            ))
            .await;
        let name = house.record_of("Deniz", "Lale", "2019-06-06").await.person.name;
        assert_eq!((name.last(), name.first()), ("Deniz", "Lale"));
    })
    .await;
    shared(&["13_zero_width.hl7"], (1, 1, 0, 0)).await;
}

#[tokio::test]
async fn a_record_an_office_says_is_protected_is_shared_with_nobody_unseen() {
    in_a_house(|house| async move {
        let text = vxu("1", "86^^^EHR^MR||York^Zoe||20190808|F", &[given("1", "20200901", "03^MMR^CVX", "A")]);
        let text = text.replace("\rORC", "\rPD1|||||||||||02^Reminder^HL70215|Y|20261101||A|20261101|20261101\rORC");
        let batch = house.take(text).await;
        assert_eq!((batch.accepted, batch.warned), (0, 1), "the office is told");
        let elsewhere = house.registry.search(&house.other_clinic(), "York", "Zoe", day("2019-08-08")).await.unwrap();
        assert!(elsewhere.is_empty());
        assert_eq!(
            house.doses_of("York", "Zoe", "2019-08-08").await,
            ["2020-09-01 03"],
            "its own office sees its dose"
        );
    })
    .await;
    shared(&["30_protected.hl7"], (1, 1, 0, 0)).await;
}

#[tokio::test]
async fn a_suffix_of_a_name_makes_no_second_person() {
    in_a_house(|house| async move {
        let head = "last_name,first_name,birth_date,gender,record_number,vaccine,given_on\n";
        house
            .take(format!("{head}Lane,Max,2015-04-04,M,21,03,2016-05-01\nLane Jr,Max,2015-04-04,M,21,21,2016-06-01\n"))
            .await;
        assert_eq!((house.people().await, house.doses_of("Lane", "Max", "2015-04-04").await.len()), (1, 2));
    })
    .await;
    shared(&["29_suffix.csv"], (1, 1, 0, 0)).await;
}
