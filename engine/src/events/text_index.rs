//! Which text of a column stands where: the texts themselves stay in the column, so that each is kept once.

use super::columns::Cell;
use crate::value::Value;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// An open-addressing table of cells; 0 is free.
#[derive(Default)]
pub(super) struct TextIndex {
    slots: Vec<Cell>,
    used: usize,
}

impl TextIndex {
    /// The cell of `text` among `values`, if it was inserted.
    pub(super) fn find(&self, text: &str, values: &[Value]) -> Option<Cell> {
        let mut at = hash(text);
        loop {
            let slot = *self.slots.get(at & self.slots.len().wrapping_sub(1))?;
            match text_of(slot, values) {
                Some(known) if known == text => return Some(slot),
                Some(_) => at = at.wrapping_add(1),
                None => return None,
            }
        }
    }

    /// Adds a cell whose text is not there yet.
    pub(super) fn insert(&mut self, cell: Cell, values: &[Value]) {
        self.used += 1;
        if self.used * 4 > self.slots.len() * 3 {
            let size = (self.slots.len() * 2).max(8);
            let before = std::mem::replace(&mut self.slots, vec![0; size]);
            for cell in before.into_iter().filter(|cell| *cell != 0) {
                self.put(cell, values);
            }
        }
        self.put(cell, values);
    }

    fn put(&mut self, cell: Cell, values: &[Value]) {
        let Some(text) = text_of(cell, values) else { return };
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(text);
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if *slot == 0 {
                *slot = cell;
                return;
            }
            at = at.wrapping_add(1);
        }
    }
}

fn hash(text: &str) -> usize {
    FxBuildHasher.hash_one(text) as usize
}

fn text_of(cell: Cell, values: &[Value]) -> Option<&str> {
    match values.get((cell as usize).checked_sub(1)?) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}
