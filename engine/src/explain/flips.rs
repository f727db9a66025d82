//! Which comparisons would have to come out otherwise for a condition to turn.

use crate::evaluate::explain::{Outcomes, parts};
use crate::resolve::tree::{NodeId, NodeKind, TreeId};
use crate::text::{SortedMap, insert, sorted};

/// A comparison that must come out otherwise than it does, or does not for certain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Flip {
    /// The comparison.
    pub(super) node: (TreeId, NodeId),
    /// How it must come out.
    pub(super) to: bool,
}

/// Comparisons that must all come out otherwise, in order.
pub(super) type Flips = Vec<Flip>;

/// Sets that are kept per part of a condition.
const KEPT: usize = 12;

/// Comparisons in a set. Many may be about one field.
const LARGEST: usize = 8;

/// What makes a part false and what makes it true.
type Ways = [Vec<Flips>; 2];

/// Small sets of flips that turn `tree` to `to`, the smallest first. Within the limits above, and as if comparisons had
/// nothing to do with each other: whoever applies one must look whether it works.
pub(super) fn smallest(outcomes: &Outcomes<'_>, tree: TreeId, to: bool) -> Vec<Flips> {
    let mut known: SortedMap<TreeId, Vec<Ways>> = SortedMap::default();
    for (id, tree) in outcomes.trees() {
        let mut ways: Vec<Ways> = Vec::with_capacity(tree.nodes.len());
        for (at, node) in tree.nodes.iter().enumerate() {
            let here = (id, NodeId::new(at));
            let decided = outcomes.at(here).decided();
            let part = |(tree, node): (TreeId, NodeId), to: bool| -> &[Flips] {
                let of_tree = if tree == id { Some(&ways) } else { known.get(&tree) };
                let found = of_tree.and_then(|ways| ways.get(node.index()));
                found.and_then(|ways| ways.get(usize::from(to))).map_or(&[], Vec::as_slice)
            };
            let parts = parts_of(outcomes, here);
            let to_be = |to: bool| match &node.kind {
                _ if decided == Some(to) => vec![Flips::new()],
                NodeKind::Check(_) => vec![vec![Flip { node: here, to }]],
                NodeKind::Not(_) => parts.iter().flat_map(|child| part(*child, !to)).cloned().collect(),
                NodeKind::Macro { .. } => parts.iter().flat_map(|child| part(*child, to)).cloned().collect(),
                NodeKind::And(_) if !to => either(parts.iter().map(|child| part(*child, false))),
                NodeKind::Or(_) if to => either(parts.iter().map(|child| part(*child, true))),
                NodeKind::And(_) | NodeKind::Or(_) => all(parts.iter().map(|child| part(*child, to))),
            };
            ways.push([to_be(false), to_be(true)]);
        }
        known.insert(id, ways);
    }
    let root = outcomes.trees().find(|(id, _)| *id == tree).map(|(_, tree)| tree.root);
    let found = root.and_then(|root| known.get(&tree)?.get(root.index())?.get(usize::from(to)).cloned());
    found.unwrap_or_default()
}

/// How many comparisons would at least have to come out otherwise for `tree` to turn; as for [`smallest`], as if they had
/// nothing to do with each other.
pub(super) fn distance(outcomes: &Outcomes<'_>, tree: TreeId) -> u32 {
    let mut known: SortedMap<TreeId, Vec<u32>> = SortedMap::default();
    for (id, tree) in outcomes.trees() {
        let mut costs: Vec<u32> = Vec::with_capacity(tree.nodes.len());
        for (at, node) in tree.nodes.iter().enumerate() {
            let here = (id, NodeId::new(at));
            let holds = outcomes.at(here).holds();
            // What it costs to turn a part; one that is as wanted already costs nothing.
            let cost = |(tree, node): (TreeId, NodeId)| {
                let of_tree = if tree == id { Some(&costs) } else { known.get(&tree) };
                of_tree.and_then(|costs| costs.get(node.index())).copied().unwrap_or(u32::MAX)
            };
            let parts = parts_of(outcomes, here);
            let to_turn =
                parts.iter().filter(|part| outcomes.at(**part).holds() == holds).map(|part| cost(*part));
            costs.push(match &node.kind {
                NodeKind::Check(_) => 1,
                NodeKind::Not(_) | NodeKind::Macro { .. } => {
                    parts.iter().map(|part| cost(*part)).min().unwrap_or(1)
                }
                NodeKind::And(_) if holds => to_turn.min().unwrap_or(1),
                NodeKind::Or(_) if !holds => to_turn.min().unwrap_or(1),
                NodeKind::And(_) | NodeKind::Or(_) => to_turn.fold(0, u32::saturating_add),
            });
        }
        known.insert(id, costs);
    }
    let root = outcomes.trees().find(|(id, _)| *id == tree).map(|(_, tree)| tree.root);
    root.and_then(|root| known.get(&tree)?.get(root.index()).copied()).unwrap_or(u32::MAX)
}

fn parts_of(outcomes: &Outcomes<'_>, here: (TreeId, NodeId)) -> Vec<(TreeId, NodeId)> {
    outcomes.node(here).map(|node| parts(outcomes.ruleset(), here.0, node)).unwrap_or_default()
}

/// One of the parts must turn.
fn either<'a>(ways: impl Iterator<Item = &'a [Flips]>) -> Vec<Flips> {
    trimmed(ways.flatten().cloned().collect())
}

/// All of the parts must turn, or stay.
fn all<'a>(ways: impl Iterator<Item = &'a [Flips]>) -> Vec<Flips> {
    let mut so_far = vec![Flips::new()];
    for ways in ways {
        let joined = so_far.iter().flat_map(|one| ways.iter().filter_map(|other| join(one, other)));
        so_far = trimmed(joined.collect());
    }
    so_far
}

fn join(one: &Flips, other: &Flips) -> Option<Flips> {
    let mut joined = one.clone();
    for flip in other {
        insert(&mut joined, *flip);
    }
    let agrees = joined.windows(2).all(|pair| !matches!(pair, [a, b] if a.node == b.node));
    (agrees && joined.len() <= LARGEST).then_some(joined)
}

fn trimmed(sets: Vec<Flips>) -> Vec<Flips> {
    let sets = sorted(sets, Vec::len);
    let mut out: Vec<Flips> = Vec::with_capacity(sets.len().min(KEPT));
    for set in sets {
        if out.len() >= KEPT {
            break;
        }
        if !out.contains(&set) {
            out.push(set);
        }
    }
    out
}
