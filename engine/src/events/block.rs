//! Blocks while events are read: the cells of their events, column by column.

use super::columns::Cell;
use super::store::{self, ABSENT, Block, BlockColumn};
use crate::catalog::SYSCALL;
use crate::catalog::event_types::EventTypes;
use std::sync::Arc;

/// A block to which events are added.
pub(super) struct BlockBuilder {
    source: Box<str>,
    types: EventTypes,
    partial: bool,
    any_type: bool,
    events: Vec<u32>,
    /// By event, whether it has a field of a container.
    own_container: Vec<bool>,
    /// By column; shorter than `events` where the last ones lack it.
    cells: Vec<Vec<Cell>>,
}

/// A block that has all its events.
pub(super) struct FullBlock {
    pub(super) partial: bool,
    pub(super) own_container: Vec<bool>,
    pub(super) columns: Vec<Option<Filled>>,
    /// Codes of a column with one cell for all.
    pub(super) same: Arc<Vec<u32>>,
    block: Block,
}

/// A column of a block: its cells, each once, and for each event the position of its cell there.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) cells: Vec<Cell>,
    pub(super) codes: Arc<Vec<u32>>,
}

impl BlockBuilder {
    /// An empty block; `event_type` as given by its events.
    pub(super) fn new(source: &str, event_type: Option<&str>, partial: bool, any_type: bool) -> Self {
        let named = event_type.map(EventTypes::named).filter(|types| source == SYSCALL && !types.is_empty());
        let types = named.unwrap_or_else(EventTypes::all);
        Self {
            source: source.into(),
            types,
            partial,
            any_type,
            events: Vec::new(),
            own_container: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Adds an event with these (column, cell) pairs; returns its row.
    pub(super) fn push(
        &mut self,
        event: u32,
        own_container: bool,
        cells: impl Iterator<Item = (usize, Cell)>,
    ) -> u32 {
        let row = self.events.len();
        self.events.push(event);
        self.own_container.push(own_container);
        for (column, cell) in cells {
            if self.cells.len() <= column {
                self.cells.resize_with(column + 1, Vec::new);
            }
            if let Some(cells) = self.cells.get_mut(column) {
                cells.resize(row, 0);
                cells.push(cell);
            }
        }
        row as u32
    }

    /// The block, with room for so many columns.
    pub(super) fn full(self, columns: usize, distinct: &mut Distinct) -> FullBlock {
        let Self { source, types, partial, any_type, events, own_container, cells } = self;
        let rows = events.len();
        let mut filled: Vec<_> = cells
            .into_iter()
            .map(|mut cells| {
                let is_used = !cells.is_empty();
                cells.resize(rows, 0);
                is_used.then(|| distinct.of(cells))
            })
            .collect();
        filled.resize(columns, None);
        let same = Arc::new(vec![0; rows]);
        let block = Block { source, types, partial, any_type, events, columns: Vec::new() };
        FullBlock { partial, own_container, columns: filled, same, block }
    }
}

impl FullBlock {
    /// The source of its events.
    pub(super) fn source(&self) -> &str {
        &self.block.source
    }

    /// Number of events.
    pub(super) fn rows(&self) -> usize {
        self.same.len()
    }

    /// A column, if some event has it.
    pub(super) fn column(&self, column: usize) -> Option<&Filled> {
        self.columns.get(column)?.as_ref()
    }

    /// Adds or replaces a column, unless no event has it.
    pub(super) fn put(&mut self, column: usize, filled: Filled) {
        if let Some(place) =
            self.columns.get_mut(column).filter(|_| filled.cells.iter().any(|cell| *cell != 0))
        {
            *place = Some(filled);
        }
    }

    /// The block as the store has it.
    pub(super) fn finish(self) -> Block {
        let not_given = self.block.not_given();
        let columns = self.columns.into_iter().map(|filled| filled.map(|filled| filled.column(not_given)));
        Block { columns: columns.collect(), ..self.block }
    }
}

impl Filled {
    /// The cell of an event.
    pub(super) fn cell(&self, row: usize) -> Cell {
        let cell = self.codes.get(row).and_then(|code| self.cells.get(*code as usize));
        cell.copied().unwrap_or(0)
    }

    /// The column whose events have these cells instead, one for each of this one's.
    pub(super) fn with(&self, cells: Vec<Cell>, distinct: &mut Distinct) -> Self {
        let count = cells.len();
        let Self { cells, codes } = distinct.of(cells);
        if cells.len() == count {
            return Self { cells, codes: self.codes.clone() };
        }
        let codes = self.codes.iter().map(|code| codes.get(*code as usize).copied().unwrap_or(0));
        Self { cells, codes: Arc::new(codes.collect()) }
    }

    /// The column as the store has it.
    pub(super) fn column(self, not_given: store::Cell) -> BlockColumn {
        let values = self.cells.into_iter().map(|cell| match cell {
            ABSENT => store::Cell::Absent,
            0 => not_given,
            cell => store::Cell::Value(cell - 1),
        });
        BlockColumn { values: values.collect(), codes: self.codes }
    }
}

/// Finds the distinct cells of lists. What it needs for that is kept from list to list.
#[derive(Default)]
pub(super) struct Distinct {
    /// By cell plus one, and 0 for [`ABSENT`]: its place among those that are found, plus one.
    places: Vec<u32>,
}

impl Distinct {
    /// The distinct cells in the order in which they come, and where each of the list is among them.
    pub(super) fn of(&mut self, mut list: Vec<Cell>) -> Filled {
        let at = |cell: Cell| cell.wrapping_add(1) as usize;
        let mut cells = Vec::new();
        for cell in &mut list {
            let at = at(*cell);
            if self.places.len() <= at {
                self.places.resize(at + 1, 0);
            }
            let Some(place) = self.places.get_mut(at) else { continue };
            if *place == 0 {
                cells.push(*cell);
                *place = cells.len() as u32;
            }
            *cell = *place - 1;
        }
        for cell in &cells {
            if let Some(place) = self.places.get_mut(at(*cell)) {
                *place = 0;
            }
        }
        Filled { cells, codes: Arc::new(list) }
    }
}
