//! A store in parts, one for each events file, so that the others stay when one changes. The parts share the columns; blocks,
//! events and places belong to one of them.

use super::store::{Block, BlockColumn, Cell, Column, ColumnId, EventInfo, EventStore, FieldPlace};
use crate::text::Span;
use rustc_hash::FxHashSet;

/// The events of one file, as long as they are not in a store. Blocks, events and places count from 0.
#[derive(Debug)]
pub(crate) struct Part {
    events: Vec<EventInfo>,
    blocks: Vec<Block>,
    places: Vec<FieldPlace>,
    /// The blocks whose events have more fields than the columns hold.
    records: FxHashSet<u32>,
    /// By event, where it stands in strings.
    paths: Vec<(u32, Box<[Span]>)>,
    /// The number of its first block in the store that it came from; none if it is new there.
    was: Option<usize>,
}

/// Where a part begins in the lists of a store.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    event: usize,
    block: usize,
    place: usize,
}

impl Part {
    /// Number of events.
    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether some of its events are numbered through all files.
    pub(crate) fn is_numbered(&self) -> bool {
        self.blocks.iter().any(|block| !block.partial)
    }
}

impl EventStore {
    /// Takes the events out, file by file. The columns stay, without the static fields.
    pub(crate) fn take_parts(&mut self) -> Vec<Part> {
        self.set_statics(&[]);
        let mut parts = Vec::new();
        for start in std::mem::take(&mut self.parts).into_iter().rev() {
            let mut part = Part {
                events: self.events.split_off(start.event),
                blocks: self.blocks.split_off(start.block),
                places: self.places.split_off(start.place),
                records: FxHashSet::default(),
                paths: Vec::new(),
                was: Some(start.block),
            };
            let (event, block) = (start.event as u32, start.block as u32);
            part.records = self.records.blocks.iter().filter_map(|at| at.checked_sub(block)).collect();
            self.records.blocks.retain(|at| *at < block);
            let paths = std::mem::take(&mut self.records.paths);
            for (at, path) in paths {
                match at.checked_sub(event) {
                    Some(at) => part.paths.push((at, path)),
                    None => drop(self.records.paths.insert(at, path)),
                }
            }
            part.shift(start, u32::wrapping_sub);
            parts.push(part);
        }
        parts.reverse();
        parts
    }

    /// Makes a part of what was read into another store, whose columns become columns of this one.
    pub(crate) fn adopt(&mut self, mut other: Self) -> Part {
        let columns: Vec<(ColumnId, u32)> = std::mem::take(&mut other.columns)
            .into_iter()
            .map(|column| {
                let id = *self.by_key.entry(column.key.clone()).or_insert(ColumnId::new(self.columns.len()));
                if id.index() == self.columns.len() {
                    self.columns.push(column);
                    return (id, 0);
                }
                let Some(own) = self.columns.get_mut(id.index()) else { return (id, 0) };
                let before = own.values.len();
                own.values.extend(column.values);
                (id, before as u32)
            })
            .collect();
        for block in &mut other.blocks {
            for (column, (id, before)) in std::mem::take(&mut block.columns).into_iter().zip(&columns) {
                if let Some(mut column) = column {
                    column.shift(|at| at + before);
                    block.put_column(*id, column);
                }
            }
        }
        for place in &mut other.places {
            if let Some((id, _)) = columns.get(place.column.index()) {
                place.column = *id;
            }
        }
        let mut fired = vec![0];
        for name in std::mem::take(&mut other.fired) {
            let at = self.fired.iter().position(|known| *known == name).unwrap_or(self.fired.len());
            if at == self.fired.len() {
                self.fired.push(name);
            }
            fired.push(at as u32 + 1);
        }
        for event in &mut other.events {
            event.fired = fired.get(event.fired as usize).copied().unwrap_or(0);
        }
        self.dialect = other.dialect;
        self.records.join(&mut other.records);
        Part {
            events: other.events,
            blocks: other.blocks,
            places: other.places,
            records: std::mem::take(&mut other.records.blocks),
            paths: other.records.paths.drain().collect(),
            was: None,
        }
    }

    /// Puts the parts of all files in, whose columns are columns of this store, and forgets the values of others. Tells which number
    /// each block had before, if it had one, and whether no value was forgotten.
    pub(crate) fn put_parts(&mut self, parts: Vec<Part>) -> (Vec<Option<usize>>, bool) {
        let mut blocks = Vec::new();
        for (mut part, file) in parts.into_iter().zip(0..) {
            let start =
                Start { event: self.events.len(), block: self.blocks.len(), place: self.places.len() };
            self.parts.push(start);
            blocks.extend((0..part.blocks.len()).map(|at| Some(part.was? + at)));
            part.shift(start, u32::wrapping_add);
            for event in &mut part.events {
                event.file = file;
            }
            append(&mut self.events, part.events);
            append(&mut self.blocks, part.blocks);
            append(&mut self.places, part.places);
            self.records.blocks.extend(part.records.iter().map(|at| at + start.block as u32));
            self.records
                .paths
                .extend(part.paths.into_iter().map(|(at, path)| (at + start.event as u32, path)));
        }
        let stay = self.drop_unused();
        (blocks, stay)
    }

    /// Drops the values that no event has; tells whether there were none.
    fn drop_unused(&mut self) -> bool {
        let mut stay = true;
        for (at, column) in self.columns.iter_mut().enumerate() {
            let mut used = vec![false; column.values.len()];
            let of_blocks = || self.blocks.iter().filter_map(|block| block.columns.get(at)?.as_ref());
            for cell in of_blocks().flat_map(|column| &column.values) {
                if let Cell::Value(value) = cell
                    && let Some(used) = used.get_mut(*value as usize)
                {
                    *used = true;
                }
            }
            // Mostly it is the last ones that go.
            let last = used.iter().rposition(|used| *used).map_or(0, |last| last + 1);
            stay &= last == used.len();
            used.truncate(last);
            column.values.truncate(last);
            if used.contains(&false) {
                stay = false;
                renumber(
                    column,
                    &used,
                    self.blocks.iter_mut().filter_map(|block| block.columns.get_mut(at)?.as_mut()),
                );
            }
        }
        stay
    }
}

/// Keeps the values that are `used`, and tells the blocks where they are.
fn renumber<'a>(column: &mut Column, used: &[bool], blocks: impl Iterator<Item = &'a mut BlockColumn>) {
    let mut flags = used.iter();
    column.values.retain(|_| flags.next() == Some(&true));
    let mut next = 0;
    let places = used.iter().map(|used| {
        let place = next;
        next += u32::from(*used);
        place
    });
    let places: Vec<u32> = places.collect();
    for block in blocks {
        block.shift(|at| places.get(at as usize).copied().unwrap_or(at));
    }
}

/// Adds a list to another, which costs nothing if that is empty.
fn append<T>(to: &mut Vec<T>, mut more: Vec<T>) {
    if to.is_empty() {
        *to = more;
    } else {
        to.append(&mut more);
    }
}

impl Part {
    /// Counts its blocks, events and places from elsewhere.
    fn shift(&mut self, by: Start, add: fn(u32, u32) -> u32) {
        let (event, block, place) = (by.event as u32, by.block as u32, by.place as u32);
        for info in &mut self.events {
            info.block = add(info.block, block);
            info.places = info.places.map(|(from, to)| (add(from, place), add(to, place)));
        }
        for at in self.blocks.iter_mut().flat_map(|block| &mut block.events) {
            *at = add(*at, event);
        }
    }
}

impl BlockColumn {
    fn shift(&mut self, to: impl Fn(u32) -> u32) {
        for cell in &mut self.values {
            if let Cell::Value(at) = cell {
                *at = to(*at);
            }
        }
    }
}
