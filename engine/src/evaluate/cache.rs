//! What is known: matchers by expression, and bitmaps by expression and block. Everything in here can be computed again
//! at any time, so it may be dropped without changing an answer.

use super::bitmaps::{Accumulator, Bitmap, Sides};
use super::column_test::Tested;
use super::semantics::Matcher;
use crate::compile::{Expr, ExprId, Exprs};
use crate::events::EventStore;

/// What is known about the expressions of one [`Exprs`] on one [`EventStore`]. For others, start with a new one.
#[derive(Default)]
pub struct Cache {
    /// By expression: the matcher of an atom and what it said about values.
    atoms: Vec<Option<Box<Atom>>>,
    /// By block, then by expression: where it is certainly true.
    blocks: Vec<Vec<Option<Bitmap>>>,
    /// The same, where it is possibly true. Only for blocks of partial events; for others that is the same.
    possible: Vec<Vec<Option<Bitmap>>>,
}

/// What is asked about an expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    /// Where it is true, whatever the events leave open.
    Certainly,
    /// Where it may be true.
    Possibly,
}

impl Side {
    const fn other(self) -> Self {
        match self {
            Self::Certainly => Self::Possibly,
            Self::Possibly => Self::Certainly,
        }
    }
}

/// A matcher and what it said about values.
struct Atom {
    matcher: Matcher,
    tested: Tested,
}

/// An `and` or `or` that is being worked out.
struct Frame {
    id: ExprId,
    side: Side,
    next: usize,
    so_far: Accumulator,
}

impl Cache {
    /// Forgets what is known of the events of a block: they have fields now that they did not have.
    pub fn forget(&mut self, block: usize) {
        for known in [self.blocks.get_mut(block), self.possible.get_mut(block)].into_iter().flatten() {
            known.fill(None);
        }
    }

    /// The events are others: of each block the number that it had before, if it is an old one. What matchers said about
    /// values is forgotten unless these `stay` what they were.
    pub fn rearrange(&mut self, before: &[Option<usize>], stay: bool) {
        let new = vec![None; self.atoms.len()];
        for known in [&mut self.blocks, &mut self.possible] {
            let mut take = |at: usize| known.get_mut(at).map(std::mem::take);
            *known = before.iter().map(|at| at.and_then(&mut take).unwrap_or_else(|| new.clone())).collect();
        }
        if !stay {
            for atom in self.atoms.iter_mut().flatten() {
                atom.tested = Tested::default();
            }
        }
    }

    /// The events of `block` on which `root` is certainly or possibly true.
    ///
    /// Works with a stack of its own, as macros may stand in each other without end; a part of a condition that can
    /// no longer change the answer is left alone.
    pub(super) fn bitmap(
        &mut self,
        root: ExprId,
        side: Side,
        exprs: &Exprs,
        store: &EventStore,
        block: usize,
    ) -> Bitmap {
        let Some(events) = store.blocks().get(block) else { return Bitmap::None };
        let (rows, partial) = (events.events.len(), events.partial);
        self.reserve(exprs.len(), store);
        let mut stack: Vec<Frame> = Vec::new();
        // Where nothing is left open there is one side.
        let turned = |side: Side| if partial { side.other() } else { side };
        let mut wanted = (root, if partial { side } else { Side::Certainly });
        loop {
            // Goes down to something that is known or an atom.
            let known = loop {
                let (id, side) = wanted;
                if let Some(known) = self.known(id, side, block) {
                    break known.clone();
                }
                let so_far = match exprs.get(id) {
                    Expr::Atom(check) => {
                        let sides = match self.atoms.get_mut(id.index()) {
                            None => Sides::same(Bitmap::None),
                            Some(place) => {
                                let new = || {
                                    Box::new(Atom { matcher: Matcher::new(check), tested: Tested::default() })
                                };
                                let atom = place.get_or_insert_with(new);
                                atom.tested.bitmap(&atom.matcher, store, block, rows)
                            }
                        };
                        let possibly = sides.possibly.as_ref().unwrap_or(&sides.certainly);
                        self.remember(id, Side::Certainly, block, &sides.certainly);
                        if partial {
                            self.remember(id, Side::Possibly, block, possibly);
                        }
                        break if side == Side::Certainly { sides.certainly } else { possibly.clone() };
                    }
                    Expr::Const(value) => break Bitmap::constant(*value && rows > 0),
                    Expr::Or(_) => Accumulator::or(rows),
                    Expr::And(_) | Expr::Not(_) => Accumulator::and(rows),
                };
                stack.push(Frame { id, side, next: 0, so_far });
                match self.start(exprs.get(id), side, block) {
                    Next::Child(child) => wanted = (child, side),
                    Next::Negated(child) => wanted = (child, turned(side)),
                    Next::Decided(answer) => {
                        stack.pop();
                        self.remember(id, side, block, &answer);
                        break answer;
                    }
                }
            };
            // Goes up as far as answers are complete.
            let mut answer = known;
            loop {
                let Some(frame) = stack.last_mut() else { return answer };
                let children: &[ExprId] = match exprs.get(frame.id) {
                    Expr::And(children) | Expr::Or(children) => {
                        frame.so_far.add(&answer);
                        children
                    }
                    Expr::Not(_) => {
                        frame.so_far.add(&answer.not(rows));
                        &[]
                    }
                    Expr::Atom(_) | Expr::Const(_) => &[],
                };
                frame.next += 1;
                if let Some(child) = children.get(frame.next).filter(|_| !frame.so_far.is_decided()) {
                    wanted = (*child, frame.side);
                    break;
                }
                let Some(done) = stack.pop() else { return answer };
                answer = done.so_far.finish();
                self.remember(done.id, done.side, block, &answer);
            }
        }
    }

    /// The first part to work out; or the answer, if one of the parts is known to decide it.
    fn start(&self, expr: &Expr, side: Side, block: usize) -> Next {
        let (children, deciding): (&[ExprId], _) = match expr {
            Expr::Not(inner) => return Next::Negated(*inner),
            Expr::And(children) => (children, Bitmap::None),
            Expr::Or(children) => (children, Bitmap::All),
            Expr::Atom(_) | Expr::Const(_) => return Next::Decided(Bitmap::None),
        };
        if children.iter().any(|child| self.known(*child, side, block) == Some(&deciding)) {
            return Next::Decided(deciding);
        }
        // `and` of nothing is true, `or` of nothing false.
        let nothing = if deciding == Bitmap::None { Bitmap::All } else { Bitmap::None };
        children.first().map_or(Next::Decided(nothing), |child| Next::Child(*child))
    }

    fn known(&self, id: ExprId, side: Side, block: usize) -> Option<&Bitmap> {
        let known = if side == Side::Certainly { &self.blocks } else { &self.possible };
        known.get(block)?.get(id.index())?.as_ref()
    }

    fn remember(&mut self, id: ExprId, side: Side, block: usize, bitmap: &Bitmap) {
        let known = if side == Side::Certainly { &mut self.blocks } else { &mut self.possible };
        if let Some(place) = known.get_mut(block).and_then(|known| known.get_mut(id.index())) {
            *place = Some(bitmap.clone());
        }
    }

    fn reserve(&mut self, exprs: usize, store: &EventStore) {
        let blocks = store.blocks().len();
        if self.atoms.len() < exprs {
            self.atoms.resize_with(exprs, || None);
        }
        if self.blocks.len() < blocks || self.blocks.first().is_some_and(|known| known.len() < exprs) {
            self.blocks.resize_with(blocks, Vec::new);
            for known in &mut self.blocks {
                known.resize(exprs, None);
            }
            self.possible.resize_with(blocks, Vec::new);
            for (known, block) in self.possible.iter_mut().zip(store.blocks()) {
                if block.partial {
                    known.resize(exprs, None);
                }
            }
        }
    }
}

enum Next {
    Child(ExprId),
    /// The one part of a `not`.
    Negated(ExprId),
    Decided(Bitmap),
}
