//! Reading: which part of a record an asker sees.

use domain::{Antigen, Role, SiteId, Standing, catalogue, dose::Dose, patient::Sharing};

/// What the asker is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts: the axes of the table")]
pub struct Relation {
    /// The person, or the child's parent or guardian.
    pub family: bool,
    /// The asker's office has the person in its care.
    pub in_care: bool,
    /// The asker's office has reported a dose that counts, or has said itself who the person is.
    pub reported: bool,
    /// The family has asked the asker's office to certify the record.
    pub asked: bool,
    /// The person is a student of the asker's school.
    pub enrolled: bool,
}

impl Relation {
    /// Every one there can be.
    pub fn every() -> impl Iterator<Item = Self> {
        (0..32_u8).map(|bits| Self {
            family: bits & 1 > 0,
            in_care: bits & 2 > 0,
            reported: bits & 4 > 0,
            asked: bits & 8 > 0,
            enrolled: bits & 16 > 0,
        })
    }
}

/// What somebody of the registry is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Purpose {
    /// Reading the record.
    Record,
    /// Verifying school entry requirements.
    SchoolEntry,
    /// Reminding a family.
    Reminder,
    /// Listing for whom something is overdue.
    Forecast,
    /// Certifying the record.
    Certify,
    /// The record as data, to take along.
    Export,
    /// Telling who on file somebody is: searching, comparing with a message, a form or a class list.
    Match,
    /// Reading who looked.
    Audit,
    /// Acting for the person: asking for a certified record, objecting, seeing who can see the record.
    OnBehalf,
    /// Public health; needs a recorded reason.
    PublicHealth,
}

impl Purpose {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What somebody reads a record for who says nothing else.
    pub fn of_reading(standing: Option<Standing>) -> Self {
        if standing.is_some_and(|standing| standing.role().is_department()) { Self::PublicHealth } else { Self::Record }
    }

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::SchoolEntry => "school",
            Self::Reminder => "reminder",
            Self::Forecast => "forecast",
            Self::Certify => "certify",
            Self::Export => "export",
            Self::Match => "match",
            Self::Audit => "audit",
            Self::OnBehalf => "on_behalf",
            Self::PublicHealth => "public_health",
        }
    }
}

/// What may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Nothing: answer as for a person who was not found.
    Nothing,
    /// That they are on file, to whoever has written down exactly their name and date of birth.
    Exists,
    /// In what somebody on file is as the asker has written them, and in what not: to choose by.
    Likeness,
    /// Name, date of birth and town: to choose by.
    Name,
    /// That there is a record; names and dates masked.
    Masked,
    /// Complete or not, nothing else.
    Status,
    /// The status, and the vaccines a school requires: no lot numbers, no flu, HPV or COVID-19.
    School,
    /// What this office knows by itself: whom it reported, and the doses it gave or reported.
    Own(SiteId),
    /// Everything.
    Whole,
}

impl Grant {
    /// May anything of the record be shown?
    pub const fn is_something(self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// May doses be shown as a record: all of them, or those the office has in its own files?
    pub const fn is_a_record(self) -> bool {
        matches!(self, Self::Whole | Self::Own(_))
    }
}

/// Decides. `reason` is what somebody of the Department gave as theirs.
///
/// Sources: M.G.L. c.111 s.24M and 105 CMR 222 (who sees a record and what an objection changes), minimum necessary
/// (45 CFR 164.502(b)) for schools.
pub fn decide(standing: Standing, relation: Relation, sharing: Sharing, purpose: Purpose, reason: &str) -> Grant {
    match standing.role() {
        Role::Family => family(relation, purpose),
        Role::ProviderStaff | Role::ProviderAdmin => {
            standing.site().map_or(Grant::Nothing, |site| office(site, relation, sharing, purpose))
        }
        Role::SchoolNurse | Role::SchoolRegistrar => {
            school(standing.role() == Role::SchoolNurse, relation, sharing, purpose)
        }
        Role::DphReviewer | Role::DphEpidemiologist | Role::DphAdmin => {
            if reason.trim().is_empty() {
                Grant::Nothing
            } else {
                department(standing.role(), purpose)
            }
        }
        Role::HelpDesk if purpose == Purpose::Record => Grant::Masked,
        // Child care centres and colleges verify what the family brings.
        Role::HelpDesk | Role::ChildCare | Role::College => Grant::Nothing,
    }
}

const fn family(relation: Relation, purpose: Purpose) -> Grant {
    match purpose {
        Purpose::Record | Purpose::Export | Purpose::Audit | Purpose::OnBehalf if relation.family => Grant::Whole,
        _ => Grant::Nothing,
    }
}

const fn office(site: SiteId, relation: Relation, sharing: Sharing, purpose: Purpose) -> Grant {
    let open = !sharing.is_blocked();
    match purpose {
        Purpose::Record | Purpose::Reminder | Purpose::Forecast | Purpose::Match if relation.in_care && open => {
            Grant::Whole
        }
        // What an office gave it has in its own files: it sees that, whatever the family decided.
        Purpose::Record | Purpose::Reminder | Purpose::Forecast | Purpose::Match if relation.reported => {
            Grant::Own(site)
        }
        Purpose::Match if open => Grant::Name,
        // That the family itself asks this office to certify the whole record, an objection to sharing with others does not forbid [M].
        Purpose::Certify if relation.in_care && (open || relation.asked) => Grant::Whole,
        _ => Grant::Nothing,
    }
}

const fn school(is_nurse: bool, relation: Relation, sharing: Sharing, purpose: Purpose) -> Grant {
    if sharing.is_blocked() {
        return Grant::Nothing;
    }
    match purpose {
        Purpose::SchoolEntry if relation.enrolled => {
            if is_nurse {
                Grant::School
            } else {
                Grant::Status
            }
        }
        Purpose::Match if is_nurse => Grant::Likeness,
        Purpose::Match => Grant::Exists,
        _ => Grant::Nothing,
    }
}

const fn department(role: Role, purpose: Purpose) -> Grant {
    match purpose {
        Purpose::PublicHealth | Purpose::Audit => Grant::Whole,
        // A form is compared with everything that could tell two people apart.
        Purpose::Match if matches!(role, Role::DphReviewer | Role::DphAdmin) => Grant::Whole,
        Purpose::Match => Grant::Name,
        _ => Grant::Nothing,
    }
}

/// Is this dose part of the grant?
pub fn is_granted(grant: Grant, dose: &Dose) -> bool {
    match grant {
        Grant::Whole => true,
        Grant::Own(site) => dose.site == Some(site),
        Grant::School => required_by_schools(dose.cvx),
        Grant::Status | Grant::Masked | Grant::Name | Grant::Likeness | Grant::Exists | Grant::Nothing => false,
    }
}

/// Is a vaccine one of those a school asks about?
pub fn required_by_schools(cvx: domain::Cvx) -> bool {
    catalogue::vaccine(cvx).is_some_and(|vaccine| vaccine.antigens.iter().any(|antigen| is_required(*antigen)))
}

/// Antigens of the vaccines 105 CMR 220.500 names.
pub const fn is_required(antigen: Antigen) -> bool {
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

#[cfg(test)]
mod tests {
    use domain::dose::Source;

    use super::*;

    const REASON: &str = "outbreak";

    fn id<T: std::str::FromStr>() -> T
    where
        T::Err: std::fmt::Debug,
    {
        "00000000000000000000000000000007".parse().expect("an id")
    }

    fn standing(role: Role) -> Standing {
        Standing::new(role, role.is_of_a_place().then(id::<SiteId>)).expect("a standing")
    }

    /// The table of the field's rules, written down a second time and apart from the function: for each role and purpose what is
    /// shown to whom, the first line that fits.
    fn table(role: Role, relation: Relation, sharing: Sharing, purpose: Purpose) -> Grant {
        type Row = (&'static [Role], &'static [Purpose], fn(Relation, bool) -> bool, Grant);
        let own = Grant::Own(id());
        let rows: [Row; 14] = [
            (
                &[Role::Family],
                &[Purpose::Record, Purpose::Export, Purpose::Audit, Purpose::OnBehalf],
                |to, _| to.family,
                Grant::Whole,
            ),
            (
                OFFICE,
                &[Purpose::Record, Purpose::Reminder, Purpose::Forecast],
                |to, open| open && to.in_care,
                Grant::Whole,
            ),
            (OFFICE, &[Purpose::Record, Purpose::Reminder, Purpose::Forecast], |to, _| to.reported, own),
            (OFFICE, &[Purpose::Certify], |to, open| open && to.in_care, Grant::Whole),
            (OFFICE, &[Purpose::Certify], |to, _| to.asked && to.in_care, Grant::Whole),
            (OFFICE, &[Purpose::Match], |to, open| open && to.in_care, Grant::Whole),
            (OFFICE, &[Purpose::Match], |to, _| to.reported, own),
            (OFFICE, &[Purpose::Match], |_, open| open, Grant::Name),
            (&[Role::SchoolNurse], &[Purpose::SchoolEntry], |to, open| open && to.enrolled, Grant::School),
            (&[Role::SchoolRegistrar], &[Purpose::SchoolEntry], |to, open| open && to.enrolled, Grant::Status),
            (&[Role::SchoolNurse], &[Purpose::Match], |_, open| open, Grant::Likeness),
            (&[Role::SchoolRegistrar], &[Purpose::Match], |_, open| open, Grant::Exists),
            (&[Role::HelpDesk], &[Purpose::Record], |_, _| true, Grant::Masked),
            (&[Role::DphEpidemiologist], &[Purpose::Match], |_, _| true, Grant::Name),
        ];
        let fits = |row: &&Row| {
            row.0.contains(&role) && row.1.contains(&purpose) && row.2(relation, sharing == Sharing::Shared)
        };
        match rows.iter().find(fits) {
            Some(row) => row.3,
            None if role.is_department()
                && matches!(purpose, Purpose::PublicHealth | Purpose::Audit | Purpose::Match) =>
            {
                Grant::Whole
            }
            None => Grant::Nothing,
        }
    }

    const OFFICE: &[Role] = &[Role::ProviderStaff, Role::ProviderAdmin];

    #[test]
    fn every_cell_of_the_table_holds() {
        let mut cells = 0;
        for role in Role::ALL {
            for relation in Relation::every() {
                for sharing in Sharing::ALL {
                    for purpose in Purpose::ALL {
                        let grant = decide(standing(*role), relation, *sharing, *purpose, REASON);
                        let wanted = table(*role, relation, *sharing, *purpose);
                        assert_eq!(grant, wanted, "{role:?} {relation:?} {sharing:?} {purpose:?}");
                        cells += 1;
                    }
                }
            }
        }
        assert_eq!(cells, Role::ALL.len() * 32 * 3 * 10);
    }

    #[test]
    fn an_objection_is_the_same_as_nobody_for_schools_and_other_offices() {
        let outside = [
            Role::SchoolNurse,
            Role::SchoolRegistrar,
            Role::ProviderStaff,
            Role::ProviderAdmin,
            Role::ChildCare,
            Role::College,
        ];
        for role in outside {
            for relation in Relation::every().filter(|relation| !relation.reported && !relation.asked) {
                for sharing in [Sharing::Provisional, Sharing::Objected] {
                    for purpose in Purpose::ALL {
                        let grant = decide(standing(role), relation, sharing, *purpose, REASON);
                        assert_eq!(grant, Grant::Nothing, "{role:?} {relation:?} {purpose:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_department_sees_nothing_without_a_reason() {
        for role in Role::ALL.iter().filter(|role| role.is_department()) {
            for relation in Relation::every() {
                for purpose in Purpose::ALL {
                    let grant = decide(standing(*role), relation, Sharing::Shared, *purpose, "  ");
                    assert_eq!(grant, Grant::Nothing);
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
            given_on: chrono::NaiveDate::default(),
            cvx: domain::Cvx::stored(cvx),
            mvx: None,
            product: domain::dose::Product::default(),
            lot: domain::dose::Lot::default(),
            filler: String::new(),
            placer: String::new(),
            site: Some(id()),
            office: String::new(),
            source: Source::Administered,
            state: domain::dose::DoseState::Active,
        };
        for hidden in [141, 165, 213, 162, 83, 133] {
            assert!(!is_granted(Grant::School, &dose(hidden)), "{hidden}");
        }
        for needed in [3, 20, 10, 110, 21, 115, 114] {
            assert!(is_granted(Grant::School, &dose(needed)), "{needed}");
        }
        assert!(is_granted(Grant::Own(id()), &dose(165)));
        let elsewhere = Dose { site: None, ..dose(165) };
        assert!(!is_granted(Grant::Own(id()), &elsewhere));
        for less in [Grant::Nothing, Grant::Exists, Grant::Likeness, Grant::Name, Grant::Masked, Grant::Status] {
            assert!(!is_granted(less, &dose(3)), "{less:?}");
        }
    }
}
