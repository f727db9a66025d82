//! Tuples that keep a rule from matching an event, at three breadths. Each was tried: the files were read again with it and the
//! rules were asked; it takes the alert away, and no other rule says anything else than before.

use super::candidates::{self, Candidate};
use super::{Edited, Rules, edit};
use crate::catalog::Scope;
use crate::evaluate::{RuleVerdicts, Verdicts};
use crate::events::EventStore;
use crate::report::{Breadth, Place, Suggestion, TableEdit, Writing};
use crate::resolve::ruleset::{Rule, Ruleset};
use crate::text::{Edit, Loc, sorted};

/// Later files that are offered to write to, the last ones, a new one among them.
const FILES: usize = 5;

/// What is asked.
pub struct Asked<'a> {
    /// The rules.
    pub rules: Rules<'a>,
    /// Position of the rule.
    pub rule: usize,
    /// The events.
    pub store: &'a EventStore,
    /// Position of the event.
    pub event: usize,
    /// What the rules say now.
    pub verdicts: &'a Verdicts,
    /// The place for people.
    pub place: &'a dyn Fn(Loc) -> Place,
}

/// Proposes tuples, the narrowest first; none for an event that the rule does not match. `ask` says what rules say about the
/// events.
pub fn suggest(asked: &Asked<'_>, ask: &mut dyn FnMut(&Ruleset) -> Verdicts) -> Vec<Suggestion> {
    let ruleset = &asked.rules.loaded.ruleset;
    let (Some(rule), Some(row)) = (ruleset.rules.get(asked.rule), asked.store.row(asked.event)) else {
        return Vec::new();
    };
    let Some(base) = rule.base.filter(|_| asked.matched(asked.verdicts).contains(&(asked.event as u32)))
    else {
        return Vec::new();
    };
    let (dialect, statics) = (asked.rules.dialect, asked.rules.config.static_names.as_slice());
    let scope = Scope { source: &rule.source, dialect, statics };
    let new = candidates::columns(ruleset, base, &row, scope);
    let mut found: Vec<Suggestion> = Vec::new();
    for breadth in [Breadth::Narrow, Breadth::Middle, Breadth::Broad] {
        let there = (0_u32..).zip(&rule.exceptions).filter_map(|(at, exception)| {
            let (is, cells) = candidates::of_exception(exception, &row, scope)?;
            (is == breadth).then_some(Way::Tuple { exception: at, cells })
        });
        let columns = new.iter().find(|(is, _)| *is == breadth).map(|(_, columns)| columns.clone());
        // A value that no condition can hold is left out, the finest first.
        let shorter = columns.into_iter().flat_map(|columns| {
            (1..=columns.len()).rev().filter_map(move |count| Some(Way::New(columns.get(..count)?.to_vec())))
        });
        let suggestion = there.chain(shorter).find_map(|way| asked.attempt(rule, breadth, &way, ask));
        // What is as narrow says nothing new.
        found.extend(suggestion.filter(|new| found.iter().all(|old| old.columns != new.columns)));
    }
    found
}

/// What is added.
enum Way {
    /// A tuple of an exception that is there.
    Tuple { exception: u32, cells: Vec<String> },
    /// An exception.
    New(Vec<Candidate>),
}

impl Asked<'_> {
    fn attempt(
        &self,
        rule: &Rule,
        breadth: Breadth,
        way: &Way,
        ask: &mut dyn FnMut(&Ruleset) -> Verdicts,
    ) -> Option<Suggestion> {
        let first = rule.name_at.source.index() + 1;
        let count = self.rules.files.len();
        let later = first.max(self.rules.locked).max(count.saturating_sub(FILES))..count;
        let files = std::iter::once(None).chain(later.map(|file| Some(file as u32)));
        let mut suggestion: Option<Suggestion> = None;
        let mut writings: Vec<Writing> = Vec::new();
        for file in files {
            let change = written(rule, way, file);
            let Ok(edited) = edit(&self.rules, self.rule, &change) else { continue };
            let Some(lost) = self.lost(&edited, ask) else { continue };
            let edits: Vec<_> =
                edited.edits.iter().map(|edit: &Edit| ((self.place)(edit.at), edit.insert.clone())).collect();
            let Some(place) = edited.edits.first().map(|edit| edit.at.source) else { continue };
            let appended = file.is_some() || place.index() >= first;
            let writing = Writing { file: place.0, appended, edits };
            if writings.iter().any(|known| known.file == writing.file) {
                continue;
            }
            writings.push(writing);
            suggestion = suggestion.or_else(|| {
                let table = edited.loaded.ruleset.rules.get(self.rule)?;
                self.describe(rule, table, breadth, way, lost)
            });
        }
        suggestion.map(|suggestion| Suggestion { writings, ..suggestion })
    }

    /// The proposal as the files then say it.
    fn describe(
        &self,
        before: &Rule,
        after: &Rule,
        breadth: Breadth,
        way: &Way,
        lost: Vec<u32>,
    ) -> Option<Suggestion> {
        let (exception, new) = match way {
            Way::Tuple { exception, .. } => (after.exceptions.get(*exception as usize)?, false),
            Way::New(_) => {
                let known = |name: &str| before.exceptions.iter().any(|old| old.name == name);
                (after.exceptions.iter().find(|one| !known(&one.name))?, true)
            }
        };
        let old = before.exceptions.iter().find(|old| !new && old.name == exception.name);
        let known = |cells: &_| old.is_some_and(|old| old.tuples.iter().any(|tuple| shown(tuple) == *cells));
        let cells = exception.tuples.iter().map(shown).find(|cells| !known(cells))?;
        let columns = exception.fields.iter().zip(&exception.comps).zip(cells);
        Some(Suggestion {
            breadth,
            exception: exception.name.clone(),
            new,
            columns: columns
                .map(|((field, comp), cell)| (field.as_str().to_owned(), comp.to_string(), cell))
                .collect(),
            lost,
            matched: self.matched(self.verdicts).len() as u32,
            writings: Vec::new(),
        })
    }

    /// The events that the rule no longer matches. `None` unless the event is one of them and nothing else is otherwise.
    fn lost(&self, edited: &Edited, ask: &mut dyn FnMut(&Ruleset) -> Verdicts) -> Option<Vec<u32>> {
        let after = ask(&edited.loaded.ruleset);
        let others = |verdicts: &Verdicts| {
            let of = verdicts.rules.iter().enumerate().filter(|(at, _)| *at != self.rule);
            of.map(|(_, verdicts)| verdicts.clone()).collect::<Vec<RuleVerdicts>>()
        };
        let (had, has) = (self.matched(self.verdicts), self.matched(&after));
        let kept = has.iter().all(|event| had.contains(event));
        let lost: Vec<u32> = had.into_iter().filter(|event| !has.contains(event)).collect();
        let works = kept && lost.contains(&(self.event as u32)) && others(self.verdicts) == others(&after);
        works.then_some(lost)
    }

    /// The events that the rule matches.
    fn matched(&self, verdicts: &Verdicts) -> Vec<u32> {
        let Some(rule) = verdicts.rules.get(self.rule) else { return Vec::new() };
        let mut events: Vec<u32> = Vec::new();
        for (block, rows) in &rule.matched {
            let Some(block) = self.store.blocks().get(*block as usize) else { continue };
            events.extend(rows.rows(block.events.len()).iter().filter_map(|row| block.events.get(*row)));
        }
        sorted(events, |event| *event)
    }
}

fn shown(tuple: &crate::resolve::ruleset::Tuple) -> Vec<String> {
    tuple.cells.iter().map(super::cell::text).collect()
}

/// The change that adds a tuple or an exception in a file.
fn written(rule: &Rule, way: &Way, file: Option<u32>) -> TableEdit {
    match way {
        Way::Tuple { exception, cells } => {
            TableEdit::AddTuple { exception: *exception, cells: cells.clone(), file }
        }
        Way::New(columns) => {
            let cells: Vec<String> = columns.iter().map(|column| column.value.clone()).collect();
            let words: Vec<&str> = columns.iter().map(|column| column.word.as_str()).collect();
            let word = words.join("_");
            let taken = |name: &str| rule.exceptions.iter().any(|exception| exception.name == name);
            let mut names = std::iter::once(word.clone()).chain((2..).map(|n| format!("{word}_{n}")));
            let name = names.find(|name| !taken(name)).unwrap_or(word);
            let columns = columns.iter().map(|column| (column.field.clone(), "=".to_owned())).collect();
            TableEdit::Add { name, columns, cells, file }
        }
    }
}
