//! The command line.

mod backup;
mod check;
mod keys;
pub mod log;
mod metrics;
mod retention;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value};
use server::Platform;
use server::config::{Config, Sourced};
use server::world::{Chance, SystemClock};

/// E-Campus: courses for public servants, in one program.
#[derive(Parser)]
#[command(
    name = "campus",
    version,
    about,
    long_about = "E-Campus: modular courses with quizzes, progress and certificates, in one program.\n\nEvery setting can stand in DATA/campus.toml or in the environment as CAMPUS_…, those of the folder, the addresses and the library on the command line too; the later wins. `campus config` shows what is in force."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the campus: create and migrate the database, load the course library, listen
    Serve {
        #[command(flatten)]
        settings: Settings,
        /// Add demonstration people and learners; only on a loopback address
        #[arg(long)]
        demo: bool,
    },
    /// Fill a database with synthetic learners, their attempts and completions of the last eight quarters
    Demo {
        #[command(flatten)]
        settings: Settings,
        /// How many learners
        #[arg(long, value_name = "N", default_value_t = 1000)]
        learners: u32,
        /// The same seed makes the same people
        #[arg(long, value_name = "S", default_value_t = 1)]
        seed: u64,
    },
    /// Check course sources: list every error and warning with file, line and column
    Check {
        /// Folder of a course, or of a library of courses
        path: PathBuf,
        /// Mark every translation that exists as made from the source text as it is now
        #[arg(long)]
        stamp: bool,
        /// Show words, minutes, questions per objective and sources
        #[arg(long)]
        stats: bool,
    },
    /// Write everything in the database into a new file, also while the campus runs
    Backup {
        #[command(flatten)]
        settings: Settings,
        /// The new file; nothing is overwritten
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Put a backup into the database of a campus that does not run: SQLite or PostgreSQL, whichever it was made from
    Restore {
        #[command(flatten)]
        settings: Settings,
        /// A file that `campus backup` made
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// Put it in the place of what is in the database
        #[arg(long)]
        replace: bool,
        /// Leave people signed in, for a move to another database
        #[arg(long)]
        keep_sessions: bool,
    },
    /// Help somebody who has lost their second factor: take it away, so that the password opens again
    SecondFactor {
        #[command(subcommand)]
        verb: SecondFactorVerb,
    },
    /// Replace a key that signs, now and then or because somebody saw it
    Keys {
        #[command(subcommand)]
        verb: KeysVerb,
    },
    /// Forget what was kept as long as the configuration says, as the server does every few hours
    Retention {
        #[command(flatten)]
        settings: Settings,
        /// Only count what would be forgotten
        #[arg(long)]
        dry_run: bool,
    },
    /// Show what is in force, and where each value came from
    Config {
        #[command(flatten)]
        settings: Settings,
    },
}

const UNUSABLE: &str = "the configuration cannot be used";

#[derive(Subcommand)]
enum SecondFactorVerb {
    /// Take every second factor of an account away, and end its sessions
    Reset {
        /// User name or e-mail address
        login: String,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Subcommand)]
enum KeysVerb {
    /// Make a new key that signs from now on; also while the campus runs, which learns of it within a minute
    Rotate {
        /// What it signs
        signs: keys::Signs,
        /// End what older keys signed: people sign in again, other programs show their refresh token again
        #[arg(long)]
        retire_older: bool,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Args)]
struct Settings {
    /// Address to listen on [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Folder of the database, mail files and campus.toml [default: data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL in place of the embedded SQLite: postgres://USER@HOST/NAME
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Address people use, such as https://campus.example.org
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Folder of course sources in place of the library inside the program
    #[arg(long, value_name = "DIR")]
    library: Option<PathBuf>,
    /// Configuration file in place of DATA/campus.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Settings {
    fn read(self) -> anyhow::Result<Sourced> {
        let mut flags = Map::new();
        let mut set = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                flags.insert(key.to_owned(), Value::String(value));
            }
        };
        set("listen", self.listen);
        set("data", self.data.map(|path| path.display().to_string()));
        set("database_url", self.database_url);
        set("public_url", self.public_url);
        set("library", self.library.map(|path| path.display().to_string()));
        Sourced::read(self.config, &flags).context(UNUSABLE)
    }

    /// The configuration, checked; from here on the log is written as it says.
    fn usable(self) -> anyhow::Result<Config> {
        let config = self.read()?.usable().context(UNUSABLE)?;
        log::start(config.log_format);
        for remark in config.warnings() {
            tracing::warn!("{remark}");
        }
        Ok(config)
    }
}

/// Runs the program as the command line says.
///
/// # Errors
/// What kept it from doing so, in words for the person at the terminal.
pub fn run() -> anyhow::Result<ExitCode> {
    match Cli::parse().command {
        Command::Serve { settings, demo } => run_to_end(serve::serve(settings.usable()?, demo)),
        Command::Demo { settings, learners, seed } => run_to_end(demo(settings.usable()?, learners, seed)),
        Command::Retention { settings, dry_run } => run_to_end(retention::retention(settings.usable()?, dry_run)),
        Command::Check { path, stamp, stats } => check::check(&path, stamp, stats),
        Command::Backup { settings, to } => run_to_end(backup::backup(settings.usable()?, &to)),
        Command::Restore { settings, from, replace, keep_sessions } => {
            run_to_end(backup::put_back(settings.usable()?, &from, replace, keep_sessions))
        }
        Command::SecondFactor { verb: SecondFactorVerb::Reset { login, settings } } => {
            run_to_end(reset_second_factor(settings.usable()?, login))
        }
        Command::Keys { verb: KeysVerb::Rotate { signs, retire_older, settings } } => {
            run_to_end(keys::rotate(settings.usable()?, signs, retire_older))
        }
        Command::Config { settings } => Ok(show(&settings.read()?)),
    }
}

/// Prints what is in force; fails if it cannot be used.
fn show(sourced: &Sourced) -> ExitCode {
    for (key, value, source) in sourced.lines() {
        println!("{key:26} {value:40} {source}");
    }
    for remark in sourced.config.warnings() {
        println!("remark: {remark}");
    }
    let problems = sourced.config.problems();
    for problem in &problems {
        println!("not usable: {problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_to_end(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

async fn open(config: Config) -> anyhow::Result<Arc<Platform>> {
    std::fs::create_dir_all(&config.data).with_context(|| format!("the folder {} cannot be made", config.data.display()))?;
    let platform = Platform::open(config, Arc::new(SystemClock), Chance::from_system()).await.context("the campus cannot be opened")?;
    Ok(Arc::new(platform))
}

async fn reset_second_factor(config: Config, login: String) -> anyhow::Result<ExitCode> {
    let platform = open(config).await?;
    let told = server::accounts::reset_second_factor_of(&platform, &login).await.with_context(|| format!("the account {login}"))?;
    if let Some(told) = told {
        let letter = crate::accounts::message::notice(&platform.config.origin(), told);
        crate::accounts::message::send(&platform, letter).await;
    }
    println!("{login} has no second factor any more, and is signed in nowhere.");
    Ok(ExitCode::SUCCESS)
}

async fn demo(config: Config, learners: u32, seed: u64) -> anyhow::Result<ExitCode> {
    let platform = open(config).await?;
    server::demo::make_people(&platform).await?;
    let bar = ProgressBar::new(learners.into());
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} learners, {elapsed} gone, {eta} left")?);
    server::demo::make_learners(&platform, learners, seed, |made| bar.set_position(made.into())).await?;
    bar.finish();
    println!(
        "{learners} learners made from seed {seed}. Their password, and that of demo-learner, demo-trainer, demo-coordinator and demo-administrator: {}",
        server::demo::PASSWORD
    );
    Ok(ExitCode::SUCCESS)
}
