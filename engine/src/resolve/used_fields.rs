//! The fields that rules read.

use super::output::{Extra, Output, Part};
use super::ruleset::Ruleset;
use super::tree::{NodeKind, TreeId};
use crate::catalog::{Dialect, FieldKey, Scope};
use rustc_hash::FxHashSet;

/// Every field that the conditions, exceptions and outputs of the rules name, macros included, each once.
pub fn used_fields(ruleset: &Ruleset, dialect: Dialect) -> Vec<FieldKey> {
    let mut used = Used::default();
    let mut wanted: Vec<TreeId> = Vec::new();
    for rule in &ruleset.rules {
        wanted.extend(rule.tree);
        wanted.extend(rule.base);
        let tuples = rule.exceptions.iter().flat_map(|exception| &exception.tuples);
        wanted.extend(tuples.filter_map(|tuple| tuple.tree));
        if let Some(output) = &rule.alert {
            used.add_output(output);
        }
        // An exception without values is in no tree, and the first value may be proposed for it.
        let scope = Scope { dialect, ..Scope::from(rule.source.as_str()) };
        let fields = rule.exceptions.iter().flat_map(|exception| &exception.fields);
        for key in fields.filter_map(|field| FieldKey::parse(field.as_str(), scope).ok()) {
            used.add(&key);
        }
    }
    let mut seen: FxHashSet<TreeId> = FxHashSet::default();
    while let Some(id) = wanted.pop() {
        if !seen.insert(id) {
            continue;
        }
        for node in ruleset.tree(id).into_iter().flat_map(|tree| &tree.nodes) {
            match &node.kind {
                NodeKind::Check(check) => check.each_field(&mut |key| used.add(key)),
                NodeKind::Macro { body, .. } => wanted.push(*body),
                NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) => {}
            }
        }
    }
    used.fields
}

/// The fields so far.
#[derive(Default)]
struct Used {
    seen: FxHashSet<FieldKey>,
    fields: Vec<FieldKey>,
}

impl Used {
    fn add(&mut self, key: &FieldKey) {
        if !self.seen.contains(key) {
            self.seen.insert(key.clone());
            self.fields.push(key.clone());
        }
    }

    fn add_output(&mut self, output: &Output) {
        self.add_parts(&output.parts);
        for (_, extra) in &output.extra {
            match extra {
                Extra::Field(key) => self.add(key),
                Extra::Format(parts) => self.add_parts(parts),
            }
        }
    }

    fn add_parts(&mut self, parts: &[Part]) {
        for part in parts {
            if let Part::Value { operand, .. } = part {
                operand.each_field(&mut |key| self.add(key));
            }
        }
    }
}
