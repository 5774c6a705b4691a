//! Whom the lines of a class list mean: by the school's own number, then by name and date of birth, then by what is left. Whoever a
//! better line means is not offered to another.

use std::collections::{BTreeMap, BTreeSet};

use access::{Grant, Purpose, Relation};
use domain::{EnrolmentId, PatientId, PersonName, SiteId, patient::Sharing};
use interop::roster::Student;
use matching::{Likeness, agreement, likeness, may_be_misspelt, middles_deny, name_keys};
use store::{Enrolment, Tx};

use crate::{
    Caller, Registry, Result,
    board::STUDENT,
    roster_find::{alike, same_as, wanted_of},
    roster_review::{Candidate, ClassesShown, Match, ReviewLine, RosterReview, WhyReason, class_name},
    roster_twice::{Before, listed_before, namesakes, own_numbers, with_middles},
};

/// Where a student is on the saved lists.
struct Enrolled {
    name: PersonName,
    born: chrono::NaiveDate,
    class: String,
    grade: String,
}

/// As many people are offered for a doubtful line.
const MOST_CANDIDATES: usize = 5;

/// How a student fits whom the school's number names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Every row, with its class.
    rows: Vec<(EnrolmentId, String)>,
}

/// Whom a line names.
struct Listed {
    at: usize,
    people: Vec<Candidate>,
    /// Nothing else speaks against it.
    is_sure: bool,
}

/// A list on its way: what is said of its lines so far, and whom one of them means already.
struct Matching<'a> {
    lists: &'a Lists,
    students: &'a [Student],
    /// The school's numbers that name one student of the list.
    numbers: BTreeSet<&'a str>,
    before: Vec<Option<Before>>,
    /// Students who share name and date of birth with another one of the list, and no middle name tells them apart.
    namesakes: BTreeSet<usize>,
    found: Vec<Option<Match>>,
    taken: BTreeSet<PatientId>,
}

impl<'a> Matching<'a> {
    fn new(lists: &'a Lists, students: &'a [Student], before: Vec<Option<Before>>) -> Self {
        Self {
            lists,
            students,
            numbers: own_numbers(students),
            namesakes: namesakes(students, &before),
            before,
            found: vec![None; students.len()],
            taken: BTreeSet::new(),
        }
    }

    /// The lines of which nothing is said yet.
    fn open(&self) -> Vec<(usize, &'a Student)> {
        let open = |(at, _): &(usize, &Student)| {
            !matches!(self.before[*at], Some(Before { again: true, .. })) && self.found[*at].is_none()
        };
        self.students.iter().enumerate().filter(open).collect()
    }

    fn numbered(&self, student: &Student) -> Option<(Fit, Candidate)> {
        self.lists.by_number(student, &self.numbers).filter(|(_, of)| !self.taken.contains(&of.patient))
    }

    /// Each of these lines means the one it names. One that names several people, or somebody another line names too, only could: these
    /// are given back.
    fn mean(&mut self, named: Vec<Listed>) -> Vec<Listed> {
        let mut lines_of: BTreeMap<PatientId, usize> = BTreeMap::new();
        for candidate in named.iter().flat_map(|line| &line.people) {
            *lines_of.entry(candidate.patient).or_default() += 1;
        }
        let (sure, open): (Vec<Listed>, Vec<Listed>) = named.into_iter().partition(|line| {
            let [only] = line.people.as_slice() else { return false };
            line.is_sure && lines_of[&only.patient] == 1
        });
        for (at, patient) in sure.iter().flat_map(|line| line.people.iter().map(|only| (line.at, only.patient))) {
            self.taken.insert(patient);
            self.found[at] = Some(self.lists.found(patient, &self.students[at]));
        }
        open
    }

    /// The school's own number names whom neither name nor date of birth denies, or whose name is misspelt. Whom it names twice, the
    /// names say.
    fn by_number(&mut self, fits: Fit) {
        let named = |(at, student)| {
            let (fit, candidate) = self.numbered(student)?;
            (fit == fits).then(|| Listed { at, people: vec![candidate], is_sure: true })
        };
        self.mean(self.open().into_iter().filter_map(named).collect());
    }

    /// Most others are found by exactly their name and date of birth.
    fn by_name(&mut self, same: &[Vec<Candidate>]) {
        let named = |(at, student): (usize, &Student)| {
            let free = same[at].iter().filter(|candidate| !self.taken.contains(&candidate.patient));
            let people: Vec<Candidate> = free.take(MOST_CANDIDATES).cloned().collect();
            let first = people.first()?.patient;
            // A number that names somebody else speaks against the name, but not against a name the school's lists have too. Of two
            // students of one name and day each could be the one on file, whoever else is.
            let is_agreed = self.numbered(student).is_none() || self.lists.students.contains_key(&first);
            let is_sure = is_agreed && !self.namesakes.contains(&at);
            Some(Listed { at, people, is_sure })
        };
        for Listed { at, people, .. } in self.mean(self.open().into_iter().filter_map(named).collect()) {
            let numbered = self.numbered(&self.students[at]).map(|(_, candidate)| candidate);
            let numbered = numbered.filter(|numbered| people.iter().all(|one| one.patient != numbered.patient));
            let all = numbered.into_iter().chain(people);
            self.found[at] = Some(Match::Doubtful(all.take(MOST_CANDIDATES).collect()));
        }
    }

    /// Only for what is left everybody born that day is looked at.
    fn by_likeness(&mut self, alike: &BTreeMap<usize, Vec<Candidate>>) {
        for (at, _) in self.open() {
            let close = alike.get(&at).into_iter().flatten();
            let free = close.filter(|candidate| !self.taken.contains(&candidate.patient));
            let candidates: Vec<Candidate> = free.take(MOST_CANDIDATES).cloned().collect();
            self.found[at] = Some(if candidates.is_empty() { Match::NotFound } else { Match::Doubtful(candidates) });
        }
    }

    /// The lines with what is said of them and what the nurse has chosen.
    fn lines(
        self,
        caller: &Caller,
        students: &[Student],
        choices: &BTreeMap<usize, Option<PatientId>>,
    ) -> Vec<ReviewLine> {
        let mut lines: Vec<ReviewLine> = Vec::with_capacity(students.len());
        for ((student, found), before) in students.iter().zip(self.found).zip(self.before) {
            let mut student = student.clone();
            let row = |again: bool| before.filter(|before| before.again == again).map(|before| before.row);
            let (again, namesake) = (row(true), row(false));
            // Listed again: as the first of its lines.
            let found = again.and_then(|first| first_of(&lines, first)).or(found);
            let mut found = found.unwrap_or(Match::NotFound);
            self.lists.stay(&mut student, &mut found);
            let chosen = choices.get(&student.line).copied();
            if let (Match::Doubtful(candidates), false) = (&mut found, chooses(caller)) {
                // Whoever may not choose sees what the nurse has chosen, and nobody to choose from.
                let chosen = chosen.flatten().filter(|chosen| candidates.iter().any(|one| one.patient == *chosen));
                candidates.clear();
                if let Some(patient) = chosen {
                    found = self.lists.found(patient, &student);
                }
            }
            lines.push(ReviewLine { student, found, chosen, again, namesake, needs_reason: None });
        }
        lines
    }
}

impl Registry {
    /// Says to each student of a list who is meant, and who of the saved lists leaves.
    pub(crate) async fn match_students(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        school: SiteId,
        students: &[Student],
        choices: &BTreeMap<usize, Option<PatientId>>,
        review: &mut RosterReview,
    ) -> Result<()> {
        let lists = Lists::of(tx, caller, school).await?;
        let before = listed_before(students);
        let known = with_middles(students, &before);
        let same = same_as(tx, caller, &known).await?;
        let mut matching = Matching::new(&lists, &known, before);
        matching.by_number(Fit::Same);
        matching.by_name(&same);
        matching.by_number(Fit::Misspelt);
        let alike = alike(tx, caller, matching.open()).await?;
        matching.by_likeness(&alike);
        review.lines = matching.lines(caller, students, choices);
        self.ask_for_reasons(tx, school, review).await?;
        let classes: BTreeSet<String> = review.lines.iter().map(|line| class_name(&line.student)).collect();
        let staying: BTreeSet<PatientId> = review.lines.iter().filter_map(ReviewLine::patient).collect();
        let leave = lists
            .students
            .iter()
            .filter(|(patient, place)| classes.contains(&place.class) && !staying.contains(patient));
        (review.leaving, review.people_leaving) =
            leave.map(|(patient, place)| (format!("{} ({})", place.name.sorted(), place.class), *patient)).unzip();
        review.leaving.sort();
        let there = lists.rows.iter().filter(|(_, class)| classes.contains(class));
        review.shown = ClassesShown::of(there.map(|(row, _)| *row));
        review.classes = classes.into_iter().collect();
        Ok(())
    }

    /// Marks the lines that open a record the school had not open before, of somebody it has to say how they come to be there.
    async fn ask_for_reasons(&self, tx: &mut Tx, school: SiteId, review: &mut RosterReview) -> Result<()> {
        let is_new = |line: &&ReviewLine| line.again.is_none() && !is_there_already(line);
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

/// Is the student on a saved list of this school?
pub(crate) fn is_there_already(line: &ReviewLine) -> bool {
    matches!(line.found, Match::Found { known: true, .. } | Match::Found { moved_from: Some(_), .. })
}

/// Who a student on a saved list is, as far as the school may know.
pub(crate) fn known_student(caller: &Caller, row: &Enrolment) -> Option<PatientId> {
    let sharing = Sharing::from_key(row.sharing.as_deref()?);
    let is_known = caller.scope(Purpose::SchoolEntry).of(STUDENT, sharing).is_something();
    row.patient_id.filter(|_| is_known).map(PatientId::new)
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
    async fn of(tx: &mut Tx, caller: &Caller, school: SiteId) -> Result<Self> {
        let mut lists = Self::default();
        for row in tx.class(school, "").await? {
            lists.rows.push((EnrolmentId::new(row.id), row.class_name.clone()));
            // Somebody whose record is kept from the school now counts as nobody here too.
            let (Some(patient), Some(born)) = (known_student(caller, &row), row.birth_date) else {
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
        let (last, first) = name_keys(&place.name);
        let candidate = matching::Candidate { last: &last, first: &first, born: place.born };
        let wanted = wanted_of(student);
        let mut agrees = agreement(&wanted, candidate);
        agrees.other_middle = middles_deny(student.name.middle(), place.name.middle());
        let fit = match likeness(&wanted, candidate)? {
            _ if agrees.other_middle => Fit::Alike,
            Likeness::Same => Fit::Same,
            Likeness::Close if may_be_misspelt(&wanted, candidate) => Fit::Misspelt,
            Likeness::Close => Fit::Alike,
        };
        Some((fit, Candidate { patient, agrees }))
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
