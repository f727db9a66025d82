//! `mews stats`: how often which rule fired in a log, and on what.

use crate::files::Error;
use crate::replay::{options, read_events};
use engine::catalog::{Dialect, FieldKey, Scope};
use engine::events::{self, EventStore, Read};
use engine::text::{Lang, SourceId};
use engine::value::text::of_field;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Count the events of logs, by rule and by fields.
///
/// Prints one table for each `--by`: the count and the values, the most frequent first. What an event does not have is `null`,
/// as `jq` prints it. What was not read is counted on standard error.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Logs of Falco's alerts, audit logs of Kubernetes, or events; compressed or not.
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// What is counted: names with commas between them. `rule` is the rule that fired, `source` the event source, all others are
    /// fields.
    #[arg(long, value_name = "NAMES", default_value = "rule")]
    by: Vec<String>,
    /// Print so many lines of each table.
    #[arg(long, value_name = "LINES")]
    top: Option<usize>,
    /// Print one JSON object: for each `--by` the names and the counts.
    #[arg(long)]
    json: bool,
}

/// So many problems of the logs are shown.
const MAX_PROBLEMS: usize = 50;

/// Values and how often they occur together.
type Count = (Vec<Option<String>>, usize);

pub(crate) fn run(args: &Args, lang: Lang, dialect: Dialect) -> Result<ExitCode, Error> {
    let files = read_events(&args.logs)?;
    let mut by: Vec<Vec<&str>> = Vec::new();
    for names in &args.by {
        by.push(names.split(',').map(str::trim).collect());
    }
    let Read { mut store, problems, files: read } = events::read_files(&files, SourceId(0), options(dialect));
    for (file, read) in files.iter().zip(&read) {
        for skipped in &read.skipped {
            eprintln!("{}: {}: {}", file.file.name, skipped.reason.text(lang), skipped.count);
        }
    }
    for problem in problems.iter().take(MAX_PROBLEMS) {
        let Some(file) = files.get(problem.at.source.index()).map(|file| &file.file) else { continue };
        let before = file.text.get(..problem.at.span.start as usize).unwrap_or("");
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        eprintln!("{}:{line}: {} [{}]", file.name, problem.message.text(lang), problem.code.name);
    }
    for source in ["syscall", "k8s_audit"] {
        let scope = Scope { dialect, ..Scope::from(source) };
        let keys: Vec<_> = by.iter().flatten().filter_map(|name| FieldKey::parse(name, scope).ok()).collect();
        store.ensure(&keys, &files.iter().map(|file| file.file.text.as_str()).collect::<Vec<_>>());
    }
    let tables: Vec<(&Vec<&str>, Vec<Count>)> =
        by.iter().map(|names| (names, count(&store, names))).collect();
    let mut out = String::new();
    if args.json {
        let tables = tables.iter().map(|(names, counts)| {
            let counts = counts.iter().map(|(values, count)| json!({"values": values, "count": count}));
            json!({"by": names, "counts": counts.collect::<Vec<_>>()})
        });
        let _ = writeln!(out, "{}", json!({"events": store.len(), "tables": tables.collect::<Vec<_>>()}));
    } else {
        for (at, (names, counts)) in tables.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            let _ = writeln!(out, "{gap}{:>7} {}", "count", names.join("|"));
            for (values, count) in counts.iter().take(args.top.unwrap_or(usize::MAX)) {
                let values: Vec<_> = values.iter().map(|value| value.as_deref().unwrap_or("null")).collect();
                let _ = writeln!(out, "{count:>7} {}", values.join("|"));
            }
        }
    }
    let mut stdout = BufWriter::new(std::io::stdout().lock());
    stdout.write_all(out.as_bytes()).and_then(|()| stdout.flush()).map_err(Error::Output)?;
    Ok(ExitCode::SUCCESS)
}

/// The most frequent values first, then in their order.
fn count(store: &EventStore, names: &[&str]) -> Vec<Count> {
    let mut counts: HashMap<Vec<Option<String>>, usize> = HashMap::new();
    for event in 0..store.len() {
        let values = names.iter().map(|name| value(store, event, name)).collect();
        *counts.entry(values).or_default() += 1;
    }
    let mut counts: Vec<Count> = counts.into_iter().collect();
    counts.sort_by(|(values, count), (others, other)| other.cmp(count).then_with(|| values.cmp(others)));
    counts
}

fn value(store: &EventStore, event: usize, name: &str) -> Option<String> {
    let row = store.row(event)?;
    match name {
        "rule" => {
            let fired: Vec<_> = store.fired(event).collect();
            (!fired.is_empty()).then(|| fired.join(", "))
        }
        "source" => Some(row.source().to_owned()),
        _ => {
            let scope = Scope { dialect: store.dialect(), ..Scope::from(row.source()) };
            let key = FieldKey::parse(name, scope).ok()?;
            row.value(&key).map(|value| of_field(&key, value))
        }
    }
}
