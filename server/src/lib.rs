//! The server: the only crate that reads the environment, opens sockets, owns the clock and knows HTTP.

pub mod clock;
pub mod config;
pub mod demo;
pub mod evaluate;
pub mod guard;
pub mod http;
pub mod panics;
pub mod release;
pub mod schedules;
pub mod serving;
