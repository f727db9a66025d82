//! The fields that rules read.

use super::output::{Extra, Output, Part};
use super::ruleset::Ruleset;
use super::tree::{NodeKind, TreeId};
use crate::catalog::FieldKey;
use rustc_hash::FxHashSet;

/// Every field that the conditions, exceptions and outputs of the rules name, macros included, each once.
pub fn used_fields(ruleset: &Ruleset) -> Vec<FieldKey> {
    let mut used = Used { seen: FxHashSet::default(), fields: Vec::new() };
    let mut wanted: Vec<TreeId> = Vec::new();
    for rule in &ruleset.rules {
        wanted.extend(rule.tree);
        wanted.extend(rule.base);
        let tuples = rule.exceptions.iter().flat_map(|exception| &exception.tuples);
        wanted.extend(tuples.filter_map(|tuple| tuple.tree));
        if let Some(output) = &rule.alert {
            used.add_output(output);
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
struct Used<'a> {
    seen: FxHashSet<&'a FieldKey>,
    fields: Vec<FieldKey>,
}

impl<'a> Used<'a> {
    fn add(&mut self, key: &'a FieldKey) {
        if self.seen.insert(key) {
            self.fields.push(key.clone());
        }
    }

    fn add_output(&mut self, output: &'a Output) {
        self.add_parts(&output.parts);
        for (_, extra) in &output.extra {
            match extra {
                Extra::Field(key) => self.add(key),
                Extra::Format(parts) => self.add_parts(parts),
            }
        }
    }

    fn add_parts(&mut self, parts: &'a [Part]) {
        for part in parts {
            if let Part::Value { operand, .. } = part {
                operand.each_field(&mut |key| self.add(key));
            }
        }
    }
}
