//! What became of the events files.

use super::Place;
use crate::text::Message;
use serde::{Deserialize, Serialize};

/// What an events file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventsKind {
    /// Events in our own form: maps from field names to values.
    #[default]
    Fields,
    /// Alerts of Falco, however they were collected.
    Alerts,
    /// Audit events of Kubernetes.
    Audit,
}

/// What became of one events file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventsFile {
    /// Its name.
    pub name: String,
    /// As what it was read.
    pub kind: EventsKind,
    /// Number of events in it.
    pub events: u32,
    /// Its size.
    pub bytes: u32,
    /// Records that are no events of this kind, by reason.
    pub skipped: Vec<Skipped>,
}

/// Records of an events file that were not read, all for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// What they are, or why they cannot be read.
    pub reason: Message,
    /// How many there are.
    pub count: u32,
    /// Where the first of them stand.
    pub first: Vec<Place>,
}
