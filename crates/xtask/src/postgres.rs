//! A throw-away PostgreSQL cluster for the tests, also when started as root.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::{Outcome, install, run, say};

/// A running cluster; stopped and removed when dropped.
pub(crate) struct Postgres {
    bin: PathBuf,
    folder: PathBuf,
    owner: Option<&'static str>,
    port: u16,
}

impl Postgres {
    /// Starts one, from the system's packages; installs them where that is possible.
    pub(crate) fn start() -> Outcome<Self> {
        let bin = match find() {
            Some(bin) => bin,
            None => {
                install("PostgreSQL", &["postgresql"])?;
                find().ok_or(
                    "PostgreSQL's server programs are not here: install them, for example `apt-get install postgresql`",
                )?
            }
        };
        say("Starting a throw-away PostgreSQL");
        let folder = std::env::temp_dir().join(format!("miis-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        // PostgreSQL refuses to run as root.
        let owner = is_root().then_some("nobody");
        if let Some(owner) = owner {
            run("chown", &[owner, &folder.to_string_lossy()])?;
        }
        // Any free port: a run that was killed may have left a cluster behind.
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let cluster = Self { bin, folder, owner, port };
        let data = cluster.folder.join("data");
        let (data, sockets) = (data.to_string_lossy().into_owned(), cluster.folder.to_string_lossy().into_owned());
        cluster.call(
            "initdb",
            &["--pgdata", &data, "--username", "miis", "--auth", "trust", "--encoding", "UTF8", "--no-sync"],
        )?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={sockets} -c fsync=off -c max_connections=200"
        );
        let log = cluster.folder.join("log").to_string_lossy().into_owned();
        cluster.call("pg_ctl", &["--pgdata", &data, "--options", &options, "--log", &log, "--wait", "start"])?;
        Ok(cluster)
    }

    /// How to reach it.
    pub(crate) fn address(&self) -> String {
        format!("postgres://miis@127.0.0.1:{}/postgres", self.port)
    }

    fn call(&self, program: &str, arguments: &[&str]) -> Outcome {
        let program = self.bin.join(program);
        let mut command = match self.owner {
            Some(owner) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", owner, "--regid", "nogroup", "--clear-groups"]).arg(&program);
                command
            }
            None => Command::new(&program),
        };
        let output = command.args(arguments).current_dir(&self.folder).stdout(std::process::Stdio::null()).status();
        match output {
            Ok(status) if status.success() => Ok(()),
            other => Err(format!("{} failed: {other:?}", program.display())),
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.join("data").to_string_lossy().into_owned();
        let _ = self.call("pg_ctl", &["--pgdata", &data, "--mode", "immediate", "stop"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn find() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    versions.sort();
    let usual = [
        "/opt/homebrew/opt/postgresql/bin",
        "/usr/local/opt/postgresql/bin",
        "/usr/pgsql/bin",
        "/usr/bin",
        "/usr/local/bin",
    ];
    versions.into_iter().rev().chain(usual.iter().map(PathBuf::from)).find(|bin| Path::new(bin).join("initdb").exists())
}
