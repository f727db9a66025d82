//! Alerts of rules that are not among those that are loaded.

use super::store::EventStore;
use crate::catalog::codes;
use crate::catalog::messages::logs as messages;
use crate::text::{Diagnostic, Loc, SourceId, sorted};

/// So many rules are named.
const MAX_RULES: usize = 20;

/// A rule that fired in a log.
#[derive(Debug)]
pub struct FiredRule {
    name: Box<str>,
    /// Number of its alerts.
    count: u32,
    /// Its first alert.
    at: Loc,
}

/// The rules that fired in logs, in the order of their first alerts. The first events file is the source `first`.
pub fn fired_rules(store: &EventStore, first: SourceId) -> Vec<FiredRule> {
    let mut counts = vec![(0u32, None); store.fired.len()];
    for event in &store.events {
        if let Some((count, place)) = counts.get_mut((event.fired as usize).wrapping_sub(1)) {
            *count += 1;
            place.get_or_insert_with(|| Loc::new(SourceId(first.0 + event.file), event.at));
        }
    }
    let all = store.fired.iter().zip(counts);
    let all = all.filter_map(|(name, (count, at))| Some(FiredRule { name: name.clone(), count, at: at? }));
    // Names are kept in the order in which they were met first, which files may have been in.
    sorted(all.collect(), |rule| (rule.at.source, rule.at.span.start))
}

/// One diagnostic for each rule that fired in a log and is not `known`, at its first alert.
pub fn of_other_rules(fired: &[FiredRule], known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let missing = fired.iter().filter(|rule| !known(&rule.name));
    let said = missing.map(|FiredRule { name, count, at }| {
        Diagnostic::new(&codes::ALERT_RULE, *at, messages::unknown_rule(count.to_string(), &**name))
    });
    said.take(MAX_RULES).collect()
}
