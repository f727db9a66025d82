//! Expressions: what a condition says, without how and where it is written. Equal structure has equal ids, across rules,
//! macros and edits; so whatever is known about an expression stays known as long as its text means the same.

use crate::resolve::check::Check;
use crate::text::define_id;
use rustc_hash::FxHashMap;

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
    ids: FxHashMap<Expr, ExprId>,
    atoms: FxHashMap<Box<Check>, ExprId>,
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

    /// The id of an expression that is not an atom, if there is one like it.
    pub fn find(&self, expr: &Expr) -> Option<ExprId> {
        match expr {
            Expr::Not(inner) if let Expr::Not(twice) = self.get(*inner) => Some(*twice),
            _ => self.ids.get(expr).copied(),
        }
    }

    /// The id of a check, if there is one like it.
    pub fn find_check(&self, check: &Check) -> Option<ExprId> {
        self.atoms.get(check).copied()
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
