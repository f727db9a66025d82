//! The event store: events as columns. Events that share source and event type form a block; in a block every column
//! is a list of codes into the column's distinct values, so that a check is tested once per value and not per event.

use super::audit::Records;
use super::parts::Start;
use crate::catalog::event_types::EventTypes;
use crate::catalog::{Dialect, FieldKey, SYSCALL};
use crate::config::StaticField;
use crate::text::{Span, define_id};
use crate::value::Value;
use rustc_hash::FxHashMap;

define_id! {
    /// A column of the store: a field with its argument.
    ColumnId
}

define_id! {
    /// A block of the store.
    BlockId
}

/// All events of all files. Made by [`read`](super::read()); what changes are the static fields, and fields that are read on
/// demand.
#[derive(Debug, Default)]
pub struct EventStore {
    pub(super) events: Vec<EventInfo>,
    pub(super) blocks: Vec<Block>,
    pub(super) columns: Vec<Column>,
    pub(super) by_key: FxHashMap<FieldKey, ColumnId>,
    pub(super) places: Vec<FieldPlace>,
    /// Names of rules that fired, for [`EventInfo`].
    pub(super) fired: Vec<Box<str>>,
    /// In which it was read.
    pub(super) dialect: Dialect,
    /// Columns that no event gives: the static fields, behind all others.
    pub(super) statics: usize,
    /// The events that have more fields than the columns hold.
    pub(super) records: Records,
    /// Where the parts of the files begin; empty where they are not kept apart.
    pub(super) parts: Vec<Start>,
}

/// What is known about one event besides its fields.
#[derive(Debug, Default)]
pub struct EventInfo {
    /// Position of its file among the events files.
    pub file: u32,
    /// Where it stands there.
    pub at: Span,
    /// The block that holds its fields.
    pub(super) block: u32,
    /// Its row there.
    pub(super) row: u32,
    /// Its fields' places: a range of `places`. None if they are found by reading it again.
    pub(super) places: Option<(u32, u32)>,
    /// The rule that fired when it was recorded: a position in `fired`, plus one.
    pub(super) fired: u32,
    /// What the event says about itself, if anything.
    pub about: Option<Box<About>>,
}

/// What an event says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub name: Box<str>,
    /// A remark.
    pub note: Box<str>,
    /// Its time as written.
    pub time: Box<str>,
    /// What rules should say about it, in order.
    pub expect: Vec<Expect>,
    /// Rules that raised an alert when it was recorded.
    pub fired: Vec<Box<str>>,
}

/// What a rule should say about an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The rule's name.
    pub rule: Box<str>,
    /// The outcome.
    pub outcome: Expected,
    /// Where it is written.
    pub at: Span,
}

/// An expected outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The rule matches.
    Match,
    /// Only an exception keeps it from matching.
    Suppressed,
    /// Neither.
    None,
    /// It cannot be decided.
    Undecided,
}

/// Events of one source and one event type that say as much of themselves.
#[derive(Debug)]
pub struct Block {
    /// Their event source.
    pub source: Box<str>,
    /// The codes that stand for their event type: a rule sees them if its own set shares one. All codes for sources
    /// other than `syscall` and where the type is not given.
    pub types: EventTypes,
    /// Whether its events come from records that do not say everything: what they do not give is unknown.
    pub partial: bool,
    /// Whether they leave their event type open, which tells the rules that Falco asks.
    pub any_type: bool,
    /// Positions of the events, in order.
    pub events: Vec<u32>,
    /// By column; `None` where no event of the block says anything of the field.
    pub(super) columns: Vec<Option<BlockColumn>>,
}

/// A column within a block.
#[derive(Debug)]
pub struct BlockColumn {
    /// The distinct cells of the block.
    pub values: Vec<Cell>,
    /// One per event of the block: a position in `values`.
    pub codes: Vec<u32>,
}

/// What an event says of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value, by its position in the column.
    Value(u32),
    /// That it has no value: Falco's `<NA>`.
    Absent,
    /// Nothing. Only in blocks that are partial.
    Unknown,
}

/// A column over all blocks.
#[derive(Debug)]
pub struct Column {
    /// The field.
    pub key: FieldKey,
    /// Its values, each once.
    pub values: Vec<Value>,
}

/// Where a field of an event is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldPlace {
    pub(super) column: ColumnId,
    pub(super) at: Span,
    pub(super) derived: bool,
}

impl EventStore {
    /// Gives every event these static fields, instead of those that it had.
    pub fn set_statics(&mut self, fields: &[StaticField]) {
        let given = self.columns.len().saturating_sub(self.statics);
        for Column { key, .. } in self.columns.drain(given..) {
            self.by_key.remove(&key);
        }
        for block in &mut self.blocks {
            block.columns.resize_with(given, || None);
            block.columns.resize_with(given + fields.len(), || {
                Some(BlockColumn { values: vec![Cell::Value(0)], codes: vec![0; block.events.len()] })
            });
        }
        for StaticField { name, value } in fields {
            let key = FieldKey::of_static(name);
            self.by_key.insert(key.clone(), ColumnId::new(self.columns.len()));
            self.columns.push(Column { key, values: vec![Value::Text(value.clone())] });
        }
        self.statics = fields.len();
    }

    /// The static fields that every event has, as the configuration defines them.
    pub fn static_fields(&self) -> Vec<StaticField> {
        let field = |column: &Column| match (&column.key.arg, column.value(Cell::Value(0))) {
            (Some(name), Some(Value::Text(value))) => {
                Some(StaticField { name: name.clone(), value: value.clone() })
            }
            _ => None,
        };
        self.statics().iter().filter_map(field).collect()
    }

    /// The static fields that every event has.
    pub(super) fn statics(&self) -> &[Column] {
        self.columns.get(self.columns.len().saturating_sub(self.statics)..).unwrap_or_default()
    }

    /// Number of events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The dialect in which it was read.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What is known about event `index` besides its fields.
    pub fn info(&self, index: usize) -> Option<&EventInfo> {
        self.events.get(index)
    }

    /// Rules that raised an alert when event `index` was recorded.
    pub fn fired(&self, index: usize) -> impl Iterator<Item = &str> {
        let info = self.events.get(index);
        let own = info.and_then(|info| info.about.as_deref()).map_or(&[][..], |about| &about.fired);
        let of_log = info.and_then(|info| self.fired.get(info.fired.checked_sub(1)? as usize));
        own.iter().chain(of_log).map(|name| &**name)
    }

    /// The blocks, in the order in which their first events stand.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of a field, if some event has it.
    pub fn column(&self, key: &FieldKey) -> Option<ColumnId> {
        self.by_key.get(key).copied()
    }

    /// The fields of event `index`.
    pub fn row(&self, index: usize) -> Option<Row<'_>> {
        let event = self.events.get(index)?;
        self.block_row(event.block as usize, event.row as usize)
    }

    /// The fields of the event in row `row` of block `block`.
    pub fn block_row(&self, block: usize, row: usize) -> Option<Row<'_>> {
        Some(Row { store: self, block: self.blocks.get(block)?, at: row })
    }

    /// Block and row of event `index`.
    pub fn position(&self, index: usize) -> Option<(usize, usize)> {
        self.events.get(index).map(|event| (event.block as usize, event.row as usize))
    }
}

impl BlockColumn {
    /// The column whose events have these cells, as a [`BlockBuilder`] collects them; `distinct` is the number of values of the
    /// whole column, and `local` memory that is used again.
    pub(super) fn of(mut codes: Vec<u32>, distinct: usize, not_given: Cell, local: &mut Vec<u32>) -> Self {
        // Positions in the whole column become positions in the block's own, shorter list.
        local.clear();
        local.resize(distinct + 2, 0);
        let mut values = Vec::new();
        for code in &mut codes {
            let (at, cell) = match *code {
                ABSENT => (distinct + 1, Cell::Absent),
                0 => (0, not_given),
                code => (code as usize, Cell::Value(code - 1)),
            };
            if let Some(place) = local.get_mut(at) {
                if *place == 0 {
                    values.push(cell);
                    *place = values.len() as u32;
                }
                *code = *place - 1;
            }
        }
        Self { values, codes }
    }
}

impl EventInfo {
    /// Whether it stands in a log, so that its text is not one of an event in our own form.
    pub const fn is_of_log(&self) -> bool {
        self.places.is_none()
    }
}

impl Block {
    /// Adds or replaces a column.
    pub(super) fn put_column(&mut self, id: ColumnId, column: BlockColumn) {
        if self.columns.len() <= id.index() {
            self.columns.resize_with(id.index() + 1, || None);
        }
        if let Some(place) = self.columns.get_mut(id.index()) {
            *place = Some(column);
        }
    }

    /// A column of this block; `None` if no event of it says anything of the field.
    pub fn column(&self, id: ColumnId) -> Option<&BlockColumn> {
        self.columns.get(id.index())?.as_ref()
    }

    /// What an event says of a field by not giving it.
    pub const fn not_given(&self) -> Cell {
        if self.partial { Cell::Unknown } else { Cell::Absent }
    }
}

impl Column {
    /// The value in a cell, if it holds one.
    pub fn value(&self, cell: Cell) -> Option<&Value> {
        match cell {
            Cell::Value(at) => self.values.get(at as usize),
            Cell::Absent | Cell::Unknown => None,
        }
    }
}

/// The fields of one event.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    store: &'a EventStore,
    block: &'a Block,
    at: usize,
}

impl<'a> Row<'a> {
    /// The value of a field; `None` if the event has no such value.
    pub fn value(&self, key: &FieldKey) -> Option<&'a Value> {
        self.value_at(self.store.column(key)?)
    }

    /// The value in a column.
    pub fn value_at(&self, column: ColumnId) -> Option<&'a Value> {
        self.store.columns.get(column.index())?.value(self.cell(column))
    }

    /// Whether the event leaves open whether it has this field and which value.
    pub fn is_unknown(&self, key: &FieldKey) -> bool {
        self.block.partial && self.store.column(key).is_none_or(|column| self.cell(column) == Cell::Unknown)
    }

    /// Whether the event leaves fields open.
    pub const fn is_partial(&self) -> bool {
        self.block.partial
    }

    /// What the event says in a column.
    pub(super) fn cell(&self, column: ColumnId) -> Cell {
        let given = self
            .block
            .column(column)
            .and_then(|of_block| of_block.values.get(*of_block.codes.get(self.at)? as usize));
        given.copied().unwrap_or(self.block.not_given())
    }

    /// The event source.
    pub fn source(&self) -> &'a str {
        &self.block.source
    }
}

/// A block that is being filled.
pub(super) struct BlockBuilder {
    source: Box<str>,
    types: EventTypes,
    partial: bool,
    any_type: bool,
    events: Vec<u32>,
    /// By column: positions of values plus one; 0 for no value, [`ABSENT`]. Shorter than `events` where the last ones
    /// lack it.
    cells: Vec<Vec<u32>>,
}

/// While events are read, a cell of a partial event that says that there is no value.
pub(super) const ABSENT: u32 = u32::MAX;

impl BlockBuilder {
    /// An empty block; `event_type` as given by its events.
    pub(super) fn new(source: &str, event_type: Option<&str>, partial: bool, any_type: bool) -> Self {
        let named = event_type.map(EventTypes::named).filter(|types| source == SYSCALL && !types.is_empty());
        let types = named.unwrap_or_else(EventTypes::all);
        Self { source: source.into(), types, partial, any_type, events: Vec::new(), cells: Vec::new() }
    }

    /// Adds an event with these (column, cell) pairs; returns its row.
    pub(super) fn push(&mut self, event: u32, cells: impl Iterator<Item = (usize, u32)>) -> u32 {
        let row = self.events.len();
        self.events.push(event);
        for (column, code) in cells {
            if self.cells.len() <= column {
                self.cells.resize_with(column + 1, Vec::new);
            }
            if let Some(codes) = self.cells.get_mut(column) {
                codes.resize(row, 0);
                codes.push(code);
            }
        }
        row as u32
    }

    /// The finished block. `distinct` has the number of values of each column.
    pub(super) fn finish(self, distinct: &[usize]) -> Block {
        let rows = self.events.len();
        let not_given = if self.partial { Cell::Unknown } else { Cell::Absent };
        let mut local: Vec<u32> = Vec::new();
        let columns = self.cells.into_iter().zip(distinct).map(|(mut codes, &count)| {
            if codes.is_empty() {
                return None;
            }
            codes.resize(rows, 0);
            Some(BlockColumn::of(codes, count, not_given, &mut local))
        });
        let columns = columns.collect();
        let Self { source, types, partial, any_type, events, .. } = self;
        Block { source, types, partial, any_type, events, columns }
    }
}
