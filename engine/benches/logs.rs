//! Times reading alert logs: `cargo bench -p engine --bench logs [-- ALERTS REPETITIONS]`.
//!
//! The log is made up on the spot. Prints megabytes per second, and the time as a multiple of what `serde_json` takes to read
//! the same lines and throw them away; ends with an error below 150 MB/s. The bar is for an idle machine, so the best
//! repetition counts.

#![expect(clippy::cast_precision_loss, reason = "numbers for people")]

use engine::catalog::Dialect;
use engine::events::{self, Options};
use engine::text::SourceId;
use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// As the page reads: places of alerts are found when they are wanted.
const READ: Options =
    Options { derive: true, first_number: 1, places: true, dialect: Dialect::Falco, sample: 1 };

const MIN_RATE: f64 = 150.0;

fn main() -> ExitCode {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<usize>().ok());
    let alerts = numbers.next().unwrap_or(100_000);
    let repeat = numbers.next().unwrap_or(7);
    let log = log(alerts);
    let megabytes = log.len() as f64 / 1e6;
    println!("{alerts} alerts, {megabytes:.1} MB");
    let (store, problems) = events::read(&log, SourceId(0), READ);
    assert!(problems.is_empty() && store.len() == alerts, "{problems:?}");
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
    println!("ratio {ratio:.2}; rate at least {MIN_RATE} MB/s");
    if rate(read) < MIN_RATE { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn best(repeat: usize, mut work: impl FnMut()) -> Duration {
    let times = (0..repeat.max(1)).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Alerts of four rules, as a cluster of some hundred pods raises them.
fn log(alerts: usize) -> String {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut out = String::with_capacity(alerts * 1100);
    for number in 0..alerts as u64 {
        let (second, nanosecond) = (number / 7, random(1_000_000_000));
        let (hour, minute, second) = (second / 3600 % 24, second / 60 % 60, second % 60);
        let pod = random(300);
        let app = ["web", "billing", "search", "worker", "gateway"][(pod % 5) as usize];
        let (process, parent) = (random(30_000), random(30_000));
        let shell = ["bash", "sh", "python3.12", "node"][random(4) as usize];
        let file = random(4_000);
        let (rule, kind, priority, what) = [
            ("Terminal shell in container", "execve", "Notice", "A shell was spawned in a container"),
            ("Read sensitive file untrusted", "openat", "Warning", "Sensitive file opened for reading"),
            ("Write below etc", "openat", "Error", "File below /etc opened for writing"),
            (
                "Contact K8S API Server From Container",
                "connect",
                "Notice",
                "Unexpected connection to K8s API",
            ),
        ][random(4) as usize];
        let image = format!("registry.example.com/shop/{app}");
        let command = format!("{shell} -c /opt/{app}/bin/run-{} --shard {}", random(20), random(12));
        let digest = format!("{:016x}", pod.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let id = &digest[..12];
        let _ = writeln!(
            out,
            "{{\"hostname\":\"node-{}\",\"output\":\"{hour:02}:{minute:02}:{second:02}.{nanosecond:09}: {priority} {what} | evt_type={kind} user=root user_uid=0 user_loginuid=-1 process={shell} proc_exepath=/usr/bin/{shell} parent=containerd-shim command={command} terminal=0 file=/etc/{app}/conf.d/{file}.conf container_id={id} container_name={app} container_image_repository={image} container_image_tag=v{} k8s_pod_name={app}-{digest} k8s_ns_name=shop\",\"output_fields\":{{\"container.id\":\"{id}\",\"container.image.repository\":\"{image}\",\"container.image.tag\":\"v{}\",\"container.name\":\"{app}\",\"evt.time\":17{:08}{nanosecond:09},\"evt.type\":\"{kind}\",\"fd.name\":\"/etc/{app}/conf.d/{file}.conf\",\"k8s.ns.name\":\"shop\",\"k8s.pod.name\":\"{app}-{digest}\",\"proc.cmdline\":\"{command}\",\"proc.exepath\":\"/usr/bin/{shell}\",\"proc.name\":\"{shell}\",\"proc.pid\":{process},\"proc.pname\":\"containerd-shim\",\"proc.ppid\":{parent},\"proc.tty\":0,\"user.loginuid\":-1,\"user.name\":\"root\",\"user.uid\":0}},\"priority\":\"{priority}\",\"rule\":\"{rule}\",\"source\":\"syscall\",\"tags\":[\"T1059\",\"container\",\"maturity_stable\",\"mitre_execution\",\"shell\"],\"time\":\"2026-11-24T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z\"}}",
            pod % 12,
            pod % 9,
            pod % 9,
            number / 7,
        );
    }
    out
}
