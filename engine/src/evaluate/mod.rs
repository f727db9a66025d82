//! What rules say about events.

mod pattern;
mod term;
mod transform;
mod compare;
pub mod semantics;
pub mod explain;
pub mod alert;
mod bitmaps;
mod column_test;
mod cache;
mod proofs;
mod verdicts;
#[cfg(test)]
mod verdicts_tests;

pub use bitmaps::Bitmap;
pub use cache::Cache;
pub(crate) use proofs::fired;
pub use proofs::{Baseline, Proofs};
pub use semantics::{Fields, Matcher};
pub use verdicts::{
    Excluded, Held, RuleVerdicts, Undecided, Verdicts, evaluate, evaluate_rule, evaluate_with,
};
