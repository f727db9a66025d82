//! Reads JSON with places, fast: an array of objects, or objects one after another (JSON lines, or spread over several
//! lines). A broken event is reported and skipped; reading goes on at the next line that begins with `{`.

use super::raw::{Event, Raw, RawExpect};
use super::{MAX_DEPTH, MAX_LIST};
use crate::catalog::messages::events as messages;
use crate::text::{Message, Span};
use std::borrow::Cow;

/// Something that is not JSON, or too deep.
#[derive(Debug, PartialEq)]
pub(super) struct JsonError {
    /// Where.
    pub(super) at: Span,
    /// What.
    pub(super) message: Message,
}

/// The byte order mark that some editors put in front.
const BOM: char = '\u{feff}';

type Read<T> = Result<T, JsonError>;

/// A place in a JSON text.
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
    /// Whether the events stand in an array.
    array: bool,
}

/// What stands at the place of an event.
pub(super) enum Next {
    /// An event: the place of its object. The entries are in the [`Event`].
    Event(Span),
    /// Something else, of which this is the place; it was skipped.
    NotAnEvent(Span),
}

impl<'a> Json<'a> {
    /// Whether `text` is meant as JSON: it begins with `{"`, `{}`, `[{"`, `[]` or the like. Everything else is YAML.
    pub(crate) fn looks_like(text: &str) -> bool {
        let significant = text.trim_start_matches(BOM).bytes().filter(|b| !b.is_ascii_whitespace());
        let start: Vec<u8> = significant.take(3).collect();
        matches!(start.as_slice(), [b'{', b'"' | b'}', ..] | [b'[', b'{', b'"' | b'}'] | [b'[', b']', ..])
    }

    /// At the start of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let mut json = Self { text, at, array: false };
        json.blank();
        json.array = json.take(b'[');
        json
    }

    /// Reads the next event into `event`. None at the end.
    pub(super) fn next(&mut self, event: &mut Event<'a>) -> Option<Read<Next>> {
        event.clear();
        loop {
            self.blank();
            let separator = self.take(b',') || (self.array && self.take(b']')) || self.take(0x1e);
            if !separator {
                break;
            }
        }
        let start = self.at;
        let read = match self.peek()? {
            b'{' => self.object(event).map(|()| Next::Event(self.from(start))),
            _ => self.value(0).map(|_| Next::NotAnEvent(self.from(start))),
        };
        if read.is_err() {
            self.skip_to_object(start);
        }
        Some(read)
    }

    /// Goes to the next line that begins with an object, past the start of the one that could not be read.
    fn skip_to_object(&mut self, start: usize) {
        self.at = self.at.max(start);
        while let Some(line_end) = self.rest().find('\n') {
            self.at += line_end + 1;
            let line = self.rest().trim_start_matches([' ', '\t', ',', '[']);
            if line.starts_with('{') {
                return;
            }
        }
        self.at = self.text.len();
    }

    fn object(&mut self, event: &mut Event<'a>) -> Read<()> {
        let start = self.at;
        self.at += 1;
        let mut first = true;
        loop {
            self.blank();
            if self.take(b'}') {
                return Ok(());
            }
            if !first {
                self.expect(b',', start)?;
                self.blank();
            }
            first = false;
            let (key, key_at) = self.key(start)?;
            self.blank();
            if self.peek() == Some(b'{') {
                if event.is_expect(&key) {
                    self.expectations(event)?;
                } else if event.depth() >= MAX_DEPTH {
                    return Err(JsonError { at: key_at, message: messages::too_deep(MAX_DEPTH.to_string()) });
                } else {
                    event.enter(&key);
                    self.object(event)?;
                    event.leave();
                }
            } else {
                let value_start = self.at;
                let value = self.value(0)?;
                event.push(&key, key_at, value, self.from(value_start));
            }
        }
    }

    fn expectations(&mut self, event: &mut Event<'a>) -> Read<()> {
        let start = self.at;
        self.at += 1;
        let mut first = true;
        loop {
            self.blank();
            if self.take(b'}') {
                return Ok(());
            }
            if !first {
                self.expect(b',', start)?;
                self.blank();
            }
            first = false;
            let (rule, key) = self.key(start)?;
            self.blank();
            let value_start = self.at;
            let outcome = self.value(0)?;
            event.expects.push(RawExpect { rule, key, outcome, at: self.from(value_start) });
        }
    }

    /// A key and the colon behind it.
    fn key(&mut self, object: usize) -> Read<(Cow<'a, str>, Span)> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => {}
            None => return Err(self.unclosed(object, '{')),
            Some(_) => return Err(self.unexpected(messages::json_key_expected)),
        }
        let key = self.string()?;
        let at = self.from(start);
        self.blank();
        if !self.take(b':') {
            return Err(self.unexpected(messages::json_colon_expected));
        }
        Ok((key, at))
    }

    fn value(&mut self, depth: usize) -> Read<Raw<'a>> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string().map(Raw::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.skip_object(depth).map(|()| Raw::Map),
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let word = self.while_in(|b| b.is_ascii_alphanumeric() || b == b'_');
                match word {
                    "null" => Ok(Raw::Null),
                    "true" => Ok(Raw::Bool(true)),
                    "false" => Ok(Raw::Bool(false)),
                    _ => Err(JsonError { at: self.from(start), message: messages::json_unknown_word(word) }),
                }
            }
            None => Err(JsonError { at: self.from(start), message: messages::json_value_missing() }),
            Some(_) => Err(self.unexpected(messages::json_value_expected)),
        }
    }

    fn list(&mut self, depth: usize) -> Read<Raw<'a>> {
        let start = self.at;
        self.at += 1;
        if depth >= MAX_DEPTH {
            return Err(JsonError {
                at: self.from(start),
                message: messages::too_deep(MAX_DEPTH.to_string()),
            });
        }
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.take(b']') {
                return Ok(Raw::List(items));
            }
            if !items.is_empty() {
                self.expect(b',', start)?;
                self.blank();
            }
            if self.peek().is_none() {
                return Err(self.unclosed(start, '['));
            }
            if items.len() >= MAX_LIST {
                return Err(JsonError {
                    at: self.from(start),
                    message: messages::list_too_long(MAX_LIST.to_string()),
                });
            }
            let item = self.value(depth + 1)?;
            items.push(item);
        }
    }

    /// A map inside a list is no value of a field; it is read over, so that the rest of the event counts.
    fn skip_object(&mut self, depth: usize) -> Read<()> {
        let start = self.at;
        self.at += 1;
        if depth >= MAX_DEPTH {
            return Err(JsonError {
                at: self.from(start),
                message: messages::too_deep(MAX_DEPTH.to_string()),
            });
        }
        let mut first = true;
        loop {
            self.blank();
            if self.take(b'}') {
                return Ok(());
            }
            if !first {
                self.expect(b',', start)?;
                self.blank();
            }
            first = false;
            self.key(start)?;
            self.blank();
            self.value(depth + 1)?;
        }
    }

    /// Digits as JSON allows them. The value is kept as text: its meaning depends on the field.
    fn number(&mut self) -> Read<Raw<'a>> {
        let start = self.at;
        let text = self.while_in(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
        if is_number(text) {
            Ok(Raw::Number(text))
        } else {
            Err(JsonError { at: self.from(start), message: messages::json_bad_number(text) })
        }
    }

    fn string(&mut self) -> Read<Cow<'a, str>> {
        let start = self.at;
        self.at += 1;
        let text_start = self.at;
        let mut unescaped: Option<String> = None;
        let mut piece = text_start;
        loop {
            let bytes = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(skip) = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f)) else {
                self.at = self.text.len();
                return Err(self.unclosed(start, '"'));
            };
            self.at += skip;
            match bytes.get(skip) {
                Some(b'"') => {
                    let last = self.text.get(piece..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(match unescaped {
                        None => Cow::Borrowed(last),
                        Some(text) => Cow::Owned(text + last),
                    });
                }
                Some(b'\\') => {
                    let text = unescaped.get_or_insert_default();
                    text.push_str(self.text.get(piece..self.at).unwrap_or_default());
                    let c = self.escape()?;
                    text.push(c);
                    piece = self.at;
                }
                _ => return Err(self.unclosed(start, '"')),
            }
        }
    }

    /// An escape; the place is at its backslash.
    fn escape(&mut self) -> Read<char> {
        let start = self.at;
        let plain = match self.text.as_bytes().get(self.at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let high = self.hex_escape(start)?;
                if !(0xd800..0xdc00).contains(&high) {
                    // A lone half of a pair is no character.
                    return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                let second = self.at;
                if !self.rest().starts_with("\\u") {
                    return Ok(char::REPLACEMENT_CHARACTER);
                }
                let low = self.hex_escape(second)?;
                if !(0xdc00..0xe000).contains(&low) {
                    self.at = second;
                    return Ok(char::REPLACEMENT_CHARACTER);
                }
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => {
                let shown: String = self.rest().chars().take(2).collect();
                let at = Span::from_usize(start, start + shown.len());
                return Err(JsonError { at, message: messages::json_bad_escape(shown) });
            }
        };
        self.at += 2;
        Ok(plain)
    }

    /// `\uXXXX` at `start`; the place goes behind it.
    fn hex_escape(&mut self, start: usize) -> Read<u32> {
        let digits = self.text.get(start + 2..start + 6).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            let at = Span::from_usize(start, start + 2);
            return Err(JsonError { at, message: messages::json_bad_escape("\\u") });
        };
        self.at = start + 6;
        Ok(code)
    }

    fn expect(&mut self, separator: u8, container: usize) -> Read<()> {
        if self.take(separator) {
            return Ok(());
        }
        if self.peek().is_none() {
            let bracket = self.text.get(container..).and_then(|t| t.chars().next()).unwrap_or('{');
            return Err(self.unclosed(container, bracket));
        }
        Err(self.unexpected(messages::json_comma_expected))
    }

    fn unexpected(&self, message: fn(String) -> Message) -> JsonError {
        let c = self.rest().chars().next();
        let shown = c.map_or_else(String::new, |c| if c == '\n' { "\\n".to_owned() } else { c.to_string() });
        let end = self.at + c.map_or(0, char::len_utf8);
        JsonError { at: Span::from_usize(self.at, end), message: message(shown) }
    }

    fn unclosed(&self, start: usize, bracket: char) -> JsonError {
        let at = Span::from_usize(start, (start + 1).min(self.text.len()));
        JsonError { at, message: messages::json_unclosed(bracket.to_string()) }
    }

    fn from(&self, start: usize) -> Span {
        Span::from_usize(start, self.at)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn blank(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn while_in(&mut self, belongs: fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(belongs) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or("")
    }
}

/// What stands in quotes, without its escapes. None if one of them is none.
pub(crate) fn unescaped(raw: &str) -> Option<String> {
    let mut json = Json { text: raw, at: 0, array: false };
    let mut out = String::with_capacity(raw.len());
    while let Some(skip) = json.rest().find('\\') {
        out.push_str(json.rest().get(..skip)?);
        json.at += skip;
        out.push(json.escape().ok()?);
    }
    out.push_str(json.rest());
    Some(out)
}

/// A value on its own.
pub(super) fn value(text: &str) -> Option<Raw<'_>> {
    Json { text, at: 0, array: false }.value(0).ok()
}

/// Whether `text` is a number of JSON.
pub(super) fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The end of the digits that begin at a place; None if there are none.
    let digits = |from: usize| {
        let count = bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
    let start = usize::from(is(0, b"-"));
    let end = digits(start).filter(|end| !is(start, b"0") || *end == start + 1);
    let end = end.and_then(|end| if is(end, b".") { digits(end + 1) } else { Some(end) });
    let end = end.and_then(|end| {
        if is(end, b"eE") { digits(end + 1 + usize::from(is(end + 1, b"+-"))) } else { Some(end) }
    });
    end == Some(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;
    use std::fmt::Write;

    /// Every event as `path=value` lines, every error as its message and the text it points at.
    fn read(text: &str) -> Vec<String> {
        let mut json = Json::new(text);
        let mut event = Event::default();
        let mut out = Vec::new();
        while let Some(read) = json.next(&mut event) {
            match read {
                Ok(Next::Event(at)) => {
                    assert!(at.slice(text).starts_with('{') && at.slice(text).ends_with('}'));
                    let mut line = String::new();
                    for entry in &event.entries {
                        let key = entry.key.slice(text);
                        assert!(key.starts_with('"') && key.ends_with('"'), "{key}");
                        let _ = write!(line, "{}={:?} ", event.paths.text(entry.path), entry.value);
                    }
                    for expect in &event.expects {
                        let _ = write!(line, "{}->{:?} ", expect.rule, expect.outcome);
                    }
                    out.push(line.trim_end().to_owned());
                }
                Ok(Next::NotAnEvent(at)) => out.push(format!("not an event: {}", at.slice(text))),
                Err(error) => {
                    let at = error.at;
                    assert!(
                        text.is_char_boundary(at.start as usize) && text.is_char_boundary(at.end as usize)
                    );
                    out.push(format!("{} at {:?}", error.message.text(Lang::En), at.slice(text)));
                }
            }
        }
        out
    }

    #[test]
    fn arrays_lines_and_spread_objects() {
        let want = ["evt.type=Text(\"open\")", "fd.num=Number(\"3\") proc.name=Text(\"日本語😀\")"];
        assert_eq!(
            read(
                "[{\"evt.type\":\"open\"},\r\n {\"fd\": {\"num\":3}, \"proc.name\":\"日本語\\ud83d\\ude00\"}]"
            ),
            want
        );
        assert_eq!(
            read("{\"evt.type\":\"open\"}\n{\"fd\": {\"num\":3}, \"proc.name\":\"日本語😀\"}\n"),
            want
        );
        assert_eq!(read("[]"), [""; 0]);
        assert_eq!(read("{}"), [""]);
        assert_eq!(read("\u{feff}{\"a\":1}"), ["a=Number(\"1\")"]);
    }

    #[test]
    fn scalars_and_lists_keep_their_text() {
        assert_eq!(
            read(r#"{"a":null,"b":true,"c":-1.5e+3,"d":["x",1,{"y":[1]}],"e":"a\n\"b\\\u00e9"}"#),
            [
                r#"a=Null b=Bool(true) c=Number("-1.5e+3") d=List([Text("x"), Number("1"), Map]) e=Text("a\n\"b\\é")"#
            ]
        );
    }

    #[test]
    fn expectations_are_apart() {
        assert_eq!(
            read(r#"{"expect":{"A rule. With dots":"match","B":"none"},"evt.type":"open"}"#),
            [r#"evt.type=Text("open") A rule. With dots->Text("match") B->Text("none")"#]
        );
    }

    #[test]
    fn a_broken_line_does_not_hide_the_others() {
        let good = "{\"a\":1}\n";
        for (bad, shown) in [
            (
                "{\"a\": tru}",
                "unknown word `tru`: only `true`, `false` and `null` stand without quotes at \"tru\"",
            ),
            ("{\"a\" 1}", "expected `:` after the key, found `1` at \"1\""),
            ("{\"a\":1 \"b\":2}", "expected `,` or the closing bracket, found `\"` at \"\\\"\""),
            ("{\"a\":\"x}", "the `\"` that starts here is not closed at \"\\\"\""),
            ("{\"a\":01}", "`01` is not a number at \"01\""),
            ("{a:1}", "expected a key in double quotes, found `a` at \"a\""),
            ("{\"a\":\"\\q\"}", "unknown escape `\\q` at \"\\\\q\""),
            ("{\"a\":\"\\u12\"}", "unknown escape `\\u` at \"\\\\u\""),
        ] {
            assert_eq!(
                read(&format!("{good}{bad}\n{good}")),
                ["a=Number(\"1\")", shown, "a=Number(\"1\")"],
                "{bad}"
            );
        }
        assert_eq!(
            read("{\"a\":1}\n5\n{\"a\":2}"),
            ["a=Number(\"1\")", "not an event: 5", "a=Number(\"2\")"]
        );
        assert_eq!(read("{\"a\":1")[0], "the `{` that starts here is not closed at \"{\"");
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
        assert!(read(&deep)[0].starts_with("nested deeper"), "{:?}", &read(&deep)[0]);
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(read(&deep)[0].starts_with("nested deeper"));
    }

    #[test]
    fn sniffing() {
        for json in ["{\"a\":1}", "[{\"a\":1}]", " [ ]", "{}", "\n{ \"a\":1}"] {
            assert!(Json::looks_like(json), "{json}");
        }
        for yaml in ["- a: 1", "a: 1", "{a: 1}", "[{a: 1}]", "", "# x", "---\n{}"] {
            assert!(!Json::looks_like(yaml), "{yaml}");
        }
    }

    #[test]
    fn numbers_of_json() {
        for good in ["0", "-1", "12.5", "1e9", "1E-9", "-0.0"] {
            assert!(is_number(good), "{good}");
        }
        for bad in ["", "-", "01", "1.", ".5", "1e", "0x1", "+1", "1-2"] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
