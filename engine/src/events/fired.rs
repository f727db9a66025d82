//! Alerts of rules that are not among those that are loaded.

use super::store::EventStore;
use crate::catalog::codes;
use crate::catalog::messages::logs as messages;
use crate::text::{Diagnostic, Loc, SourceId};

/// So many rules are named.
const MAX_RULES: usize = 20;

/// One diagnostic for each rule that fired in a log and is not `known`, at its first alert. The first events file is the source
/// `first`.
pub fn of_other_rules(store: &EventStore, known: impl Fn(&str) -> bool, first: SourceId) -> Vec<Diagnostic> {
    let mut counts = vec![(0u32, None); store.fired.len()];
    for event in &store.events {
        if let Some((count, place)) = counts.get_mut((event.fired as usize).wrapping_sub(1)) {
            *count += 1;
            place.get_or_insert_with(|| Loc::new(SourceId(first.0 + event.file), event.at));
        }
    }
    let missing = store.fired.iter().zip(counts).filter(|(rule, _)| !known(rule));
    let said = missing.filter_map(|(rule, (count, at))| {
        Some(Diagnostic::new(&codes::ALERT_RULE, at?, messages::unknown_rule(count.to_string(), &**rule)))
    });
    said.take(MAX_RULES).collect()
}
