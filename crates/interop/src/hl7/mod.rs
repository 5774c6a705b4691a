//! HL7 v2.5.1 (CDC Implementation Guide for Immunization Messaging, release 1.5): vaccination updates (VXU, profile Z22).

mod split;
mod view;
mod vxu;

pub use split::messages;
pub use vxu::read_vxu;
