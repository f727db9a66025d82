//! What an alert proves of the parts of an explanation, and which fields would decide what is left open.

use crate::compile::{Expr, ExprId, Exprs};
use crate::evaluate::explain::Outcomes;
use crate::evaluate::{Matcher, Proof};
use crate::report::{Explanation, Step, StepKind, Truth, Weight};
use crate::resolve::check::Check;
use crate::resolve::tree::{NodeId, NodeKind, TreeId};

/// The expressions of the nodes of trees, as far as they are among those of the rules.
pub(super) struct Expressions(Vec<(TreeId, Vec<Option<ExprId>>)>);

impl Expressions {
    /// Those of the trees that were looked at: macro bodies stand before those that link to them, and parts before wholes.
    pub(super) fn new(outcomes: &Outcomes<'_>, exprs: &Exprs) -> Self {
        let mut known = Self(Vec::new());
        for (id, tree) in outcomes.trees() {
            let mut ids: Vec<Option<ExprId>> = Vec::with_capacity(tree.nodes.len());
            for node in &tree.nodes {
                let part = |part: &NodeId| ids.get(part.index()).copied().flatten();
                let all = |all: &[NodeId]| all.iter().map(part).collect::<Option<Box<[ExprId]>>>();
                let found = match &node.kind {
                    NodeKind::And(parts) => all(parts).and_then(|parts| exprs.find(&Expr::And(parts))),
                    NodeKind::Or(parts) => all(parts).and_then(|parts| exprs.find(&Expr::Or(parts))),
                    NodeKind::Not(inner) => part(inner).and_then(|inner| exprs.find(&Expr::Not(inner))),
                    NodeKind::Macro { body, .. } => {
                        let root = outcomes.trees().find(|(id, _)| id == body).map(|(_, tree)| tree.root);
                        root.and_then(|root| known.of((*body, root)))
                    }
                    NodeKind::Check(check) => exprs.find_check(check),
                };
                ids.push(found);
            }
            known.0.push((id, ids));
        }
        known
    }

    fn of(&self, (tree, node): (TreeId, NodeId)) -> Option<ExprId> {
        let (_, ids) = self.0.iter().find(|(of, _)| *of == tree)?;
        ids.get(node.index()).copied().flatten()
    }
}

/// Marks the parts of the condition that the alert proves, as far as they are such that must hold, and the exceptions that did
/// not. Of a proven `or` it is not known which of its parts made it so.
pub(super) fn mark(
    steps: &mut [Step],
    roots: &[u32],
    nodes: &[Option<(TreeId, NodeId)>],
    expressions: &Expressions,
    proof: &Proof,
) {
    let Some(root) = roots.first().copied() else { return };
    // What is put together of what is proven.
    let mut path: Vec<(u32, bool)> = Vec::new();
    let mut rest: Vec<(u32, bool)> = (0..).zip(roots).map(|(at, root)| (*root, at > 0)).collect();
    while let Some((at, negated)) = rest.pop() {
        let Some(step) = steps.get_mut(at as usize) else { continue };
        if at != root && step.truth != Truth::Unknown {
            continue;
        }
        let node = nodes.get(at as usize).copied().flatten();
        if step.truth == Truth::Unknown
            && node.and_then(|node| expressions.of(node)).is_some_and(|id| proof.proves(id, negated))
        {
            (step.truth, step.proven, step.weight) = (truth(!negated), true, Weight::Quiet);
            step.unknown.clear();
            // What is below it decides nothing.
            let mut below = step.children.clone();
            while let Some(step) = below.pop().and_then(|at| steps.get_mut(at as usize)) {
                step.weight = Weight::Quiet;
                below.extend(step.children.iter().copied());
            }
            continue;
        }
        let descends = match step.kind {
            StepKind::And => !negated,
            StepKind::Or | StepKind::Exception => negated,
            StepKind::Macro(_) | StepKind::Not => true,
            StepKind::Check | StepKind::Tuple => false,
        };
        if descends {
            path.push((at, negated));
            let of_parts = negated != (step.kind == StepKind::Not);
            rest.extend(step.children.iter().map(|part| (*part, of_parts)));
        }
    }
    for (at, negated) in path.into_iter().rev() {
        let Some(step) = steps.get(at as usize) else { continue };
        let of_parts = negated != (step.kind == StepKind::Not);
        let mut parts = step.children.iter().filter_map(|part| steps.get(*part as usize));
        let all = parts.clone().all(|part| part.truth.decided() == Some(!of_parts));
        let proven = step.proven || parts.any(|part| part.proven);
        if let Some(step) = steps.get_mut(at as usize).filter(|_| all && proven) {
            (step.truth, step.proven) = (truth(!negated), true);
        }
    }
}

const fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}

/// The fields that the open parts ask for, as far as the answer rests on them, each once; as `evaluate::deciding` finds them for
/// all events. `type_open`: Falco may not ask the rule about the event.
pub(super) fn deciding(steps: &[Step], roots: &[u32], type_open: bool) -> Vec<String> {
    let truth = |at: &u32| steps.get(*at as usize).map(|step| step.truth);
    // Once an exception holds for certain the others are of no interest.
    let (condition, exceptions) = roots.split_at(roots.len().min(1));
    let excluded = exceptions.iter().any(|at| truth(at) == Some(Truth::True));
    let exceptions = if excluded { &[][..] } else { exceptions };
    let mut open: Vec<u32> = exceptions.iter().rev().chain(condition).copied().collect();
    let mut found: Vec<String> = Vec::new();
    while let Some(step) = open.pop().and_then(|at| steps.get(at as usize)) {
        if step.truth != Truth::Unknown {
            continue;
        }
        open.extend(step.children.iter().rev());
        for field in &step.unknown {
            if !found.contains(field) {
                found.push(field.clone());
            }
        }
    }
    if type_open && !found.iter().any(|field| field == "evt.type") {
        found.push("evt.type".to_owned());
    }
    found
}

/// The fields, those first that may decide alone, and the number of these.
pub(super) fn alone_first(
    fields: Vec<String>,
    explained: &Explanation,
    checks: &[Option<&Check>],
    type_open: bool,
) -> (Vec<String>, u32) {
    let only = fields.len() == 1;
    let may = |field: &String| only || explained.complete && may_settle(explained, checks, field, type_open);
    let (mut alone, others): (Vec<String>, Vec<String>) = fields.into_iter().partition(may);
    let count = alone.len() as u32;
    alone.extend(others);
    (alone, count)
}

/// Whether some value of a field would settle whether the rule matches, each comparison taken for itself.
fn may_settle(explained: &Explanation, checks: &[Option<&Check>], field: &str, type_open: bool) -> bool {
    // By step: whether it may become false, and true, by the field alone. Parts stand behind wholes.
    let mut ways = vec![(false, false); explained.steps.len()];
    for (at, step) in explained.steps.iter().enumerate().rev() {
        let parts = || step.children.iter().filter_map(|part| ways.get(*part as usize).copied());
        let way = match (step.truth.decided(), step.kind) {
            (Some(truth), _) => (!truth, truth),
            (None, StepKind::Check) => {
                let asked = step.unknown.iter().any(|unknown| unknown == field);
                let (fails, holds) = match checks.get(at) {
                    Some(Some(check)) if step.unknown.len() > 1 => Matcher::new(check).settled_by_one(),
                    _ => (true, true),
                };
                (asked && fails, asked && holds)
            }
            (None, StepKind::Not) => (parts().any(|part| part.1), parts().any(|part| part.0)),
            (None, StepKind::Or | StepKind::Exception) => {
                (parts().all(|part| part.0), parts().any(|part| part.1))
            }
            (None, StepKind::And | StepKind::Macro(_) | StepKind::Tuple) => {
                (parts().any(|part| part.0), parts().all(|part| part.1))
            }
        };
        if let Some(place) = ways.get_mut(at) {
            *place = way;
        }
    }
    let mut roots = explained.roots.iter().filter_map(|root| ways.get(*root as usize).copied());
    let (fails, holds) = roots.next().unwrap_or_default();
    let excluded = roots.clone().any(|way| way.1) || roots.all(|way| way.0);
    fails || holds && excluded && !type_open || type_open && field == "evt.type"
}
