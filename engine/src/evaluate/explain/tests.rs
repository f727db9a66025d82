//! Traces of small rulesets, and that large ones stay small.

use super::*;
use crate::catalog::FieldKey;
use crate::parse::ast;
use crate::parse::condition::parse;
use crate::resolve::types::check;
use crate::text::{Loc, SourceId, Span};
use crate::value::Value;
use std::collections::HashMap;

struct Event(HashMap<FieldKey, Value>);

impl Fields for Event {
    fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.0.get(key)
    }
}

fn event(values: &[(&str, &str)]) -> Event {
    let read = |(name, value): &(&str, &str)| {
        (FieldKey::parse(name, "syscall").unwrap(), Value::Text((*value).into()))
    };
    Event(values.iter().map(read).collect())
}

/// A ruleset of conditions only: each can use those before it as macros `m0`, `m1` …
fn ruleset(conditions: &[&str]) -> Ruleset {
    let trees = conditions.iter().map(|text| tree(text)).collect();
    Ruleset { trees, ..Ruleset::default() }
}

fn tree(text: &str) -> Tree {
    let parsed = parse(text);
    assert_eq!(parsed.error, None, "{text}");
    let id = |id: &ast::NodeId| NodeId(id.0);
    let ids = |ids: &[ast::NodeId]| ids.iter().map(id).collect();
    let nodes = parsed.condition.nodes.iter().map(|node| Node {
        kind: match &node.kind {
            ast::NodeKind::And(parts) => NodeKind::And(ids(parts)),
            ast::NodeKind::Or(parts) => NodeKind::Or(ids(parts)),
            ast::NodeKind::Not(inner) => NodeKind::Not(id(inner)),
            ast::NodeKind::Macro(name) => {
                NodeKind::Macro { name: name.clone(), body: TreeId(name[1..].parse().unwrap()) }
            }
            ast::NodeKind::Check(parsed) => NodeKind::Check(Box::new(check(parsed, "syscall").unwrap().0)),
            ast::NodeKind::Error => unreachable!(),
        },
        at: Loc::new(SourceId(0), Span::new(node.range.start, node.range.end)),
        label: node.range.slice(text).into(),
    });
    Tree { nodes: nodes.collect(), root: NodeId(parsed.condition.root.0) }
}

/// The trace as text: indentation, outcome, `*` for what decides, label, values.
fn shown(conditions: &[&str], event: &Event) -> String {
    let ruleset = ruleset(conditions);
    let last = TreeId::new(conditions.len() - 1);
    let trace = explain(&ruleset, last, event);
    assert!(trace.complete);
    assert_eq!(trace.steps[0].outcome.holds(), holds(&ruleset, last, event));
    let mut out = String::new();
    let mut rest = vec![(0, 0)];
    while let Some((at, depth)) = rest.pop() {
        let step = &trace.steps[at];
        let mark = match step.weight {
            Weight::Decisive => "*",
            Weight::Contributes => "+",
            Weight::Quiet => " ",
        };
        let label = &ruleset.tree(step.node.0).unwrap().nodes[step.node.1.index()].label;
        let reads: Vec<_> =
            step.reads.iter().map(|r| format!("{}={}", r.field, r.value.as_deref().unwrap_or("-"))).collect();
        let line = format!("{}{mark} {:?} {label} [{}]", "  ".repeat(depth), step.outcome, reads.join(" "));
        out.push_str(line.trim_end_matches(" []"));
        out.push('\n');
        rest.extend(step.children.iter().rev().map(|child| (*child as usize, depth + 1)));
    }
    out
}

#[test]
fn a_trace_shows_what_decides() {
    let event = event(&[("proc.name", "sh"), ("proc.aname[1]", "bash"), ("proc.aname[2]", "sshd")]);
    let conditions = [
        "proc.name in (sh, bash)",
        "m0 and not proc.aname = sshd and (fd.name startswith /etc or user.name != root)",
    ];
    assert_eq!(
        shown(&conditions, &event),
        "\
* False m0 and not proc.aname = sshd and (fd.name startswith /etc or user.name != root)
    True m0
      True proc.name in (sh, bash) [proc.name=sh]
  + False not proc.aname = sshd
    + True proc.aname = sshd [proc.aname[1]=bash proc.aname[2]=sshd]
  + False fd.name startswith /etc or user.name != root
    + Missing fd.name startswith /etc [fd.name=-]
    + Missing user.name != root [user.name=-]
"
    );
}

#[test]
fn values_of_both_sides_are_shown() {
    let event = event(&[("proc.name", "sh"), ("proc.pname", "SH")]);
    assert_eq!(
        shown(&["proc.name = val(proc.pname) or tolower(proc.pname) = sh"], &event),
        "\
* True proc.name = val(proc.pname) or tolower(proc.pname) = sh
    False proc.name = val(proc.pname) [proc.name=sh proc.pname=SH]
  * True tolower(proc.pname) = sh [proc.pname=SH]
"
    );
}

#[test]
fn macros_of_macros_stay_small() {
    // Written out this has 2^40 checks.
    let mut conditions = vec!["proc.name = sh".to_owned()];
    conditions.extend((0..40).map(|n| format!("m{n} and m{n}")));
    let texts: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let ruleset = ruleset(&texts);
    let last = TreeId(40);
    let event = event(&[("proc.name", "sh")]);
    assert!(holds(&ruleset, last, &event));
    let trace = explain(&ruleset, last, &event);
    assert_eq!((trace.complete, trace.steps.len()), (false, MAX_STEPS));
}

#[test]
fn long_chains_of_macros_do_not_overflow() {
    let mut conditions = vec!["proc.name = sh".to_owned()];
    conditions.extend((0..20_000).map(|n| format!("not m{n}")));
    let texts: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let ruleset = ruleset(&texts);
    assert!(holds(&ruleset, TreeId(20_000), &event(&[("proc.name", "sh")])));
    assert!(!explain(&ruleset, TreeId(20_000), &event(&[])).complete);
}
