//! HL7 v2.5.1 (CDC Implementation Guide for Immunization Messaging, release 1.5): vaccination updates (VXU, profile Z22).

mod ack;
mod charset;
mod cut;
mod fields;
mod mend;
mod split;
mod view;
mod vxu;

pub use ack::{Acknowledged, Answer, acknowledge};
pub use cut::{name_in, only};
pub use mend::{field_of, with_field};
pub use split::{Messages, Piece, messages};
pub use vxu::{read_piece, read_vxu};
