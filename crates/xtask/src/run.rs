//! Starting the portal with made-up people.

use std::process::Command;

use crate::{
    shell::{Outcome, cargo, root, say},
    site,
};

/// Builds, fills the first time, says how to sign in, serves.
pub(crate) fn run(database: Option<&str>, people: u32, release: bool, serve: &[String]) -> Outcome {
    site::build()?;
    say("Building the server (the first time takes some minutes)");
    let mut arguments = vec!["build", "--package", "server"];
    if release {
        arguments.push("--release");
    }
    cargo(&arguments)?;
    let miis = root().join("target").join(if release { "release" } else { "debug" }).join("miis");
    let database = database.unwrap_or("data/miis.db");
    say("Making up people (a database that has some is left as it is)");
    let miis_path = miis.to_string_lossy().into_owned();
    crate::shell::run(&miis_path, &["demo", "--if-empty", "--people", &people.to_string(), "--database", database])?;
    let listen = value_of(serve, "--listen").unwrap_or("127.0.0.1:3000");
    println!("\nThe portal is at http://{listen} - stop it with Ctrl-C.\n");
    println!("Sign in with the password \"demo\" as");
    println!(
        "   parent          a mother with two children: what is due and why, ask for a certified record, see who looked"
    );
    println!(
        "   clinic          Elm Street Pediatrics: find \"Okafor Mia\" (born 3/10, five years ago), report doses, who is overdue, certify, import files"
    );
    println!(
        "   other-clinic    another office: Ruth Adler (born 11/2, five years ago) is hidden from it by an objection"
    );
    println!("   nurse           Adams Elementary School: upload a class list, see the board");
    println!("   registrar       the same school: complete or not, nothing else");
    println!("   reviewer        Department of Public Health: decide objection forms");
    println!("   epidemiologist  Department of Public Health: open records with a reason");
    println!("   clinic-admin, dph-admin, child-care, college, help: see the README\n");
    println!(
        "Or without signing in: check a child's vaccines (/check), object to data sharing, check a certificate, read what is recorded.\n"
    );
    let status = Command::new(&miis)
        .args(["serve", "--database", database])
        .args(if has(serve, "--migrate") { &[][..] } else { &["--migrate"] })
        .args(if has(serve, "--demo") { &[][..] } else { &["--demo", "true"] })
        .args(serve)
        .current_dir(root())
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) }
}

fn has(arguments: &[String], name: &str) -> bool {
    arguments.iter().any(|argument| argument == name || argument.starts_with(&format!("{name}=")))
}

/// The value of a flag, behind it or behind its equals sign.
fn value_of<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix(name) {
            Some("") => return arguments.next().map(String::as_str),
            Some(rest) if rest.starts_with('=') => return rest.strip_prefix('='),
            _ => {}
        }
    }
    None
}
