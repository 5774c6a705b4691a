//! Who is on file under the names and days of birth of a class list, looked for at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
};

use access::{Purpose, Relation};
use domain::{PatientId, PersonName, patient::Sharing};
use interop::roster::Student;
use matching::{Likeness, Wanted, agreement, first_key, likeness, middles_deny};
use store::{Likely, Named, SearchKeys, Tx};

use crate::{Caller, Result, roster_review::Candidate, wanted::keys_of};

/// A name and a date of birth, by their keys.
pub(crate) type Keys = (String, String, chrono::NaiveDate);

pub(crate) fn keys(wanted: &Wanted) -> Keys {
    (wanted.last_key().to_owned(), wanted.first_key().to_owned(), wanted.born())
}

/// A first name of several words without a middle one, read as first and middle name: many lists write both into one column.
struct Parted {
    name: Wanted,
    middle: String,
}

impl Parted {
    fn of(student: &Student) -> Option<Self> {
        let (first, middle) = student.name.first().split_once(' ').filter(|_| student.name.middle().is_empty())?;
        let name = PersonName::stored(student.name.last().to_owned(), first.to_owned(), String::new());
        // An initial is many names: it says nothing of which of two twins is meant.
        let middle = first_key(middle);
        (middle.chars().count() > 1).then(|| Self { name: Wanted::named(&name, student.born.date()), middle })
    }
}

/// Who has exactly the name and date of birth of each student: looked for at once for the whole list, whatever else is known of a line.
pub(crate) async fn same_as(tx: &mut Tx, caller: &Caller, students: &[Student]) -> Result<Vec<Vec<Candidate>>> {
    let wanted: Vec<(&Student, Wanted, Option<Parted>)> =
        students.iter().map(|student| (student, wanted_of(student), Parted::of(student))).collect();
    let either =
        wanted.iter().flat_map(|(_, whole, parted)| iter::once(whole).chain(parted.iter().map(|parted| &parted.name)));
    let names: BTreeMap<Keys, SearchKeys<'_>> = either.map(|wanted| (keys(wanted), keys_of(wanted))).collect();
    let names: Vec<SearchKeys<'_>> = names.into_values().collect();
    let mut rows: BTreeMap<Keys, Vec<Named>> = BTreeMap::new();
    for row in tx.search_named(&names).await? {
        rows.entry((row.last_key.clone(), row.first_key.clone(), row.birth_date)).or_default().push(row);
    }
    let of_name = |wanted: &Wanted| rows.get(&keys(wanted)).into_iter().flatten();
    let same = |wanted: &Wanted, rows: Vec<&Named>| -> Vec<Candidate> {
        let ranked = rank(caller, wanted, rows).into_iter();
        ranked.filter(|(likeness, ..)| *likeness == Likeness::Same).map(|(_, candidate, _)| candidate).collect()
    };
    let meant = |(student, whole, parted): &(&Student, Wanted, Option<Parted>)| {
        // Of twins of one first name the middle name says which, by whatever name they are found.
        let fits = |row: &&Named| !middles_deny(student.name.middle(), &row.middle_name);
        // Who goes by the name is meant before who went by it: of those this school may see, so that a hidden one changes nothing.
        let (formerly, now): (Vec<_>, Vec<_>) = of_name(whole).filter(fits).partition(|row| row.formerly);
        let (now, formerly) = (same(whole, now), same(whole, formerly));
        let people = if now.is_empty() { formerly } else { now };
        match parted {
            Some(Parted { name, middle }) if people.is_empty() => {
                let of_both = of_name(name).filter(|row| !row.formerly && first_key(&row.middle_name) == *middle);
                same(name, of_both.collect())
            }
            _ => people,
        }
    };
    Ok(wanted.iter().map(meant).collect())
}

/// A student nobody was found for yet.
#[derive(Debug, Clone)]
struct Left {
    at: usize,
    wanted: Wanted,
    middle: String,
}

/// So many students are looked for at once: whoever was born on one of their days has to be held for it.
const AT_ONCE: usize = 40;

/// Who could be meant by each of the students that are left, the likeliest first. They are looked for together: each name and each day one
/// time, so that the time it takes says nothing of whom it found.
pub(crate) async fn alike(
    tx: &mut Tx,
    caller: &Caller,
    students: Vec<(usize, &Student)>,
) -> Result<BTreeMap<usize, Vec<Candidate>>> {
    let left = |(at, student): (usize, &Student)| Left {
        at,
        wanted: wanted_of(student),
        middle: student.name.middle().to_owned(),
    };
    let mut left: Vec<Left> = students.into_iter().map(left).collect();
    left.sort_by_key(|one| one.wanted.born());
    let mut offered = BTreeMap::new();
    for some in left.chunks(AT_ONCE) {
        let names: BTreeMap<Keys, SearchKeys<'_>> =
            some.iter().map(|one| (keys(&one.wanted), keys_of(&one.wanted))).collect();
        let likely = tx.search_likely(&names.into_values().collect::<Vec<_>>()).await?;
        let (some, caller) = (some.to_vec(), caller.clone());
        offered.extend(crate::apart(move || could_be(&caller, &some, &likely)).await?);
    }
    Ok(offered)
}

/// Who of those found could be meant by each.
fn could_be(caller: &Caller, left: &[Left], likely: &Likely) -> Vec<(usize, Vec<Candidate>)> {
    let mut of_name: BTreeMap<(&str, &str), Vec<&Named>> = BTreeMap::new();
    for row in &likely.named {
        of_name.entry((&row.last_key, &row.first_key)).or_default().push(row);
    }
    let mut of_day: BTreeMap<chrono::NaiveDate, Vec<&Named>> = BTreeMap::new();
    for row in &likely.born {
        of_day.entry(row.birth_date).or_default().push(row);
    }
    let could_be = |Left { at, wanted, middle }: &Left| {
        let sought = keys_of(wanted);
        let days = BTreeSet::from([sought.born, sought.swapped]);
        let by_name = of_name.get(&(sought.last, sought.first)).into_iter().flatten();
        let by_name = by_name.filter(|row| !row.formerly || days.contains(&row.birth_date));
        let by_day = days.iter().filter_map(|day| of_day.get(day)).flatten();
        let mut seen = BTreeSet::new();
        let once = by_name.chain(by_day).filter(|row| seen.insert(row.id)).copied();
        let offered = |(_, mut candidate, row): (Likeness, Candidate, &Named)| {
            candidate.agrees.other_middle = middles_deny(middle, &row.middle_name);
            candidate
        };
        (*at, rank(caller, wanted, once).into_iter().map(offered).collect())
    };
    left.iter().map(could_be).collect()
}

pub(crate) fn wanted_of(student: &Student) -> Wanted {
    Wanted::named(&student.name, student.born.date())
}

/// Somebody whose record this school may not see is not found: same words, same work.
fn rank<'a>(
    caller: &Caller,
    wanted: &Wanted,
    rows: impl IntoIterator<Item = &'a Named>,
) -> Vec<(Likeness, Candidate, &'a Named)> {
    let scope = caller.scope(Purpose::Match);
    let known = |row: &'a Named| {
        let on_file = matching::Candidate { last: &row.last_key, first: &row.first_key, born: row.birth_date };
        let likeness = likeness(wanted, on_file)?;
        let grant = scope.of(Relation::default(), Sharing::from_key(&row.sharing));
        let candidate = Candidate { patient: PatientId::new(row.id), agrees: agreement(wanted, on_file) };
        grant.is_something().then_some((likeness, candidate, row))
    };
    let mut ranked: Vec<_> = rows.into_iter().filter_map(known).collect();
    ranked.sort_by_key(|(likeness, ..)| *likeness);
    ranked
}
