//! A redacted file reads as before, holds none of the names that were replaced, and redacted again is what it was.

use super::runner;
use engine::Session;
use engine::report::{RedactOptions, Redaction, Report};
use engine::text::Source;
use proptest::prelude::*;

fn redact(text: &str) -> (Report, Redaction) {
    let mut session = Session::new();
    session.set_events(vec![Source { name: "events".into(), text: text.into() }.into()]);
    let report = session.report();
    (report, session.redact(&RedactOptions::default()))
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(
        &[
            "alice",
            "o'neil",
            "bob\\x",
            "web-1",
            "a b",
            "日本",
            "user-2",
            "10.1.2.3",
            "fd00::7",
            "8.8.4.4",
            "true",
            "1e5",
            "nalice",
            "x@corp.jp",
            "null",
            "evt.type",
            "team.corp.jp",
            "al",
            "\"q\"",
            "#x",
            "root",
        ][..],
    )
    .prop_map(str::to_owned)
}

/// A text around a name, as command lines and messages have it.
fn around() -> impl Strategy<Value = (String, String)> {
    let pieces = prop::sample::select(
        &["", " ", "\n", "\t", "\\", "/", ":", "\"", "'", "{\"a\":\"", "=", "é", "-"][..],
    );
    (pieces.clone(), pieces).prop_map(|(a, b)| (a.to_owned(), b.to_owned()))
}

fn readable(report: &Report) -> (usize, Vec<String>) {
    (report.verdicts.len(), report.diagnostics.iter().map(|problem| problem.code.clone()).collect())
}

#[test]
fn redacted_files_read_as_before() {
    runner(300)
        .run(&(name(), name(), name(), around(), 0..5), |(user, pod, host, (before, behind), form)| {
            let command = format!("run {before}{user}{behind} {host}");
            let event = serde_json::json!({"evt.type": "execve", "user.name": user, "k8s.pod.name": pod,
                "evt.hostname": host, "proc.cmdline": command, "user.uid": 7});
            let alert = serde_json::json!({"output": command, "output_fields": event, "rule": user,
                "priority": "Notice", "time": "2026-04-14T09:30:00Z", "hostname": host});
            let plain = |text: &str| text.replace('\'', "''");
            let text = match form {
                0 => format!("{event}\n{event}\n"),
                1 => format!(
                    "# {user}\n- {event}\n- user.name: '{}'\n  proc.args: |\n    {host} x\n",
                    plain(&user)
                ),
                2 => format!("{user} F {alert}\nno {host} alert\n{alert}"),
                3 => serde_json::json!({"line": alert.to_string(), "pod": pod}).to_string(),
                _ => format!("- user: {{name: '{}', loginname: \"x\"}}\n  evt.type: execve\n", plain(&user)),
            };
            let (report, redaction) = redact(&text);
            let now = &redaction.files[0];
            let (report_now, again) = redact(now);
            prop_assert_eq!(readable(&report), readable(&report_now), "{}\n{}", text, now);
            if matches!(form, 0 | 3) {
                for line in now.lines() {
                    prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{}", now);
                }
            }
            let mut session = Session::new();
            session.set_events(vec![Source { name: "events".into(), text: now.clone() }.into()]);
            session.report();
            for event in 0..report.verdicts.len() as u32 {
                for field in session.event(event, None).unwrap().fields {
                    let named = ["user.name", "k8s.pod.name", "evt.hostname"].contains(&field.name.as_str());
                    let gone = redaction.replacements.iter().filter(|name| name.value != name.pseudonym);
                    for name in gone {
                        let taken = redaction.replacements.iter().any(|other| other.pseudonym == name.value);
                        prop_assert!(!named || taken || field.value != name.value, "{}\n{}", text, now);
                    }
                }
            }
            prop_assert_eq!(&again.files[0], now);
            Ok(())
        })
        .unwrap();
}
