//! CDC's published cases: every status, number, date and every dose's verdict and reason. By the project's own schedule and, where CDC's
//! files are there, by the release the cases were published with.

use std::collections::BTreeSet;

use schedule::{Engine, Schedule, data, notation};

use crate::{case::Case, files, parse};

/// Every case, in the order of the file.
pub(crate) fn cases() -> Vec<Case> {
    lines(include_str!("cases.txt")).map(Case::read).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// The cases that come out otherwise by a release.
pub(crate) fn deviations(release: &str) -> BTreeSet<&'static str> {
    let known = lines(include_str!("deviations.txt")).map(|line| line.splitn(3, ' ').collect::<Vec<_>>());
    let of_release = known.filter(|known| known[1] == "both" || known[1] == release);
    of_release.map(|known| known[0]).collect()
}

/// All of them by a schedule, but for the deviations listed for it; a listed one that passes is wrong too.
fn come_out(schedule: Schedule, release: &str) {
    assert!(schedule.passed_over.is_empty(), "{:?}", schedule.passed_over);
    let engine = Engine::new(schedule);
    let mut assessor = engine.assessor();
    let (cases, mut known) = (cases(), deviations(release));
    let mut wrong = Vec::new();
    for case in &cases {
        let assessment = assessor.assess(&case.person(), case.on);
        let differs = case.differs(&engine, &assessment);
        let listed = known.remove(case.id.as_str());
        if listed == differs.is_empty() {
            let listed = if listed { " (listed as a deviation, and passes)" } else { "" };
            wrong.push(format!("{} {}{listed}: {}", case.id, case.group, differs.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases by {release}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(known.is_empty(), "listed, but no case: {known:?}");
    assert_eq!(cases.len(), 882);
}

#[test]
fn every_published_case_comes_out_as_cdc_says_by_the_schedule_families_are_told_of() {
    come_out(data::schedule().unwrap(), "4.65");
}

#[test]
fn every_published_case_comes_out_by_the_release_it_was_published_with() {
    let Some(files) = files("4.64") else { return };
    let mut schedule = parse("4.64", &files).unwrap();
    notation::amend(&mut schedule, &data::errata()).unwrap();
    come_out(schedule, "4.64");
}
