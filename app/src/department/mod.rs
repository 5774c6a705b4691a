//! Rooms of the Department: records with a reason, the queue of forms, feedback.

pub(crate) mod feedback;
pub(crate) mod forms;
pub(crate) mod home;
pub(crate) mod jobs;
