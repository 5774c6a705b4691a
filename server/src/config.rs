//! Configuration: flags before environment before file before defaults. An unknown key in the file is an error.

use std::{fs, net::SocketAddr, path::PathBuf};

use clap::Args;
use serde::Deserialize;

/// What can be set on the command line, in the environment or in the file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[command(next_help_heading = "Settings")]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The database: a path for SQLite, or `postgres://user:password@host/name`
    #[arg(long, env = "MIIS_DATABASE", global = true, hide_env_values = true)]
    pub database: Option<String>,
    /// Where to listen
    #[arg(long, env = "MIIS_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// How people reach the portal, such as <https://miis.example.gov>; https makes cookies secure
    #[arg(long, env = "MIIS_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// The folder with styles and browser parts that `cargo xtask` built
    #[arg(long, env = "MIIS_ASSETS", global = true)]
    pub assets: Option<PathBuf>,
    /// The data is made up: pages say so and show the demo sign-ins
    #[arg(long, env = "MIIS_DEMO", global = true)]
    pub demo: Option<bool>,
    /// Behind a proxy that sets X-Forwarded-For: take the last address in it as the visitor's
    #[arg(long, env = "MIIS_BEHIND_PROXY", global = true)]
    pub behind_proxy: Option<bool>,
}

/// What is in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database.
    pub database: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How people reach the portal.
    pub public_url: String,
    /// Styles and browser parts.
    pub assets: PathBuf,
    /// Made-up data.
    pub demo: bool,
    /// Believe the proxy's header.
    pub behind_proxy: bool,
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file is not TOML, or has an unknown key.
    #[error("{0}: {1}")]
    Toml(PathBuf, toml::de::Error),
}

impl Config {
    /// Flags and environment (already merged by clap) over the file over the defaults.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn load(options: Options, file: Option<PathBuf>) -> Result<Self, ConfigError> {
        let below = match file {
            None => Options::default(),
            Some(path) => {
                let text = fs::read_to_string(&path).map_err(|error| ConfigError::File(path.clone(), error))?;
                toml::from_str(&text).map_err(|error| ConfigError::Toml(path, error))?
            }
        };
        let listen = options.listen.or(below.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        Ok(Self {
            database: options.database.or(below.database).unwrap_or_else(|| "data/miis.db".to_owned()),
            public_url: options
                .public_url
                .or(below.public_url)
                .unwrap_or_else(|| format!("http://{listen}"))
                .trim_end_matches('/')
                .to_owned(),
            listen,
            assets: options.assets.or(below.assets).unwrap_or_else(|| PathBuf::from("target/site")),
            demo: options.demo.or(below.demo).unwrap_or(false),
            behind_proxy: options.behind_proxy.or(below.behind_proxy).unwrap_or(false),
        })
    }

    /// Is the portal reached by https?
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("miis-config-{name}-{}.toml", std::process::id()));
        fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_the_defaults() {
        let path = file("order", "database = \"from-file.db\"\ndemo = true\n");
        let flags = Options { database: Some("from-flag.db".into()), ..Options::default() };
        let config = Config::load(flags, Some(path)).unwrap();
        assert_eq!((config.database.as_str(), config.demo, config.listen.port()), ("from-flag.db", true, 3000));
    }

    #[test]
    fn a_misspelt_key_is_an_error() {
        let path = file("unknown", "databse = \"x\"\n");
        assert!(matches!(Config::load(Options::default(), Some(path)), Err(ConfigError::Toml(..))));
    }
}
