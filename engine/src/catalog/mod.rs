//! What Falco knows, as tables without control flow.

pub mod codes;
pub mod messages;
