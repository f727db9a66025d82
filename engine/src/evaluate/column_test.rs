//! Tests one check on all events of a block: once per distinct value where it depends on one column, once per distinct
//! combination of values where it depends on several.

use super::bitmaps::{Bitmap, Sides};
use super::semantics::{Fields, Matcher};
use crate::catalog::FieldKey;
use crate::events::{Block, BlockColumn, Cell, ColumnId, EventStore, Row, follows_from_time};
use crate::text::distinct;
use crate::value::Value;
use rustc_hash::FxHashMap;

/// What a matcher said about the values of its column so far: they come again in other blocks.
#[derive(Default)]
pub(super) struct Tested {
    /// By position of the value: 0 not asked, 1 no, 2 yes.
    values: Vec<u8>,
    /// About events without a value.
    missing: Option<bool>,
}

/// Columns with more values than this are asked again in every block: such values are rarely shared.
const MAX_REMEMBERED: usize = 1 << 16;

impl Tested {
    /// The events of `block` that the check holds for.
    pub(super) fn bitmap(
        &mut self,
        matcher: &Matcher,
        store: &EventStore,
        block: usize,
        rows: usize,
    ) -> Sides {
        let Some(events) = store.blocks().get(block) else { return Sides::same(Bitmap::None) };
        match matcher.column() {
            Some(key) if follows_from_time(key) => one_by_one(matcher, store, block, rows),
            Some(key) => self.one_column(matcher, key, store, events, rows),
            None => several_columns(matcher, store, block, rows),
        }
    }

    fn one_column(
        &mut self,
        matcher: &Matcher,
        key: &FieldKey,
        store: &EventStore,
        events: &Block,
        rows: usize,
    ) -> Sides {
        let found =
            store.column(key).and_then(|id| Some((store.columns().get(id.index())?, events.column(id)?)));
        let Some((column, local)) = found else {
            if events.partial && rows > 0 {
                return Sides::constant(matcher.decide_unknown());
            }
            return Sides::same(Bitmap::constant(self.test_missing(matcher) && rows > 0));
        };
        if column.values.len() <= MAX_REMEMBERED && self.values.len() < column.values.len() {
            self.values.resize(column.values.len(), 0);
        }
        let answers: Vec<u8> = local
            .values
            .iter()
            .map(|cell| match cell {
                Cell::Value(at) => self.test_value(matcher, *at as usize, column.value(*cell)).into(),
                Cell::Absent => self.test_missing(matcher).into(),
                Cell::Unknown => answer(matcher.decide_unknown()),
            })
            .collect();
        spread_sides(&answers, &local.codes, rows)
    }

    fn test_missing(&mut self, matcher: &Matcher) -> bool {
        *self.missing.get_or_insert_with(|| matcher.test_value(None))
    }

    fn test_value(&mut self, matcher: &Matcher, at: usize, value: Option<&Value>) -> bool {
        match self.values.get_mut(at) {
            Some(1) => false,
            Some(2) => true,
            Some(unknown) => {
                let answer = matcher.test_value(value);
                *unknown = if answer { 2 } else { 1 };
                answer
            }
            None => matcher.test_value(value),
        }
    }
}

/// What stands for an answer that depends on what is left open.
const OPEN: u8 = 2;

/// What stands for an answer that is not known yet.
const NOT_ASKED: u8 = u8::MAX;

fn answer(decided: Option<bool>) -> u8 {
    decided.map_or(OPEN, u8::from)
}

/// As [`spread`], where some answers may be [`OPEN`].
fn spread_sides(answers: &[u8], codes: &[u32], rows: usize) -> Sides {
    if !answers.contains(&OPEN) {
        return Sides::same(spread(answers, codes, rows));
    }
    let side = |open: u8| {
        let answers: Vec<u8> =
            answers.iter().map(|answer| if *answer == OPEN { open } else { *answer }).collect();
        spread(&answers, codes, rows)
    };
    Sides { certainly: side(0), possibly: Some(side(1)) }
}

/// The answers of the values, spread over the events that have them.
fn spread(answers: &[u8], codes: &[u32], rows: usize) -> Bitmap {
    match answers {
        [] => return Bitmap::None,
        [first, rest @ ..] if rest.iter().all(|answer| answer == first) => {
            return Bitmap::constant(*first == 1);
        }
        _ => {}
    }
    let word = |codes: &[u32]| {
        codes
            .iter()
            .rev()
            .fold(0u64, |word, code| word << 1 | u64::from(answers.get(*code as usize).copied().unwrap_or(0)))
    };
    Bitmap::from_words(codes.chunks(64).map(word).collect(), rows)
}

/// Tests every event, none of which is expected to have the value of another.
fn one_by_one(matcher: &Matcher, store: &EventStore, block: usize, rows: usize) -> Sides {
    let asked = (0..rows).filter_map(|row| Some(answer(matcher.decide(&store.block_row(block, row)?))));
    let answers: Vec<u8> = asked.collect();
    let own: Vec<u32> = (0..rows as u32).collect();
    spread_sides(&answers, &own, rows)
}

/// Tests every combination of the values of the columns that the check reads.
fn several_columns(matcher: &Matcher, store: &EventStore, block: usize, rows: usize) -> Sides {
    let Some(events) = store.blocks().get(block).filter(|_| rows > 0) else {
        return Sides::same(Bitmap::None);
    };
    let mut columns: Vec<&BlockColumn> =
        columns_of(matcher, store).into_iter().filter_map(|id| events.column(id)).collect();
    // A column with one value for all tells nothing apart.
    columns.retain(|column| column.values.len() > 1);
    let asked_of = |row: usize| store.block_row(block, row).map_or(Some(false), |row| matcher.decide(&row));
    let Some((first, rest)) = columns.split_first() else { return Sides::constant(asked_of(0)) };
    let mut groups = first.codes.to_vec();
    for column in rest {
        let mut numbers: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for (group, code) in groups.iter_mut().zip(&*column.codes) {
            let next = numbers.len() as u32;
            *group = *numbers.entry((*group, *code)).or_insert(next);
        }
    }
    let count = groups.iter().max().map_or(0, |last| *last as usize + 1);
    let mut answers = vec![NOT_ASKED; count];
    for (row, group) in groups.iter().enumerate() {
        if let Some(place) = answers.get_mut(*group as usize).filter(|place| **place == NOT_ASKED) {
            *place = answer(asked_of(row));
        }
    }
    spread_sides(&answers, &groups, rows)
}

/// The columns that a check may read. A field without argument that looks at ancestors reads the columns of all its
/// arguments.
fn columns_of(matcher: &Matcher, store: &EventStore) -> Vec<ColumnId> {
    let mut keys = Vec::new();
    matcher.keys(&mut keys);
    let mut ids = Vec::new();
    for key in keys {
        if key.arg.is_none() && key.info().any_ancestor {
            let family =
                store.columns().iter().enumerate().filter(|(_, column)| column.key.field == key.field);
            ids.extend(family.map(|(at, _)| ColumnId::new(at)));
        } else {
            ids.extend(store.column(&key));
        }
    }
    distinct(ids)
}

impl Fields for Row<'_> {
    fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.value(key)
    }

    fn is_partial(&self) -> bool {
        Row::is_partial(self)
    }

    fn is_unknown(&self, key: &FieldKey) -> bool {
        Row::is_unknown(self, key)
    }
}
