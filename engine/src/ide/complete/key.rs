//! Keys of items, exceptions, overrides and versions, and whole items to fill in.

use super::{Context, simple, snippet};
use crate::catalog::keys::{EXCEPTION_KEYS, KINDS, OVERRIDABLE, PLUGIN_KEYS};
use crate::report::editor::{Completion, Mark, WordKind};

/// Whole items: label and what is written. A tab is one step of indentation.
const ITEMS: &[(&str, &str)] = &[
    (
        "rule",
        "rule: ${1:Name}\n\tdesc: ${2:What it detects}\n\tcondition: >\n\t\t${3:spawned_process and proc.name = bash}\n\toutput: ${4:What happened (command=%proc.cmdline)}\n\tpriority: ${5:WARNING}\n\ttags: [${6}]\n",
    ),
    ("macro", "macro: ${1:name}\n\tcondition: ${2}\n"),
    ("list", "list: ${1:name}\n\titems: [${2}]\n"),
    ("override rule", "rule: ${1:Name}\n\tcondition: and not ${2}\n\toverride:\n\t\tcondition: append\n"),
    ("override macro", "macro: ${1:name}\n\tcondition: or ${2}\n\toverride:\n\t\tcondition: append\n"),
    ("override list", "list: ${1:name}\n\titems: [${2}]\n\toverride:\n\t\titems: append\n"),
    (
        "override exceptions",
        "rule: ${1:Name}\n\texceptions:\n\t\t- name: ${2:name}\n\t\t\tfields: [${3:proc.name}]\n\t\t\tcomps: [${4:=}]\n\t\t\tvalues:\n\t\t\t\t- [${5}]\n\toverride:\n\t\texceptions: append\n",
    ),
    ("required_engine_version", "required_engine_version: ${1:0.26.0}\n"),
    ("required_plugin_versions", "required_plugin_versions:\n\t- name: ${1}\n\t\tversion: ${2:0.1.0}\n"),
];

/// An exception to fill in.
const EXCEPTION: &str =
    "name: ${1:name}\n\tfields: [${2:proc.name}]\n\tcomps: [${3:=}]\n\tvalues:\n\t\t- [${4}]";

/// What is written of a key, where that is more than a colon.
const FILLED: &[(&str, &str)] = &[
    ("condition", "condition: >\n\t${}"),
    ("tags", "tags: [${}]"),
    ("items", "items: [${}]"),
    (
        "exceptions",
        "exceptions:\n\t- name: ${1:name}\n\t\tfields: [${2:proc.name}]\n\t\tcomps: [${3:=}]\n\t\tvalues:\n\t\t\t- [${4}]",
    ),
    ("override", "override:\n\t${}"),
    ("fields", "fields: [${}]"),
    ("comps", "comps: [${}]"),
    ("values", "values:\n\t- [${}]"),
    ("alternatives", "alternatives:\n\t- name: ${1}\n\t\tversion: ${2}"),
];

/// The key of requirements of plugins, of whose keys there are texts.
const PLUGINS: &str = "required_plugin_versions";

/// Whole items; with `dash` where the dash is not written yet.
pub(super) fn items(dash: bool) -> Vec<Completion> {
    let item = |(rank, (label, insert)): (i8, &(&str, &str))| {
        let insert = format!("{}{insert}", if dash { "- " } else { "" });
        Completion { rank, ..snippet(label, WordKind::Snippet, insert) }
    };
    (0..=20).rev().zip(ITEMS).map(item).collect()
}

impl Context<'_> {
    /// What keys can stand at the cursor.
    pub(super) fn keys(&self, column: usize) -> Vec<Completion> {
        let typed = self.key_at_cursor();
        let mut present = self.position.beside(column);
        present.retain(|key| Some(*key) != typed);
        let whole = typed.is_some();
        let make = |owner: &str, keys: &[&str]| -> Vec<Completion> {
            let missing = keys.iter().filter(|key| !present.contains(*key));
            (0..=10)
                .rev()
                .chain(std::iter::repeat(0))
                .zip(missing)
                .map(|(rank, key)| entry(owner, key, rank, whole))
                .collect()
        };
        match self.position.keys().as_slice() {
            [] => match self.position.item_kind() {
                Some(kind) => {
                    let known = KINDS.iter().find(|(key, ..)| *key == kind).map(|(_, _, keys)| *keys);
                    make(kind, known.unwrap_or_default())
                }
                None => items(false),
            },
            ["exceptions"] => {
                let mut found = make("exceptions", EXCEPTION_KEYS);
                if present.is_empty() && !whole {
                    found.push(Completion { rank: 20, ..snippet("exception", WordKind::Snippet, EXCEPTION) });
                }
                found
            }
            ["override"] => self.override_keys(whole),
            ["required_plugin_versions"] => make(PLUGINS, PLUGIN_KEYS),
            ["required_plugin_versions", "alternatives"] => make(PLUGINS, &["name", "version"]),
            _ => Vec::new(),
        }
    }

    /// The key in which the cursor stands, if its colon is there already.
    fn key_at_cursor(&self) -> Option<&str> {
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let (before, rest) = self.position.text.split_at_checked(self.position.offset)?;
        let start = before.trim_end_matches(word).len();
        let end = self.position.text.len() - rest.trim_start_matches(word).len();
        let behind = self.position.text.get(end..)?;
        if !behind.trim_start_matches(' ').starts_with(':') {
            return None;
        }
        self.position.text.get(start..end)
    }

    /// The keys that the item's `override` may name, those that the item has first.
    fn override_keys(&self, whole: bool) -> Vec<Completion> {
        let item = self.position.item_keys();
        let kind = self.position.item_kind();
        let found = OVERRIDABLE.iter().find(|(name, ..)| Some(*name) == kind);
        let Some((_, append, replace)) = found else { return Vec::new() };
        let make = |key: &&str| {
            let both = append.contains(key);
            let insert = format!("{key}: {}", if both { "append" } else { "replace" });
            let ways = if both { "append, replace" } else { "replace" };
            let given = item.iter().any(|(name, _)| name == key);
            let rank = if given { 10 } else { 0 };
            Completion {
                insert: (!whole).then_some(insert),
                rank,
                about: kind.map(|kind| format!("{kind}.{key}")),
                ..simple(key, WordKind::Key, ways)
            }
        };
        replace.iter().map(make).collect()
    }
}

/// A key of `owner` and, unless it is there, the colon.
fn entry(owner: &str, key: &str, rank: i8, whole: bool) -> Completion {
    let deprecated = key == "append";
    let mark = deprecated.then_some(Mark::Deprecated);
    let rank = if deprecated { -20 } else { rank };
    let filled = FILLED.iter().find(|(name, _)| *name == key);
    let made = match filled {
        _ if whole => simple(key, WordKind::Key, ""),
        Some((_, insert)) => snippet(key, WordKind::Key, *insert),
        None => Completion { insert: Some(format!("{key}: ")), ..simple(key, WordKind::Key, "") },
    };
    Completion { rank, mark, about: Some(format!("{owner}.{key}")), ..made }
}
