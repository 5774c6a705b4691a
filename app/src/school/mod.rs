//! Rooms of a school: class lists, the board, one student.

pub mod board;
pub mod review;
pub mod student;
pub mod upload;
