//! The explaining evaluator: walks the resolved tree of a condition for one event, and says of each part whether it holds
//! and why. The naive reference for the fast evaluator; both ask the same [`Matcher`].

use super::semantics::{Fields, Matcher, Read};
use crate::resolve::ruleset::Ruleset;
use crate::resolve::tree::{Node, NodeId, NodeKind, Tree, TreeId};
use crate::text::Loc;
use std::collections::{BTreeMap, BTreeSet};

/// Steps that an explanation has at most. A macro is explained at each place where it is used, so a small rule can have
/// a very large explanation.
pub const MAX_STEPS: usize = 5_000;

/// Why a condition holds for an event, or does not.
#[derive(Clone, PartialEq, Debug)]
pub struct Trace {
    /// The parts; the first is the whole condition. Children stand behind their parents.
    pub steps: Vec<Step>,
    /// False where parts were left out because there are more than [`MAX_STEPS`].
    pub complete: bool,
}

/// A part of a condition.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// The part as Falco parses it, on one line.
    pub label: Box<str>,
    /// Where it is written.
    pub at: Loc,
    /// What it is.
    pub kind: StepKind,
    /// Whether it holds.
    pub outcome: Outcome,
    /// True if the whole condition is as it is because of this part.
    pub decisive: bool,
    /// For a comparison: the fields that it reads, and their values.
    pub reads: Vec<Read>,
    /// Positions of its parts.
    pub children: Vec<u32>,
}

/// What a part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepKind {
    /// All of its parts must hold.
    And,
    /// One of its parts must hold.
    Or,
    /// Its part must not hold.
    Not,
    /// A macro; its part is what the macro stands for.
    Macro,
    /// A comparison.
    Check,
}

/// Whether a part holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It holds.
    True,
    /// It does not.
    False,
    /// It does not, because the event has no such value. So does nothing that is compared with it, `!=` included.
    Missing,
}

impl Outcome {
    /// Whether it holds.
    pub const fn holds(self) -> bool {
        matches!(self, Self::True)
    }

    const fn of(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// Whether a condition holds for an event.
pub fn holds(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> bool {
    let outcomes = outcomes(ruleset, tree, event);
    root_outcome(ruleset, &outcomes, tree).holds()
}

/// Explains a condition on an event.
pub fn explain(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> Trace {
    let outcomes = outcomes(ruleset, tree, event);
    let mut trace = Trace { steps: Vec::new(), complete: true };
    let Some(root) = ruleset.tree(tree) else { return trace };
    // What is still to be explained: the last first. A node, whether it is decisive, and its parent.
    let mut rest: Vec<(TreeId, NodeId, bool, Option<usize>)> = vec![(tree, root.root, true, None)];
    while let Some((tree, id, decisive, parent)) = rest.pop() {
        let Some(node) = ruleset.tree(tree).and_then(|tree| tree.nodes.get(id.index())) else { continue };
        if trace.steps.len() >= MAX_STEPS {
            trace.complete = false;
            break;
        }
        let outcome = outcome_at(&outcomes, tree, id);
        let at = trace.steps.len();
        if let Some(parent) = parent.and_then(|parent| trace.steps.get_mut(parent)) {
            parent.children.push(at as u32);
        }
        let parts = parts(ruleset, tree, node);
        for (tree, id) in parts.iter().rev() {
            let part = outcome_at(&outcomes, *tree, *id).holds();
            // The parts that agree with the whole are those that make it so; with `not` or a macro that is the only one.
            let agrees = match node.kind {
                NodeKind::And(_) | NodeKind::Or(_) => part == outcome.holds(),
                _ => true,
            };
            rest.push((*tree, *id, decisive && agrees, Some(at)));
        }
        trace.steps.push(step(node, outcome, decisive, event));
    }
    trace
}

fn step(node: &Node, outcome: Outcome, decisive: bool, event: &dyn Fields) -> Step {
    let (kind, reads) = match &node.kind {
        NodeKind::And(_) => (StepKind::And, Vec::new()),
        NodeKind::Or(_) => (StepKind::Or, Vec::new()),
        NodeKind::Not(_) => (StepKind::Not, Vec::new()),
        NodeKind::Macro { .. } => (StepKind::Macro, Vec::new()),
        NodeKind::Check(check) => (StepKind::Check, Matcher::new(check).reads(event)),
    };
    Step { label: node.label.clone(), at: node.at, kind, outcome, decisive, reads, children: Vec::new() }
}

/// The nodes that a node is made of, with their trees.
fn parts(ruleset: &Ruleset, tree: TreeId, node: &Node) -> Vec<(TreeId, NodeId)> {
    match &node.kind {
        NodeKind::And(ids) | NodeKind::Or(ids) => ids.iter().map(|id| (tree, *id)).collect(),
        NodeKind::Not(id) => vec![(tree, *id)],
        NodeKind::Macro { body, .. } => {
            ruleset.tree(*body).map(|inner| (*body, inner.root)).into_iter().collect()
        }
        NodeKind::Check(_) => Vec::new(),
    }
}

/// The outcome of every node of every tree that is asked.
type Outcomes = BTreeMap<TreeId, Vec<Outcome>>;

fn outcome_at(outcomes: &Outcomes, tree: TreeId, id: NodeId) -> Outcome {
    outcomes.get(&tree).and_then(|tree| tree.get(id.index())).copied().unwrap_or(Outcome::False)
}

fn root_outcome(ruleset: &Ruleset, outcomes: &Outcomes, tree: TreeId) -> Outcome {
    ruleset.tree(tree).map_or(Outcome::False, |found| outcome_at(outcomes, tree, found.root))
}

/// Evaluates a tree and those that it links to, each once. Macro bodies stand before the trees that link to them, and
/// children before their parents, so one pass in order is enough, however deep it all is.
fn outcomes(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> Outcomes {
    let mut needed = BTreeSet::from([tree]);
    let mut rest = vec![tree];
    while let Some(tree) = rest.pop() {
        for node in ruleset.tree(tree).map_or(&[][..], |tree| &tree.nodes) {
            if let NodeKind::Macro { body, .. } = &node.kind
                && needed.insert(*body)
            {
                rest.push(*body);
            }
        }
    }
    let mut known = Outcomes::new();
    for id in needed {
        if let Some(tree) = ruleset.tree(id) {
            let outcomes = tree_outcomes(ruleset, tree, &known, event);
            known.insert(id, outcomes);
        }
    }
    known
}

fn tree_outcomes(ruleset: &Ruleset, tree: &Tree, known: &Outcomes, event: &dyn Fields) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let holds = |id: &NodeId| outcomes.get(id.index()).is_some_and(|outcome| outcome.holds());
        let outcome = match &node.kind {
            NodeKind::And(ids) => Outcome::of(ids.iter().all(holds)),
            NodeKind::Or(ids) => Outcome::of(ids.iter().any(holds)),
            NodeKind::Not(id) => Outcome::of(!holds(id)),
            NodeKind::Macro { body, .. } => Outcome::of(root_outcome(ruleset, known, *body).holds()),
            NodeKind::Check(check) => {
                let matcher = Matcher::new(check);
                match matcher.test(event) {
                    true => Outcome::True,
                    false if matcher.is_missing(event) => Outcome::Missing,
                    false => Outcome::False,
                }
            }
        };
        outcomes.push(outcome);
    }
    outcomes
}

#[cfg(test)]
mod tests;
