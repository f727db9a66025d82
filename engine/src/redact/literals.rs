//! What rules compare names with: replaced in the events, their verdicts would be others.

use super::kinds;
use crate::catalog::operators::Operator;
use crate::report::Secret;
use crate::resolve::check::{Check, Constant, Operand, Right};
use crate::resolve::ruleset::Ruleset;
use crate::resolve::tree::{NodeKind, TreeId};
use crate::value::Network;
use rustc_hash::FxHashSet;
use std::net::IpAddr;

/// Longer prefixes name a network that somebody has; shorter ones, such as those of all private addresses, are kept by
/// pseudonyms.
const WIDEST: u8 = 16;

/// The constants of rules.
#[derive(Default)]
pub struct Literals {
    whole: FxHashSet<String>,
    addresses: FxHashSet<IpAddr>,
    networks: Vec<Network>,
    /// Parts of values, by what the field names.
    parts: Vec<(Secret, Operator, String)>,
}

impl Literals {
    /// The constants of all conditions and exceptions.
    pub fn of(ruleset: &Ruleset) -> Self {
        let mut literals = Self::default();
        let mut seen: FxHashSet<TreeId> = FxHashSet::default();
        let mut wanted: Vec<TreeId> = Vec::new();
        for rule in &ruleset.rules {
            wanted.extend(rule.tree);
            wanted.extend(rule.base);
        }
        while let Some(id) = wanted.pop() {
            if !seen.insert(id) {
                continue;
            }
            for node in ruleset.tree(id).into_iter().flat_map(|tree| &tree.nodes) {
                match &node.kind {
                    NodeKind::Check(check) => literals.add(check),
                    NodeKind::Macro { body, .. } => wanted.push(*body),
                    NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Not(_) => {}
                }
            }
        }
        literals
    }

    fn add(&mut self, check: &Check) {
        let Right::Constants(constants) = &check.right else { return };
        let kind = match &check.left {
            Operand::Field(key) => kinds::find(key.info().name),
            Operand::Transform(_) => None,
        };
        for constant in constants {
            match constant {
                Constant::Bytes(bytes) => {
                    let text = String::from_utf8_lossy(bytes);
                    let part = match check.op {
                        Operator::Startswith | Operator::Endswith | Operator::Contains => {
                            Some(text.to_string())
                        }
                        Operator::Glob => {
                            text.split(['*', '?', '[']).max_by_key(|part| part.len()).map(str::to_owned)
                        }
                        _ => None,
                    };
                    if let Some((part, kind)) = part.zip(kind).filter(|(part, _)| part.len() > 1) {
                        self.parts.push((kind, check.op, part));
                    }
                    self.whole.insert(text.into_owned());
                }
                Constant::Address(address) => drop(self.addresses.insert(*address)),
                Constant::Network(network) if network.prefix > WIDEST => self.networks.push(*network),
                _ => {}
            }
        }
    }

    /// Whether a rule compares with this value.
    pub(super) fn name(&self, kind: Secret, value: &str) -> bool {
        if let Ok(address) = value.parse::<IpAddr>() {
            return self.addresses.contains(&address)
                || self.networks.iter().any(|network| network.contains(address));
        }
        self.whole.contains(value)
            || self.parts.iter().any(|(of, op, part)| {
                *of == kind
                    && match op {
                        Operator::Startswith => value.starts_with(part),
                        Operator::Endswith => value.ends_with(part),
                        _ => value.contains(part),
                    }
            })
    }
}
