//! Lists: who may stand in one. Made of the same decision as a page's.

use domain::{Role, SiteId, Standing, patient::Sharing};

use crate::{Grant, Purpose, Relation, decide};

/// Whom of many somebody may be shown, and how much of each.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    standing: Option<Standing>,
    purpose: Purpose,
    reason: &'a str,
}

impl<'a> Scope<'a> {
    /// What somebody may see for a purpose; nobody at all without a standing.
    pub const fn new(standing: Option<Standing>, purpose: Purpose, reason: &'a str) -> Self {
        Self { standing, purpose, reason }
    }

    /// What an office may be told for a purpose by whatever it sends: as much as anybody of its staff sees.
    pub const fn of_office(site: SiteId, purpose: Purpose) -> Self {
        Self::new(Standing::new(Role::ProviderStaff, Some(site)), purpose, "")
    }

    /// Who sees the list.
    pub const fn standing(&self) -> Option<Standing> {
        self.standing
    }

    /// What of one person.
    pub fn of(&self, relation: Relation, sharing: Sharing) -> Grant {
        self.standing.map_or(Grant::Nothing, |standing| decide(standing, relation, sharing, self.purpose, self.reason))
    }

    /// How data sharing may stand of those of whom a list shows this much: what a query asks for.
    pub fn sharings(&self, relation: Relation, grant: Grant) -> Vec<Sharing> {
        Sharing::ALL.iter().copied().filter(|sharing| self.of(relation, *sharing) == grant).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_asks_for_these_and_nobody_else() {
        let site: SiteId = "00000000000000000000000000000007".parse().expect("an id");
        let (open, kept_back, all) =
            (&[Sharing::Shared][..], &[Sharing::Provisional, Sharing::Objected][..], Sharing::ALL);
        let care = Relation { in_care: true, ..Relation::default() };
        let reported = Relation { reported: true, ..care };
        let asked = Relation { asked: true, ..care };
        let enrolled = Relation { enrolled: true, ..Relation::default() };
        let anybody = Relation::default();
        for (role, purpose, relation, grant, wanted) in [
            (Role::ProviderStaff, Purpose::Forecast, care, Grant::Whole, open),
            (Role::ProviderStaff, Purpose::Forecast, care, Grant::Own(site), &[]),
            (Role::ProviderStaff, Purpose::Forecast, reported, Grant::Own(site), kept_back),
            (Role::ProviderAdmin, Purpose::Certify, care, Grant::Whole, open),
            (Role::ProviderAdmin, Purpose::Certify, asked, Grant::Whole, all),
            (Role::ProviderStaff, Purpose::Match, anybody, Grant::Name, open),
            (Role::SchoolNurse, Purpose::SchoolEntry, enrolled, Grant::School, open),
            (Role::SchoolRegistrar, Purpose::SchoolEntry, enrolled, Grant::Status, open),
            (Role::SchoolRegistrar, Purpose::SchoolEntry, enrolled, Grant::School, &[]),
            (Role::DphReviewer, Purpose::Match, anybody, Grant::Whole, all),
            (Role::DphEpidemiologist, Purpose::PublicHealth, anybody, Grant::Whole, all),
            (Role::College, Purpose::Record, enrolled, Grant::Whole, &[]),
        ] {
            let standing = Standing::new(role, role.is_of_a_place().then_some(site));
            let scope = Scope::new(standing, purpose, "outbreak");
            assert_eq!(scope.sharings(relation, grant), wanted, "{role:?} {purpose:?} {grant:?}");
        }
        let department = Standing::new(Role::DphEpidemiologist, None);
        let unreasoned = Scope::new(department, Purpose::PublicHealth, " ");
        assert_eq!(unreasoned.sharings(anybody, Grant::Whole), [], "nothing without a reason");
        let nobody = Scope::new(None, Purpose::Record, "outbreak");
        assert!(Relation::every().all(|relation| nobody.of(relation, Sharing::Shared) == Grant::Nothing));
    }
}
