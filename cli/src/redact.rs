//! `mews redact`: logs without names.

use crate::files::Error;
use crate::load;
use crate::replay::read_events;
use engine::Session;
use engine::catalog::Dialect;
use engine::report::{Kept, RedactOptions, Redaction};
use engine::text::Lang;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Replace names, addresses and the like in logs by pseudonyms.
///
/// The same value gets the same pseudonym everywhere, in upper or lower case, also within command lines and messages, so that rules
/// say what they said. Values that rules compare with stay. Standard error says what became of verdicts.
///
/// Secrets are found where something tells them: behind `PASSWORD=`, `--token` or `Authorization: Bearer`, in an address, as the data of a
/// Kubernetes Secret. Look at what is replaced (`--list`) before you give a log away: any other secret is not found unless you name it
/// (`--also`), and keys, such as those of labels, stay.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Logs or events files.
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// Where to write the files, under their names. Without it the only file goes to standard output.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Only print what would be replaced: kind, value, pseudonym and number, separated by tabs; behind what stays, why.
    #[arg(long)]
    list: bool,
    /// A value that stays; may be given several times.
    #[arg(long, value_name = "VALUE")]
    keep: Vec<String>,
    /// A value that is replaced as well, such as a password that stands alone; may be given several times.
    #[arg(long, value_name = "VALUE")]
    also: Vec<String>,
    /// Rules files whose verdicts matter. One that is called `falco.yaml` is the configuration.
    #[arg(long, num_args = 1..)]
    rules: Vec<PathBuf>,
    /// Replace values that rules compare with as well.
    #[arg(long)]
    literals: bool,
}

pub(crate) fn run(args: &Args, lang: Lang, dialect: Dialect) -> Result<ExitCode, Error> {
    if args.output.is_none() && !args.list && args.logs.len() > 1 {
        return Err(Error::NoFolder);
    }
    let load::Given { sources, config_source, .. } = load::given(&args.rules, None, false)?;
    let mut session = Session::new();
    session.set_dialect(dialect);
    session.set_rules(sources);
    session.set_config(config_source);
    session.set_events(read_events(&args.logs)?);
    session.report();
    let options = RedactOptions { keep: args.keep.clone(), literals: args.literals, also: args.also.clone() };
    let redaction = session.redact(&options);
    let mut out = std::io::stdout().lock();
    if args.list {
        return list(&redaction, &mut out).map(|()| ExitCode::SUCCESS).map_err(Error::Output);
    }
    match &args.output {
        None => {
            let text = redaction.files.first().map_or("", String::as_str);
            out.write_all(text.as_bytes()).map_err(Error::Output)?;
        }
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(Error::Output)?;
            for (path, text) in args.logs.iter().zip(&redaction.files) {
                std::fs::write(folder.join(name(path)), text).map_err(Error::Output)?;
            }
        }
    }
    eprintln!("mews: {}", said(&redaction, lang));
    Ok(ExitCode::SUCCESS)
}

/// What is written is never compressed.
fn name(path: &Path) -> PathBuf {
    let packed = path.extension().is_some_and(|extension| extension == "gz" || extension == "zst");
    let name = if packed { path.file_stem() } else { path.file_name() };
    name.map(PathBuf::from).unwrap_or_default()
}

fn list(redaction: &Redaction, out: &mut dyn Write) -> std::io::Result<()> {
    for name in &redaction.replacements {
        let stays = match name.kept {
            None => "",
            Some(Kept::Asked) => "\tkept",
            Some(Kept::Rules) => "\tnamed by rules",
        };
        let (kind, value) = (name.kind.word(), &name.value);
        writeln!(out, "{kind}\t{value}\t{}\t{}{stays}", name.pseudonym, name.count)?;
    }
    out.flush()
}

/// How much was replaced and what came of it.
fn said(redaction: &Redaction, lang: Lang) -> String {
    let values = redaction.replacements.iter().filter(|name| name.kept.is_none() && name.count > 0).count();
    let changed = redaction.changed;
    match lang {
        Lang::En => format!("values replaced: {values}; verdicts that changed: {changed}"),
        Lang::Ja => format!("置き換えた値 {values} 件、変わった判定 {changed} 件"),
    }
}
