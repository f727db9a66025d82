//! Falco rules without Falco: a pure library that turns rules files and event files into diagnostics, verdicts
//! and explanations. It does no IO, reads no clock, starts no thread and never panics on user input.
//!
//! The modules stand in the order of the pipeline (see ARCHITECTURE.md); each uses only those above it.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::todo)
)]
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod text;
pub mod catalog;
pub mod value;
pub mod parse;
pub mod config;
pub mod resolve;
pub mod compile;
pub mod lint;
pub mod events;
pub mod evaluate;
pub mod explain;
pub mod ide;
pub mod tuning;
pub mod export;
pub mod redact;
pub mod report;
mod session;

pub use session::{NewEvents, Redacting, Session};
