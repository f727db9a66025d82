//! The fast evaluator says what the explaining one says, and what is remembered changes nothing.

use engine::catalog::EventTypes;
use engine::compile::{Exprs, lower};
use engine::evaluate::{Cache, evaluate, explain};
use engine::events::EventStore;
use engine::report::{Hit, Outcome, Possible, Status};
use engine::resolve::event_types::TreeTypes;
use engine::resolve::ruleset::{Rule, Ruleset};
use engine::resolve::tree::NodeKind;

/// Asks both evaluators for every rule and event; what they say, by event.
pub(crate) fn evaluators_agree(ruleset: &Ruleset, store: &EventStore) -> Vec<Vec<Hit>> {
    let mut exprs = Exprs::default();
    let program = lower(ruleset, &mut exprs);
    let mut cache = Cache::default();
    let verdicts = evaluate(&program, &exprs, store, &mut cache);
    assert_eq!(verdicts, evaluate(&program, &exprs, store, &mut cache), "remembered");
    assert_eq!(verdicts, evaluate(&program, &exprs, store, &mut Cache::default()), "forgotten");
    let types = TreeTypes::new(&ruleset.trees);
    let hits = verdicts.hits(store);
    for (event, hits) in hits.iter().enumerate() {
        for (number, rule) in ruleset.rules.iter().enumerate() {
            let hit = hits.iter().find(|hit| hit.rule as usize == number).map(|hit| hit.outcome);
            let said = &verdicts.rules[number];
            let open = said.possible(store, event as u32).map(Outcome::Undecided);
            assert!(hit.is_none() || open.is_none());
            let hit = hit.or(open);
            assert_eq!(said.outcome(store, event as u32), hit);
            let wanted = explained(ruleset, &types, rule, store, event);
            assert_eq!(hit, wanted, "{} on event {event}", rule.name);
        }
    }
    hits
}

/// What the explaining evaluator makes of a rule and an event.
fn explained(
    ruleset: &Ruleset,
    types: &TreeTypes,
    rule: &Rule,
    store: &EventStore,
    event: usize,
) -> Option<Outcome> {
    let row = store.row(event).unwrap();
    let whole = rule.tree.filter(|_| rule.status == Status::Active && rule.source == row.source())?;
    let (block, _) = store.position(event).unwrap();
    if rule.source == "syscall" && !types.of(whole).meets(&store.blocks()[block].types) {
        return None;
    }
    let holds = |tree| explain::holds(ruleset, tree, &row);
    let trace = explain::explain(ruleset, whole, &row);
    let decided = |tree| explain::decided(ruleset, tree, &row);
    assert_eq!(trace.steps[0].outcome.decided(), decided(whole), "{}", rule.name);
    let base = decided(rule.base.unwrap_or(whole));
    if base == Some(false) {
        return None;
    }
    // Without an event type Falco may not ask.
    let asked = !store.blocks()[block].any_type || types.of(whole) == EventTypes::all();
    if asked && decided(whole) == Some(true) {
        return Some(Outcome::Matches);
    }
    if !asked || decided(whole).is_none() || base.is_none() {
        let written = rule.exceptions.iter().filter(|exception| !exception.tuples.is_empty()).count();
        let outcomes = explain::Outcomes::new(ruleset, &[whole], &row);
        let tree = ruleset.tree(whole).unwrap();
        let may_be_excluded = match &tree.nodes[tree.root.index()].kind {
            NodeKind::And(parts) => parts[parts.len().saturating_sub(written)..]
                .iter()
                .any(|part| outcomes.at((whole, *part)).decided() != Some(true)),
            _ => false,
        };
        return Some(Outcome::Undecided(Possible {
            matches: decided(whole) != Some(false),
            suppressed: written > 0 && may_be_excluded,
            none: !asked || base.is_none(),
        }));
    }
    let tuples = || {
        let exceptions = (0u32..).zip(&rule.exceptions);
        exceptions
            .flat_map(|(e, exception)| (0u32..).zip(&exception.tuples).map(move |(t, tuple)| (e, t, tuple)))
    };
    let first = tuples().find(|(_, _, tuple)| tuple.tree.is_some_and(holds));
    let (exception, tuple) = match first {
        Some((exception, tuple, _)) => (exception, Some(tuple)),
        None => (tuples().find(|(_, _, tuple)| tuple.tree.is_none()).map_or(0, |(e, _, _)| e), None),
    };
    Some(Outcome::Suppressed { exception, tuple })
}
