//! Every test, one after another: two cores are enough.

use crate::{
    postgres::Postgres,
    shell::{Outcome, install, is_there, root, run_in, say},
    site,
};

/// What the tests are built of: one set of features, so that no crate is built twice. The browser's part is never built together with
/// the server's, and this program is running.
const ALL: [&str; 5] = ["--workspace", "--exclude", "hydrate", "--exclude", "xtask"];

/// All of them, or those of some packages.
pub(crate) fn test(only: &[String], browser: bool) -> Outcome {
    let postgres = Postgres::start()?;
    let address = postgres.address();
    let environment = [("MIIS_TEST_POSTGRES", address.as_str())];
    let cargo_program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    if !only.is_empty() {
        for name in only {
            say(&format!("Tests of {name}"));
            run_in(&root(), &cargo_program, &["test", "--package", name], &environment)?;
        }
        return Ok(());
    }
    // A test that passes says nothing: what does not run has to be said here.
    if !root().join("../shared").is_dir() {
        say("SKIPPED: ../shared is not here, so the field's own files and cases are not tried");
    }
    say("Tests of every crate but this one, one after another");
    let statements = root().join("target/statements.jsonl");
    let _ = std::fs::remove_file(&statements);
    let statements = statements.to_string_lossy();
    let and_statements = [environment[0], ("MIIS_STATEMENTS", &*statements)];
    run_in(&root(), &cargo_program, &[&["test"], &ALL[..]].concat(), &and_statements)?;
    say("How SQLite would answer what the use cases have asked");
    run_in(&root(), "target/debug/examples/plans", &[&*statements], &[])?;
    say("The use cases once more, on PostgreSQL");
    let houses = [("MIIS_TEST_HOUSES", address.as_str())];
    run_in(&root(), &cargo_program, &[&["test"], &ALL[..], &["--test", "use_cases"]].concat(), &houses)?;
    if browser {
        journeys()?;
    }
    Ok(())
}

/// The journeys in Chromium, against a server of their own on made-up people.
fn journeys() -> Outcome {
    let folder = root().join("end2end");
    if !folder.join("package.json").exists() {
        return Err("end2end/package.json is missing".into());
    }
    site::build()?;
    // The program the tests have built: `cargo build --package server` would build Leptos once more, with fewer features.
    chromium()?;
    node()?;
    say("Installing the journeys' packages");
    run_in(&folder, "npm", &["ci", "--no-audit", "--no-fund"], &[("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")])
        .map_err(|error| format!("{error}: the journeys need Node.js 18 or newer and npm"))?;
    say("Journeys in the browser");
    run_in(&folder, "npx", &["playwright", "test"], &[])
}

/// An existing Node.js, or the system's package.
fn node() -> Outcome {
    if is_there("npm") { Ok(()) } else { install("Node.js", &["nodejs", "npm"]) }
}

/// An existing Chromium, or the system's package.
fn chromium() -> Outcome {
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    if std::env::var("MIIS_CHROMIUM").is_ok() || known.iter().any(|path| std::path::Path::new(path).exists()) {
        return Ok(());
    }
    install("Chromium (or name one in MIIS_CHROMIUM)", &["chromium"])
}
