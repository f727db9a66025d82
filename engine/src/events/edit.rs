//! A copy of an event's text in which some fields have other values; everything else stays as it was written.

use super::raw::{Event, Paths};
use super::{json, yaml};
use crate::catalog::{Dialect, FieldKey, Scope};
use crate::parse::quote::double as quoted;
use crate::parse::yaml as yaml_reader;
use crate::report::Outcome;
use crate::text::{Span, sorted};
use crate::value::Value;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A field and its new value; `None` takes the value away.
pub type NewValue = (FieldKey, Option<Value>);

/// The text of an event, ready to be changed.
pub struct Original<'a> {
    /// The event as it stands in its file.
    text: Cow<'a, str>,
    form: Form,
    /// Paths and places of its entries, in `text`.
    entries: Vec<(String, Span, Span)>,
    /// Rules and places of what is expected of them.
    expects: Vec<(String, Span)>,
}

/// How an event is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In braces, as JSON.
    Json,
    /// In braces, as YAML.
    Flow,
    /// A YAML map of one key per line, this far from the left.
    Block(usize),
}

impl<'a> Original<'a> {
    /// Reads the event at `at` of an events file. `None` where it cannot be read without the rest of the file, such as
    /// one that uses an anchor of another event.
    pub fn read(file: &'a str, at: Span) -> Option<Self> {
        let text = at.slice(file).trim_end();
        let braces = text.starts_with('{');
        if braces && json::Json::looks_like(file) {
            let mut event = Event::of(text, Paths::default());
            let mut reader = json::Json::new(text);
            let read = matches!(reader.next(&mut event), Some(Ok(json::Next::Event(_))));
            return read.then(|| Self::new(text, Form::Json, &event, 0));
        }
        let before = file.get(..at.start as usize)?;
        let column = if braces { 0 } else { before.len() - before.rfind('\n').map_or(0, |line| line + 1) };
        let alone = format!("{}{text}", " ".repeat(column));
        let yaml = yaml_reader::read(&alone);
        let mut event = Event::default();
        let id = *yaml::events(&yaml.yaml).first()?;
        let read = yaml.problems.is_empty()
            && matches!(yaml::read(&yaml.yaml, id, &mut event), yaml::Next::Event(_));
        let form = if braces { Form::Flow } else { Form::Block(column) };
        read.then(|| Self::new(text, form, &event, column as u32))
    }

    /// The event that an [`item`](super::item) of a list is.
    pub fn of_item(item: &str) -> Option<Original<'static>> {
        let lead = item.len() - item.strip_prefix("- ")?.len();
        let Original { text, form, entries, expects } =
            Original::read(item, Span::new(lead as u32, item.len() as u32))?;
        Some(Original { text: Cow::Owned(text.into_owned()), form, entries, expects })
    }

    fn new(text: &'a str, form: Form, event: &Event<'_>, shift: u32) -> Self {
        let move_back = |span: Span| Span::new(span.start - shift, span.end - shift);
        let entries = event.entries.iter().map(|entry| {
            (event.paths.text(entry.path).to_owned(), move_back(entry.key), move_back(entry.at))
        });
        let expects = event.expects.iter().map(|expect| (expect.rule.to_string(), move_back(expect.at)));
        Self { text: text.into(), form, entries: entries.collect(), expects: expects.collect() }
    }

    /// The event with other values. What it expects of rules becomes what `answer` says of them.
    pub fn with(
        &self,
        changes: &[NewValue],
        source: &str,
        answer: impl Fn(&str) -> Option<Outcome>,
    ) -> String {
        let partial =
            self.entries.iter().any(|(path, _, at)| path == "partial" && at.slice(&self.text) == "true");
        let mut edits: Vec<(Span, String)> = Vec::new();
        let mut added = String::new();
        for (key, value) in changes {
            let written = value.as_ref().map_or_else(|| "null".to_owned(), |value| scalar(self.form, value));
            let places: Vec<Span> = self.places(key, source).collect();
            edits.extend(places.iter().map(|at| (*at, written.clone())));
            // In a partial event a field that is not there is not missing but unknown.
            if places.is_empty() && (value.is_some() || partial) {
                self.add(&key.to_string(), &written, &mut added);
            }
        }
        // An event that was changed is not the one that raised the alert.
        let fired = self.entries.iter().filter(|(path, ..)| path == "fired");
        edits.extend(fired.map(|(.., at)| (*at, "null".to_owned())));
        for (rule, at) in &self.expects {
            let word = match answer(rule) {
                Some(Outcome::Matches) => "match",
                Some(Outcome::Suppressed { .. }) => "suppressed",
                Some(Outcome::Undecided(_)) => "undecided",
                None => "none",
            };
            let word = if self.form == Form::Json { format!("\"{word}\"") } else { word.to_owned() };
            edits.push((*at, word));
        }
        let start = u32::from(!matches!(self.form, Form::Block(_)));
        edits.push((Span::new(start, start), added));
        let edits = sorted(edits, |(at, _)| at.start);
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut from = 0;
        for (at, insert) in &edits {
            out.push_str(Span::new(from, at.start).slice(&self.text));
            out.push_str(insert);
            from = at.end.max(from);
        }
        out.push_str(self.text.get(from as usize..).unwrap_or(""));
        out
    }

    /// `event` as an events file of its own.
    pub fn alone(&self, event: &str) -> String {
        match self.form {
            Form::Block(column) => format!("{}{event}", " ".repeat(column)),
            // A key in quotes behind the brace would make it JSON.
            Form::Flow => format!("- {event}"),
            Form::Json => event.to_owned(),
        }
    }

    /// `event` as it follows the original in the file: where to put it, from the start of the original, and the text.
    pub fn following(&self, event: &str, file: &str, at: Span) -> (u32, String) {
        let end = at.start + self.text.len() as u32;
        match self.form {
            // In an array a comma stands between events; in JSON lines a line end.
            Form::Json if file.trim_start().starts_with('[') => (end, format!(",\n{event}")),
            Form::Json => (end, format!("\n{event}")),
            Form::Flow | Form::Block(_) => {
                let before = file.get(..at.start as usize).unwrap_or("");
                let line = before.rfind('\n').map_or(0, |line| line + 1);
                let lead = before.get(line..).unwrap_or("");
                if lead.trim().is_empty() {
                    return (end, format!("\n---\n{lead}{event}"));
                }
                (end, format!("\n\n{lead}{event}"))
            }
        }
    }

    /// Where values of a field are written.
    fn places<'b>(&'b self, key: &'b FieldKey, source: &'b str) -> impl Iterator<Item = Span> + 'b {
        // The event was read, so what it has is a field in its dialect.
        let scope = Scope { dialect: Dialect::Course, ..Scope::from(source) };
        let same = move |path: &str| FieldKey::parse(path, scope).is_ok_and(|written| written == *key);
        self.entries.iter().filter(move |(path, ..)| same(path)).map(|(.., at)| *at)
    }

    fn add(&self, name: &str, value: &str, out: &mut String) {
        let empty = self.entries.is_empty() && self.expects.is_empty();
        let _ = match self.form {
            Form::Block(column) => write!(out, "{name}: {value}\n{}", " ".repeat(column)),
            Form::Flow | Form::Json if empty => write!(out, "{}: {value}", quoted(name)),
            Form::Flow | Form::Json => write!(out, "{}: {value}, ", quoted(name)),
        };
    }
}

/// A value as YAML has it, in every place.
pub fn yaml(value: &Value) -> String {
    scalar(Form::Flow, value)
}

/// A text as YAML has it, in every place.
pub fn yaml_text(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A value as the form writes it.
fn scalar(form: Form, value: &Value) -> String {
    match value {
        Value::Text(text) if form != Form::Json => yaml_text(text),
        Value::Text(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Double(number) => number.0.to_string(),
        Value::Address(address) => quoted(&address.to_string()),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(|item| scalar(form, item)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// Whether YAML reads the text as it stands, in every place.
pub(super) fn is_plain(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || "/_.-".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(word)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str())
}
