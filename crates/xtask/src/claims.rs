//! docs/CLAIMS.md against the words and the tests: each sentence the public pages promise names the test that holds it.

use std::{collections::BTreeSet, fs, path::Path};

use crate::shell::{Outcome, root};

/// The pages for everybody whose sentences promise something.
const PAGES: [&str; 15] = [
    "about",
    "start",
    "information",
    "questions",
    "schools",
    "providers",
    "privacy",
    "accessibility",
    "get-record",
    "contact",
    "check",
    "verify",
    "objection",
    "sign-in",
    "feedback",
];

/// Every sentence has its line, every line its sentence, and every test named is there.
pub(crate) fn check() -> Outcome {
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
    let page = read(&root().join("docs/CLAIMS.md"))?;
    let rows: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(key, _)| *key != "sentence")
        .collect();
    let mut sentences = BTreeSet::new();
    for name in PAGES {
        let text = read(&root().join(format!("crates/words/locales/en/{name}.ftl")))?;
        // A sentence ends with a full stop; a label does not.
        let keys =
            text.lines().filter_map(|line| line.split_once(" = ")).filter(|(_, says)| says.trim().ends_with('.'));
        sentences.extend(keys.map(|(key, _)| key.to_owned()));
    }
    let listed: BTreeSet<&str> = rows.iter().map(|(key, _)| *key).collect();
    let mut wrong: Vec<String> =
        sentences.iter().filter(|key| !listed.contains(key.as_str())).map(|key| format!("{key} has no line")).collect();
    let mut tests = String::new();
    for folder in ["crates", "server", "app", "end2end/journeys"] {
        collect(&root().join(folder), &mut tests)?;
    }
    for (key, held) in &rows {
        let named: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        if named.is_empty() && !matches!(*held, "fact" | "way") {
            wrong.push(format!("{key} names no test"));
        }
        let is_there = |name: &str| tests.contains(&format!("fn {name}(")) || tests.contains(&format!("test('{name}'"));
        wrong.extend(named.iter().filter(|name| !is_there(name)).map(|name| format!("{key}: there is no test {name}")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("docs/CLAIMS.md: {}", wrong.join("; "))) }
}

fn collect(folder: &Path, into: &mut String) -> Outcome {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && path.file_name().is_none_or(|name| name != "node_modules" && name != "target") {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|end| end == "rs" || end == "ts") {
            into.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
    Ok(())
}
