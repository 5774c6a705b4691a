//! CDC's own releases and cases. The cases are ours, in our notation; CDC's own files are read from the shared facts, which are not part of
//! the project.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a test stops where it cannot go on, and says what it skips"
)]

mod case;
mod cases;
mod published;
mod releases;

use std::{
    fs,
    path::{Path, PathBuf},
};

use schedule::{
    Schedule,
    cdc::{File, ReleaseError, read},
};

/// A place among the shared facts; `None`, said aloud, where they are not there.
fn shared(place: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cdsi").join(place);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

/// The files of a release.
fn files(release: &str) -> Option<Vec<(String, String)>> {
    let mut files: Vec<(String, String)> = fs::read_dir(shared(&format!("data/{release}"))?)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "xml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    Some(files)
}

fn parse(release: &str, files: &[(String, String)]) -> Result<Schedule, ReleaseError> {
    let files: Vec<File<'_>> = files.iter().map(|(name, text)| File { name, text }).collect();
    read(release, &files)
}
