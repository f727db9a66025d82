//! The smallest changes of an event that turn a rule's answer. What is proposed was tried: the changed copy was read again as
//! an events file, with all that follows from the change, and the rule was asked.

use super::flips::{Flips, smallest};
use super::{Question, witness};
use crate::catalog::FieldKey;
use crate::catalog::fields::STATIC_ID;
use crate::evaluate::explain::Outcomes;
use crate::evaluate::{Fields, Matcher};
use crate::events::edit::{NewValue, Original};
use crate::events::{self, EventStore, Options};
use crate::report::{Change, Outcome, Possible};
use crate::resolve::check::Check;
use crate::resolve::tree::{NodeKind, TreeId};
use crate::text::{Loc, Span, sorted};
use crate::value::Value;
use crate::value::text::of_field;

/// Changes that are proposed.
const PROPOSED: usize = 6;

/// Fields that a proposal changes at most.
const FIELDS: usize = 3;

/// Copies that are tried; each is read and evaluated.
const TRIES: usize = 60;

/// Values of a field that are tried together with those of others.
const VALUES: usize = 3;

/// A longer event is not copied: a copy for each try would be slow.
const MAX_EVENT: usize = 1 << 16;

/// What the rule with this name says about the only event of a store.
type Verdict<'a> = dyn Fn(&EventStore, &str) -> Option<Outcome> + 'a;

/// Looks for changes that turn the condition `tree` to `to`.
pub(super) fn find(question: &Question<'_>, verdict: &Verdict<'_>, tree: TreeId, to: bool) -> Vec<Change> {
    let Some(search) = Search::new(question, verdict, tree, to) else { return Vec::new() };
    let Some(row) = question.store.row(question.event) else { return Vec::new() };
    let outcomes = Outcomes::new(question.ruleset, &[tree], &row);
    if reads_distances(&outcomes) {
        return Vec::new();
    }
    let sets = smallest(&outcomes, tree, to);
    let wanted: Vec<Vec<Wanted>> = sets.iter().filter_map(|flips| by_field(&outcomes, flips, &row)).collect();
    let wanted = sorted(wanted, |fields| {
        (fields.len(), fields.iter().map(|field| unlikely(&field.key, &row)).sum::<usize>())
    });
    let (mut found, mut tries): (Vec<(Vec<NewValue>, Change)>, usize) = (Vec::new(), TRIES);
    for fields in &wanted {
        if found.len() >= PROPOSED || tries == 0 {
            break;
        }
        let choices: Vec<Vec<NewValue>> = fields.iter().map(|field| field.choices(&row)).collect();
        for changes in together(&choices) {
            let Some(rest) = tries.checked_sub(1) else { break };
            tries = rest;
            // A change that contains one that is enough says nothing new.
            let known = found.iter().any(|(less, _)| less.iter().all(|one| changes.contains(one)));
            if known {
                break;
            }
            if let Some(change) = search.attempt(&changes) {
                found.push((changes, change));
                break;
            }
        }
    }
    found.into_iter().map(|(_, change)| change).collect()
}

/// Whether the condition asks for the time since another event, which a copy alone does not have.
fn reads_distances(outcomes: &Outcomes<'_>) -> bool {
    let is_distance = |key: &FieldKey| {
        ["evt.reltime", "evt.deltatime"].iter().any(|prefix| key.info().name.starts_with(prefix))
    };
    outcomes.trees().flat_map(|(_, tree)| &tree.nodes).any(|node| match &node.kind {
        NodeKind::Check(check) => Matcher::new(check).column().is_some_and(is_distance),
        _ => false,
    })
}

/// What is asked of one field.
struct Wanted {
    key: FieldKey,
    /// The comparisons that read it, and how they must come out.
    checks: Vec<(Check, bool)>,
}

/// What the flips ask of each field; `None` where one cannot be had by changing one field, or where there are too many.
fn by_field(outcomes: &Outcomes<'_>, flips: &Flips, row: &dyn Fields) -> Option<Vec<Wanted>> {
    let mut fields: Vec<Wanted> = Vec::new();
    for flip in flips {
        let NodeKind::Check(check) = &outcomes.node(flip.node)?.kind else { return None };
        let key = Matcher::new(check).field_to_change(row, flip.to)?;
        // Falco sees only the end of calls now, and static fields are falco.yaml's; no event can differ in these.
        if key.info().name == "evt.dir" || key.field == STATIC_ID {
            return None;
        }
        match fields.iter_mut().find(|field| field.key == key) {
            Some(field) => field.checks.push(((**check).clone(), flip.to)),
            None => fields.push(Wanted { key, checks: vec![((**check).clone(), flip.to)] }),
        }
    }
    (1..=FIELDS).contains(&fields.len()).then_some(fields)
}

/// Another event type makes another event of it: such a change comes last. What the event does not say comes behind what it says.
fn unlikely(key: &FieldKey, row: &dyn Fields) -> usize {
    let other_event = matches!(key.info().name, "evt.type" | "syscall.type" | "evt.num" | "evt.source");
    if row.is_unknown(key) { 1 } else { 2 * usize::from(other_event) }
}

impl Wanted {
    /// The values that make all comparisons of the field come out as wanted.
    fn choices(&self, row: &dyn Fields) -> Vec<NewValue> {
        let now = row.get(&self.key);
        let mut values: Vec<Option<Value>> = Vec::new();
        for (check, to) in &self.checks {
            for value in witness::values(check, &self.key, *to, row) {
                let with = Changed { event: row, key: &self.key, value: value.as_ref() };
                let fits =
                    self.checks.iter().all(|(check, to)| Matcher::new(check).decide(&with) == Some(*to));
                let is_new = value.as_ref() != now || row.is_unknown(&self.key);
                if fits && is_new && !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values.truncate(VALUES);
        values.into_iter().map(|value| (self.key.clone(), value)).collect()
    }
}

/// Every choice of one value per field.
fn together(choices: &[Vec<NewValue>]) -> Vec<Vec<NewValue>> {
    let mut out: Vec<Vec<NewValue>> = vec![Vec::new()];
    for values in choices {
        let longer = |so_far: &Vec<NewValue>| {
            let so_far = so_far.clone();
            values
                .iter()
                .map(move |value| {
                    let mut longer = so_far.clone();
                    longer.push(value.clone());
                    longer
                })
                .collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).collect();
    }
    out
}

/// An event with another value of one field.
struct Changed<'a> {
    event: &'a dyn Fields,
    key: &'a FieldKey,
    value: Option<&'a Value>,
}

impl Fields for Changed<'_> {
    fn get(&self, key: &FieldKey) -> Option<&Value> {
        if key == self.key { self.value } else { self.event.get(key) }
    }

    fn is_partial(&self) -> bool {
        self.event.is_partial()
    }

    fn is_unknown(&self, key: &FieldKey) -> bool {
        key != self.key && self.event.is_unknown(key)
    }
}

/// Tries changes out.
struct Search<'a, 'q> {
    question: &'a Question<'q>,
    verdict: &'a Verdict<'a>,
    tree: TreeId,
    to: bool,
    original: Original<'a>,
    /// Where the event stands in a file that can hold the copy as well; `None` for one of a log, whose copy is an item of another.
    at: Option<Span>,
}

impl<'a, 'q> Search<'a, 'q> {
    fn new(question: &'a Question<'q>, verdict: &'a Verdict<'a>, tree: TreeId, to: bool) -> Option<Self> {
        let info = question.store.info(question.event)?;
        let (at, original) = if info.is_of_log() || question.store.is_record(question.event) {
            // What was changed raised no alert.
            let item = events::item(question.store, question.event, &question.events.text, false);
            (None, (item.len() <= MAX_EVENT).then(|| Original::of_item(&item)).flatten()?)
        } else {
            let short = (info.at.len() as usize <= MAX_EVENT).then_some(info.at)?;
            (Some(short), Original::read(&question.events.text, short)?)
        };
        Some(Self { question, verdict, tree, to, original, at })
    }

    fn attempt(&self, changes: &[NewValue]) -> Option<Change> {
        let rule = self.question.ruleset.rules.get(self.question.rule)?;
        let copy = self.original.with(changes, &rule.source, |_| None);
        let store = self.read(&copy)?;
        if Outcomes::new(self.question.ruleset, &[self.tree], &store.row(0)?).decided(self.tree)
            != Some(self.to)
        {
            return None;
        }
        let outcome = |name: &str| (self.verdict)(&store, name);
        let turned = match outcome(&rule.name) {
            Some(Outcome::Matches) => Some(true),
            Some(Outcome::Undecided(Possible { matches: true, .. })) => None,
            _ => Some(false),
        };
        if turned != Some(self.to) {
            return None;
        }
        let copy = self.original.with(changes, &rule.source, outcome);
        let (end, text) = match self.at {
            Some(at) => self.original.following(&copy, &self.question.events.text, at),
            None => (0, format!("- {copy}\n")),
        };
        let source = if self.at.is_some() { self.question.events_source } else { self.question.new_events };
        let copy = ((self.question.place)(Loc::new(source, Span::new(end, end))), text);
        let shown =
            |(key, value): &NewValue| (key.to_string(), value.as_ref().map(|value| of_field(key, value)));
        Some(Change { fields: changes.iter().map(shown).collect(), copy })
    }

    /// The copy as a store of its own, if it is one event without problems that the original does not have.
    fn read(&self, copy: &str) -> Option<EventStore> {
        // The copy stands behind the original, which counts from 1, or behind all.
        let before = if self.at.is_some() { self.question.event + 1 } else { self.question.store.len() };
        let first_number = before as u32 + 1;
        let dialect = self.question.store.dialect();
        let options = Options { places: false, first_number, dialect, ..Options::default() };
        let (mut store, _) = events::read(&self.original.alone(copy), self.question.events_source, options);
        store.set_statics(&self.question.store.static_fields());
        let same_source = store.row(0)?.source() == self.question.store.row(self.question.event)?.source();
        (store.len() == 1 && same_source).then_some(store)
    }
}
