//! Every test, one crate at a time: two cores are enough.

use crate::{
    postgres::Postgres,
    shell::{Outcome, cargo, install, is_there, root, run_in, say},
    site,
};

const CRATES: [&str; 13] = [
    "domain",
    "words",
    "access",
    "schedule",
    "advice",
    "checker",
    "requirements",
    "matching",
    "interop",
    "credentials",
    "documents",
    "store",
    "registry",
];

/// All of them, or those of some packages.
pub fn test(only: &[String], browser: bool) -> Outcome {
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
    for name in CRATES {
        say(&format!("Tests of {name}"));
        run_in(&root(), &cargo_program, &["test", "--package", name], &environment)?;
    }
    // Together, so that Leptos is built once: by itself the app would be built with fewer features.
    say("Tests of the app and the server");
    run_in(&root(), &cargo_program, &["test", "--package", "app", "--package", "server"], &environment)?;
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
    cargo(&["build", "--package", "server"])?;
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
