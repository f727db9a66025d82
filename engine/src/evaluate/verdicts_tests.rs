//! The fast evaluator against a walk of the tree, on rulesets that are put together by hand.

use super::semantics::{Fields, Matcher};
use super::*;
use crate::catalog::FieldKey;
use crate::catalog::operators::Operator;
use crate::compile::{Exprs, lower};
use crate::events::{EventStore, Options, read};
use crate::report::{Outcome, Priority, Status};
use crate::resolve::check::{Check, Constant, Operand, Right};
use crate::resolve::ruleset::{Rule, RuleException, Ruleset, Tuple};
use crate::resolve::tree::{Node, NodeId, NodeKind, Tree, TreeId};
use crate::text::{Loc, SourceId, Span, Text};
use std::fmt::Write;

const AT: Loc = Loc::new(SourceId(0), Span::new(0, 0));

/// Puts trees together.
#[derive(Default)]
struct Trees(Vec<Tree>);

impl Trees {
    fn add(&mut self, kinds: Vec<NodeKind>) -> TreeId {
        let nodes: Vec<Node> =
            kinds.into_iter().map(|kind| Node { kind, at: AT, label: "".into() }).collect();
        self.0.push(Tree { root: NodeId::new(nodes.len() - 1), nodes });
        TreeId::new(self.0.len() - 1)
    }
}

fn check(field: &str, op: Operator, values: &[&str]) -> NodeKind {
    let constants = values.iter().map(|value| Constant::Bytes(value.as_bytes().into())).collect();
    let right = if op == Operator::Exists { Right::Nothing } else { Right::Constants(constants) };
    let left = Operand::Field(FieldKey::parse(field, "syscall").unwrap());
    NodeKind::Check(Box::new(Check { left, op, modifier: None, right }))
}

fn is(field: &str, value: &str) -> NodeKind {
    check(field, Operator::Eq, &[value])
}

fn all(ids: &[u32]) -> NodeKind {
    NodeKind::And(ids.iter().map(|id| NodeId(*id)).collect())
}

fn any(ids: &[u32]) -> NodeKind {
    NodeKind::Or(ids.iter().map(|id| NodeId(*id)).collect())
}

fn not(id: u32) -> NodeKind {
    NodeKind::Not(NodeId(id))
}

fn rule(tree: TreeId, base: TreeId, exceptions: Vec<Vec<Option<TreeId>>>) -> Rule {
    let exception = |tuples: Vec<Option<TreeId>>| RuleException {
        name: "e".into(),
        at: AT,
        fields: vec![],
        comps: vec![],
        single: false,
        text: String::new(),
        tuples: tuples
            .into_iter()
            .map(|tree| Tuple { text: String::new(), at: AT, cells: vec![], tree })
            .collect(),
    };
    Rule {
        alert: None,
        decided_at: None,
        name: "r".into(),
        name_at: AT,
        at: AT,
        priority: Priority::Warning,
        source: "syscall".into(),
        tags: vec![],
        desc: String::new(),
        enabled: true,
        status: Status::Active,
        warn_evttypes: true,
        condition: Text::default(),
        output: Text::default(),
        tree: Some(tree),
        base: Some(base),
        parts: Vec::new(),
        exceptions: exceptions.into_iter().map(exception).collect(),
    }
}

fn store(text: &str) -> EventStore {
    let (store, problems) =
        read(text, SourceId(0), Options { derive: false, places: false, ..Options::default() });
    assert!(problems.is_empty(), "{problems:?}");
    store
}

fn run(rules: Vec<Rule>, trees: Trees, store: &EventStore) -> Vec<Vec<(u32, Outcome)>> {
    let ruleset = Ruleset { rules, trees: trees.0, ..Ruleset::default() };
    let mut exprs = Exprs::default();
    let program = lower(&ruleset, &mut exprs);
    let mut cache = Cache::default();
    let first = evaluate(&program, &exprs, store, &mut cache);
    assert_eq!(first, evaluate(&program, &exprs, store, &mut cache), "what is known changes nothing");
    first
        .hits(store)
        .into_iter()
        .map(|hits| hits.into_iter().map(|hit| (hit.rule, hit.outcome)).collect())
        .collect()
}

/// The naive answer.
fn walk(trees: &[Tree], tree: TreeId, node: NodeId, event: &dyn Fields) -> bool {
    let go = |id: &NodeId| walk(trees, tree, *id, event);
    match &trees[tree.index()].nodes[node.index()].kind {
        NodeKind::And(ids) => ids.iter().all(go),
        NodeKind::Or(ids) => ids.iter().any(go),
        NodeKind::Not(id) => !go(id),
        NodeKind::Macro { body, .. } => walk(trees, *body, trees[body.index()].root, event),
        NodeKind::Check(check) => Matcher::new(check).test(event),
    }
}

#[test]
fn the_first_exception_and_tuple_that_hit_are_named() {
    let mut trees = Trees::default();
    let base = trees.add(vec![is("evt.type", "execve")]);
    let by_name = trees.add(vec![is("proc.name", "sh")]);
    let by_parent = trees.add(vec![is("proc.pname", "cron")]);
    let whole = trees.add(vec![
        NodeKind::Macro { name: "b".into(), body: base },
        NodeKind::Macro { name: "n".into(), body: by_name },
        NodeKind::Macro { name: "p".into(), body: by_parent },
        any(&[1, 2]),
        not(3),
        all(&[0, 4]),
    ]);
    let store = store(
        "- {evt.type: execve, proc.name: sh, proc.pname: cron}\n- {evt.type: execve, proc.name: ls, proc.pname: cron}\n\
         - {evt.type: execve, proc.name: ls, proc.pname: sshd}\n- {evt.type: open, proc.name: sh}\n",
    );
    let separate = rule(whole, base, vec![vec![None], vec![Some(by_name), Some(by_parent)]]);
    let joined = rule(whole, base, vec![vec![None]]);
    let suppressed = |exception, tuple| Outcome::Suppressed { exception, tuple };
    assert_eq!(
        run(vec![separate, joined], trees, &store),
        [
            vec![(0, suppressed(1, Some(0))), (1, suppressed(0, None))],
            vec![(0, suppressed(1, Some(1))), (1, suppressed(0, None))],
            vec![(0, Outcome::Matches), (1, Outcome::Matches)],
            vec![],
        ]
    );
}

#[test]
fn rules_see_only_events_of_their_source_and_types() {
    let mut trees = Trees::default();
    // As Falco does: excluding one generic call excludes all of them.
    let not_uname = trees.add(vec![check("evt.type", Operator::Ne, &["uname"])]);
    let any_event = trees.add(vec![check("evt.num", Operator::Exists, &[]), not(0), any(&[0, 1])]);
    let events = store(
        "- {evt.type: uname}\n- {evt.type: sysinfo}\n- {evt.type: execve}\n- {source: k8s_audit, ka.verb: get}\n",
    );
    let mut audit = rule(any_event, any_event, vec![]);
    audit.source = "k8s_audit".into();
    let hits = run(vec![rule(not_uname, not_uname, vec![]), audit], trees, &events);
    let rules: Vec<Vec<u32>> = hits.iter().map(|hits| hits.iter().map(|(rule, _)| *rule).collect()).collect();
    assert_eq!(rules, [vec![], vec![], vec![0], vec![1]]);
}

#[test]
fn rules_that_take_no_part_say_nothing() {
    let mut trees = Trees::default();
    let always = trees.add(vec![check("evt.type", Operator::Exists, &[])]);
    let rules = [Status::Disabled, Status::Broken, Status::Skipped].map(|status| {
        let mut rule = rule(always, always, vec![]);
        rule.status = status;
        rule
    });
    let store = store("- {evt.type: execve}\n");
    assert_eq!(run(rules.into(), trees, &store), [vec![]]);
}

#[test]
fn macros_in_macros_without_end_need_no_stack() {
    let mut trees = Trees::default();
    let mut body = trees.add(vec![is("proc.name", "a")]);
    for depth in 0..50_000 {
        let macro_ = NodeKind::Macro { name: "m".into(), body };
        body =
            trees.add(vec![macro_, check("proc.pname", Operator::Eq, &[&depth.to_string()]), any(&[0, 1])]);
    }
    let store = store(
        "- {evt.type: execve, proc.name: a}\n- {evt.type: execve, proc.pname: '77'}\n- {evt.type: execve}\n",
    );
    let hits = run(vec![rule(body, body, vec![])], trees, &store);
    assert_eq!(hits.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 0]);
}

#[test]
fn fast_and_naive_agree_on_random_trees() {
    let names = ["a", "b", "c", ""];
    let mut state = 7u32;
    let mut random = move |end: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % end
    };
    let mut text = String::new();
    for _ in 0..300 {
        let kind = ["execve", "open", "uname"][random(3) as usize];
        write!(text, "{{\"evt.type\":\"{kind}\"").unwrap();
        for field in ["proc.name", "proc.pname", "user.name"] {
            let value = names[random(4) as usize];
            if random(4) > 0 {
                write!(text, ",\"{field}\":\"{value}\"").unwrap();
            }
        }
        text.push_str("}\n");
    }
    let store = store(&text);
    for _ in 0..200 {
        let mut trees = Trees::default();
        for number in 0..3u32 {
            let mut nodes = Vec::new();
            for at in 0..8 {
                let id = |random: &mut dyn FnMut(u32) -> u32| NodeId(random(at.max(1)));
                let kind = match random(if at == 0 { 1 } else { 5 }) {
                    1 => all(&[id(&mut random).0, id(&mut random).0]),
                    2 => any(&[id(&mut random).0, id(&mut random).0, id(&mut random).0]),
                    3 => not(id(&mut random).0),
                    4 if number > 0 => NodeKind::Macro { name: "m".into(), body: TreeId(random(number)) },
                    _ => {
                        let field = ["proc.name", "proc.pname", "user.name"][random(3) as usize];
                        let op = [Operator::Eq, Operator::Ne, Operator::Contains, Operator::Exists]
                            [random(4) as usize];
                        check(field, op, &[names[random(4) as usize]])
                    }
                };
                nodes.push(kind);
            }
            trees.add(nodes);
        }
        let tree = TreeId(2);
        let kept = trees.0.clone();
        let hits = run(vec![rule(tree, tree, vec![])], trees, &store);
        for (event, hits) in hits.iter().enumerate() {
            let row = store.row(event).unwrap();
            assert_eq!(!hits.is_empty(), walk(&kept, tree, kept[2].root, &row), "event {event} of {kept:#?}");
        }
    }
}
