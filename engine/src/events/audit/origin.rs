//! Texts within texts: an exported log holds audit events as strings, whose own escapes stand between a place in the event
//! and the place in the file.

use super::tree::unescape;
use crate::text::Span;
use std::borrow::Cow;

/// Strings may stand in each other this deep.
pub(super) const MAX_STRINGS: usize = 4;

/// A text, and where it came from.
pub(super) struct Origin<'a> {
    pub(super) text: Cow<'a, str>,
    /// The text around it, and where the string is written there, quotes included.
    around: Option<(&'a Origin<'a>, Span)>,
}

impl<'a> Origin<'a> {
    /// A file.
    pub(super) fn file(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), around: None }
    }

    /// What the string at `at` says.
    pub(super) fn string(&'a self, at: Span) -> Self {
        Self { text: unescape(inside(at).slice(&self.text)), around: Some((self, at)) }
    }

    /// The place in the file of a place in this text.
    pub(super) fn place(&self, at: Span) -> Span {
        let Some((around, string)) = self.around else { return at };
        let written = inside(string);
        let raw = written.slice(&around.text);
        let place = |offset: u32| written.start + written_len(raw, offset as usize) as u32;
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

/// Goes down a path, as [`Origin::path`] gives it; `then` is told the text of the last place.
pub(super) fn follow(origin: &Origin<'_>, at: Span, rest: &[Span], then: &mut dyn FnMut(&Origin<'_>, Span)) {
    match rest.split_first() {
        None => then(origin, at),
        Some((next, rest)) => follow(&origin.string(at), *next, rest, then),
    }
}

fn inside(string: Span) -> Span {
    Span::new(string.start + 1, string.end.saturating_sub(1).max(string.start + 1))
}

/// Bytes of `raw`, what stands between the quotes of a string, that its first `len` bytes are written with.
fn written_len(raw: &str, len: usize) -> usize {
    let (mut at, mut left) = (0, len);
    while left > 0 {
        let Some(rest) = raw.get(at..) else { return raw.len() };
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain >= left {
            return at + left;
        }
        (at, left) = (at + plain, left - plain);
        let Some((c, written)) = super::tree::escape(raw.get(at..).unwrap_or("")) else { return raw.len() };
        at += written;
        left = left.saturating_sub(c.len_utf8());
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
        follow(&outer, path[0], &path[1..], &mut |origin, at| at.slice(&origin.text).clone_into(&mut text));
        assert_eq!(text, "\"日x\"");
        assert_eq!(outer.path(value), [value]);
    }
}
