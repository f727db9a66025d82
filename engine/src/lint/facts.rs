//! What a condition says about the values of its fields: the facts that lints compare with each other.

use super::Context;
use crate::catalog::FieldKey;
use crate::catalog::operators::Operator;
use crate::resolve::check::{Check, Constant, Operand, Right};
use crate::resolve::tree::{NodeId, NodeKind, Tree};
use crate::text::Loc;

/// Deeper than any readable condition; what is below is left alone.
const MAX_DEPTH: usize = 64;

/// More checks than this in one `and` or `or` are not compared with each other.
const MAX_CHECKS: usize = 200;

/// Longer lists are data, and are not compared.
const MAX_VALUES: usize = 500;

/// What one part of a condition says about a field that has one value at most.
pub(super) struct Fact<'a> {
    pub(super) field: &'a FieldKey,
    pub(super) values: &'a [Constant],
    /// The field has one of the values; else it has none of them.
    pub(super) one_of: bool,
    pub(super) at: Loc,
}

/// How parts are connected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// By `and`: where the whole holds, every fact does.
    And,
    /// By `or`: where one of the facts does, the whole holds.
    Or,
}

/// The facts of a node, through macros and negations; none if they are too many.
pub(super) fn facts<'a>(context: &Context<'a>, tree: &'a Tree, id: NodeId, joined: Joined) -> Vec<Fact<'a>> {
    let mut collector = Collector { context, joined, facts: Vec::new() };
    collector.collect(tree, id, true, None, 0);
    if collector.facts.len() > MAX_CHECKS {
        collector.facts.clear();
    }
    collector.facts
}

/// Whether no value satisfies both facts.
pub(super) fn exclude_each_other(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    let (wanted, other) = if a.one_of { (a, b) } else { (b, a) };
    let possible = |value: &Constant| other.values.contains(value) == other.one_of;
    wanted.one_of && wanted.field == other.field && !wanted.values.iter().any(possible)
}

/// Whether every value satisfies one of the facts.
pub(super) fn leave_nothing(a: &Fact<'_>, b: &Fact<'_>) -> bool {
    let (excluding, other) = if a.one_of { (b, a) } else { (a, b) };
    let covered = |value: &Constant| other.values.contains(value) == other.one_of;
    let excludes = !excluding.one_of && !excluding.values.is_empty();
    excludes && excluding.field == other.field && excluding.values.iter().all(covered)
}

struct Collector<'c, 'a> {
    context: &'c Context<'a>,
    joined: Joined,
    facts: Vec<Fact<'a>>,
}

impl<'a> Collector<'_, 'a> {
    /// What the node says where it holds or, with `holds` false, where it does not.
    fn collect(&mut self, tree: &'a Tree, id: NodeId, holds: bool, outer: Option<Loc>, depth: usize) {
        let node = tree.nodes.get(id.index()).filter(|_| depth < MAX_DEPTH && self.facts.len() <= MAX_CHECKS);
        let Some(node) = node else { return };
        let at = outer.unwrap_or(node.at);
        // A negated `or` is an `and` of negations.
        let splits = if holds == (self.joined == Joined::And) {
            matches!(node.kind, NodeKind::And(_))
        } else {
            matches!(node.kind, NodeKind::Or(_))
        };
        match &node.kind {
            NodeKind::And(parts) | NodeKind::Or(parts) if splits => {
                for part in parts {
                    self.collect(tree, *part, holds, outer, depth + 1);
                }
            }
            NodeKind::And(_) | NodeKind::Or(_) => {}
            NodeKind::Not(inner) => {
                // `not x = a` is one comparison for the reader.
                let of_check =
                    tree.nodes.get(inner.index()).is_some_and(|n| matches!(n.kind, NodeKind::Check(_)));
                let outer = outer.or_else(|| of_check.then_some(node.at));
                self.collect(tree, *inner, !holds, outer, depth + 1);
            }
            NodeKind::Macro { body, .. } => {
                if let Some(body) = self.context.ruleset.tree(*body) {
                    self.collect(body, body.root, holds, Some(at), depth + 1);
                }
            }
            NodeKind::Check(check) => self.facts.extend(self.fact(check, holds, at)),
        }
    }

    fn fact(&self, check: &'a Check, holds: bool, at: Loc) -> Option<Fact<'a>> {
        let one_of = match check.op {
            Operator::Eq | Operator::In => holds,
            // As in Falco, `!=` is false where the value is missing, so that its opposite does not say which value there is,
            // but holds for that value.
            Operator::Ne if holds || self.joined == Joined::Or => !holds,
            _ => return None,
        };
        let (Operand::Field(field), Right::Constants(values)) = (&check.left, &check.right) else {
            return None;
        };
        let info = field.info();
        let several = info.list || info.any_ancestor || info.either_end;
        let plain = values
            .iter()
            .all(|value| matches!(value, Constant::Bytes(_) | Constant::Integer(_) | Constant::Bool(_)));
        (check.modifier.is_none() && !several && plain && values.len() <= MAX_VALUES).then_some(Fact {
            field,
            values,
            one_of,
            at,
        })
    }
}
