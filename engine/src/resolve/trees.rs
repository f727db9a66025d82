//! Parsed conditions to resolved trees: checks typed, macros linked, places found.

use super::check::{Argument, Check, Operand};
use super::macros::Macros;
use super::tree::{Node, NodeId, NodeKind, Tree, TreeId};
use super::types::{self, Problem, Warning};
use crate::catalog::Scope;
use crate::parse::ast::{self, Condition};
use crate::text::Text;
use std::collections::HashMap;

/// With all macros written out, a condition may have this many nodes.
pub const MAX_NODES: u32 = 100_000;

/// The trees made so far.
#[derive(Default)]
pub(super) struct Trees {
    pub(super) all: Vec<Tree>,
    /// Nodes of each tree with all macros written out.
    sizes: Vec<u32>,
    /// Macro bodies by macro and event source.
    bodies: HashMap<(usize, Box<str>), Made>,
}

/// Fields that lost their meaning when Falco stopped seeing the start of system calls, in the order of its warnings.
pub(super) const DEPRECATED: &[&str] =
    &["evt.dir", "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.human", "evt.wait_latency"];

/// What a condition is made into; that of a macro for one event source.
#[derive(Clone, Default)]
pub(super) struct Made {
    /// None where a check or macro is wrong, or the whole is too large.
    pub(super) tree: Option<TreeId>,
    /// Problems of its own checks, with the text that they are in.
    pub(super) problems: Vec<Problem>,
    /// What Falco refuses and the dialect accepts.
    pub(super) tolerated: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
    /// Deprecated fields that it compares.
    pub(super) deprecated: Vec<&'static str>,
    /// It has no tree because that would be too large.
    pub(super) too_large: bool,
}

impl Trees {
    /// The body of macro `index` for `source`, if it was made.
    pub(super) fn body(&self, index: usize, source: &str) -> Option<&Made> {
        self.bodies.get(&(index, source.into()))
    }

    /// Makes the bodies of the macros in `needed` and of all that they refer to, for events of `scope`.
    pub(super) fn macros(
        &mut self,
        macros: &Macros,
        needed: &[usize],
        scope: Scope<'_>,
        find: &dyn Fn(&str) -> Option<usize>,
    ) {
        let mut wanted = vec![false; macros.macros.len()];
        let mut open: Vec<usize> = needed.to_vec();
        while let Some(at) = open.pop() {
            if let Some(slot) = wanted.get_mut(at).filter(|slot| !**slot) {
                *slot = true;
                open.extend(macros.macros.get(at).map(|linked| linked.uses.as_slice()).unwrap_or_default());
            }
        }
        for &at in macros.order.iter().filter(|at| wanted.get(**at) == Some(&true)) {
            let Some(linked) = macros.macros.get(at).filter(|linked| linked.sound) else { continue };
            if self.bodies.contains_key(&(at, scope.source.into())) {
                continue;
            }
            let made = self.make(&linked.condition, &linked.text, scope, find);
            self.bodies.insert((at, scope.source.into()), made);
        }
    }

    /// Makes a tree of a condition whose macros are made already.
    pub(super) fn make(
        &mut self,
        condition: &Condition,
        text: &Text,
        scope: Scope<'_>,
        find: &dyn Fn(&str) -> Option<usize>,
    ) -> Made {
        let mut made = Made::default();
        let mut nodes = Vec::with_capacity(condition.nodes.len());
        let (mut size, mut sound) = (0_u32, true);
        for node in &condition.nodes {
            size = size.saturating_add(1);
            let ids = |ids: &[ast::NodeId]| ids.iter().map(|id| NodeId(id.0)).collect();
            let kind = match &node.kind {
                ast::NodeKind::And(children) => Some(NodeKind::And(ids(children))),
                ast::NodeKind::Or(children) => Some(NodeKind::Or(ids(children))),
                ast::NodeKind::Not(child) => Some(NodeKind::Not(NodeId(child.0))),
                ast::NodeKind::Macro(name) => {
                    let body = find(name).and_then(|at| self.body(at, scope.source));
                    if let Some(body) = body {
                        made.deprecated.extend(&body.deprecated);
                    }
                    let tree = body.and_then(|body| body.tree);
                    size = size.saturating_add(
                        tree.and_then(|tree| self.sizes.get(tree.index()).copied()).unwrap_or(0),
                    );
                    tree.map(|body| NodeKind::Macro { name: name.clone(), body })
                }
                // Broken throughout; more of the same helps nobody.
                ast::NodeKind::Check(_) if made.problems.len() >= types::MAX_PROBLEMS => None,
                ast::NodeKind::Check(check) => {
                    if scope.is_course() && made.tolerated.len() < types::MAX_PROBLEMS {
                        made.tolerated.extend(types::course::of_check(check, scope));
                    }
                    match types::check(check, scope) {
                        Ok((check, warnings)) => {
                            deprecated(&check, &mut made.deprecated);
                            made.warnings.extend(warnings);
                            Some(NodeKind::Check(Box::new(check)))
                        }
                        Err(problems) => {
                            made.problems.extend(problems);
                            None
                        }
                    }
                }
                ast::NodeKind::Error => None,
            };
            let at = text.locate(node.range);
            match kind.zip(at) {
                Some((kind, at)) => {
                    nodes.push(Node { kind, at, label: label(node.range.slice(text.as_str())) });
                }
                None => sound = false,
            }
        }
        made.too_large = size > MAX_NODES;
        if sound && !made.too_large {
            made.tree = Some(TreeId::new(self.all.len()));
            self.all.push(Tree { nodes, root: NodeId(condition.root.0) });
            self.sizes.push(size);
        }
        made
    }
}

/// A text on one line.
fn label(text: &str) -> Box<str> {
    if text.contains(['\n', '\r', '\t']) || text.contains("  ") {
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").into()
    } else {
        text.into()
    }
}

/// The deprecated fields that a check compares. As Falco does: a field on the right does not count.
fn deprecated(check: &Check, out: &mut Vec<&'static str>) {
    of_operand(&check.left, out);
}

fn of_operand(operand: &Operand, out: &mut Vec<&'static str>) {
    match operand {
        Operand::Field(key) => {
            out.extend(DEPRECATED.iter().filter(|name| **name == key.info().name && key.arg.is_none()));
        }
        Operand::Transform(transform) => transform.args.iter().for_each(|arg| of_argument(arg, out)),
    }
}

fn of_argument(argument: &Argument, out: &mut Vec<&'static str>) {
    match argument {
        Argument::Operand(operand) => of_operand(operand, out),
        Argument::List(list) => list.iter().for_each(|arg| of_argument(arg, out)),
        Argument::Literal(_) => {}
    }
}
