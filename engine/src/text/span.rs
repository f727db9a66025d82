//! Ranges: [`Span`] in a source that the user wrote, [`TextRange`] in a [`Text`](super::Text) that was put together.
//! They are different types because mixing them is the classic way to point at the wrong place.

use serde::{Deserialize, Serialize};

super::define_id! {
    /// A file of the workspace (rules or events), in load order within its kind.
    SourceId
}

/// A half-open range of bytes; one type for each kind of text, so that the ranges are not mixed up.
macro_rules! range {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub struct $name {
            /// First byte.
            pub start: u32,
            /// One past the last byte.
            pub end: u32,
        }

        impl $name {
            /// The range `start..end`; an `end` before `start` gives the empty range at `start`.
            pub const fn new(start: u32, end: u32) -> Self {
                Self { start, end: if end < start { start } else { end } }
            }

            /// The same from `usize` offsets, as string functions return them.
            pub const fn from_usize(start: usize, end: usize) -> Self {
                Self::new(start as u32, end as u32)
            }

            /// Number of bytes.
            pub const fn len(self) -> u32 {
                self.end - self.start
            }

            /// True for a range without bytes (a place between two bytes).
            pub const fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// The smallest range that contains both.
            #[must_use]
            pub fn cover(self, other: Self) -> Self {
                Self { start: self.start.min(other.start), end: self.end.max(other.end) }
            }

            /// The bytes of `text` in this range, or `""` where the range does not fit the text.
            pub fn slice(self, text: &str) -> &str {
                text.get(self.start as usize..self.end as usize).unwrap_or("")
            }
        }
    };
}

range! {
    /// A half-open range of bytes in a source.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
    Span
}

range! {
    /// A half-open range of bytes in a [`Text`](super::Text) or in the string of a condition.
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
    TextRange
}

impl Span {
    /// A number that orders spans by first byte, then by end.
    pub const fn order(self) -> u64 {
        ((self.start as u64) << 32) | self.end as u64
    }
}

/// A place in a source: the only way to point at text that the user wrote.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Loc {
    /// The file.
    pub source: SourceId,
    /// The bytes in it.
    pub span: Span,
}

impl Loc {
    /// The place `span` in `source`.
    pub const fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }

    /// A number that orders places by file and first byte.
    pub const fn order(self) -> u64 {
        ((self.source.0 as u64) << 32) | self.span.start as u64
    }

    /// The smallest place that contains both, or `self` where the sources differ.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        if self.source == other.source { Self::new(self.source, self.span.cover(other.span)) } else { self }
    }
}
