//! `mews replay`: which rules match which events.

use crate::files::{self, Error};
use crate::load::{self, Judged, Rules};
use crate::print::Files;
use crate::{progress, stats};
use engine::catalog::Dialect;
use engine::config::Config;
use engine::evaluate::alert::{self, AlertRule};
use engine::events::{self, EventStore, EventsFile, Read};
use engine::report::{Deciding, EventSet, Fired, Hit, Outcome, Status};
use engine::resolve::ruleset::Ruleset;
use engine::resolve::used_fields;
use engine::text::{Diagnostic, Lang, Severity, SourceId};
use std::cmp::Reverse;
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
///
/// For events that do not say everything (alerts of a log, `partial: true`), `undecided` names the rules that may match, depending on what the
/// event does not say; they are no matches. Standard error then names the fields that would decide, those first that do so alone.
///
/// With a configuration, `outputs` has what it adds, and `hidden` names the rules that match but raise no alert because Falco
/// stops at the first rule that matches.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of the command line")]
pub(crate) struct Args {
    /// Rules files, in load order. One that is called `falco.yaml` is the configuration.
    #[arg(long, required = true, num_args = 1..)]
    rules: Vec<PathBuf>,
    /// Falco's configuration: which rules run, what is added to their outputs, how alerts are printed.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The rules files as they were when the events were recorded, in load order. An alert proves that the condition of its rule
    /// was true then, so that only what has changed since is looked at. Without them, conditions are taken to have been what they
    /// are.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    baseline: Vec<PathBuf>,
    /// Print the alerts as Falco does, and nothing else: one line each, text or JSON as the configuration has it.
    #[arg(long)]
    alerts: bool,
    /// Events: YAML, a JSON array, or JSON lines; logs of Falco's alerts; audit logs of Kubernetes. May be compressed with gzip or
    /// zstd. With several files, events count through all of them.
    #[arg(long, required = true, value_name = "FILE", num_args = 1..)]
    events: Vec<PathBuf>,
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
    let load::Given { sources, base, config_source, config } =
        load::given(&args.rules, args.config.as_ref(), args.no_base)?;
    let events_files = read_events(&args.events)?;
    let spinner = progress::spinner("loading");
    let Rules { mut ruleset, mut diagnostics, refused } = load::load(&sources, dialect, &config);
    if args.enable_all {
        enable_all(&mut ruleset);
    }
    let mut baseline = load::baseline(&args.baseline, args.no_base, dialect, &config)?;
    if let Some(then) = baseline.as_mut().filter(|_| args.enable_all) {
        enable_all(then);
    }
    let events_id = SourceId::new(sources.len());
    let Read { mut store, problems, .. } = events::read_files(&events_files, events_id, options(dialect));
    store.set_statics(&config.statics);
    let texts: Vec<&str> = events_files.iter().map(|events| events.file.text.as_str()).collect();
    store.ensure(&used_fields(&ruleset, dialect), &texts);
    diagnostics.extend(problems);
    spinner.finish_and_clear();
    let all_sources = sources.iter().chain(events_files.iter().map(|events| &events.file));
    let files = Files::new(all_sources, config_source.as_ref(), lang);
    let diagnostics: Vec<_> = diagnostics.into_iter().filter(|d| d.at.source.index() >= base).collect();
    if !args.stats {
        complain(&files, lang, &diagnostics);
        if dialect == Dialect::Course {
            let refused = refused.iter().skip(base).filter(|refused| **refused).count();
            eprintln!("{}\n", course(lang, refused));
        }
    }

    let spinner = progress::spinner("evaluating");
    let Judged { verdicts, fired, deciding } = load::judge(&ruleset, baseline.as_ref(), &store, !args.stats);
    let hits = verdicts.hits(&store);
    spinner.finish_and_clear();
    let undecided: Vec<EventSet> =
        verdicts.rules.iter().map(|rule| EventSet::of(rule.undecided_events(&store))).collect();
    if !args.stats {
        alerts_too(lang, &fired, baseline.is_some());
        undecided_too(lang, undecided.iter().map(EventSet::len).sum());
        deciding_too(lang, &ruleset, &deciding);
    }
    let replayed = Replayed { ruleset: &ruleset, config: &config, store: &store, undecided: &undecided };
    replayed.print(&hits, args.alerts).map_err(Error::Output)?;

    if args.stats {
        let measured = stats::measure(&stats::Inputs {
            sources: &sources,
            dialect,
            config: &config,
            events: &events_files,
            enable_all: args.enable_all,
            repeat: args.repeat,
            errors: diagnostics.iter().filter(|d| d.severity == Severity::Error).count(),
        });
        eprintln!("{measured}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads events files.
pub(crate) fn read_events(paths: &[PathBuf]) -> Result<Vec<EventsFile>, Error> {
    paths.iter().map(|path| files::read_events(path)).collect()
}

/// Places of fields are for looking at single events; here they would only take memory.
pub(crate) fn options(dialect: Dialect) -> events::Options {
    events::Options { derive: true, first_number: 1, places: false, dialect, sample: 1 }
}

/// Makes rules that are only switched off take part.
pub(crate) fn enable_all(ruleset: &mut Ruleset) {
    for rule in &mut ruleset.rules {
        if matches!(rule.status, Status::Disabled | Status::Deselected) {
            rule.status = Status::Active;
        }
    }
}

/// Problems, errors in full and the others counted.
pub(crate) fn complain(files: &Files<'_>, lang: Lang, diagnostics: &[Diagnostic]) {
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

/// What became of the alerts in a log.
fn alerts_too(lang: Lang, fired: &Fired, then: bool) {
    let Fired { kept, lost, suppressed, undecided } = fired;
    let all = kept + lost + suppressed + undecided;
    if all == 0 {
        return;
    }
    match lang {
        Lang::En => eprintln!(
            "mews: of {all} alerts of these rules {kept} would be raised again; lost: {lost}, suppressed by exceptions: {suppressed}, undecided: {undecided}"
        ),
        Lang::Ja => eprintln!(
            "mews: これらのルールのアラート {all} 件のうち {kept} 件は今も出ます（出なくなる {lost} 件、例外で抑制 {suppressed} 件、判定できない {undecided} 件）"
        ),
    }
    match (lang, then) {
        (_, true) => eprintln!(),
        (Lang::En, false) => {
            eprintln!(
                "mews: conditions are taken to have been what they are; `--baseline` names the rules of then\n"
            );
        }
        (Lang::Ja, false) => {
            eprintln!("mews: 条件は当時と同じとみなしています。当時のルールは `--baseline` で指定できます\n");
        }
    }
}

/// That some answers are neither a match nor none.
fn undecided_too(lang: Lang, count: usize) {
    match (lang, count) {
        (_, 0) => {}
        (Lang::En, _) => {
            eprintln!("mews: ? answers that cannot be decided: {count}; the events do not say enough");
        }
        (Lang::Ja, _) => {
            eprintln!(
                "mews: ? 判定できない結果が {count} 件あります（イベントに必要な値が記録されていません）"
            );
        }
    }
}

/// Rules whose open answers are explained, those with most of them first.
const MAX_RULES: usize = 10;

/// Fields that are named for each.
const MAX_FIELDS: usize = 8;

/// Which fields would decide what is left open, those first that do so alone.
fn deciding_too(lang: Lang, ruleset: &Ruleset, deciding: &[Deciding]) {
    let mut open: Vec<_> = ruleset.rules.iter().zip(deciding).filter(|(_, it)| it.events > 0).collect();
    open.sort_by_key(|(_, it)| (!it.of_alerts, Reverse(it.events)));
    for (rule, Deciding { of_alerts, events, fields }) in open.iter().take(MAX_RULES) {
        let named = fields.iter().take(MAX_FIELDS).map(|field| match (lang, field.alone) {
            (_, 0) => field.field.clone(),
            (Lang::En, alone) => format!("{} (alone {alone})", field.field),
            (Lang::Ja, alone) => format!("{}（単独で {alone} 件）", field.field),
        });
        let named: Vec<String> = named.collect();
        let more = fields.len().saturating_sub(MAX_FIELDS);
        let (name, named) = (&rule.name, named.join(if lang == Lang::En { ", " } else { "、" }));
        match (lang, of_alerts) {
            (Lang::En, true) => eprint!("  {name}: alerts left open: {events}; they ask for {named}"),
            (Lang::En, false) => eprint!("  {name}: events left open: {events}; they ask for {named}"),
            (Lang::Ja, true) => eprint!("  {name}: アラート {events} 件の判定に必要なフィールド: {named}"),
            (Lang::Ja, false) => eprint!("  {name}: イベント {events} 件の判定に必要なフィールド: {named}"),
        }
        match (lang, more) {
            (_, 0) => eprintln!(),
            (Lang::En, _) => eprintln!(" and {more} more"),
            (Lang::Ja, _) => eprintln!("、ほか {more} 件"),
        }
    }
    match (lang, open.len().saturating_sub(MAX_RULES)) {
        (_, 0) if open.is_empty() => {}
        (_, 0) => eprintln!(),
        (Lang::En, more) => eprintln!("  and {more} more rules\n"),
        (Lang::Ja, more) => eprintln!("  ほか {more} 件のルール\n"),
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

/// What was replayed.
struct Replayed<'a> {
    ruleset: &'a Ruleset,
    config: &'a Config,
    store: &'a EventStore,
    /// By rule: the events of which it is open whether it matches.
    undecided: &'a [EventSet],
}

impl Replayed<'_> {
    fn print(&self, hits: &[Vec<Hit>], alerts: bool) -> std::io::Result<()> {
        let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        let bar = progress::steps("writing", hits.len());
        for (event, hits) in hits.iter().enumerate() {
            if alerts {
                for hit in
                    hits.iter().filter(|hit| hit.outcome == Outcome::Matches && !self.is_hidden(hits, hit))
                {
                    out.write_all(self.alert(event, hit).unwrap_or_default().as_bytes())?;
                }
            } else {
                serde_json::to_writer(&mut out, &self.line(event, hits))?;
                out.write_all(b"\n")?;
            }
            if event % 4096 == 0 {
                bar.set_position(event as u64);
            }
        }
        bar.finish_and_clear();
        out.flush()
    }

    /// Whether Falco stops before it gets to the rule.
    fn is_hidden(&self, hits: &[Hit], hit: &Hit) -> bool {
        self.config.rule_matching.is_some_and(|matching| matching.stops_at(hits, hit.rule).is_some())
    }

    /// The line that Falco prints.
    fn alert(&self, event: usize, hit: &Hit) -> Option<String> {
        let rule = self.ruleset.rules.get(hit.rule as usize)?;
        let (output, row) = (rule.alert.as_ref()?, self.store.row(event)?);
        let about =
            AlertRule { name: &rule.name, priority: rule.priority, source: &rule.source, tags: &rule.tags };
        let printed = self.config.alerts;
        let message = alert::format(output, printed, &row);
        let line = if printed.json {
            alert::json(&about, printed, output, &message, &row)
        } else {
            alert::text(&about, printed, &message, &row)
        };
        Some(line + "\n")
    }

    fn undecided(&self, event: usize) -> Vec<String> {
        let rules = self.ruleset.rules.iter().zip(self.undecided);
        let open = rules.filter(|(_, open)| open.contains(event as u32));
        open.map(|(rule, _)| rule.name.clone()).collect()
    }

    /// What is printed about one event.
    fn line(&self, event: usize, hits: &[Hit]) -> Line {
        let hidden = self.config.rule_matching.map(|_| Vec::new());
        let mut line = Line {
            event: event + 1,
            matches: Vec::new(),
            suppressed: Vec::new(),
            outputs: Vec::new(),
            undecided: self.undecided(event),
            hidden,
        };
        for hit in hits {
            let Some(rule) = self.ruleset.rules.get(hit.rule as usize) else { continue };
            match hit.outcome {
                Outcome::Matches => {
                    line.matches.push(rule.name.clone());
                    let output = rule.alert.as_ref().zip(self.store.row(event));
                    let text = output.map(|(output, row)| alert::format(output, self.config.alerts, &row));
                    line.outputs.push(text.unwrap_or_default());
                    if self.is_hidden(hits, hit) {
                        line.hidden.get_or_insert_default().push(rule.name.clone());
                    }
                }
                Outcome::Undecided(_) => line.undecided.push(rule.name.clone()),
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
}

/// The keys in this order.
#[derive(serde::Serialize)]
struct Line {
    event: usize,
    matches: Vec<String>,
    suppressed: Vec<Suppressed>,
    outputs: Vec<String>,
    /// Only where there are some.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undecided: Vec<String>,
    /// Only with a configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden: Option<Vec<String>>,
}

/// The keys in this order.
#[derive(serde::Serialize)]
struct Suppressed {
    rule: String,
    exception: String,
    tuple: Option<u32>,
}
