//! The words of the field. Every other crate speaks in these types; none of them does any input or output.
//!
//! Values are parsed once, at the edge, into types with private fields; below the edge nothing is validated again.

pub mod actor;
pub mod audit;
pub mod catalogue;
pub mod certificate;
pub mod clock;
pub mod code;
pub mod date;
pub mod dose;
pub mod error;
pub mod evidence;
pub mod id;
pub mod name;
pub mod objection;
pub mod patient;
pub mod school;
pub mod text;

pub use actor::{Principal, Role, Standing};
pub use clock::{Chance, Clock};
pub use code::{Antigen, Cvx, Mvx};
pub use date::{BirthDate, Duration, Period};
pub use error::{Invalid, chain};
pub use id::{
    BatchId, CertificateId, ChartId, DoseId, EnrolmentId, EvidenceId, ExemptionId, JobId, MessageId, NoticeId,
    ObjectionId, PatientId, RequestId, RosterId, SiteId, StandingId, UserId,
};
pub use name::PersonName;
