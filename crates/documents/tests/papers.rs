//! The papers: made, the same each time, and not to be broken by what is printed on them. `cargo xtask test` leaves them in
//! target/papers to look at.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::{fs, path::Path};

use documents::{CertificatePaper, ClassList, ListLine, ObjectionPaper, certificate, class_list, objection};
use domain::{
    Antigen, PersonName,
    certificate::{StatedDose, StatedRequirement, Statement},
    evidence::{Evidence, EvidenceKind},
    objection::{Choice, Form, Signer},
    patient::{Address, Gender, Mother},
};
use words::{Lang, Words};

fn statement(doses: usize, name: &str, language: &str) -> Statement {
    let dose = |number: usize| StatedDose {
        cvx: [3, 110, 21, 48, 133, 10, 20, 130][number % 8],
        given_on: chrono::NaiveDate::default() + chrono::Days::new(18_700 + number as u64 * 40),
        product: "Pediarix".into(),
        office: "Elm Street Pediatrics".into(),
        fault: if number == 2 {
            "Given too early. It would have counted from March 6, 2022.".into()
        } else {
            String::new()
        },
    };
    Statement {
        number: "MA-2026-0123456789".into(),
        name: name.into(),
        born: "2021-03-10".parse().unwrap(),
        gender: "F".into(),
        doses: (0..doses).map(dose).collect(),
        evidence: vec![Evidence {
            antigen: Antigen::Varicella,
            kind: EvidenceKind::ClinicianHistory,
            on: "2023-01-05".parse().unwrap(),
        }],
        requirements: vec![
            StatedRequirement {
                name: "Polio".into(),
                met: true,
                exempt: false,
                sentence: "Met by the doses of 05/10/2021, 07/10/2021, 03/12/2025.".into(),
            },
            StatedRequirement {
                name: "Measles, mumps, rubella (MMR)".into(),
                met: false,
                exempt: false,
                sentence: "1 of 2 doses count. The next one can be given now.".into(),
            },
        ],
        rule_set: "MA school entry 2026-27.1".into(),
        as_of: "2026-09-01".parse().unwrap(),
        issued_at: "2026-09-01T14:00:00Z".parse().unwrap(),
        certifier: "Paul Whitaker, NP".into(),
        licence: "MA-RN 204417".into(),
        office: "Elm Street Pediatrics".into(),
        office_address: "12 Elm St, Boston, MA 02118".into(),
        recipient: "Adams Elementary School".into(),
        language: language.into(),
    }
}

fn paper(statement: &Statement, revoked: bool) -> Vec<u8> {
    let code = "7K2M-0QXA-4D8H-ZZ19".to_owned();
    let page = "https://miis.example.gov/verify".to_owned();
    certificate(&CertificatePaper {
        statement,
        verify_url: format!("{page}/{code}"),
        code,
        verify_page: page,
        digest: "1a2b3c4d5e6f",
        revoked,
    })
    .unwrap()
}

fn keep(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/papers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

fn pages(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes)
        .matches("/Type /Page\n")
        .count()
        .max(String::from_utf8_lossy(bytes).matches("/Type/Page/").count())
}

#[test]
fn a_certificate_is_the_same_file_each_time_it_is_downloaded() {
    let statement = statement(24, "Máire Nguyễn-O’Brien", "en");
    let first = paper(&statement, false);
    assert!(first.starts_with(b"%PDF-1.7") && first.ends_with(b"%%EOF\n"));
    assert_eq!(first, paper(&statement, false));
    assert_ne!(first, paper(&statement, true));
    keep("certificate.pdf", &first);
    keep("certificate-revoked-spanish.pdf", &paper(&Statement { language: "es".into(), ..statement }, true));
}

#[test]
fn a_long_record_goes_on_to_more_pages() {
    let (short, long) =
        (paper(&statement(1, "Mia Okafor", "en"), false), paper(&statement(120, "Mia Okafor", "en"), false));
    assert!(long.len() > short.len() && pages(&long) >= pages(&short));
    keep("certificate-long.pdf", &long);
}

fn form(choice: Choice, language: &str) -> Form {
    Form {
        choice,
        name: PersonName::stored("Núñez-O’Dea".into(), "José".into(), "Luis".into()),
        born: "2021-03-10".parse().unwrap(),
        gender: Gender::Male,
        address: Address { street: "12 Elm St".into(), city: "Boston".into(), state: "MA".into(), zip: "02118".into() },
        phone: "617-555-0142".into(),
        email: "someone@example.org".into(),
        mother: Mother { first: "Grace".into(), maiden: "Bello".into() },
        signer: Signer::Parent,
        signature: "Grace Núñez".into(),
        signed_on: "2026-09-01".parse().unwrap(),
        office: String::new(),
        office_staff: String::new(),
        language: language.into(),
    }
}

#[test]
fn an_objection_in_spanish_carries_its_english_too() {
    let at = "2026-09-01T14:00:00Z".parse().unwrap();
    let paper = |form: &Form, receipt: &str, decided| {
        objection(&ObjectionPaper { form, receipt, submitted_at: at, decided }).unwrap()
    };
    let english = paper(&form(Choice::Object, "en"), "OB-7K2M-0QXA", None);
    let spanish = paper(&form(Choice::Withdraw, "es"), "OB-7K2M-0QXB", Some((at, "Daniela Ortiz")));
    assert!(spanish.len() > english.len());
    keep("objection.pdf", &english);
    keep("objection-spanish.pdf", &spanish);
}

#[test]
fn a_class_list_prints_its_totals_and_everybody() {
    let line = |number: usize| ListLine {
        name: format!("Student, Number {number}"),
        born: "03/10/2021".into(),
        grade: "K".into(),
        number: number.to_string(),
        status: "Incomplete".into(),
        open: "Polio; Hepatitis B".into(),
    };
    let list = ClassList {
        school: "Adams Elementary School".into(),
        class: "K-1".into(),
        as_of: "2026-09-01".parse().unwrap(),
        rule_set: "MA school entry 2026-27.1".into(),
        totals: vec![("Complete".into(), 20), ("Incomplete".into(), 10)],
        lines: (1..=30).map(line).collect(),
        at: "2026-09-01T14:00:00Z".parse().unwrap(),
    };
    keep("class-list.pdf", &class_list(Words(Lang::En), &list).unwrap());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn no_name_and_no_office_breaks_a_certificate(name in ".{1,60}", office in "(\\PC|[\u{590}-\u{6ff}]|\n|\t){0,80}") {
        let mut statement = statement(3, &name, "en");
        statement.office = office;
        proptest::prop_assert!(paper(&statement, false).starts_with(b"%PDF"));
    }
}
