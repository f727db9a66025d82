//! What is known: matchers by expression, and bitmaps by expression and block. Everything in here can be computed again
//! at any time, so it may be dropped without changing an answer.

use super::bitmaps::{Accumulator, Bitmap};
use super::column_test::Tested;
use super::semantics::Matcher;
use crate::compile::{Expr, ExprId, Exprs};
use crate::events::EventStore;

/// What is known about the expressions of one [`Exprs`] on one [`EventStore`]. For others, start with a new one.
#[derive(Default)]
pub struct Cache {
    /// By expression: the matcher of an atom and what it said about values.
    atoms: Vec<Option<Box<Atom>>>,
    /// By block, then by expression.
    blocks: Vec<Vec<Option<Bitmap>>>,
}

/// A matcher and what it said about values.
struct Atom {
    matcher: Matcher,
    tested: Tested,
}

/// An `and` or `or` that is being worked out.
struct Frame {
    id: ExprId,
    next: usize,
    so_far: Accumulator,
}

impl Cache {
    /// Forgets what is known of the events of a block: they have fields now that they did not have.
    pub fn forget(&mut self, block: usize) {
        if let Some(known) = self.blocks.get_mut(block) {
            known.fill(None);
        }
    }

    /// What `root` says about the events of `block`.
    ///
    /// Works with a stack of its own, as macros may stand in each other without end; a part of a condition that can
    /// no longer change the answer is left alone.
    pub(super) fn bitmap(&mut self, root: ExprId, exprs: &Exprs, store: &EventStore, block: usize) -> Bitmap {
        let Some(rows) = store.blocks().get(block).map(|block| block.events.len()) else {
            return Bitmap::None;
        };
        self.reserve(exprs.len(), store.blocks().len());
        let mut stack: Vec<Frame> = Vec::new();
        let mut wanted = root;
        loop {
            // Goes down to something that is known or an atom.
            let known = loop {
                if let Some(known) = self.known(wanted, block) {
                    break known.clone();
                }
                let so_far = match exprs.get(wanted) {
                    Expr::Atom(check) => {
                        let bitmap = match self.atoms.get_mut(wanted.index()) {
                            None => Bitmap::None,
                            Some(place) => {
                                let new = || {
                                    Box::new(Atom { matcher: Matcher::new(check), tested: Tested::default() })
                                };
                                let atom = place.get_or_insert_with(new);
                                atom.tested.bitmap(&atom.matcher, store, block, rows)
                            }
                        };
                        self.remember(wanted, block, &bitmap);
                        break bitmap;
                    }
                    Expr::Const(value) => break Bitmap::constant(*value && rows > 0),
                    Expr::Or(_) => Accumulator::or(rows),
                    Expr::And(_) | Expr::Not(_) => Accumulator::and(rows),
                };
                stack.push(Frame { id: wanted, next: 0, so_far });
                match self.start(exprs.get(wanted), block) {
                    Next::Child(child) => wanted = child,
                    Next::Decided(answer) => {
                        stack.pop();
                        self.remember(wanted, block, &answer);
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
                    wanted = *child;
                    break;
                }
                let Some(done) = stack.pop() else { return answer };
                answer = done.so_far.finish();
                self.remember(done.id, block, &answer);
            }
        }
    }

    /// The first part to work out; or the answer, if one of the parts is known to decide it.
    fn start(&self, expr: &Expr, block: usize) -> Next {
        let (children, deciding): (&[ExprId], _) = match expr {
            Expr::Not(inner) => return Next::Child(*inner),
            Expr::And(children) => (children, Bitmap::None),
            Expr::Or(children) => (children, Bitmap::All),
            Expr::Atom(_) | Expr::Const(_) => return Next::Decided(Bitmap::None),
        };
        if children.iter().any(|child| self.known(*child, block) == Some(&deciding)) {
            return Next::Decided(deciding);
        }
        // `and` of nothing is true, `or` of nothing false.
        let nothing = if deciding == Bitmap::None { Bitmap::All } else { Bitmap::None };
        children.first().map_or(Next::Decided(nothing), |child| Next::Child(*child))
    }

    fn known(&self, id: ExprId, block: usize) -> Option<&Bitmap> {
        self.blocks.get(block)?.get(id.index())?.as_ref()
    }

    fn remember(&mut self, id: ExprId, block: usize, bitmap: &Bitmap) {
        if let Some(place) = self.blocks.get_mut(block).and_then(|known| known.get_mut(id.index())) {
            *place = Some(bitmap.clone());
        }
    }

    fn reserve(&mut self, exprs: usize, blocks: usize) {
        if self.atoms.len() < exprs {
            self.atoms.resize_with(exprs, || None);
        }
        if self.blocks.len() < blocks || self.blocks.first().is_some_and(|known| known.len() < exprs) {
            self.blocks.resize_with(blocks, Vec::new);
            for known in &mut self.blocks {
                known.resize(exprs, None);
            }
        }
    }
}

enum Next {
    Child(ExprId),
    Decided(Bitmap),
}
