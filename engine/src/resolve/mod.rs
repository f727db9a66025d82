//! Items to the ruleset, in Falco's order: collect, exceptions, lists, macros, types.

pub mod check;
pub mod types;
pub mod output;
pub mod event_types;
pub mod ruleset;
pub mod tree;
