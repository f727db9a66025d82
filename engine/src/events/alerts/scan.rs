//! Reads JSON token by token with places only: nothing is copied and no tree is built. What is read is checked, but for
//! the escapes in texts that nobody asks for.

use super::super::json::{self, JsonError};
use crate::catalog::messages::events as messages;
use crate::text::{Message, Span};
use std::borrow::Cow;

/// Objects and arrays may stand in each other this deep.
pub(super) const MAX_NESTING: u32 = 128;

/// That something cannot be read. Why is kept in the [`Scan`], so that what is returned for every token stays in registers.
#[derive(Debug)]
pub(super) struct Failed;

pub(super) type Read<T> = Result<T, Failed>;

/// A text in quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Token {
    /// Between the quotes.
    pub(super) at: Span,
    /// Whether it has escapes.
    pub(super) escaped: bool,
}

impl Token {
    /// The text, unescaped; None if an escape is none.
    pub(super) fn text<'a>(&self, source: &'a str) -> Option<Cow<'a, str>> {
        let raw = self.at.slice(source);
        if self.escaped { json::unescaped(raw).map(Cow::Owned) } else { Some(Cow::Borrowed(raw)) }
    }

    /// With its quotes.
    pub(super) fn quoted(&self) -> Span {
        Span::new(self.at.start - 1, self.at.end + 1)
    }
}

/// A value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Text(Token),
    Number(Span),
    Bool(Span),
    Null(Span),
    List(Span),
    Object(Span),
}

impl Value {
    /// Where it stands.
    pub(super) fn at(&self) -> Span {
        match self {
            Self::Text(token) => token.quoted(),
            Self::Number(at) | Self::Bool(at) | Self::Null(at) | Self::List(at) | Self::Object(at) => *at,
        }
    }
}

/// A place in a text.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: u32,
    /// Why something cannot be read.
    pub(super) error: Option<JsonError>,
}

/// What a value is that is no text.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Bool,
    Null,
    List,
    Object,
}

/// An object or array whose members are being read.
pub(super) struct Open {
    pub(super) start: usize,
    pub(super) first: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at, depth: 0, error: None }
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    #[inline]
    pub(super) fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    pub(super) fn from(&self, start: usize) -> Span {
        Span::from_usize(start, self.at)
    }

    /// Reads the object at the place: `entry` is told each key and reads its value, at which the place is then.
    pub(super) fn object(&mut self, mut entry: impl FnMut(&mut Self, Token) -> Read<()>) -> Read<Span> {
        let mut open = self.open()?;
        while self.member(&mut open, b'}')? {
            let key = self.key()?;
            self.before_value()?;
            entry(self, key)?;
        }
        Ok(self.from(open.start))
    }

    /// Reads the array at the place; `item` reads each value.
    pub(super) fn array(&mut self, mut item: impl FnMut(&mut Self) -> Read<()>) -> Read<Span> {
        let mut open = self.open()?;
        while self.member(&mut open, b']')? {
            item(self)?;
        }
        Ok(self.from(open.start))
    }

    /// Goes into the object or array at the place.
    pub(super) fn open(&mut self) -> Read<Open> {
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth <= MAX_NESTING {
            return Ok(Open { start, first: true });
        }
        Err(self.fail(self.from(start), messages::too_deep(MAX_NESTING.to_string())))
    }

    /// Goes on to the next member of what was opened; false if that ends here with `close`, behind which the place is then.
    #[inline]
    pub(super) fn member(&mut self, open: &mut Open, close: u8) -> Read<bool> {
        // As programs write them.
        if !open.first && self.rest().starts_with(b",\"") {
            self.at += 1;
            return Ok(true);
        }
        self.member_behind_blanks(open, close)
    }

    fn member_behind_blanks(&mut self, open: &mut Open, close: u8) -> Read<bool> {
        self.blank();
        if self.take(close) {
            self.depth -= 1;
            return Ok(false);
        }
        if !open.first {
            self.comma(open.start)?;
            self.blank();
        }
        open.first = false;
        if self.peek().is_none() { Err(self.unclosed(open.start)) } else { Ok(true) }
    }

    /// Reads the key at the place, and its colon.
    pub(super) fn key(&mut self) -> Read<Token> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(messages::json_key_expected));
        }
        let key = self.string()?;
        self.blank();
        if !self.take(b':') {
            return Err(self.unexpected(messages::json_colon_expected));
        }
        Ok(key)
    }

    /// Goes on from behind a colon to the value.
    #[inline]
    pub(super) fn before_value(&mut self) -> Read<()> {
        let colon = self.at;
        self.blank();
        // A line that was cut off: the next one is a record of its own.
        if self.at > colon && self.text.get(self.at - 1..self.at + 2) == Some("\n{\"") {
            return Err(self.fail(Span::from_usize(colon - 1, colon), messages::json_value_missing()));
        }
        Ok(())
    }

    /// What is left to read.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Reads the value at the place, whatever it is.
    #[inline]
    pub(super) fn value(&mut self) -> Read<Value> {
        if self.peek() == Some(b'"') {
            return self.string().map(Value::Text);
        }
        let start = self.at;
        let kind = self.no_text()?;
        let at = self.from(start);
        Ok(match kind {
            Kind::Number => Value::Number(at),
            Kind::Bool => Value::Bool(at),
            Kind::Null => Value::Null(at),
            Kind::List => Value::List(at),
            Kind::Object => Value::Object(at),
        })
    }

    fn no_text(&mut self) -> Read<Kind> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.object(|scan, _| scan.value().map(drop)).map(|_| Kind::Object),
            Some(b'[') => self.array(|scan| scan.value().map(drop)).map(|_| Kind::List),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                self.while_in(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                let word = self.from(start);
                match word.slice(self.text) {
                    "null" => Ok(Kind::Null),
                    "true" | "false" => Ok(Kind::Bool),
                    other => Err(self.fail(word, messages::json_unknown_word(other))),
                }
            }
            None => Err(self.fail(self.from(start), messages::json_value_missing())),
            Some(_) => Err(self.unexpected(messages::json_value_expected)),
        }
    }

    fn number(&mut self) -> Read<Kind> {
        let start = self.at;
        self.while_in(|byte| byte.is_ascii_digit());
        // As most are written: without sign, fraction and exponent.
        let first = self.text.as_bytes().get(start);
        let others = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
        if !self.peek().is_some_and(others) && (first != Some(&b'0') || self.at == start + 1) {
            return Ok(Kind::Number);
        }
        self.while_in(others);
        let digits = self.from(start);
        let text = digits.slice(self.text);
        if json::is_number(text) {
            Ok(Kind::Number)
        } else {
            Err(self.fail(digits, messages::json_bad_number(text)))
        }
    }

    /// Reads the text in quotes at the place.
    #[inline]
    pub(super) fn string(&mut self) -> Read<Token> {
        let start = self.at + 1;
        let escaped = self.behind_string()?;
        Ok(Token { at: Span::from_usize(start, self.at - 1), escaped })
    }

    /// Goes behind the text in quotes at the place; tells whether it has escapes.
    fn behind_string(&mut self) -> Read<bool> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            at += plain_bytes(bytes.get(at..).unwrap_or_default());
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') if bytes.get(at + 1).is_some_and(|byte| *byte >= 0x20) => {
                    escaped = true;
                    at += 2;
                }
                _ => {
                    // A backslash at the very end may still become an escape.
                    self.at = if at + 1 >= bytes.len() { bytes.len() } else { at };
                    return Err(self.fail(Span::from_usize(start, start + 1), messages::json_unclosed("\"")));
                }
            }
        }
        self.at = at + 1;
        Ok(escaped)
    }

    fn while_in(&mut self, belongs: fn(u8) -> bool) {
        while self.peek().is_some_and(belongs) {
            self.at += 1;
        }
    }

    fn comma(&mut self, container: usize) -> Read<()> {
        if self.take(b',') {
            return Ok(());
        }
        if self.peek().is_none() {
            return Err(self.unclosed(container));
        }
        Err(self.unexpected(messages::json_comma_expected))
    }

    fn fail(&mut self, at: Span, message: Message) -> Failed {
        self.error = Some(JsonError { at, message });
        Failed
    }

    fn unexpected(&mut self, message: fn(String) -> Message) -> Failed {
        let c = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let shown = c.map_or_else(String::new, |c| c.escape_debug().to_string());
        let end = self.at + c.map_or(0, char::len_utf8);
        self.fail(Span::from_usize(self.at, end), message(shown))
    }

    fn unclosed(&mut self, start: usize) -> Failed {
        let bracket = self.text.get(start..start + 1).unwrap_or("{");
        self.fail(Span::from_usize(start, start + 1), messages::json_unclosed(bracket))
    }
}

const ONES: u64 = u64::MAX / 255;

/// The highest bit of each byte of `word` that is a quote, a backslash or a control character. Of bytes above such a one it may be
/// wrong.
#[inline]
fn special(word: u64) -> u64 {
    let differs = |byte: u8| word ^ (ONES * u64::from(byte));
    // A byte below `n` borrows when `n` is taken from it; bytes above 127 never count.
    let borrowed =
        differs(b'"').wrapping_sub(ONES) | differs(b'\\').wrapping_sub(ONES) | word.wrapping_sub(ONES * 0x20);
    borrowed & !word & (ONES << 7)
}

/// From here on a text is gone through in pieces of as many bytes: few values are longer, but every output is.
const LONG: usize = 64;

/// How many bytes from the start surely belong to the text, in whole pieces.
fn plain_pieces(bytes: &[u8]) -> usize {
    let is_plain = |piece: &[u8; LONG]| {
        let (words, _) = piece.as_chunks();
        words.iter().fold(0, |found, word| found | special(u64::from_le_bytes(*word))) == 0
    };
    let (pieces, _) = bytes.as_chunks();
    pieces.iter().take_while(|piece| is_plain(piece)).count() * LONG
}

/// How many bytes from the start are neither a quote nor a backslash nor a control character. Sixteen at a time.
#[inline]
fn plain_bytes(bytes: &[u8]) -> usize {
    let word = |bytes: &[u8]| bytes.first_chunk().map_or(0, |word| special(u64::from_le_bytes(*word)));
    let mut before = 0;
    while let Some(chunk) = bytes.get(before..).and_then(<[u8]>::first_chunk::<16>) {
        let (low, high) = chunk.split_at(8);
        let (low, high) = (word(low), word(high));
        if low | high != 0 {
            let zeros = if low == 0 { 64 + high.trailing_zeros() } else { low.trailing_zeros() };
            return before + (zeros / 8) as usize;
        }
        before += 16;
        if before == LONG {
            before += plain_pieces(bytes.get(before..).unwrap_or_default());
        }
    }
    let rest = bytes.get(before..).unwrap_or_default();
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    before + rest.iter().position(is_special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_wherever_they_stand() {
        for special in ['"', '\\', '\n', '\0', '\u{1f}'] {
            for at in (0..40).chain(60..150) {
                for filler in ["a", "é", "\u{7f}", " ", "日", "!", "]"] {
                    let text = format!("{}{special}{}", filler.repeat(at), filler.repeat(20));
                    assert_eq!(plain_bytes(text.as_bytes()), filler.len() * at, "{text:?}");
                }
            }
        }
        assert_eq!(plain_bytes("日本語 €".as_bytes()), "日本語 €".len());
    }

    #[test]
    fn values_have_their_places() {
        let text = r#"{"a": ["x\"y", -1.5e3, null, {}], "b": true}"#;
        let mut scan = Scan::new(text, 0);
        let mut seen = Vec::new();
        let whole = scan.object(|scan, key| {
            let value = scan.value()?;
            seen.push((key.text(text).unwrap(), value.at().slice(text)));
            Ok(())
        });
        assert_eq!(whole.unwrap().slice(text), text);
        assert_eq!(seen, [("a".into(), r#"["x\"y", -1.5e3, null, {}]"#), ("b".into(), "true")]);
        let deep = "[".repeat(100_000);
        assert!(Scan::new(&deep, 0).value().is_err());
        for bad in
            ["{\"a\" 1}", "{\"a\":}", "{a:1}", "[1 2]", "[01]", "[tru]", "\"a", "\"a\nb\"", "{\"a\":1", "[1,"]
        {
            assert!(Scan::new(bad, 0).value().is_err(), "{bad}");
        }
    }
}
