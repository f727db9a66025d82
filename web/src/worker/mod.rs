//! The engine's worker: what is said between it and the page (`protocol`), the page's side (`client`) and its own
//! (`serve`, and `make` for files).

pub(crate) mod client;
mod make;
pub(crate) mod protocol;
pub(crate) mod serve;
