//! Questions at a place in a rules file: what can be written here, what this is, where it is defined and used, how it is
//! renamed; and what concerns a whole file: its outline, its format, all of its safe fixes.
//!
//! Files are read anew for each question, so that the answer fits the text on the screen and not that of the last report.
//! What is half written is understood from the text around it (`position`, `words`), what is whole from the YAML (`index`)
//! and, where meaning counts, from the ruleset.

mod complete;
mod fix_all;
mod format;
mod hover;
mod index;
mod line;
mod outline;
mod position;
mod references;
mod rename;
mod values;
mod words;

pub use complete::complete;
pub use fix_all::fix_all;
pub use format::format;
pub use hover::hover;
pub use outline::outline;
pub use references::references;
pub use rename::rename;
pub use values::values;

use crate::catalog::messages::editor as say;
use crate::catalog::{Dialect, FieldKey, Scope, fields};
use crate::config::Config;
use crate::events::EventStore;
use crate::parse::wrapped;
use crate::report::editor::{Query, Reply};
use crate::report::{FileId, Place};
use crate::text::{LineIndex, Loc, Source};
use index::Index;
use line::unquoted;
use position::Position;

/// What the questions are about.
pub struct Workspace<'a> {
    /// The rules files, in load order.
    pub files: &'a [Source],
    /// How rules are read.
    pub dialect: Dialect,
    /// What falco.yaml changes.
    pub config: &'a Config,
    /// The events, for the values in them.
    pub store: &'a EventStore,
}

impl Workspace<'_> {
    /// Answers a question.
    pub fn answer(&self, query: &Query) -> Reply {
        let files = wrapped::unwrapped(self.files);
        let rules = &Workspace { files: &files, ..*self };
        match query {
            Query::Complete(cursor) => Reply::Complete(complete(rules, *cursor)),
            Query::Hover(cursor) => Reply::Hover(hover(rules, *cursor)),
            Query::References(cursor) => Reply::References(references(rules, *cursor)),
            Query::Rename(cursor, name) => Reply::Rename(rename(rules, *cursor, name)),
            Query::Outline(file) => Reply::Outline(outline(rules.files, *file)),
            Query::Values { field, source } => Reply::Values(values(rules, field, source)),
            // These give back the whole file.
            Query::FixAll(file) => Reply::FixAll(fix_all(self, *file)),
            Query::Format(file) if self.text(*file) != rules.text(*file) => {
                Reply::Format(Err(say::wrapped()))
            }
            Query::Format(file) => Reply::Format(format(self.text(*file))),
        }
    }

    /// The text of a file; empty where there is none.
    fn text(&self, file: u32) -> &str {
        self.files.get(file as usize).map_or("", |file| file.text.as_str())
    }

    fn place(&self, loc: Loc) -> Place {
        let lines = LineIndex::new(self.text(loc.source.0));
        Place { file: FileId::Rules(loc.source.0), span: loc.span, start: lines.line_column(loc.span.start) }
    }
}

/// The event source of the rule at a place; `None` for a macro, which has that of its users.
fn source_of(position: &Position<'_>, index: &Index<'_>) -> Option<String> {
    if position.item_kind() != Some("rule") {
        return None;
    }
    let own = position.item_value("source").map(unquoted).filter(|source| !source.is_empty());
    Some(own.map_or_else(|| index.source(position.item_name().unwrap_or("")), str::to_owned))
}

/// A field as written in a rule of `source`; without one in the first source that has it.
fn key_of(written: &str, source: Option<&str>, dialect: Dialect) -> Option<FieldKey> {
    let find = |source| FieldKey::parse(written, Scope { dialect, ..Scope::from(source) }).ok();
    match source {
        Some(source) => find(source),
        None => fields::sources().iter().find_map(|source| find(source)),
    }
}

/// Applies edits that stand in order and apart.
fn edited(text: &str, edits: &[(crate::text::Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (span, insert) in edits {
        out.push_str(text.get(from..span.start as usize).unwrap_or(""));
        out.push_str(insert);
        from = span.end as usize;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}
