//! The event store: events as columns. Events that share source and event type form a block; in a block every column
//! is a list of codes into the column's distinct values, so that a check is tested once per value and not per event.

use super::audit::Records;
use super::parts::Start;
use super::time::Moment;
use super::times::{self, Times};
use crate::catalog::event_types::EventTypes;
use crate::catalog::{Dialect, FieldKey};
use crate::config::StaticField;
use crate::text::{Span, define_id};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::sync::Arc;

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
    /// When it happened.
    pub(super) moment: Option<Moment>,
    /// What follows from that.
    pub(super) times: Times,
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
    /// One per event of the block: a position in `values`. Columns that follow from one another share them.
    pub codes: Arc<Vec<u32>>,
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

/// Where an event gives a field.
#[derive(Clone, Copy, Debug)]
pub(super) struct FieldPlace {
    pub(super) column: ColumnId,
    pub(super) at: Span,
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
                Some(BlockColumn {
                    values: vec![Cell::Value(0)],
                    codes: Arc::new(vec![0; block.events.len()]),
                })
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
        let column = self.store.column(key);
        let cell = column.map_or(self.block.not_given(), |column| self.cell(column));
        if cell == self.block.not_given() {
            return self.of_moment(key);
        }
        self.store.columns.get(column?.index())?.value(cell)
    }

    /// The value of a field that follows from the moment of the event.
    fn of_moment(&self, key: &FieldKey) -> Option<&'a Value> {
        let at = times::position(key)?;
        self.times().get(at)?.as_ref()
    }

    /// The fields that follow from the moment of the event, where it does not give them.
    pub(super) fn not_given_times(&self) -> impl Iterator<Item = (&'static FieldKey, &'a Value)> {
        let row = *self;
        let given = move |key: &FieldKey| {
            row.store.column(key).is_some_and(|column| row.cell(column) != row.block.not_given())
        };
        let times = times::keys().iter().zip(row.times());
        times.filter_map(move |(key, value)| Some((key, value.as_ref()?)).filter(|(key, _)| !given(key)))
    }

    /// Whether the event says something of the plain field `name`.
    pub(super) fn gives(&self, name: &str) -> bool {
        let column = FieldKey::named(name).and_then(|key| self.store.column(&key));
        column.is_some_and(|column| self.cell(column) != self.not_given())
    }

    /// What the event says of a field by not giving it.
    pub(super) fn not_given(&self) -> Cell {
        self.block.not_given()
    }

    fn times(&self) -> &'a [Option<Value>] {
        let event = self.block.events.get(self.at).and_then(|event| self.store.events.get(*event as usize));
        let Some(event) = event else { return &[] };
        event.times.get(|| {
            let clock = if self.gives("evt.time") {
                match FieldKey::named("evt.time").and_then(|key| self.value_at(self.store.column(&key)?)) {
                    Some(Value::Text(time)) => Moment::parse(time),
                    _ => None,
                }
            } else {
                event.moment
            };
            times::values(event.moment, clock, self.store.dialect)
        })
    }

    /// The value in a column.
    pub fn value_at(&self, column: ColumnId) -> Option<&'a Value> {
        self.store.columns.get(column.index())?.value(self.cell(column))
    }

    /// Whether the event leaves open whether it has this field and which value.
    pub fn is_unknown(&self, key: &FieldKey) -> bool {
        self.block.partial
            && self.store.column(key).is_none_or(|column| self.cell(column) == Cell::Unknown)
            && self.of_moment(key).is_none()
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

/// While events are read, a cell of a partial event that says that there is no value.
pub(super) const ABSENT: u32 = u32::MAX;
