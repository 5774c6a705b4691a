//! Reads a schedule from a folder: CDC's own files, or the project's notation.

use std::{fs, io, path::Path};

use schedule::{
    Schedule,
    cdc::{self, File},
    data,
    notation::{self, Text},
};

/// What is wrong with a folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It cannot be read.
    #[error("{0}: {1}")]
    Unreadable(String, io::Error),
    /// There is no schedule in it.
    #[error("{0}: neither CDC's files (ScheduleSupportingData.xml and AntigenSupportingData-...xml) nor schedule.txt")]
    Empty(String),
    /// CDC's files are not as they should be.
    #[error(transparent)]
    Cdc(#[from] cdc::ReleaseError),
    /// The notation is not as it should be.
    #[error(transparent)]
    Notation(#[from] notation::NotationError),
}

/// The schedule of a folder, in the notation, so that its hash is that of what it says. CDC's files do not name their release:
/// the folder does.
///
/// # Errors
/// [`FolderError`], with the file and the line.
pub fn read(folder: &Path) -> Result<Vec<Text>, FolderError> {
    let shown = || folder.display().to_string();
    let unreadable = |error| FolderError::Unreadable(shown(), error);
    let (mut xml, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is = |end: &str| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(end));
        let kept = match (is("xml"), is("txt")) {
            (true, _) => &mut xml,
            (_, true) => &mut files,
            _ => continue,
        };
        kept.push(Text { text: fs::read_to_string(&path).map_err(unreadable)?, name });
    }
    xml.sort_by(|one, other| one.name.cmp(&other.name));
    let xml: Vec<File<'_>> = xml.iter().map(|file| File { name: &file.name, text: &file.text }).collect();
    if !xml.is_empty() {
        let release =
            folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        return Ok(notation::write(&cdc::read(&release.unwrap_or_default(), &xml)?));
    }
    // The frame goes before the antigens.
    files.sort_by_key(|file| (file.name != "schedule.txt", file.name.clone()));
    if files.first().is_none_or(|first| first.name != "schedule.txt") {
        return Err(FolderError::Empty(shown()));
    }
    notation::read(&files)?;
    Ok(files)
}

/// The schedule of a folder, or the one that comes with the project, with its errata and what else is laid over it.
///
/// # Errors
/// [`FolderError`].
pub fn load(folder: Option<&Path>, errata: bool, overlays: &[Text]) -> Result<Schedule, FolderError> {
    let mut schedule = match folder {
        Some(folder) => notation::read(&read(folder)?)?,
        None => data::release()?,
    };
    if errata {
        notation::amend(&mut schedule, &data::errata())?;
    }
    for overlay in overlays {
        notation::amend(&mut schedule, overlay)?;
    }
    Ok(schedule)
}
