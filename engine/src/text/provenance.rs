//! [`Text`]: a string that remembers where every byte came from.
//!
//! Falco's meaning is defined on strings that are put together: appended, wrapped in exception text, filled with list
//! items. Doing the same on `Text` keeps both the exact string and the exact place of each part.

use super::{Loc, Span, TextRange};

/// A string and the origin of its parts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    string: String,
    /// Sorted by start; the first starts at 0; none is empty; each runs to the start of the next.
    pieces: Vec<Piece>,
}

/// A run of bytes with one origin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Offset of the first byte in the string.
    pub start: u32,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a run of bytes came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Written by the user at this place. Byte for byte where the lengths agree; otherwise (escapes, folded
    /// line ends) the whole run stands for the whole place.
    Written(Loc),
    /// An item of a list, put in for the list's name.
    Item {
        /// Where the list's name was used.
        used: Loc,
        /// Where the item is written.
        defined: Loc,
    },
    /// Put in by Falco's rules (blanks, parentheses, `and not`) because of what stands at this place.
    Glue(Loc),
}

impl Text {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// `string` as written at `loc`.
    pub fn written(string: &str, loc: Loc) -> Self {
        let mut text = Self::new();
        text.push(string, Origin::Written(loc));
        text
    }

    /// The string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.string.len() as u32
    }

    /// True without bytes.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Adds a run of one origin. Runs that continue each other in the source become one.
    pub fn push(&mut self, string: &str, origin: Origin) {
        if string.is_empty() {
            return;
        }
        let start = self.len();
        if !self.extend_last(string, origin) {
            self.pieces.push(Piece { start, origin });
        }
        self.string.push_str(string);
    }

    /// Adds another text.
    pub fn push_text(&mut self, other: &Self) {
        for (range, origin) in other.runs(TextRange::new(0, other.len())) {
            self.push(range.slice(&other.string), origin);
        }
    }

    /// Cuts the text off at byte `len`.
    pub fn truncate(&mut self, len: u32) {
        let mut end = self.len();
        while let Some(last) = self.pieces.last_mut().filter(|_| end > len) {
            if last.start < len {
                last.origin = last.origin.cut(last.start, end, TextRange::new(last.start, len));
                break;
            }
            end = last.start;
            self.pieces.pop();
        }
        self.string.truncate(len as usize);
    }

    /// The part in `range`, with its origins.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> Self {
        let mut out = Self::new();
        for (range, origin) in self.runs(range) {
            out.push(range.slice(&self.string), origin);
        }
        out
    }

    /// A copy in which `range` is replaced.
    #[must_use]
    pub fn replace(&self, range: TextRange, replacement: &Self) -> Self {
        let mut out = self.slice(TextRange::new(0, range.start));
        out.push_text(replacement);
        out.push_text(&self.slice(TextRange::new(range.end, self.len())));
        out
    }

    /// The place to show for `range`: what the user wrote there, or where the name was used that brought it in.
    /// An empty range gives the place between its neighbours. `None` only for a text without bytes.
    pub fn locate(&self, range: TextRange) -> Option<Loc> {
        if range.is_empty() {
            return self.locate_between(range.start);
        }
        let mut written: Option<Loc> = None;
        let mut glue: Option<Loc> = None;
        for (_, origin) in self.runs(range) {
            let (slot, loc) = match origin {
                Origin::Written(loc) | Origin::Item { used: loc, .. } => (&mut written, loc),
                Origin::Glue(loc) => (&mut glue, loc),
            };
            *slot = Some(slot.map_or(loc, |so_far| so_far.cover(loc)));
        }
        written.or(glue).or_else(|| self.locate_between(range.start))
    }

    /// Where the user wrote the word in `range`: for an item of a list, where the item is written. `None` for what Falco put in.
    pub fn written_at(&self, range: TextRange) -> Option<Loc> {
        match self.runs(range).next()?.1 {
            Origin::Item { defined, .. } => Some(defined),
            Origin::Written(_) => self.locate(range),
            Origin::Glue(_) => None,
        }
    }

    /// The origins in `range`, each cut to it (a byte-for-byte place is cut along).
    pub fn runs(&self, range: TextRange) -> impl Iterator<Item = (TextRange, Origin)> + '_ {
        let end = range.end.min(self.len());
        let first = self.pieces.partition_point(|piece| piece.start <= range.start).saturating_sub(1);
        self.pieces.iter().enumerate().skip(first).map_while(move |(at, piece)| {
            let piece_end = self.pieces.get(at + 1).map_or(self.len(), |next| next.start);
            let cut = TextRange::new(piece.start.max(range.start), piece_end.min(end));
            (piece.start < end).then(|| (cut, piece.origin.cut(piece.start, piece_end, cut)))
        })
    }

    fn locate_between(&self, at: u32) -> Option<Loc> {
        let next = self.runs(TextRange::new(at, at + 1)).next();
        if let Some((_, Origin::Written(loc) | Origin::Item { used: loc, .. })) = next {
            return Some(Loc::new(loc.source, Span::new(loc.span.start, loc.span.start)));
        }
        let before = self.runs(TextRange::new(at.saturating_sub(1), at)).last();
        match before.or(next)? {
            (_, Origin::Written(loc) | Origin::Item { used: loc, .. } | Origin::Glue(loc)) => {
                Some(Loc::new(loc.source, Span::new(loc.span.end, loc.span.end)))
            }
        }
    }

    /// Lengthens the last piece to take in `string`, where the origins continue each other.
    fn extend_last(&mut self, string: &str, origin: Origin) -> bool {
        let len = self.string.len() as u32;
        let Some(last) = self.pieces.last_mut() else { return false };
        match (last.origin, origin) {
            (Origin::Written(a), Origin::Written(b)) => {
                let exact = a.span.len() == len - last.start && b.span.len() as usize == string.len();
                let joined = exact && a.source == b.source && a.span.end == b.span.start;
                if joined {
                    last.origin = Origin::Written(a.cover(b));
                }
                joined
            }
            (Origin::Glue(a), Origin::Glue(b)) => a == b,
            _ => false,
        }
    }
}

impl Origin {
    /// The origin of a part of a run, where the run stands for its place byte for byte.
    fn cut(self, start: u32, end: u32, part: TextRange) -> Self {
        match self {
            Self::Written(loc) if loc.span.len() == end - start => {
                let from = loc.span.start + (part.start - start);
                Self::Written(Loc::new(loc.source, Span::new(from, from + part.len())))
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::SourceId;
    use super::*;

    fn loc(start: u32, end: u32) -> Loc {
        Loc::new(SourceId(0), Span::new(start, end))
    }

    fn sample() -> Text {
        // source:  a in (L)\n  and é   written as a folded scalar at 10
        let mut text = Text::new();
        text.push("a in (", Origin::Written(loc(10, 16)));
        text.push("x, ", Origin::Item { used: loc(16, 17), defined: loc(100, 101) });
        text.push("y", Origin::Item { used: loc(16, 17), defined: loc(103, 104) });
        text.push(")", Origin::Written(loc(17, 18)));
        text.push(" ", Origin::Written(loc(18, 21)));
        text.push("and é", Origin::Written(loc(21, 27)));
        text
    }

    #[test]
    fn places_are_exact_in_written_runs_and_whole_for_items() {
        let text = sample();
        let at = |part: &str| {
            let start = text.as_str().find(part).unwrap();
            text.locate(TextRange::from_usize(start, start + part.len())).unwrap()
        };
        assert_eq!(at("in"), loc(12, 14));
        assert_eq!(at("y"), loc(16, 17));
        assert_eq!(at("é"), loc(25, 27));
        assert_eq!(at("(x"), loc(15, 17));
        assert_eq!(at(") and"), loc(17, 24));
        assert_eq!(text.locate(TextRange::new(0, 0)), Some(loc(10, 10)));
        assert_eq!(text.locate(TextRange::new(text.len(), text.len())), Some(loc(27, 27)));
    }

    #[test]
    fn surgery_keeps_origins() {
        let text = sample();
        let mut wrapped = Text::new();
        wrapped.push("(", Origin::Glue(loc(5, 9)));
        wrapped.push_text(&text);
        wrapped.push(")", Origin::Glue(loc(5, 9)));
        assert_eq!(wrapped.as_str(), format!("({})", text.as_str()));
        let inner = TextRange::new(1, 1 + text.len());
        assert_eq!(wrapped.slice(inner), text);
        let name = TextRange::new(0, 1);
        let replaced = text.replace(name, &Text::written("proc", loc(50, 54)));
        assert!(replaced.as_str().starts_with("proc in ("));
        assert_eq!(replaced.locate(TextRange::new(1, 3)), Some(loc(51, 53)));
        assert_eq!(replaced.locate(TextRange::new(5, 7)), Some(loc(12, 14)));
    }

    #[test]
    fn cutting_off_keeps_the_rest() {
        for len in 0..sample().len() {
            if sample().as_str().is_char_boundary(len as usize) {
                let mut cut = sample();
                cut.truncate(len);
                assert_eq!(cut, sample().slice(TextRange::new(0, len)));
            }
        }
    }

    #[test]
    fn neighbours_in_the_source_become_one_piece() {
        let mut text = Text::written("ab", loc(0, 2));
        text.push("cd", Origin::Written(loc(2, 4)));
        assert_eq!(text.pieces().len(), 1);
        assert_eq!(text.locate(TextRange::new(1, 3)), Some(loc(1, 3)));
    }
}
