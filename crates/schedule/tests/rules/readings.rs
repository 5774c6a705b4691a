//! Where two readings of the specification differed: what its text says.

use super::*;

/// Somebody of whom something is known.
fn known(born: &str, sex: Sex, observations: &[u16], doses: &[(&str, u16)]) -> Person {
    let observed = |code: &u16| Observed { code: *code, date: None };
    Person { sex, observations: observations.iter().map(observed).collect(), ..person(born, doses) }
}

#[test]
fn a_childhood_series_whose_last_dose_is_not_needed_any_more_is_complete_for_the_risk_series_behind_it() {
    let doses = [("2010-05-21", 133), ("2010-07-21", 133), ("2010-09-21", 133), ("2011-04-21", 133)];
    let of = assess(&known("2010-03-21", Sex::Female, &[214], &doses), "2013-05-21");
    let group = engine().schedule().groups.iter().position(|group| group.name == "Pneumococcal").unwrap();
    let next: Vec<_> = of.groups.iter().filter(|due| due.group == group).filter_map(|due| due.earliest).collect();
    assert_eq!(next, [day("2011-06-16")], "the polysaccharide vaccine, and no further conjugate");
}

#[test]
fn a_default_series_that_is_forbidden_is_forbidden_and_no_other_is_offered_in_its_place() {
    // 117: a severe reaction to diphtheria toxoid. The vaccine of the series behind the default one carries it too.
    let of = known("1964-03-01", Sex::Female, &[117], &[]);
    assert_eq!(due(&assess(&of, "2025-11-10"), "Pneumococcal").status, SeriesStatus::Contraindicated);
}

#[test]
fn what_an_infant_has_outgrown_says_nothing_beside_what_is_due() {
    let of = known("2024-01-01", Sex::Female, &[48], &[("2024-12-15", 21)]);
    assert_eq!(due(&assess(&of, "2024-12-20"), "MMR").status, SeriesStatus::NotComplete);
}

#[test]
fn an_interval_that_is_no_longer_in_force_does_not_decide_which_series_is_chosen() {
    let doses = [("2024-09-12", 512), ("2024-10-25", 208)];
    let of = assess(&known("2006-09-12", Sex::Male, &[147], &doses), "2024-10-25");
    assert!(due(&of, "COVID-19").vaccines.contains(309));
}

/// The days and numbers of what is due of a group, of whatever series.
fn dues(of: &Person, on: &str, group: &str) -> Vec<(Option<u8>, Option<NaiveDate>)> {
    let place = engine().schedule().groups.iter().position(|known| known.name == group).unwrap();
    let assessment = assess(of, on);
    let open = assessment.groups.iter().filter(|due| due.group == place && due.number.is_some());
    open.map(|due| (due.number, due.earliest)).collect()
}

#[test]
fn a_series_somebody_is_too_old_to_go_on_with_is_over_before_its_doses_are_skipped() {
    let of = known("2015-12-13", Sex::Male, &[151], &[("2016-08-16", 148), ("2017-05-22", 148)]);
    assert_eq!(dues(&of, "2017-05-22", "Meningococcal"), [(Some(1), Some(day("2017-07-17")))]);
}

#[test]
fn a_dose_before_the_season_is_not_numbered_beside_a_risk_series_either() {
    let of = known("2025-02-11", Sex::Female, &[246], &[("2025-02-11", 307)]);
    assert!(dues(&of, "2025-02-12", "RSV").iter().all(|(number, _)| *number == Some(1)));
}
