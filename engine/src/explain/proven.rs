//! What an alert proves of the parts of an explanation, and which fields would decide what is left open.

use crate::compile::{Expr, ExprId, Exprs};
use crate::evaluate::Proof;
use crate::evaluate::explain::Outcomes;
use crate::report::{Step, StepKind, Truth, Weight};
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
