//! An event as it is written: a list of paths and values with their places, before anything is known about fields.
//! Both readers (`json`, `yaml`) fill it; `entry` makes typed columns of it.

use crate::catalog::fields::{self, ArgKind};
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Raw<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, in its own digits.
    Number(&'a str),
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Raw<'a>>),
    /// Something that cannot be a value: a map inside a list.
    Map,
}

impl Raw<'_> {
    /// A scalar as text; None for null, lists and maps.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(digits) => Some(digits),
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map => None,
        }
    }
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The joined keys; an index into [`Paths`].
    pub(super) path: u32,
    /// Where the last key is written.
    pub(super) key: Span,
    /// The value.
    pub(super) value: Raw<'a>,
    /// Where the value is written.
    pub(super) at: Span,
}

/// An expectation: what a rule should say about the event.
#[derive(Clone, Debug)]
pub(super) struct RawExpect<'a> {
    /// The rule's name.
    pub(super) rule: Cow<'a, str>,
    /// Where the name is written.
    pub(super) key: Span,
    /// The outcome.
    pub(super) outcome: Raw<'a>,
    /// Where the outcome is written.
    pub(super) at: Span,
}

/// All paths of a file: the same few names in every event.
#[derive(Default)]
pub(super) struct Paths {
    texts: Vec<Box<str>>,
    ids: FxHashMap<Box<str>, u32>,
}

impl Paths {
    /// The text of a path.
    pub(super) fn text(&self, path: u32) -> &str {
        self.texts.get(path as usize).map_or("", |text| text)
    }

    /// The number of a path.
    pub(super) fn id(&mut self, text: &str) -> u32 {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = self.texts.len() as u32;
        self.texts.push(text.into());
        self.ids.insert(text.into(), id);
        id
    }
}

/// Collects the entries of one event; kept and cleared between events.
#[derive(Default)]
pub(super) struct Event<'a> {
    /// The text of its file.
    pub(super) text: &'a str,
    pub(super) paths: Paths,
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) expects: Vec<RawExpect<'a>>,
    /// Whether it is a record that has more fields than its entries.
    pub(super) record: bool,
    /// Paths of the event before, in order: the next event most likely has the same.
    guess: Vec<u32>,
    /// Keys of the maps around the current place.
    prefix: String,
    /// The field whose arguments the current map holds, if it is such a map.
    brackets: Vec<Map>,
}

/// A map around the current place.
struct Map {
    /// Length of the prefix before it.
    before: usize,
    /// Whether its keys are arguments of a field rather than parts of a name.
    arguments: bool,
}

impl<'a> Event<'a> {
    /// An empty event of a file with this text.
    pub(super) fn of(text: &'a str, paths: Paths) -> Self {
        Self { text, paths, ..Self::default() }
    }

    /// Forgets the event before.
    pub(super) fn clear(&mut self) {
        self.guess.clear();
        self.guess.extend(self.entries.iter().map(|entry| entry.path));
        self.entries.clear();
        self.expects.clear();
        self.prefix.clear();
        self.brackets.clear();
    }

    /// Whether there is an entry with this path.
    pub(super) fn has(&self, path: u32) -> bool {
        self.entries.iter().any(|entry| entry.path == path)
    }

    /// Whether there is an entry whose path begins like this.
    pub(super) fn has_inside(&self, path: &str) -> bool {
        self.entries.iter().any(|entry| self.paths.text(entry.path).starts_with(path))
    }

    /// How many maps the current place is in.
    pub(super) fn depth(&self) -> usize {
        self.brackets.len()
    }

    /// Whether a map at key `key` holds expectations.
    pub(super) fn is_expect(&self, key: &str) -> bool {
        self.brackets.is_empty() && key == "expect"
    }

    /// Enters the map at `key`.
    pub(super) fn enter(&mut self, key: &str) {
        let before = self.prefix.len();
        self.push_key(key);
        // `k8s.pod.label: {app: web}` is `k8s.pod.label[app]`.
        let arguments = fields::find_anywhere(&self.prefix).is_some_and(|id| {
            matches!(fields::field(id).arg, Some(ArgKind::Key | ArgKind::Index | ArgKind::IndexOrKey))
        });
        self.brackets.push(Map { before, arguments });
    }

    /// Leaves the map that was entered last.
    pub(super) fn leave(&mut self) {
        if let Some(map) = self.brackets.pop() {
            self.prefix.truncate(map.before);
        }
    }

    /// Adds a value at `key`.
    pub(super) fn push(&mut self, key: &str, key_at: Span, value: Raw<'a>, at: Span) {
        let before = self.prefix.len();
        let path = if before == 0 {
            self.path_of(key)
        } else {
            self.push_key(key);
            let text = std::mem::take(&mut self.prefix);
            let path = self.path_of(&text);
            self.prefix = text;
            self.prefix.truncate(before);
            path
        };
        self.entries.push(Entry { path, key: key_at, value, at });
    }

    fn push_key(&mut self, key: &str) {
        match self.brackets.last() {
            Some(map) if map.arguments => {
                self.prefix.push('[');
                self.prefix.push_str(key);
                self.prefix.push(']');
            }
            Some(_) => {
                self.prefix.push('.');
                self.prefix.push_str(key);
            }
            None => self.prefix.push_str(key),
        }
    }

    fn path_of(&mut self, text: &str) -> u32 {
        if let Some(&guess) = self.guess.get(self.entries.len())
            && self.paths.text(guess) == text
        {
            return guess;
        }
        self.paths.id(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(event: &Event<'_>) -> Vec<String> {
        event.entries.iter().map(|entry| event.paths.text(entry.path).to_owned()).collect()
    }

    #[test]
    fn maps_join_with_dots_and_arguments_with_brackets() {
        let mut event = Event::default();
        let none = Span::default();
        for _ in 0..2 {
            event.clear();
            event.push("evt.type", none, Raw::Null, none);
            event.enter("proc");
            event.push("name", none, Raw::Null, none);
            event.enter("aname");
            event.push("1", none, Raw::Null, none);
            event.leave();
            event.leave();
            event.enter("k8s.pod");
            event.push("label[app]", none, Raw::Null, none);
            event.enter("label");
            event.push("app.kubernetes.io/name", none, Raw::Null, none);
            assert_eq!(event.depth(), 2);
            event.leave();
            event.leave();
            event.push("fd.name", none, Raw::Null, none);
            assert_eq!(
                written(&event),
                [
                    "evt.type",
                    "proc.name",
                    "proc.aname[1]",
                    "k8s.pod.label[app]",
                    "k8s.pod.label[app.kubernetes.io/name]",
                    "fd.name"
                ]
            );
        }
    }
}
