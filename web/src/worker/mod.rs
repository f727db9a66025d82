//! The engine's worker: what is said between it and the page (`protocol`), the page's side (`client`) and its own
//! (`serve`, with `make` for files that it makes and `logs` for those that only it holds).

pub(crate) mod client;
pub(crate) mod logs;
mod make;
pub(crate) mod protocol;
pub(crate) mod serve;
