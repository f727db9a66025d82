//! Texts within texts: an exported log holds audit events as strings, whose own escapes stand between a place in the event
//! and the place in the file.

use super::tree::unescape;
use crate::text::Span;
use std::borrow::Cow;

/// Strings may stand in each other this deep.
pub(super) const MAX_STRINGS: usize = 4;

/// Bytes of a text between places whose offsets are kept, so that the others are found without going through all of it.
const STEP: usize = 1 << 12;

/// A text, and where it came from.
pub(super) struct Origin<'a> {
    pub(super) text: Cow<'a, str>,
    /// The text around it, and where the string is written there, quotes included.
    around: Option<(&'a Origin<'a>, Span)>,
    /// Of a string: offsets in the text, and in what stands between its quotes.
    steps: Vec<Offset>,
}

/// An offset in the text of a string, and in what stands between its quotes.
#[derive(Clone, Copy, Default)]
struct Offset {
    text: usize,
    written: usize,
}

impl<'a> Origin<'a> {
    /// A file.
    pub(super) fn file(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), around: None, steps: Vec::new() }
    }

    /// What the string at `at` says.
    pub(super) fn string(&'a self, at: Span) -> Self {
        let raw = inside(at).slice(&self.text);
        let text = unescape(raw);
        let mut steps = vec![Offset::default()];
        let mut last = Offset::default();
        while last.text + STEP < text.len() {
            let next = advance(raw, last, last.text + STEP);
            if next.text <= last.text {
                break;
            }
            last = next;
            steps.push(last);
        }
        Self { text, around: Some((self, at)), steps }
    }

    /// The place in the file of a place in this text.
    pub(super) fn place(&self, at: Span) -> Span {
        let Some((around, string)) = self.around else { return at };
        let written = inside(string);
        let raw = written.slice(&around.text);
        let place = |offset: u32| {
            let offset = offset as usize;
            let before = self.steps.partition_point(|step| step.text <= offset);
            let from = self.steps.get(before.saturating_sub(1)).copied().unwrap_or_default();
            written.start + advance(raw, from, offset).written as u32
        };
        around.place(Span::new(place(at.start), place(at.end)))
    }

    /// The places that lead here: that of the outermost string in the file, that of the next in its text, and so on, and
    /// `at` as the last.
    pub(super) fn path(&self, at: Span) -> Vec<Span> {
        let mut path = self.around.map_or_else(Vec::new, |(around, string)| around.path(string));
        path.push(at);
        path
    }
}

/// Goes into strings, each in the text of the one before; `then` is told the innermost text.
pub(super) fn follow(origin: &Origin<'_>, strings: &[Span], then: &mut dyn FnMut(&Origin<'_>)) {
    match strings.split_first() {
        None => then(origin),
        Some((string, rest)) => follow(&origin.string(*string), rest, then),
    }
}

fn inside(string: Span) -> Span {
    Span::new(string.start + 1, string.end.saturating_sub(1).max(string.start + 1))
}

/// Goes on from `from` to the offset `target` of the text; `raw` is what stands between the quotes.
fn advance(raw: &str, from: Offset, target: usize) -> Offset {
    let mut at = from;
    while at.text < target {
        // An offset may lie within a character.
        let rest = raw.as_bytes().get(at.written..).unwrap_or_default();
        let left = target - at.text;
        let ahead = rest.get(..left).unwrap_or(rest);
        let plain = ahead.iter().position(|byte| *byte == b'\\').unwrap_or(ahead.len());
        at = Offset { text: at.text + plain, written: at.written + plain };
        if plain == left {
            break;
        }
        let Some((c, written)) = raw.get(at.written..).and_then(super::tree::escape) else { break };
        at = Offset { text: at.text + c.len_utf8(), written: at.written + written };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_strings_are_places_in_the_file() {
        let file = r#"{"log":"{\"m\":\"{\\\"a\\\":\\\"\\u65e5x\\\"}\"}"}"#;
        let outer = Origin::file(file);
        let start = file.find("\"{").unwrap();
        let one = outer.string(Span::from_usize(start, file.len() - 1));
        assert_eq!(one.text, r#"{"m":"{\"a\":\"日x\"}"}"#.replace('日', "\\u65e5"));
        let start = one.text.find("\"{").unwrap();
        let two = one.string(Span::from_usize(start, one.text.len() - 1));
        assert_eq!(two.text, r#"{"a":"日x"}"#);
        let value = Span::from_usize(5, two.text.len() - 1);
        assert_eq!(value.slice(&two.text), "\"日x\"");
        assert_eq!(two.place(value).slice(file), r#"\\\"\\u65e5x\\\""#);
        let path = two.path(value);
        let mut text = String::new();
        follow(&outer, &path[..2], &mut |origin| path[2].slice(&origin.text).clone_into(&mut text));
        assert_eq!(text, "\"日x\"");
        assert_eq!(outer.path(value), [value]);
    }

    #[test]
    fn places_far_inside_are_found() {
        let inner = "\u{e9}\\\\ab\\u65e5\\ud83d\\ude00\\n".repeat(4000);
        let file = format!("\"{inner}\"");
        let outer = Origin::file(&file);
        let string = outer.string(Span::from_usize(0, file.len()));
        for (at, _) in string.text.match_indices('日') {
            let place = string.place(Span::from_usize(at, at + '日'.len_utf8()));
            assert_eq!(place.slice(&file), "\\u65e5");
        }
    }
}
