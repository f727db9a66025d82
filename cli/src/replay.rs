//! `mews replay`: which rules match which events.

use crate::files::{self, Error};
use crate::load::{self, Rules};
use crate::print::Files;
use crate::{progress, stats};
use engine::catalog::{Dialect, Scope};
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, alert, evaluate};
use engine::events::{self, EventStore};
use engine::report::{Hit, Outcome, Status};
use engine::resolve::output::{self, Output};
use engine::resolve::ruleset::{Rule, Ruleset};
use engine::text::{Diagnostic, Lang, Severity, SourceId};
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Replay events against rules.
///
/// Prints one JSON line per event:
///
/// `{"event":1,"matches":["Rule"],"suppressed":[{"rule":"Other","exception":"name","tuple":1}],"outputs":["text"]}`
///
/// `event` counts from 1 in the order of the file. `matches` has all rules that match, in load order, and `outputs` the
/// filled-in output of each. `suppressed` has the rules that only an exception keeps from matching, with the
/// first exception that does; its `tuple` (row of `values`) counts from 1 and is null where rows cannot be told
/// apart. Problems in the files go to standard error.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files, in load order.
    #[arg(long, required = true, num_args = 1..)]
    rules: Vec<PathBuf>,
    /// Events: YAML, a JSON array, or JSON lines.
    #[arg(long)]
    events: PathBuf,
    /// Measure, and print one JSON object to standard error. Times are in milliseconds, median and minimum of all
    /// repetitions: `load_ms` (rules text to program), `read_ms` (events text to store), `evaluate_cold_ms` (all rules
    /// on all events, nothing known), `evaluate_edit_ms` (the same after one check of one rule was
    /// edited: compile and evaluate). Problems in the files are counted (`errors`), not shown.
    #[arg(long)]
    stats: bool,
    /// How often to measure.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    repeat: u32,
    /// Leave out the base rules.
    #[arg(long)]
    no_base: bool,
    /// Evaluate rules with `enabled: false` as well.
    #[arg(long)]
    enable_all: bool,
}

pub(crate) fn run(args: &Args, lang: Lang, dialect: Dialect) -> Result<ExitCode, Error> {
    let mut sources = load::base(args.no_base);
    let base = sources.len();
    for path in &args.rules {
        sources.push(files::read(path)?);
    }
    let events_source = files::read(&args.events)?;
    let spinner = progress::spinner("loading");
    let Rules { mut ruleset, mut diagnostics, refused } = load::load(&sources, dialect);
    if args.enable_all {
        enable_all(&mut ruleset);
    }
    let events_id = SourceId::new(sources.len());
    let (store, problems) = events::read(&events_source.text, events_id, options(dialect));
    diagnostics.extend(problems);
    spinner.finish_and_clear();
    let files = Files::new(sources.iter().chain([&events_source]), lang);
    let diagnostics: Vec<_> = diagnostics.into_iter().filter(|d| d.at.source.index() >= base).collect();
    if !args.stats {
        complain(&files, lang, &diagnostics);
        if dialect == Dialect::Course {
            let refused = refused.iter().skip(base).filter(|refused| **refused).count();
            eprintln!("{}\n", course(lang, refused));
        }
    }

    let spinner = progress::spinner("evaluating");
    let mut exprs = Exprs::default();
    let program = lower(&ruleset, &mut exprs);
    let verdicts = evaluate(&program, &exprs, &store, &mut Cache::default());
    let hits = verdicts.hits(&store);
    spinner.finish_and_clear();
    let outputs = outputs(&ruleset, dialect);
    print_all(&hits, &ruleset, &outputs, &store).map_err(Error::Output)?;

    if args.stats {
        let measured = stats::measure(&stats::Inputs {
            sources: &sources,
            dialect,
            events: &events_source.text,
            enable_all: args.enable_all,
            repeat: args.repeat,
            errors: diagnostics.iter().filter(|d| d.severity == Severity::Error).count(),
        });
        eprintln!("{measured}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Places of fields are for looking at single events; here they would only take memory.
pub(crate) fn options(dialect: Dialect) -> events::Options {
    events::Options { derive: true, first_number: 1, places: false, dialect }
}

/// Makes rules that are only switched off take part.
pub(crate) fn enable_all(ruleset: &mut Ruleset) {
    for rule in &mut ruleset.rules {
        if rule.status == Status::Disabled {
            rule.status = Status::Active;
        }
    }
}

/// Problems, errors in full and the others counted.
fn complain(files: &Files<'_>, lang: Lang, diagnostics: &[Diagnostic]) {
    let mut others = 0;
    for diagnostic in diagnostics {
        if diagnostic.severity == Severity::Error {
            eprintln!("{}\n", files.human(diagnostic));
        } else {
            others += 1;
        }
    }
    if others > 0 {
        match lang {
            Lang::En => {
                eprintln!("mews: warnings and hints: {others}; `mews validate` shows those of the rules\n");
            }
            Lang::Ja => eprintln!(
                "mews: 警告とヒントが {others} 件あります。ルールの分は `mews validate` で確認できます\n"
            ),
        }
    }
}

/// That what is printed is not what Falco would do.
fn course(lang: Lang, refused: usize) -> String {
    match (lang, refused) {
        (Lang::En, 0) => "mews: course dialect; Falco would load these rules as well".to_owned(),
        (Lang::En, 1) => "mews: course dialect; Falco would refuse 1 of the rules files".to_owned(),
        (Lang::En, _) => format!("mews: course dialect; Falco would refuse {refused} of the rules files"),
        (Lang::Ja, 0) => "mews: 講座の方言で読んでいます（Falco でも読み込めるルールです）".to_owned(),
        (Lang::Ja, _) => {
            format!("mews: 講座の方言で読んでいます（Falco ではルールファイル {refused} 個が拒否されます）")
        }
    }
}

/// By rule: its output, if it has a valid one.
fn outputs(ruleset: &Ruleset, dialect: Dialect) -> Vec<Option<Output>> {
    let parse = |rule: &Rule| output::parse(rule.output.as_str(), Scope { source: &rule.source, dialect });
    ruleset.rules.iter().map(|rule| parse(rule).output).collect()
}

fn print_all(
    hits: &[Vec<Hit>],
    ruleset: &Ruleset,
    outputs: &[Option<Output>],
    store: &EventStore,
) -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let bar = progress::steps("writing", hits.len());
    for (event, hits) in hits.iter().enumerate() {
        serde_json::to_writer(&mut out, &line(event, hits, ruleset, outputs, store))?;
        out.write_all(b"\n")?;
        if event % 4096 == 0 {
            bar.set_position(event as u64);
        }
    }
    bar.finish_and_clear();
    out.flush()
}

/// What is printed about one event.
fn line(
    event: usize,
    hits: &[Hit],
    ruleset: &Ruleset,
    outputs: &[Option<Output>],
    store: &EventStore,
) -> Line {
    let mut line =
        Line { event: event + 1, matches: Vec::new(), suppressed: Vec::new(), outputs: Vec::new() };
    for hit in hits {
        let Some(rule) = ruleset.rules.get(hit.rule as usize) else { continue };
        match hit.outcome {
            Outcome::Matches => {
                line.matches.push(rule.name.clone());
                let output = outputs.get(hit.rule as usize).and_then(Option::as_ref).zip(store.row(event));
                line.outputs
                    .push(output.map_or_else(String::new, |(output, row)| alert::format(output, &row)));
            }
            Outcome::Suppressed { exception, tuple } => {
                let name = rule.exceptions.get(exception as usize).map(|exception| &exception.name);
                line.suppressed.push(Suppressed {
                    rule: rule.name.clone(),
                    exception: name.cloned().unwrap_or_default(),
                    tuple: tuple.map(|tuple| tuple + 1),
                });
            }
        }
    }
    line
}

/// The keys in this order.
#[derive(serde::Serialize)]
struct Line {
    event: usize,
    matches: Vec<String>,
    suppressed: Vec<Suppressed>,
    outputs: Vec<String>,
}

/// The keys in this order.
#[derive(serde::Serialize)]
struct Suppressed {
    rule: String,
    exception: String,
    tuple: Option<u32>,
}
