//! Sets of rules files: what Falco says when it loads them, which rules match the events, and what they print.

use super::counts::Counts;
use super::event::Event;
use engine::catalog::Dialect;
use engine::compile::{Exprs, lower};
use engine::config::AlertFormat;
use engine::evaluate::{Cache, alert, evaluate, explain};
use engine::events;
use engine::report::{Outcome, Status};
use engine::resolve::ruleset::Ruleset;
use engine::resolve::{FalcoFile, describe, falco_load, load};
use engine::text::{FalcoMessage, LineIndex, Source, SourceId};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    id: String,
    topic: String,
    files: Vec<File>,
    load: Load,
    loads: Option<Vec<Load>>,
    rules: Option<BTreeMap<String, Described>>,
    events: Vec<serde_json::Value>,
    matches: Vec<Vec<String>>,
    outputs: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Described {
    condition: String,
}

#[derive(Deserialize)]
struct File {
    name: String,
    content: String,
}

#[derive(Deserialize)]
struct Load {
    successful: bool,
    errors: Vec<Entry>,
    warnings: Vec<Entry>,
}

#[derive(Deserialize, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    code: String,
    item_type: String,
    item_name: String,
    line: u32,
    #[serde(default)]
    file: String,
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { code, item_type, item_name, line, .. } = self;
        write!(f, "{code} {item_type} '{item_name}':{line}")
    }
}

/// Runs the cases, one a line.
pub(crate) fn run(cases: &str) -> Counts {
    let mut counts = Counts::default();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let failure = check(&case).err().map(|why| {
            let files: Vec<_> =
                case.files.iter().map(|file| format!("--- {}\n{}", file.name, file.content)).collect();
            format!("{}: {why}\n{}", case.id, files.concat())
        });
        counts.add(&case.topic, failure);
    }
    counts
}

fn check(case: &Case) -> Result<(), String> {
    let sources: Vec<_> = case
        .files
        .iter()
        .map(|file| Source { name: file.name.clone(), text: file.content.clone() })
        .collect();
    let results = falco_load(&sources);
    loads(case, &results)?;
    if !case.load.successful {
        return Ok(());
    }
    let loaded = load(&sources, Dialect::Falco);
    let errors: Vec<_> = loaded
        .diagnostics
        .iter()
        .filter(|problem| problem.severity == engine::text::Severity::Error)
        .collect();
    if let Some(error) = errors.first() {
        return Err(format!("our own error: {error:?}"));
    }
    if let Some(rules) = &case.rules {
        compiled(rules, &loaded.ruleset)?;
    }
    verdicts(case, &loaded.ruleset)
}

/// Falco's messages, file by file.
fn loads(case: &Case, results: &[FalcoFile]) -> Result<(), String> {
    let entry = |falco: &FalcoMessage| {
        let file = &case.files[falco.place.file.index()];
        Entry {
            code: falco.code.to_string(),
            item_type: falco.item_type().to_owned(),
            item_name: falco.item_name().to_owned(),
            line: LineIndex::new(&file.content).line(falco.place.offset) + 1,
            file: file.name.clone(),
        }
    };
    let (mut all_errors, mut all_warnings) = (Vec::new(), Vec::new());
    for (at, result) in results.iter().enumerate() {
        let errors: Vec<_> = result.error.iter().map(entry).collect();
        let warnings: Vec<_> = result.warnings.iter().map(entry).collect();
        if let Some(loads) = &case.loads {
            let wanted = loads.get(at).ok_or("a file without a result")?;
            compare(&wanted.errors, &errors)?;
            compare(&wanted.warnings, &warnings)?;
        }
        all_errors.extend(errors);
        all_warnings.extend(warnings);
    }
    if case.loads.is_none() {
        compare(&case.load.errors, &without_repetitions(all_errors))?;
        compare(&case.load.warnings, &without_repetitions(all_warnings))?;
    }
    Ok(())
}

fn without_repetitions(entries: Vec<Entry>) -> Vec<Entry> {
    let mut out = Vec::new();
    for entry in entries {
        if !out.contains(&entry) {
            out.push(entry);
        }
    }
    out
}

fn compare(wanted: &[Entry], got: &[Entry]) -> Result<(), String> {
    let same = |a: &Entry, b: &Entry| {
        let file = a.file == b.file || a.file.is_empty();
        a.code == b.code
            && a.item_type == b.item_type
            && a.item_name == b.item_name
            && a.line == b.line
            && file
    };
    if wanted.len() == got.len() && wanted.iter().zip(got).all(|(a, b)| same(a, b)) {
        return Ok(());
    }
    let list = |entries: &[Entry]| entries.iter().map(Entry::to_string).collect::<Vec<_>>().join("; ");
    Err(format!("expected [{}], got [{}]", list(wanted), list(got)))
}

/// Conditions as Falco prints them.
fn compiled(wanted: &BTreeMap<String, Described>, ruleset: &Ruleset) -> Result<(), String> {
    let got: BTreeMap<_, _> = describe::conditions(ruleset).into_iter().collect();
    for (name, Described { condition }) in wanted {
        let printed = got.get(name).map(String::as_str);
        if printed != Some(condition.as_str()) {
            return Err(format!("rule {name}: expected {condition:?}, got {printed:?}"));
        }
    }
    match got.keys().find(|name| !wanted.contains_key(*name)) {
        Some(name) => Err(format!("rule {name} should be absent")),
        None => Ok(()),
    }
}

/// Matches and outputs, through both evaluators.
fn verdicts(case: &Case, ruleset: &Ruleset) -> Result<(), String> {
    let text = serde_json::Value::from(case.events.clone()).to_string();
    let options = events::Options { derive: false, places: false, ..events::Options::default() };
    let (store, _) = events::read(&text, SourceId::new(case.files.len()), options);
    let mut exprs = Exprs::default();
    let program = lower(ruleset, &mut exprs);
    let verdicts = evaluate(&program, &exprs, &store, &mut Cache::default());
    let hits = verdicts.hits(&store);
    for (at, json) in case.events.iter().enumerate() {
        let event = Event::read(json);
        let (mut names, mut outputs) = (Vec::new(), Vec::new());
        for hit in hits.get(at).map(Vec::as_slice).unwrap_or_default() {
            if hit.outcome == Outcome::Matches {
                let rule = &ruleset.rules[hit.rule as usize];
                names.push(rule.name.clone());
                let output = rule.alert.as_ref().unwrap();
                outputs.push(alert::format(output, AlertFormat::default(), &event));
            }
        }
        if case.matches.get(at) != Some(&names) {
            return Err(format!("event {at}: expected {:?}, got {names:?}", case.matches.get(at)));
        }
        if case.outputs.get(at) != Some(&outputs) {
            return Err(format!("event {at}: expected {:?}, got {outputs:?}", case.outputs.get(at)));
        }
        // The explanation knows nothing of the index by event type; with it, both evaluators say the same.
        let block = store.position(at).and_then(|(block, _)| store.blocks().get(block)).unwrap();
        for (rule, program) in ruleset.rules.iter().zip(&program.rules) {
            let tree = rule.tree.filter(|_| rule.status == Status::Active && rule.source == event.source);
            let holds = tree.is_some_and(|tree| explain::holds(ruleset, tree, &event));
            if names.contains(&rule.name) != (holds && program.types.meets(&block.types)) {
                return Err(format!("event {at}: the evaluators disagree on {}", rule.name));
            }
        }
    }
    Ok(())
}
