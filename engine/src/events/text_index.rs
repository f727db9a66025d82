//! Which text of a column stands where: the texts themselves stay in the column, so that each is kept once.

use super::columns::Cell;
use crate::value::Value;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// An open-addressing table of hashes and cells; cell 0 is free.
#[derive(Default)]
pub(super) struct TextIndex {
    slots: Vec<(u32, Cell)>,
    used: usize,
}

impl TextIndex {
    /// The cell of `text`, of which this is the [`hash`], among `values`, if it was inserted.
    pub(super) fn find(&self, text: &str, hash: u32, values: &[Value]) -> Option<Cell> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize;
        loop {
            match *self.slots.get(at & mask)? {
                (_, 0) => return None,
                (known, cell) if known == hash && text_of(cell, values) == Some(text) => return Some(cell),
                _ => at = at.wrapping_add(1),
            }
        }
    }

    /// Adds a cell whose text is not there yet.
    pub(super) fn insert(&mut self, cell: Cell, values: &[Value]) {
        let Some(text) = text_of(cell, values) else { return };
        self.used += 1;
        if self.used * 4 > self.slots.len() * 3 {
            let size = (self.slots.len() * 2).max(8);
            let before = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            for (hash, cell) in before.into_iter().filter(|(_, cell)| *cell != 0) {
                self.put(hash, cell);
            }
        }
        self.put(hash(text), cell);
    }

    fn put(&mut self, hash: u32, cell: Cell) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.1 == 0 {
                *slot = (hash, cell);
                return;
            }
            at = at.wrapping_add(1);
        }
    }
}

/// By which a text is found.
pub(super) fn hash(text: &str) -> u32 {
    FxBuildHasher.hash_one(text) as u32
}

/// The text in a cell.
pub(super) fn text_of(cell: Cell, values: &[Value]) -> Option<&str> {
    match values.get((cell as usize).checked_sub(1)?) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}
