//! The ruleset: what the rules files say when they are put together in Falco's order. The trees hold the meaning, the
//! rest is for people and for the alert.

use super::output::Output;
use super::tree::{Tree, TreeId};
use crate::report::{KeyChange, Priority, Status};
use crate::text::{Loc, Text};

/// All rules, macros and lists of all files.
#[derive(Clone, Debug, Default)]
pub struct Ruleset {
    /// In the order in which Falco tries them: by first definition, and behind all others those that the configuration
    /// switches on again.
    pub rules: Vec<Rule>,
    /// By first definition.
    pub macros: Vec<Macro>,
    /// By first definition.
    pub lists: Vec<List>,
    /// Resolved conditions. Macro bodies stand before the trees that link to them.
    pub trees: Vec<Tree>,
}

impl Ruleset {
    /// A tree of this ruleset.
    pub fn tree(&self, id: TreeId) -> Option<&Tree> {
        self.trees.get(id.index())
    }
}

/// A rule after all definitions, overrides and appends.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// The name in the definition that counts.
    pub name_at: Loc,
    /// The whole item of that definition.
    pub at: Loc,
    /// Its priority; `Debug` where none could be read.
    pub priority: Priority,
    /// Its event source.
    pub source: String,
    /// Its tags, sorted, without repetitions.
    pub tags: Vec<String>,
    /// Its description.
    pub desc: String,
    /// The last `enabled` that was read.
    pub enabled: bool,
    /// Whether it takes part.
    pub status: Status,
    /// Where the configuration decides that.
    pub decided_at: Option<Loc>,
    /// Whether a missing event-type restriction is worth a warning (`warn_evttypes`).
    pub warn_evttypes: bool,
    /// The condition as Falco parses it: appends joined, exceptions added, lists expanded.
    pub condition: Text,
    /// The output format of the rules files, as Falco joins and trims it.
    pub output: Text,
    /// What its alerts say: the output with what the configuration adds. None if Falco refuses it.
    pub alert: Option<Output>,
    /// The whole condition with exceptions; `None` if it cannot be evaluated.
    pub tree: Option<TreeId>,
    /// The condition without exceptions; the same as `tree` for a rule that has none.
    pub base: Option<TreeId>,
    /// Its exceptions, in order.
    pub exceptions: Vec<RuleException>,
    /// The items that it is made of, in load order.
    pub parts: Vec<RulePart>,
}

/// An item that defines or changes a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePart {
    /// The rule's name in it.
    pub name_at: Loc,
    /// The keys that it gives, each with its key and value.
    pub keys: Vec<(&'static str, KeyChange, Loc)>,
}

/// An exception of a rule.
#[derive(Clone, Debug)]
pub struct RuleException {
    /// Its name.
    pub name: String,
    /// The name where the exception was defined.
    pub at: Loc,
    /// The fields that it compares, as written.
    pub fields: Vec<Text>,
    /// How it compares each of them, defaults filled in.
    pub comps: Vec<Box<str>>,
    /// True where `fields` is a single value and not a list, so that tuples are single values as well.
    pub single: bool,
    /// What Falco puts behind the condition's ` and not `; empty where nothing is excluded.
    pub text: String,
    /// One per row of `values` (for a single field: one per value). Empty where nothing is excluded.
    pub tuples: Vec<Tuple>,
}

/// One row of an exception's `values`.
#[derive(Clone, Debug)]
pub struct Tuple {
    /// As written, on one line.
    pub text: String,
    /// Where it is written.
    pub at: Loc,
    /// One per field.
    pub cells: Vec<Cell>,
    /// The comparison that excludes an event; `None` if it cannot be taken apart from the others or is broken.
    pub tree: Option<TreeId>,
}

/// A value of a tuple.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A single value.
    One(Box<str>, Loc),
    /// A list of values.
    Many(Vec<Box<str>>, Loc),
}

/// A macro.
#[derive(Clone, Debug)]
pub struct Macro {
    /// Its name.
    pub name: String,
    /// The name in the definition that counts.
    pub name_at: Loc,
    /// The whole item of that definition.
    pub at: Loc,
    /// Its condition as Falco parses it: appends joined, lists expanded.
    pub condition: Text,
    /// Whether a rule or macro refers to it.
    pub used: bool,
    /// Where its name is written and stands for it, in no order.
    pub uses: Vec<Loc>,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: String,
    /// The name in the definition that counts.
    pub name_at: Loc,
    /// The whole item of that definition.
    pub at: Loc,
    /// Its items as written, in order, repetitions kept.
    pub items: Vec<ListItem>,
    /// Whether its name was replaced somewhere.
    pub used: bool,
    /// Where its name is written and was replaced, in no order.
    pub uses: Vec<Loc>,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Its text.
    pub value: Box<str>,
    /// Where it is written.
    pub at: Loc,
}
