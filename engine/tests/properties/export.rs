//! Exported events read back to the same verdicts, whatever they say.

use super::agree::{events, rules};
use super::runner;
use crate::checks::export::reads_back;
use engine::Session;
use engine::catalog::Dialect;
use engine::text::Source;
use proptest::prelude::*;

fn check(rules: &str, events: String, dialect: Dialect) {
    let mut session = Session::new();
    session.set_dialect(dialect);
    session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.into() }]);
    session.set_events(vec![Source { name: "events.jsonl".into(), text: events }.into()]);
    let report = session.report();
    reads_back(rules, &session, &report);
}

#[test]
fn exported_events_have_the_same_verdicts() {
    runner(60)
        .run(&(rules(), events(), any::<bool>()), |(rules, events, course)| {
            check(&rules, events, if course { Dialect::Course } else { Dialect::Falco });
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_text_is_exported_as_it_is() {
    let text = prop_oneof![
        any::<String>(),
        prop::collection::vec(
            prop::sample::select(
                &[
                    "\"", "'", ": ", " #", "\n", "\r", "\t", "- ", "\\", "\u{0}", "\u{85}", "\u{feff}",
                    "null", "~", "1e3", "é", "日本", "\u{2028}", "{", "]", "*a", "&a", "!x", "%", "@", "`",
                    ","
                ][..]
            ),
            0..6
        )
        .prop_map(|pieces| pieces.concat()),
    ];
    let rules = "- rule: R\n  desc: d\n  condition: proc.name != proc.pname and proc.env[A] exists\n  output: '%proc.name %k8s.pod.labels'\n  priority: INFO\n";
    runner(150)
        .run(&(text.clone(), text.clone(), text), |(name, title, label)| {
            let label: String = label.chars().filter(|c| !"[]\"'".contains(*c) && !c.is_control()).collect();
            let event = serde_json::json!({
                "name": title, "evt.type": "execve", "proc.name": name, "proc.env[A]": title,
                "k8s.pod.label": {label: name}, "fd.types": [title, name],
                "partial": name.len() % 2 == 1, "proc.pname": null, "expect": {title.clone(): "none"},
                "fired": title,
            });
            let mut session = Session::new();
            session.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.into() }]);
            session.set_events(vec![Source { name: "e.jsonl".into(), text: event.to_string() }.into()]);
            let report = session.report();
            reads_back(rules, &session, &report);
            let shown = |session: &Session| {
                let fields = session.event(0, None).unwrap().fields.into_iter();
                let about = session
                    .store()
                    .info(0)
                    .unwrap()
                    .about
                    .as_ref()
                    .map(|about| (about.name.clone(), about.fired.clone()));
                (fields.map(|field| (field.name, field.value)).collect::<Vec<_>>(), about)
            };
            let text = session.export(engine::report::ExportForm::Events).text;
            let mut again = Session::new();
            again.set_rules(vec![Source { name: "rules.yaml".into(), text: rules.into() }]);
            again.set_events(vec![Source { name: "e.yaml".into(), text }.into()]);
            again.report();
            prop_assert_eq!(shown(&session), shown(&again));
            Ok(())
        })
        .unwrap();
}
