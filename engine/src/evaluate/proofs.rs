//! What alerts prove: an event that raised one made the condition of its rule true, as the rule was then. What the rule
//! still says of it rests on what was changed since.

use super::bitmaps::Bitmap;
use super::cache::Side;
use super::fired::FiredEvents;
use crate::catalog::EventTypes;
use crate::compile::{Expr, ExprId, Exprs, Program, ProgramRule};
use crate::events::EventStore;

/// By rule: what alerts prove of it.
#[derive(Default)]
pub struct Proofs {
    rules: Vec<Option<Proof>>,
}

/// What alerts of a rule prove.
pub struct Proof {
    /// The parts of the condition that were true; a part, and whether it is negated.
    parts: Vec<Part>,
    /// The event types that the rule saw then.
    types: EventTypes,
    /// By block: the events that raised one.
    rows: Vec<(u32, Bitmap)>,
}

/// A part of a condition that must hold, or must not where it is negated.
pub(super) type Part = (ExprId, bool);

/// The rules as they were when alerts were raised.
#[derive(Clone, Copy)]
pub struct Baseline<'a> {
    /// Their program, of the same expressions as that of the rules now.
    pub program: &'a Program,
    /// Their names, in its order.
    pub names: &'a [String],
}

/// Both sides of an expression, for the rows of a block.
pub(super) struct Sided {
    pub(super) certainly: Bitmap,
    pub(super) possibly: Bitmap,
}

impl Proofs {
    /// What the alerts of `store` prove about the rules of `program`, which have these names. Without a baseline the rules are
    /// taken to have been as they are now without their exceptions.
    pub fn new(
        program: &Program,
        names: &[&str],
        baseline: Option<Baseline<'_>>,
        exprs: &Exprs,
        store: &EventStore,
        raised: &FiredEvents,
    ) -> Self {
        let is_partial = |block: u32| store.blocks().get(block as usize).is_some_and(|block| block.partial);
        let of_rule = |(name, now): (&&str, &ProgramRule)| {
            let rows = raised.of(name).iter().filter(|(block, _)| is_partial(*block));
            let rows: Vec<(u32, Bitmap)> = rows.cloned().collect();
            if rows.is_empty() {
                return None;
            }
            let then = match baseline {
                None => Some((now.base.or(now.whole), now.types)),
                Some(Baseline { program, names: then }) => {
                    let same = then.iter().position(|then| then == name);
                    same.and_then(|at| program.rules.get(at)).map(|rule| (rule.whole, rule.types))
                }
            };
            let (whole, types) = then.unwrap_or((None, EventTypes::all()));
            let parts = whole.map(|whole| parts(whole, exprs)).unwrap_or_default();
            Some(Proof { parts, types, rows })
        };
        Self { rules: names.iter().zip(&program.rules).map(of_rule).collect() }
    }

    /// What alerts of a rule prove, if there are some.
    pub fn of(&self, rule: usize) -> Option<&Proof> {
        self.rules.get(rule)?.as_ref()
    }
}

impl Proof {
    /// The events of a block that raised an alert; `None` where none did.
    pub(super) fn rows(&self, block: usize) -> Option<&Bitmap> {
        self.rows.iter().find(|(of, _)| *of as usize == block).map(|(_, rows)| rows)
    }

    /// Whether the event is one of those that raised one.
    pub fn covers(&self, store: &EventStore, event: u32) -> bool {
        let position = store.position(event as usize);
        position.is_some_and(|(block, row)| self.rows(block).is_some_and(|rows| rows.contains(row)))
    }

    /// Whether the alerts prove that an expression was true, or false where it is negated.
    pub fn proves(&self, expr: ExprId, negated: bool) -> bool {
        self.parts.contains(&(expr, negated))
    }

    /// What `expr` says where its proven parts are true.
    pub(super) fn rest(
        &self,
        expr: ExprId,
        exprs: &Exprs,
        rows: usize,
        of: &mut dyn FnMut(ExprId, Side) -> Bitmap,
    ) -> Sided {
        let (mut certainly, mut possibly) = (Bitmap::All, Bitmap::All);
        for part in parts(expr, exprs).into_iter().filter(|part| !self.parts.contains(part)) {
            let (expr, negated) = part;
            let sides = [Side::Certainly, Side::Possibly].map(|side| of(expr, side));
            let [sure, may] = if negated {
                let [sure, may] = sides;
                [may.not(rows), sure.not(rows)]
            } else {
                sides
            };
            certainly = certainly.and(&sure, rows);
            possibly = possibly.and(&may, rows);
        }
        Sided { certainly, possibly }
    }

    /// Whether the events were of types that `rule` sees now.
    pub(super) fn is_seen_by(&self, rule: &ProgramRule) -> bool {
        self.types.intersection(rule.types) == self.types
    }

    /// Whether all of `rule` without its exceptions is proven.
    pub(super) fn proves_base(&self, rule: &ProgramRule, exprs: &Exprs) -> bool {
        let base = rule.base.or(rule.whole);
        base.is_some_and(|base| parts(base, exprs).iter().all(|part| self.parts.contains(part)))
    }
}

/// What must all hold for an expression to hold.
pub(super) fn parts(expr: ExprId, exprs: &Exprs) -> Vec<Part> {
    let (mut out, mut rest) = (Vec::new(), vec![(expr, false)]);
    while let Some((id, negated)) = rest.pop() {
        match (exprs.get(id), negated) {
            (Expr::And(all), false) | (Expr::Or(all), true) => {
                rest.extend(all.iter().rev().map(|part| (*part, negated)));
            }
            (Expr::Not(inner), _) => rest.push((*inner, !negated)),
            _ => out.push((id, negated)),
        }
    }
    out
}
