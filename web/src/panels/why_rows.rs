//! Steps of an explanation → the rows of its tree: what is folded, and what is told in one row where the engine has two.

use engine::report::{Answer, Explanation, FileId, Place, Step, StepKind, Truth, Weight};
use engine::text::SortedMap;

/// What the user has folded or unfolded, by row. It outlives an explanation: the next event has the same parts.
#[derive(Default)]
pub(crate) struct Folds(SortedMap<Key, bool>);

impl Folds {
    pub(crate) fn set(&mut self, key: Key, open: bool) {
        self.0.insert(key, open);
    }
}

/// A part, whatever it says of an event: its words, its place and how deep it is.
pub(crate) type Key = (String, u32, u32, usize);

/// A word in front of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    All,
    Any,
    Not,
    Macro,
    Exception,
    Tuple,
}

/// A row of the tree.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Row {
    pub(crate) key: Key,
    pub(crate) level: usize,
    pub(crate) words: Vec<Word>,
    /// As the user wrote it; empty where the words say enough.
    pub(crate) label: String,
    pub(crate) at: Place,
    pub(crate) truth: Truth,
    pub(crate) weight: Weight,
    pub(crate) reads: Vec<(String, Option<String>)>,
    /// Whether the alert proves it.
    pub(crate) proven: bool,
    /// The fields that the event does not say.
    pub(crate) unknown: Vec<String>,
    pub(crate) hit: Option<String>,
    /// Whether its parts are shown; none where it has none.
    pub(crate) open: Option<bool>,
}

/// The rows that are to be seen.
pub(crate) fn rows(why: &Explanation, folds: &Folds) -> Vec<Row> {
    let mut out = Vec::new();
    let mut rest: Vec<(u32, usize)> = why.roots.iter().rev().map(|root| (*root, 0)).collect();
    while let Some((at, level)) = rest.pop() {
        let Some(step) = why.steps.get(at as usize) else { continue };
        let (mut row, children) = row(why, step, level);
        if !children.is_empty() {
            let open = folds.0.get(&row.key).copied().unwrap_or_else(|| is_open(why, step));
            row.open = Some(open);
            if open {
                rest.extend(children.iter().rev().map(|child| (*child, level + 1)));
            }
        }
        out.push(row);
    }
    out
}

/// What matters is open; a macro or an exception that does its part without a surprise is not.
fn is_open(why: &Explanation, step: &Step) -> bool {
    match step.kind {
        StepKind::And | StepKind::Or => true,
        StepKind::Exception | StepKind::Tuple => {
            step.truth == Truth::True || (step.truth == Truth::Unknown && step.weight > Weight::Quiet)
        }
        StepKind::Macro(_) | StepKind::Not => {
            step.weight > Weight::Quiet && !matches!(why.answer, Answer::Matches)
        }
        StepKind::Check => false,
    }
}

/// The row of a step and the steps that stand below it.
fn row(why: &Explanation, step: &Step, level: usize) -> (Row, Vec<u32>) {
    let mut row = Row {
        key: key(step, level),
        level,
        words: Vec::new(),
        label: step.label.clone(),
        at: step.at,
        truth: step.truth,
        weight: step.weight,
        reads: step.reads.clone(),
        unknown: step.unknown.clone(),
        proven: step.proven,
        hit: step.hit.clone(),
        open: None,
    };
    let only = |step: &Step| match step.children.as_slice() {
        [only] => why.steps.get(*only as usize),
        _ => None,
    };
    // What an `and` or `or` below is made of may stand in its place.
    let merged = |row: &mut Row, step: &Step| match only(step) {
        Some(inner) if matches!(inner.kind, StepKind::And | StepKind::Or) => {
            row.words.push(if inner.kind == StepKind::And { Word::All } else { Word::Any });
            inner.children.clone()
        }
        _ => step.children.clone(),
    };
    let children = match step.kind {
        StepKind::Check => Vec::new(),
        StepKind::And | StepKind::Or => {
            row.label.clear();
            row.words.push(if step.kind == StepKind::And { Word::All } else { Word::Any });
            step.children.clone()
        }
        StepKind::Macro(_) => {
            row.words.push(Word::Macro);
            merged(&mut row, step)
        }
        StepKind::Exception => {
            row.words.push(Word::Exception);
            step.children.clone()
        }
        StepKind::Tuple => {
            row.words.push(Word::Tuple);
            merged(&mut row, step)
        }
        StepKind::Not => match only(step) {
            // `not proc.name = x` is one row, with the value.
            Some(inner) if inner.kind == StepKind::Check => {
                row.reads.clone_from(&inner.reads);
                row.unknown.clone_from(&inner.unknown);
                row.hit.clone_from(&inner.hit);
                Vec::new()
            }
            Some(inner) if matches!(inner.kind, StepKind::Macro(_)) => {
                row.words.push(Word::Macro);
                merged(&mut row, inner)
            }
            _ => {
                row.label.clear();
                row.words.push(Word::Not);
                merged(&mut row, step)
            }
        },
    };
    (row, children)
}

fn key(step: &Step, level: usize) -> Key {
    let file = match step.at.file {
        FileId::Rules(file) => file,
        FileId::Config | FileId::Events(_) => u32::MAX,
    };
    (step.label.clone(), file, step.at.span.start, level)
}
