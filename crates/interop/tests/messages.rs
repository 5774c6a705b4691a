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
            let text = String::from_utf8_lossy(&bytes);
            let vaccination = text.contains("VXU^V04");
            for message in hl7::messages(&text) {
                match hl7::read_vxu(&message, today()) {
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
    assert_eq!(report.person.numbers, [("EHR MR".to_owned(), "123".to_owned())]);
    let dose = &report.doses[0];
    assert_eq!(
        (dose.cvx, dose.mvx.as_str(), dose.lot.as_str(), dose.source),
        (Cvx::known(3), "MSD", "A1&B", Source::Administered)
    );
    assert_eq!((dose.action, dose.office.as_str()), (Action::Add, "Elm Street"));
}

#[test]
fn a_drug_code_in_the_place_of_a_vaccine_code_is_understood() {
    let rxa = "RXA|0|1|20220310||58160-0811-52^Pediarix^NDC|0.5|||01^^NIP001|||||||||||CP|A";
    let dose = hl7::read_vxu(&message(rxa), today()).unwrap().doses.remove(0);
    assert_eq!((dose.cvx, dose.product.as_str(), dose.source), (Cvx::known(110), "Pediarix", Source::Historical));
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
        for message in hl7::messages(&body) {
            let _ = hl7::read_vxu(&message, today());
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
