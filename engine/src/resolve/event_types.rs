//! The event types that a condition can match, as Falco computes them from the tree (sheet `conditions`, section
//! 14.1): a system-call rule runs only on events whose code is in its set.

use super::check::{Check, Constant, Operand, Right};
use super::tree::{NodeId, NodeKind, Tree, TreeId};
use crate::catalog::EventTypes;
use crate::catalog::operators::Operator;
use crate::text::Loc;

/// The event types of every tree of a ruleset.
#[derive(Clone, Debug, Default)]
pub struct TreeTypes(Vec<Sides>);

/// The set of a condition, and that of its negation: only what names event types is turned round.
#[derive(Clone, Copy, Debug)]
struct Sides {
    plain: EventTypes,
    negated: EventTypes,
}

impl TreeTypes {
    /// Computes the sets of all trees. A macro body stands before the trees that link to it.
    pub fn new(trees: &[Tree]) -> Self {
        let mut types = Self::default();
        types.extend(trees);
        types
    }

    /// Computes the sets of those trees of `trees` that have come since the last call.
    pub fn extend(&mut self, trees: &[Tree]) {
        let mut nodes: Vec<Sides> = Vec::new();
        for tree in trees.iter().skip(self.0.len()) {
            self.nodes(tree, &mut nodes);
            self.0.push(nodes.get(tree.root.index()).copied().unwrap_or_else(neutral));
        }
    }

    /// The sets of all nodes of a tree.
    fn nodes(&self, tree: &Tree, nodes: &mut Vec<Sides>) {
        nodes.clear();
        for node in &tree.nodes {
            let child = |id: &NodeId| nodes.get(id.index()).copied().unwrap_or_else(neutral);
            let sides = match &node.kind {
                NodeKind::And(children) => all_of(children.iter().map(child)),
                NodeKind::Or(children) => turned(all_of(children.iter().map(|id| turned(child(id))))),
                NodeKind::Not(inner) => turned(child(inner)),
                NodeKind::Macro { body, .. } => self.0.get(body.index()).copied().unwrap_or_else(neutral),
                NodeKind::Check(check) => of_check(check),
            };
            nodes.push(sides);
        }
    }

    /// Where a condition sees more than `most` codes because of one branch of an `or` while others restrict the event type:
    /// that branch, which may stand in a macro.
    pub fn open_branch(&self, trees: &[Tree], tree: TreeId, most: usize) -> Option<Loc> {
        let root = trees.get(tree.index())?.root;
        Search { types: self, trees, most, left: MAX_SEARCH }.branch(tree, root)
    }

    /// The codes of the events that a rule with this condition sees, if its source is `syscall`.
    pub fn of(&self, tree: TreeId) -> EventTypes {
        self.0.get(tree.index()).map_or_else(EventTypes::all, |sides| sides.plain.with_async())
    }
}

/// Nodes and macros that are looked at to find the branch without an event type.
const MAX_SEARCH: usize = 200;

struct Search<'a> {
    types: &'a TreeTypes,
    trees: &'a [Tree],
    most: usize,
    left: usize,
}

impl Search<'_> {
    fn branch(&mut self, id: TreeId, node: NodeId) -> Option<Loc> {
        let tree = self.trees.get(id.index())?;
        let mut sets = Vec::new();
        self.types.nodes(tree, &mut sets);
        self.in_node(tree, &sets, node)
    }

    fn in_node(&mut self, tree: &Tree, sets: &[Sides], id: NodeId) -> Option<Loc> {
        self.left = self.left.checked_sub(1)?;
        let most = self.most;
        let is_open = |id: &&NodeId| sets.get(id.index()).is_none_or(|sides| sides.plain.len() > most);
        match &tree.nodes.get(id.index())?.kind {
            NodeKind::Or(branches) if !branches.iter().all(|id| is_open(&id)) => {
                let open = *branches.iter().find(is_open)?;
                self.in_node(tree, sets, open).or_else(|| tree.nodes.get(open.index()).map(|node| node.at))
            }
            // One of the parts would restrict it but for one of its branches.
            NodeKind::And(parts) => {
                parts.iter().filter(is_open).find_map(|part| self.in_node(tree, sets, *part))
            }
            NodeKind::Macro { body, .. } => self.branch(*body, self.trees.get(body.index())?.root),
            NodeKind::Or(_) | NodeKind::Not(_) | NodeKind::Check(_) => None,
        }
    }
}

/// A check that says nothing about event types: all, also under `not`.
fn neutral() -> Sides {
    Sides { plain: EventTypes::all(), negated: EventTypes::all() }
}

fn turned(sides: Sides) -> Sides {
    Sides { plain: sides.negated, negated: sides.plain }
}

fn all_of(children: impl Iterator<Item = Sides>) -> Sides {
    let start = Sides { plain: EventTypes::all(), negated: EventTypes::NONE };
    children.fold(start, |so_far, child| Sides {
        plain: so_far.plain.intersection(child.plain),
        negated: so_far.negated.union(child.negated),
    })
}

/// A check that holds for events of these types and no others.
fn exactly(types: EventTypes) -> Sides {
    Sides { plain: types, negated: types.complement() }
}

fn of_check(check: &Check) -> Sides {
    let (Operand::Field(key), None) = (&check.left, check.modifier) else { return neutral() };
    match (key.info().name, &check.right) {
        ("evt.type" | "syscall.type", Right::Nothing) => exactly(EventTypes::all()),
        ("evt.type" | "syscall.type", Right::Constants(names)) => {
            let types = names.iter().fold(EventTypes::NONE, |set, name| set.union(of_name(name)));
            match check.op {
                Operator::Eq | Operator::EqEq | Operator::In => exactly(types),
                Operator::Ne => turned(exactly(types)),
                _ => neutral(),
            }
        }
        ("evt.num", Right::Constants(numbers)) => match of_number(check.op, numbers) {
            Some(true) => exactly(EventTypes::all()),
            Some(false) => exactly(EventTypes::NONE),
            None => neutral(),
        },
        _ => neutral(),
    }
}

fn of_name(name: &Constant) -> EventTypes {
    match name {
        Constant::Bytes(bytes) => std::str::from_utf8(bytes).map_or(EventTypes::NONE, EventTypes::named),
        _ => EventTypes::NONE,
    }
}

/// Whether a comparison of `evt.num`, which counts from 1, always or never holds.
fn of_number(op: Operator, numbers: &[Constant]) -> Option<bool> {
    let mut numbers = numbers.iter().map(|number| match number {
        Constant::Integer(number) => *number,
        _ => i128::MAX,
    });
    if op == Operator::In {
        return numbers.all(|number| number < 1).then_some(false);
    }
    let number = numbers.next()?;
    match op {
        Operator::Eq | Operator::EqEq | Operator::Le => (number < 1).then_some(false),
        Operator::Lt => (number <= 1).then_some(false),
        Operator::Ne | Operator::Gt => (number < 1).then_some(true),
        Operator::Ge => (number <= 1).then_some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldKey;
    use crate::catalog::event_types::CODES;
    use crate::resolve::tree::Node;
    use crate::text::{SourceId, Span};

    fn tree(kinds: Vec<NodeKind>) -> Tree {
        let at = Loc::new(SourceId(0), Span::default());
        let nodes: Vec<Node> = kinds.into_iter().map(|kind| Node { kind, at, label: "".into() }).collect();
        Tree { root: NodeId::new(nodes.len() - 1), nodes }
    }

    fn check(field: &str, op: Operator, values: Vec<Constant>) -> NodeKind {
        let left = Operand::Field(FieldKey::named(field).unwrap());
        let right = if op == Operator::Exists { Right::Nothing } else { Right::Constants(values) };
        NodeKind::Check(Box::new(Check { left, op, modifier: None, right }))
    }

    fn names(names: &[&str]) -> Vec<Constant> {
        names.iter().map(|name| Constant::Bytes(name.as_bytes().into())).collect()
    }

    fn len(kinds: Vec<NodeKind>) -> usize {
        TreeTypes::new(&[tree(kinds)]).of(TreeId(0)).len()
    }

    #[test]
    fn checks_of_the_event_type_select_its_codes() {
        let t = "evt.type";
        assert_eq!(len(vec![check(t, Operator::Eq, names(&["open"]))]), 3, "with asynchronous events");
        assert_eq!(len(vec![check(t, Operator::In, names(&["open", "uname"]))]), 5);
        assert_eq!(len(vec![check(t, Operator::In, vec![])]), 1);
        assert_eq!(len(vec![check(t, Operator::Ne, names(&["open"]))]), CODES - 2);
        assert_eq!(len(vec![check(t, Operator::Startswith, names(&["open"]))]), CODES);
        assert_eq!(len(vec![check(t, Operator::Exists, vec![])]), CODES);
        assert_eq!(len(vec![check(t, Operator::Exists, vec![]), NodeKind::Not(NodeId(0))]), 1);
        assert_eq!(
            len(vec![check("proc.name", Operator::Eq, names(&["open"])), NodeKind::Not(NodeId(0))]),
            CODES
        );
    }

    #[test]
    fn logic_is_that_of_sets_with_not_pushed_to_the_leaves() {
        let open = || check("evt.type", Operator::Eq, names(&["open"]));
        let execve = || check("evt.type", Operator::Eq, names(&["execve"]));
        let name = || check("proc.name", Operator::Eq, names(&["sh"]));
        let both = || vec![NodeId(0), NodeId(1)];
        let execve_codes = EventTypes::named("execve").len();
        assert_eq!(len(vec![open(), execve(), NodeKind::Or(both())]), 3 + execve_codes);
        assert_eq!(len(vec![open(), execve(), NodeKind::And(both())]), 1);
        assert_eq!(len(vec![open(), name(), NodeKind::And(both())]), 3);
        assert_eq!(len(vec![open(), name(), NodeKind::Or(both())]), CODES);
        assert_eq!(len(vec![open(), name(), NodeKind::And(both()), NodeKind::Not(NodeId(2))]), CODES);
        assert_eq!(len(vec![open(), name(), NodeKind::Or(both()), NodeKind::Not(NodeId(2))]), CODES - 2);
    }

    #[test]
    fn numbers_of_events_select_all_or_none() {
        let number = |op, n: i128| len(vec![check("evt.num", op, vec![Constant::Integer(n)])]);
        assert_eq!(number(Operator::Eq, 0), 1);
        assert_eq!(number(Operator::Lt, 1), 1);
        assert_eq!(number(Operator::Le, 0), 1);
        assert_eq!(number(Operator::Gt, 0), CODES);
        let never = check("evt.num", Operator::Eq, vec![Constant::Integer(0)]);
        assert_eq!(len(vec![never, NodeKind::Not(NodeId(0))]), CODES);
        let always = check("evt.num", Operator::Ge, vec![Constant::Integer(1)]);
        assert_eq!(len(vec![always, NodeKind::Not(NodeId(0))]), 1);
        assert_eq!(len(vec![check("evt.num", Operator::In, vec![])]), 1);
        assert_eq!(number(Operator::Eq, 5), CODES);
    }

    #[test]
    fn the_branch_without_an_event_type_is_found() {
        let at = |start| Loc::new(SourceId(0), Span::new(start, start + 1));
        let open = || check("evt.type", Operator::Eq, names(&["open"]));
        let name = || check("proc.name", Operator::Eq, names(&["sh"]));
        // user.name = a and ((evt.type = open and proc.name = sh) or (proc.name = sh and …) or …)
        let kinds = vec![
            name(),
            open(),
            name(),
            NodeKind::And(vec![NodeId(1), NodeId(2)]),
            name(),
            NodeKind::Or(vec![NodeId(3), NodeId(4)]),
            NodeKind::And(vec![NodeId(0), NodeId(5)]),
        ];
        let mut body = tree(kinds);
        for (number, node) in body.nodes.iter_mut().enumerate() {
            node.at = at(number as u32);
        }
        let link = tree(vec![
            name(),
            NodeKind::Macro { name: "m".into(), body: TreeId(0) },
            NodeKind::And(vec![NodeId(0), NodeId(1)]),
        ]);
        let whole = tree(vec![name(), name(), NodeKind::Or(vec![NodeId(0), NodeId(1)])]);
        let trees = [body, link, whole];
        let types = TreeTypes::new(&trees);
        let branch = |tree| types.open_branch(&trees, TreeId(tree), 100);
        assert_eq!(branch(0), Some(at(4)));
        assert_eq!(branch(1), Some(at(4)), "in a macro");
        assert_eq!(branch(2), None, "no branch restricts it");
    }

    #[test]
    fn macros_are_followed() {
        let body = tree(vec![check("evt.type", Operator::Eq, names(&["open"]))]);
        let link =
            tree(vec![NodeKind::Macro { name: "m".into(), body: TreeId(0) }, NodeKind::Not(NodeId(0))]);
        assert_eq!(TreeTypes::new(&[body, link]).of(TreeId(1)).len(), CODES - 2);
    }
}
