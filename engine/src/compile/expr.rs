//! Expressions: what a condition says, without how and where it is written. Equal structure has equal ids, across rules,
//! macros and edits; so whatever is known about an expression stays known as long as its text means the same.

use crate::resolve::check::Check;
use crate::text::define_id;
use std::collections::HashMap;

define_id! {
    /// An expression. Those it is made of have smaller ids.
    ExprId
}

/// An expression.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Expr {
    /// True if all are.
    And(Box<[ExprId]>),
    /// True if one is.
    Or(Box<[ExprId]>),
    /// True if the other is false.
    Not(ExprId),
    /// A check.
    Atom(Box<Check>),
    /// Always this.
    Const(bool),
}

/// All expressions that were ever needed.
#[derive(Clone, Debug, Default)]
pub struct Exprs {
    all: Vec<Expr>,
    ids: HashMap<Expr, ExprId, FastHash>,
    atoms: HashMap<Box<Check>, ExprId, FastHash>,
}

impl Exprs {
    /// The expression with this id.
    pub fn get(&self, id: ExprId) -> &Expr {
        self.all.get(id.index()).unwrap_or(&Expr::Const(false))
    }

    /// Number of expressions.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The id of a check.
    pub(super) fn atom(&mut self, check: &Check) -> ExprId {
        if let Some(id) = self.atoms.get(check) {
            return *id;
        }
        let id = self.push(Expr::Atom(Box::new(check.clone())));
        self.atoms.insert(Box::new(check.clone()), id);
        id
    }

    /// The id of an expression that is not an atom.
    pub(super) fn intern(&mut self, expr: Expr) -> ExprId {
        if let Expr::Not(inner) = expr
            && let Expr::Not(twice) = self.get(inner)
        {
            return *twice;
        }
        if let Some(id) = self.ids.get(&expr) {
            return *id;
        }
        let id = self.push(expr.clone());
        self.ids.insert(expr, id);
        id
    }

    fn push(&mut self, expr: Expr) -> ExprId {
        let id = ExprId::new(self.all.len());
        self.all.push(expr);
        id
    }
}

/// FNV-1a over words: checks are hashed at every keystroke, and nobody gains by making them collide.
type FastHash = std::hash::BuildHasherDefault<Fnv>;

#[derive(Clone, Copy, Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.word(word);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.word(byte.into());
    }

    fn write_u32(&mut self, word: u32) {
        self.word(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.word(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.word(word as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}
