//! Reading: which part of a record an asker sees.

use domain::{
    Actor, Antigen, Role, SiteId, catalogue,
    dose::Dose,
    patient::{Patient, Sharing},
};

/// What the asker is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts: the axes of the table")]
pub struct Relation {
    /// The person, or the child's parent or guardian.
    pub family: bool,
    /// The asker's office has the person in its care.
    pub in_care: bool,
    /// The asker's office gave at least one dose.
    pub gave_dose: bool,
    /// The person is a student of the asker's school.
    pub enrolled: bool,
}

/// What the record is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Reading the record.
    Record,
    /// Verifying school entry requirements.
    SchoolEntry,
    /// Reminding a family.
    Reminder,
    /// Public health; needs a recorded reason.
    PublicHealth,
}

/// What may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Nothing: answer as for a person who was not found.
    Nothing,
    /// That there is a record; names and dates masked.
    Masked,
    /// Complete or not, nothing else.
    Status,
    /// The status, and the vaccines a school requires: no lot numbers, no flu, HPV or COVID-19.
    Required,
    /// The doses this office gave or reported itself, and no forecast: what it has in its own files.
    OwnDoses(SiteId),
    /// Everything.
    Whole,
}

impl View {
    /// May anything of the record be shown?
    pub const fn is_something(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// Decides. `reason` is what somebody of the Department gave as theirs.
///
/// Sources: M.G.L. c.111 s.24M and 105 CMR 222 (who sees a record and what an objection changes), minimum necessary
/// (45 CFR 164.502(b)) for schools.
pub fn decide(actor: &Actor, relation: Relation, sharing: Sharing, purpose: Purpose, reason: &str) -> View {
    let signed = match actor {
        // A program works on what its task names; it opens nobody's record.
        Actor::Public | Actor::Program(_) => return View::Nothing,
        Actor::User(signed) => signed,
    };
    let blocked = sharing.is_blocked();
    match (signed.role, purpose) {
        (Role::Family, Purpose::Record) if relation.family => View::Whole,
        (Role::ProviderStaff | Role::ProviderAdmin, Purpose::Record | Purpose::Reminder) => match signed.site {
            Some(_) if relation.in_care && !blocked => View::Whole,
            // What an office gave it has in its own files: it sees that, whatever the family decided.
            Some(site) if relation.gave_dose => View::OwnDoses(site),
            _ => View::Nothing,
        },
        (Role::SchoolNurse, Purpose::SchoolEntry) if relation.enrolled && !blocked => View::Required,
        (Role::SchoolRegistrar, Purpose::SchoolEntry) if relation.enrolled && !blocked => View::Status,
        (Role::DphReviewer | Role::DphEpidemiologist | Role::DphAdmin, Purpose::PublicHealth)
            if !reason.trim().is_empty() =>
        {
            View::Whole
        }
        (Role::HelpDesk, Purpose::Record) => View::Masked,
        _ => View::Nothing,
    }
}

/// Is this dose part of the view?
pub fn shown(view: View, dose: &Dose) -> bool {
    match view {
        View::Whole => true,
        View::OwnDoses(site) => dose.site == Some(site),
        View::Required => catalogue::vaccine(dose.cvx)
            .is_some_and(|vaccine| vaccine.antigens.iter().any(|antigen| is_required(*antigen))),
        View::Status | View::Masked | View::Nothing => false,
    }
}

/// Antigens of the vaccines 105 CMR 220.500 names.
const fn is_required(antigen: Antigen) -> bool {
    matches!(
        antigen,
        Antigen::Diphtheria
            | Antigen::Tetanus
            | Antigen::Pertussis
            | Antigen::Polio
            | Antigen::HepB
            | Antigen::Measles
            | Antigen::Mumps
            | Antigen::Rubella
            | Antigen::Varicella
            | Antigen::MenAcwy
    )
}

/// A restricted address (court order, safe house) is masked for everyone but the Department.
pub fn sees_address(actor: &Actor, patient: &Patient) -> bool {
    !patient.address_restricted || actor.role().is_some_and(Role::is_department)
}

#[cfg(test)]
mod tests {
    use domain::{
        Role, SiteId, UserId,
        actor::{Program, Signed},
        dose::Source,
    };

    use super::*;

    const REASON: &str = "outbreak";

    fn id<T: std::str::FromStr>() -> T
    where
        T::Err: std::fmt::Debug,
    {
        "00000000000000000000000000000007".parse().expect("an id")
    }

    fn actor(role: Role) -> Actor {
        let site = (role.is_provider() || role.is_school() || matches!(role, Role::ChildCare | Role::College))
            .then(id::<SiteId>);
        Actor::User(Signed { user: id::<UserId>(), role, site, name: String::new() })
    }

    fn relations() -> impl Iterator<Item = Relation> {
        (0..16u8).map(|bits| Relation {
            family: bits & 1 > 0,
            in_care: bits & 2 > 0,
            gave_dose: bits & 4 > 0,
            enrolled: bits & 8 > 0,
        })
    }

    const PURPOSES: [Purpose; 4] = [Purpose::Record, Purpose::SchoolEntry, Purpose::Reminder, Purpose::PublicHealth];
    const SHARINGS: [Sharing; 3] = [Sharing::Shared, Sharing::Provisional, Sharing::Objected];

    /// The table of the field's rules, written down a second time and apart from the function.
    fn table(role: Role, relation: Relation, sharing: Sharing, purpose: Purpose) -> View {
        let open = sharing == Sharing::Shared;
        match role {
            Role::Family => {
                if purpose == Purpose::Record && relation.family {
                    View::Whole
                } else {
                    View::Nothing
                }
            }
            Role::ProviderStaff | Role::ProviderAdmin => {
                if purpose != Purpose::Record && purpose != Purpose::Reminder {
                    View::Nothing
                } else if open && relation.in_care {
                    View::Whole
                } else if relation.gave_dose {
                    View::OwnDoses(id())
                } else {
                    View::Nothing
                }
            }
            Role::SchoolNurse => {
                if open && relation.enrolled && purpose == Purpose::SchoolEntry {
                    View::Required
                } else {
                    View::Nothing
                }
            }
            Role::SchoolRegistrar => {
                if open && relation.enrolled && purpose == Purpose::SchoolEntry {
                    View::Status
                } else {
                    View::Nothing
                }
            }
            Role::ChildCare | Role::College => View::Nothing,
            Role::DphReviewer | Role::DphEpidemiologist | Role::DphAdmin => {
                if purpose == Purpose::PublicHealth {
                    View::Whole
                } else {
                    View::Nothing
                }
            }
            Role::HelpDesk => {
                if purpose == Purpose::Record {
                    View::Masked
                } else {
                    View::Nothing
                }
            }
        }
    }

    #[test]
    fn every_cell_of_the_table_holds() {
        let mut cells = 0;
        for role in Role::ALL {
            for relation in relations() {
                for sharing in SHARINGS {
                    for purpose in PURPOSES {
                        let view = decide(&actor(*role), relation, sharing, purpose, REASON);
                        assert_eq!(
                            view,
                            table(*role, relation, sharing, purpose),
                            "{role:?} {relation:?} {sharing:?} {purpose:?}"
                        );
                        cells += 1;
                    }
                }
            }
        }
        assert_eq!(cells, Role::ALL.len() * 16 * 3 * 4);
    }

    #[test]
    fn an_objection_is_the_same_as_nobody_for_schools_and_other_offices() {
        for role in [
            Role::SchoolNurse,
            Role::SchoolRegistrar,
            Role::ProviderStaff,
            Role::ProviderAdmin,
            Role::ChildCare,
            Role::College,
        ] {
            for relation in relations().filter(|relation| !relation.gave_dose) {
                for sharing in [Sharing::Provisional, Sharing::Objected] {
                    for purpose in PURPOSES {
                        assert_eq!(
                            decide(&actor(role), relation, sharing, purpose, REASON),
                            View::Nothing,
                            "{role:?} {relation:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_department_sees_nothing_without_a_reason() {
        for role in [Role::DphReviewer, Role::DphEpidemiologist, Role::DphAdmin] {
            for relation in relations() {
                assert_eq!(decide(&actor(role), relation, Sharing::Shared, Purpose::PublicHealth, "  "), View::Nothing);
            }
        }
    }

    #[test]
    fn the_public_and_the_program_itself_see_nothing_whatever_they_ask() {
        let programs = [Program::Forecasts, Program::Keys, Program::Schedules, Program::Import(id()), Program::Forms]
            .map(Actor::Program);
        for actor in [Actor::Public].into_iter().chain(programs) {
            for relation in relations() {
                for sharing in SHARINGS {
                    for purpose in PURPOSES {
                        assert_eq!(decide(&actor, relation, sharing, purpose, REASON), View::Nothing);
                    }
                }
            }
        }
    }

    #[test]
    fn a_school_never_sees_flu_hpv_or_covid_doses() {
        let dose = |cvx| Dose {
            id: id(),
            patient: id(),
            version: 1,
            given_on: chrono_day(),
            cvx: domain::Cvx::known(cvx),
            mvx: String::new(),
            product: String::new(),
            lot: String::new(),
            filler: String::new(),
            placer: String::new(),
            site: Some(id()),
            office: String::new(),
            source: Source::Administered,
            state: domain::dose::DoseState::Active,
        };
        for hidden in [141, 165, 213, 162, 83, 133] {
            assert!(!shown(View::Required, &dose(hidden)), "{hidden}");
        }
        for needed in [3, 20, 10, 110, 21, 115, 114] {
            assert!(shown(View::Required, &dose(needed)), "{needed}");
        }
        assert!(shown(View::OwnDoses(id()), &dose(165)));
        let elsewhere = Dose { site: None, ..dose(165) };
        assert!(!shown(View::OwnDoses(id()), &elsewhere));
    }

    fn chrono_day() -> chrono::NaiveDate {
        chrono::NaiveDate::default()
    }
}
