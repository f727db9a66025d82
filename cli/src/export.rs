//! `mews export`: the events in field form, and the alerts that rules raise, as a file.

use crate::files::Error;
use crate::load::{self, Rules};
use crate::print::Files;
use crate::replay::{complain, read_events};
use engine::catalog::Dialect;
use engine::events::{self, Read};
use engine::export::{Exported, Raising};
use engine::report::{Export, ExportForm};
use engine::resolve::used_fields;
use engine::text::{Lang, SourceId};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write events in field form, or the alerts that rules raise.
///
/// Prints the file; problems, and how much was written, go to standard error. Alerts are those of which the events say enough to be
/// sure; the others are counted. With a configuration, `rule_matching` decides which rules raise them, and what it adds to
/// outputs is in them.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files, in load order. One that is called `falco.yaml` is the configuration. Events need none.
    #[arg(long, num_args = 1.., required_if_eq_any([("form", "alerts"), ("form", "csv")]))]
    rules: Vec<PathBuf>,
    /// The rules files as they were when the events were recorded, in load order: alerts prove conditions of then.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    baseline: Vec<PathBuf>,
    /// Falco's configuration.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Events, of any kind; with several files, those of all in this order.
    #[arg(long, required = true, value_name = "FILE", num_args = 1..)]
    events: Vec<PathBuf>,
    /// What to write.
    #[arg(long = "as", id = "form", value_enum, default_value_t)]
    form: Form,
    /// Leave out the base rules.
    #[arg(long)]
    no_base: bool,
}

/// What is written.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Form {
    /// The events as YAML: the fields that they give, without those that were worked out.
    #[default]
    Events,
    /// The alerts as JSON lines, as Falco prints them.
    Alerts,
    /// The alerts as a table, with a column for each field of their outputs.
    Csv,
}

pub(crate) fn run(args: &Args, lang: Lang, dialect: Dialect) -> Result<ExitCode, Error> {
    let load::Given { sources, base, config_source, config } =
        load::given(&args.rules, args.config.as_ref(), args.no_base)?;
    let events_files = read_events(&args.events)?;
    let Rules { ruleset, mut diagnostics, .. } = load::load(&sources, dialect, &config);
    // What an event gives itself is told by places.
    let options = events::Options { dialect, ..events::Options::default() };
    let Read { mut store, problems, .. } =
        events::read_files(&events_files, SourceId::new(sources.len()), options);
    store.set_statics(&config.statics);
    diagnostics.extend(problems);
    let all_sources = sources.iter().chain(events_files.iter().map(|events| &events.file));
    let files = Files::new(all_sources, config_source.as_ref(), lang);
    let diagnostics: Vec<_> = diagnostics.into_iter().filter(|d| d.at.source.index() >= base).collect();
    complain(&files, lang, &diagnostics);

    let texts: Vec<&str> = events_files.iter().map(|events| events.file.text.as_str()).collect();
    store.ensure(&used_fields(&ruleset, dialect), &texts);
    let baseline = load::baseline(&args.baseline, args.no_base, dialect, &config)?;
    let load::Judged { verdicts, .. } = load::judge(&ruleset, baseline.as_ref(), &store, false);
    let raising = Raising { rules: &ruleset.rules, config: &config, store: &store, verdicts: &verdicts };
    let form = match args.form {
        Form::Events => ExportForm::Events,
        Form::Alerts => ExportForm::Alerts,
        Form::Csv => ExportForm::Csv,
    };
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let exported = Exported { store: &store, texts: &texts, raising, only: None };
    let done = exported.write(form, &mut |piece| out.write_all(piece.as_bytes())).map_err(Error::Output)?;
    out.flush().map_err(Error::Output)?;
    eprintln!("mews: {}", written(&done, lang));
    Ok(ExitCode::SUCCESS)
}

/// How much was written and what was left out.
fn written(done: &Export, lang: Lang) -> String {
    let Export { form, count, undecided, .. } = done;
    let open = *undecided > 0;
    match (lang, form) {
        (Lang::En, ExportForm::Events) => format!("events: {count}"),
        (Lang::Ja, ExportForm::Events) => format!("イベント {count} 件"),
        (Lang::En, _) if open => format!("alerts: {count}; undecided and left out: {undecided}"),
        (Lang::En, _) => format!("alerts: {count}"),
        (Lang::Ja, _) if open => format!("アラート {count} 件（判定できず除いたもの {undecided} 件）"),
        (Lang::Ja, _) => format!("アラート {count} 件"),
    }
}
