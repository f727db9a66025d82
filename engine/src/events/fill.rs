//! Runs the table of `derive`: names resolved to columns once, functions of one field computed once per value.

use super::block::{Distinct, Filled, FullBlock};
use super::columns::{Cell, Columns};
use super::derive::{Compute, ROWS, When};
use super::store::{ABSENT, ColumnId};
use crate::catalog::event_types::EventType;
use crate::catalog::{FieldKey, SYSCALL};
use crate::value::Value;
use rustc_hash::FxHashMap;

/// No row of the table has more inputs.
const MAX_INPUTS: usize = 5;

/// The table, bound to the columns of a store.
pub(super) struct Fill {
    rows: Vec<BoundRow>,
}

struct BoundRow {
    target: ColumnId,
    when: When,
    certain: bool,
    from: Bound,
}

enum Bound {
    /// The cell of the constant; 0 until it is first needed, so that columns hold no value that no event has.
    Is { text: &'static str, cell: Cell },
    /// Results by the cell of the input: 0 not yet known, 1 none, else the cell plus one.
    One { from: ColumnId, compute: fn(&Value) -> Option<Value>, known: Vec<u32> },
    /// Results by the cell of the input, as above.
    Same { from: ColumnId, known: Vec<u32> },
    /// Results by the cells of the inputs.
    Several {
        from: Vec<ColumnId>,
        compute: fn(&[Option<&Value>]) -> Option<Value>,
        known: FxHashMap<[Cell; MAX_INPUTS], Cell>,
    },
}

/// The rows for the events of a block: positions in the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan(Vec<u32>);

impl Fill {
    pub(super) fn new(columns: &mut Columns) -> Self {
        let mut id = |name: &str| FieldKey::parse(name, SYSCALL).ok().map(|key| columns.id(&key));
        let rows = ROWS.iter().filter_map(|row| {
            let from = match row.from {
                Compute::Is(text) => Bound::Is { text, cell: 0 },
                Compute::Same(name) => Bound::Same { from: id(name)?, known: Vec::new() },
                Compute::One(name, compute) => Bound::One { from: id(name)?, compute, known: Vec::new() },
                Compute::Several(names, compute) => {
                    let from = names.iter().filter_map(|name| id(name)).collect();
                    Bound::Several { from, compute, known: FxHashMap::default() }
                }
            };
            Some(BoundRow { target: id(row.target)?, when: row.when, certain: row.certain, from })
        });
        Self { rows: rows.collect() }
    }

    /// The rows that events of this source and type can use; of partial events only what follows for certain.
    pub(super) fn plan(
        &self,
        source: &str,
        name: Option<&str>,
        known: Option<&EventType>,
        partial: bool,
    ) -> Plan {
        let is_syscall = source == SYSCALL;
        let fits = |row: &BoundRow| match row.when {
            When::Any => true,
            When::Syscall | When::Host | When::Container => is_syscall,
            When::Types(types) => name.is_some_and(|name| types.contains(&name)),
            When::Not(types) => is_syscall && name.is_some_and(|name| !types.contains(&name)),
            When::Call => known.is_some_and(|kind| kind.is_syscall && !kind.generic),
        };
        let rows = self.rows.iter().enumerate().filter(|(_, row)| fits(row) && (row.certain || !partial));
        Plan(rows.map(|(at, _)| at as u32).collect())
    }

    /// Fills what the events of a block leave empty. Of what a partial event does not say, nothing is made.
    pub(super) fn run(
        &mut self,
        plan: &Plan,
        block: &mut FullBlock,
        on_host: &[bool],
        columns: &mut Columns,
        distinct: &mut Distinct,
    ) {
        for &row in &plan.0 {
            let Some(row) = self.rows.get_mut(row as usize) else { continue };
            let target = row.target.index();
            let empty = block.column(target).is_none_or(|given| given.cells.contains(&0));
            let host = matches!(row.when, When::Host);
            let meant = |on_host: &bool| *on_host == host;
            let (some, all) = match row.when {
                When::Host | When::Container => (on_host.iter().any(meant), on_host.iter().all(meant)),
                _ => (true, true),
            };
            if !(empty && some && row.from.can_give(block)) {
                continue;
            }
            let whole = if all { row.whole(block, columns, distinct) } else { None };
            let filled = whole.unwrap_or_else(|| {
                let meant = |at: usize| all || on_host.get(at).is_some_and(meant);
                distinct.of(row.one_by_one(block, meant, columns))
            });
            block.put(target, filled);
        }
    }
}

impl BoundRow {
    /// The column of the block where no event gives it and each cell follows from one other.
    fn whole(&mut self, block: &FullBlock, columns: &mut Columns, distinct: &mut Distinct) -> Option<Filled> {
        if block.column(self.target.index()).is_some() {
            return None;
        }
        match self.from.inputs() {
            [] => {
                let cells = vec![self.from.cell(self.target, [0; MAX_INPUTS], columns)];
                Some(Filled { cells, codes: block.same.clone() })
            }
            [from] => {
                let from = block.column(from.index())?;
                let cells =
                    from.cells.iter().map(|&cell| self.from.cell(self.target, [cell, 0, 0, 0, 0], columns));
                let cells = cells.collect();
                Some(from.with(cells, distinct))
            }
            _ => None,
        }
    }

    /// The cells of the column, event by event: those that are given, and of the empty ones those that are `meant` filled.
    fn one_by_one(
        &mut self,
        block: &FullBlock,
        meant: impl Fn(usize) -> bool,
        columns: &mut Columns,
    ) -> Vec<Cell> {
        let given = block.column(self.target.index());
        let mut inputs = [None; MAX_INPUTS];
        for (input, id) in inputs.iter_mut().zip(self.from.inputs()) {
            *input = block.column(id.index());
        }
        let cell = |column: Option<&Filled>, at: usize| column.map_or(0, |column| column.cell(at));
        (0..block.rows())
            .map(|at| match cell(given, at) {
                0 if meant(at) => {
                    let inputs = inputs.map(|input| cell(input, at));
                    let known =
                        inputs.iter().zip(self.from.inputs()).all(|(cell, _)| !matches!(*cell, 0 | ABSENT));
                    if block.partial && !known && matches!(self.from, Bound::Several { .. }) {
                        return 0;
                    }
                    self.from.cell(self.target, inputs, columns)
                }
                cell => cell,
            })
            .collect()
    }
}

impl Bound {
    /// The columns that it reads.
    fn inputs(&self) -> &[ColumnId] {
        match self {
            Self::Is { .. } => &[],
            Self::One { from, .. } | Self::Same { from, .. } => std::slice::from_ref(from),
            Self::Several { from, .. } => from,
        }
    }

    /// Whether there may be an event in the block for which it has a value.
    fn can_give(&self, block: &FullBlock) -> bool {
        let there = |id: &ColumnId| block.column(id.index()).is_some();
        match self {
            Self::Several { .. } if !block.partial => true,
            _ => self.inputs().iter().all(there),
        }
    }

    /// The cell of `target` where the columns that it reads have these.
    fn cell(&mut self, target: ColumnId, inputs: [Cell; MAX_INPUTS], columns: &mut Columns) -> Cell {
        let [input, ..] = inputs;
        match self {
            Self::Is { text, cell } => {
                if *cell == 0 {
                    *cell = columns.read(target, &constant(text)).unwrap_or(0);
                }
                *cell
            }
            Self::One { .. } if matches!(input, 0 | ABSENT) => 0,
            Self::Same { .. } if matches!(input, 0 | ABSENT) => input,
            Self::One { from, compute, known } => once(known, input, || {
                let value = columns.value(*from, input).and_then(*compute);
                value.map_or(0, |value| columns.cell(target, value))
            }),
            Self::Same { from, known } => once(known, input, || {
                let value = columns.value(*from, input).cloned();
                value.map_or(0, |value| columns.cell(target, value))
            }),
            Self::Several { from, compute, known } => {
                if let Some(cell) = known.get(&inputs) {
                    return *cell;
                }
                let args: Vec<_> =
                    from.iter().zip(inputs).map(|(&id, cell)| columns.value(id, cell)).collect();
                let cell = compute(&args).map_or(0, |value| columns.cell(target, value));
                known.insert(inputs, cell);
                cell
            }
        }
    }
}

/// The result for the cell `input`, which is worked out once.
fn once(known: &mut Vec<u32>, input: Cell, compute: impl FnOnce() -> Cell) -> Cell {
    let at = input as usize;
    if let Some(known) = known.get(at).and_then(|known| known.checked_sub(1)) {
        return known;
    }
    let cell = compute();
    if known.len() <= at {
        known.resize(at + 1, 0);
    }
    if let Some(known) = known.get_mut(at) {
        *known = cell + 1;
    }
    cell
}

fn constant(text: &'static str) -> super::raw::Raw<'static> {
    super::raw::Raw::Text(std::borrow::Cow::Borrowed(text))
}
