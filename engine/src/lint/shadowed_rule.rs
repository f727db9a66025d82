//! A rule that matches events, and on each of them an earlier rule matches too. It depends on the events, so it is asked for
//! with their verdicts and not together with the other lints.

pub(super) use crate::catalog::codes::SHADOWED_RULE as CODE;

use crate::catalog::messages::lints as say;
use crate::report::{Hit, Outcome, RuleMatching};
use crate::resolve::ruleset::Ruleset;
use crate::text::Diagnostic;

/// Rules of which an earlier one matches every event that they match; `verdicts` holds, by event, what the rules say in rule
/// order. Where all rules that match raise alerts, there is none.
pub(super) fn lint(
    ruleset: &Ruleset,
    matching: Option<RuleMatching>,
    verdicts: &[Vec<Hit>],
) -> Vec<Diagnostic> {
    let note = match matching {
        Some(RuleMatching::All) => return Vec::new(),
        Some(RuleMatching::First) => say::first_match_configured,
        None => say::first_match_only,
    };
    let mut events = vec![0_usize; ruleset.rules.len()];
    // By rule: the rules that came first on all of its events so far.
    let mut before: Vec<Option<Vec<u32>>> = vec![None; ruleset.rules.len()];
    for hits in verdicts {
        let matching: Vec<u32> =
            hits.iter().filter(|hit| hit.outcome == Outcome::Matches).map(|hit| hit.rule).collect();
        for (at, rule) in matching.iter().enumerate() {
            let index = *rule as usize;
            let (Some(count), Some(before)) = (events.get_mut(index), before.get_mut(index)) else {
                continue;
            };
            *count += 1;
            let earlier = matching.get(..at).unwrap_or_default();
            match before {
                None => *before = Some(earlier.to_vec()),
                Some(rules) => rules.retain(|rule| earlier.contains(rule)),
            }
        }
    }
    let shadowed = ruleset.rules.iter().zip(before).zip(events);
    shadowed
        .filter_map(|((rule, before), count)| {
            let first = ruleset.rules.get(*before?.first()? as usize)?;
            let message = say::shadowed_rule(&first.name, count.to_string());
            let problem = Diagnostic::new(&CODE, rule.name_at, message).note(note());
            Some(problem.related(first.name_at, say::fires_first()))
        })
        .collect()
}
