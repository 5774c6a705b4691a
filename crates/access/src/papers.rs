//! Reading what hangs on a record: its certificates, its forms, who looked at it, and the parts of a person a view shows.

use domain::{
    Actor, Role, SiteId, UserId,
    dose::Dose,
    patient::{Address, Mother, Patient, Sharing},
};

use crate::{Purpose, Relation, View, decide, sees_address};

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
pub fn certificate(actor: &Actor, relation: Relation, sharing: Sharing, issued_by: SiteId) -> Paper {
    let Some(signed) = actor.signed() else { return Paper::Nothing };
    let issued_here = signed.role.is_provider() && signed.site == Some(issued_by);
    if !(relation.family || issued_here) {
        Paper::Nothing
    } else if !relation.family && sharing.is_blocked() {
        Paper::Bare
    } else {
        Paper::Whole
    }
}

/// A submitted form is for who submitted it while signed in, the office that handed it in, and whoever decides forms.
pub fn sees_form(actor: &Actor, submitted_by: Option<UserId>, handed_in_at: Option<SiteId>) -> bool {
    let Some(signed) = actor.signed() else { return false };
    let own = submitted_by == Some(signed.user);
    let office = signed.role.is_provider() && handed_in_at.is_some() && handed_in_at == signed.site;
    own || office || crate::may(actor, crate::Task::DecideForms)
}

/// Who looked at a record, the person or their family may know (M.G.L. c.66A), and the Department with a reason. Not an office: it
/// would learn of the others.
pub fn sees_looks(actor: &Actor, relation: Relation, sharing: Sharing, reason: &str) -> bool {
    let by = |purpose| decide(actor, relation, sharing, purpose, reason) == View::Whole;
    let is_office = actor.role().is_some_and(Role::is_provider);
    !is_office && (by(Purpose::Record) || by(Purpose::PublicHealth))
}

/// May an office be told that a dose is on record, if only because it reports the same? Under an objection of those it reported
/// itself.
pub fn told_of(sharing: Sharing, office: SiteId, dose: &Dose) -> bool {
    !sharing.is_blocked() || dose.site == Some(office)
}

/// The person as a view of the record shows them. An office that sees only its own doses has address, telephone and the mother's name
/// in its own files, or not at all; a restricted address is for the family and the Department.
pub fn person(view: View, actor: &Actor, relation: Relation, mut patient: Patient) -> Patient {
    let whole = view == View::Whole;
    if !whole {
        patient.mother = Mother::default();
    }
    if !whole || !sees_address(actor, &patient) && !relation.family {
        patient.address = Address::default();
        patient.phone = String::new();
    }
    patient
}

#[cfg(test)]
mod tests {
    use domain::{BirthDate, PersonName, actor::Signed, patient::Gender};

    use super::*;

    fn id<T: std::str::FromStr>(number: u8) -> T
    where
        T::Err: std::fmt::Debug,
    {
        format!("{number:032}").parse().expect("an id")
    }

    fn actor(role: Role, site: u8) -> Actor {
        let site = (role.is_provider() || role.is_school()).then(|| id::<SiteId>(site));
        Actor::User(Signed { user: id(9), role, site, name: String::new() })
    }

    const FAMILY: Relation = Relation { family: true, in_care: false, gave_dose: false, enrolled: false };
    const CARE: Relation = Relation { family: false, in_care: true, gave_dose: true, enrolled: false };

    #[test]
    fn a_certificate_is_its_familys_and_its_offices_and_nobody_elses() {
        for sharing in [Sharing::Shared, Sharing::Provisional, Sharing::Objected] {
            for role in Role::ALL {
                let bare = if sharing == Sharing::Shared { Paper::Whole } else { Paper::Bare };
                let own = if role.is_provider() { bare } else { Paper::Nothing };
                assert_eq!(certificate(&actor(*role, 1), CARE, sharing, id(1)), own, "{role:?}");
                assert_eq!(certificate(&actor(*role, 2), CARE, sharing, id(1)), Paper::Nothing, "{role:?}");
            }
            assert_eq!(certificate(&actor(Role::Family, 1), FAMILY, sharing, id(1)), Paper::Whole);
            assert_eq!(certificate(&Actor::Public, FAMILY, sharing, id(1)), Paper::Nothing);
        }
    }

    #[test]
    fn a_form_opens_for_who_handed_it_in_and_who_decides() {
        for role in Role::ALL {
            let decides = matches!(role, Role::DphReviewer | Role::DphAdmin);
            assert_eq!(sees_form(&actor(*role, 1), None, None), decides, "{role:?}");
            assert_eq!(sees_form(&actor(*role, 1), Some(id(8)), Some(id(2))), decides, "{role:?}");
            assert_eq!(sees_form(&actor(*role, 1), None, Some(id(1))), decides || role.is_provider(), "{role:?}");
            assert!(sees_form(&actor(*role, 1), Some(id(9)), None), "{role:?}");
        }
        assert!(!sees_form(&Actor::Public, None, None));
    }

    #[test]
    fn who_looked_is_for_the_family_and_the_department_with_a_reason() {
        for role in Role::ALL {
            let own = *role == Role::Family;
            assert_eq!(sees_looks(&actor(*role, 1), FAMILY, Sharing::Objected, ""), own, "{role:?}");
            assert!(!sees_looks(&actor(*role, 1), CARE, Sharing::Shared, ""), "{role:?}");
            assert_eq!(sees_looks(&actor(*role, 1), CARE, Sharing::Shared, "audit"), role.is_department(), "{role:?}");
        }
        assert!(!sees_looks(&Actor::Public, FAMILY, Sharing::Shared, "audit"));
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
            address: Address { street: "1 Elm St".into(), ..Address::default() },
            phone: "617-555-0100".into(),
            language: "en".into(),
            address_restricted: true,
            sharing: Sharing::Shared,
            multiple_birth: None,
            birth_order: None,
            protected: false,
        };
        let shown = |view, role, relation| {
            let seen = person(view, &actor(role, 1), relation, patient.clone());
            (!seen.address.street.is_empty(), !seen.phone.is_empty(), !seen.mother.first.is_empty())
        };
        assert_eq!(shown(View::Whole, Role::Family, FAMILY), (true, true, true));
        assert_eq!(shown(View::Whole, Role::DphReviewer, Relation::default()), (true, true, true));
        assert_eq!(shown(View::Whole, Role::ProviderStaff, CARE), (false, false, true));
        assert_eq!(shown(View::OwnDoses(id(1)), Role::ProviderStaff, CARE), (false, false, false));
    }
}
