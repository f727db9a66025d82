//! Kubernetes audit logs: the events in them, and the fields that Falco's plugin makes of their JSON. As Falco's extractor
//! does: every field is a text or a list of texts.

mod document;
mod ensure;
mod extract;
mod fields;
mod origin;
mod query;
mod read;
mod tally;
mod tree;
mod walk;

pub(super) use ensure::Records;
pub(super) use read::{Documents, looks_like, read};
