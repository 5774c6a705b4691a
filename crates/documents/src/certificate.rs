//! The certificate of immunization: the page a family takes to school.

use domain::{
    catalogue,
    certificate::{StatedDose, StatedRequirement, Statement},
    evidence::EvidenceKind,
};
use krilla::tagging::Tag;
use qrcodegen::{QrCode, QrCodeEcc};
use words::{Lang, Words};

use crate::{
    DocumentError,
    flow::{BLACK, Cell, Flow, GREY, MARGIN, Op, Part, RED, WIDTH},
    font::{Weight, can_print},
    paint::{About, paint},
};

/// What is printed beside the statement.
#[derive(Debug, Clone)]
pub struct CertificatePaper<'a> {
    /// What was certified.
    pub statement: &'a Statement,
    /// In groups of four, as read off the paper.
    pub code: String,
    /// Where anybody checks it: opens the check with the code filled in.
    pub verify_url: String,
    /// The same without the code, as typed by hand.
    pub verify_page: String,
    /// Digest of the doses.
    pub digest: &'a str,
    /// It was revoked: printed across the top.
    pub revoked: bool,
}

/// Makes the PDF.
///
/// # Errors
/// [`DocumentError`] when the writer refuses.
pub fn certificate(paper: &CertificatePaper<'_>) -> Result<Vec<u8>, DocumentError> {
    let statement = paper.statement;
    let words = Words(Lang::parse(&statement.language).unwrap_or_default());
    let mut flow = Flow::new();
    person(&mut flow, words, paper)?;
    flow.rule();
    doses(&mut flow, words, statement);
    evidence(&mut flow, words, statement);
    requirements(&mut flow, words, statement);
    certification(&mut flow, words, paper);
    let foot = words.paper_foot(&statement.number);
    let about = About {
        title: words.paper_certificate_title(),
        language: words.lang().code(),
        id: &statement.number,
        at: statement.issued_at,
        foot: &foot,
        warning: if paper.revoked { words.paper_revoked() } else { "" },
        page_words: &|number, total| words.paper_page(&number.to_string(), &total.to_string()),
    };
    paint(flow, &about)
}

/// Whose it is, beside the picture anybody checks it by.
fn person(flow: &mut Flow, words: Words, paper: &CertificatePaper<'_>) -> Result<(), DocumentError> {
    let statement = paper.statement;
    flow.narrow(WIDTH - MARGIN - 118.0);
    flow.text(words.paper_state(), 9.5, Weight::Bold, GREY);
    flow.heading(1, words.paper_certificate_title());
    if paper.revoked {
        flow.text(words.paper_revoked(), 13.0, Weight::Bold, RED);
    }
    flow.fields(&[
        (words.field_name(), statement.name.clone()),
        (words.field_born(), words.date(statement.born)),
        (words.field_gender(), gender(words, &statement.gender).to_owned()),
        (words.paper_number(), statement.number.clone()),
        (words.paper_as_of(), words.date(statement.as_of)),
    ]);
    picture(flow, words, paper)?;
    flow.widen(MARGIN + 150.0);
    let printed = [&statement.name, &statement.certifier, &statement.office, &statement.recipient].map(String::as_str);
    if !can_print(&printed.join(" ")) {
        flow.text(words.paper_other_letters(), 9.0, Weight::Regular, GREY);
    }
    Ok(())
}

/// Every dose; what does not count is marked and explained below.
fn doses(flow: &mut Flow, words: Words, statement: &Statement) {
    flow.heading(2, words.paper_doses());
    if statement.doses.is_empty() {
        flow.paragraph(words.paper_no_doses());
        return;
    }
    let head = [words.paper_vaccine(), words.paper_date(), words.paper_product(), words.paper_office()];
    let rows: Vec<Vec<Cell>> = statement.doses.iter().map(|dose| dose_row(words, dose)).collect();
    flow.table(&head, &[0.36, 0.15, 0.2, 0.29], &rows);
    let faulty = || statement.doses.iter().filter(|dose| !dose.fault.is_empty());
    if faulty().next().is_some() {
        flow.text(words.paper_fault_legend(), 9.0, Weight::Regular, GREY);
    }
    for dose in faulty() {
        let name = catalogue::name(dose.cvx);
        let line = format!("{name}, {}: {}", words.short_date(dose.given_on), dose.fault);
        flow.text(&line, 9.0, Weight::Regular, RED);
    }
}

/// What stands in for doses: laboratory results, a history of disease.
fn evidence(flow: &mut Flow, words: Words, statement: &Statement) {
    if statement.evidence.is_empty() {
        return;
    }
    flow.heading(2, words.paper_evidence());
    for evidence in &statement.evidence {
        let kind = match evidence.kind {
            EvidenceKind::Laboratory => words.evidence_laboratory(),
            EvidenceKind::ClinicianHistory => words.evidence_clinician(),
            EvidenceKind::ParentStatement => words.evidence_parent(),
        };
        flow.paragraph(&format!("{}: {kind}, {}", evidence.antigen.key(), words.date(evidence.on)));
    }
}

/// What the school asks for, and whether it is met.
fn requirements(flow: &mut Flow, words: Words, statement: &Statement) {
    if statement.requirements.is_empty() {
        return;
    }
    flow.heading(2, words.paper_requirements());
    let row = |requirement: &StatedRequirement| {
        let mark = if requirement.met {
            Cell::bold(words.paper_met())
        } else if requirement.exempt {
            Cell::bold(words.status_exempt())
        } else {
            Cell::bold(words.paper_not_met()).ink(RED)
        };
        vec![Cell::plain(requirement.name.clone()), mark, Cell::plain(requirement.sentence.clone())]
    };
    let rows: Vec<Vec<Cell>> = statement.requirements.iter().map(row).collect();
    flow.table(&[words.paper_requirement(), words.paper_status(), words.paper_why()], &[0.32, 0.13, 0.55], &rows);
    flow.text(&words.paper_rule_set(&statement.rule_set), 8.5, Weight::Regular, GREY);
}

/// Who certifies it, for whom, and how anybody checks it. Stays on one page.
fn certification(flow: &mut Flow, words: Words, paper: &CertificatePaper<'_>) {
    let statement = paper.statement;
    flow.need(150.0);
    flow.heading(2, words.paper_certification());
    flow.paragraph(words.paper_certification_text());
    flow.fields(&[
        (words.paper_certified_by(), line(&[&statement.certifier, &statement.licence])),
        (words.paper_office(), line(&[&statement.office, &statement.office_address])),
        (words.paper_issued(), words.day(statement.issued_at)),
        (words.paper_for(), statement.recipient.clone()),
    ]);
    flow.text(words.paper_is_certificate(), 9.0, Weight::Regular, BLACK);
    flow.text(&words.paper_check_how(&paper.verify_page, &paper.code, paper.digest), 9.0, Weight::Regular, BLACK);
}

fn dose_row(words: Words, dose: &StatedDose) -> Vec<Cell> {
    let name = Cell::bold(catalogue::name(dose.cvx));
    let name = if dose.fault.is_empty() { name } else { Cell { text: format!("{} *", name.text), ..name } };
    let date = Cell::plain(words.short_date(dose.given_on));
    vec![name, date, Cell::plain(dose.product.clone()), Cell::plain(dose.office.clone())]
}

/// The QR code at the top right, with the short code below it.
fn picture(flow: &mut Flow, words: Words, paper: &CertificatePaper<'_>) -> Result<(), DocumentError> {
    let code =
        QrCode::encode_text(&paper.verify_url, QrCodeEcc::Medium).map_err(|_| DocumentError::Layout("qr code"))?;
    let side = 104.0;
    #[expect(clippy::cast_precision_loss, reason = "a QR code has at most 177 modules a side")]
    let module = side / code.size() as f32;
    let (x, y) = (WIDTH - MARGIN - side, MARGIN);
    let mut boxes = Vec::new();
    for row in 0..code.size() {
        for column in 0..code.size() {
            if code.get_module(column, row) {
                #[expect(clippy::cast_precision_loss, reason = "as above")]
                boxes.push((x + column as f32 * module, y + row as f32 * module, module * 1.01, module * 1.01));
            }
        }
    }
    let figure = flow.node(None, Tag::Figure(Some(words.paper_qr_alt(&paper.code))));
    flow.push(Part::Node(figure), vec![Op::Fill { boxes, ink: BLACK }]);
    let caption = flow.node(None, Tag::P);
    let text =
        Op::Text { x, y: y + side + 14.0, size: 8.6, weight: Weight::Bold, ink: BLACK, text: paper.code.clone() };
    flow.push(Part::Node(caption), vec![text]);
    Ok(())
}

pub(crate) fn gender(words: Words, key: &str) -> &'static str {
    match key {
        "F" => words.gender_female(),
        "M" => words.gender_male(),
        "X" => words.gender_x(),
        _ => words.gender_unknown(),
    }
}

fn line(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}
