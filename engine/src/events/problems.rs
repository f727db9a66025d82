//! What is wrong with an events file, so many times and not more: in a log of many lines the same mistake stands in
//! each of them.

use super::MAX_PROBLEMS;
use crate::catalog::messages::events as messages;
use crate::catalog::scope::STATIC;
use crate::catalog::{codes, dialect, fields, suggest};
use crate::text::{Applicability, Code, Diagnostic, Edit, Fix, Loc, Message, SourceId, Span};

/// How often a problem with the same name is reported.
const MAX_OF_ONE_PATH: u32 = 10;

/// Keys that an event can have besides fields.
pub(super) static METADATA: [&str; 7] = ["name", "note", "source", "time", "expect", "partial", "fired"];

/// The problems found so far.
pub(super) struct Problems {
    source: SourceId,
    found: Vec<Diagnostic>,
    left_out: usize,
    /// By path: how often it was reported.
    by_path: Vec<u32>,
}

impl Problems {
    /// None so far, in file `source`.
    pub(super) fn new(source: SourceId) -> Self {
        Self { source, found: Vec::new(), left_out: 0, by_path: Vec::new() }
    }

    /// Adds a diagnostic unless there are too many.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Adds a diagnostic about a key or its value, unless this key has had enough of them.
    pub(super) fn push_about(&mut self, path: u32, diagnostic: Diagnostic) {
        let at = path as usize;
        if self.by_path.len() <= at {
            self.by_path.resize(at + 1, 0);
        }
        if let Some(count) = self.by_path.get_mut(at) {
            *count += 1;
            if *count > MAX_OF_ONE_PATH {
                self.left_out += 1;
                return;
            }
        }
        self.push(diagnostic);
    }

    /// A diagnostic at `at`.
    pub(super) fn new_at(&self, code: &'static Code, at: Span, message: Message) -> Diagnostic {
        Diagnostic::new(code, self.loc(at), message)
    }

    /// A place in the file.
    pub(super) fn loc(&self, at: Span) -> Loc {
        Loc::new(self.source, at)
    }

    /// All of them.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.left_out > 0 {
            let message = messages::more_problems(self.left_out.to_string());
            self.found.push(Diagnostic::new(&codes::EVENT_LIMIT, self.loc(Span::default()), message));
        }
        self.found
    }

    /// An unknown field, with the closest known name.
    pub(super) fn unknown_field(&self, key: &Key<'_>, path: &str, source: &str) -> Diagnostic {
        let mut unknown = self.new_at(&codes::UNKNOWN_FIELD, key.at, messages::unknown_field(path));
        let name = path.split_once('[').map_or(path, |(name, _)| name);
        if path.starts_with(STATIC) {
            return unknown.note(messages::static_fields_are_configured());
        }
        if let Some(owner) = owner(name) {
            let message = messages::field_of_other_source(path, owner, source);
            unknown = self.new_at(&codes::EVENT_FIELD, key.at, message);
            if let Some(at) = key.new_line {
                let edit = Edit { at: self.loc(at), insert: format!("source: {owner}\n{}", key.indent) };
                let title = messages::add_source(owner);
                unknown = unknown.fix(Fix { title, edits: vec![edit], applicability: Applicability::Unsafe });
            }
            return unknown;
        }
        if let Some(meant) = dialect::audit_name(name) {
            let title = messages::write_instead(meant.as_str());
            unknown = match key.replacement(path, &meant) {
                Some(text) => unknown.fix(Fix::replace(title, self.loc(key.at), text, Applicability::Unsafe)),
                None => unknown.note(title),
            };
        } else if let Some(name) = suggest::closest(name, fields::names(source)) {
            let title = messages::write_instead(name);
            unknown = match key.replacement(path, name) {
                Some(text) => unknown.fix(Fix::replace(title, self.loc(key.at), text, Applicability::Unsafe)),
                None => unknown.note(title),
            };
        }
        unknown
    }
}

/// A key as written, for fixes.
pub(super) struct Key<'a> {
    /// Its place.
    pub(super) at: Span,
    /// Its text there, with quotes if it has some.
    pub(super) text: &'a str,
    /// Where a line with another key could be inserted; None in JSON.
    pub(super) new_line: Option<Span>,
    /// The blanks in front of the keys of this event.
    pub(super) indent: &'a str,
}

impl Key<'_> {
    /// The key that makes `wanted` of the path `path`. None if that takes more than another last key.
    fn replacement(&self, path: &str, wanted: &str) -> Option<String> {
        let quote = self.text.chars().next().filter(|c| matches!(c, '"' | '\''));
        let written = quote.map_or(self.text, |q| self.text.trim_matches(q));
        let outer = path.strip_suffix(written)?;
        let key = wanted.strip_prefix(outer)?;
        Some(quote.map_or_else(|| key.to_owned(), |q| format!("{q}{key}{q}")))
    }
}

/// The other event source that has this field.
fn owner(name: &str) -> Option<&'static str> {
    match fields::field(fields::find_anywhere(name)?).source {
        fields::FieldSource::Only(source) => Some(source),
        _ => None,
    }
}
