//! Format, lints, what the pages promise, and who may import whom.

use std::{collections::BTreeSet, fs, process::Command};

use serde_json::Value;

use crate::shell::{Outcome, cargo, root, say};

/// Who may import whom: the edges of docs/ARCHITECTURE.md. A crate not in the list may import none of ours.
const EDGES: &[(&str, &[&str])] = &[
    ("access", &["domain"]),
    ("advice", &["domain", "schedule", "words"]),
    (
        "app",
        &[
            "advice",
            "credentials",
            "documents",
            "domain",
            "interop",
            "matching",
            "registry",
            "requirements",
            "schedule",
            "words",
        ],
    ),
    ("checker", &["advice", "domain", "schedule", "words"]),
    ("credentials", &["domain"]),
    ("documents", &["domain", "words"]),
    ("hydrate", &["app"]),
    ("interop", &["domain"]),
    ("matching", &["domain"]),
    (
        "registry",
        &["access", "advice", "credentials", "domain", "interop", "matching", "requirements", "schedule", "store"],
    ),
    ("requirements", &["domain", "words"]),
    (
        "server",
        &[
            "access",
            "advice",
            "app",
            "credentials",
            "documents",
            "domain",
            "interop",
            "matching",
            "registry",
            "requirements",
            "schedule",
            "store",
            "words",
        ],
    ),
    ("schedule", &["domain"]),
    ("store", &["domain"]),
];

/// What must never be in the browser's part.
const NOT_IN_THE_BROWSER: &[&str] = &["sqlx", "tokio", "store", "registry", "axum", "words"];

/// All of them.
pub(crate) fn check() -> Outcome {
    // A minimal rustup has neither; without rustup they must be installed already.
    let _ = crate::shell::run("rustup", &["component", "add", "rustfmt", "clippy"]);
    let _ = crate::shell::run("rustup", &["target", "add", "wasm32-unknown-unknown"]);
    say("Format");
    cargo(&["fmt", "--all", "--check"])?;
    say("What the pages promise");
    crate::claims::check()?;
    say("Files that fit a mind");
    lengths()?;
    say("Dependency edges");
    edges()?;
    browser("hydrate", NOT_IN_THE_BROWSER)?;
    // The checker says what it finds in words, and takes them with it.
    let but_words: Vec<&str> = NOT_IN_THE_BROWSER.iter().copied().filter(|name| *name != "words").collect();
    browser("checker", &but_words)?;
    crate::supply::check()?;
    say("Lints");
    cargo(&["clippy", "--workspace", "--exclude", "hydrate", "--all-targets", "--", "--deny", "warnings"])?;
    for part in ["hydrate", "checker"] {
        cargo(&["clippy", "--package", part, "--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"])?;
    }
    Ok(())
}

/// Longer, a file is about more than one thing.
const LONGEST_FILE: usize = 400;

/// No file of Rust is longer than that; clippy.toml says how long a function may be.
fn lengths() -> Outcome {
    let mut folders = vec![root()];
    let mut wrong = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| error.to_string())?.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            // Links are not followed: they could lead around.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !matches!(name.to_str(), Some("target" | "node_modules" | ".git")) {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let lines = fs::read_to_string(&path).map_err(|error| error.to_string())?.lines().count();
                if lines > LONGEST_FILE {
                    wrong.push(format!("{} ({lines})", path.display()));
                }
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("longer than {LONGEST_FILE} lines: {}", wrong.join(", "))) }
}

fn edges() -> Outcome {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .map_err(|error| error.to_string())?;
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    let empty = Vec::new();
    let packages = metadata["packages"].as_array().unwrap_or(&empty);
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or("");
        let allowed = EDGES.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| *to);
        for dependency in package["dependencies"].as_array().unwrap_or(&empty) {
            let to = dependency["name"].as_str().unwrap_or("");
            // A crate's tests may ask for features of the crate itself, and read the words it is said in.
            let is_for_tests = dependency["kind"] == "dev" && (to == name || to == "words");
            if ours.contains(to) && !is_for_tests && !allowed.contains(&to) {
                wrong.push(format!("{name} -> {to}"));
            }
            if to == "sqlx" && name != "store" {
                wrong.push(format!("{name} -> sqlx"));
            }
            if to.starts_with("leptos") && !matches!(name, "app" | "hydrate" | "server") {
                wrong.push(format!("{name} -> {to}"));
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("edges docs/ARCHITECTURE.md does not have: {}", wrong.join(", ")))
    }
}

fn browser(package: &str, forbidden: &[&str]) -> Outcome {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--package",
            package,
            "--target",
            "wasm32-unknown-unknown",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(root())
        .output()
        .map_err(|error| error.to_string())?;
    let tree = String::from_utf8_lossy(&output.stdout);
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    if !names.contains(package) {
        return Err(format!("cargo tree did not show {package}"));
    }
    let found: Vec<&&str> = forbidden.iter().filter(|name| names.contains(**name)).collect();
    if found.is_empty() { Ok(()) } else { Err(format!("in {package}, which runs in the browser: {found:?}")) }
}
