//! The engine's worker: what is said between it and the page (`protocol`), the page's side (`client`) and its own
//! (`serve`).

pub(crate) mod client;
pub(crate) mod protocol;
pub(crate) mod serve;
