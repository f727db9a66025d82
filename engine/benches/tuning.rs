//! Times tuning on a log of alerts: `cargo bench -p engine --bench tuning [-- ALERTS REPETITIONS]`.
//!
//! The alerts prove parts of the rules, most of what other rules say of them is left open, and for each rule the fields that would
//! decide are counted. Prints the best of all repetitions, and ends with an error where a bar is missed.

#![expect(clippy::cast_precision_loss, reason = "numbers for people")]

#[expect(dead_code, reason = "it makes events, too")]
#[path = "../examples/workload/generate.rs"]
mod generate;
#[path = "logs/made_up.rs"]
mod made_up;

use engine::catalog::Dialect;
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, FiredEvents, Proofs, deciding, evaluate_with};
use engine::events::{self, Options};
use engine::resolve::load;
use engine::text::{Source, SourceId};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const READ: Options =
    Options { derive: true, first_number: 1, places: false, dialect: Dialect::Falco, sample: 1 };

/// Rules of the official size of a set.
const RULES: usize = 93;

/// The rules whose alerts are in the log.
const FIRED: [&str; 4] = [
    "Terminal shell in container",
    "Read sensitive file untrusted",
    "Write below etc",
    "Contact K8S API Server From Container",
];

fn main() -> ExitCode {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let alerts = numbers.next().unwrap_or(100_000);
    let repeat = numbers.next().unwrap_or(9);
    let ruleset =
        load(&[Source { name: "rules.yaml".into(), text: generate::rules(RULES) }], Dialect::Falco).ruleset;
    let mut log = made_up::log(alerts);
    for (rule, fired) in ruleset.rules.iter().step_by(RULES / FIRED.len()).zip(FIRED) {
        log = log.replace(fired, &rule.name);
    }
    let (store, problems) = events::read(&log, SourceId(0), READ);
    assert!(problems.is_empty() && store.len() == alerts, "{problems:?}");
    let names: Vec<&str> = ruleset.rules.iter().map(|rule| rule.name.as_str()).collect();
    let mut exprs = Exprs::default();
    let program = lower(&ruleset, &mut exprs);
    println!("{} rules, {alerts} alerts", names.len());

    let once = best("alerts by rule, once per log", repeat, || drop(black_box(FiredEvents::new(&store))));
    let raised = FiredEvents::new(&store);
    let prove = || Proofs::new(&program, &names, None, &exprs, &store, &raised);
    let proving = best("what they prove, at every report", repeat, || drop(black_box(prove())));
    let proofs = prove();
    let evaluate = |cache: &mut Cache| evaluate_with(&program, &proofs, &exprs, &store, cache);
    best("evaluate, nothing known", repeat, || drop(black_box(evaluate(&mut Cache::default()))));
    let mut cache = Cache::default();
    let verdicts = evaluate(&mut cache);
    let known = best("evaluate, all known", repeat, || drop(black_box(evaluate(&mut cache))));
    let counting = best("what became of the alerts", repeat, || {
        for (name, verdicts) in names.iter().zip(&verdicts.rules) {
            black_box(verdicts.became(raised.of(name), &store));
        }
    });
    let mut slowest = Duration::ZERO;
    let mut fields = 0;
    for (at, rule) in program.rules.iter().enumerate() {
        let mut time = Duration::MAX;
        for _ in 0..repeat.min(3) {
            let start = Instant::now();
            let found = deciding(
                rule,
                &verdicts.rules[at],
                raised.of(names[at]),
                proofs.of(at),
                &exprs,
                &store,
                &mut cache,
            );
            time = time.min(start.elapsed());
            fields = fields.max(black_box(found).fields.len());
        }
        slowest = slowest.max(time);
    }
    println!("{:<36} {:>9.3} ms, at most {fields} fields", "fields that decide, slowest rule", ms(slowest));
    let bars = [
        ("20 ms for the alerts of a log by rule", once < Duration::from_millis(20)),
        ("2 ms for what they prove", proving < Duration::from_millis(2)),
        ("20 ms for verdicts when all is known", known < Duration::from_millis(20)),
        ("2 ms for what became of them", counting < Duration::from_millis(2)),
        ("100 ms for the fields that decide", slowest < Duration::from_millis(100)),
    ];
    let missed: Vec<_> = bars.into_iter().filter(|(_, met)| !met && alerts == 100_000).collect();
    for (bar, _) in &missed {
        println!("MISSED: {bar}");
    }
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn ms(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e6
}

/// Runs `work` and prints its best time.
fn best(name: &str, repeat: usize, mut work: impl FnMut()) -> Duration {
    let times = (0..repeat.max(1)).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    let time = times.min().unwrap_or_default();
    println!("{name:<36} {:>9.3} ms", ms(time));
    time
}
