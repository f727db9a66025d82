//! Lines and columns in texts of any size.

use super::LineColumn;

/// Characters are counted up to each of these.
const STRIDE: usize = 1 << 16;

/// Where the lines of a text start. Unlike [`LineIndex`](super::LineIndex) it does not hold where characters are that are not
/// ASCII, so it is small whatever the text is written in, and needs the text to tell columns.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Byte offset of the first byte of each line.
    starts: Vec<u32>,
    /// Number of characters in front of each stride.
    chars: Vec<u32>,
}

impl Lines {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at as u32 + 1));
        let mut chars = vec![0];
        let (mut from, mut count) = (0, 0);
        for end in (STRIDE..text.len()).step_by(STRIDE) {
            let to = text.floor_char_boundary(end);
            count += text.get(from..to).map_or(0, |part| part.chars().count()) as u32;
            chars.push(count);
            from = to;
        }
        Self { starts, chars }
    }

    /// Line and column of byte `offset` of the text that this is about. An offset inside a character counts as its start.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.chars_before(text, offset) - self.chars_before(text, start);
        LineColumn { line: line as u32, column: column + 1 }
    }

    fn chars_before(&self, text: &str, offset: u32) -> u32 {
        let offset = text.floor_char_boundary(offset as usize);
        // At the very end there may be no stride of its own.
        let at = (offset / STRIDE).min(self.chars.len().saturating_sub(1));
        let from = text.floor_char_boundary(at * STRIDE).min(offset);
        let rest = text.get(from..offset).map_or(0, |part| part.chars().count());
        self.chars.get(at).copied().unwrap_or(0) + rest as u32
    }
}

#[cfg(test)]
mod tests {
    use super::super::LineIndex;
    use super::*;

    #[test]
    fn it_tells_the_same_as_the_index_that_knows_all_characters() {
        let lines = "ab\n日本語 😀\r\n\né".repeat(9000);
        let long = "x日".repeat(50_000);
        for text in ["", "\n", "é", "a\n", &lines, &long, &long[..STRIDE], &lines[..STRIDE * 2]] {
            let (all, some) = (LineIndex::new(text), Lines::new(text));
            let near = (0..4).flat_map(|at| (STRIDE * at).saturating_sub(40)..STRIDE * at + 40);
            for at in near.chain(text.len().saturating_sub(40)..=text.len()).filter(|at| *at <= text.len()) {
                let at = at as u32;
                assert_eq!(some.line_column(text, at), all.line_column(at), "{at} of {}", text.len());
            }
        }
        // Behind the end.
        assert_eq!(Lines::new("a\nb").line_column("a\nb", 99), LineColumn { line: 2, column: 2 });
    }
}
