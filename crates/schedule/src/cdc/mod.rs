//! Reads a release of CDC's supporting data (XML), strictly: an element, word, code or length that is not known is an error
//! with its file and line, never a rule that is silently not applied.

mod antigen;
mod at;
mod dose;
mod frame;
mod skip;

use std::{collections::BTreeMap, fmt};

use roxmltree::Document;

use self::at::At;
use crate::{Antigen, Association, Conflict, Group, Observation, Schedule, Window};

/// A file of a release: its name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// As it is called.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What is wrong with a release, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ReleaseError {
    /// The file; empty when it is about the release as a whole.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: u32,
    /// What.
    pub what: String,
}

impl fmt::Display for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.is_empty(), self.line) {
            (true, _) => f.write_str(&self.what),
            (false, 0) => write!(f, "{}: {}", self.file, self.what),
            (false, line) => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

type Result<T> = std::result::Result<T, ReleaseError>;

/// Reads a release from its files: one schedule file and one for each antigen.
///
/// # Errors
/// The first thing that is not understood, with its place.
pub fn read(release: &str, files: &[File<'_>]) -> Result<Schedule> {
    let mut frame = None;
    let mut antigens = Vec::new();
    for file in files {
        let document = Document::parse(file.text).map_err(|error| ReleaseError {
            file: file.name.to_owned(),
            line: error.pos().row,
            what: format!("no XML: {error}"),
        })?;
        let at = At { file: file.name, document: &document };
        let root = document.root_element();
        match root.tag_name().name() {
            "scheduleSupportingData" if frame.is_none() => frame = Some(at.frame(root)?),
            "scheduleSupportingData" => return at.wrong(root, "a second schedule file"),
            "antigenSupportingData" => antigens.push(at.antigen(root)?),
            other => return at.wrong(root, format!("<{other}> is no part of a release")),
        }
    }
    let whole = |what: String| ReleaseError { file: String::new(), line: 0, what };
    let frame = frame.ok_or_else(|| whole("the schedule file is missing".into()))?;
    assemble(release, frame, antigens).map_err(whole)
}

/// What the schedule file says, names not yet looked up.
#[derive(Default)]
struct Frame {
    groups: Vec<Group>,
    members: BTreeMap<String, String>,
    associations: Vec<(u16, String, Window)>,
    conflicts: Vec<Conflict>,
    observations: Vec<Observation>,
}

/// What an antigen's file says.
struct Raw {
    name: String,
    group: String,
    antigen: Antigen,
}

fn assemble(release: &str, mut frame: Frame, mut raws: Vec<Raw>) -> std::result::Result<Schedule, String> {
    raws.sort_by(|one, other| one.name.cmp(&other.name));
    let mut antigens: Vec<Antigen> = Vec::new();
    for raw in raws {
        if antigens.iter().any(|other| other.name == raw.name) {
            return Err(format!("{} has two files", raw.name));
        }
        // The map of the schedule file says the group; the series repeat it, sometimes in a shorter form.
        let group = frame.members.get(&raw.name).ok_or_else(|| format!("{} is in no vaccine group", raw.name))?;
        let at = frame.groups.iter().position(|known| known.name == *group);
        let at = at.ok_or_else(|| format!("{} is in an unknown vaccine group {group}", raw.name))?;
        if raw.group != *group {
            return Err(format!("{}: the series say the group is {}, the schedule says {group}", raw.name, raw.group));
        }
        antigens.push(Antigen { group: at, ..raw.antigen });
    }
    if let Some(absent) = frame.members.keys().find(|name| antigens.iter().all(|antigen| antigen.name != **name)) {
        return Err(format!("the file of {absent} is missing"));
    }
    let mut associations = Vec::new();
    for (cvx, name, window) in frame.associations {
        let antigen = antigens.iter().position(|antigen| antigen.name == name);
        let antigen = antigen.ok_or_else(|| format!("vaccine {cvx} is about an unknown antigen {name}"))?;
        associations.push(Association { cvx, antigen, window });
    }
    associations.sort_by_key(|association| (association.cvx, association.antigen));
    frame.conflicts.sort_by_key(|conflict| (conflict.previous, conflict.current));
    // A few are stated twice.
    frame.conflicts.dedup();
    Ok(Schedule {
        release: release.to_owned(),
        amendments: Vec::new(),
        hash: String::new(),
        passed_over: Vec::new(),
        antigens,
        groups: frame.groups,
        associations,
        conflicts: frame.conflicts,
        observations: frame.observations,
    })
}
