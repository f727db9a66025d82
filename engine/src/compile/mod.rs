//! Ruleset to program: expressions without names and places, each once.

mod expr;
mod lower;

pub use expr::{Expr, ExprId, Exprs};
pub use lower::{Program, ProgramRule, lower};
