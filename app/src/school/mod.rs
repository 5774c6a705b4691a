//! Rooms of a school: class lists, the board, one student.

mod ask;
pub mod board;
pub mod review;
pub mod student;
pub mod upload;
