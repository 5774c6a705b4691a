//! Whom the lines of a class list mean: by the school's own number, then by name and date of birth, then by what is left. Whoever a
//! better line means is not offered to another.

use std::collections::{BTreeMap, BTreeSet};

use access::{Grant, Purpose, Relation};
use domain::{PatientId, PersonName, SiteId, patient::Sharing};
use interop::roster::Student;
use matching::{Likeness, Wanted, agreement, first_key, last_key, likeness, may_be_misspelt};
use store::{Found, Tx};

use crate::{
    Caller, Registry, Result,
    people::keys_of,
    roster::class_name,
    roster_review::{Candidate, Match, ReviewLine, RosterReview, WhyReason},
};

/// Where a student is on the saved lists.
struct Enrolled {
    name: PersonName,
    born: chrono::NaiveDate,
    class: String,
    grade: String,
}

/// Who was found, by the keys they were looked for by: whoever stands in a list many times is looked up once, so that the time it
/// takes says nothing of whom it found.
#[derive(Default)]
struct Looked(BTreeMap<(String, String, chrono::NaiveDate), Vec<(Likeness, Candidate)>>);

impl Looked {
    /// Whoever a student may be and no better line means. `near`: everybody born that day, not only who has exactly the name.
    async fn others(
        &mut self,
        tx: &mut Tx,
        caller: &Caller,
        student: &Student,
        near: bool,
        taken: &BTreeSet<PatientId>,
    ) -> Result<Vec<(Likeness, Candidate)>> {
        let wanted = Wanted::named(&student.name, student.born.date());
        let key = (wanted.last_key().to_owned(), wanted.first_key().to_owned(), wanted.born());
        if !self.0.contains_key(&key) {
            let keys = keys_of(&wanted);
            let rows = if near { tx.search(keys, None).await? } else { tx.search_exact(keys, None).await? };
            self.0.insert(key.clone(), rank(caller, &wanted, rows));
        }
        let mut found = self.0.get(&key).cloned().unwrap_or_default();
        found.retain(|(_, candidate)| !taken.contains(&candidate.patient));
        Ok(found)
    }
}

/// How a student fits whom the school's number names.
enum Fit {
    Same,
    Misspelt,
    /// Rather brother and sister.
    Alike,
}

/// The saved lists of a school, as far as it may know who is on them.
#[derive(Default)]
struct Lists {
    students: BTreeMap<PatientId, Enrolled>,
    /// The school's numbers that name one student.
    numbers: BTreeMap<String, Option<PatientId>>,
}

impl Registry {
    /// Says to each student of a list who is meant, and who of the saved lists leaves.
    pub(crate) async fn match_students(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        school: SiteId,
        students: Vec<Student>,
        choices: &BTreeMap<usize, Option<PatientId>>,
        review: &mut RosterReview,
    ) -> Result<()> {
        let lists = Lists::of(tx, school).await?;
        let again = listed_again(&students);
        let mut found: Vec<Option<Match>> = vec![None; students.len()];
        let mut taken: BTreeSet<PatientId> = BTreeSet::new();
        let numbers = own_numbers(&students);
        let (mut exact, mut near) = (Looked::default(), Looked::default());
        for (at, student) in students.iter().enumerate().filter(|(at, _)| again[*at].is_none()) {
            if let Some((Fit::Same, Candidate { patient, .. })) = lists.by_number(student, &numbers)
                && taken.insert(patient)
            {
                found[at] = Some(lists.found(patient, student));
            }
        }
        // Most others are found by exactly their name and date of birth, one row of an index.
        for (at, student) in students.iter().enumerate().filter(|(at, _)| again[*at].is_none()) {
            if found[at].is_some() {
                continue;
            }
            let mut same = exact.others(tx, caller, student, false, &taken).await?;
            same.retain(|(likeness, _)| *likeness == Likeness::Same);
            let numbered = lists.by_number(student, &numbers).map(|(_, candidate)| candidate);
            found[at] = match (same.as_slice(), numbered.filter(|numbered| !taken.contains(&numbered.patient))) {
                ([], _) => None,
                ([(_, only)], numbered) if numbered.is_none() || lists.students.contains_key(&only.patient) => {
                    taken.insert(only.patient);
                    Some(lists.found(only.patient, student))
                }
                (_, Some(numbered)) => {
                    let others = same.into_iter().map(|(_, candidate)| candidate);
                    Some(Match::Doubtful(std::iter::once(numbered).chain(others).take(5).collect()))
                }
                _ => Some(Match::Doubtful(same.into_iter().map(|(_, candidate)| candidate).take(5).collect())),
            };
        }
        // Then the number says whom a misspelt name means, and only for what is left everybody born that day is looked at.
        for (at, student) in students.iter().enumerate().filter(|(at, _)| again[*at].is_none()) {
            if found[at].is_some() {
                continue;
            }
            let numbered = lists.by_number(student, &numbers).filter(|(_, of)| !taken.contains(&of.patient));
            if let Some((Fit::Misspelt, Candidate { patient, .. })) = numbered {
                taken.insert(patient);
                found[at] = Some(lists.found(patient, student));
                continue;
            }
            let close = near.others(tx, caller, student, true, &taken).await?;
            let candidates: Vec<Candidate> = close.into_iter().map(|(_, candidate)| candidate).take(5).collect();
            found[at] = Some(if candidates.is_empty() { Match::NotFound } else { Match::Doubtful(candidates) });
        }
        for ((mut student, mut found), again) in students.into_iter().zip(found.clone()).zip(again) {
            // Listed again: as the first of its lines.
            if let Some((first, _)) = again {
                found = first_of(&review.lines, first).or(found);
            }
            let mut found = found.unwrap_or(Match::NotFound);
            lists.stay(&mut student, &mut found);
            let chosen = choices.get(&student.line).copied();
            if let (Match::Doubtful(candidates), false) = (&mut found, chooses(caller)) {
                // Whoever may not choose sees what the nurse has chosen, and nobody to choose from.
                let chosen = chosen.flatten().filter(|chosen| candidates.iter().any(|one| one.patient == *chosen));
                candidates.clear();
                if let Some(patient) = chosen {
                    found = lists.found(patient, &student);
                }
            }
            let again = again.map(|(line, _)| line);
            review.lines.push(ReviewLine { student, found, chosen, again, needs_reason: None });
        }
        self.ask_for_reasons(tx, school, review).await?;
        let classes: BTreeSet<String> = review.lines.iter().map(|line| class_name(&line.student)).collect();
        let staying: BTreeSet<PatientId> = review.lines.iter().filter_map(ReviewLine::patient).collect();
        let leave = lists
            .students
            .iter()
            .filter(|(patient, place)| classes.contains(&place.class) && !staying.contains(patient));
        review.leaving = leave.map(|(_, place)| format!("{} ({})", place.name.sorted(), place.class)).collect();
        review.leaving.sort();
        review.classes = classes.into_iter().collect();
        Ok(())
    }

    /// Marks the lines that open a record the school had not open before, of somebody it has to say how they come to be there.
    async fn ask_for_reasons(&self, tx: &mut Tx, school: SiteId, review: &mut RosterReview) -> Result<()> {
        let is_there = |found: &Match| {
            matches!(found, Match::Found { known: true, .. } | Match::Found { moved_from: Some(_), .. })
        };
        let is_new = |line: &&ReviewLine| line.again.is_none() && !is_there(&line.found);
        let people: Vec<PatientId> = review.lines.iter().filter(is_new).flat_map(|line| line.found.people()).collect();
        let elsewhere: BTreeSet<PatientId> = tx
            .enrolled_elsewhere(school, &people)
            .await?
            .into_iter()
            .map(|row| PatientId::new(row.patient_id))
            .collect();
        for line in review.lines.iter_mut().filter(|line| is_new(&&**line)) {
            let Some(patient) = line.patient() else { continue };
            line.needs_reason = if elsewhere.contains(&patient) {
                Some(WhyReason::Elsewhere)
            } else if review.ages.contains(&line.student.line) {
                Some(WhyReason::Age)
            } else {
                None
            };
        }
        Ok(())
    }
}

/// Does the caller choose whom a doubtful line means?
pub(crate) fn chooses(caller: &Caller) -> bool {
    caller.scope(Purpose::Match).of(Relation::default(), Sharing::Shared) == Grant::Likeness
}

fn first_of(lines: &[ReviewLine], line: usize) -> Option<Match> {
    lines.iter().find(|other| other.student.line == line).map(|other| other.found.clone())
}

impl Lists {
    /// One look at the saved lists instead of one for each line.
    async fn of(tx: &mut Tx, school: SiteId) -> Result<Self> {
        let mut lists = Self::default();
        for row in tx.class(school, "").await? {
            // Somebody whose record is kept from the school now counts as nobody here too.
            let blocked = row.sharing.as_deref().is_some_and(|sharing| Sharing::from_key(sharing).is_blocked());
            let (Some(patient), Some(born)) = (row.patient_id.filter(|_| !blocked).map(PatientId::new), row.birth_date)
            else {
                continue;
            };
            let [last, first, middle] = [row.last_name, row.first_name, row.middle_name].map(Option::unwrap_or_default);
            let name = PersonName::stored(last, first, middle);
            lists
                .numbers
                .entry(row.student_number)
                .and_modify(|other| *other = other.filter(|other| *other == patient))
                .or_insert(Some(patient));
            lists.students.insert(patient, Enrolled { name, born, class: row.class_name, grade: row.grade });
        }
        Ok(lists)
    }

    /// Whom the school's own number names, if neither name nor date of birth says somebody else, and how they fit.
    fn by_number(&self, student: &Student, own: &BTreeSet<&str>) -> Option<(Fit, Candidate)> {
        if !own.contains(student.number.as_str()) {
            return None;
        }
        let patient = (*self.numbers.get(&student.number)?)?;
        let place = self.students.get(&patient)?;
        let (last, first) = (last_key(place.name.last()), first_key(place.name.first()));
        let candidate = matching::Candidate { last: &last, first: &first, born: place.born };
        let wanted = Wanted::named(&student.name, student.born.date());
        let fit = match likeness(&wanted, candidate)? {
            Likeness::Same => Fit::Same,
            Likeness::Close if may_be_misspelt(&wanted, candidate) => Fit::Misspelt,
            Likeness::Close => Fit::Alike,
        };
        Some((fit, Candidate { patient, agrees: agreement(&wanted, candidate) }))
    }

    fn found(&self, patient: PatientId, student: &Student) -> Match {
        let class = self.students.get(&patient).map(|place| &place.class);
        let here = class_name(student);
        Match::Found {
            patient,
            known: class == Some(&here),
            moved_from: class.filter(|class| **class != here).cloned(),
        }
    }

    /// A file without classes does not move anybody: who is in a class of that grade stays in it.
    fn stay(&self, student: &mut Student, found: &mut Match) {
        if student.class.is_empty()
            && let Match::Found { patient, known, moved_from } = found
            && let Some(place) = self.students.get(patient)
            && place.grade == student.grade.to_string()
        {
            student.class.clone_from(&place.class);
            (*known, *moved_from) = (true, None);
        }
    }
}

/// Somebody whose record this school may not see is not found: same words, same work.
fn rank(caller: &Caller, wanted: &Wanted, rows: Vec<Found>) -> Vec<(Likeness, Candidate)> {
    let scope = caller.scope(Purpose::Match);
    let known = |row: Found| {
        let on_file = matching::Candidate { last: &row.last_key, first: &row.first_key, born: row.birth_date };
        let likeness = likeness(wanted, on_file)?;
        let grant = scope.of(Relation::default(), Sharing::from_key(&row.sharing));
        let candidate = Candidate { patient: PatientId::new(row.id), agrees: agreement(wanted, on_file) };
        grant.is_something().then_some((likeness, candidate))
    };
    let mut ranked: Vec<_> = rows.into_iter().filter_map(known).collect();
    ranked.sort_by_key(|(likeness, _)| *likeness);
    ranked
}

/// Lines of a student who stands in an earlier one: its row, and its place.
fn listed_again(students: &[Student]) -> Vec<Option<(usize, usize)>> {
    let mut seen: BTreeMap<(String, String, chrono::NaiveDate), (usize, usize)> = BTreeMap::new();
    let place = |(at, student): (usize, &Student)| {
        let key = (last_key(student.name.last()), first_key(student.name.first()), student.born.date());
        let before = seen.get(&key).copied();
        if before.is_none() {
            seen.insert(key, (student.line, at));
        }
        // Two of one name and day with two numbers of the school are two.
        before.filter(|(_, first)| {
            let first = &students[*first];
            first.number == student.number || !first.has_number() || !student.has_number()
        })
    };
    students.iter().enumerate().map(place).collect()
}

/// Numbers of the list that name one student of it: one that stands with two names is none.
fn own_numbers(students: &[Student]) -> BTreeSet<&str> {
    let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for student in students.iter().filter(|student| student.has_number()) {
        names.entry(&student.number).or_default().insert(format!("{} {}", last_key(student.name.last()), student.born));
    }
    names.into_iter().filter(|(_, names)| names.len() == 1).map(|(number, _)| number).collect()
}
