//! Falco's places: positions as its YAML reader and its condition parser count them, and the lines that it shows.

use engine::text::{FalcoExpression, FalcoMessage, LineIndex, Source};
use std::fmt::Write;

/// What a file can begin with, and Falco's YAML reader does not count.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// Bytes shown to each side of a position.
const REACH: usize = 80;
/// Conditions up to this length stand in for their name.
const SHORT_NAME: usize = 20;
/// Longer ones are cut to this length.
const CUT_NAME: usize = 17;

/// The files that places lie in.
pub(super) struct Places<'a> {
    sources: &'a [Source],
    lines: Vec<LineIndex>,
}

/// A location as Falco prints it.
pub(super) struct Location {
    /// Falco's name for the kind of thing.
    pub(super) item_type: &'static str,
    /// Its own name, if it has one.
    pub(super) item_name: String,
    /// The file, or the beginning of the condition in quotes.
    pub(super) name: String,
    /// Line, from 0; in a condition added to that of what it lies in, as are the other two.
    pub(super) line: u32,
    /// Column in bytes, from 0.
    pub(super) column: u32,
    /// Offset in bytes, from 0.
    pub(super) offset: u32,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let lines = sources.iter().map(|source| LineIndex::new(without_mark(&source.text))).collect();
        Self { sources, lines }
    }

    /// All locations of a message, from the file inwards.
    pub(super) fn locations(&self, message: &FalcoMessage) -> Vec<Location> {
        let mut all = Vec::new();
        for place in message.places() {
            let index = place.file.index();
            let source = self.sources.get(index);
            let mark = source.map_or(0, |source| source.text.len() - without_mark(&source.text).len());
            let offset = place.offset.saturating_sub(mark as u32);
            let lines = self.lines.get(index);
            let line = lines.map_or(0, |lines| lines.line(offset));
            all.push(Location {
                item_type: place.kind,
                item_name: place.name.clone(),
                name: source.map(|source| source.name.clone()).unwrap_or_default(),
                line,
                column: offset - lines.map_or(0, |lines| lines.line_start(line)).min(offset),
                offset,
            });
        }
        if let (Some(expression), Some(base)) = (&message.expression, all.last()) {
            all.push(Location {
                item_type: FalcoExpression::KIND,
                item_name: String::new(),
                name: expression_name(&expression.text),
                line: base.line + expression.line,
                column: base.column + expression.column,
                offset: base.offset + expression.offset,
            });
        }
        all
    }

    /// The line around the innermost location, and a caret below.
    pub(super) fn snippet(&self, message: &FalcoMessage, locations: &[Location]) -> String {
        let text = match &message.expression {
            Some(expression) => expression.text.as_str(),
            None => self.sources.get(message.place.file.index()).map_or("", |it| without_mark(&it.text)),
        };
        let offset = locations.last().map_or(0, |location| location.offset);
        line_with_caret(text.as_bytes(), offset as usize)
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

/// What a condition is called: itself, or its beginning.
fn expression_name(text: &str) -> String {
    let bytes = text.as_bytes();
    let (shown, dots) = match bytes.get(..CUT_NAME) {
        Some(start) if bytes.len() > SHORT_NAME => (start, "..."),
        _ => (bytes, ""),
    };
    format!("\"{}{dots}\"", String::from_utf8_lossy(shown).replace('\n', " "))
}

/// The line around byte `offset` and a caret below. As Falco does: an offset behind the end counts as the end, which it
/// is in most conditions, since it counts from the start of the file.
fn line_with_caret(text: &[u8], offset: usize) -> String {
    let newline = |at: usize| text.get(at) == Some(&b'\n');
    let mut at = offset.min(text.len().saturating_sub(1));
    while at > 0 && newline(at) {
        at -= 1;
    }
    let (mut from, mut to) = (at, at);
    while from > 0 && !newline(from - 1) && at - from < REACH {
        from -= 1;
    }
    while to < text.len() && !newline(to) && to - at <= REACH {
        to += 1;
    }
    let mut line = text.get(from..to).unwrap_or_default().to_vec();
    if line.is_empty() {
        return "<No context available>\n".to_owned();
    }
    let (cut_before, cut_behind) = (from > 0 && !newline(from - 1), to < text.len() && !newline(to));
    // The dots stand in for bytes, so that the caret stays where it is.
    if cut_before && let Some(start) = line.get_mut(..3) {
        start.fill(b'.');
    }
    let end = line.len().saturating_sub(3);
    if cut_behind && let Some(end) = line.get_mut(end..) {
        end.fill(b'.');
    }
    let mut out = String::from_utf8_lossy(&line).into_owned();
    let _ = write!(out, "\n{:>width$}\n", '^', width = at - from + 1);
    out
}

#[cfg(test)]
mod tests {
    use super::{expression_name, line_with_caret};

    #[test]
    fn snippets_are_one_line_with_a_caret() {
        let shown = |text: &str, offset| line_with_caret(text.as_bytes(), offset);
        assert_eq!(shown("- rule: r\n  desc: d\n", 2), "- rule: r\n  ^\n");
        assert_eq!(shown("- rule: r\n  desc: d\n", 12), "  desc: d\n  ^\n");
        assert_eq!(
            shown("evt.type = open and foo", 22),
            "evt.type = open and foo\n                      ^\n"
        );
        // Behind the end: the last character of the text, or of its last line.
        assert_eq!(shown("ab", 99), "ab\n ^\n");
        assert_eq!(shown("ab\ncd\n\n", 99), "cd\n ^\n");
        for empty in ["", "\n", "\n\n"] {
            assert_eq!(shown(empty, 0), "<No context available>\n");
        }
    }

    #[test]
    fn long_lines_are_cut_to_eighty_bytes_on_each_side() {
        let text = "x".repeat(300);
        let shown = line_with_caret(text.as_bytes(), 150);
        let (line, caret) = shown.split_once('\n').unwrap();
        assert_eq!((line.len(), caret.find('^')), (161, Some(80)));
        assert!(line.starts_with("...x") && line.ends_with("x..."), "{line}");
        let start = line_with_caret(text.as_bytes(), 0);
        assert!(start.starts_with(&format!("{}...\n^", "x".repeat(78))), "{start}");
        // A character that is cut through is replaced.
        let wide = format!("{}b", "é".repeat(100));
        assert!(line_with_caret(wide.as_bytes(), 200).contains('\u{fffd}'));
    }

    #[test]
    fn conditions_are_called_by_their_beginning() {
        assert_eq!(expression_name("proc.name\n= x"), "\"proc.name = x\"");
        assert_eq!(expression_name("12345678901234567890"), "\"12345678901234567890\"");
        assert_eq!(expression_name("123456789012345678901"), "\"12345678901234567...\"");
        assert_eq!(expression_name("evt.type = open and foo"), "\"evt.type = open a...\"");
    }
}
