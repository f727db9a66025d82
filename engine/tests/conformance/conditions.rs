//! Single conditions: whether they load, and whether they hold for an event.

use super::counts::Counts;
use super::event::Event;
use engine::evaluate::semantics::Fields as _;
use engine::evaluate::{Matcher, explain};
use engine::parse::ast;
use engine::parse::condition::parse;
use engine::resolve::ruleset::Ruleset;
use engine::resolve::tree::{Node, NodeId, NodeKind, Tree, TreeId};
use engine::resolve::types::check;
use engine::text::{Loc, SourceId, Span};
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
    if condition.nodes.iter().any(|node| matches!(node.kind, ast::NodeKind::Macro(_))) {
        return Err("undefined-macro");
    }
    let nodes = condition.nodes.iter().map(|node| resolve(node, text, &event.source));
    let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
    for node in &nodes {
        // The fast evaluator asks for values one by one.
        if let NodeKind::Check(check) = &node.kind {
            let matcher = Matcher::new(check);
            if let Some(key) = matcher.column() {
                assert_eq!(matcher.test_value(event.get(key)), matcher.test(event), "{text}");
            }
        }
    }
    let tree = Tree { nodes, root: NodeId(condition.root.0) };
    let ruleset = Ruleset { trees: vec![tree], ..Ruleset::default() };
    Ok(explain::holds(&ruleset, TreeId(0), event))
}

fn resolve(node: &ast::Node, text: &str, source: &str) -> Result<Node, &'static str> {
    let id = |id: &ast::NodeId| NodeId(id.0);
    let kind = match &node.kind {
        ast::NodeKind::And(parts) => NodeKind::And(parts.iter().map(id).collect()),
        ast::NodeKind::Or(parts) => NodeKind::Or(parts.iter().map(id).collect()),
        ast::NodeKind::Not(inner) => NodeKind::Not(id(inner)),
        ast::NodeKind::Check(parsed) => {
            let (check, _) = check(parsed, source).map_err(|problems| problems[0].code.name)?;
            NodeKind::Check(Box::new(check))
        }
        ast::NodeKind::Macro(_) | ast::NodeKind::Error => unreachable!("refused before"),
    };
    let at = Loc::new(SourceId(0), Span::new(node.range.start, node.range.end));
    Ok(Node { kind, at, label: node.range.slice(text).into() })
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

/// Runs the cases, one a line.
pub(crate) fn run(cases: &str) -> Counts {
    let mut counts = Counts::default();
    for line in cases.lines() {
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
    counts
}
