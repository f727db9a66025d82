//! An exception that excludes none of the events on which its rule's condition holds. It depends on the events, so it is
//! asked for with their verdicts and not together with the other lints.

pub(super) use crate::catalog::codes::UNUSED_EXCEPTION as CODE;

use crate::catalog::messages::lints as say;
use crate::report::{Hit, Outcome};
use crate::resolve::ruleset::{RuleException, Ruleset};
use crate::text::Diagnostic;

/// What became of the events on which a rule's condition holds.
#[derive(Clone, Copy)]
struct Seen {
    events: usize,
    /// Exceptions before this one were tried on all of them and did not hit. An event names only the first exception that
    /// excludes it, and nothing is known of those behind.
    untouched: u32,
}

/// Exceptions that were tried on every such event and hit none; `verdicts` holds, by event, what the rules say.
pub(super) fn lint(ruleset: &Ruleset, verdicts: &[Vec<Hit>]) -> Vec<Diagnostic> {
    let mut seen = vec![Seen { events: 0, untouched: u32::MAX }; ruleset.rules.len()];
    for hit in verdicts.iter().flatten() {
        let Some(seen) = seen.get_mut(hit.rule as usize) else { continue };
        seen.events += 1;
        if let Outcome::Suppressed { exception, tuple } = hit.outcome {
            // Exceptions that cannot be taken apart were not tried one by one.
            seen.untouched = seen.untouched.min(if tuple.is_some() { exception } else { 0 });
        }
    }
    let mut out = Vec::new();
    for (rule, seen) in ruleset.rules.iter().zip(seen).filter(|(_, seen)| seen.events > 0) {
        let untouched = rule.exceptions.iter().take(seen.untouched as usize);
        let known = |exception: &&RuleException| {
            !exception.tuples.is_empty() && exception.tuples.iter().all(|tuple| tuple.tree.is_some())
        };
        for exception in untouched.filter(known) {
            let message = say::unused_exception(&exception.name, seen.events.to_string());
            out.push(Diagnostic::new(&CODE, exception.at, message).note(say::other_events_may_need_it()));
        }
    }
    out
}
