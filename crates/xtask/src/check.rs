//! Format, lints, and who may import whom.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use crate::shell::{Outcome, cargo, root, say};

/// Who may import whom: the edges of docs/ARCHITECTURE.md. A crate not in the list may import none of ours.
const EDGES: &[(&str, &[&str])] = &[
    ("access", &["domain"]),
    (
        "app",
        &["access", "credentials", "documents", "domain", "interop", "matching", "registry", "requirements", "words"],
    ),
    ("credentials", &["domain"]),
    ("documents", &["domain", "requirements", "words"]),
    ("hydrate", &["app"]),
    ("interop", &["domain"]),
    ("matching", &["domain"]),
    ("registry", &["access", "credentials", "domain", "interop", "matching", "requirements", "store"]),
    ("requirements", &["domain", "words"]),
    (
        "server",
        &[
            "access",
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

/// All three.
pub fn check() -> Outcome {
    // A minimal rustup has neither; without rustup they must be installed already.
    let _ = crate::shell::run("rustup", &["component", "add", "rustfmt", "clippy"]);
    let _ = crate::shell::run("rustup", &["target", "add", "wasm32-unknown-unknown"]);
    say("Format");
    cargo(&["fmt", "--all", "--check"])?;
    say("Dependency edges");
    edges()?;
    browser()?;
    say("Lints");
    cargo(&["clippy", "--workspace", "--exclude", "hydrate", "--all-targets", "--", "--deny", "warnings"])?;
    cargo(&["clippy", "--package", "hydrate", "--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"])
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
            // A crate's tests may ask for features of the crate itself.
            if ours.contains(to) && to != name && !allowed.contains(&to) {
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

fn browser() -> Outcome {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--package",
            "hydrate",
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
    if !names.contains("app") {
        return Err("cargo tree did not show the browser's part".into());
    }
    let found: Vec<&&str> = NOT_IN_THE_BROWSER.iter().filter(|name| names.contains(**name)).collect();
    if found.is_empty() { Ok(()) } else { Err(format!("in the browser's part: {found:?}")) }
}
