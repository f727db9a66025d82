//! Fields of audit events become columns when rules come to ask for them, and no answer depends on when that was.

use engine::Session;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, FieldKey};
use engine::report::Report;
use engine::text::Source;
use std::fs;
use std::path::Path;

fn example(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/examples/4.4-audit-log").join(file);
    fs::read_to_string(path).unwrap()
}

fn rules(text: &str) -> Vec<Source> {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    vec![source(BASE_RULES_NAME, BASE_RULES), source("rules.yaml", text)]
}

fn session() -> Session {
    let mut session = Session::new();
    session.set_events(vec![Source { name: "audit.log".to_owned(), text: example("audit.log") }.into()]);
    session
}

/// What is said, and the alerts.
fn answers(session: &mut Session) -> (Report, Vec<String>) {
    let report = session.report();
    let alerts =
        (0..report.verdicts.len() as u32).flat_map(|event| session.event(event, None).unwrap().alerts);
    let alerts = alerts.map(|alert| alert.json).collect();
    (report, alerts)
}

#[test]
fn rules_that_ask_for_more_get_what_they_would_have_got_at_once() {
    let text = example("rules.yaml");
    let heads: Vec<usize> = text.match_indices("- rule:").map(|(at, _)| at).chain([text.len()]).collect();
    let mut growing = session();
    for head in heads {
        let part = rules(&text[..head]);
        let mut fresh = session();
        fresh.set_rules(part.clone());
        growing.set_rules(part);
        assert_eq!(answers(&mut growing), answers(&mut fresh));
    }
    // The same check, of a field that was no column and is one then.
    let rule = |condition: &str| {
        rules(&format!(
            "- rule: a\n  desc: d\n  source: k8s_audit\n  condition: {condition}\n  output: x\n  priority: INFO\n"
        ))
    };
    let mut session = session();
    session.set_rules(rule("ka.verb = get"));
    session.report();
    session.set_rules(rule("ka.verb = get and not ka.req.pod.host_pid = true"));
    let before = session.report().rules[0].matched;
    session.set_rules(rule("ka.req.pod.host_pid = true"));
    assert_eq!(session.report().rules[0].matched, 1);
    session.set_rules(rule("ka.verb = get and not ka.req.pod.host_pid = true"));
    assert_eq!(session.report().rules[0].matched, before);
}

#[test]
fn only_fields_that_rules_name_are_columns() {
    let key = |name: &str| FieldKey::parse(name, "k8s_audit").unwrap();
    let mut session = session();
    session.set_rules(rules(""));
    session.report();
    assert!(session.store().column(&key("ka.auth.reason")).is_none());
    session.set_rules(rules(&example("rules.yaml")));
    session.report();
    let store = session.store();
    for name in
        ["ka.auth.reason", "ka.uri.param[command]", "jevt.value[/stage]", "ka.req.pod.containers.privileged"]
    {
        assert!(store.column(&key(name)).is_some(), "{name}");
    }
    for name in ["ka.auditid", "ka.uri.param[tty]", "ka.response.reason", "ka.req.pod.host_pid"] {
        assert!(store.column(&key(name)).is_none(), "{name}");
    }
    let detail = session.event(8, None).unwrap();
    assert!(detail.fields.iter().any(|field| field.name == "ka.req.pod.host_pid" && field.value == "true"));
}
