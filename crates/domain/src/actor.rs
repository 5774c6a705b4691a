//! Who asks: every read and every write of the registry carries an [`Actor`].

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
}

/// Somebody signed in, the public, or a task the program does by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Not signed in.
    Public,
    /// Signed in.
    User(Signed),
    /// The program, at one named task: it may do that task and nothing else.
    Program(Program),
}

/// What the program does by itself, or at the word of whoever has the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Program {
    /// Works out what is due for everybody.
    Forecasts,
    /// Makes the keys of names again.
    Keys,
    /// Imports schedules and puts one in force.
    Schedules,
    /// Takes a file that an office has handed in.
    Import(SiteId),
    /// Lets a form take effect that was accepted before its person was on file.
    Forms,
}

impl Program {
    /// The word the store writes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Forecasts => "program.forecasts",
            Self::Keys => "program.keys",
            Self::Schedules => "program.schedules",
            Self::Import(_) => "program.import",
            Self::Forms => "program.forms",
        }
    }
}

/// A signed-in user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// For which office or school; families and the Department have none.
    pub site: Option<SiteId>,
    /// The name shown to people who ask who looked.
    pub name: String,
}

impl Actor {
    /// The signed-in user, if there is one.
    pub const fn signed(&self) -> Option<&Signed> {
        match self {
            Self::User(signed) => Some(signed),
            Self::Public | Self::Program(_) => None,
        }
    }

    /// The site somebody acts for: their own, or the one whose file the program takes.
    pub fn site(&self) -> Option<SiteId> {
        match self {
            Self::User(signed) => signed.site,
            Self::Program(Program::Import(site)) => Some(*site),
            Self::Public | Self::Program(_) => None,
        }
    }

    /// The role, if signed in.
    pub fn role(&self) -> Option<Role> {
        self.signed().map(|signed| signed.role)
    }
}
