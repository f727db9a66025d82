//! Times the engine on a made-up workload: `cargo bench -p engine [-- RULES EVENTS REPETITIONS]`.
//!
//! Prints median and minimum of all repetitions, events per second, and nanoseconds per event and rule, and ends with an
//! error where a bar is missed: a million events per second, less than a millisecond after an edited check, and less than 20
//! ms for loading the rules. The bars are for an idle machine, so the best repetition counts.

#![expect(clippy::cast_precision_loss, reason = "numbers for people")]

#[path = "../examples/workload/generate.rs"]
mod generate;

use engine::catalog::Dialect;
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, evaluate};
use engine::events::{self, Options};
use engine::lint;
use engine::resolve::load;
use engine::resolve::ruleset::Ruleset;
use engine::resolve::tree::{NodeKind, TreeId};
use engine::text::{Severity, Source, SourceId};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// As in `mews replay`: the places of fields are for looking at single events.
const READ: Options =
    Options { derive: true, first_number: 1, places: false, dialect: Dialect::Falco, sample: 1 };

fn main() -> ExitCode {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let rules = numbers.next().unwrap_or(93);
    let events = numbers.next().unwrap_or(20_000);
    let repeat = numbers.next().unwrap_or(31);

    let source = |text: String| vec![Source { name: "rules.yaml".into(), text }];
    let rules_text = generate::rules(rules);
    let files = source(rules_text.clone());
    let events_text = generate::events(events);
    let loaded = load(&files, Dialect::Falco);
    let error = loaded.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
    assert!(error.is_none(), "{error:?}");
    let ruleset = loaded.ruleset;
    let (store, problems) = events::read(&events_text, SourceId(0), READ);
    assert!(problems.is_empty(), "{problems:?}");
    println!("{rules} rules of {:.1} checks each, {events} events", checks(&ruleset));

    let per = |time: Duration, count: usize| time.as_secs_f64() * 1e9 / count as f64;
    let load_time = times("load the rules", repeat, |_| {
        let start = Instant::now();
        black_box(lower(&load(&files, Dialect::Falco).ruleset, &mut Exprs::default()));
        start.elapsed()
    });
    let lint_time = times("load the rules, with all lints", repeat, |_| {
        let start = Instant::now();
        black_box(lint::load(&files, Dialect::Falco));
        start.elapsed()
    });
    times("read the events", repeat.min(11), |_| {
        let start = Instant::now();
        black_box(events::read(&events_text, SourceId(0), READ));
        start.elapsed()
    });

    let mut exprs = Exprs::default();
    let program = lower(&ruleset, &mut exprs);
    let cold = times("evaluate, nothing known", repeat, |_| {
        let start = Instant::now();
        black_box(evaluate(&program, &exprs, &store, &mut Cache::default()));
        start.elapsed()
    });
    let rate = events as f64 / cold.as_secs_f64();
    println!("{:>44.0} events/s, {:.3} ns per event and rule", rate, per(cold, events * rules));

    let mut cache = Cache::default();
    black_box(evaluate(&program, &exprs, &store, &mut cache));
    // The text is edited, so that everything behind it is as on the page.
    let edited = times("evaluate after one edited check", repeat, |round| {
        let text =
            rules_text.replacen("proc.pname exists", &format!("proc.pname != edited{round}"), 1 + round % 7);
        let ruleset = load(&source(text), Dialect::Falco).ruleset;
        let program = lower(&ruleset, &mut exprs);
        let start = Instant::now();
        black_box(evaluate(&program, &exprs, &store, &mut cache));
        start.elapsed()
    });
    times("the same, with compiling", repeat, |round| {
        let text = rules_text.replacen("proc.name exists", &format!("proc.name != edited{round}"), 1);
        let ruleset = load(&source(text), Dialect::Falco).ruleset;
        let start = Instant::now();
        let program = lower(&ruleset, &mut exprs);
        black_box(evaluate(&program, &exprs, &store, &mut cache));
        start.elapsed()
    });

    let bars = [
        ("a million events per second", rate >= 1e6),
        ("a millisecond after an edit", edited < Duration::from_millis(1)),
        ("30 ms for loading with all lints", lint_time < Duration::from_millis(30)),
        ("20 ms for loading", load_time < Duration::from_millis(20)),
    ];
    // Smaller or larger workloads are for looking at growth.
    let missed: Vec<_> =
        bars.into_iter().filter(|(_, met)| !met && (rules, events) == (93, 20_000)).collect();
    for (bar, _) in &missed {
        println!("MISSED: {bar}");
    }
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs `step` and prints the median and the minimum of what it measured; returns the minimum.
fn times(name: &str, repeat: usize, mut step: impl FnMut(usize) -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..repeat.max(1)).map(&mut step).collect();
    times.sort_unstable();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let (median, min) = (times[times.len() / 2], times[0]);
    println!("{name:<36} median {:>9.3} ms   min {:>9.3} ms", ms(median), ms(min));
    min
}

/// Average number of checks of a rule, macros counted wherever they are used.
fn checks(ruleset: &Ruleset) -> f64 {
    let mut sizes: Vec<usize> = Vec::new();
    for tree in &ruleset.trees {
        let size = |kind: &NodeKind| match kind {
            NodeKind::Check(_) => 1,
            NodeKind::Macro { body: TreeId(body), .. } => sizes[*body as usize],
            _ => 0,
        };
        sizes.push(tree.nodes.iter().map(|node| size(&node.kind)).sum());
    }
    let rules: Vec<usize> = ruleset.rules.iter().filter_map(|rule| Some(sizes[rule.tree?.index()])).collect();
    rules.iter().sum::<usize>() as f64 / rules.len().max(1) as f64
}
