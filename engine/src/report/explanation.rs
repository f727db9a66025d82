//! Why a rule says what it says about an event, and what would have to be otherwise.

use super::{Message, Place, Possible, Status};
use serde::{Deserialize, Serialize};

/// A rule's answer on an event, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Position in `Report::rules`.
    pub rule: u32,
    /// Position of the event, from 0.
    pub event: u32,
    /// The answer.
    pub answer: Answer,
    /// What an alert proves that the event raised, where the answer rests on that.
    pub proof: Option<Proof>,
    /// The reason in one sentence.
    pub sentence: Message,
    /// The fields that would decide an answer that is left open, those first that may do so alone.
    pub deciding: Vec<String>,
    /// Number of those: some value of such a field settles whether the rule matches, whatever the others say. A field that is
    /// the only one settles it with any value.
    pub alone: u32,
    /// The parts of condition and exceptions; children stand behind their parents.
    pub steps: Vec<Step>,
    /// Positions of the whole condition and, behind it, of each exception that can exclude something.
    pub roots: Vec<u32>,
    /// False where parts were left out because there are too many.
    pub complete: bool,
}

/// What an alert proves about the condition of its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// All of it, exceptions aside; else some of its parts.
    pub whole_condition: bool,
    /// The rule as it was then is not known; it is taken to have been what it is now.
    pub assumed: bool,
}

/// A rule's answer on an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// It matches.
    Matches,
    /// Its condition holds, and an exception excludes the event.
    Suppressed,
    /// Its condition does not hold.
    No,
    /// The event does not say enough to tell.
    Undecided(Possible),
    /// It reads events of another source.
    OtherSource,
    /// It does not take part.
    NotRunning(Status),
}

/// A part of a condition or of an exception.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// As the user wrote it, on one line; for exceptions and their tuples a name or the values.
    pub label: String,
    /// Where it is written.
    pub at: Place,
    /// Whether it holds.
    pub truth: Truth,
    /// Whether that is known from the alert that the event raised.
    pub proven: bool,
    /// What it means for the answer.
    pub weight: Weight,
    /// The fields that a comparison reads, and their values as outputs print them; `None` for a missing one.
    pub reads: Vec<(String, Option<String>)>,
    /// The fields that a comparison would need and that the event does not say.
    pub unknown: Vec<String>,
    /// Of a list that is compared: the item that made it hold.
    pub hit: Option<String>,
    /// Positions of its parts.
    pub children: Vec<u32>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepKind {
    /// All of its parts must hold.
    And,
    /// One of its parts must hold.
    Or,
    /// Its part must not hold.
    Not,
    /// A macro, with the place of its definition; its part is what it stands for.
    Macro(Place),
    /// A comparison.
    Check,
    /// An exception: it excludes the event if one of its tuples holds.
    Exception,
    /// A tuple of an exception.
    Tuple,
}

/// Whether a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not.
    False,
    /// It does not, because the event has no such value.
    Missing,
    /// The event does not say enough to tell.
    Unknown,
}

impl Truth {
    /// Whether the part holds for certain.
    pub const fn holds(self) -> bool {
        matches!(self, Self::True)
    }

    /// Whether the part holds; `None` where the event does not say enough to tell.
    pub const fn decided(self) -> Option<bool> {
        match self {
            Self::True => Some(true),
            Self::False | Self::Missing => Some(false),
            Self::Unknown => None,
        }
    }
}

/// What a part means for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// The answer does not rest on it.
    Quiet,
    /// The answer rests on it and on others.
    Contributes,
    /// The answer would be another if this part were otherwise.
    Decisive,
}

/// A change of the event that turns the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The fields and their new values as an events file has them; `None` for a field that must go.
    pub fields: Vec<(String, Option<String>)>,
    /// Where the changed copy goes in the events file, and its text. An event of a log is copied as an item of a list in field
    /// form, at the beginning of a file behind all others.
    pub copy: (Place, String),
}
