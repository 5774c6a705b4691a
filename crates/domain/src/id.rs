//! Opaque identifiers, made by the caller and never counted: of chance alone where they stand in addresses, else UUIDv7.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Invalid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that is already known to be of this kind.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for the store.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                Uuid::try_parse(text).map(Self).map_err(|_| Invalid::Code)
            }
        }
    )+};
}

ids! {
    /// A person in the registry.
    PatientId,
    /// One administered or reported dose.
    DoseId,
    /// A provider's office, a school, or a child care centre.
    SiteId,
    /// Somebody who can sign in.
    UserId,
    /// A family's request for a certified record.
    RequestId,
    /// An issued certificate.
    CertificateId,
    /// A submitted objection form, or its withdrawal.
    ObjectionId,
    /// A student's place in a school.
    EnrolmentId,
    /// An uploaded class list under review.
    RosterId,
    /// Laboratory evidence or a history of disease.
    EvidenceId,
    /// A medical or religious exemption.
    ExemptionId,
    /// One imported file.
    BatchId,
    /// One message or row of an imported file.
    MessageId,
    /// A person at one office: another id at each, made of nothing but chance.
    ChartId,
    /// A role somebody has at a place.
    StandingId,
    /// Work the program does by itself.
    JobId,
    /// Something one school is told about another's list.
    NoticeId,
}
