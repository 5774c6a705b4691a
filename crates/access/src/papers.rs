//! What is no grade of a record: whose a paper or a dose is, by what somebody is compared, what of an address is shown.

use domain::{
    PersonName, SiteId, Standing,
    dose::Dose,
    patient::{Address, Demographics, Gender, Mother, Patient, Sharing},
};

use crate::{Grant, Relation};

/// What of a certificate may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Nothing: answer as for one that was not found.
    Nothing,
    /// That it was issued, to revoke it; nothing of what it states.
    Bare,
    /// Everything.
    Whole,
}

/// A certificate is its family's and the issuing office's. Under an objection the office gets what it needs to revoke it: what it
/// states holds other offices' doses.
pub fn certificate(standing: Option<Standing>, relation: Relation, sharing: Sharing, issued_by: SiteId) -> Paper {
    let Some(standing) = standing else { return Paper::Nothing };
    let issued_here = is_of_own_office(Some(standing), Some(issued_by));
    if !(relation.family || issued_here) {
        Paper::Nothing
    } else if !relation.family && sharing.is_blocked() {
        Paper::Bare
    } else {
        Paper::Whole
    }
}

/// What is an office's own (a dose it reported, a certificate it issued, a request made to it) its staff acts on, and nobody else.
pub fn is_of_own_office(standing: Option<Standing>, office: Option<SiteId>) -> bool {
    let own = standing.filter(|standing| standing.role().is_provider()).and_then(Standing::site);
    own.is_some() && own == office
}

/// Is somebody compared with what an office says by what is on file? Whoever is kept from others is, as far as it has called them
/// something itself, compared by that: else what an office is not shown would decide what it sees.
pub const fn is_compared_by_file(sharing: Sharing) -> bool {
    !sharing.is_blocked()
}

/// May an office be told that a dose is on record, if only because it reports the same? Under an objection of those it reported
/// itself.
pub fn office_may_see_dose(sharing: Sharing, office: SiteId, dose: &Dose) -> bool {
    !sharing.is_blocked() || dose.site == Some(office)
}

/// May a search say in which town somebody on file lives?
pub const fn shows_town(grant: Grant, is_address_restricted: bool) -> bool {
    matches!(grant, Grant::Whole | Grant::Name) && !is_address_restricted
}

/// Who somebody is to an office that sees its own part of their record, where what it has said of them was not kept: last and first name and
/// date of birth, by which it finds them. All else on file may be another office's word.
pub fn as_found(patient: &Patient) -> Demographics {
    let name = PersonName::stored(patient.name.last().to_owned(), patient.name.first().to_owned(), String::new());
    Demographics::new(name, patient.born, Gender::Unknown)
}

/// The person as a grant shows them of what is on file. A restricted address (court order, safe house) is for the family and the
/// Department; of whom an office may only choose, it sees name, date of birth and town.
pub fn person(grant: Grant, standing: Standing, relation: Relation, mut patient: Patient) -> Patient {
    let role = standing.role();
    if grant != Grant::Whole {
        (patient.gender, patient.multiple_birth, patient.birth_order) = (Gender::Unknown, None, None);
        patient.mother = Mother::default();
        patient.phone = String::new();
        patient.address = Address { city: patient.address.city, state: patient.address.state, ..Address::default() };
    }
    if patient.address_restricted && !relation.family && !role.is_department() {
        patient.address = Address::default();
        patient.phone = String::new();
    }
    patient
}

#[cfg(test)]
mod tests {
    use domain::{BirthDate, Role};

    use super::*;

    fn id<T: std::str::FromStr>(number: u8) -> T
    where
        T::Err: std::fmt::Debug,
    {
        format!("{number:032}").parse().expect("an id")
    }

    fn standing(role: Role, site: u8) -> Standing {
        Standing::new(role, role.is_of_a_place().then(|| id::<SiteId>(site))).expect("a standing")
    }

    const FAMILY: Relation = Relation { family: true, in_care: false, reported: false, asked: false, enrolled: false };
    const CARE: Relation = Relation { family: false, in_care: true, reported: true, asked: false, enrolled: false };

    #[test]
    fn a_certificate_is_its_familys_and_its_offices_and_nobody_elses() {
        for sharing in Sharing::ALL {
            for role in Role::ALL {
                let bare = if *sharing == Sharing::Shared { Paper::Whole } else { Paper::Bare };
                let own = if role.is_provider() { bare } else { Paper::Nothing };
                assert_eq!(certificate(Some(standing(*role, 1)), CARE, *sharing, id(1)), own, "{role:?}");
                let other = certificate(Some(standing(*role, 2)), CARE, *sharing, id(1));
                assert_eq!(other, Paper::Nothing, "{role:?}");
            }
            let family = certificate(Some(standing(Role::Family, 1)), FAMILY, *sharing, id(1));
            assert_eq!(family, Paper::Whole);
            assert_eq!(certificate(None, FAMILY, *sharing, id(1)), Paper::Nothing);
        }
    }

    #[test]
    fn what_is_an_offices_own_nobody_elses_staff_acts_on() {
        for role in Role::ALL {
            let of = |site| Some(standing(*role, site));
            assert_eq!(is_of_own_office(of(1), Some(id(1))), role.is_provider(), "{role:?}");
            assert!(!is_of_own_office(of(1), Some(id(2))) && !is_of_own_office(of(1), None), "{role:?}");
        }
        assert!(!is_of_own_office(None, None) && !is_of_own_office(None, Some(id(1))));
    }

    #[test]
    fn whoever_is_kept_from_others_is_compared_by_what_an_office_says() {
        for sharing in Sharing::ALL {
            assert_eq!(is_compared_by_file(*sharing), *sharing == Sharing::Shared, "{sharing:?}");
        }
    }

    #[test]
    fn a_restricted_address_is_for_the_family_and_the_department() {
        let patient = Patient {
            id: id(3),
            version: 1,
            name: PersonName::stored("Doe".into(), "Ann".into(), String::new()),
            born: BirthDate::stored(chrono::NaiveDate::default()),
            gender: Gender::Female,
            mother: Mother { first: "Eve".into(), maiden: "Roe".into() },
            address: Address { street: "1 Elm St".into(), city: "Salem".into(), ..Address::default() },
            phone: "617-555-0100".into(),
            language: "en".into(),
            address_restricted: true,
            sharing: Sharing::Shared,
            multiple_birth: None,
            birth_order: None,
            protected: false,
        };
        let shown = |grant, role, relation, restricted| {
            let on_file = Patient { address_restricted: restricted, ..patient.clone() };
            let seen = person(grant, standing(role, 1), relation, on_file);
            let there = |text: &str| !text.is_empty();
            assert_eq!(seen.gender == Gender::Female, grant == Grant::Whole);
            (there(&seen.address.street), there(&seen.address.city), there(&seen.phone), there(&seen.mother.first))
        };
        let found = as_found(&Patient {
            name: PersonName::stored("Doe".into(), "Ann".into(), "Lea".into()),
            ..patient.clone()
        });
        assert_eq!((found.name.to_string().as_str(), found.gender), ("Ann Doe", Gender::Unknown));
        assert_eq!(found, Demographics::new(found.name.clone(), patient.born, Gender::Unknown));
        for grant in [Grant::Whole, Grant::Name, Grant::Own(id(1)), Grant::Nothing] {
            assert_eq!(shows_town(grant, false), matches!(grant, Grant::Whole | Grant::Name), "{grant:?}");
            assert!(!shows_town(grant, true), "{grant:?}");
        }
        assert_eq!(shown(Grant::Whole, Role::Family, FAMILY, true), (true, true, true, true));
        assert_eq!(shown(Grant::Whole, Role::DphReviewer, Relation::default(), true), (true, true, true, true));
        assert_eq!(shown(Grant::Whole, Role::ProviderStaff, CARE, true), (false, false, false, true));
        assert_eq!(shown(Grant::Whole, Role::ProviderStaff, CARE, false), (true, true, true, true));
        assert_eq!(shown(Grant::Name, Role::ProviderStaff, CARE, false), (false, true, false, false));
        assert_eq!(shown(Grant::Name, Role::ProviderStaff, CARE, true), (false, false, false, false));
    }
}
