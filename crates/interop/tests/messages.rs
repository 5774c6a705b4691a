//! The real messages others test with: none may break the reader, and what is in them must come out.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops where it cannot go on, and says what it skips"
)]

use std::{fs, path::Path};

use chrono::NaiveDate;
use domain::{Cvx, dose::Source};
use interop::{Action, Severity, What, hl7};

fn today() -> NaiveDate {
    "2026-09-01".parse().unwrap()
}

fn message(rxa: &str) -> String {
    format!(
        "MSH|^~\\&|EHR|X68||MIIS|20260801||VXU^V04^VXU_V04|M-1|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r\
         PID|1||123^^^EHR^MR||O\\T\\Neil^Máire^^^^^L|Byrne^Ann|20210310|F|||1 Elm St^^Boston^MA^02118||^PRN^PH^^1^617^5550101\r\
         ORC|RE||1^EHR\r{rxa}\r"
    )
}

#[test]
fn every_shared_message_is_read_or_refused_with_a_place_and_a_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/hl7/messages");
    if !folder.exists() {
        eprintln!("SKIPPED: the shared messages are not here");
        return;
    }
    let (mut read, mut refused, mut doses) = (0, 0, 0);
    for sender in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(sender.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let vaccination = String::from_utf8_lossy(&bytes).contains("VXU^V04");
            for message in hl7::messages(&bytes) {
                match hl7::read_piece(&message, today()) {
                    Ok(report) => {
                        assert!(vaccination, "{}: not a vaccination update", path.display());
                        doses += report.doses.len();
                        read += 1;
                    }
                    Err(issues) => {
                        assert!(
                            issues
                                .iter()
                                .any(|issue| issue.severity == Severity::Error && !issue.to_string().is_empty()),
                            "{}",
                            path.display()
                        );
                        refused += 1;
                    }
                }
            }
        }
    }
    eprintln!("{read} read with {doses} doses, {refused} refused");
    assert!(read > 150 && doses > 500, "{read} read with {doses} doses, {refused} refused");
}

#[test]
fn a_dose_is_read_with_its_maker_lot_and_office() {
    let rxa = "RXA|0|1|20220310|20220310|03^MMR^CVX|0.5|mL^^UCUM||00^^NIP001||^^^Elm Street||||A1\\T\\B|20230101|MSD^Merck^MVX|||CP|A";
    let report = hl7::read_vxu(&message(rxa), today()).unwrap();
    assert_eq!(report.person.name.to_string(), "Máire O&Neil");
    assert_eq!((report.person.mother.maiden.as_str(), report.person.phone.as_str()), ("Byrne", "6175550101"));
    let number = &report.numbers[0];
    assert_eq!((number.authority.as_str(), number.kind.as_str(), number.number.as_str()), ("EHR", "MR", "123"));
    let dose = &report.doses[0];
    assert_eq!(
        (dose.cvx, domain::Mvx::or_empty(dose.mvx.as_ref()), &*dose.lot, dose.source),
        (Cvx::stored(3), "MSD", "A1&B", Source::Administered)
    );
    assert_eq!((dose.action, dose.office.as_str()), (Action::Add, "Elm Street"));
}

#[test]
fn a_drug_code_in_the_place_of_a_vaccine_code_is_understood() {
    let rxa = "RXA|0|1|20220310||58160-0811-52^Pediarix^NDC|0.5|||01^^NIP001|||||||||||CP|A";
    let dose = hl7::read_vxu(&message(rxa), today()).unwrap().doses.remove(0);
    assert_eq!((dose.cvx, &*dose.product, dose.source), (Cvx::stored(110), "Pediarix", Source::Historical));
}

#[test]
fn every_error_is_named_at_once_with_its_place() {
    let rxa = "RXA|0|1|202203||77777^x^CVX|0.5|||00\rRXA|0|1|20991231||03^MMR^CVX|0.5|||00\rRXA|0|1|20200101||03^MMR^CVX|0.5|||00";
    let issues = hl7::read_vxu(&message(rxa).replace("|20210310|", "|2021|"), today()).unwrap_err();
    let errors: Vec<_> = issues
        .iter()
        .filter(|issue| issue.severity == Severity::Error)
        .map(|issue| (issue.to_string(), issue.what))
        .collect();
    let expected = [
        ("PID-7", What::NotADate),
        ("RXA-5", What::UnknownVaccine),
        ("RXA-3", What::NotADate),
        ("RXA[2]-3", What::InTheFuture),
    ];
    for (place, what) in expected {
        assert!(errors.contains(&(place.to_owned(), what)), "{place} is not in {errors:?}");
    }
    let issues = hl7::read_vxu(&message(rxa), today()).unwrap_err();
    assert!(issues.iter().any(|issue| issue.to_string() == "RXA[3]-3" && issue.what == What::BeforeBirth));
}

#[test]
fn a_dose_behind_a_blank_or_broken_line_is_not_lost() {
    let whole = message(
        "RXA|0|1|20220310||03^MMR^CVX|0.5|||00||||||A1|||||CP|A\rRXA|0|1|20220310||21^Var^CVX|0.5|||00||||||A2|||||CP|A",
    );
    assert_eq!(hl7::read_vxu(&whole, today()).unwrap().doses.len(), 2);
    for end in ["\n\n", "\r\r", "\r\n\r\n", "\n  \n"] {
        let blank = whole.replacen("\rRXA|0|1|20220310||21", &format!("{end}RXA|0|1|20220310||21"), 1);
        assert_eq!(hl7::read_vxu(&blank, today()).unwrap().doses.len(), 2, "{end:?}");
    }
    // A line break inside a note: the sender is told which line, and nothing is taken.
    let broken = whole.replacen("\rRXA|0|1|20220310||21", "\rNTE|1||first line\nsecond line\rRXA|0|1|20220310||21", 1);
    let issues = hl7::read_vxu(&broken, today()).unwrap_err();
    assert_eq!(issues[0].what, What::BrokenLine);
    let line = broken.split(['\r', '\n']).position(|line| line == "second line").unwrap() + 1;
    assert_eq!(issues[0].to_string(), line.to_string());
}

#[test]
fn a_message_made_of_errors_costs_no_more_than_a_page_of_them() {
    let long = message(&"RXA|\r".repeat(4_000));
    assert_eq!(hl7::read_vxu(&long, today()).unwrap_err().len(), 100);
    let longer = message(&"RXA|\r".repeat(40_000));
    assert_eq!(hl7::read_vxu(&longer, today()).unwrap_err()[0].what, What::TooLong);
}

#[test]
fn evidence_without_its_day_is_none() {
    let with = |day: &str, status: &str| {
        message(&format!(
            "RXA|0|1|20220310||998^No vaccine^CVX|999\rOBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||{status}|||{day}"
        ))
    };
    assert_eq!(hl7::read_vxu(&with("20190501", "F"), today()).unwrap().evidence.len(), 1);
    for (day, status) in [("", "F"), ("2019", "F"), ("20990101", "F"), ("20190501", "D"), ("20190501", "W")] {
        assert!(hl7::read_vxu(&with(day, status), today()).unwrap().evidence.is_empty(), "{day} {status}");
    }
}

#[test]
fn a_refusal_is_not_a_dose() {
    let rxa = "RXA|0|1|20220310||107^DTaP^CVX|999||||||||||||00^Parental decision^NIP002||RE|A";
    let report = hl7::read_vxu(&message(rxa), today()).unwrap();
    assert!(report.doses.is_empty());
    assert_eq!(report.warnings[0].what, What::Refusal);
}

#[test]
fn a_history_of_chickenpox_is_kept_as_evidence() {
    let rxa = "RXA|0|1|20220310||998^No vaccine^CVX|999||||||||||||||NA\rOBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella^SCT||||||F|||20220301";
    let report = hl7::read_vxu(&message(rxa), today()).unwrap();
    assert_eq!(report.evidence.len(), 1);
    assert_eq!(report.evidence[0].on, "2022-03-01".parse::<NaiveDate>().unwrap());
}

proptest::proptest! {
    #[test]
    fn no_message_breaks_the_reader(body in "(MSH\\|\\^~\\\\&|\\||PID|RXA|OBX|\r|\n|\\^|~|\\\\|&|[0-9]{1,8}|VXU\\^V04|é|.){0,120}") {
        for message in hl7::messages(body.as_bytes()) {
            let _ = hl7::read_piece(&message, today());
        }
    }

    #[test]
    fn a_message_with_damaged_bytes_never_panics(at in 0usize..400, letter in proptest::char::any()) {
        let mut text = message("RXA|0|1|20220310|20220310|03^MMR^CVX|0.5|mL||00||^^^Elm||||A1|20230101|MSD^Merck^MVX|||CP|A");
        if text.is_char_boundary(at.min(text.len())) {
            text.insert(at.min(text.len()), letter);
        }
        let _ = hl7::read_vxu(&text, today());
    }
}

/// A message of somebody with one dose, and what it says.
fn one_of(number: usize) -> (String, (String, String)) {
    let last = ["Harrow", "Quill", "Ivers", "Joss", "Núñez", "O'Dell"][number % 6];
    let day = format!("2021{:02}{:02}", 1 + number % 12, 1 + number % 28);
    let end = ["\r", "\n", "\r\n"][number % 3];
    let text = [
        "MSH|^~\\&|EHR|X1|MIIS|MA|20261101||VXU^V04^VXU_V04|".to_owned() + &format!("F-{number}") + "|P|2.5.1|||ER|AL",
        format!("PID|1||{number}^^^EHR^MR||{last}^P{}^^^^^L||20200203|F", letters(number)),
        format!("ORC|RE||{number}^EHR"),
        format!("RXA|0|1|{day}||03^MMR^CVX|0.5|||00||||||L1||MSD^^MVX|||CP|A"),
    ]
    .join(end);
    (text, (format!("{last} P{}", letters(number)), day))
}

fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

fn taken(bytes: &[u8]) -> (Vec<(String, String)>, usize) {
    let (mut doses, mut refused) = (Vec::new(), 0);
    for piece in hl7::messages(bytes) {
        match hl7::read_piece(&piece, today()) {
            Ok(report) => doses.extend(report.doses.iter().map(|dose| {
                let name = &report.person.name;
                (format!("{} {}", name.last(), name.first()), dose.given_on.format("%Y%m%d").to_string())
            })),
            Err(_) => refused += 1,
        }
    }
    (doses, refused)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    /// Frames, blanks, marks, control signs, line ends or nothing between messages: the same doses on the same people.
    #[test]
    fn no_dose_lands_on_somebody_else_however_messages_are_joined(
        numbers in proptest::collection::vec(0usize..1_000, 1..6),
        joins in proptest::collection::vec("(\u{b}|\u{1c}|\r|\n|\r\n| |\t|\u{feff}|\u{0}|\u{1a}|\u{2}|\u{3}|\u{a0}|\rFHS\\|\r|\nBTS\\|1\r){0,5}", 7),
    ) {
        let expected: Vec<_> = numbers.iter().map(|number| one_of(*number).1).collect();
        let mut text = joins[0].clone();
        for (at, number) in numbers.iter().enumerate() {
            text.push_str(&one_of(*number).0);
            text.push_str(&joins[at + 1]);
        }
        proptest::prop_assert_eq!(taken(text.as_bytes()), (expected, 0));
    }

    /// Any bytes at all between them: what is taken is on its own person, and what is not taken was refused.
    #[test]
    fn no_bytes_between_messages_put_a_dose_on_somebody_else(
        numbers in proptest::collection::vec(0usize..1_000, 1..6),
        joins in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..12), 7),
    ) {
        let expected: Vec<_> = numbers.iter().map(|number| one_of(*number).1).collect();
        let mut bytes = joins[0].clone();
        for (at, number) in numbers.iter().enumerate() {
            bytes.extend(one_of(*number).0.into_bytes());
            bytes.extend(&joins[at + 1]);
        }
        let (doses, refused) = taken(&bytes);
        let mut left = expected.clone();
        for dose in &doses {
            let at = left.iter().position(|other| other == dose);
            proptest::prop_assert!(at.is_some(), "{:?} is nobody's", dose);
            left.remove(at.unwrap_or(0));
        }
        proptest::prop_assert!(left.is_empty() || refused > 0, "{:?} vanished", left);
    }

    /// A header or a person whose line end was lost: nothing of the second on the first.
    #[test]
    fn a_lost_line_end_never_joins_two_people(number in 0usize..1_000, cut in 0usize..200, join in "(\\||\\^|~|&|x|1| |\\\\r|\\\\n){0,3}") {
        let (first, mine) = one_of(number);
        let (second, theirs) = one_of(number + 1);
        // From somewhere in the second message on, its header lost or not.
        let second = second.replace(['\r', '\n'], "\r").replace("\r\r", "\r");
        let cut = (0..=cut.min(second.len())).rev().find(|at| second.is_char_boundary(*at)).unwrap_or(0);
        let (_, from) = second.split_at_checked(cut).unwrap_or_default();
        let from = from.find("PID|").map_or(second.as_str(), |at| from.split_at(at).1);
        let text = format!("{first}{join}{from}");
        let (doses, _) = taken(text.as_bytes());
        for dose in doses {
            proptest::prop_assert!(dose == mine || dose == theirs, "{dose:?} is nobody's");
        }
    }
}

#[test]
fn two_people_under_one_header_are_refused_with_the_line_of_the_second() {
    let (first, _) = one_of(1);
    let (second, _) = one_of(2);
    let body = second.split(['\r', '\n']).filter(|line| !line.is_empty()).skip(1).collect::<Vec<_>>().join("\n");
    let issues = hl7::read_vxu(&format!("{first}\n{body}"), today()).unwrap_err();
    assert_eq!((issues[0].to_string().as_str(), issues[0].what), ("5", What::NotOnePerson));
    // Its doses before the person are somebody else's.
    let lines: Vec<&str> = first.split('\n').collect();
    let turned = [lines[0], lines[2], lines[3], lines[1]].join("\r");
    assert_eq!(hl7::read_vxu(&turned, today()).unwrap_err()[0].what, What::NotOnePerson);
}

#[test]
fn a_person_whose_line_end_was_lost_is_seen_whatever_counts_them() {
    let one = message("RXA|0|1|20220312||03^MMR^CVX|0.5|mL^^UCUM||00||||||Y9|||||CP|A");
    for count in ["1", "", "12345", "A7"] {
        let joined =
            one.replace("ORC|RE", &format!("NTE|1||endPID|{count}||zz^^^EHR^MR||Other^Kid||20180101|M\rORC|RE"));
        let issues = hl7::read_vxu(&joined, today()).unwrap_err();
        assert_eq!((issues[0].to_string().as_str(), issues[0].what), ("3", What::NotOnePerson), "{count}");
    }
}

#[test]
fn a_street_that_ends_in_the_letters_of_a_segment_is_no_second_person() {
    let text = message("RXA|0|1|20220310||03^MMR^CVX|0.5|||00").replace("1 Elm St", "12 CUPID");
    assert!(hl7::read_vxu(&text, today()).is_ok());
    let text = text.replace("123^^^EHR^MR", "123^^^EHR^PID");
    assert!(hl7::read_vxu(&text, today()).is_ok());
}

#[test]
fn one_dose_with_a_fault_leaves_the_others() {
    let rxa = "RXA|0|1|20220310||03^MMR^CVX|0.5|||00\rORC|RE||2^EHR\rRXA|0|1|20991231||21^Var^CVX|0.5|||00\rORC|RE||3^EHR\rRXA|0|1|20220310||10^IPV^CVX|0.5|||00";
    let report = hl7::read_vxu(&message(rxa), today()).unwrap();
    let orders: Vec<_> = report.doses.iter().map(|dose| dose.order.filler.as_str()).collect();
    assert_eq!(orders, ["EHR 1", "EHR 3"]);
    assert_eq!(report.set_aside.len(), 1);
    let aside = &report.set_aside[0];
    assert_eq!((aside.issues[0].to_string().as_str(), aside.issues[0].what), ("RXA-3", What::InTheFuture));
    // Mended, it is a message of its own.
    let mended = hl7::read_vxu(&aside.text.replace("20991231", "20220311"), today()).unwrap();
    assert_eq!(
        (mended.doses.len(), mended.doses[0].cvx, mended.doses[0].order.filler.as_str()),
        (1, Cvx::stored(21), "EHR 2")
    );
    assert_eq!(mended.person.name, report.person.name);
}

#[test]
fn an_action_nobody_knows_is_not_taken_for_an_addition() {
    for (end, what) in [("CP|X", What::UnclearAction), ("XX|A", What::UnclearAction)] {
        let issues =
            hl7::read_vxu(&message(&format!("RXA|0|1|20220310||03^MMR^CVX|0.5|||00|||||||||||{end}")), today())
                .unwrap_err();
        assert_eq!(issues[0].what, what, "{end}");
    }
}

#[test]
fn a_moment_is_its_day_and_two_things_in_one_field_are_none() {
    let day = |text: &str| {
        hl7::read_vxu(&message(&format!("RXA|0|1|{text}||03^MMR^CVX|0.5|||00")), today())
            .map(|report| report.doses[0].given_on)
    };
    for text in ["20220310", "202203101530", "20220310153059.1234-0500", "2022031015+0000", "20220310-0500"] {
        assert_eq!(day(text), Ok("2022-03-10".parse().unwrap()), "{text}");
    }
    for text in ["202203102", "2022031020220412", "20220310x", "20220310 2022", "2022031025", "2022-03-10"] {
        assert!(day(text).is_err(), "{text}");
    }
}

#[test]
fn the_legal_name_is_taken_and_the_others_are_kept() {
    let text = message("RXA|0|1|20220310||03^MMR^CVX|0.5|||00")
        .replace("O\\T\\Neil^Máire^^^^^L", "Byrne^Baby^^^^^A~Neil^Maire^^^^^L");
    let person = hl7::read_vxu(&text, today()).unwrap().person;
    assert_eq!(person.name.to_string(), "Maire Neil");
    assert_eq!(person.other_names[0].to_string(), "Baby Byrne");
}

#[test]
fn twins_say_so_and_a_protected_record_is_noticed() {
    let text = message("RXA|0|1|20220310||03^MMR^CVX|0.5|||00")
        .replace("\rORC", "|||||||||||Y|2\rPD1|||||||||||02^Any^HL70215|Y|20261101\rORC");
    let report = hl7::read_vxu(&text, today()).unwrap();
    assert_eq!((report.person.multiple_birth, report.person.birth_order), (Some(true), Some(2)));
    assert!(report.protected);
    assert_eq!(report.warnings.iter().filter(|issue| issue.what == What::Protected).count(), 1);
}
