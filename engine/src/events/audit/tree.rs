//! A JSON document as a flat list of values with their places: numbers keep their digits, keys their order, strings their
//! escapes. It is read in one pass without recursion, and the list is used again for the next document.

use super::super::json::{JsonError, is_number};
use crate::catalog::messages::events as messages;
use crate::text::{Message, Span};
use std::borrow::Cow;

/// Lists and maps of a document may stand in each other this deep. As Falco does.
pub(crate) const MAX_DEPTH: usize = 300;

/// A value, by its place in the list.
pub(crate) type NodeId = u32;

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// `null`.
    Null,
    /// `true`.
    True,
    /// `false`.
    False,
    /// A number.
    Number,
    /// A text, and whether it has escapes.
    Text(bool),
    /// A list.
    List,
    /// A map.
    Map,
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its key in the map that it stands in, without quotes; empty elsewhere.
    key: Span,
    /// Where it is written.
    pub(crate) at: Span,
    /// The first node behind it and all that is in it.
    end: NodeId,
}

/// Reads documents, one after another.
#[derive(Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    open: Vec<NodeId>,
}

/// A document that was read.
#[derive(Clone, Copy)]
pub(crate) struct View<'t> {
    /// What it was read from.
    pub(crate) text: &'t str,
    nodes: &'t [Node],
}

type Read<T> = Result<T, JsonError>;

impl Tree {
    /// Reads the document that begins at `start`, behind blanks; returns where it ends.
    pub(crate) fn read(&mut self, text: &str, start: usize) -> Read<usize> {
        self.nodes.clear();
        self.open.clear();
        let mut reader = Reader { text, at: start, tree: self };
        reader.document()?;
        Ok(reader.at)
    }

    /// Number of values.
    pub(crate) fn len(&self) -> NodeId {
        self.nodes.len() as NodeId
    }

    /// The document that was read last, from this text.
    pub(crate) fn view<'t>(&'t self, text: &'t str) -> View<'t> {
        View { text, nodes: &self.nodes }
    }
}

impl<'t> View<'t> {
    /// The value; `None` behind the last one.
    pub(crate) fn node(&self, id: NodeId) -> Option<&'t Node> {
        self.nodes.get(id as usize)
    }

    /// What the value is.
    pub(crate) fn kind(&self, id: NodeId) -> Kind {
        self.node(id).map_or(Kind::Null, |node| node.kind)
    }

    /// Where the value is written.
    pub(crate) fn at(&self, id: NodeId) -> Span {
        self.node(id).map_or_else(Span::default, |node| node.at)
    }

    /// What is directly in a list or map, in order.
    pub(crate) fn children(self, id: NodeId) -> impl Iterator<Item = NodeId> + 't {
        let end = self.node(id).map_or(0, |node| node.end);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.node(child)?.end.max(child + 1);
            Some(child)
        })
    }

    /// What is behind the value and all that is in it.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        self.node(id).map_or(0, |node| node.end)
    }

    /// The key of a value in a map.
    pub(crate) fn key(&self, id: NodeId) -> Cow<'t, str> {
        unescape(self.node(id).map_or("", |node| node.key.slice(self.text)))
    }

    /// The value of a key of a map, or at a decimal position of a list. As Falco does: of a key that stands there twice,
    /// the first.
    pub(crate) fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        match self.kind(id) {
            Kind::Map => self.children(id).find(|child| self.has_key(*child, key)),
            Kind::List if !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()) => {
                self.children(id).nth(key.parse().ok()?)
            }
            _ => None,
        }
    }

    fn has_key(&self, id: NodeId, key: &str) -> bool {
        let raw = self.node(id).map_or("", |node| node.key.slice(self.text));
        raw == key || (raw.len() > key.len() && raw.contains('\\') && unescape(raw) == key)
    }

    /// What is at the end of these keys.
    pub(crate) fn at_path(&self, from: NodeId, keys: &[&str]) -> Option<NodeId> {
        keys.iter().try_fold(from, |at, key| self.get(at, key))
    }

    /// The text of a string; `None` for anything else.
    pub(crate) fn string(&self, id: NodeId) -> Option<Cow<'t, str>> {
        let raw = || {
            let at = self.at(id);
            Span::new(at.start + 1, at.end.saturating_sub(1)).slice(self.text)
        };
        match self.kind(id) {
            Kind::Text(false) => Some(Cow::Borrowed(raw())),
            Kind::Text(true) => Some(unescape(raw())),
            _ => None,
        }
    }

    /// The value as Falco makes a text of it: a string's own text, everything else as compact JSON.
    pub(crate) fn text(&self, id: NodeId) -> Cow<'t, str> {
        match self.kind(id) {
            Kind::Text(_) => self.string(id).unwrap_or_default(),
            Kind::List | Kind::Map => Cow::Owned(self.compact(id)),
            _ => Cow::Borrowed(self.at(id).slice(self.text)),
        }
    }

    /// The value as JSON without blanks, everything else as it is written.
    pub(crate) fn compact(&self, id: NodeId) -> String {
        self.print(id, None)
    }

    /// The value as JSON over several lines, each level two blanks further in.
    pub(crate) fn pretty(&self, id: NodeId) -> String {
        self.print(id, Some(0))
    }

    /// Prints token by token; `indent` is the level in the many-lined form.
    fn print(&self, id: NodeId, mut indent: Option<usize>) -> String {
        let written = self.at(id).slice(self.text);
        let mut out = String::with_capacity(written.len());
        let line = |out: &mut String, level: Option<usize>| {
            if let Some(level) = level {
                out.push('\n');
                out.extend(std::iter::repeat_n("  ", level));
            }
        };
        let mut rest = written;
        let mut opened = false;
        while let Some(c) = rest.chars().next() {
            let mut len = c.len_utf8();
            let closes = matches!(c, ']' | '}');
            if c.is_ascii_whitespace() {
                rest = rest.get(len..).unwrap_or("");
                continue;
            }
            if closes {
                indent = indent.map(|level| level.saturating_sub(1));
            }
            // Empty brackets stay together.
            if opened != closes {
                line(&mut out, indent);
            }
            opened = matches!(c, '[' | '{');
            if c == '"' {
                len = string_len(rest);
            }
            out.push_str(rest.get(..len).unwrap_or(""));
            rest = rest.get(len..).unwrap_or("");
            match c {
                '[' | '{' => indent = indent.map(|level| level + 1),
                ',' => line(&mut out, indent),
                ':' if indent.is_some() => out.push(' '),
                _ => {}
            }
        }
        out
    }
}

/// Bytes of the string that `text` begins with, quotes included.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The text of what stands between the quotes of a string.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    let Some(first) = raw.find('\\') else { return Cow::Borrowed(raw) };
    let (plain, mut rest) = raw.split_at(first);
    let mut out = String::with_capacity(raw.len());
    out.push_str(plain);
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at).unwrap_or(""));
        let Some((c, len)) = escape(rest.get(at..).unwrap_or("")) else { break };
        out.push(c);
        rest = rest.get(at + len..).unwrap_or("");
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of the escape that `text` begins with, and its length; `None` where it has no end.
pub(crate) fn escape(text: &str) -> Option<(char, usize)> {
    let hex = |from: usize| {
        let digits = text.get(from..from + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    Some(match text.chars().nth(1)? {
        'b' => ('\u{8}', 2),
        'f' => ('\u{c}', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'u' => {
            let high = hex(0)?;
            let low = hex(6).filter(|low| (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(low));
            let code = low.map_or(high, |low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            // A lone half of a pair is no character.
            let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            (c, if low.is_some() { 12 } else { 6 })
        }
        other => (other, 1 + other.len_utf8()),
    })
}

struct Reader<'t, 'n> {
    text: &'t str,
    at: usize,
    tree: &'n mut Tree,
}

impl<'t> Reader<'t, '_> {
    fn document(&mut self) -> Read<()> {
        let mut key = Span::default();
        loop {
            self.blank();
            let start = self.at;
            let complete = match self.peek() {
                Some(b'{') => self.open(Kind::Map, key)?,
                Some(b'[') => self.open(Kind::List, key)?,
                _ => {
                    let kind = self.scalar()?;
                    self.push(kind, key, start);
                    true
                }
            };
            if complete && self.close()? {
                return Ok(());
            }
            key = self.key()?;
        }
    }

    /// Begins a list or map; tells whether it is already complete, being empty.
    fn open(&mut self, kind: Kind, key: Span) -> Read<bool> {
        let start = self.at;
        if self.tree.open.len() >= MAX_DEPTH {
            let at = Span::from_usize(start, start + 1);
            return Err(JsonError { at, message: messages::too_deep(MAX_DEPTH.to_string()) });
        }
        self.at += 1;
        let id = self.tree.nodes.len() as NodeId;
        self.push(kind, key, start);
        self.blank();
        if self.take(closing(kind)) {
            self.end(id);
            return Ok(true);
        }
        self.tree.open.push(id);
        Ok(false)
    }

    /// Ends what is complete behind a value; tells whether that is all. Otherwise the place is behind a comma.
    fn close(&mut self) -> Read<bool> {
        while let Some(&id) = self.tree.open.last() {
            self.blank();
            if self.take(b',') {
                return Ok(false);
            }
            let kind = self.tree.nodes.get(id as usize).map_or(Kind::Map, |node| node.kind);
            if !self.take(closing(kind)) {
                return Err(match self.peek() {
                    None => self.unclosed(),
                    Some(_) => self.unexpected(messages::json_comma_expected),
                });
            }
            self.tree.open.pop();
            self.end(id);
        }
        Ok(true)
    }

    /// In a map, the key of the next value and the colon behind it.
    fn key(&mut self) -> Read<Span> {
        let inside = self.tree.open.last().and_then(|id| self.tree.nodes.get(*id as usize));
        if inside.is_none_or(|node| node.kind != Kind::Map) {
            return Ok(Span::default());
        }
        self.blank();
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string()?,
            None => return Err(self.unclosed()),
            Some(_) => return Err(self.unexpected(messages::json_key_expected)),
        };
        let key = Span::from_usize(start + 1, self.at - 1);
        self.blank();
        if self.take(b':') { Ok(key) } else { Err(self.unexpected(messages::json_colon_expected)) }
    }

    fn scalar(&mut self) -> Read<Kind> {
        let start = self.at;
        let fail =
            |end: usize, message: Message| Err(JsonError { at: Span::from_usize(start, end), message });
        match self.peek() {
            Some(b'"') => self.string().map(Kind::Text),
            Some(b'-' | b'0'..=b'9') => {
                let digits = self.while_in(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'-'));
                if is_number(digits) {
                    return Ok(Kind::Number);
                }
                fail(start + digits.len(), messages::json_bad_number(digits))
            }
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                match self.while_in(|b| b.is_ascii_alphanumeric() || b == b'_') {
                    "null" => Ok(Kind::Null),
                    "true" => Ok(Kind::True),
                    "false" => Ok(Kind::False),
                    word => fail(start + word.len(), messages::json_unknown_word(word)),
                }
            }
            None if self.tree.open.is_empty() => fail(start, messages::json_value_missing()),
            None => Err(self.unclosed()),
            Some(_) => Err(self.unexpected(messages::json_value_expected)),
        }
    }

    /// Goes behind a string; tells whether it has escapes.
    fn string(&mut self) -> Read<bool> {
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            let bytes = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let stop = bytes.iter().position(|b| matches!(b, b'"' | b'\\' | 0..=0x1f));
            self.at += stop.unwrap_or(bytes.len());
            match stop.and_then(|stop| bytes.get(stop)) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                _ => {
                    let at = Span::from_usize(start, start + 1);
                    return Err(JsonError { at, message: messages::json_unclosed("\"") });
                }
            }
        }
    }

    fn escape(&mut self) -> Read<()> {
        let bytes = self.text.as_bytes();
        let len = match bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') => {
                let digits = bytes.get(self.at + 2..self.at + 6).unwrap_or_default();
                if digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit) { 6 } else { 0 }
            }
            _ => 0,
        };
        if len == 0 {
            let shown: String = self.text.get(self.at..).unwrap_or("").chars().take(2).collect();
            let at = Span::from_usize(self.at, self.at + shown.len());
            return Err(JsonError { at, message: messages::json_bad_escape(shown) });
        }
        self.at += len;
        Ok(())
    }

    fn push(&mut self, kind: Kind, key: Span, start: usize) {
        let end = self.tree.nodes.len() as NodeId + 1;
        self.tree.nodes.push(Node { kind, key, at: Span::from_usize(start, self.at), end });
    }

    /// The list or map `id` ends here.
    fn end(&mut self, id: NodeId) {
        let end = self.tree.nodes.len() as NodeId;
        if let Some(node) = self.tree.nodes.get_mut(id as usize) {
            node.at = Span::new(node.at.start, self.at as u32);
            node.end = end;
        }
    }

    fn unexpected(&self, message: fn(String) -> Message) -> JsonError {
        let found = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let shown = match found {
            None => String::new(),
            Some('\n') => "\\n".to_owned(),
            Some(c) => c.to_string(),
        };
        let end = self.at + found.map_or(0, char::len_utf8);
        JsonError { at: Span::from_usize(self.at, end), message: message(shown) }
    }

    /// The innermost list or map has no end.
    fn unclosed(&self) -> JsonError {
        let node = self.tree.open.last().and_then(|id| self.tree.nodes.get(*id as usize));
        let (start, bracket) = match node {
            Some(node) if node.kind == Kind::List => (node.at.start, "["),
            Some(node) => (node.at.start, "{"),
            None => (self.at as u32, "{"),
        };
        JsonError { at: Span::new(start, start + 1), message: messages::json_unclosed(bracket) }
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

    fn while_in(&mut self, belongs: fn(u8) -> bool) -> &'t str {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|b| !belongs(*b)).unwrap_or(rest.len());
        self.at += len;
        self.text.get(self.at - len..self.at).unwrap_or("")
    }
}

fn closing(kind: Kind) -> u8 {
    if kind == Kind::List { b']' } else { b'}' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn with<T>(text: &str, ask: impl FnOnce(View<'_>) -> T) -> T {
        let mut tree = Tree::default();
        tree.read(text, 0).unwrap();
        ask(tree.view(text))
    }

    #[test]
    fn values_are_found_with_their_places() {
        let text =
            r#" {"a": {"b": [1, "x\n\ud83d\ude00", null]}, "\u0061b": 1.50, "a": 2, "c": [ ] , "d":{} } "#;
        with(text, |view| {
            let at = |keys: &[&str]| {
                view.at_path(0, keys).map(|id| (view.text(id).into_owned(), view.at(id).slice(text)))
            };
            assert_eq!(at(&["a", "b", "0"]), Some(("1".into(), "1")));
            assert_eq!(at(&["a", "b", "1"]), Some(("x\n😀".into(), r#""x\n\ud83d\ude00""#)));
            assert_eq!(at(&["a", "b", "2"]), Some(("null".into(), "null")));
            assert_eq!(at(&["a", "b", "3"]), None);
            assert_eq!(at(&["a", "b", "x"]), None);
            assert_eq!(at(&["ab"]), Some(("1.50".into(), "1.50")));
            assert_eq!(at(&["c"]), Some(("[]".into(), "[ ]")));
            assert_eq!(at(&["d", "x"]), None);
            let keys: Vec<_> = view.children(0).map(|id| view.key(id).into_owned()).collect();
            assert_eq!(keys, ["a", "ab", "a", "c", "d"]);
            assert_eq!(
                view.compact(0),
                r#"{"a":{"b":[1,"x\n\ud83d\ude00",null]},"\u0061b":1.50,"a":2,"c":[],"d":{}}"#
            );
        });
    }

    #[test]
    fn printing_over_lines_keeps_strings() {
        let text = r#"{"a":[1,{"b":"x: , [ \" "}],"c":[],"d":{ }}"#;
        let pretty = with(text, |view| view.pretty(0));
        assert_eq!(
            pretty,
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x: , [ \\\" \"\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}"
        );
    }

    #[test]
    fn what_is_no_json_is_pointed_at() {
        for (text, shown, says) in [
            ("", "", "the value is missing"),
            ("[1, 2", "[", "the `[` that starts here is not closed"),
            ("{\"a\": [1, {\"b\": 1", "{", "the `{` that starts here is not closed"),
            ("{\"a\" 1}", "1", "expected `:` after the key, found `1`"),
            ("{a: 1}", "a", "expected a key in double quotes, found `a`"),
            ("[1 2]", "2", "expected `,` or the closing bracket, found `2`"),
            ("[1, 日]", "日", "expected a value, found `日`"),
            ("[01]", "01", "`01` is not a number"),
            ("[nul]", "nul", "unknown word `nul`: only `true`, `false` and `null` stand without quotes"),
            ("[\"\\x\"]", "\\x", "unknown escape `\\x`"),
            ("[\"a", "\"", "the `\"` that starts here is not closed"),
            ("{\"a\":1,}", "}", "expected a key in double quotes, found `}`"),
        ] {
            let error = Tree::default().read(text, 0).unwrap_err();
            assert_eq!(
                (error.at.slice(text), error.message.text(Lang::En).as_str()),
                (shown, says),
                "{text}"
            );
        }
        let deep = "[".repeat(MAX_DEPTH + 1);
        let error = Tree::default().read(&deep, 0).unwrap_err();
        assert_eq!(error.message.text(Lang::En), "nested deeper than 300 levels");
        let deep = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
        assert_eq!(Tree::default().read(&deep, 0).unwrap(), deep.len());
    }

    #[test]
    fn documents_follow_each_other() {
        let (mut tree, text) = (Tree::default(), "{\"a\":1} [2]\n3");
        let end = tree.read(text, 0).unwrap();
        assert_eq!(text.get(..end), Some("{\"a\":1}"));
        let end = tree.read(text, end).unwrap();
        assert_eq!((text.get(..end), tree.view(text).text(0).as_ref()), (Some("{\"a\":1} [2]"), "[2]"));
    }
}
