//! Who asks: every read and every write of the registry carries a [`Principal`], and a person the [`Standing`] they act in.

use serde::{Deserialize, Serialize};

use crate::{SiteId, UserId};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident => $key:literal),+ $(,)?) => {
        /// What somebody is to the registry (see the table of roles in docs/ARCHITECTURE.md).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Role { $($(#[$doc])* $name),+ }

        impl Role {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word the store writes.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Reads the store's word.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.key() == key)
            }
        }
    };
}

roles! {
    /// An adult for themself, a parent or guardian for a child.
    Family => "family",
    /// Staff at a provider's office.
    ProviderStaff => "provider_staff",
    /// Staff that also manages the office's users.
    ProviderAdmin => "provider_admin",
    /// The nurse of a school, kindergarten to grade 12.
    SchoolNurse => "school_nurse",
    /// A school's registrar: complete or not, no health data.
    SchoolRegistrar => "school_registrar",
    /// A child care centre's health consultant.
    ChildCare => "child_care",
    /// A college's health service.
    College => "college",
    /// Reviews forms and matches at the Department of Public Health.
    DphReviewer => "dph_reviewer",
    /// An epidemiologist of the Department.
    DphEpidemiologist => "dph_epidemiologist",
    /// Manages sites and users for the Department.
    DphAdmin => "dph_admin",
    /// The help desk: sees masked records.
    HelpDesk => "help_desk",
}

impl Role {
    /// Of the Department of Public Health.
    pub const fn is_department(self) -> bool {
        matches!(self, Self::DphReviewer | Self::DphEpidemiologist | Self::DphAdmin)
    }

    /// Of a provider's office.
    pub const fn is_provider(self) -> bool {
        matches!(self, Self::ProviderStaff | Self::ProviderAdmin)
    }

    /// Of a school of kindergarten to grade 12.
    pub const fn is_school(self) -> bool {
        matches!(self, Self::SchoolNurse | Self::SchoolRegistrar)
    }

    /// Is it held at an office, a school, a centre or a college?
    pub const fn is_of_a_place(self) -> bool {
        self.is_provider() || self.is_school() || matches!(self, Self::ChildCare | Self::College)
    }
}

/// As what, and for whom, somebody acts: one role, with the office or school it is held at where it is held at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Standing {
    role: Role,
    site: Option<SiteId>,
}

impl Standing {
    /// A role at a place. `None` for an office's, a school's, a child care centre's or a college's role without a place, and for any
    /// other with one: such a standing is nobody's.
    pub const fn new(role: Role, site: Option<SiteId>) -> Option<Self> {
        if role.is_of_a_place() == site.is_some() { Some(Self { role, site }) } else { None }
    }

    /// As what.
    pub const fn role(self) -> Role {
        self.role
    }

    /// For which office or school; families, the Department and the help desk have none.
    pub const fn site(self) -> Option<SiteId> {
        self.site
    }
}

/// How sure it is who somebody is (NIST SP 800-63B).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// One factor: a password (AAL1).
    One,
    /// Two factors (AAL2).
    Two,
}

impl Assurance {
    /// The number the store writes.
    pub const fn level(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// Reads the store's number; an unknown one is the lower level, which is the safe side.
    pub const fn from_level(level: i64) -> Self {
        if level == 2 { Self::Two } else { Self::One }
    }
}

/// Who acts: the public, a person, another system, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// Not signed in.
    Public,
    /// A person who is signed in.
    Person(Person),
    /// An office's own system, whose files and messages are taken. It reports, and opens no record.
    Client(Client),
    /// The program, at one named task: it may do that task and nothing else.
    Program(Program),
}

/// Somebody signed in, in one of their standings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// The name shown to people who ask who looked.
    pub name: String,
    /// The standing chosen for this session.
    pub standing: Standing,
    /// How sure it is.
    pub assurance: Assurance,
}

/// Another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The office it reports for.
    pub site: SiteId,
}

/// What the program does by itself, or at the word of whoever has the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Program {
    /// Works out what is due for everybody.
    Forecasts,
    /// Makes the keys of names again.
    Keys,
    /// Imports schedules and puts one in force.
    Schedules,
    /// Tends the work the program does by itself.
    Jobs,
    /// Forgets what nobody needs any more.
    Sweeping,
    /// Lets a form take effect that was accepted before its person was on file.
    Forms,
}

impl Program {
    /// All of them.
    pub const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Forecasts => "program.forecasts",
            Self::Keys => "program.keys",
            Self::Schedules => "program.schedules",
            Self::Jobs => "program.jobs",
            Self::Sweeping => "program.sweeping",
            Self::Forms => "program.forms",
        }
    }
}

impl Principal {
    /// The person who is signed in, if it is one.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Public | Self::Client(_) | Self::Program(_) => None,
        }
    }

    /// The standing chosen, if somebody is signed in.
    pub fn standing(&self) -> Option<Standing> {
        self.person().map(|person| person.standing)
    }

    /// The role, if somebody is signed in.
    pub fn role(&self) -> Option<Role> {
        self.standing().map(Standing::role)
    }

    /// The account, if somebody is signed in.
    pub fn user(&self) -> Option<UserId> {
        self.person().map(|person| person.user)
    }

    /// The place it acts for: that of the standing, or the office whose system it is.
    pub fn site(&self) -> Option<SiteId> {
        match self {
            Self::Client(client) => Some(client.site),
            other => other.standing().and_then(Standing::site),
        }
    }

    /// What an audit line calls it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Person(person) => person.standing.role().key(),
            Self::Client(_) => "client",
            Self::Program(program) => program.key(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_a_place_is_held_at_one_and_no_other_is() {
        let place: SiteId = "00000000000000000000000000000007".parse().expect("an id");
        for role in Role::ALL {
            let of_a_place = role.is_provider() || role.is_school() || matches!(role, Role::ChildCare | Role::College);
            assert_eq!(Standing::new(*role, Some(place)).is_some(), of_a_place, "{role:?}");
            assert_eq!(Standing::new(*role, None).is_some(), !of_a_place, "{role:?}");
        }
    }
}
