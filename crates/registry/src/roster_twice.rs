//! Lines of a class list that name one student, or two of one name: told from the list alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::PersonName;
use interop::roster::Student;
use matching::{first_key, last_key, middles_deny};

use crate::roster_find::{Keys, keys, wanted_of};

/// Students of one name and day of birth who are compared with each other.
const MOST_ALIKE: usize = 30;

/// An earlier line of the same name and date of birth.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    pub(crate) row: usize,
    /// It is the same student. Two of one name and day with two numbers of the school are two.
    pub(crate) again: bool,
}

/// The lines of one name and date of birth, where there are several.
fn of_one_name(students: &[Student], lines: impl Iterator<Item = usize>) -> impl Iterator<Item = Vec<usize>> {
    let mut of_name: BTreeMap<Keys, Vec<usize>> = BTreeMap::new();
    for at in lines {
        of_name.entry(keys(&wanted_of(&students[at]))).or_default().push(at);
    }
    of_name.into_values().filter(|places| places.len() > 1)
}

/// For each line, the earlier one of the same name and day.
pub(crate) fn listed_before(students: &[Student]) -> Vec<Option<Before>> {
    let mut before = vec![None; students.len()];
    let middle = |at: usize| students[at].name.middle();
    for places in of_one_name(students, 0..students.len()) {
        // So many of one name and day are no children: each is compared with none but the first.
        if places.len() > MOST_ALIKE {
            let first = places[0];
            for at in places.into_iter().skip(1) {
                before[at] = Some(Before { row: students[first].line, again: false });
            }
            continue;
        }
        // Where two of them are two by their middle names, one without any is neither's.
        let are_several =
            places.iter().any(|one| places.iter().any(|other| middles_deny(middle(*one), middle(*other))));
        let is_same = |one: usize, other: usize| {
            let (known, student) = (&students[one], &students[other]);
            let numbers = known.number == student.number || !known.has_number() || !student.has_number();
            numbers && (!are_several || first_key(middle(one)) == first_key(middle(other)))
        };
        let mut firsts: Vec<usize> = Vec::new();
        for at in places {
            if let Some(first) = firsts.iter().find(|first| is_same(**first, at)) {
                before[at] = Some(Before { row: students[*first].line, again: true });
            } else {
                let namesake = firsts.iter().find(|first| !middles_deny(middle(**first), middle(at)));
                before[at] = namesake.map(|first| Before { row: students[*first].line, again: false });
                firsts.push(at);
            }
        }
    }
    before
}

/// The students with the middle name any of their lines has: one line of a child tells it from its twin, another may not.
pub(crate) fn with_middles(students: &[Student], before: &[Option<Before>]) -> Vec<Student> {
    let mut known = students.to_vec();
    for (student, before) in students.iter().zip(before) {
        let Some(Before { row, again: true }) = before else { continue };
        let first = known.iter_mut().find(|first| first.line == *row && first.name.middle().is_empty());
        if let Some(first) = first.filter(|_| !student.name.middle().is_empty()) {
            let (last, named) = (first.name.last().to_owned(), first.name.first().to_owned());
            first.name = PersonName::stored(last, named, student.name.middle().to_owned());
        }
    }
    known
}

/// Who shares name and date of birth with a student who is another one, and no middle name tells them apart.
pub(crate) fn namesakes(students: &[Student], before: &[Option<Before>]) -> BTreeSet<usize> {
    let first = |at: &usize| !before[*at].is_some_and(|before| before.again);
    let middle = |at: usize| students[at].name.middle();
    let shares = |at: usize, places: &[usize]| {
        places.len() > MOST_ALIKE || places.iter().any(|&other| other != at && !middles_deny(middle(at), middle(other)))
    };
    let sharing = |places: Vec<usize>| places.clone().into_iter().filter(move |&at| shares(at, &places));
    of_one_name(students, (0..students.len()).filter(first)).flat_map(sharing).collect()
}

/// Numbers of the list that name one student of it: one that stands with two names is none.
pub(crate) fn own_numbers(students: &[Student]) -> BTreeSet<&str> {
    let mut names: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    for student in students.iter().filter(|student| student.has_number()) {
        let name = (last_key(student.name.last()), first_key(student.name.first()), student.born);
        names.entry(&student.number).or_default().insert(name);
    }
    names.into_iter().filter(|(_, names)| names.len() == 1).map(|(number, _)| number).collect()
}
