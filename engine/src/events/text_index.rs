//! Which text of a column stands where: the texts themselves stay in the column. The first ones are copied besides, close
//! together, since looking for a text means to compare it and most of the time would go into waiting for memory.

use super::columns::Cell;
use crate::value::Value;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// An open-addressing table.
#[derive(Default)]
pub(super) struct TextIndex {
    slots: Vec<Slot>,
    used: usize,
    copies: String,
}

/// A text; cell 0 is free.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u32,
    cell: Cell,
    /// Where it stands among the copies; its length is 0 if it does not.
    start: u32,
    length: u32,
}

/// So many bytes are copied of a column.
const MAX_COPIES: usize = 1 << 22;

impl TextIndex {
    /// The cell of `text`, of which this is the [`hash`], among `values`, if it was inserted.
    pub(super) fn find(&self, text: &str, hash: u32, values: &[Value]) -> Option<Cell> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize;
        loop {
            let slot = self.slots.get(at & mask)?;
            if slot.cell == 0 {
                return None;
            }
            if slot.hash == hash && self.text(slot, values) == Some(text) {
                return Some(slot.cell);
            }
            at = at.wrapping_add(1);
        }
    }

    /// Adds a cell whose text is not there yet.
    pub(super) fn insert(&mut self, cell: Cell, values: &[Value]) {
        let Some(text) = text_of(cell, values) else { return };
        self.used += 1;
        if self.used * 4 > self.slots.len() * 3 {
            let size = (self.slots.len() * 2).max(8);
            let before = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
            before.into_iter().filter(|slot| slot.cell != 0).for_each(|slot| self.put(slot));
        }
        let mut slot = Slot { hash: hash(text), cell, start: 0, length: 0 };
        if self.copies.len() + text.len() <= MAX_COPIES {
            (slot.start, slot.length) = (self.copies.len() as u32, text.len() as u32);
            self.copies.push_str(text);
        }
        self.put(slot);
    }

    /// The text of a slot.
    #[inline]
    fn text<'a>(&'a self, slot: &Slot, values: &'a [Value]) -> Option<&'a str> {
        let start = slot.start as usize;
        match slot.length {
            0 => text_of(slot.cell, values),
            length => self.copies.get(start..start + length as usize),
        }
    }

    fn put(&mut self, new: Slot) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = new.hash as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.cell == 0 {
                *slot = new;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_whether_they_are_copied_or_not() {
        let long = "x".repeat(MAX_COPIES / 20);
        let texts: Vec<String> =
            (0..60).map(|at| if at == 0 { String::new() } else { format!("{at}{long}") }).collect();
        let mut index = TextIndex::default();
        let mut values = Vec::new();
        for (cell, text) in (1..).zip(&texts) {
            assert_eq!(index.find(text, hash(text), &values), None);
            values.push(Value::Text(text.as_str().into()));
            index.insert(cell, &values);
        }
        assert!(index.copies.len() <= MAX_COPIES);
        for (cell, text) in (1..).zip(&texts) {
            assert_eq!(index.find(text, hash(text), &values), Some(cell));
        }
        // Another text with the same hash.
        assert_eq!(index.find("y", hash(&texts[1]), &values), None);
    }
}
