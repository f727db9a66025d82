//! The answer in one sentence.

use super::{Question, wording};
use crate::catalog::messages::explain as say;
use crate::report::{Answer, Explanation, Outcome, Status, Step, StepKind, Truth, Weight};
use crate::resolve::check::Check;
use crate::resolve::ruleset::Rule;
use crate::text::Message;

/// Reasons that a sentence names; the tree has all.
const REASONS: usize = 3;

/// Fields that a sentence names.
const NAMED: usize = 5;

/// Why a rule says nothing about any event.
pub(super) fn not_running(status: Status) -> Message {
    match status {
        Status::Broken => say::broken(),
        Status::Skipped => say::skipped(),
        Status::Deselected => say::deselected(),
        Status::BelowPriority => say::below_priority(),
        Status::Active | Status::Disabled => say::disabled(),
    }
}

/// The rule reads other events.
pub(super) fn other_source(own: &str, event: &str) -> Message {
    say::other_source(own, event)
}

/// The sentence for the answer of a rule that takes part.
pub(super) fn of_answer(
    question: &Question<'_>,
    rule: &Rule,
    explanation: &Explanation,
    checks: &[Option<&Check>],
) -> Message {
    match (explanation.answer, question.outcome) {
        (Answer::Suppressed, Some(Outcome::Suppressed { exception, tuple })) => {
            let exception = rule.exceptions.get(exception as usize);
            let name = exception.map_or("", |exception| exception.name.as_str());
            let tuple = tuple.and_then(|tuple| exception?.tuples.get(tuple as usize));
            match tuple {
                Some(tuple) => say::suppressed(name, tuple.text.as_str()),
                None => say::suppressed_whole(name),
            }
        }
        (Answer::Matches, _) if question.proof.is_some_and(|proof| proof.assumed) => {
            say::matches_still_assumed()
        }
        (Answer::Matches, _) if question.proof.is_some() => say::matches_still(),
        (Answer::Undecided(_), _) => undecided(explanation),
        (Answer::Matches, _) => match reasons(explanation, checks) {
            Some(reasons) => say::matches("").around(vec![reasons]),
            None => say::matches_everything(),
        },
        _ if condition_holds(explanation) => other_type(question),
        _ => match reasons(explanation, checks) {
            Some(reasons) => say::does_not_match("").around(vec![reasons]),
            None => say::does_not_hold(),
        },
    }
}

/// The condition holds and the rule is silent: Falco's index of event types keeps it from being asked.
fn condition_holds(explanation: &Explanation) -> bool {
    let root = explanation.roots.first().and_then(|root| explanation.steps.get(*root as usize));
    root.is_some_and(|step| step.truth == Truth::True)
        && explanation
            .roots
            .iter()
            .skip(1)
            .all(|at| explanation.steps.get(*at as usize).is_none_or(|step| step.truth != Truth::True))
}

fn other_type(question: &Question<'_>) -> Message {
    let key = crate::catalog::FieldKey::named("evt.type");
    let row = question.store.row(question.event);
    let value = key
        .zip(row)
        .and_then(|(key, row)| row.value(&key).map(|value| crate::value::text::of_field(&key, value)));
    say::other_type(value.unwrap_or_default())
}

/// What the event does not say: where only one comparison asks for it, with that.
fn undecided(explanation: &Explanation) -> Message {
    let deciding = explanation.steps.iter().filter(|step| step.weight > Weight::Quiet);
    let mut asking: Vec<String> = Vec::new();
    for step in deciding.filter(|step| !step.unknown.is_empty()) {
        let check = wording::shortened(&step.label);
        if !asking.contains(&check) {
            asking.push(check);
        }
    }
    match (explanation.deciding.as_slice(), asking.as_slice()) {
        ([_] | [], []) => say::undecided_type(),
        ([field], [check]) => say::undecided_by_check(field.as_str(), check.as_str()),
        ([field], _) => say::undecided_by_one(field.as_str()),
        (fields, _) => {
            let named: Vec<_> = fields.iter().take(NAMED).map(|field| format!("`{field}`")).collect();
            let named = named.join(", ");
            match fields.len().checked_sub(NAMED).filter(|more| *more > 0) {
                Some(more) => say::undecided("").around(vec![say::and_more(named, more.to_string())]),
                None => say::undecided(named),
            }
        }
    }
}

/// What the comparisons that matter say, those that decide alone before the others.
fn reasons(explanation: &Explanation, comparisons: &[Option<&Check>]) -> Option<Message> {
    let root = *explanation.roots.first()?;
    let mut checks: Vec<(u32, &Step)> = Vec::new();
    let mut rest = vec![root];
    while let Some(at) = rest.pop() {
        let Some(step) = explanation.steps.get(at as usize) else { continue };
        if step.weight == Weight::Quiet {
            continue;
        }
        if step.kind == StepKind::Check {
            checks.push((at, step));
        }
        rest.extend(step.children.iter().rev());
    }
    let strongest = checks.iter().map(|(_, step)| step.weight).max()?;
    let mut phrases: Vec<Message> = Vec::new();
    for (at, step) in checks.into_iter().filter(|(_, step)| step.weight == strongest) {
        let Some(Some(check)) = comparisons.get(at as usize) else { continue };
        let phrase = wording::phrase(step, check);
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    joined(&phrases)
}

/// The first phrases in one, and how many more there are.
fn joined(phrases: &[Message]) -> Option<Message> {
    let join = |all: Message, next: &Message| say::joined("", "").around(vec![all, next.clone()]);
    let all = phrases.iter().take(REASONS).skip(1).fold(phrases.first()?.clone(), join);
    Some(match phrases.len().checked_sub(REASONS).filter(|more| *more > 0) {
        Some(more) => say::and_more("", more.to_string()).around(vec![all]),
        None => all,
    })
}
