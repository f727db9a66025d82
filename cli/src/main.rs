//! The `mews` program: the engine on the command line. What it finds is the same as on the page.
//!
//! Exit codes: 0, all is well; 1, Falco would refuse a file (`validate`); 2, a file cannot be read or an argument is
//! wrong.

mod counts;
mod export;
mod falco;
mod files;
mod load;
mod print;
mod progress;
mod redact;
mod replay;
mod stats;
mod validate;

use clap::{Parser, Subcommand};
use engine::text::Lang;
use std::process::ExitCode;

/// Falco rules without Falco.
#[derive(Parser)]
#[command(name = "mews", version, about, max_term_width = 100)]
struct Args {
    /// Language of messages; by default that of the environment.
    #[arg(long, global = true, value_parser = ["en", "ja"])]
    lang: Option<String>,
    /// How rules are read. `course` gives a meaning to some things that teaching material writes and Falco refuses
    /// (`evt.hour`, `k8s_audit.*`, `k8s.pod.label.NAME`, `not in` in exceptions, a rule repeated with some keys only); each is
    /// still a warning, and whether Falco would load the files stays the same.
    #[arg(long, global = true, value_enum, default_value_t)]
    dialect: Dialect,
    #[command(subcommand)]
    command: Command,
}

/// A dialect by its name.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Dialect {
    /// As Falco reads them.
    #[default]
    Falco,
    /// As the course means them.
    Course,
}

#[derive(Subcommand)]
enum Command {
    Validate(validate::Args),
    Replay(replay::Args),
    Stats(counts::Args),
    Export(export::Args),
    Redact(redact::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let lang = language(args.lang.as_deref());
    let dialect = match args.dialect {
        Dialect::Falco => engine::catalog::Dialect::Falco,
        Dialect::Course => engine::catalog::Dialect::Course,
    };
    let done = match args.command {
        Command::Validate(args) => validate::run(&args, lang, dialect),
        Command::Replay(args) => replay::run(&args, lang, dialect),
        Command::Stats(args) => counts::run(&args, lang, dialect),
        Command::Export(args) => export::run(&args, lang, dialect),
        Command::Redact(args) => redact::run(&args, lang, dialect),
    };
    match done {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mews: {error}");
            ExitCode::from(2)
        }
    }
}

/// The language that was asked for, or that of `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first.
fn language(wanted: Option<&str>) -> Lang {
    let from_environment = || {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
        set.into_iter().find(|value| !value.is_empty())
    };
    let name = wanted.map(str::to_owned).or_else(from_environment).unwrap_or_default();
    if name.starts_with("ja") { Lang::Ja } else { Lang::En }
}
