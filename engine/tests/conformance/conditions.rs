//! Single conditions: whether they load, and whether they hold for an event.

use super::counts::Counts;
use super::event::Event;
use engine::evaluate::semantics::Matcher;
use engine::parse::ast::{Condition, NodeId, NodeKind};
use engine::parse::condition::parse;
use engine::resolve::types::check;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    topic: String,
    condition: String,
    event: serde_json::Value,
    ok: bool,
    #[serde(rename = "match")]
    matches: Option<bool>,
    error: Option<String>,
}

/// The answer: whether the condition holds, or the code of the first problem.
fn answer(text: &str, event: &Event) -> Result<bool, &'static str> {
    let parsed = parse(text);
    if let Some(error) = &parsed.error {
        return Err(error.code.name);
    }
    let condition = &parsed.condition;
    // Falco asks for macros before it looks at fields.
    if condition.nodes.iter().any(|node| matches!(node.kind, NodeKind::Macro(_))) {
        return Err("undefined-macro");
    }
    let mut first = None;
    for node in &condition.nodes {
        if let NodeKind::Check(parsed) = &node.kind
            && let Err(problems) = check(parsed, &event.source)
        {
            first = first.or(Some(problems[0].code.name));
        }
    }
    match first {
        Some(code) => Err(code),
        None => Ok(holds(condition, condition.root, event)),
    }
}

fn holds(condition: &Condition, id: NodeId, event: &Event) -> bool {
    match &condition.node(id).unwrap().kind {
        NodeKind::And(parts) => parts.iter().all(|part| holds(condition, *part, event)),
        NodeKind::Or(parts) => parts.iter().any(|part| holds(condition, *part, event)),
        NodeKind::Not(inner) => !holds(condition, *inner, event),
        NodeKind::Check(parsed) => {
            let (check, _) = check(parsed, &event.source).unwrap();
            let matcher = Matcher::new(&check);
            let result = matcher.test(event);
            if let Some(key) = matcher.column() {
                let value = engine::evaluate::semantics::Fields::get(event, key);
                assert_eq!(matcher.test_value(value), result);
            }
            result
        }
        NodeKind::Macro(_) | NodeKind::Error => unreachable!(),
    }
}

/// The code that stands for a recorded kind of error.
fn code(error: &str) -> &str {
    match error {
        "syntax" => "condition-syntax",
        "too-deep" => "condition-too-deep",
        "bad-operator" => "wrong-operator",
        "bad-argument" => "bad-field-argument",
        other => other,
    }
}

#[test]
fn conditions() {
    let mut counts = Counts::new("conditions");
    for line in include_str!("conditions.ndjson").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let event = Event::read(&case.event);
        let got = answer(&case.condition, &event);
        let wanted = match (case.matches, &case.error) {
            (Some(matches), None) if case.ok => Ok(matches),
            (_, error) => Err(code(error.as_deref().unwrap_or(""))),
        };
        // The record has one word for escapes in quotes and in patterns.
        let same = got == wanted || (got == Err("bad-regex") && wanted == Err("bad-escape"));
        let failure = (!same).then(|| {
            let text: String = case.condition.chars().take(120).collect();
            format!("{} {text:?}: expected {wanted:?}, got {got:?}", case.id)
        });
        counts.add(&case.topic, failure);
    }
    counts.finish();
}
