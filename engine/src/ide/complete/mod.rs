//! What can be written at a place: keys, values of keys, words of conditions and outputs.

mod condition;
mod exception;
mod field;
mod key;
mod value;

pub(super) use field::{is_plain, mark_of, type_of};

use super::Workspace;
use super::index::Index;
use super::line::unquoted;
use super::position::{Part, Position, Step, Style, locate};
use crate::report::editor::{Completion, Completions, Cursor, WordKind};
use crate::text::Span;

/// What can be written at the cursor; nothing where nothing is known to fit.
pub fn complete(workspace: &Workspace<'_>, cursor: Cursor) -> Option<Completions> {
    let file = workspace.files.get(cursor.file as usize)?;
    let position = locate(&file.text, cursor.offset as usize);
    let index = Index::new(workspace.files);
    let context = Context { workspace, index: &index, position: &position, file: cursor.file };
    let (from, items) = context.complete()?;
    let to = position.offset;
    (from <= to && !items.is_empty()).then(|| Completions { replace: Span::from_usize(from, to), items })
}

/// A half-written word's start, and what can stand for it.
type Found = Option<(usize, Vec<Completion>)>;

/// All that an answer is made of.
struct Context<'a> {
    workspace: &'a Workspace<'a>,
    index: &'a Index<'a>,
    position: &'a Position<'a>,
    file: u32,
}

impl<'a> Context<'a> {
    fn complete(&self) -> Found {
        match self.position.part {
            Part::Nothing => None,
            Part::Top { from } => Some((from, key::items(true))),
            Part::Key { from, column } => Some((from, self.keys(column))),
            Part::Value { from, style } => self.value(from, style),
        }
    }

    fn value(&self, from: usize, style: Style) -> Found {
        let entry = matches!(self.position.path.last(), Some(Step::Entry { .. }));
        match self.position.keys().as_slice() {
            ["condition"] => self.condition(from, style),
            ["output"] => self.output(from),
            ["exceptions", key] => self.exception(key, from, style),
            [key] => Some((from, self.plain_value(key, entry))),
            ["override", key] => Some((from, self.override_value(key))),
            ["required_plugin_versions", "name"] => Some((from, value::plugins())),
            _ => None,
        }
    }

    /// The name of the item that the cursor is in.
    fn name(&self) -> Option<&'a str> {
        self.position.item_name()
    }

    /// The event source of the rule that the cursor is in; `None` for a macro, which has that of its users.
    fn source(&self) -> Option<String> {
        super::source_of(self.position, self.index)
    }
}

fn simple(label: &str, kind: WordKind, detail: impl Into<String>) -> Completion {
    Completion { label: label.to_owned(), kind, detail: detail.into(), ..Completion::default() }
}

/// Something that brings places to fill in.
fn snippet(label: &str, kind: WordKind, insert: impl Into<String>) -> Completion {
    Completion { insert: Some(insert.into()), snippet: true, ..simple(label, kind, "") }
}

/// A text that is shown as it is and written in another way.
fn written(item: Completion, text: String) -> Completion {
    let insert = (text != item.label).then_some(text);
    Completion { insert, ..item }
}

/// The bare word of a completion's place, for what depends on how far it is typed.
fn typed<'a>(position: &Position<'a>, from: usize) -> &'a str {
    unquoted(position.text.get(from..position.offset).unwrap_or(""))
}
