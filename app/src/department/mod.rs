//! Rooms of the Department: records with a reason, the queue of forms, feedback.

pub mod feedback;
pub mod forms;
pub mod home;
