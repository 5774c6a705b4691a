//! What comes from elsewhere: licences, sources, bans, known faults, and whether it is used at all (docs/adr/0030).

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::shell::{Outcome, root, run, say};

/// Programs of the registry, each in the version it was tried in.
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
const MACHETE: (&str, &str) = ("cargo-machete", "0.9.2");

/// So long a list may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The known faults of crates.
const ADVISORIES: &str = "https://github.com/rustsec/advisory-db";

pub(crate) fn check() -> Outcome {
    say("Dependencies nobody uses");
    run(&tool(MACHETE)?, &["--with-metadata"])?;
    say("Licences, sources and bans");
    let deny = tool(DENY)?;
    run(&deny, &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"])?;
    if is_reachable(ADVISORIES) {
        say("Known faults");
        return run(&deny, &["deny", "--log-level", "error", "check", "advisories"]);
    }
    say("Known faults are NOT looked at: their list cannot be reached from here");
    Ok(())
}

/// Where a tool is; installed into `target/tools` the first time.
fn tool((name, version): (&str, &str)) -> Outcome<String> {
    let folder = root().join("target/tools").join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.exists() {
        say(&format!("Installing {name} {version}"));
        run(
            "cargo",
            &["install", "--locked", "--quiet", "--root", &folder.to_string_lossy(), &format!("{name}@{version}")],
        )?;
    }
    Ok(program.to_string_lossy().into_owned())
}

fn is_reachable(repository: &str) -> bool {
    let mut git = Command::new("git");
    git.args(["ls-remote", "--quiet", "--exit-code", repository, "HEAD"]);
    git.env("GIT_TERMINAL_PROMPT", "0").stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut git) = git.spawn() else { return false };
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Ok(Some(status)) = git.try_wait() {
            return status.success();
        }
        thread::sleep(Duration::from_millis(100));
    }
    let _ = git.kill();
    let _ = git.wait();
    false
}
