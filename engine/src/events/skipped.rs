//! Records of an events file that were not read: nothing is dropped without being counted.

use crate::text::{Message, Span};

/// So many places are kept for each reason.
const MAX_PLACES: usize = 20;

/// Records that were not read, all for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// What they are, or why they cannot be read.
    pub reason: Message,
    /// How many there are.
    pub count: u32,
    /// Where the first of them stand.
    pub first: Vec<Span>,
}

/// The records of one file, while it is read.
#[derive(Default)]
pub(super) struct SkippedRecords(Vec<Skipped>);

impl SkippedRecords {
    /// Counts a record at `at`.
    pub(super) fn add(&mut self, reason: fn() -> Message, at: Span) {
        let reason = reason();
        let found = self.0.iter_mut().find(|skipped| skipped.reason == reason);
        if let Some(skipped) = found {
            skipped.count += 1;
            if skipped.first.len() < MAX_PLACES {
                skipped.first.push(at);
            }
        } else {
            self.0.push(Skipped { reason, count: 1, first: vec![at] });
        }
    }

    /// All of them, in the order in which the reasons were met.
    pub(super) fn finish(self) -> Vec<Skipped> {
        self.0
    }
}
