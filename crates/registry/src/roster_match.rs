//! Whom the lines of a class list mean: by the school's own number, then by name and date of birth, then by what is left. Whoever a
//! better line means is not offered to another.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use access::{Grant, Purpose, Relation};
use domain::{PatientId, PersonName, SiteId, patient::Sharing};
use interop::roster::Student;
use matching::{Likeness, Wanted, agreement, first_key, last_key, likeness, may_be_misspelt};
use store::{Named, SearchKeys, Tx};

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

/// As many people are offered for a doubtful line.
const MOST_CANDIDATES: usize = 5;

/// A name and a date of birth, by their keys.
type Keys = (String, String, chrono::NaiveDate);

fn keys(wanted: &Wanted) -> Keys {
    (wanted.last_key().to_owned(), wanted.first_key().to_owned(), wanted.born())
}

/// Who has exactly the name and date of birth of a student: looked for at once for the whole list, whatever else is known of a line.
async fn same_as(tx: &mut Tx, caller: &Caller, students: &[Student]) -> Result<BTreeMap<Keys, Vec<Candidate>>> {
    let wanted: BTreeMap<Keys, Wanted> = students.iter().map(wanted_of).map(|wanted| (keys(&wanted), wanted)).collect();
    let names: Vec<SearchKeys<'_>> = wanted.values().map(keys_of).collect();
    let mut rows: BTreeMap<Keys, Vec<Named>> = BTreeMap::new();
    for row in tx.search_named(&names).await? {
        rows.entry((row.last_key.clone(), row.first_key.clone(), row.birth_date)).or_default().push(row);
    }
    let same = |wanted: &Wanted, rows: Vec<Named>| -> Vec<Candidate> {
        let ranked = rank(caller, wanted, rows).into_iter();
        ranked.filter(|(likeness, _)| *likeness == Likeness::Same).map(|(_, candidate)| candidate).collect()
    };
    let meant = |(keys, rows): (Keys, Vec<Named>)| {
        let people = wanted.get(&keys).map_or_else(Vec::new, |wanted| {
            // Who goes by the name is meant before who went by it: of those this school may see, so that a hidden one changes nothing.
            let (formerly, now): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.formerly);
            let (now, formerly) = (same(wanted, now), same(wanted, formerly));
            if now.is_empty() { formerly } else { now }
        });
        (keys, people)
    };
    Ok(rows.into_iter().map(meant).collect())
}

fn wanted_of(student: &Student) -> Wanted {
    Wanted::named(&student.name, student.born.date())
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

/// A list on its way: what is said of its lines so far, and whom one of them means already.
struct Matching<'a> {
    lists: &'a Lists,
    students: &'a [Student],
    /// The school's numbers that name one student of the list.
    numbers: BTreeSet<&'a str>,
    again: Vec<Option<(usize, usize)>>,
    found: Vec<Option<Match>>,
    taken: BTreeSet<PatientId>,
}

impl<'a> Matching<'a> {
    fn new(lists: &'a Lists, students: &'a [Student]) -> Self {
        Self {
            lists,
            students,
            numbers: own_numbers(students),
            again: listed_again(students),
            found: vec![None; students.len()],
            taken: BTreeSet::new(),
        }
    }

    /// The lines of which nothing is said yet.
    fn open(&self) -> Vec<(usize, &'a Student)> {
        let open = |(at, _): &(usize, &Student)| self.again[*at].is_none() && self.found[*at].is_none();
        self.students.iter().enumerate().filter(open).collect()
    }

    /// The line means this one, whom then no other means.
    fn means(&mut self, at: usize, patient: PatientId) {
        self.taken.insert(patient);
        self.found[at] = Some(self.lists.found(patient, &self.students[at]));
    }

    fn numbered(&self, student: &Student) -> Option<(Fit, Candidate)> {
        self.lists.by_number(student, &self.numbers).filter(|(_, of)| !self.taken.contains(&of.patient))
    }

    /// The school's own number names whom neither name nor date of birth denies.
    fn by_number(&mut self) {
        for (at, student) in self.open() {
            if let Some((Fit::Same, Candidate { patient, .. })) = self.numbered(student) {
                self.means(at, patient);
            }
        }
    }

    /// Most others are found by exactly their name and date of birth.
    fn by_name(&mut self, same: &BTreeMap<Keys, Vec<Candidate>>) {
        for (at, student) in self.open() {
            let same = same.get(&keys(&wanted_of(student))).into_iter().flatten();
            let free = same.filter(|candidate| !self.taken.contains(&candidate.patient));
            let same: Vec<&Candidate> = free.take(MOST_CANDIDATES).collect();
            let numbered = self.numbered(student).map(|(_, candidate)| candidate);
            match same.as_slice() {
                [] => {}
                [only] if numbered.is_none() || self.lists.students.contains_key(&only.patient) => {
                    self.means(at, only.patient);
                }
                several => {
                    let all = numbered.into_iter().chain(several.iter().copied().cloned());
                    self.found[at] = Some(Match::Doubtful(all.take(MOST_CANDIDATES).collect()));
                }
            }
        }
    }

    /// Then the number says whom a misspelt name means, and only for what is left everybody born that day is looked at. Whoever stands in a
    /// list many times is looked up once, so that the time it takes says nothing of whom it found.
    async fn by_likeness(&mut self, tx: &mut Tx, caller: &Caller) -> Result<()> {
        let mut looked: BTreeMap<Keys, Vec<Candidate>> = BTreeMap::new();
        for (at, student) in self.open() {
            if let Some((Fit::Misspelt, Candidate { patient, .. })) = self.numbered(student) {
                self.means(at, patient);
                continue;
            }
            let wanted = wanted_of(student);
            let close = match looked.entry(keys(&wanted)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let rows = tx.search(keys_of(&wanted), None).await?;
                    place.insert(
                        rank(caller, &wanted, rows.into_iter().map(Named::from))
                            .into_iter()
                            .map(|(_, candidate)| candidate)
                            .collect(),
                    )
                }
            };
            let free = close.iter().filter(|candidate| !self.taken.contains(&candidate.patient));
            let candidates: Vec<Candidate> = free.take(MOST_CANDIDATES).cloned().collect();
            self.found[at] = Some(if candidates.is_empty() { Match::NotFound } else { Match::Doubtful(candidates) });
        }
        Ok(())
    }

    /// The lines with what is said of them and what the nurse has chosen.
    fn lines(self, caller: &Caller, choices: &BTreeMap<usize, Option<PatientId>>) -> Vec<ReviewLine> {
        let mut lines: Vec<ReviewLine> = Vec::with_capacity(self.students.len());
        for ((student, found), again) in self.students.iter().zip(self.found).zip(self.again) {
            let mut student = student.clone();
            // Listed again: as the first of its lines.
            let found = match again {
                Some((first, _)) => first_of(&lines, first).or(found),
                None => found,
            };
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
            lines.push(ReviewLine { student, found, chosen, again: again.map(|(line, _)| line), needs_reason: None });
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
        let lists = Lists::of(tx, school).await?;
        let same = same_as(tx, caller, students).await?;
        let mut matching = Matching::new(&lists, students);
        matching.by_number();
        matching.by_name(&same);
        matching.by_likeness(tx, caller).await?;
        review.lines = matching.lines(caller, choices);
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
        let wanted = wanted_of(student);
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
fn rank(caller: &Caller, wanted: &Wanted, rows: impl IntoIterator<Item = Named>) -> Vec<(Likeness, Candidate)> {
    let scope = caller.scope(Purpose::Match);
    let known = |row: Named| {
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
