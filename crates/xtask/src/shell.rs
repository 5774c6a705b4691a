//! Running other programs, and saying what is going on.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A failure in words.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Says what comes now.
pub(crate) fn say(what: &str) {
    eprintln!("\n== {what}");
}

/// Runs a program in the project's folder and waits for it.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Outcome {
    run_in(&root(), program, arguments, &[])
}

/// Runs a program in a folder, with something in its environment.
pub(crate) fn run_in(folder: &Path, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .envs(environment.iter().copied())
        .status()
        .map_err(|error| format!("{program} cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} {} failed ({status})", arguments.join(" "))) }
}

/// The same cargo that runs this.
pub(crate) fn cargo(arguments: &[&str]) -> Outcome {
    run(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), arguments)
}

/// Is a program there?
pub(crate) fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs something from the system's packages, or says which command would.
pub(crate) fn install(what: &str, packages: &[&str]) -> Outcome {
    let by_hand = format!("try `sudo apt-get install {}`", packages.join(" "));
    if !is_there("apt-get") {
        return Err(format!("{what} is not here: install it, on Debian {by_hand}"));
    }
    say(&format!("Installing {what} from the system's packages"));
    let arguments = [&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat();
    run("apt-get", &["update", "--quiet"])
        .and_then(|()| run("apt-get", &arguments))
        .map_err(|error| format!("{what} is not here, and {error}: {by_hand}"))
}
