//! The papers: made, the same each time, and not to be broken by what is printed on them. `cargo xtask test` leaves them in
//! target/papers to look at.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::{fs, path::Path};

use documents::{CertificatePaper, ClassList, FormState, ListLine, ObjectionPaper, certificate, class_list, objection};
use domain::{
    Antigen, Cvx, PersonName,
    certificate::{StatedDose, StatedRequirement, Statement},
    evidence::{Evidence, EvidenceKind},
    objection::{Choice, Form, Outcome, Signer, State},
    patient::{Address, Gender, Mother},
};
use words::{Lang, Words};

fn statement(doses: usize, name: &str, language: &str) -> Statement {
    let dose = |number: usize| StatedDose {
        cvx: Cvx::stored([3, 110, 21, 48, 133, 10, 20, 130][number % 8]),
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

/// What somebody reads on each page, blanks made one.
fn read(bytes: &[u8]) -> Vec<String> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(bytes).unwrap();
    pages.iter().map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[track_caller]
fn says(bytes: &[u8], wanted: &[&str]) {
    let text = read(bytes).join(" ");
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted:?} is not on the paper: {text}");
    }
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
fn a_certificate_says_whose_it_is_what_was_given_who_certifies_and_how_to_check_it() {
    let statement = statement(8, "Máire Nguyễn-O’Brien", "en");
    let bytes = paper(&statement, false);
    says(&bytes, &["Máire Nguyễn-O’Brien", "March 10, 2021", "MA-2026-0123456789", "7K2M-0QXA-4D8H-ZZ19"]);
    says(&bytes, &["Paul Whitaker, NP", "MA-RN 204417", "Elm Street Pediatrics", "12 Elm St, Boston, MA 02118"]);
    says(&bytes, &["Adams Elementary School", "MA school entry 2026-27.1", "1 of 2 doses count", "1a2b3c4d5e6f"]);
    says(&bytes, &["Given too early. It would have counted from March 6, 2022."]);
    let text = read(&bytes).join(" ");
    for dose in &statement.doses {
        let day = dose.given_on.format("%m/%d/%Y").to_string();
        assert!(text.contains(&day), "the dose of {day} is not on the paper: {text}");
    }
    let revoked = |bytes: &[u8], word: &str| read(bytes).iter().all(|page| page.to_lowercase().contains(word));
    assert!(!revoked(&bytes, "revoked") && revoked(&paper(&statement, true), "revoked"), "said on every page");
    let spanish = Statement { language: "es".into(), ..statement };
    assert!(revoked(&paper(&spanish, true), "anulado"));
}

#[test]
fn a_name_in_letters_the_font_lacks_stands_in_latin_letters_and_the_paper_says_so() {
    let said = "Some letters cannot be printed here.";
    for name in ["Máire Nguyễn-O’Brien", "Łukasz Żółć", "ʻolani Kahananui", "Νίκος", "Иван Петров"]
    {
        let bytes = paper(&statement(1, name, "en"), false);
        says(&bytes, &[name]);
        assert!(!read(&bytes).join(" ").contains(said), "{name}");
    }
    for (name, shown) in [("王芳", "WangFang"), ("김민준", "GimMinJun"), ("יוסף", "yvsf")] {
        let bytes = paper(&statement(1, name, "en"), false);
        says(&bytes, &[shown, said]);
        assert!(!read(&bytes)[0].contains("??"), "{name}");
    }
    let signed = Form { signature: "王芳".into(), ..form(Choice::Object, "en") };
    let at = "2026-09-01T14:00:00Z".parse().unwrap();
    let bytes = ObjectionPaper {
        form: &signed,
        receipt: "OB-7K2M-0QXD",
        submitted_at: at,
        decided: None,
        state: FormState::Sent(Outcome::Waits),
    };
    says(&objection(&bytes).unwrap(), &["WangFang", said]);
}

#[test]
fn a_long_record_goes_on_to_more_pages() {
    let (short, long) =
        (paper(&statement(1, "Mia Okafor", "en"), false), paper(&statement(120, "Mia Okafor", "en"), false));
    let (short, long) = (read(&short), (read(&long), long));
    assert!(long.0.len() > short.len(), "{} pages", long.0.len());
    let long = {
        let (pages, bytes) = long;
        for (at, page) in pages.iter().enumerate() {
            let said = format!("Page {} of {}", at + 1, pages.len());
            assert!(page.contains(&said) && page.contains("MA-2026-0123456789"), "a loose page: {page}");
        }
        bytes
    };
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
    let paper = |form: &Form, receipt: &str, decided: Option<(_, &str, FormState)>| {
        let state = decided.map_or(FormState::Sent(Outcome::Waits), |(.., state)| state);
        let decided = decided.map(|(at, by, _)| (at, by));
        objection(&ObjectionPaper { form, receipt, submitted_at: at, decided, state }).unwrap()
    };
    let english = paper(&form(Choice::Object, "en"), "OB-7K2M-0QXA", None);
    let spanish = paper(
        &form(Choice::Withdraw, "es"),
        "OB-7K2M-0QXB",
        Some((at, "Daniela Ortiz", FormState::OnFile(State::Rejected))),
    );
    let person = ["Núñez-O’Dea", "José", "12 Elm St", "02118", "617-555-0142", "someone@example.org", "Bello"];
    for bytes in [&english, &spanish] {
        says(bytes, &person);
        says(bytes, &["Grace Núñez"]);
    }
    says(&english, &["OB-7K2M-0QXA", "March 10, 2021"]);
    says(&spanish, &["OB-7K2M-0QXB", "10 de marzo de 2021", "March 10, 2021", "Daniela Ortiz", "Rechazado"]);
    let homeless = Form { address: Address::default(), ..form(Choice::Object, "en") };
    says(&paper(&homeless, "OB-7K2M-0QXC", None), &["I have no fixed address"]);
    keep("objection.pdf", &english);
    keep("objection-spanish.pdf", &spanish);
}

#[test]
fn a_class_list_prints_its_totals_and_everybody() {
    let line = |number: usize| ListLine {
        name: format!("Student, Number {number}"),
        born: "03/10/2021".into(),
        grade: "K".into(),
        class: "K-1".into(),
        number: number.to_string(),
        status: "Incomplete".into(),
        open: "Polio; Hepatitis B".into(),
    };
    let list = ClassList {
        school: "Adams Elementary School".into(),
        class: "K-1".into(),
        several: false,
        as_of: "2026-09-01".parse().unwrap(),
        rule_set: "MA school entry 2026-27.1".into(),
        totals: vec![("Complete".into(), 20), ("Incomplete".into(), 10)],
        lines: (1..=30).map(line).collect(),
        at: "2026-09-01T14:00:00Z".parse().unwrap(),
    };
    let bytes = class_list(Words(Lang::En), &list).unwrap();
    says(&bytes, &["Adams Elementary School", "Complete: 20", "Incomplete: 10"]);
    let text = read(&bytes).join(" ");
    for number in 1..=30 {
        assert!(
            text.contains(&format!("Student, Number {number} 03/10/2021 K {number} Incomplete")),
            "{number}: {text}"
        );
    }
    keep("class-list.pdf", &bytes);
    // Of the whole school each line says its class too.
    let school = ClassList { class: "All classes".into(), several: true, ..list };
    let bytes = class_list(Words(Lang::En), &school).unwrap();
    let text = read(&bytes).join(" ");
    for number in 1..=30 {
        assert!(text.contains(&format!("Student, Number {number} 03/10/2021 K K-1 {number} Incomplete")), "{text}");
    }
    keep("class-list-school.pdf", &bytes);
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
