//! Sets of the events of one block, a bit each.

/// What is known about an expression on the events of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bitmap {
    /// It is false for all.
    None,
    /// It is true for all.
    All,
    /// True where the bit is set. Neither all nor none; bits past the last event are 0.
    Some(Box<[u64]>),
}

/// What an expression says where events may leave fields open: on which events it is certainly true, and on which
/// possibly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) certainly: Bitmap,
    /// `None` where it is the same.
    pub(super) possibly: Option<Bitmap>,
}

impl Sides {
    /// Nothing is left open.
    pub(super) fn same(bitmap: Bitmap) -> Self {
        Self { certainly: bitmap, possibly: None }
    }

    /// One answer for all; `None` where it is open.
    pub(super) fn constant(decided: Option<bool>) -> Self {
        match decided {
            Some(value) => Self::same(Bitmap::constant(value)),
            None => Self { certainly: Bitmap::None, possibly: Some(Bitmap::All) },
        }
    }
}

/// Combines the bitmaps of `and` and `or`.
pub(super) struct Accumulator {
    rows: usize,
    /// `or` is `and` of what is not.
    or: bool,
    bits: Option<Vec<u64>>,
    /// The neutral element was all there was, or the other one ended it.
    ended: bool,
}

/// Number of words for this many events.
fn words(rows: usize) -> usize {
    rows.div_ceil(64)
}

/// The last word's valid bits.
fn tail(rows: usize) -> u64 {
    match rows % 64 {
        0 => u64::MAX,
        used => (1 << used) - 1,
    }
}

impl Bitmap {
    /// From one answer for all.
    pub fn constant(value: bool) -> Self {
        if value { Self::All } else { Self::None }
    }

    /// From a bit per event, in words; the bits past `rows` must be 0.
    pub fn from_words(words: Vec<u64>, rows: usize) -> Self {
        if words.iter().all(|word| *word == 0) {
            return Self::None;
        }
        let (last, full) = words.split_last().map_or((0, [].as_slice()), |(last, full)| (*last, full));
        if last == tail(rows) && full.iter().all(|word| *word == u64::MAX) {
            return Self::All;
        }
        Self::Some(words.into())
    }

    /// From an answer per event.
    pub fn from_bits(rows: usize, mut bit: impl FnMut(usize) -> bool) -> Self {
        let word = |word: usize| {
            let range = word * 64..(word * 64 + 64).min(rows);
            range.rev().fold(0, |bits, row| bits << 1 | u64::from(bit(row)))
        };
        let words = (0..words(rows)).map(word).collect();
        Self::from_words(words, rows)
    }

    /// The others.
    #[must_use]
    pub fn not(&self, rows: usize) -> Self {
        match self {
            Self::None => Self::All,
            Self::All => Self::None,
            Self::Some(bits) => {
                let mut bits: Box<[u64]> = bits.iter().map(|word| !word).collect();
                if let Some(last) = bits.last_mut() {
                    *last &= tail(rows);
                }
                Self::Some(bits)
            }
        }
    }

    /// Those that are not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self, rows: usize) -> Self {
        let mut both = Accumulator::and(rows);
        both.add(self);
        if !both.is_decided() {
            both.add(&other.not(rows));
        }
        both.finish()
    }

    /// Those that are in both.
    #[must_use]
    pub fn and(&self, other: &Self, rows: usize) -> Self {
        let mut both = Accumulator::and(rows);
        both.add(self);
        both.add(other);
        both.finish()
    }

    /// Those that are in one of both.
    #[must_use]
    pub fn or(&self, other: &Self, rows: usize) -> Self {
        let mut either = Accumulator::or(rows);
        either.add(self);
        if !either.is_decided() {
            either.add(other);
        }
        either.finish()
    }

    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// Whether `row` is in it.
    pub fn contains(&self, row: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Some(bits) => bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1),
        }
    }

    /// Number of events in it.
    pub fn count(&self, rows: usize) -> usize {
        match self {
            Self::None => 0,
            Self::All => rows,
            Self::Some(bits) => bits.iter().map(|word| word.count_ones() as usize).sum(),
        }
    }

    /// The rows in it, in order.
    pub fn rows(&self, rows: usize) -> Vec<usize> {
        match self {
            Self::None => Vec::new(),
            Self::All => (0..rows).collect(),
            Self::Some(bits) => {
                let mut out = Vec::with_capacity(self.count(rows));
                for (at, word) in bits.iter().enumerate() {
                    let mut left = *word;
                    while left != 0 {
                        out.push(at * 64 + left.trailing_zeros() as usize);
                        left &= left - 1;
                    }
                }
                out
            }
        }
    }
}

impl Accumulator {
    pub(super) fn and(rows: usize) -> Self {
        Self { rows, or: false, bits: None, ended: false }
    }

    pub(super) fn or(rows: usize) -> Self {
        Self { rows, or: true, bits: None, ended: false }
    }

    /// Whether more bitmaps cannot change the result.
    pub(super) fn is_decided(&self) -> bool {
        self.ended
    }

    pub(super) fn add(&mut self, bitmap: &Bitmap) {
        match (bitmap, self.or) {
            (Bitmap::All, false) | (Bitmap::None, true) => {}
            (Bitmap::None, false) | (Bitmap::All, true) => self.ended = true,
            (Bitmap::Some(new), _) => match &mut self.bits {
                None => self.bits = Some(new.to_vec()),
                Some(bits) if self.or => {
                    let mut full = u64::MAX;
                    for (word, new) in bits.iter_mut().zip(new) {
                        *word |= new;
                        full &= *word;
                    }
                    // The last word is rarely full; then only `finish` sees that it is all.
                    self.ended = full == u64::MAX;
                }
                Some(bits) => {
                    let mut any = 0;
                    for (word, new) in bits.iter_mut().zip(new) {
                        *word &= new;
                        any |= *word;
                    }
                    self.ended = any == 0;
                }
            },
        }
    }

    pub(super) fn finish(self) -> Bitmap {
        match self.bits {
            _ if self.ended => Bitmap::constant(self.or),
            None => Bitmap::constant(!self.or),
            Some(bits) => Bitmap::from_words(bits, self.rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bitmaps_behave_as_lists_of_booleans() {
        for rows in [1, 63, 64, 65, 130] {
            let of = |step: usize| Bitmap::from_bits(rows, |row| row % step == 0);
            for (a, b) in [(1, 2), (2, 3), (7, 1), (200, 3), (5, 5)] {
                let (x, y) = (of(a), of(b));
                let mut or = Accumulator::or(rows);
                or.add(&x);
                if !or.is_decided() {
                    or.add(&y);
                }
                let or = or.finish();
                for row in 0..rows {
                    let (p, q) = (row % a == 0, row % b == 0);
                    assert_eq!(x.contains(row), p);
                    assert_eq!(or.contains(row), p || q, "{rows} {a} {b} {row}");
                    assert_eq!(x.and(&y, rows).contains(row), p && q);
                    assert_eq!(x.without(&y, rows).contains(row), p && !q);
                    assert_eq!(x.not(rows).contains(row), !p);
                }
                assert_eq!(x.rows(rows).len(), x.count(rows));
                assert_eq!(x.not(rows).count(rows) + x.count(rows), rows);
            }
            assert_eq!(of(1), Bitmap::All);
            assert_eq!(Bitmap::from_bits(rows, |_| false), Bitmap::None);
        }
        assert_eq!(Bitmap::from_bits(0, |_| true), Bitmap::None);
    }
}
