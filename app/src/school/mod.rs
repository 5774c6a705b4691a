//! Rooms of a school: class lists, the board, one student.

mod ask;
pub(crate) mod board;
pub(crate) mod review;
pub(crate) mod student;
pub(crate) mod upload;
