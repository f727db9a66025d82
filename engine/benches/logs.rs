//! Times reading alert logs: `cargo bench -p engine --bench logs [-- ALERTS REPETITIONS]`.
//!
//! The log is made up on the spot. Prints megabytes per second, the time as a multiple of what `serde_json` takes to read the
//! same lines and throw them away, and the most memory that was in use, the log included; ends with an error where a bar is
//! missed. The bars are for an idle machine, so the best repetition counts.

#![expect(clippy::cast_precision_loss, reason = "numbers for people")]

use engine::catalog::Dialect;
use engine::events::{self, Options};
use engine::text::SourceId;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[path = "logs/made_up.rs"]
mod made_up;

/// As the page reads: places of alerts are found when they are wanted.
const READ: Options =
    Options { derive: true, first_number: 1, places: true, dialect: Dialect::Falco, sample: 1 };

const MIN_RATE: f64 = 150.0;
const MAX_RATIO: f64 = 2.5;
/// As a multiple of the size of the log.
const MAX_MEMORY: f64 = 4.0;

fn main() -> ExitCode {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let alerts = numbers.next().unwrap_or(100_000);
    let repeat = numbers.next().unwrap_or(7);
    let log = made_up::log(alerts);
    let megabytes = log.len() as f64 / 1e6;
    println!("{alerts} alerts, {megabytes:.1} MB");
    let (store, problems) = events::read(&log, SourceId(0), READ);
    assert!(problems.is_empty() && store.len() == alerts, "{problems:?}");
    let memory = most_memory().map(|bytes| bytes / log.len() as f64);
    drop(store);
    let ignored = best(repeat, || {
        for line in log.lines() {
            black_box(serde_json::from_str::<serde::de::IgnoredAny>(line)).expect("JSON");
        }
    });
    let read = best(repeat, || drop(black_box(events::read(&log, SourceId(0), READ))));
    let rate = |time: Duration| megabytes / time.as_secs_f64();
    let ratio = read.as_secs_f64() / ignored.as_secs_f64();
    println!("serde_json, thrown away {:>8.1} ms {:>7.0} MB/s", ignored.as_secs_f64() * 1e3, rate(ignored));
    println!("read as events          {:>8.1} ms {:>7.0} MB/s", read.as_secs_f64() * 1e3, rate(read));
    let bars = [
        (format!("{:.0} MB/s, at least {MIN_RATE}", rate(read)), rate(read) >= MIN_RATE),
        (format!("{ratio:.2} times as long as serde_json, at most {MAX_RATIO}"), ratio <= MAX_RATIO),
        match memory {
            Some(memory) => {
                (format!("{memory:.2} times the log in memory, at most {MAX_MEMORY}"), memory <= MAX_MEMORY)
            }
            None => ("the memory in use is not told here".to_owned(), true),
        },
    ];
    for (bar, met) in &bars {
        println!("{} {bar}", if *met { "     ok:" } else { " MISSED:" });
    }
    if bars.iter().all(|(_, met)| *met) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The most bytes that this process has had in memory, where the system tells it.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix(" kB")?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0)
}

fn best(repeat: usize, mut work: impl FnMut()) -> Duration {
    let times = (0..repeat.max(1)).map(|_| {
        let start = Clock::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// The time that the processor has spent on this thread, where the system tells it; else what has passed.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn now() -> Self {
        let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let spent = spent.and_then(|spent| spent.split(' ').next()?.parse().ok());
        Self(Instant::now(), spent.map(Duration::from_nanos))
    }

    fn elapsed(&self) -> Duration {
        let now = Self::now();
        self.1.zip(now.1).map_or(now.0 - self.0, |(before, now)| now.saturating_sub(before))
    }
}
