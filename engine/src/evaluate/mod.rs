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
mod fired;
mod proofs;
mod deciding;
mod verdicts;
#[cfg(test)]
mod verdicts_tests;

pub use bitmaps::Bitmap;
pub use cache::Cache;
pub use deciding::{deciding, leaves_type_open};
pub use fired::FiredEvents;
pub use proofs::{Baseline, Proof, Proofs};
pub use semantics::{Fields, Matcher};
pub use verdicts::{
    Excluded, Held, RuleVerdicts, Undecided, Verdicts, evaluate, evaluate_rule, evaluate_with,
};
