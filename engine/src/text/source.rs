//! Sources and the one place where bytes, lines, columns and UTF-16 meet.

use super::Span;

/// A file as the user gave it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Source {
    /// File name, shown to the user; unique within the workspace.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A position for people: line and column from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, counted in characters.
    pub column: u32,
}

/// Where the lines of a text start, and where it holds characters that are not ASCII.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    /// Byte offset of the first byte of each line.
    starts: Vec<u32>,
    /// For each non-ASCII character: offset past its last byte, and how many bytes more than UTF-16 units
    /// (and than characters) the text up to there has.
    wide: Vec<Wide>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Wide {
    start: u32,
    end: u32,
    extra_utf16: u32,
    extra_chars: u32,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut wide = Vec::new();
        let (mut extra_utf16, mut extra_chars) = (0, 0);
        for (at, c) in text.char_indices() {
            if c == '\n' {
                starts.push(at as u32 + 1);
            } else if !c.is_ascii() {
                extra_utf16 += (c.len_utf8() - c.len_utf16()) as u32;
                extra_chars += c.len_utf8() as u32 - 1;
                let start = at as u32;
                wide.push(Wide { start, end: start + c.len_utf8() as u32, extra_utf16, extra_chars });
            }
        }
        Self { starts, wide }
    }

    /// Line and column of byte `offset`. An offset inside a character counts as its start.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.chars_before(offset) - self.chars_before(start);
        LineColumn { line: line as u32, column: column + 1 }
    }

    /// Line of byte `offset`, from 0.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset).max(1) as u32 - 1
    }

    /// Byte offset at which line `line` (from 0) starts; the last line's start when there are fewer.
    pub fn line_start(&self, line: u32) -> u32 {
        self.starts.get(line as usize).or(self.starts.last()).copied().unwrap_or(0)
    }

    /// Byte offset to UTF-16 offset, as editors in the browser count.
    pub fn to_utf16(&self, offset: u32) -> u32 {
        let (before, offset) = self.wide_before(offset);
        offset - before.extra_utf16
    }

    /// UTF-16 offset to byte offset. An offset inside a surrogate pair counts as the pair's start.
    pub fn from_utf16(&self, utf16: u32) -> u32 {
        let at = self.wide.partition_point(|w| w.end - w.extra_utf16 <= utf16);
        let before = at.checked_sub(1).and_then(|i| self.wide.get(i)).copied().unwrap_or_default();
        let offset = utf16 + before.extra_utf16;
        match self.wide.get(at) {
            Some(next) if offset > next.start => next.start,
            _ => offset,
        }
    }

    /// A byte range as a UTF-16 range.
    pub fn span_to_utf16(&self, span: Span) -> (u32, u32) {
        (self.to_utf16(span.start), self.to_utf16(span.end))
    }

    fn chars_before(&self, offset: u32) -> u32 {
        let (before, offset) = self.wide_before(offset);
        offset - before.extra_chars
    }

    /// What the wide characters that end at or before `offset` add, and `offset` moved out of a character.
    fn wide_before(&self, offset: u32) -> (Wide, u32) {
        let at = self.wide.partition_point(|w| w.end <= offset);
        let before = at.checked_sub(1).and_then(|i| self.wide.get(i)).copied().unwrap_or_default();
        let offset = match self.wide.get(at) {
            Some(next) if offset > next.start => next.start,
            _ => offset,
        };
        (before, offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aé日\r\n😀b\n\nx";

    #[test]
    fn utf16_round_trips_at_every_character() {
        let index = LineIndex::new(TEXT);
        let mut utf16 = 0;
        for (at, c) in TEXT.char_indices() {
            assert_eq!(index.to_utf16(at as u32), utf16, "{c:?}");
            assert_eq!(index.from_utf16(utf16), at as u32, "{c:?}");
            utf16 += c.len_utf16() as u32;
        }
        assert_eq!(index.to_utf16(TEXT.len() as u32), utf16);
        assert_eq!(index.from_utf16(utf16), TEXT.len() as u32);
    }

    #[test]
    fn offsets_inside_a_character_count_as_its_start() {
        let index = LineIndex::new(TEXT);
        assert_eq!(index.to_utf16(2), 1);
        assert_eq!(index.from_utf16(6), 8);
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let index = LineIndex::new(TEXT);
        let at = |needle: &str| index.line_column(TEXT.find(needle).unwrap() as u32);
        assert_eq!(at("a"), LineColumn { line: 1, column: 1 });
        assert_eq!(at("日"), LineColumn { line: 1, column: 3 });
        assert_eq!(at("b"), LineColumn { line: 2, column: 2 });
        assert_eq!(at("x"), LineColumn { line: 4, column: 1 });
        assert_eq!(index.line_start(3), TEXT.find('x').unwrap() as u32);
    }
}
