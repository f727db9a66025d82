//! Values of keys: priorities, sources, tags, names, what `override` does.

use super::{Context, simple, snippet};
use crate::catalog::attack::TACTICS;
use crate::catalog::fields;
use crate::catalog::keys::OVERRIDABLE;
use crate::ide::line::values;
use crate::report::Priority;
use crate::report::editor::{Completion, WordKind};
use crate::text::{distinct, insert};

/// The plugins that bring fields.
pub(super) fn plugins() -> Vec<Completion> {
    let plugins = fields::all().filter(|(_, field)| field.is_plugin()).map(|(_, field)| field.provider);
    distinct(plugins.collect()).into_iter().map(|name| simple(name, WordKind::Value, "")).collect()
}

impl Context<'_> {
    /// The value of a key of an item; in an `entry` of it where it is a sequence.
    pub(super) fn plain_value(&self, key: &str, entry: bool) -> Vec<Completion> {
        let words = |words: &[&str]| words.iter().map(|word| simple(word, WordKind::Value, "")).collect();
        match key {
            "tags" if entry => self.tags(),
            "items" if entry => self.lists(),
            "tags" | "items" => vec![snippet("[ ]", WordKind::Snippet, "[${}]")],
            "priority" => {
                let named = |(rank, priority): (i8, Priority)| Completion {
                    rank,
                    ..simple(&priority.name().to_ascii_uppercase(), WordKind::Priority, "")
                };
                (0..=10).rev().zip(Priority::ALL).map(named).collect()
            }
            "source" => fields::sources().iter().map(|source| simple(source, WordKind::Source, "")).collect(),
            "enabled" | "warn_evttypes" | "skip-if-unknown-filter" | "capture" | "append" => {
                words(&["true", "false"])
            }
            "rule" => self.names(WordKind::Rule),
            "macro" => self.names(WordKind::Macro),
            "list" => self.names(WordKind::List),
            _ => Vec::new(),
        }
    }

    /// Names of other items, to be changed or replaced.
    fn names(&self, kind: WordKind) -> Vec<Completion> {
        let others = self.index.of_kind(kind).filter(|item| !item.holds(self.file, self.position));
        let names = distinct(others.map(|item| &*item.name).collect());
        names.into_iter().map(|name| simple(name, kind, "")).collect()
    }

    /// The lists, each with its file and number of items.
    pub(super) fn lists(&self) -> Vec<Completion> {
        let own = self.name().filter(|_| self.position.item_kind() == Some("list"));
        let mut seen = Vec::new();
        let new = self.index.of_kind(WordKind::List).filter(|item| insert(&mut seen, &*item.name));
        new.filter(|item| Some(&*item.name) != own)
            .map(|item| {
                let items = self.index.value(item, "items");
                let count = items.map_or(0, |id| self.index.scalars(item, id).len());
                let detail = format!("{} ({count})", self.index.file_name(item));
                Completion { rank: 2, ..simple(&item.name, WordKind::List, detail) }
            })
            .collect()
    }

    /// The tags that rules have, then the tactics of MITRE ATT&CK, but for those that stand here already.
    fn tags(&self) -> Vec<Completion> {
        let mut used: Vec<&str> = Vec::new();
        for item in self.index.of_kind(WordKind::Rule) {
            let others = !item.holds(self.file, self.position);
            let value = self.index.value(item, "tags").filter(|_| others);
            let (Some(value), Some(yaml)) = (value, self.index.yaml_of(item)) else { continue };
            used.extend(self.index.scalars(item, value).into_iter().filter_map(|id| yaml.scalar(id)));
        }
        let used = distinct(used);
        let here = values(self.position.item_value("tags").unwrap_or(""));
        let known = TACTICS.iter().map(|(name, _)| *name).filter(|tactic| !used.contains(tactic));
        let all = used.iter().map(|tag| (*tag, 5)).chain(known.map(|tactic| (tactic, 0)));
        all.filter(|(tag, _)| !here.contains(tag))
            .map(|(tag, rank)| Completion { rank, ..simple(tag, WordKind::Tag, "") })
            .collect()
    }

    /// How a key can be overridden.
    pub(super) fn override_value(&self, key: &str) -> Vec<Completion> {
        let kind = self.position.item_kind();
        let found = OVERRIDABLE.iter().find(|(name, ..)| Some(*name) == kind);
        let Some((_, append, replace)) = found else { return Vec::new() };
        let ways = [("append", append), ("replace", replace)];
        let fitting = ways.into_iter().filter(|(_, keys)| keys.contains(&key));
        fitting.map(|(way, _)| simple(way, WordKind::Value, "")).collect()
    }
}
