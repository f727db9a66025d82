//! The explaining evaluator: walks the resolved tree of a condition for one event, and says of each part whether it holds
//! and why. The naive reference for the fast evaluator; both ask the same [`Matcher`].

use super::semantics::{Fields, Matcher, Read};
use crate::catalog::FieldKey;
use crate::report::{Truth, Weight};
use crate::resolve::ruleset::Ruleset;
use crate::resolve::tree::{Node, NodeId, NodeKind, Tree, TreeId};
use crate::text::{SortedMap, insert, sorted};

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
    /// The node that it explains.
    pub node: (TreeId, NodeId),
    /// Whether it holds.
    pub outcome: Truth,
    /// What it means for the whole.
    pub weight: Weight,
    /// For a comparison: the fields that it reads, and their values.
    pub reads: Vec<Read>,
    /// For a comparison that cannot be decided: the fields that the event leaves open.
    pub unknown: Vec<FieldKey>,
    /// Positions of its parts.
    pub children: Vec<u32>,
}

/// Whether a condition holds for an event, for certain.
pub fn holds(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> bool {
    Outcomes::new(ruleset, &[tree], event).holds(tree)
}

/// Whether a condition holds for an event; `None` where it does not say enough to tell.
pub fn decided(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> Option<bool> {
    Outcomes::new(ruleset, &[tree], event).decided(tree)
}

/// Explains a condition on an event.
pub fn explain(ruleset: &Ruleset, tree: TreeId, event: &dyn Fields) -> Trace {
    let outcomes = Outcomes::new(ruleset, &[tree], event);
    let mut trace = Trace { steps: Vec::new(), complete: true };
    if let Some(root) = ruleset.tree(tree) {
        trace.add((tree, root.root), Weight::Decisive, &outcomes, event);
    }
    trace
}

impl Trace {
    /// Adds the explanation of a node that means `weight` for the whole; returns the position of its step, if there is
    /// room for it.
    pub fn add(
        &mut self,
        start: (TreeId, NodeId),
        weight: Weight,
        outcomes: &Outcomes<'_>,
        event: &dyn Fields,
    ) -> Option<u32> {
        let first = self.steps.len();
        // What is still to be explained: the last first. A node, what it means, and its parent.
        let mut rest: Vec<((TreeId, NodeId), Weight, Option<usize>)> = vec![(start, weight, None)];
        while let Some((id, weight, parent)) = rest.pop() {
            let Some(node) = outcomes.node(id) else { continue };
            if self.steps.len() >= MAX_STEPS {
                self.complete = false;
                break;
            }
            let outcome = outcomes.at(id);
            let at = self.steps.len();
            if let Some(parent) = parent.and_then(|parent| self.steps.get_mut(parent)) {
                parent.children.push(at as u32);
            }
            let parts = parts(outcomes.ruleset, id.0, node);
            let agrees = |id: &(TreeId, NodeId)| outcomes.at(*id).decided() == outcome.decided();
            // With `and` and `or`, the parts that agree with the whole make it so. Where one part would be enough
            // to make it otherwise, each of them decides; where all would have to change, only a single one does. Where
            // it is left open, so it is by the parts that are, and each of them may decide.
            let of_parts = match node.kind {
                NodeKind::And(_) | NodeKind::Or(_) => {
                    let agreeing = parts.iter().filter(|part| agrees(part)).count();
                    let any_is_enough =
                        outcome.decided().is_none_or(|holds| matches!(node.kind, NodeKind::And(_)) == holds);
                    if any_is_enough || agreeing == 1 { weight } else { weight.min(Weight::Contributes) }
                }
                _ => weight,
            };
            for part in parts.iter().rev() {
                let agrees = match node.kind {
                    NodeKind::And(_) | NodeKind::Or(_) => agrees(part),
                    _ => true,
                };
                rest.push((*part, if agrees { of_parts } else { Weight::Quiet }, Some(at)));
            }
            let (reads, unknown) = match &node.kind {
                NodeKind::Check(check) => {
                    let matcher = Matcher::new(check);
                    (matcher.reads(event), matcher.unknown(event))
                }
                _ => (Vec::new(), Vec::new()),
            };
            self.steps.push(Step { node: id, outcome, weight, reads, unknown, children: Vec::new() });
        }
        (self.steps.len() > first).then_some(first as u32)
    }
}

/// The nodes that a node is made of, with their trees.
pub fn parts(ruleset: &Ruleset, tree: TreeId, node: &Node) -> Vec<(TreeId, NodeId)> {
    match &node.kind {
        NodeKind::And(ids) | NodeKind::Or(ids) => ids.iter().map(|id| (tree, *id)).collect(),
        NodeKind::Not(id) => vec![(tree, *id)],
        NodeKind::Macro { body, .. } => {
            ruleset.tree(*body).map(|inner| (*body, inner.root)).into_iter().collect()
        }
        NodeKind::Check(_) => Vec::new(),
    }
}

/// The outcome of every node of the trees that are asked about.
pub struct Outcomes<'a> {
    ruleset: &'a Ruleset,
    known: SortedMap<TreeId, Vec<Truth>>,
}

impl<'a> Outcomes<'a> {
    /// Evaluates `trees` and those that they link to, each once. Macro bodies stand before the trees that link to them,
    /// and children before their parents, so one pass in order is enough, however deep it all is.
    pub fn new(ruleset: &'a Ruleset, trees: &[TreeId], event: &dyn Fields) -> Self {
        let mut needed = sorted(trees.to_vec(), |tree| *tree);
        needed.dedup();
        let mut rest = trees.to_vec();
        while let Some(tree) = rest.pop() {
            for node in ruleset.tree(tree).map_or(&[][..], |tree| &tree.nodes) {
                if let NodeKind::Macro { body, .. } = &node.kind
                    && insert(&mut needed, *body)
                {
                    rest.push(*body);
                }
            }
        }
        let mut outcomes = Self { ruleset, known: SortedMap::default() };
        for id in needed {
            if let Some(tree) = ruleset.tree(id) {
                let found = tree_outcomes(tree, &outcomes, event);
                outcomes.known.insert(id, found);
            }
        }
        outcomes
    }

    /// The trees that were evaluated, macro bodies before those that link to them.
    pub fn trees(&self) -> impl Iterator<Item = (TreeId, &'a Tree)> + '_ {
        self.known.entries().iter().filter_map(|(id, _)| Some((*id, self.ruleset.tree(*id)?)))
    }

    /// The ruleset whose trees these are.
    pub const fn ruleset(&self) -> &'a Ruleset {
        self.ruleset
    }

    /// The outcome of a node.
    pub fn at(&self, (tree, id): (TreeId, NodeId)) -> Truth {
        self.known.get(&tree).and_then(|tree| tree.get(id.index())).copied().unwrap_or(Truth::False)
    }

    /// Whether a whole tree holds for certain.
    pub fn holds(&self, tree: TreeId) -> bool {
        self.decided(tree) == Some(true)
    }

    /// Whether a whole tree holds; `None` where the event does not say enough to tell.
    pub fn decided(&self, tree: TreeId) -> Option<bool> {
        self.ruleset.tree(tree).map_or(Some(false), |found| self.at((tree, found.root)).decided())
    }

    /// A node of a tree.
    pub fn node(&self, (tree, id): (TreeId, NodeId)) -> Option<&'a Node> {
        self.ruleset.tree(tree)?.nodes.get(id.index())
    }
}

const fn of(holds: Option<bool>) -> Truth {
    match holds {
        Some(true) => Truth::True,
        Some(false) => Truth::False,
        None => Truth::Unknown,
    }
}

/// What `and` makes of its parts, and `or` of them where `all` is false.
fn joined(mut parts: impl Iterator<Item = Option<bool>>, all: bool) -> Option<bool> {
    let unless_open = |so_far, part| match part {
        Some(holds) if holds != all => Err(Some(!all)),
        Some(_) => Ok(so_far),
        None => Ok(None),
    };
    parts.try_fold(Some(all), unless_open).unwrap_or_else(|decided| decided)
}

fn tree_outcomes(tree: &Tree, known: &Outcomes<'_>, event: &dyn Fields) -> Vec<Truth> {
    let mut outcomes: Vec<Truth> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let holds = |id: &NodeId| outcomes.get(id.index()).map_or(Some(false), |outcome| outcome.decided());
        let outcome = match &node.kind {
            NodeKind::And(ids) => of(joined(ids.iter().map(holds), true)),
            NodeKind::Or(ids) => of(joined(ids.iter().map(holds), false)),
            NodeKind::Not(id) => of(holds(id).map(|holds| !holds)),
            NodeKind::Macro { body, .. } => of(known.decided(*body)),
            NodeKind::Check(check) => {
                let matcher = Matcher::new(check);
                match matcher.decide(event) {
                    Some(false) if matcher.is_missing(event) => Truth::Missing,
                    decided => of(decided),
                }
            }
        };
        outcomes.push(outcome);
    }
    outcomes
}

#[cfg(test)]
mod tests;
