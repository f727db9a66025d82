//! Resolved conditions: trees in which macros are links, lists are expanded, checks are typed, and every node knows
//! its place. The explaining evaluator walks them; the compiler lowers them.

use super::check::Check;
use crate::text::{Loc, define_id};

define_id! {
    /// A node of one tree.
    NodeId
}

define_id! {
    /// A tree of the ruleset.
    TreeId
}

/// A resolved condition: a rule's, a macro's (once per event source that uses it), or an exception tuple's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The nodes; children stand before their parents.
    pub nodes: Vec<Node>,
    /// The node that is the whole condition.
    pub root: NodeId,
}

/// A node of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it is written.
    pub at: Loc,
    /// Its text as Falco parses it (after list expansion), on one line.
    pub label: Box<str>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// True if all are; at least two.
    And(Vec<NodeId>),
    /// True if one is; at least two.
    Or(Vec<NodeId>),
    /// True if the other is false.
    Not(NodeId),
    /// A macro, resolved for the same event source.
    Macro {
        /// Its name.
        name: Box<str>,
        /// Its body.
        body: TreeId,
    },
    /// A comparison of a field.
    Check(Box<Check>),
}
