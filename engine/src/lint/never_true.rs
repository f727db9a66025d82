//! Two checks that exclude each other and are joined by `and`, through macros and exceptions as well: a rule that can never
//! fire, or an exception that hides all that the rule finds.

pub(super) use crate::catalog::codes::NEVER_TRUE as CODE;

use super::Context;
use crate::catalog::FieldKey;
use crate::catalog::messages::lints as say;
use crate::catalog::operators::Operator;
use crate::resolve::check::{Check, Constant, Operand, Right};
use crate::resolve::tree::{NodeId, NodeKind, Tree};
use crate::text::{Diagnostic, Loc};

/// Deeper than any readable condition; what is below is left alone.
const MAX_DEPTH: usize = 64;

/// More checks than this in one `and` are not compared with each other.
const MAX_CHECKS: usize = 200;

/// What one part of an `and` says about a field.
struct Fact<'a> {
    field: &'a FieldKey,
    values: &'a [Constant],
    /// The field must have one of the values; else it must have none of them.
    wanted: bool,
    at: Loc,
}

pub(super) fn lint(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in &context.ruleset.rules {
        let Some(tree) = rule.tree else { continue };
        let Some(tree) = context.ruleset.tree(tree) else { continue };
        // The whole, and every `and` below an `or`.
        let tops = tree.nodes.iter().enumerate().filter(|(_, node)| matches!(node.kind, NodeKind::And(_)));
        for (at, _) in tops {
            let mut facts = Vec::new();
            collect(context, tree, NodeId::new(at), true, None, 0, &mut facts);
            if facts.len() <= MAX_CHECKS {
                out.extend(clash(&facts));
            }
        }
    }
}

/// The first pair that excludes each other.
fn clash(facts: &[Fact<'_>]) -> Option<Diagnostic> {
    for (at, later) in facts.iter().enumerate() {
        for earlier in facts.iter().take(at).filter(|earlier| earlier.field == later.field) {
            let (a, b) = if earlier.wanted { (earlier, later) } else { (later, earlier) };
            let possible = |value: &&Constant| b.values.contains(value) == b.wanted;
            if a.wanted && !a.values.iter().any(|value| possible(&value)) {
                let message = say::never_true(later.field.to_string());
                let problem = Diagnostic::new(&CODE, later.at, message);
                return Some(problem.related(earlier.at, say::excluded_by_this()));
            }
        }
    }
    None
}

/// What must hold where the node holds (or, with `holds` false, where it does not).
fn collect<'a>(
    context: &Context<'a>,
    tree: &'a Tree,
    id: NodeId,
    holds: bool,
    outer: Option<Loc>,
    depth: usize,
    out: &mut Vec<Fact<'a>>,
) {
    let Some(node) = tree.nodes.get(id.index()).filter(|_| depth < MAX_DEPTH && out.len() <= MAX_CHECKS)
    else {
        return;
    };
    let at = outer.unwrap_or(node.at);
    match &node.kind {
        NodeKind::And(parts) if holds => {
            for part in parts {
                collect(context, tree, *part, true, outer, depth + 1, out);
            }
        }
        NodeKind::Or(parts) if !holds => {
            for part in parts {
                collect(context, tree, *part, false, outer, depth + 1, out);
            }
        }
        NodeKind::Not(inner) => collect(context, tree, *inner, !holds, outer, depth + 1, out),
        NodeKind::Macro { body, .. } => {
            if let Some(body) = context.ruleset.tree(*body) {
                collect(context, body, body.root, holds, Some(at), depth + 1, out);
            }
        }
        NodeKind::Check(check) => out.extend(fact(check, holds, at)),
        NodeKind::And(_) | NodeKind::Or(_) => {}
    }
}

/// What a check says about a field that has one value at most.
fn fact(check: &Check, holds: bool, at: Loc) -> Option<Fact<'_>> {
    let wanted = match check.op {
        Operator::Eq | Operator::In => holds,
        // As in Falco, `!=` is false where the value is missing, so its opposite says nothing.
        Operator::Ne if holds => false,
        _ => return None,
    };
    let (Operand::Field(field), Right::Constants(values)) = (&check.left, &check.right) else { return None };
    let info = field.info();
    let several = info.list || info.any_ancestor || info.either_end;
    let plain = values
        .iter()
        .all(|value| matches!(value, Constant::Bytes(_) | Constant::Integer(_) | Constant::Bool(_)));
    (check.modifier.is_none() && !several && plain).then_some(Fact { field, values, wanted, at })
}
