//! CDC's own releases are read whole, and nothing unknown in them passes.

use std::{fs, path::Path};

use schedule::{Condition, Doses, From, Kind, Schedule, data, notation};

use crate::{files, parse};

#[test]
fn both_releases_are_read_whole() {
    for release in ["4.64", "4.65"] {
        let Some(files) = files(release) else { return };
        let schedule = parse(release, &files).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((schedule.antigens.len(), schedule.groups.len()), (30, 26), "{release}");
        assert_eq!(schedule.conflicts.len(), 624, "{release}");
        let named = |name: &str| schedule.antigens.iter().find(|antigen| antigen.name == name).unwrap();
        // Pertussis is in a group of three, and its doses follow each other.
        let pertussis = named("Pertussis");
        assert_eq!(schedule.groups[pertussis.group].name, "DTaP/Tdap/Td");
        assert_eq!(schedule.groups[pertussis.group].full, Some(false));
        let first = &pertussis.series.iter().find(|series| series.kind == Kind::Standard).unwrap().doses;
        assert!(first[0].intervals.is_empty() && first[1].intervals[0].from == From::Previous);
        // Every rule of the kind the data knows is met somewhere.
        let doses = || schedule.antigens.iter().flat_map(|antigen| &antigen.series).flat_map(|series| &series.doses);
        let conditions =
            || doses().flat_map(|dose| &dose.skips).flat_map(|skip| &skip.sets).flat_map(|set| &set.conditions);
        assert!(conditions().any(|condition| matches!(condition, Condition::Completed(_))));
        assert!(conditions().any(|condition| matches!(condition, Condition::Interval(_))));
        let counts = || {
            conditions()
                .filter_map(|condition| if let Condition::Count(count) = condition { Some(count) } else { None })
        };
        assert!(counts().any(|count| count.since.is_some()) && counts().any(|count| count.window.from.is_some()));
        assert!(counts().any(|count| count.doses == Doses::Total) && counts().any(|count| count.doses == Doses::Valid));
        for wanted in [From::Target(1), From::Observation(120)] {
            assert!(doses().flat_map(|dose| &dose.intervals).any(|interval| interval.from == wanted), "{wanted:?}");
        }
        assert!(doses().flat_map(|dose| &dose.intervals).any(|interval| matches!(interval.from, From::MostRecent(_))));
        assert!(doses().any(|dose| dose.recurring) && doses().any(|dose| dose.season.is_some()));
        assert!(doses().any(|dose| dose.ages.len() == 2), "an age rule that changed on a day");
        assert!(doses().flat_map(|dose| &dose.preferable).any(|vaccine| vaccine.mvx == "SKB"));
        // Zostavax is about chickenpox below fifty and about shingles from fifty on.
        let zostavax: Vec<_> = schedule.associations.iter().filter(|association| association.cvx == 121).collect();
        assert_eq!(zostavax.len(), 2);
        assert!(zostavax.iter().any(|about| about.window.from.is_some_and(|age| age.months == 600)));
    }
}

#[test]
fn a_release_with_something_unknown_in_it_is_refused_with_its_place() {
    let Some(files) = files("4.65") else { return };
    let broken = |file: &str, from: &str, to: &str| {
        let mut files = files.clone();
        let (_, text) = files.iter_mut().find(|(name, _)| name.contains(file)).unwrap();
        assert!(text.contains(from), "{from} is not in {file}");
        *text = text.replacen(from, to, 1);
        parse("4.65", &files).unwrap_err()
    };
    for (file, from, to, what) in [
        ("Polio", "<absMinAge>6 weeks - 4 days</absMinAge>", "<absMinAge>6 weks - 4 days</absMinAge>", "no length"),
        ("Polio", "<seriesType>Standard", "<seriesType>Standart", "no type of series"),
        ("Polio", "<recurringDose>No", "<recurringDose>Maybe", "neither yes nor no"),
        (
            "Polio",
            "<recurringDose>No</recurringDose>",
            "<newRule>1</newRule>",
            "<newRule> is not known in <seriesDose>",
        ),
        ("Polio", "<doseNumber>Dose 2", "<doseNumber>Dose 3", "not the next one"),
        ("Polio", "<conditionType>Age", "<conditionType>Height", "no condition"),
        ("Polio", "<vaccineGroup>Polio", "<vaccineGroup>Pollo", "others"),
        ("Influenza", "<startDate>2025", "<startDate>25-", "no date"),
        ("Schedule", "<antigen>Polio</antigen>", "<antigen>Pollo</antigen>", "no vaccine group"),
        ("Schedule", "<cvx>94</cvx>", "<cvx>ninety</cvx>", "no number"),
    ] {
        let error = broken(file, from, to);
        assert!(error.what.contains(what), "{file}, {to}: {error}");
        assert!(error.file.is_empty() || error.line > 1 && error.file.contains(file), "{error}");
    }
    let mut fewer = files.clone();
    fewer.retain(|(name, _)| !name.contains("Rubella"));
    assert!(parse("4.65", &fewer).unwrap_err().what.contains("Rubella"));
    assert!(parse("4.65", &[("a.xml".into(), "<html>".into())]).is_err());
}

#[test]
fn the_schedule_that_comes_with_the_project_says_what_cdc_says() {
    let Some(files) = files("4.65") else { return };
    let cdc = parse("4.65", &files).unwrap();
    let own = data::release().unwrap();
    assert_eq!(own.hash.len(), 64);
    assert!(cdc == Schedule { hash: String::new(), ..own }, "the notation does not say what the release says");
    // And its files are just what the converter writes: nothing was changed by hand.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/4.65");
    let written = notation::write(&cdc);
    for file in &written {
        let kept = fs::read_to_string(folder.join(&file.name)).unwrap();
        assert!(kept == file.text, "{} is not as the converter writes it", file.name);
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), written.len());
}

#[test]
fn what_was_written_in_the_notation_is_read_as_the_same() {
    let Some(files) = files("4.64") else { return };
    let cdc = parse("4.64", &files).unwrap();
    let read = notation::read(&notation::write(&cdc)).unwrap();
    assert!(cdc == Schedule { hash: String::new(), ..read });
}
