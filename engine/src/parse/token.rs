//! The scanner: a cursor over the text of a condition that takes tokens by prefix, as Falco does. Nothing is
//! tokenised in advance, so whether `in` is an operator or a value is the grammar's decision (see `condition`).

use crate::catalog::Dialect;
use crate::report::TokenKind;
use crate::text::TextRange;

/// Steps that Falco's parser may be deep before it gives up.
pub const MAX_DEPTH: u32 = 1000;

/// A cursor with the words taken so far.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    dialect: Dialect,
    /// The last token taken, for Falco's error text.
    last: TextRange,
    /// The words, for colouring.
    tokens: Vec<(TextRange, TokenKind)>,
}

/// A point to return to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    at: usize,
    tokens: usize,
}

/// What is wrong with an escape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EscapeError {
    /// Where: from the backslash on.
    pub at: TextRange,
    /// Falco's text.
    pub falco: String,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str, at: usize, dialect: Dialect) -> Self {
        Self { text, at, dialect, last: TextRange::default(), tokens: Vec::new() }
    }

    pub(crate) fn at(&self) -> u32 {
        self.at as u32
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn last(&self) -> TextRange {
        self.last
    }

    pub(crate) fn into_tokens(self) -> Vec<(TextRange, TokenKind)> {
        self.tokens
    }

    pub(crate) fn range_from(&self, start: u32) -> TextRange {
        TextRange::new(start, self.at())
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, tokens: self.tokens.len() }
    }

    pub(crate) fn reset(&mut self, mark: Mark) {
        self.at = mark.at;
        self.tokens.truncate(mark.tokens);
    }

    /// Makes one word of the words from `start` on and of the one before, which they touch.
    pub(crate) fn join_tokens(&mut self, start: u32) {
        let first = self.tokens.partition_point(|(range, _)| range.start < start);
        self.tokens.truncate(first);
        let end = self.at();
        if let Some((range, _)) = self.tokens.last_mut() {
            range.end = end;
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Takes `len` bytes as a token.
    fn take(&mut self, len: usize, kind: Option<TokenKind>) -> TextRange {
        let range = TextRange::from_usize(self.at, self.at + len);
        self.at += len;
        self.last = range;
        if let Some(kind) = kind {
            self.tokens.push((range, kind));
        }
        range
    }

    /// Takes `word` if the text goes on with it.
    pub(crate) fn word(&mut self, word: &str, kind: TokenKind) -> Option<TextRange> {
        self.rest().starts_with(word).then(|| self.take(word.len(), Some(kind)))
    }

    /// Skips blanks; true if there was one.
    pub(crate) fn blanks(&mut self) -> bool {
        self.skip(|b| matches!(b, b' ' | b'\t' | 0x08 | b'\r' | b'\n'))
    }

    /// Skips what may follow `not`: other than elsewhere, form feeds and vertical tabs count and backspaces don't.
    pub(crate) fn blanks_after_not(&mut self) -> bool {
        self.skip(is_ascii_space)
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let len = self.rest().bytes().take_while(|&b| wanted(b)).count();
        self.at += len;
        len > 0
    }

    /// A name without dots.
    pub(crate) fn identifier(&mut self, kind: TokenKind) -> Option<TextRange> {
        let len = identifier_len(self.rest().as_bytes());
        (len > 0).then(|| self.take(len, Some(kind)))
    }

    /// A name with at least one dot.
    pub(crate) fn field_name(&mut self) -> Option<TextRange> {
        let bytes = self.rest().as_bytes();
        let mut len = identifier_len(bytes);
        let first = len;
        while first > 0 && bytes.get(len) == Some(&b'.') {
            match identifier_len(bytes.get(len + 1..).unwrap_or(&[])) {
                0 => break,
                part => len += 1 + part,
            }
        }
        (len > first).then(|| self.take(self.dialect.name_len(self.rest(), len), Some(TokenKind::Field)))
    }

    /// A text without quotes.
    pub(crate) fn bare(&mut self, kind: TokenKind) -> Option<TextRange> {
        let bad =
            |b: u8| b == 0 || is_ascii_space(b) || matches!(b, b'(' | b')' | b'"' | b'\'' | b'=' | b',');
        let len = self.rest().bytes().take_while(|&b| !bad(b)).count();
        (len > 0).then(|| self.take(len, Some(kind)))
    }

    /// A text without quotes in the brackets of a field.
    pub(crate) fn bare_argument(&mut self) -> Option<TextRange> {
        let bad = |b: u8| b == 0 || is_ascii_space(b) || matches!(b, b'[' | b']' | b'"' | b'\'');
        let len = self.rest().bytes().take_while(|&b| !bad(b)).count();
        (len > 0).then(|| self.take(len, None))
    }

    /// A number, decimal or hexadecimal.
    pub(crate) fn number(&mut self) -> Option<TextRange> {
        let bytes = self.rest().as_bytes();
        let len = hex_len(bytes).or_else(|| number_len(bytes))?;
        Some(self.take(len, Some(TokenKind::Number)))
    }

    /// A text in quotes, quotes included. It ends at the next same quote without a backslash right before it.
    pub(crate) fn quoted(&mut self, kind: Option<TokenKind>) -> Option<TextRange> {
        let bytes = self.rest().as_bytes();
        let quote = *bytes.first().filter(|b| matches!(b, b'"' | b'\''))?;
        let mut before = b'\\';
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == 0 {
                return None;
            }
            if byte == quote && before != b'\\' && at > 0 {
                return Some(self.take(at + 1, kind));
            }
            before = if at == 0 { 0 } else { byte };
        }
        None
    }
}

/// What a quoted text (with its quotes) means. Offsets of an error count from `start`.
pub(crate) fn unquote(written: &str, start: u32) -> Result<Box<[u8]>, EscapeError> {
    let bytes = written.as_bytes();
    let quote = bytes.first().copied().unwrap_or(b'"');
    let inner = bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or(&[]);
    let mut out = Vec::with_capacity(inner.len());
    let mut at = 0;
    while let Some(&byte) = inner.get(at) {
        if byte != b'\\' {
            out.push(byte);
            at += 1;
            continue;
        }
        let error = |len: usize, falco: String| {
            // The escape may end within a character; its whole belongs to the place.
            let from = start as usize + 1 + at;
            let mut to = at + 1 + len;
            while to < written.len() && !written.is_char_boundary(to) {
                to += 1;
            }
            EscapeError { at: TextRange::from_usize(from, start as usize + to), falco }
        };
        let mut taken = 2;
        match inner.get(at + 1) {
            Some(b'b') => out.push(0x08),
            Some(b'f') => out.push(0x0c),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b' ' | b'\\') => out.push(b'\\'),
            Some(b'/') => out.push(b'/'),
            Some(&other @ (b'"' | b'\'')) if other == quote => out.push(other),
            Some(&other @ (b'"' | b'\'')) => {
                let (other, quote) = (char::from(other), char::from(quote));
                return Err(error(2, format!("invalid \\{other} escape in {quote}-quoted string")));
            }
            Some(b'x') => {
                let Some(digits) = inner.get(at + 2..at + 4) else {
                    return Err(error(inner.len() - at, "truncated hex char escape sequence".to_owned()));
                };
                let value = std::str::from_utf8(digits)
                    .ok()
                    .filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()))
                    .and_then(|text| u8::from_str_radix(text, 16).ok());
                let Some(value) = value else {
                    let shown = String::from_utf8_lossy(digits);
                    return Err(error(4, format!("invalid hex char escape sequence: {shown}")));
                };
                out.push(value);
                taken = 4;
            }
            Some(_) => {
                let shown = written.get(at + 2..).and_then(|rest| rest.chars().next()).unwrap_or('\\');
                let len = 1 + shown.len_utf8();
                return Err(error(len, format!("unsupported string escape sequence: \\{shown}")));
            }
            None => {
                out.push(b'\\');
                taken = 1;
            }
        }
        at += taken;
    }
    Ok(out.into())
}

/// White space as the C library has it: what ends a bare text.
fn is_ascii_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

fn identifier_len(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(b) if b.is_ascii_alphabetic() => {
            bytes.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count()
        }
        _ => 0,
    }
}

fn hex_len(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.strip_prefix(b"0x").or_else(|| bytes.strip_prefix(b"0X"))?;
    let len = digits.iter().take_while(|b| b.is_ascii_hexdigit()).count();
    (len > 0).then_some(2 + len)
}

fn number_len(bytes: &[u8]) -> Option<usize> {
    let digits =
        |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(len);
    if whole == 0 {
        return None;
    }
    len += whole;
    if bytes.get(len) == Some(&b'.') {
        len += 1;
    }
    len += digits(len);
    if matches!(bytes.get(len), Some(b'e' | b'E')) && matches!(bytes.get(len + 1), Some(b'+' | b'-')) {
        match digits(len + 2) {
            0 => {}
            exponent => len += 2 + exponent,
        }
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unquoted(written: &str) -> Result<String, String> {
        unquote(written, 0).map(|b| String::from_utf8_lossy(&b).into_owned()).map_err(|e| e.falco)
    }

    #[test]
    fn escapes() {
        assert_eq!(unquoted(r#""a\n\x41\/\\ \"'""#).unwrap(), "a\nA/\\ \"'");
        assert_eq!(unquoted(r#""a\ b""#).unwrap(), "a\\b");
        assert_eq!(unquoted(r#""\xe3\x81\x82""#).unwrap(), "あ");
        assert_eq!(unquoted(r#""\q""#).unwrap_err(), "unsupported string escape sequence: \\q");
        assert_eq!(unquoted(r#""\日""#).unwrap_err(), "unsupported string escape sequence: \\日");
        assert_eq!(unquoted(r#""\xz1""#).unwrap_err(), "invalid hex char escape sequence: z1");
        assert_eq!(unquoted(r#""\x1""#).unwrap_err(), "truncated hex char escape sequence");
        assert_eq!(unquoted(r#"'\"'"#).unwrap_err(), "invalid \\\" escape in '-quoted string");
    }

    #[test]
    fn places_of_bad_escapes_lie_on_characters() {
        for (written, at) in [(r#""é\xé""#, (3, 7)), (r#""a\日""#, (2, 6)), (r#""\x1""#, (1, 4))] {
            let error = unquote(written, 0).unwrap_err();
            assert_eq!((error.at.start, error.at.end), at, "{written}");
            assert!(written.get(at.0 as usize..at.1 as usize).is_some());
        }
    }

    #[test]
    fn a_quoted_text_ends_at_a_quote_without_a_backslash_before_it() {
        let len = |text| Scanner::new(text, 0, Dialect::Falco).quoted(None).map(TextRange::len);
        assert_eq!(len(r#""a\"b" x"#), Some(6));
        assert_eq!(len(r#""abc\\""#), None);
        assert_eq!(len("'a\"b'"), Some(5));
        assert_eq!(len("\"\""), Some(2));
        assert_eq!(len("\"t\0a\""), None);
    }

    #[test]
    fn numbers() {
        let len = |text| Scanner::new(text, 0, Dialect::Falco).number().map(TextRange::len);
        assert_eq!(len("1500ms"), Some(4));
        assert_eq!(len("0x1fg"), Some(4));
        assert_eq!(len("-1.5e+3 "), Some(7));
        assert_eq!(len("1e3"), Some(1));
        assert_eq!(len("-"), None);
    }
}
