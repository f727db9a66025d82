//! What the rules files define, item by item: texts and places, nothing resolved yet.

use super::ruleset::{ListItem, RulePart};
use crate::report::Priority;
use crate::text::{FalcoPlace, Loc, SourceId, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// A place as Falco names it, and where it is shown to the user.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// What is marked.
    pub(super) at: Loc,
    /// What Falco points at.
    pub(super) place: Arc<FalcoPlace>,
}

/// A rule as read so far.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "flags of the rule format, each a key of its own")]
pub(super) struct RuleDef {
    pub(super) name: String,
    pub(super) name_at: Loc,
    /// The definition that counts for locations.
    pub(super) spot: Spot,
    pub(super) source: String,
    /// False where no plugin provides the source.
    pub(super) source_known: bool,
    pub(super) priority: Priority,
    pub(super) condition: Text,
    pub(super) condition_spot: Spot,
    pub(super) output: Text,
    pub(super) output_spot: Spot,
    pub(super) desc: String,
    pub(super) tags: Vec<String>,
    pub(super) enabled: bool,
    pub(super) warn_evttypes: bool,
    pub(super) skip_if_unknown: bool,
    pub(super) exceptions: Vec<ExceptionDef>,
    /// An error was found while it was read.
    pub(super) broken: bool,
    /// The last file that changed it.
    pub(super) last_file: u32,
    /// The items that it is made of.
    pub(super) parts: Vec<RulePart>,
}

/// An exception as read.
#[derive(Clone, Debug)]
pub(super) struct ExceptionDef {
    pub(super) name: String,
    pub(super) name_at: Loc,
    pub(super) spot: Spot,
    pub(super) fields: Entry,
    pub(super) comps: Entry,
    /// None where the key is absent.
    pub(super) values: Option<Vec<Entry>>,
    /// Set by `override: {exceptions: replace}`, which checks nothing and adds no default comparisons.
    pub(super) unchecked: bool,
    /// Falco refuses it, and it takes no part.
    pub(super) broken: bool,
}

/// A value of `fields`, `comps` or `values`.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// Null or absent, or what Falco reads as such.
    Nothing,
    /// A scalar.
    One(Text, Loc),
    /// A sequence.
    Many(Vec<Entry>, Loc),
}

/// A macro as read so far.
#[derive(Clone, Debug)]
pub(super) struct MacroDef {
    pub(super) name: String,
    pub(super) name_at: Loc,
    pub(super) spot: Spot,
    pub(super) condition: Text,
    pub(super) condition_spot: Spot,
    /// When it was first defined and last changed, counted over all items.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) first_file: u32,
    pub(super) broken: bool,
}

/// A list as read so far.
#[derive(Clone, Debug)]
pub(super) struct ListDef {
    pub(super) name: String,
    pub(super) name_at: Loc,
    pub(super) spot: Spot,
    pub(super) items: Vec<ListItem>,
    pub(super) first: u32,
    pub(super) last: u32,
}

/// All definitions, by first definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    pub(super) rules: Vec<RuleDef>,
    pub(super) macros: Vec<MacroDef>,
    pub(super) lists: Vec<ListDef>,
    rule_names: HashMap<String, usize>,
    macro_names: HashMap<String, usize>,
    list_names: HashMap<String, usize>,
    clock: u32,
    /// The file that is read.
    pub(super) file: Option<SourceId>,
    /// This file changed what an earlier one defined.
    pub(super) changed_earlier: bool,
}

impl Definitions {
    /// The next point in time.
    pub(super) fn tick(&mut self) -> u32 {
        self.clock += 1;
        self.clock
    }

    pub(super) fn rule(&self, name: &str) -> Option<&RuleDef> {
        self.rules.get(*self.rule_names.get(name)?)
    }

    /// A rule that an item changes.
    pub(super) fn rule_mut(&mut self, name: &str) -> Option<&mut RuleDef> {
        let rule = self.rules.get_mut(*self.rule_names.get(name)?)?;
        self.changed_earlier |= Some(rule.spot.at.source) != self.file;
        Some(rule)
    }

    /// A list that an item changes.
    pub(super) fn list_mut(&mut self, name: &str) -> Option<&mut ListDef> {
        let list = self.lists.get_mut(*self.list_names.get(name)?)?;
        self.changed_earlier |= Some(list.spot.at.source) != self.file;
        Some(list)
    }

    pub(super) fn list_index(&self, name: &str) -> Option<usize> {
        self.list_names.get(name).copied()
    }

    pub(super) fn macro_index(&self, name: &str) -> Option<usize> {
        self.macro_names.get(name).copied()
    }

    /// A macro that an item changes.
    pub(super) fn macro_mut(&mut self, name: &str) -> Option<&mut MacroDef> {
        let target = self.macros.get_mut(*self.macro_names.get(name)?)?;
        self.changed_earlier |= Some(target.spot.at.source) != self.file;
        Some(target)
    }

    /// A full definition. As Falco does: it replaces an earlier one, and keeps its position.
    pub(super) fn define_rule(&mut self, rule: RuleDef) {
        if let Some(earlier) = self.rule_mut(&rule.name) {
            *earlier = rule;
        } else {
            self.rule_names.insert(rule.name.clone(), self.rules.len());
            self.rules.push(rule);
        }
    }

    /// A full definition of a macro. As Falco does: what it replaces keeps its time of first definition.
    pub(super) fn define_macro(&mut self, mut new: MacroDef) {
        if let Some(earlier) = self.macro_mut(&new.name) {
            new.first = earlier.first;
            new.first_file = earlier.first_file;
            *earlier = new;
        } else {
            self.macro_names.insert(new.name.clone(), self.macros.len());
            self.macros.push(new);
        }
    }

    /// A full definition of a list.
    pub(super) fn define_list(&mut self, mut new: ListDef) {
        if let Some(earlier) = self.list_mut(&new.name) {
            new.first = earlier.first;
            *earlier = new;
        } else {
            self.list_names.insert(new.name.clone(), self.lists.len());
            self.lists.push(new);
        }
    }
}
