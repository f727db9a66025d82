//! Logs on the command line: compressed, cut off, with bytes that are no text; counted as `jq` counts them.

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn file(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn mews(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mews")).args(args).env("LC_ALL", "C").output().unwrap()
}

fn stats(log: &Path, more: &[&str]) -> (String, String) {
    let output = mews(&[&["stats", log.to_str().unwrap()], more].concat());
    assert!(output.status.success(), "{output:?}");
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Alerts of three rules, some without an image, some without fields at all.
fn log(alerts: usize) -> String {
    let alert = |number: usize| {
        let rule =
            ["Terminal shell in container", "Read sensitive file untrusted", "Write \\\"below\\\" etc"]
                [number % 3];
        let image = match number % 5 {
            0 => r#""container.image.repository":"registry.example.com/web""#,
            1 => r#""container.image.repository":null"#,
            2 => r#""container.image.repository":"日本/ジョブ""#,
            3 => r#""proc.name":"sh""#,
            _ => r#""container.image.repository":"docker.io/library/nginx","proc.pid":7"#,
        };
        format!(
            "{{\"output\":\"x\",\"priority\":\"Notice\",\"rule\":\"{rule}\",\"source\":\"syscall\",\"time\":\"2026-11-24T18:{:02}:{:02}Z\",\"output_fields\":{{{image}}}}}\n",
            number / 60,
            number % 60,
        )
    };
    (0..alerts).map(alert).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// What the baseline script of the course prints: `jq -r FILTER | sort | uniq -c`.
fn jq(log: &Path, filter: &str) -> BTreeSet<String> {
    let jq = Command::new("jq").args(["-r", filter]).arg(log).stdout(Stdio::piped()).spawn();
    let jq = jq.expect("jq is there; `cargo xtask test` installs it").wait_with_output().unwrap();
    assert!(jq.status.success());
    let mut counts = std::collections::BTreeMap::new();
    for line in String::from_utf8(jq.stdout).unwrap().lines() {
        *counts.entry(line.to_owned()).or_insert(0) += 1;
    }
    counts.into_iter().map(|(line, count)| format!("{count} {line}")).collect()
}

/// The lines of a table.
fn lines(table: &str) -> BTreeSet<String> {
    table.lines().skip(1).map(|line| line.trim_start().to_owned()).collect()
}

#[test]
fn counts_are_those_of_jq() {
    let log = file("counts.json", log(1000));
    let (by_rule, stderr) = stats(&log, &[]);
    assert_eq!(stderr, "");
    assert_eq!(lines(&by_rule), jq(&log, ".rule"));
    let (by_image, _) = stats(&log, &["--by", "rule,container.image.repository"]);
    let filter = r#""\(.rule)|\(.output_fields["container.image.repository"])""#;
    assert_eq!(lines(&by_image), jq(&log, filter));
    assert!(by_image.contains("|null\n"));
    let first: usize =
        by_rule.lines().nth(1).unwrap().trim_start().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(first, 334);
}

#[test]
fn counts_as_json() {
    let log = file("json.json", log(10));
    let (out, _) = stats(&log, &["--json", "--by", "rule", "--by", "source, container.image.repository"]);
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["events"], 10);
    assert_eq!(
        out["tables"][0]["counts"][0],
        serde_json::json!({"values": ["Terminal shell in container"], "count": 4})
    );
    assert_eq!(out["tables"][1]["by"], serde_json::json!(["source", "container.image.repository"]));
    assert_eq!(out["tables"][1]["counts"][0], serde_json::json!({"values": ["syscall", null], "count": 4}));
}

#[test]
fn compressed_logs_are_told_by_their_content() {
    let text = log(500);
    let (plain, _) = stats(&file("plain.log", &text), &[]);
    let mut two = gzip(&text[..text.len() / 2]);
    two.extend(gzip(&text[text.len() / 2..]));
    for (name, bytes) in [("one.log", gzip(&text)), ("two.gz.txt", two)] {
        let (out, stderr) = stats(&file(name, bytes), &[]);
        assert_eq!((out, stderr.as_str()), (plain.clone(), ""), "{name}");
    }
    let zstd =
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(stats(&file("zstd.log", zstd), &[]), (plain, String::new()));
}

#[test]
fn what_is_left_of_a_log_is_used() {
    let text = log(2000);
    let packed = gzip(&text);
    let (out, stderr) = stats(&file("cut.gz", &packed[..packed.len() / 2]), &["--json"]);
    let events = serde_json::from_str::<Value>(&out).unwrap()["events"].as_u64().unwrap();
    assert!((100..2000).contains(&events), "{events}");
    assert!(stderr.contains("compressed file ends too early"), "{stderr}");
    let mut bytes = text.into_bytes();
    let at = bytes.windows(4).position(|four| four == b"Read").unwrap();
    bytes[at..at + 2].copy_from_slice(b"\xff\xfe");
    let (out, _) = stats(&file("bytes.log", bytes), &[]);
    assert!(out.contains("      1 \u{fffd}\u{fffd}ad sensitive"), "{out}");
}

#[test]
fn what_is_no_alert_is_counted() {
    let log = file(
        "noise.log",
        format!("Falco initialized\n{}18:00:00.0: Notice a shell\n{{\"rule\": \"cut", log(3)),
    );
    let (_, stderr) = stats(&log, &[]);
    for part in ["lines without JSON: 1", "alerts in text form", "events that cannot be read: 1"] {
        assert!(stderr.contains(part), "{stderr}");
    }
}
