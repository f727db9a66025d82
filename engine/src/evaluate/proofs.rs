//! What alerts prove: an event that raised one made the condition of its rule true, as the rule was then. What the rule
//! still says of it rests on what was changed since.

use super::bitmaps::Bitmap;
use super::cache::Side;
use crate::catalog::EventTypes;
use crate::compile::{Expr, ExprId, Exprs, Program, ProgramRule};
use crate::events::EventStore;
use crate::resolve::check::Check;
use rustc_hash::{FxHashMap, FxHashSet};

/// By rule: what alerts prove of it.
#[derive(Default)]
pub struct Proofs {
    rules: Vec<Option<Proof>>,
}

/// What alerts of a rule prove.
pub(super) struct Proof {
    /// The parts of the condition that were true; a part, and whether it is negated.
    parts: FxHashSet<Part>,
    /// The event types that the rule saw then.
    types: EventTypes,
    /// By block: the rows of the events that raised one.
    rows: FxHashMap<usize, Vec<usize>>,
}

type Part = (ExprId, bool);

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
    ) -> Self {
        let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, name) in names.iter().enumerate() {
            by_name.insert(name, at);
        }
        let mut proofs = Self { rules: names.iter().map(|_| None).collect() };
        for (rule, event) in fired(store, &by_name) {
            let Some((block, row)) = store.position(event) else { continue };
            if store.blocks().get(block).is_none_or(|block| !block.partial) {
                continue;
            }
            let (Some(place), Some(now)) = (proofs.rules.get_mut(rule), program.rules.get(rule)) else {
                continue;
            };
            let proof = place.get_or_insert_with(|| {
                let then = match baseline {
                    None => Some((now.base.or(now.whole), now.types)),
                    Some(Baseline { program, names: then }) => {
                        let same = then.iter().position(|name| names.get(rule) == Some(&name.as_str()));
                        same.and_then(|at| program.rules.get(at)).map(|rule| (rule.whole, rule.types))
                    }
                };
                let (whole, types) = then.unwrap_or((None, EventTypes::all()));
                let parts = whole.map(|whole| parts(whole, exprs)).unwrap_or_default();
                Proof { parts: parts.into_iter().collect(), types, rows: FxHashMap::default() }
            });
            proof.rows.entry(block).or_default().push(row);
        }
        proofs
    }

    /// The comparisons that alerts of a rule prove, and whether they hold.
    pub fn checks<'a>(&'a self, rule: usize, exprs: &'a Exprs) -> Vec<(&'a Check, bool)> {
        let parts = self.of(rule).into_iter().flat_map(|proof| &proof.parts);
        let check = |(expr, negated): &Part| match exprs.get(*expr) {
            Expr::Atom(check) => Some((&**check, !negated)),
            _ => None,
        };
        parts.filter_map(check).collect()
    }

    pub(super) fn of(&self, rule: usize) -> Option<&Proof> {
        self.rules.get(rule)?.as_ref()
    }
}

/// Rules and events that raised an alert of them.
pub(crate) fn fired<'a>(
    store: &'a EventStore,
    by_name: &'a FxHashMap<&str, usize>,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    (0..store.len())
        .flat_map(move |event| store.fired(event).filter_map(move |name| Some((*by_name.get(name)?, event))))
}

impl Proof {
    /// The events of a block that raised an alert; `None` where none did.
    pub(super) fn rows(&self, block: usize, rows: usize) -> Option<Bitmap> {
        let fired = self.rows.get(&block)?;
        let mut bits = vec![false; rows];
        for row in fired {
            if let Some(bit) = bits.get_mut(*row) {
                *bit = true;
            }
        }
        Some(Bitmap::from_bits(rows, |row| bits.get(row).copied().unwrap_or(false)))
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
fn parts(expr: ExprId, exprs: &Exprs) -> Vec<Part> {
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
