//! Text to items and conditions. Never fails: every stage returns what it could read, and what it could not.

pub mod node;
mod recover;
pub mod scalar;
pub mod quote;
pub mod yaml;
pub mod wrapped;
pub mod ast;
pub mod token;
pub mod condition;
pub mod print;
pub mod regex;
