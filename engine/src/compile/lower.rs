//! Lowers trees to expressions. A macro becomes its body, so a rule and its macro share what is known about both.

use super::expr::{Expr, ExprId, Exprs};
use crate::catalog::{EventTypes, SYSCALL};
use crate::report::Status;
use crate::resolve::event_types::TreeTypes;
use crate::resolve::ruleset::{Rule, Ruleset};
use crate::resolve::tree::{NodeId, NodeKind, TreeId};

/// What is evaluated: one entry per rule of the ruleset, in its order.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The rules.
    pub rules: Vec<ProgramRule>,
}

/// A rule, as the evaluator needs it.
#[derive(Clone, Debug)]
pub struct ProgramRule {
    /// Its event source.
    pub source: Box<str>,
    /// The codes of the events that it sees.
    pub types: EventTypes,
    /// The whole condition with exceptions; None for rules that take no part.
    pub whole: Option<ExprId>,
    /// The condition without exceptions; None where it is the whole one.
    pub base: Option<ExprId>,
    /// By exception and tuple, what excludes an event; None where a tuple cannot be told from the others.
    pub exceptions: Vec<Vec<Option<ExprId>>>,
}

/// Makes the program of a ruleset. Rules that are not active have nothing to evaluate.
pub fn lower(ruleset: &Ruleset, exprs: &mut Exprs) -> Program {
    let trees = lower_trees(ruleset, exprs);
    let types = TreeTypes::new(&ruleset.trees);
    let expr = |tree: Option<TreeId>| tree.and_then(|tree| trees.get(tree.index()).copied());
    let rule = |rule: &Rule| {
        let active = rule.status == Status::Active;
        let tree = rule.tree.filter(|_| active);
        let seen =
            tree.filter(|_| rule.source == SYSCALL).map_or_else(EventTypes::all, |tree| types.of(tree));
        let exceptions = rule.exceptions.iter().map(|exception| {
            let tuples = exception.tuples.iter().map(|tuple| expr(tuple.tree));
            tuples.collect()
        });
        ProgramRule {
            source: rule.source.as_str().into(),
            types: seen,
            whole: expr(tree),
            base: expr(rule.base.filter(|base| active && Some(*base) != tree)),
            exceptions: exceptions.collect(),
        }
    };
    Program { rules: ruleset.rules.iter().map(rule).collect() }
}

/// The expression of each tree. Children stand before their parents and macro bodies before what links to them; a link
/// that goes nowhere is false.
fn lower_trees(ruleset: &Ruleset, exprs: &mut Exprs) -> Vec<ExprId> {
    let mut trees: Vec<ExprId> = Vec::with_capacity(ruleset.trees.len());
    let mut nodes: Vec<ExprId> = Vec::new();
    for tree in &ruleset.trees {
        nodes.clear();
        for node in &tree.nodes {
            let children = |ids: &[NodeId]| {
                ids.iter().filter_map(|id| nodes.get(id.index()).copied()).collect::<Box<[_]>>()
            };
            let id = match &node.kind {
                NodeKind::And(ids) => exprs.intern(Expr::And(children(ids))),
                NodeKind::Or(ids) => exprs.intern(Expr::Or(children(ids))),
                NodeKind::Not(inner) => match nodes.get(inner.index()) {
                    Some(inner) => exprs.intern(Expr::Not(*inner)),
                    None => exprs.intern(Expr::Const(false)),
                },
                NodeKind::Macro { body, .. } => match trees.get(body.index()) {
                    Some(body) => *body,
                    None => exprs.intern(Expr::Const(false)),
                },
                NodeKind::Check(check) => exprs.atom(check),
            };
            nodes.push(id);
        }
        let root = nodes.get(tree.root.index()).copied();
        trees.push(root.unwrap_or_else(|| exprs.intern(Expr::Const(false))));
    }
    trees
}
