//! Where a cursor stands in a rules file: in which item, under which keys, in a key or in a value. Found in the text, line by
//! line, since a file that is being typed is seldom YAML.

use super::line::{Line, entries, key_of, lines, quote_end, scalar_end, unquoted};
use std::ops::Range;

/// A place in a rules file.
#[derive(Debug)]
pub(super) struct Position<'a> {
    pub(super) text: &'a str,
    pub(super) offset: usize,
    /// The item from its dash to its last line; the cursor's line where there is none.
    pub(super) item: Range<usize>,
    /// Column at which the keys of the item stand.
    item_column: usize,
    /// From the item down to the cursor.
    pub(super) path: Vec<Step<'a>>,
    pub(super) part: Part,
}

/// A step of the way down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step<'a> {
    /// Into the value of a key.
    Key(&'a str),
    /// Into an entry of a sequence.
    Entry {
        /// Which, from 0.
        index: usize,
        /// Where it begins, and the column of its text; the column is 0 within brackets.
        start: usize,
        /// See `start`.
        column: usize,
    },
}

/// What the cursor stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Nothing that anything is known of.
    Nothing,
    /// Where an item begins: a word without dash, or nothing.
    Top {
        /// Start of the word.
        from: usize,
    },
    /// A key, half written or whole.
    Key {
        /// Its start.
        from: usize,
        /// Its column, 0 within brackets.
        column: usize,
    },
    /// A value.
    Value {
        /// Its start, behind the opening quote.
        from: usize,
        /// How it is written.
        style: Style,
    },
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// On the line of its key, perhaps on further lines.
    Plain,
    /// Within quotes of this kind.
    Quoted(char),
    /// Below `|` or `>`.
    Block,
    /// As a word within brackets.
    Flow,
}

/// Finds the place at a byte of `text`.
pub(super) fn locate(text: &str, offset: usize) -> Position<'_> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let all: Vec<Line<'_>> = lines(text).collect();
    let dash = |line: &Line<'_>| line.is_entry();
    let top = all.iter().find(|line| dash(line)).map_or(0, |line| line.indent);
    let current = all.partition_point(|line| line.start <= offset).saturating_sub(1);
    let starts_item = |line: &Line<'_>| dash(line) && line.indent == top;
    let first = all.iter().take(current + 1).rposition(starts_item);
    let after = |from: usize| all.iter().skip(from).position(starts_item).map(|at| from + at);
    let last = after(current + 1).unwrap_or(all.len());
    let begin = first.unwrap_or(current);
    let own = all.get(begin..last).unwrap_or_default();
    let start = own.first().map_or(offset, |line| line.start);
    let end = own.last().map_or(offset, |line| line.end);
    let mut walk = Walk { text, offset, frames: Vec::new(), part: Part::Nothing };
    let at_top = own.get(current - begin).filter(|line| {
        // A line without text counts as far as the cursor.
        let column = if line.content.is_empty() { offset - line.start } else { line.indent };
        !dash(line) && column <= top
    });
    match (at_top, first) {
        (Some(line), _) => {
            let word = line.content.starts_with(|c: char| c.is_ascii_alphabetic());
            if line.content.is_empty() || word {
                walk.part = Part::Top { from: line.start + line.indent.min(offset - line.start) };
            }
        }
        (None, Some(_)) => walk.lines(own),
        (None, None) => {}
    }
    let item_column = own.first().map_or(0, |line| line.indent + line.dash_len());
    let mut path: Vec<_> = walk.frames.into_iter().map(|frame| frame.step).collect();
    if !path.is_empty() {
        path.remove(0);
    }
    Position { text, offset, item: start..end, item_column, path, part: walk.part }
}

/// A key or entry that is open at some line.
struct Frame<'a> {
    /// Column of the key or of the dash.
    column: usize,
    step: Step<'a>,
}

struct Walk<'a> {
    text: &'a str,
    offset: usize,
    frames: Vec<Frame<'a>>,
    part: Part,
}

impl<'a> Walk<'a> {
    /// Reads the lines of an item up to the cursor.
    fn lines(&mut self, own: &[Line<'a>]) {
        let mut at = 0;
        while let Some(line) = own.get(at).filter(|line| line.start <= self.offset) {
            at += 1;
            let here = self.offset <= line.end;
            if line.content.is_empty() {
                if here {
                    self.nothing(line);
                }
                continue;
            }
            if line.content.starts_with('#') {
                continue;
            }
            if let Some(next) = self.line(line, own.get(at..).unwrap_or_default()) {
                at += next;
            } else {
                return;
            }
        }
    }

    /// The cursor stands in a line without text: where a key could stand, by its column.
    fn nothing(&mut self, line: &Line<'_>) {
        let column = self.offset - line.start;
        self.close(column, false);
        self.part = Part::Key { from: self.offset, column };
    }

    /// Ends what a line at `column` is no part of.
    fn close(&mut self, column: usize, dash: bool) {
        while let Some(last) = self.frames.last() {
            let entry = matches!(last.step, Step::Entry { .. });
            let ends = last.column > column || (last.column == column && (entry || !dash));
            if !ends {
                break;
            }
            self.frames.pop();
        }
    }

    /// Reads a line with text; gives the number of further lines that belong to its value, or nothing once the cursor is found.
    fn line(&mut self, line: &Line<'a>, rest: &[Line<'a>]) -> Option<usize> {
        let mut from = line.start + line.indent;
        let mut content = line.content;
        let mut column = line.indent;
        if self.offset < from {
            self.nothing(line);
            return None;
        }
        let mut owner = None;
        loop {
            let dash = Line { indent: column, content, ..*line }.dash_len();
            if dash == 0 {
                break;
            }
            if self.offset <= from {
                return None;
            }
            self.entry(column, from, dash);
            owner = Some(column);
            if self.offset < from + dash && content.len() > dash {
                return None;
            }
            from += dash.min(content.len());
            column += dash;
            content = content.get(dash..).unwrap_or("");
        }
        if content.is_empty() {
            if self.offset > line.end {
                return Some(0);
            }
            let from = self.offset;
            self.part = if self.has_mappings() {
                Part::Key { from, column }
            } else {
                Part::Value { from, style: Style::Plain }
            };
            return None;
        }
        if let Some((key, value)) = key_of(content) {
            let ends = from + key.end;
            self.close(column, false);
            if self.offset <= ends {
                self.part = Part::Key { from: from + key.start, column };
                return None;
            }
            let name = content.get(key).unwrap_or("");
            self.frames.push(Frame { column, step: Step::Key(name) });
            return self.value(line, from + value, column, rest);
        }
        if let Some(owner) = owner {
            // A word behind a dash can be a key that is being typed, or a value.
            let found = self.value(line, from, owner, rest);
            let plain = matches!(self.part, Part::Value { style: Style::Plain, .. });
            if found.is_none() && plain && self.has_mappings() {
                self.part = Part::Key { from, column };
            }
            return found;
        }
        if self.offset <= line.end {
            self.close(column, false);
            self.part = Part::Key { from, column };
            return None;
        }
        Some(0)
    }

    /// Whether entries here are mappings: items, exceptions, versions.
    fn has_mappings(&self) -> bool {
        match self.frames.as_slice() {
            [_] => true,
            [_, Frame { step: Step::Key(key), .. }, _] => {
                matches!(*key, "exceptions" | "required_plugin_versions")
            }
            _ => false,
        }
    }

    fn entry(&mut self, column: usize, start: usize, dash: usize) {
        let index = self.frames.iter().rev().find_map(|frame| match frame.step {
            Step::Entry { index, .. } if frame.column == column => Some(index + 1),
            _ => None,
        });
        self.close(column, true);
        let index = index.unwrap_or(0);
        self.frames.push(Frame { column, step: Step::Entry { index, start, column: column + dash } });
    }

    /// Reads the value at `from` of a key or dash at column `owner`; see [`Self::line`].
    fn value(&mut self, line: &Line<'a>, from: usize, owner: usize, rest: &[Line<'a>]) -> Option<usize> {
        let content = self.text.get(from..line.end).unwrap_or("").trim();
        let first = content.chars().next();
        if content.is_empty() || content.starts_with('#') {
            if self.offset > line.end {
                return Some(0);
            }
            // A blank must stand between a colon and a value.
            let apart = self.text.get(..self.offset).is_some_and(|before| before.ends_with([' ', '\t']));
            if content.is_empty() && apart {
                self.part = Part::Value { from: self.offset, style: Style::Plain };
            }
            return None;
        }
        let (more, mut end) = scalar_end(line, rest, owner);
        if let Some(next) = rest.iter().find(|next| next.start <= self.offset && self.offset <= next.end)
            && next.content.is_empty()
            && self.offset > end
            && self.offset - next.start > owner
        {
            end = self.offset;
        }
        if self.offset > end {
            return Some(more);
        }
        if self.offset < from {
            self.part = Part::Value { from: self.offset, style: Style::Plain };
            return None;
        }
        self.part = match first {
            Some('|' | '>') if self.offset <= line.end => Part::Nothing,
            Some('|' | '>') => Part::Value { from: line.end, style: Style::Block },
            Some(quote @ ('"' | '\'')) => self.quoted(from, quote),
            Some('[' | '{') => {
                self.flow(from);
                return None;
            }
            _ if commented(self.text, line.start.max(from), self.offset) => Part::Nothing,
            _ => Part::Value { from, style: Style::Plain },
        };
        None
    }

    fn quoted(&self, from: usize, quote: char) -> Part {
        let inside = self.text.get(from + 1..self.offset).unwrap_or("");
        if self.offset <= from || quote_end(inside, quote).is_some() {
            return Part::Nothing;
        }
        Part::Value { from: from + 1, style: Style::Quoted(quote) }
    }

    /// Reads what stands in brackets from `from` to the cursor.
    fn flow(&mut self, from: usize) {
        let text = self.text.get(..self.offset).unwrap_or("");
        let mut open: Vec<Bracket<'a>> = Vec::new();
        let mut at = from;
        let mut quoted = None;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            match c {
                '[' | '{' => open.push(Bracket { map: c == '{', index: 0, key: None, start: next }),
                ']' | '}' => {
                    open.pop();
                    if open.is_empty() {
                        return;
                    }
                }
                ',' => {
                    if let Some(last) = open.last_mut() {
                        *last = Bracket { index: last.index + 1, key: None, start: next, ..*last };
                    }
                }
                ':' if text
                    .get(next..)
                    .is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\n'])) =>
                {
                    if let Some(last) = open.last_mut().filter(|last| last.map && last.key.is_none()) {
                        last.key = self.text.get(last.start..at).map(str::trim);
                        last.start = next;
                    }
                }
                '"' | '\'' if text.get(..at).is_some_and(|before| before.ends_with(['[', ',', '{', ' '])) => {
                    let Some(len) = quote_end(text.get(next..).unwrap_or(""), c) else {
                        quoted = Some((next, c));
                        break;
                    };
                    at = next + len + 1;
                    continue;
                }
                _ => {}
            }
            at = next;
        }
        let mut word = None;
        for bracket in &open {
            let step = if bracket.map {
                bracket.key.map(Step::Key)
            } else {
                Some(Step::Entry { index: bracket.index, start: bracket.start, column: 0 })
            };
            word = Some((bracket.start, step.is_none()));
            self.frames.extend(step.map(|step| Frame { column: usize::MAX, step }));
        }
        let Some((start, key)) = word else { return };
        let written = text.get(start..).unwrap_or("");
        let start = start + written.len() - written.trim_start().len();
        self.part = match quoted {
            Some((from, quote)) => Part::Value { from, style: Style::Quoted(quote) },
            None if key => Part::Key { from: start, column: 0 },
            None => Part::Value { from: start, style: Style::Flow },
        };
    }
}

/// An open bracket.
#[derive(Clone, Copy)]
struct Bracket<'a> {
    map: bool,
    index: usize,
    key: Option<&'a str>,
    /// Where the present word may begin.
    start: usize,
}

/// Whether a comment begins between `from` and `to`, on the line of `to`.
fn commented(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(from..to).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.contains(" #")
}

impl<'a> Position<'a> {
    /// The keys of the path, entries left out.
    pub(super) fn keys(&self) -> Vec<&'a str> {
        let key = |step: &Step<'a>| match step {
            Step::Key(key) => Some(*key),
            Step::Entry { .. } => None,
        };
        self.path.iter().filter_map(key).collect()
    }

    /// Positions in the innermost sequences, the outermost first.
    pub(super) fn indices(&self) -> Vec<usize> {
        let index = |step: &Step<'_>| match step {
            Step::Entry { index, .. } => Some(*index),
            Step::Key(_) => None,
        };
        self.path.iter().filter_map(index).collect()
    }

    /// The keys of the item and what is written behind each.
    pub(super) fn item_keys(&self) -> Vec<(&'a str, &'a str)> {
        entries(self.text, self.item.clone(), self.item_column)
    }

    /// The key that says what kind of item it is.
    pub(super) fn item_kind(&self) -> Option<&'static str> {
        let keys = self.item_keys();
        ["list", "macro", "rule"].into_iter().find(|kind| keys.iter().any(|(key, _)| key == kind))
    }

    /// The name of the item.
    pub(super) fn item_name(&self) -> Option<&'a str> {
        let name = unquoted(self.item_value(self.item_kind()?)?);
        (!name.is_empty()).then_some(name)
    }

    /// What is written behind a key of the item.
    pub(super) fn item_value(&self, key: &str) -> Option<&'a str> {
        self.item_keys().into_iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// Keys and what is written behind them, of the mapping that the cursor's innermost entry is.
    pub(super) fn entry_keys(&self) -> Vec<(&'a str, &'a str)> {
        let entry = self.path.iter().find_map(|step| match step {
            Step::Entry { start, column, .. } if *column > 0 => Some((*start, *column)),
            _ => None,
        });
        let Some((start, column)) = entry else { return Vec::new() };
        entries(self.text, start..self.item.end, column)
    }

    /// The keys beside one at `column`.
    pub(super) fn beside(&self, column: usize) -> Vec<&'a str> {
        let found = if column == self.item_column { self.item_keys() } else { self.entry_keys() };
        found.into_iter().map(|(key, _)| key).collect()
    }
}
