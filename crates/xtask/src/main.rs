//! `cargo xtask run | test | check | bench | site | words`: everything a newcomer or CI needs, with nothing but cargo.

#![expect(clippy::disallowed_methods, reason = "xtask reads the environment")]

mod check;
mod claims;
mod postgres;
mod run;
mod shell;
mod site;
mod supply;
mod test;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the portal, fill it with made-up people the first time, and serve it on 127.0.0.1:3000
    Run {
        /// A database other than data/miis.db: a path, or `postgres://user@host/name`
        #[arg(long)]
        database: Option<String>,
        /// How many made-up people (the first time)
        #[arg(long, default_value_t = 5_000)]
        people: u32,
        /// Optimised: slower to build, as fast as it gets
        #[arg(long)]
        release: bool,
        /// What follows goes to `miis serve` as it is, such as `--listen 127.0.0.1:8080`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        serve: Vec<String>,
    },
    /// Every test: crates, both database engines, browser journeys
    Test {
        /// Leave the browser journeys out
        #[arg(long)]
        no_browser: bool,
        /// Only these packages, and no journeys
        #[arg(long, short)]
        package: Vec<String>,
    },
    /// Format, lints, dependency edges, and what comes from elsewhere
    Check,
    /// The measured parts
    Bench,
    /// Only the styles and browser parts, into target/site
    Site,
    /// Every sentence a person reads, both languages side by side, into target/words.md
    Words,
}

fn main() -> ExitCode {
    // `cargo xtask run -- --people 10` means the same as without the dashes.
    let outcome = match Cli::parse_from(std::env::args().filter(|argument| argument != "--")).task {
        Task::Run { database, people, release, serve } => run::run(database.as_deref(), people, release, &serve),
        Task::Test { no_browser, package } => test::test(&package, !no_browser),
        Task::Check => check::check(),
        Task::Bench => shell::cargo(&[
            "bench",
            "--package",
            "requirements",
            "--package",
            "interop",
            "--package",
            "schedule",
            "--package",
            "advice",
        ]),
        Task::Site => site::build(),
        Task::Words => words::write(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
