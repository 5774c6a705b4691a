//! Who is on file under the names and days of birth of a class list, looked for at once.

use std::collections::{BTreeMap, BTreeSet};

use access::{Purpose, Relation};
use domain::{PatientId, PersonName, patient::Sharing};
use interop::roster::Student;
use matching::{Likeness, Wanted, agreement, first_key, likeness};
use store::{Named, SearchKeys, Tx};

use crate::{Caller, Result, people::keys_of, roster_review::Candidate};

/// A name and a date of birth, by their keys.
pub(crate) type Keys = (String, String, chrono::NaiveDate);

pub(crate) fn keys(wanted: &Wanted) -> Keys {
    (wanted.last_key().to_owned(), wanted.first_key().to_owned(), wanted.born())
}

/// A first name of several words without a middle one, read as first and middle name: many lists write both into one column.
fn parted(student: &Student) -> Option<(Wanted, String)> {
    let (first, middle) = student.name.first().split_once(' ').filter(|_| student.name.middle().is_empty())?;
    let name = PersonName::stored(student.name.last().to_owned(), first.to_owned(), String::new());
    Some((Wanted::named(&name, student.born.date()), first_key(middle)))
}

/// Is the middle name on file the one of the list, or its initial?
fn is_middle(on_file: &str, middle: &str) -> bool {
    let on_file = first_key(on_file);
    !on_file.is_empty() && (on_file == middle || on_file.chars().count() == 1 && middle.starts_with(&on_file))
}

/// Who has exactly the name and date of birth of a student: looked for at once for the whole list, whatever else is known of a line.
pub(crate) async fn same_as(
    tx: &mut Tx,
    caller: &Caller,
    students: &[Student],
) -> Result<BTreeMap<Keys, Vec<Candidate>>> {
    let wanted: BTreeMap<Keys, Wanted> = students.iter().map(wanted_of).map(|wanted| (keys(&wanted), wanted)).collect();
    let parted: BTreeMap<Keys, (Wanted, String)> =
        students.iter().filter_map(|student| Some((keys(&wanted_of(student)), parted(student)?))).collect();
    let either = wanted.values().chain(parted.values().map(|(wanted, _)| wanted));
    let names: Vec<SearchKeys<'_>> =
        either.map(|wanted| (keys(wanted), wanted)).collect::<BTreeMap<_, _>>().into_values().map(keys_of).collect();
    let mut rows: BTreeMap<Keys, Vec<Named>> = BTreeMap::new();
    for row in tx.search_named(&names).await? {
        rows.entry((row.last_key.clone(), row.first_key.clone(), row.birth_date)).or_default().push(row);
    }
    let same = |wanted: &Wanted, rows: Vec<Named>| -> Vec<Candidate> {
        let ranked = rank(caller, wanted, rows).into_iter();
        ranked.filter(|(likeness, _)| *likeness == Likeness::Same).map(|(_, candidate)| candidate).collect()
    };
    let meant = |(key, wanted): (&Keys, &Wanted)| {
        let of_name = rows.get(key).cloned().unwrap_or_default();
        // Who goes by the name is meant before who went by it: of those this school may see, so that a hidden one changes nothing.
        let (formerly, now): (Vec<_>, Vec<_>) = of_name.into_iter().partition(|row| row.formerly);
        let (now, formerly) = (same(wanted, now), same(wanted, formerly));
        let people = if now.is_empty() { formerly } else { now };
        let people = match parted.get(key) {
            Some((wanted, middle)) if people.is_empty() => {
                let mut of_both = rows.get(&keys(wanted)).cloned().unwrap_or_default();
                of_both.retain(|row| !row.formerly && is_middle(&row.middle_name, middle));
                same(wanted, of_both)
            }
            _ => people,
        };
        (key.clone(), people)
    };
    Ok(wanted.iter().map(meant).collect())
}

/// Who could be meant by each of the students that are left, the likeliest first. They are looked for at once: each name and each day one
/// time, so that the time it takes says nothing of whom it found.
pub(crate) async fn alike<'a>(
    tx: &mut Tx,
    caller: &Caller,
    students: impl Iterator<Item = &'a Student>,
) -> Result<BTreeMap<Keys, Vec<Candidate>>> {
    let wanted: BTreeMap<Keys, Wanted> = students.map(wanted_of).map(|wanted| (keys(&wanted), wanted)).collect();
    let sought: Vec<SearchKeys<'_>> = wanted.values().map(keys_of).collect();
    let likely = tx.search_likely(&sought).await?;
    let mut named: BTreeMap<(&str, &str), Vec<&Named>> = BTreeMap::new();
    for row in &likely.named {
        named.entry((&row.last_key, &row.first_key)).or_default().push(row);
    }
    let mut born: BTreeMap<chrono::NaiveDate, Vec<&Named>> = BTreeMap::new();
    for row in &likely.born {
        born.entry(row.birth_date).or_default().push(row);
    }
    let could_be = |wanted: &Wanted| {
        let sought = keys_of(wanted);
        let days = BTreeSet::from([sought.born, sought.swapped]);
        let by_name = named.get(&(sought.last, sought.first)).into_iter().flatten();
        let by_name = by_name.filter(|row| !row.formerly || days.contains(&row.birth_date));
        let by_day = days.iter().filter_map(|day| born.get(day)).flatten();
        let mut seen = BTreeSet::new();
        let once: Vec<Named> =
            by_name.chain(by_day).filter(|row| seen.insert(row.id)).map(|row| (*row).clone()).collect();
        rank(caller, wanted, once).into_iter().map(|(_, candidate)| candidate).collect()
    };
    Ok(wanted.iter().map(|(keys, wanted)| (keys.clone(), could_be(wanted))).collect())
}

pub(crate) fn wanted_of(student: &Student) -> Wanted {
    Wanted::named(&student.name, student.born.date())
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
