//! Every sentence a person reads in one file, for whoever reviews them.

use std::{fs, process::Command};

pub(crate) fn write() -> Result<(), String> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "words", "--example", "sentences"])
        .output()
        .map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    fs::write("target/words.md", &output.stdout).map_err(|error| format!("target/words.md: {error}"))?;
    println!("target/words.md: {} lines", output.stdout.split(|byte| *byte == b'\n').count());
    Ok(())
}
