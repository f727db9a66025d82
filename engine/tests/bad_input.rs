//! Input that nobody means: it costs a message, never a panic, a hang or the memory.

#[path = "bad_input/audit.rs"]
mod audit;
#[path = "bad_input/encodings.rs"]
mod encodings;
#[path = "bad_input/limits.rs"]
mod limits;

use engine::Session;
use engine::report::{FileId, Report};
use engine::text::{Lang, Source};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const RULE: &str = "- rule: Good\n  desc: d\n  condition: evt.type = execve\n  output: o\n  priority: INFO\n";
const EVENT: &str = "- {evt.type: execve, proc.name: sh, proc.cmdline: sh -c id}\n";

/// Far above what any of these takes, in a build without optimisation on a busy machine.
const LONG: Duration = Duration::from_mins(1);

fn report(rules: &str, events: &str) -> Report {
    let start = Instant::now();
    let mut session = Session::new();
    let source = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    session.set_rules(vec![source("rules.yaml", rules)]);
    session.set_events(vec![source("events.yaml", events).into()]);
    let report = session.report();
    for event in 0..session.events().len() {
        session.event(event as u32, None);
    }
    for problem in &report.diagnostics {
        let text = if problem.at.file == engine::report::FileId::Events(0) { events } else { rules };
        let span = problem.at.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{problem:?}");
    }
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
    report
}

fn says(report: &Report, code: &str) -> bool {
    report.diagnostics.iter().any(|problem| problem.code == code)
}

#[test]
fn empty_and_blank_files() {
    for text in ["", "\n", "# only a comment\n", "---\n", "\u{feff}", "~\n", "[]\n"] {
        let report = report(text, text);
        assert!(report.diagnostics.is_empty(), "{text:?}: {:?}", report.diagnostics);
    }
}

#[test]
fn binary_files() {
    let binary: String = (0..2000u32).map(|n| char::from((n * 37 % 128) as u8)).collect();
    let report = report(&binary, &binary);
    assert!(says(&report, "yaml-syntax"));
    assert!(report.diagnostics.len() < 10);
}

#[test]
fn five_megabytes() {
    let mut rules = String::new();
    while rules.len() < 5 << 20 {
        writeln!(rules, "- list: l{}\n  items: [{}]", rules.len(), "a, ".repeat(2000)).unwrap();
    }
    rules += RULE;
    let report = report(&rules, EVENT);
    assert_eq!(report.verdicts[0].len(), 1);
    let text = format!("- rule: {}\n", "x ".repeat(5 << 19));
    assert!(says(&self::report(&text, ""), "missing-key"));
}

#[test]
fn deep_yaml() {
    for open in ["[", "{a: ", "- ", "? ", "- - {a: ["] {
        let report = report(&open.repeat(10_000), &open.repeat(10_000));
        assert!(!report.diagnostics.is_empty(), "{open:?}");
        assert!(report.diagnostics.len() < 10, "{open:?}");
    }
}

#[test]
fn deep_conditions() {
    for (open, close) in [("(", ")"), ("not (", ")"), ("not ", ""), ("(evt.type = a or ", ")")] {
        let condition = format!("{}evt.type = open{}", open.repeat(10_000), close.repeat(10_000));
        let rules = format!(
            "{RULE}- rule: Deep\n  desc: d\n  condition: {condition:?}\n  output: o\n  priority: INFO\n"
        );
        let report = report(&rules, EVENT);
        assert_eq!(report.verdicts[0].len(), 1, "{open:?}");
    }
}

#[test]
fn alias_bombs() {
    let mut bomb = "- &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        writeln!(bomb, "- &a{level} [{alias}]").unwrap();
    }
    assert!(says(&report(&format!("{bomb}{RULE}"), &bomb), "yaml-syntax"));
}

/// Macros that double themselves, a chain of macros, and lists that double themselves.
#[test]
fn exponential_macros_and_lists() {
    let mut rules = "- macro: m0\n  condition: proc.name = sh\n- list: l0\n  items: [a, b]\n".to_owned();
    for level in 1..60 {
        let (m, l) = (format!("m{}", level - 1), format!("l{}", level - 1));
        writeln!(rules, "- macro: m{level}\n  condition: {m} and {m}").unwrap();
        // In this order each list is written out within the next.
        writeln!(rules, "- list: k{level}\n  items: [k{}, k{}, {l}]", level + 1, level + 1).unwrap();
        writeln!(rules, "- list: l{level}\n  items: [{l}, {l}]").unwrap();
    }
    rules += "- rule: Large\n  desc: d\n  condition: evt.type = execve and m59 and proc.name in (k1)\n  output: o\n  priority: INFO\n";
    rules += RULE;
    let report = report(&rules, EVENT);
    assert!(says(&report, "condition-too-large"));
    assert!(report.verdicts[0].iter().any(|hit| report.rules[hit.rule as usize].name == "Good"));
}

#[test]
fn a_chain_of_macros() {
    let mut rules = "- macro: m0\n  condition: proc.name = sh\n".to_owned();
    for level in 1..5000 {
        writeln!(rules, "- macro: m{level}\n  condition: not m{}", level - 1).unwrap();
    }
    rules +=
        "- rule: Chain\n  desc: d\n  condition: evt.type = execve and m4999\n  output: o\n  priority: INFO\n";
    rules += RULE;
    let report = report(&rules, EVENT);
    assert!(report.verdicts[0].iter().any(|hit| report.rules[hit.rule as usize].name == "Good"));
}

#[test]
fn many_rules_with_exceptions() {
    let mut rules = String::new();
    for rule in 0..2000 {
        writeln!(
            rules,
            "- rule: R{rule}\n  desc: d\n  condition: evt.type = execve and proc.name = p{rule}\n  output: o\n  priority: INFO\n  exceptions:\n    - name: e\n      fields: [proc.name, user.name]\n      values: [[a, b], [c, d], [e, f]]"
        )
        .unwrap();
    }
    rules += RULE;
    assert_eq!(report(&rules, EVENT).verdicts[0].len(), 1);
}

#[test]
fn events_of_the_wrong_shape() {
    for events in
        ["a", "a: b", "- a\n- [b]\n- {c: {d: [e, {f: g}]}}\n", "{\"a\": 1}\n{\"b\"", "- evt.type: [execve]\n"]
    {
        report(RULE, events);
    }
}

/// The same of a configuration.
#[test]
fn every_prefix_of_a_configuration() {
    let text = "# 日本\r\npriority: info\nrule_matching: \"first\"\nrules:\n  - disable: {tag: a, rule: '*é*'}\n  - enable: Good\nstatic_fields: {a: b, \"\": 😀}\nappend_output:\n  - match: {source: syscall, tags: [x], rule: Good}\n    extra_output: \"%static.a 日 %evt.arg[\"\n  - suggested_output: yes\n    extra_fields:\n      - evt.num\n      - 日: >\n          %proc.name 100%\njson_output: true\n";
    let mut session = Session::new();
    session.set_rules(vec![Source { name: "rules.yaml".into(), text: RULE.into() }]);
    session.set_events(vec![Source { name: "events.yaml".into(), text: EVENT.into() }.into()]);
    for (at, _) in text.char_indices() {
        let text = &text[..at];
        session.set_config(Some(Source { name: "falco.yaml".into(), text: text.into() }));
        let report = session.report();
        session.event(0, None);
        for problem in report.diagnostics.iter().filter(|problem| problem.at.file == FileId::Config) {
            let span = problem.at.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{problem:?}");
        }
    }
    let report = session.report();
    assert!(says(&report, "output-syntax") && says(&report, "config-selection"), "{report:?}");
    session.set_config(None);
    assert!(session.report().diagnostics.is_empty());
}

#[test]
fn endless_configurations() {
    let mut text = "rules:\n".to_owned();
    for entry in 0..engine::config::MAX_ENTRIES * 2 {
        writeln!(text, "  - disable: {{rule: '*{}'}}", "*a".repeat(entry % 100)).unwrap();
    }
    text += "static_fields:\n";
    for entry in 0..engine::config::MAX_ENTRIES * 2 {
        writeln!(text, "  f{entry}: x").unwrap();
    }
    let mut session = Session::new();
    session.set_rules(vec![Source { name: "rules.yaml".into(), text: RULE.repeat(100) }]);
    session.set_config(Some(Source { name: "falco.yaml".into(), text }));
    let report = session.report();
    let limits = report.diagnostics.iter().filter(|problem| problem.code == "config-shape");
    assert_eq!(limits.count(), 2);
}

/// Many additions to many rules cost one message each.
#[test]
fn many_additions() {
    let mut rules = String::new();
    for rule in 0..1000 {
        rules += &RULE.replace("Good", &format!("R{rule}"));
    }
    let config = format!("append_output:\n{}", "  - extra_output: \"%proc.nam and %proc.name\"\n".repeat(50));
    let start = Instant::now();
    let mut session = Session::new();
    session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules }]);
    session.set_config(Some(Source { name: "falco.yaml".into(), text: config }));
    let report = session.report();
    assert_eq!(report.diagnostics.len(), 50);
    assert!(!report.files[0].loads);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

/// Every prefix of a file is a state of typing it.
#[test]
fn every_prefix_of_a_file() {
    let text = "- list: l\n  items: [\"é\", 日本語, '😀']\r\n- macro: m\n  condition: proc.name in (l) and (user.name = \"x y\" or fd.name startswith /tmp)\n- rule: R\n  desc: >\n    d\n  condition: evt.type = execve and not m and proc.args contains \"a\\\"b\"\n  output: \"%proc.name %user.name\\n\"\n  priority: INFO\n  exceptions:\n    - {name: e, fields: [proc.name], comps: [startswith], values: [[a], [b]]}\n- rule: R\n  override: {condition: append, tags: replace}\n  condition: and proc.pid != 1\n  tags: [a, b]\n";
    for (at, _) in text.char_indices() {
        report(&text[..at], EVENT);
    }
}

/// An alert of a log with this output field.
fn alert(name: &str, value: &str) -> String {
    format!("{{\"rule\":\"A\",\"time\":\"2026-11-24T18:00:00Z\",\"output_fields\":{{\"{name}\":{value}}}}}\n")
}

/// What a log without rules gives.
fn log(text: &str) -> Report {
    let report = report("", text);
    assert_eq!(report.events[0].kind, engine::report::EventsKind::Alerts);
    report
}

#[test]
fn fifty_megabytes_on_one_line_of_a_log() {
    let long = alert("proc.cmdline", &format!("\"{}\"", "x".repeat(50 << 20)));
    let report = log(&format!("{}{long}{}", alert("proc.name", "\"a\""), alert("proc.name", "\"b\"")));
    assert_eq!((report.events[0].events, report.events[0].skipped.len()), (2, 1));
    assert!(report.events[0].skipped[0].reason.text(Lang::En).contains("longer than"));
    // Many alerts on one line are no problem.
    let one_line = format!("[{}]", vec![alert("proc.name", "\"a\"").trim_end(); 10_000].join(","));
    assert_eq!(log(&one_line).events[0].events, 10_000);
}

#[test]
fn deep_and_broken_logs() {
    let good = alert("proc.name", "\"a\"");
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    let mut escaped = good.trim_end().to_owned();
    for _ in 0..8 {
        escaped = format!("{{\"log\":\"{}\"}}", escaped.replace('\\', "\\\\").replace('"', "\\\""));
    }
    for bad in [
        alert("proc.name", &nested("[", "]")),
        nested("{\"a\":", "}"),
        format!("{}1", "[".repeat(100_000)),
        "{\"a".repeat(100_000),
        "{\"".repeat(100_000),
        "\"{\\\"".repeat(100_000),
        "{\"a\":[\n".repeat(100_000),
        format!("{}\\", good.trim_end()),
        "\\".repeat(100_000),
        "[\"1234567890\",".repeat(1_000),
        "{\"rule\":\"\\u12\",\"output_fields\":{}}".to_owned(),
        escaped,
    ] {
        let report = log(&format!("{good}{bad}\n{good}"));
        assert!(report.events[0].events >= 1, "{:.60}: {:?}", bad, report.events[0]);
        assert!(report.events[0].events == 3 || !report.events[0].skipped.is_empty(), "{bad:.60}");
    }
}

#[test]
fn half_an_alert_at_the_end() {
    let whole = alert("proc.name", "\"日本\"");
    for end in (1..whole.trim_end().len()).filter(|end| whole.is_char_boundary(*end)) {
        let report = log(&format!("{whole}{}", &whole[..end]));
        assert_eq!(report.events[0].events, 1, "{end}");
        assert_eq!(report.events[0].skipped.iter().map(|skipped| skipped.count).sum::<u32>(), 1, "{end}");
    }
}
