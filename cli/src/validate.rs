//! `mews validate`: what is wrong with rules files.

use crate::falco;
use crate::files::Error;
use crate::load::{self, Rules};
use crate::print::Files;
use engine::catalog::Dialect;
use engine::text::{Lang, Severity};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check rules files.
///
/// Prints every problem with its place, and exits with 1 if Falco would refuse one of the files. The files load in the
/// given order, after Mews' base rules: the macros and lists that most rules are built from.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of the command line, each a word of its own")]
pub(crate) struct Args {
    /// Rules files, in load order. One that is called `falco.yaml` is the configuration.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Falco's configuration, for what it adds to outputs and which fields and rules there are.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print a JSON array of diagnostics: file, line and column (from 1), span (bytes), severity, code, falco (code and
    /// text of Falco, and whether it is printed: Falco stops a file at its first error; or null), message, notes, related, fixes.
    #[arg(long)]
    json: bool,
    /// Print what `falco -V FILE` would: a line per file, and all errors and warnings of a file that Falco refuses. Warnings
    /// of the others go to standard error, where Falco has its log.
    #[arg(long, conflicts_with_all = ["json", "falco_json"])]
    falco: bool,
    /// Print what `falco -V FILE -o json_output=true` would, one line of JSON. Left out: `codedesc` of warnings; of a YAML
    /// syntax error what Falco's YAML reader says behind line and column; whether required plugins are loaded.
    #[arg(long, conflicts_with = "json")]
    falco_json: bool,
    /// Leave out the base rules.
    #[arg(long)]
    no_base: bool,
}

pub(crate) fn run(args: &Args, lang: Lang, dialect: Dialect) -> Result<ExitCode, Error> {
    let load::Given { sources, base, config_source, config } =
        load::given(&args.files, args.config.as_ref(), args.no_base)?;
    if args.falco_json {
        return printed(&falco::json(&sources, &config, base));
    }
    if args.falco {
        return printed(&falco::text(&sources, &config, base));
    }
    let Rules { diagnostics, refused, .. } = load::load(&sources, dialect, &config);
    // The base rules are ours: what is to say about them is not for the user.
    let diagnostics: Vec<_> = diagnostics.into_iter().filter(|d| d.at.source.index() >= base).collect();
    let refused = !config.loads() || refused.iter().skip(base).any(|refused| *refused);
    let files = Files::new(&sources, config_source.as_ref(), lang);
    let mut out = std::io::stdout().lock();
    let written = if args.json {
        let all: Vec<_> = diagnostics.iter().map(|diagnostic| files.json(diagnostic)).collect();
        serde_json::to_writer_pretty(&mut out, &all)
            .map_err(std::io::Error::from)
            .and_then(|()| writeln!(out))
    } else {
        let mut write = || {
            for diagnostic in &diagnostics {
                writeln!(out, "{}\n", files.human(diagnostic))?;
            }
            let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
            let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
            writeln!(out, "{}", summary(lang, dialect, args.files.len(), errors, warnings, refused))
        };
        write()
    };
    written.map_err(Error::Output)?;
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints what Falco would, and exits as Falco would.
fn printed(printed: &falco::Printed) -> Result<ExitCode, Error> {
    printed.write()?;
    Ok(if printed.refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The last line.
fn summary(
    lang: Lang,
    dialect: Dialect,
    files: usize,
    errors: usize,
    warnings: usize,
    refused: bool,
) -> String {
    let said = match lang {
        Lang::En => {
            let verdict = if refused { "Falco would refuse this" } else { "Falco would load this" };
            let numbers = format!("{}, {}", number(errors, "error"), number(warnings, "warning"));
            format!("{}: {numbers}; {verdict}", number(files, "file"))
        }
        Lang::Ja => {
            let verdict = if refused {
                "Falco は読み込みを拒否します"
            } else {
                "Falco はこのまま読み込みます"
            };
            format!("{files} ファイル: エラー {errors} 件、警告 {warnings} 件。{verdict}")
        }
    };
    match (dialect, lang) {
        (Dialect::Falco, _) => said,
        (Dialect::Course, Lang::En) => format!("{said} (course dialect: read as the course means it)"),
        (Dialect::Course, Lang::Ja) => format!("{said}（講座の方言：講座の意味で読んでいます）"),
    }
}

fn number(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
