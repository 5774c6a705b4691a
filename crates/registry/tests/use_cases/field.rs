//! What broke registries elsewhere, with the right values: messages and tables of doses, on both engines. The sources stand in
//! docs/FIELD.md; people and sentences are ours.

use registry::{Batch, FileIn};

use super::*;

/// A message about somebody as a system sends it; `doses` are its ORC and RXA lines.
fn vxu(control: &str, identity: &str, doses: &[String]) -> String {
    format!(
        "MSH|^~\\&|EHR|P1|MIIS|MA|20261101120000-0500||VXU^V04^VXU_V04|{control}|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\rPID|1||{identity}\r{}\r",
        doses.join("\r")
    )
}

/// An order and its dose, with what is done about it (RXA-21).
fn given(order: &str, on: &str, vaccine: &str, action: &str) -> String {
    format!(
        "ORC|RE||{order}^EHR\rRXA|0|1|{on}||{vaccine}|0.5|mL^^UCUM||00^New^NIP001||^^^||||L1||MSD^M^MVX|||CP|{action}"
    )
}

fn ada(control: &str) -> String {
    vxu(control, "41^^^EHR^MR||Brook^Ada||20200203|F", &[given("1", "20210301", "03^MMR^CVX", "A")])
}

fn ben(control: &str) -> String {
    vxu(control, "42^^^EHR^MR||Stone^Ben||20210607|M", &[given("2", "20220701", "21^varicella^CVX", "A")])
}

impl House {
    /// A day in November, when the files were made.
    fn november(&self) {
        *self.clock.0.lock().unwrap() = "2026-11-25T14:00:00Z".parse().unwrap();
    }

    async fn take(&self, bytes: impl AsRef<[u8]>) -> Batch {
        self.november();
        let bytes = bytes.as_ref();
        self.registry.import(&self.clinic(), self.office, ImportKind::of(bytes), bytes, &|_| {}).await.unwrap().batch
    }

    /// The days and vaccines of the one person found by a name and a birth date.
    async fn doses_of(&self, last: &str, first: &str, born: &str) -> Vec<String> {
        let record = self.record_of(last, first, born).await;
        record.doses.iter().map(|dose| format!("{} {}", dose.given_on, dose.cvx)).collect()
    }

    async fn record_of(&self, last: &str, first: &str, born: &str) -> registry::Record {
        let found = self.registry.search(&self.clinic(), last, first, day(born)).await.unwrap();
        let exact: Vec<_> = found.iter().filter(|hit| hit.born.date() == day(born)).collect();
        assert_eq!(exact.len(), 1, "{last}, {first}: {found:?}");
        self.registry.record(&self.clinic(), exact[0].id).await.unwrap()
    }

    async fn people(&self) -> i64 {
        self.registry.count_people().await.unwrap()
    }
}

/// What a file of the shared cases comes to: people, accepted (with or without a warning), refused, waiting.
async fn shared(files: &[&str], expected: (i64, i64, i64, i64)) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/real-cases");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the shared cases of the field are not here");
        return;
    }
    let house = house().await;
    let (mut accepted, mut refused, mut waiting) = (0, 0, 0);
    for file in files {
        let batch = house.take(std::fs::read(folder.join(file)).unwrap()).await;
        accepted += batch.accepted + batch.warned;
        refused += batch.refused;
        waiting += batch.waiting;
    }
    assert_eq!((house.people().await, accepted, refused, waiting), expected, "{files:?}");
}

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
        on_both(|house| async move {
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
    on_both(|house| async move {
        let body = ben("1");
        let second = body.split_once("PID").map(|(_, rest)| format!("PID{rest}")).unwrap();
        let batch = house.take(format!("{}{second}", ada("1"))).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused, house.people().await), (0, 1, 0));
        let open = house.registry.imports(&house.clinic()).await.unwrap().1.remove(0);
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
    let all = [&girl, &boy, &like];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let text: String = order.iter().map(|at| all[*at].as_str()).collect();
        let text = &text;
        on_both(|house| async move {
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
    on_both(|house| async move {
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
        on_both(|house| async move {
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
    on_both(|house| async move {
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
    on_both(|house| async move {
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
        assert_eq!((record.doses.len(), record.patient.address.street.as_str()), (1, "1 Oak St"));
        // The human sees both beside each other.
        let open = house.registry.imports(&house.clinic()).await.unwrap().1.remove(0);
        let waiting = house.registry.waiting_message(&house.clinic(), domain::MessageId::new(open.id)).await.unwrap();
        let (report, beside) = (waiting.report.unwrap(), waiting.people.first().unwrap().clone());
        assert_eq!(
            (report.person.address.street.as_str(), beside.patient.address.street.as_str()),
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
        on_both(|house| async move {
            let one = |control: &str, first: &str, on: &str, vaccine: &str| {
                vxu(control, &format!("81^^^EHR^MR||Ramos^{first}||20260805|M"), &[given(control, on, vaccine, "A")])
            };
            house.take(one("1", unnamed, "20260805", "08^HepB^CVX")).await;
            house.take(one("2", "Diego", "20261006", "110^Pediarix^CVX")).await;
            assert_eq!(house.people().await, 1, "{unnamed}");
            let record = house.record_of("Ramos", "Diego", "2026-08-05").await;
            assert_eq!((record.patient.name.first(), record.doses.len()), ("Diego", 2), "{unnamed}");
            assert_eq!(
                house.record_of("Ramos", unnamed, "2026-08-05").await.patient.id,
                record.patient.id,
                "{unnamed}"
            );
        })
        .await;
    }
    shared(&["05_newborn_a.hl7", "05_newborn_b.hl7"], (1, 2, 0, 0)).await;
}

#[tokio::test]
async fn two_newborns_without_a_name_stay_two() {
    on_both(|house| async move {
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
        on_both(|house| async move {
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
        on_both(|house| async move {
            let first = kit("1", "31", "20201001", "03^MMR^CVX", "A");
            assert_eq!(corrected(&house, &first, then).await, (vec![], 1, 0), "{then}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_correction_of_a_dose_nobody_knows_waits_and_changes_nothing() {
    for action in ["U", "D"] {
        on_both(|house| async move {
            let first = kit("1", "31", "20201001", "03^MMR^CVX", "A");
            let then = kit("2", "99", "20220505", "21^varicella^CVX", action);
            assert_eq!(corrected(&house, &first, &then).await, (vec!["2020-10-01 03".to_owned()], 0, 1), "{action}");
            // The human says which dose it is.
            let open = house.registry.imports(&house.clinic()).await.unwrap().1.remove(0);
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
    on_both(|house| async move {
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
    on_both(|house| async move {
        house.take(kit("1", "31", "20201001", "03^MMR^CVX", "A")).await;
        let text = kit("2", "31", "20220505", "21^varicella^CVX", "A");
        let (caller, other) = (house.other_clinic(), house.other);
        house.registry.import(&caller, other, ImportKind::Hl7, text.as_bytes(), &|_| {}).await.unwrap();
        assert_eq!(house.doses_of("Stow", "Kit", "2019-09-09").await, ["2020-10-01 03", "2022-05-05 21"]);
    })
    .await;
}

#[tokio::test]
async fn each_message_is_read_in_the_letters_it_names() {
    on_both(|house| async move {
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
            let name = house.record_of(last, first, born).await.patient.name;
            assert_eq!((name.last(), name.first()), (last, first));
        }
    })
    .await;
    shared(&["07_mixed_charset.hl7"], (2, 2, 0, 0)).await;
}

#[tokio::test]
async fn a_drug_code_is_taken_as_the_box_prints_it() {
    on_both(|house| async move {
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
    on_both(|house| async move {
        let table = "last_name,first_name,birth_date,vaccine,given_on,product\nHart,Ida,2020-01-01,03,2021-02-01,\"M-M-R II\nHart,Jon,2020-01-01,03,2021-02-02,M-M-R II\nHart,Kai,2020-01-01,03,2021-02-03,M-M-R II\n";
        let batch = house.take(table).await;
        assert_eq!((batch.accepted + batch.warned, batch.refused, house.people().await), (2, 1, 2));
        assert_eq!(house.doses_of("Hart", "Kai", "2020-01-01").await, ["2021-02-03 03"]);
    })
    .await;
    shared(&["09e_doses_stray_quote.csv"], (2, 2, 1, 0)).await;
}

#[tokio::test]
async fn every_apostrophe_is_the_same_and_an_objection_holds_for_each() {
    for sign in ['\'', 'ʼ', '’', '‘', 'ʻ', 'ʿ', '′', '`', '´', 'ʹ'] {
        on_both(|house| async move {
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
    on_both(|house| async move {
        house
            .take(vxu(
                "1",
                "85^^^EHR^MR||Den\u{200c}iz\u{200e}^Lale\u{200b}\u{ad}||20190606|F",
                &[given("1", "20200701", "03^MMR^CVX", "A")],
            ))
            .await;
        let name = house.record_of("Deniz", "Lale", "2019-06-06").await.patient.name;
        assert_eq!((name.last(), name.first()), ("Deniz", "Lale"));
    })
    .await;
    shared(&["13_zero_width.hl7"], (1, 1, 0, 0)).await;
}

#[tokio::test]
async fn a_record_an_office_says_is_protected_is_shared_with_nobody_unseen() {
    on_both(|house| async move {
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
    on_both(|house| async move {
        let head = "last_name,first_name,birth_date,gender,record_number,vaccine,given_on\n";
        house
            .take(format!("{head}Lane,Max,2015-04-04,M,21,03,2016-05-01\nLane Jr,Max,2015-04-04,M,21,21,2016-06-01\n"))
            .await;
        assert_eq!((house.people().await, house.doses_of("Lane", "Max", "2015-04-04").await.len()), (1, 2));
    })
    .await;
    shared(&["29_suffix.csv"], (1, 1, 0, 0)).await;
}

#[tokio::test]
async fn one_fault_in_one_dose_keeps_the_others_and_is_answered_with_its_place() {
    on_both(|house| async move {
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
        let open = house.registry.imports(&house.clinic()).await.unwrap().1;
        assert_eq!(open.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn dates_of_a_table_that_can_be_read_in_two_ways_are_asked_for_and_never_guessed() {
    on_both(|house| async move {
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
