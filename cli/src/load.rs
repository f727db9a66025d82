//! Rules files to a ruleset, with what is wrong with them.

use crate::files::{self, Error};
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use engine::compile::{Exprs, lower};
use engine::config::{self, Config};
use engine::evaluate::{Baseline, Cache, FiredEvents, Proofs, Verdicts, deciding, evaluate_with};
use engine::events::EventStore;
use engine::lint;
use engine::report::{Deciding, Fired};
use engine::resolve::ruleset::Ruleset;
use engine::text::{Diagnostic, Source};
use std::path::PathBuf;

/// What the rules files say.
pub(crate) struct Rules {
    pub(crate) ruleset: Ruleset,
    /// In all files.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// By file: whether Falco would refuse it.
    pub(crate) refused: Vec<bool>,
}

/// The files that a command is about.
pub(crate) struct Given {
    /// The rules files in load order, the base rules first.
    pub(crate) sources: Vec<Source>,
    /// Number of those that are base rules.
    pub(crate) base: usize,
    pub(crate) config_source: Option<Source>,
    /// What it says, or what holds without one.
    pub(crate) config: Config,
}

/// Reads rules files, and the configuration that is named or among them.
pub(crate) fn given(rules: &[PathBuf], named: Option<&PathBuf>, no_base: bool) -> Result<Given, Error> {
    let mut paths = rules.to_vec();
    let config_source = config(named, &mut paths)?;
    let mut sources = base(no_base);
    let base = sources.len();
    for path in &paths {
        sources.push(files::read(path)?);
    }
    let config = config_source.as_ref().map(config::read).unwrap_or_default();
    Ok(Given { sources, base, config_source, config })
}

/// The base rules as a first file, or nothing.
pub(crate) fn base(left_out: bool) -> Vec<Source> {
    if left_out {
        return Vec::new();
    }
    vec![Source { name: BASE_RULES_NAME.to_owned(), text: BASE_RULES.to_owned() }]
}

/// The configuration: the file that was named, or the one among the others that is called `falco.yaml`, which is taken out
/// of them.
fn config(named: Option<&PathBuf>, others: &mut Vec<PathBuf>) -> Result<Option<Source>, Error> {
    let is_config = |path: &PathBuf| path.file_name().is_some_and(|name| name == "falco.yaml");
    let mut found: Vec<PathBuf> = named.into_iter().cloned().collect();
    found.extend(others.extract_if(.., |path| is_config(path)));
    match found.as_slice() {
        [] => Ok(None),
        [one] => files::read(one).map(Some),
        [_, second, ..] => Err(Error::SecondConfig(second.clone())),
    }
}

/// Loads the files in order.
pub(crate) fn load(sources: &[Source], dialect: Dialect, config: &Config) -> Rules {
    let loaded = lint::load_with(sources, dialect, config);
    let refused = loaded.files.iter().map(|file| !file.loads).collect();
    Rules { ruleset: loaded.ruleset, diagnostics: loaded.diagnostics, refused }
}

/// The rules files as they were when the events were recorded, if some are named; with the base rules in front, as now.
pub(crate) fn baseline(
    paths: &[PathBuf],
    no_base: bool,
    dialect: Dialect,
    config: &Config,
) -> Result<Option<Ruleset>, Error> {
    if paths.is_empty() {
        return Ok(None);
    }
    let mut sources = base(no_base);
    for path in paths {
        sources.push(files::read(path)?);
    }
    Ok(Some(load(&sources, dialect, config).ruleset))
}

/// What the rules say about the events.
pub(crate) struct Judged {
    pub(crate) verdicts: Verdicts,
    /// What became of the alerts that the events raised.
    pub(crate) fired: Fired,
    /// By rule: the fields that would decide what is left open; nothing if that was not asked.
    pub(crate) deciding: Vec<Deciding>,
}

/// What the rules say about the events, with what the alerts prove that these raised; with `asks`, also what would decide
/// the rest.
pub(crate) fn judge(ruleset: &Ruleset, then: Option<&Ruleset>, store: &EventStore, asks: bool) -> Judged {
    let mut exprs = Exprs::default();
    let program = lower(ruleset, &mut exprs);
    let names: Vec<&str> = ruleset.rules.iter().map(|rule| rule.name.as_str()).collect();
    let old = then.map(|then| {
        let names: Vec<String> = then.rules.iter().map(|rule| rule.name.clone()).collect();
        (lower(then, &mut exprs), names)
    });
    let baseline = old.as_ref().map(|(program, names)| Baseline { program, names });
    let raised = FiredEvents::new(store);
    let proofs = Proofs::new(&program, &names, baseline, &exprs, store, &raised);
    let mut cache = Cache::default();
    let verdicts = evaluate_with(&program, &proofs, &exprs, store, &mut cache);
    let mut fired = Fired::default();
    for (name, verdicts) in names.iter().zip(&verdicts.rules) {
        let Fired { kept, lost, suppressed, undecided } = verdicts.became(raised.of(name), store);
        fired.kept += kept;
        fired.lost += lost;
        fired.suppressed += suppressed;
        fired.undecided += undecided;
    }
    let rules = names.iter().zip(&program.rules).zip(&verdicts.rules).enumerate();
    let deciding = rules.map(|(at, ((name, rule), verdicts))| {
        deciding(rule, verdicts, raised.of(name), proofs.of(at), &exprs, store, &mut cache)
    });
    let deciding = if asks { deciding.collect() } else { Vec::new() };
    Judged { verdicts, fired, deciding }
}
