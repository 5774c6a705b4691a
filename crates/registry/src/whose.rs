//! Whose a report is: by the office's number as far as nothing contradicts it, else by name and date of birth, else somebody new. Where
//! a program cannot know, a human decides.

use std::{
    collections::{BTreeSet, HashMap},
    iter,
};

use domain::{
    PatientId, SiteId,
    patient::{Demographics, Patient},
};
use interop::Report;
use matching::{Identity, Verdict, Wanted, by_name, by_number, is_no_name, middles_deny};
use store::{Namesake, SearchKeys, Tx};

use crate::{
    Registry, RegistryError, Result,
    chart::identity_to,
    desk::{Desk, KeptNumber, Known},
    wanted::keys_of,
};

impl Registry {
    /// The person a report is about; `None` when a human has to choose.
    pub(crate) async fn whose(&self, tx: &mut Tx, desk: &mut Desk<'_>, report: &Report) -> Result<Option<Known>> {
        let wanted = Wanted::named(&report.person.name, report.person.born.date());
        let keys = keys_of(&wanted);
        let numbers = desk.numbers_of(report);
        if desk.meets(&wanted, &numbers) {
            desk.write(tx, self.now()).await?;
        }
        desk.expect(&wanted, &numbers);
        let reported = Identity::said(&report.person);
        let office = desk.office.site_id();
        let mut same = namesakes(tx, keys, office).await?;
        let mut numbered = self.by_numbers(tx, office, Some(desk), &numbers, &reported).await?;
        let is_there = |same: &[Other]| same.iter().any(|other| other.who.first == reported.first);
        if matches!(numbered, Numbered::Nobody) {
            if !is_there(&same) && tx.hold_name(keys).await? {
                same = namesakes(tx, keys, office).await?;
            }
            // Whoever reported the same person a moment ago may have given them the number since it was looked up.
            if is_there(&same) {
                numbered = self.by_numbers(tx, office, None, &numbers, &reported).await?;
            }
        }
        match numbered {
            Numbered::One(known) => {
                // Somebody else has exactly this name and date of birth, and this office may know of them.
                let others: BTreeSet<PatientId> = same
                    .iter()
                    .filter(|other| other.who.first == reported.first && !reported.no_name)
                    .filter(|other| !middles_deny(&reported.middle, &other.who.middle))
                    .map(|other| other.patient)
                    .filter(|other| *other != known.id)
                    .collect();
                for other in others {
                    if self.office_may_know(tx, office, other).await?.is_some() {
                        return Ok(None);
                    }
                }
                return Ok(Some(Known::OnFile(known)));
            }
            Numbered::Several => return Ok(None),
            Numbered::Nobody => {}
        }
        let mut named = self.by_names(tx, office, &numbers, &reported, &same).await?;
        // Before somebody is put on file, nobody else may be doing the same: else whoever waited looks again.
        if matches!(named, Named::Nobody) && is_there(&same) && tx.hold_name(keys).await? {
            same = namesakes(tx, keys, office).await?;
            named = self.by_names(tx, office, &numbers, &reported, &same).await?;
        }
        match named {
            Named::One(known) => {
                let row = tx.patient(known).await?.ok_or(RegistryError::NotFound)?;
                Ok(Some(Known::OnFile(Box::new(row.patient()))))
            }
            Named::Doubtful => Ok(None),
            Named::Nobody => Ok(Some(Known::New(Box::new(self.newcomer(tx, &report.person, report.protected).await?)))),
        }
    }

    /// Whom the numbers name, as the desk has looked them up or as they are kept now. One that several people share, or that something
    /// contradicts, names nobody.
    async fn by_numbers(
        &self,
        tx: &mut Tx,
        office: SiteId,
        desk: Option<&Desk<'_>>,
        numbers: &[KeptNumber],
        reported: &Identity,
    ) -> Result<Numbered> {
        let mut holders = BTreeSet::new();
        for number in numbers.iter().filter(|number| number.personal) {
            let ahead = desk.and_then(|desk| desk.holders(number));
            let holding = match ahead {
                Some(holders) => holders.to_vec(),
                None => tx.by_number(&number.authority, &number.key).await?,
            };
            if let [only] = holding.as_slice() {
                holders.insert(*only);
            }
        }
        let mut same: Vec<Box<Patient>> = Vec::new();
        for holder in holders {
            let on_file = tx.patient(holder).await?.ok_or(RegistryError::NotFound)?.patient();
            match by_number(reported, &identity_to(tx, office, &on_file).await?) {
                Verdict::Same => same.push(Box::new(on_file)),
                Verdict::Doubtful => return Ok(Numbered::Several),
                Verdict::Other => {}
            }
        }
        Ok(match same.len() {
            0 => Numbered::Nobody,
            1 => same.pop().map_or(Numbered::Nobody, Numbered::One),
            _ => Numbered::Several,
        })
    }

    /// Whom name and date of birth name. Somebody whose record is kept from the office counts only when nobody else is there and
    /// nothing speaks against it: a dose must not be lost, and nothing may tell the office of them.
    async fn by_names(
        &self,
        tx: &mut Tx,
        office: SiteId,
        numbers: &[KeptNumber],
        reported: &Identity,
        same: &[Other],
    ) -> Result<Named> {
        // Of one person by two names the name that fits better.
        let mut verdicts: Vec<(PatientId, Verdict)> = Vec::new();
        let on_file_numbers = numbers_on_file(tx, numbers, same).await?;
        // A middle name that is another's speaks against it, whatever other names are on file without one.
        let mut denied = BTreeSet::new();
        for Other { patient, who } in same {
            if by_name(reported, who, false) == Verdict::Other {
                continue;
            }
            if reported.first == who.first && middles_deny(&reported.middle, &who.middle) {
                denied.insert(*patient);
            }
            let of_them = on_file_numbers.get(patient).map(Vec::as_slice).unwrap_or_default();
            let verdict = by_name(reported, who, has_other_number(of_them, numbers));
            match verdicts.iter_mut().find(|(known, _)| known == patient) {
                Some((_, before)) if verdict == Verdict::Same => *before = verdict,
                Some(_) => {}
                None => verdicts.push((*patient, verdict)),
            }
        }
        verdicts.retain(|(_, verdict)| *verdict != Verdict::Other);
        for (_, verdict) in verdicts.iter_mut().filter(|(patient, _)| denied.contains(patient)) {
            *verdict = Verdict::Doubtful;
        }
        if let [(only, Verdict::Same)] = verdicts.as_slice() {
            return Ok(Named::One(*only));
        }
        let mut known = Vec::new();
        for (patient, verdict) in verdicts {
            if self.office_may_know(tx, office, patient).await?.is_some() {
                known.push((patient, verdict));
            }
        }
        Ok(match known.as_slice() {
            [] => Named::Nobody,
            [(one, Verdict::Same)] => Named::One(*one),
            _ => Named::Doubtful,
        })
    }

    /// The people a report could be about, in no order: whoever has one of its numbers or its name and date of birth.
    pub(crate) async fn could_be(
        &self,
        tx: &mut Tx,
        office: SiteId,
        numbers: &[KeptNumber],
        report: &Report,
    ) -> Result<BTreeSet<PatientId>> {
        let wanted = Wanted::named(&report.person.name, report.person.born.date());
        let reported = Identity::said(&report.person);
        let same = namesakes(tx, keys_of(&wanted), office).await?;
        let fits = |other: &&Other| other.who.first == reported.first || reported.no_name || other.who.no_name;
        let mut all: BTreeSet<PatientId> = same.iter().filter(fits).map(|other| other.patient).collect();
        for number in numbers.iter().filter(|number| number.personal) {
            all.extend(tx.by_number(&number.authority, &number.key).await?);
        }
        Ok(all)
    }
}

/// Somebody born on a day with a last name, as one of the names they are known by has them.
struct Other {
    patient: PatientId,
    who: Identity,
}

/// Everybody born on a day who has or had a last name, to an office: whoever is kept from it, of whom it has said something, by what it has
/// said, main name and others, and by nothing else.
async fn namesakes(tx: &mut Tx, keys: SearchKeys<'_>, office: SiteId) -> Result<Vec<Other>> {
    let rows = tx.namesakes(keys, office).await?;
    let own: BTreeSet<PatientId> = rows.iter().filter(|row| row.is_own()).map(Namesake::patient).collect();
    let mut others = Vec::new();
    for row in rows {
        let patient = row.patient();
        if let Some(said) = row.said()? {
            let names = iter::once(&said.name).chain(&said.other_names);
            let called = names.map(|name| Identity::said(&Demographics { name: name.clone(), ..said.clone() }));
            let same = called.filter(|who| (who.last.as_str(), who.born) == (keys.last, keys.born));
            others.extend(same.map(|who| Other { patient, who }));
        } else if !own.contains(&patient) {
            let who = Identity {
                last: keys.last.to_owned(),
                first: row.first_key.clone(),
                middle: row.middle_name.clone(),
                no_name: is_no_name(&row.first_name),
                born: keys.born,
                gender: row.gender(),
                multiple_birth: row.multiple_birth(),
                birth_order: row.birth_order(),
            };
            others.push(Other { patient, who });
        }
    }
    Ok(others)
}

enum Numbered {
    Nobody,
    One(Box<Patient>),
    Several,
}

enum Named {
    Nobody,
    One(PatientId),
    Doubtful,
}

/// The numbers of all namesakes, where the report has one to compare. Asked for at once: a hospital has hundreds of newborns without a name.
async fn numbers_on_file(
    tx: &mut Tx,
    numbers: &[KeptNumber],
    same: &[Other],
) -> Result<HashMap<PatientId, Vec<(String, String)>>> {
    if !numbers.iter().any(|number| number.personal) {
        return Ok(HashMap::new());
    }
    let people: BTreeSet<PatientId> = same.iter().map(|other| other.patient).collect();
    Ok(tx.numbers_of_all(&people.into_iter().collect::<Vec<_>>()).await?)
}

/// Does the office know somebody by another number of a kind that names one person, and by none of these?
fn has_other_number(on_file: &[(String, String)], numbers: &[KeptNumber]) -> bool {
    let is_other = |number: &&KeptNumber| {
        let mut of_kind = on_file.iter().filter(|(authority, _)| *authority == number.authority).peekable();
        of_kind.peek().is_some() && of_kind.all(|(_, key)| *key != number.key)
    };
    numbers.iter().filter(|number| number.personal).any(|number| is_other(&number))
}
