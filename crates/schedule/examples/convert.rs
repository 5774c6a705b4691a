//! Writes a release of CDC's supporting data in the project's notation: `convert FOLDER_OF_XML RELEASE FOLDER`.

use std::{env, error::Error, fs, path::PathBuf};

use schedule::{
    cdc::{self, File},
    notation,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, release, to] = arguments.as_slice() else {
        return Err("convert FOLDER_OF_XML RELEASE FOLDER".into());
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "xml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    let files: Vec<File<'_>> = files.iter().map(|(name, text)| File { name, text }).collect();
    let to = PathBuf::from(to);
    fs::create_dir_all(&to)?;
    for file in notation::write(&cdc::read(release, &files)?) {
        fs::write(to.join(&file.name), &file.text)?;
    }
    Ok(())
}
