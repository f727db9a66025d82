//! Audit logs that nobody writes.

use super::{report, says};
use engine::report::Report;
use engine::text::Lang;
use std::fmt::Write as _;

const RULES: &str = "- rule: A\n  desc: d\n  source: k8s_audit\n  condition: ka.req.pod.containers.image exists or ka.auditid = x\n  output: '%ka.auditid %ka.uri.param[a]'\n  priority: INFO\n";

fn event(more: &str) -> String {
    format!(
        r#"{{"kind":"Event","auditID":"x","stageTimestamp":"2026-04-14T09:00:00Z","requestObject":{{"spec":{{"containers":[{{"image":"a"}}]}}}}{more}}}"#
    )
}

fn matches(report: &Report) -> usize {
    report.verdicts.iter().filter(|hits| hits.len() == 1).count()
}

fn tells(report: &Report, words: &str) -> bool {
    report.diagnostics.iter().any(|problem| problem.message.text(Lang::En).contains(words))
}

#[test]
fn lists_deeper_and_events_larger_than_falco_takes() {
    let nested = |levels: usize| event(&format!(r#","x":{}{}"#, "[".repeat(levels), "]".repeat(levels)));
    assert_eq!(matches(&report(RULES, &nested(299))), 1);
    let deep = report(RULES, &format!("{}\n{}", nested(300), event("")));
    assert!(tells(&deep, "nested deeper than 300 levels"));
    assert_eq!(matches(&deep), 1);

    let long = |len: usize| event(&format!(r#","x": "{}""#, "y".repeat(len)));
    let large = report(RULES, &format!("{}\n{}\n{}", event(""), long(70_000), long(262_144)));
    assert_eq!(matches(&large), 2);
    assert!(says(&large, "audit-line") && tells(&large, "more than 262144 bytes, which Falco drops: 1"));
}

#[test]
fn many_lines_that_are_broken() {
    for line in
        ["{\"auditID\":[", "{\"auditID\":\"", "[{\"kind\":\"Event\",", "auditID {\"", "{\"auditID\":1}}}}"]
    {
        let text = format!("{}\n{}{}", event(""), format!("{line}\n").repeat(20_000), event(""));
        let report = report(RULES, &text);
        assert_eq!(matches(&report), 2, "{line}");
        let skipped: u32 = report.events[0].skipped.iter().map(|skipped| skipped.count).sum();
        assert!(skipped >= 20_000, "{line}: {skipped}");
    }
}

#[test]
fn thousands_of_events_in_one_string() {
    let mut items = String::new();
    for number in 0..3000 {
        let comma = if number == 0 { "" } else { "," };
        write!(items, "{comma}{}", event(r#","verb":"日\u65e5""#)).unwrap();
    }
    let list = format!(r#"{{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[{items}]}}"#);
    let quoted = format!("\"{}\"", list.replace('\\', "\\\\").replace('"', "\\\""));
    let start = std::time::Instant::now();
    let mut session = engine::Session::new();
    let source =
        |name: &str, text: &str| engine::text::Source { name: name.to_owned(), text: text.to_owned() };
    session.set_rules(vec![source("rules.yaml", RULES)]);
    session.set_events(vec![source("export.json", &format!("{{\"message\":{quoted}}}")).into()]);
    assert_eq!(matches(&session.report()), 3000);
    let detail = session.event(2999, None).unwrap();
    assert!(detail.fields.iter().any(|field| field.name == "ka.verb" && field.value == "日日"));
    assert!(start.elapsed() < super::LONG);
}
