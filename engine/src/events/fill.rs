//! Runs the table of `derive`: names resolved to columns once, functions of one field computed once per value.

use super::columns::{Cell, Columns};
use super::derive::{Compute, ROWS, When};
use super::store::{ABSENT, ColumnId};
use crate::catalog::event_types::EventType;
use crate::catalog::{FieldKey, SYSCALL};
use crate::value::Value;
use rustc_hash::FxHashMap;

/// No row of the table has more inputs.
const MAX_INPUTS: usize = 4;

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

    /// Fills the cells of an event that are empty; `filled` is told each. What a partial event does not say, nothing is made of.
    pub(super) fn run(
        &mut self,
        plan: &Plan,
        (on_host, partial): (bool, bool),
        columns: &mut Columns,
        cells: &mut [Cell],
        mut filled: impl FnMut(ColumnId),
    ) {
        for &row in &plan.0 {
            let Some(row) = self.rows.get_mut(row as usize) else { continue };
            let skip = match row.when {
                When::Host => !on_host,
                When::Container => on_host,
                _ => false,
            };
            let cell_of = |id: ColumnId| cells.get(id.index()).copied().unwrap_or(0);
            if skip || cell_of(row.target) != 0 {
                continue;
            }
            let cell = match &mut row.from {
                Bound::Is { text, cell } => {
                    if *cell == 0 {
                        *cell = columns.read(row.target, &constant(text)).unwrap_or(0);
                    }
                    *cell
                }
                Bound::One { from, compute, known } => {
                    let input = cell_of(*from);
                    if input == 0 || input == ABSENT {
                        continue;
                    }
                    once(known, input, || {
                        let value = columns.value(*from, input).and_then(*compute);
                        value.map_or(0, |value| columns.cell(row.target, value))
                    })
                }
                Bound::Same { from, known } => match cell_of(*from) {
                    input @ (0 | ABSENT) => input,
                    input => once(known, input, || {
                        let value = columns.value(*from, input).cloned();
                        value.map_or(0, |value| columns.cell(row.target, value))
                    }),
                },
                Bound::Several { from, compute, known } => {
                    if partial && from.iter().any(|id| matches!(cell_of(*id), 0 | ABSENT)) {
                        continue;
                    }
                    let mut inputs = [0; MAX_INPUTS];
                    inputs.iter_mut().zip(&*from).for_each(|(input, id)| *input = cell_of(*id));
                    if let Some(cell) = known.get(&inputs) {
                        *cell
                    } else {
                        let args: Vec<_> = from.iter().map(|&id| columns.value(id, cell_of(id))).collect();
                        let cell = compute(&args).map_or(0, |value| columns.cell(row.target, value));
                        known.insert(inputs, cell);
                        cell
                    }
                }
            };
            if cell != 0
                && let Some(place) = cells.get_mut(row.target.index())
            {
                *place = cell;
                filled(row.target);
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
