//! Text to event store: reading our own event files, filling in what Falco would compute, and columns for the
//! evaluator.
//!
//! An event is a map from Falco's field names to values. Nested maps join with dots. Keys without a dot are the event's
//! own: `name`, `note`, `source`, `time`, `expect`, `partial`, `fired`. What rules make of events belongs to `evaluate`.

mod about;
mod alerts;
mod audit;
mod block;
mod build;
mod bytes;
mod columns;
mod derive;
mod derive_text;
pub mod append;
pub mod edit;
mod fill;
mod fired;
mod given;
mod item;
pub(crate) mod json;
mod labels;
mod parts;
mod problems;
mod raw;
mod read;
mod skipped;
mod store;
mod summary;
mod text_index;
pub mod time;
mod times;
mod typed;
mod worked_out;
mod yaml;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_logs;

pub use bytes::Utf8;
pub use fired::{FiredRule, fired_rules, of_other_rules};
pub use given::Given;
pub use item::item;
pub(crate) use parts::Part;
pub use read::{EventsFile, FileRead, Read, Reader, Skipped, read, read_files};
pub use store::{
    About, Block, BlockColumn, BlockId, Cell, Column, ColumnId, EventInfo, EventStore, Expect, Expected, Row,
};
pub use summary::{fields, summaries};
pub use times::follows_from_time;

use crate::catalog::Dialect;

/// Larger files are refused: places are 32-bit numbers.
pub const MAX_BYTES: usize = 1 << 30;

/// More events than this are not read.
pub const MAX_EVENTS: usize = 20_000_000;

/// Maps and lists of an event may stand in each other this deep.
pub const MAX_DEPTH: usize = 32;

/// A list value has at most this many elements.
pub const MAX_LIST: usize = 10_000;

/// Problems of one events file that are reported.
pub const MAX_PROBLEMS: usize = 500;

/// How events are read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Fill in the fields that Falco computes from others.
    pub derive: bool,
    /// `evt.num` of the first event that does not say its own.
    pub first_number: u32,
    /// Remember where every field is written; costs memory, and only [`fields`] needs it.
    pub places: bool,
    /// The dialect of the rules: that of the course has more fields.
    pub dialect: Dialect,
    /// Of alerts in logs, read every so many; 1 reads all.
    pub sample: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { derive: true, first_number: 1, places: true, dialect: Dialect::Falco, sample: 1 }
    }
}
