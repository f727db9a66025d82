//! Measurements: how long loading, reading and evaluating take.

use crate::load;
use crate::progress;
use crate::replay::{enable_all, options};
use engine::catalog::Dialect;
use engine::compile::{Exprs, lower};
use engine::config::Config;
use engine::evaluate::{Cache, evaluate};
use engine::events::{self, EventsFile};
use engine::resolve::check::{Constant, Right};
use engine::resolve::ruleset::Ruleset;
use engine::resolve::tree::{NodeKind, TreeId};
use engine::text::{Source, SourceId};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What is measured.
pub(crate) struct Inputs<'a> {
    pub(crate) sources: &'a [Source],
    pub(crate) dialect: Dialect,
    pub(crate) config: &'a Config,
    pub(crate) events: &'a [EventsFile],
    pub(crate) enable_all: bool,
    pub(crate) repeat: u32,
    /// Errors in the files: measurements of broken rules measure little.
    pub(crate) errors: usize,
}

/// Measures every step `repeat` times.
pub(crate) fn measure(inputs: &Inputs<'_>) -> Value {
    let bar = progress::steps("measuring", 4 * inputs.repeat as usize);
    let times = |step: &mut dyn FnMut(u32) -> Duration| {
        let times = (0..inputs.repeat).map(|round| {
            bar.inc(1);
            step(round)
        });
        summary(times.collect())
    };
    let load_rules = || {
        let mut ruleset = load::load(inputs.sources, inputs.dialect, inputs.config).ruleset;
        if inputs.enable_all {
            enable_all(&mut ruleset);
        }
        ruleset
    };
    let ruleset = load_rules();
    let read_events = || events::read_files(inputs.events, SourceId(0), options(inputs.dialect));
    let mut store = read_events().store;
    store.set_statics(&inputs.config.statics);
    let load_ms = times(&mut |_| {
        timed(|| {
            let ruleset = load_rules();
            lower(&ruleset, &mut Exprs::default())
        })
    });
    let read_ms = times(&mut |_| timed(read_events));
    let mut exprs = Exprs::default();
    let program = lower(&ruleset, &mut exprs);
    let cold_ms = times(&mut |_| timed(|| evaluate(&program, &exprs, &store, &mut Cache::default())));
    let mut cache = Cache::default();
    black_box(evaluate(&program, &exprs, &store, &mut cache));
    let edit_ms = times(&mut |round| {
        let edited = edit(&ruleset, round);
        timed(|| {
            let program = lower(&edited, &mut exprs);
            evaluate(&program, &exprs, &store, &mut cache)
        })
    });
    bar.finish_and_clear();
    json!({
        "rules": program.rules.iter().filter(|rule| rule.whole.is_some()).count(),
        "events": store.len(),
        "errors": inputs.errors,
        "load_ms": load_ms,
        "read_ms": read_ms,
        "evaluate_cold_ms": cold_ms,
        "evaluate_edit_ms": edit_ms,
    })
}

/// The ruleset with one text of one check of one rule changed, differently each round; another rule each round.
fn edit(ruleset: &Ruleset, round: u32) -> Ruleset {
    let mut edited = ruleset.clone();
    let rules: Vec<_> = ruleset.rules.iter().filter_map(|rule| Some((rule.tree?, rule.base))).collect();
    let Some(start) = (round as usize * 37).checked_rem(rules.len()) else { return edited };
    for (tree, base) in rules.iter().cycle().skip(start).take(rules.len()) {
        if edit_tree(&mut edited, *tree, round) {
            if let Some(base) = base.filter(|base| base != tree) {
                edit_tree(&mut edited, base, round);
            }
            break;
        }
    }
    edited
}

/// Changes the first text that a check of this tree is compared with. Macros are other trees.
fn edit_tree(ruleset: &mut Ruleset, tree: TreeId, round: u32) -> bool {
    let Some(tree) = ruleset.trees.get_mut(tree.index()) else { return false };
    let bytes = tree.nodes.iter_mut().find_map(|node| {
        let NodeKind::Check(check) = &mut node.kind else { return None };
        let Right::Constants(constants) = &mut check.right else { return None };
        constants.iter_mut().find_map(|constant| match constant {
            Constant::Bytes(bytes) => Some(bytes),
            _ => None,
        })
    });
    let Some(bytes) = bytes else { return false };
    *bytes = [bytes, format!("-{round}").as_bytes()].concat().into();
    true
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let took = start.elapsed();
    drop(result);
    took
}

/// Median and minimum in milliseconds.
fn summary(mut times: Vec<Duration>) -> Value {
    times.sort_unstable();
    let ms = |at: usize| times.get(at).map(|time| (time.as_secs_f64() * 1e6).round() / 1e3);
    json!({"median": ms(times.len() / 2), "min": ms(0)})
}
