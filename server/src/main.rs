//! `miis`: the portal's one binary.

mod commands;

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, Subcommand};
use commands::{demo, forecast_all, import, jobs, migrate, schedule};
use domain::{Clock, date::DateOrder};
use registry::{Registry, Settings};
use schedule::{Engine, Schedule, notation::Text};
use server::{
    clock::{SystemChance, SystemClock},
    config::{Config, Options},
    demo::Plan,
    evaluate::Asking,
    release, serving,
};
use store::Store;

/// The Massachusetts immunization portal.
///
/// Settings: flags win over the environment (MIIS_...), that over the file given with --config, that over the defaults.
#[derive(Parser)]
#[command(name = "miis", version)]
struct Cli {
    #[command(flatten)]
    options: Options,
    /// A TOML file with the same settings; an unknown key is an error
    #[arg(long, env = "MIIS_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal until Ctrl-C
    Serve {
        /// Bring the database's schema up to date first
        #[arg(long)]
        migrate: bool,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Fill an empty database with made-up people
    Demo {
        /// How many, besides the cast of the README
        #[arg(long, default_value_t = 5_000)]
        people: u32,
        /// The same seed gives the same people
        #[arg(long, default_value_t = 2026)]
        seed: u64,
        /// Leave a database that already has people as it is, without complaint
        #[arg(long)]
        if_empty: bool,
    },
    /// Say what the schedule says of people: one a line from stdin (JSON), one a line to stdout. docs/EVALUATE.md
    Evaluate {
        /// A folder with another schedule: CDC's files, or the project's notation
        #[arg(long)]
        schedule: Option<PathBuf>,
        /// Leave out what the project corrects in CDC's data
        #[arg(long)]
        no_errata: bool,
        /// A text of the notation to lay over the schedule; may be given several times
        #[arg(long)]
        overlay: Vec<PathBuf>,
        /// Also say how each answer came about: every series that was looked at
        #[arg(long)]
        trace: bool,
        /// How many threads; all of the machine's by default
        #[arg(long)]
        threads: Option<NonZero<usize>>,
    },
    /// Schedules: import CDC's releases and the Department's overlays, and put one in force. docs/SCHEDULES.md
    #[command(subcommand)]
    Schedule(ScheduleCommand),
    /// Work out and keep what is due, for lists, reminders and coverage
    Forecast {
        /// For everybody whose forecast is missing, or of another day or schedule
        #[arg(long, required = true)]
        all: bool,
    },
    /// The work the program does by itself: what waits, what is being done, what was given up
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// Import a file of an office: HL7 v2.5.1 vaccination messages, or a table of doses
    Import {
        /// The office's code, such as P1001
        #[arg(long)]
        site: String,
        /// The file
        file: PathBuf,
        /// Which number of a date such as 3/4/2021 comes first in a table: `month-first` or `day-first`; needed only where the
        /// dates themselves do not tell
        #[arg(long, value_parser = date_order)]
        dates: Option<DateOrder>,
    },
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    DateOrder::from_key(text).ok_or_else(|| "month-first or day-first".to_owned())
}

#[derive(Subcommand)]
enum JobsCommand {
    /// Every job that is not done
    List,
    /// Begin again a job that was given up
    Retry {
        /// Its id, as the list says it
        job: String,
    },
}

#[derive(Subcommand)]
enum ScheduleCommand {
    /// Read a release (a folder with CDC's XML files or the project's notation) or an overlay (one file), and keep it
    Import {
        /// The folder or the file
        path: PathBuf,
    },
    /// What is there, what is in force, and which seasons are past
    List,
    /// Put a release in force, and work out anew what is due for everybody
    Activate {
        /// Its name, such as 4.66; `built-in` for the one that comes with the program
        name: String,
        /// An overlay to lay over it, by its name; may be given several times
        #[arg(long)]
        overlay: Vec<String>,
        /// Leave out what the project corrects in CDC's data
        #[arg(long)]
        no_errata: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("MIIS_LOG").unwrap_or_else(|_| "miis=info,server=info,warn".into());
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    server::panics::log_places_only();
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("miis: {}", domain::chain(&*error));
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The schedule of a folder, or the project's own, with what is laid over it.
fn loaded(folder: Option<&Path>, errata: bool, overlays: &[PathBuf]) -> Result<Schedule, Box<dyn std::error::Error>> {
    let overlay = |path: &PathBuf| match std::fs::read_to_string(path) {
        Ok(text) => Ok(Text { name: path.display().to_string(), text }),
        Err(error) => Err(format!("{}: {error}", path.display())),
    };
    let overlays = overlays.iter().map(overlay).collect::<Result<Vec<_>, _>>()?;
    let schedule = release::load(folder, errata, &overlays)?;
    for erratum in &schedule.passed_over {
        eprintln!("miis: the erratum \"{erratum}\" was passed over: this release no longer says what it corrects");
    }
    Ok(schedule)
}

/// Needs neither settings nor a database.
fn evaluate(schedule: Schedule, trace: bool, threads: Option<NonZero<usize>>) -> Outcome {
    let threads = threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN);
    let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let asking = Asking { engine: &Engine::new(schedule), trace };
    match server::evaluate::evaluate(asking, threads, input, output) {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Into::into),
    }
}

async fn run(cli: Cli) -> Outcome {
    if let Command::Evaluate { schedule, no_errata, overlay, trace, threads } = &cli.command {
        let schedule = loaded(schedule.as_deref(), !no_errata, overlay)?;
        return evaluate(schedule, *trace, *threads);
    }
    // A rule nobody understands would be a requirement nobody is asked for.
    requirements::check()?;
    let config = Config::load(cli.options, cli.config)?;
    // Only what fills or migrates a database may make one: a wrong path is a mistake, not a new registry.
    let makes = matches!(cli.command, Command::Migrate | Command::Demo { .. } | Command::Serve { migrate: true });
    if !makes && !store::is_there(&config.database) {
        return Err(format!("there is no database at {}: `miis migrate` makes one", config.database).into());
    }
    let store = Store::open(&config.database)
        .await
        .map_err(|error| format!("the database cannot be opened: {}", domain::chain(&error)))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let registry = Registry::new(store.clone(), Arc::clone(&clock), Arc::new(SystemChance), Settings::default());
    let outcome = match cli.command {
        Command::Migrate => migrate(&store, &registry).await,
        Command::Serve { migrate: migrates } => {
            if migrates {
                migrate(&store, &registry).await?;
            }
            if !store.is_current().await? || !registry.keys_are_current().await? {
                return Err(
                    "the database is not up to date: run `miis migrate` first, or `miis serve --migrate`".into()
                );
            }
            serving::serve(registry, &config).await
        }
        Command::Demo { people, seed, if_empty } => {
            migrate(&store, &registry).await?;
            demo(&registry, &clock, Plan { people, seed }, if_empty).await
        }
        Command::Schedule(command) => schedule(&registry, command).await,
        Command::Forecast { .. } => forecast_all(&registry).await,
        Command::Jobs(command) => jobs(&registry, command).await,
        Command::Import { site, file, dates } => import(&registry, &site, &file, dates).await,
        // Done before there was a database.
        Command::Evaluate { .. } => Ok(()),
    };
    store.close().await;
    outcome
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_of_the_readme_is_understood() {
        Cli::command().debug_assert();
        for line in [
            "miis serve --migrate --listen 127.0.0.1:3000 --public-url https://x --demo true --behind-proxy true --assets site",
            "miis migrate --database postgres://x/y",
            "miis demo --people 10 --seed 3 --if-empty",
            "miis import --site P1001 file.hl7 --database data/miis.db",
            "miis import --site P1001 --dates day-first doses.csv",
            "miis jobs list",
            "miis jobs retry 0190a0a0a0a07000800000000000abcd",
        ] {
            let cli = Cli::try_parse_from(line.split(' ')).map_err(|error| error.to_string());
            assert!(cli.is_ok(), "{line}: {:?}", cli.err());
        }
        let Ok(Command::Import { site, .. }) =
            Cli::try_parse_from(["miis", "import", "--site", "P1001", "x"]).map(|cli| cli.command)
        else {
            panic!("import is not understood");
        };
        assert_eq!(site, "P1001");
    }
}
