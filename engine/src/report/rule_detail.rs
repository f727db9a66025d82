//! A rule as Falco has it in the end: put together from all files, with where each part comes from.

use super::Place;
use serde::{Deserialize, Serialize};

/// A rule after all definitions, overrides and appends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleDetail {
    /// Position in `Report::rules`.
    pub rule: u32,
    /// Its description, as written: some write Markdown.
    pub desc: String,
    /// The items that define or change it, in load order.
    pub parts: Vec<RulePart>,
    /// The condition as Falco compiles it: appends joined, exceptions added, lists filled in.
    pub condition: Vec<Piece>,
    /// The output as Falco formats it; what falco.yaml adds is not part of it.
    pub output: Vec<Piece>,
    /// The lists that the condition names itself, with their items as they are in the end.
    pub lists: Vec<ListDetail>,
    /// The event types that it sees, by name; `None` for all of them, and for rules of other sources than `syscall`.
    pub event_types: Option<Vec<String>>,
    /// The branch of the condition that leaves the event type open, where others restrict it.
    pub open_branch: Option<Place>,
    /// Events that one comparison keeps it from matching, with that comparison; in order.
    pub near_misses: Vec<(u32, String)>,
    /// False where there are more of them, or more events than are looked at.
    pub all_near_misses: bool,
    /// The fields that would decide what events leave open.
    pub deciding: Deciding,
}

/// The fields that would decide what a rule says of the events that leave it open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deciding {
    /// Whether only events that raised an alert of the rule are counted: if such are left open, the others are of less interest.
    pub of_alerts: bool,
    /// Number of events that leave it open.
    pub events: u32,
    /// The fields, those that decide the most first.
    pub fields: Vec<DecidingField>,
}

/// A field that would decide something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidingField {
    /// Its name, as a rule writes it.
    pub field: String,
    /// The events that need it, perhaps with others.
    pub needed: u32,
    /// The events for which it is enough.
    pub alone: u32,
    /// The events for which it and those before it are enough.
    pub together: u32,
}

/// An item that defines or changes a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RulePart {
    /// The rule's name in it.
    pub at: Place,
    /// The keys that it gives, in the order of the documentation.
    pub keys: Vec<(String, KeyChange, Place)>,
}

/// What an item does with a key of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyChange {
    /// It is part of the definition.
    Defines,
    /// It takes the place of what was there.
    Replaces,
    /// It is added to what was there.
    Appends,
}

/// A run of a condition or output that comes from one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// How it came in.
    pub kind: PieceKind,
    /// Where it is written, or what brought it in.
    pub at: Place,
    /// Position in `RuleDetail::parts` of the item that it is written in.
    pub part: Option<u32>,
}

/// How a piece came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PieceKind {
    /// Written as it stands.
    Written,
    /// Items of a list, in place of its name.
    Items,
    /// Put in by Falco: blanks, parentheses, `and not`.
    Glue,
}

/// A list and its items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListDetail {
    /// Its name.
    pub name: String,
    /// The name in the definition that counts.
    pub at: Place,
    /// Its first items.
    pub items: Vec<String>,
    /// The number of all of its items.
    pub count: u32,
}
