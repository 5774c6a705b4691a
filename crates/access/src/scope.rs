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
    fn a_list_asks_for_exactly_those_a_page_would_show() {
        let site: SiteId = "00000000000000000000000000000007".parse().expect("an id");
        for role in Role::ALL {
            let standing = Standing::new(*role, role.is_of_a_place().then_some(site));
            for purpose in Purpose::ALL {
                let scope = Scope::new(standing, *purpose, "outbreak");
                for relation in Relation::every() {
                    for sharing in Sharing::ALL {
                        let grant = scope.of(relation, *sharing);
                        assert!(scope.sharings(relation, grant).contains(sharing));
                        assert!(!scope.sharings(relation, Grant::Whole).contains(sharing) || grant == Grant::Whole);
                    }
                }
            }
        }
        let nobody = Scope::new(None, Purpose::Record, "outbreak");
        assert!(Relation::every().all(|relation| nobody.of(relation, Sharing::Shared) == Grant::Nothing));
    }
}
