//! What the word at a place is.

use super::complete::{mark_of, type_of};
use super::index::{Index, Item};
use super::position::{Part, Position, Step, locate};
use super::references::inner;
use super::words::{self, Expect, Kind};
use super::{Workspace, key_of, source_of};
use crate::catalog::fields::FieldSource;
use crate::catalog::keys::{EXCEPTION_KEYS, KINDS, PLUGIN_KEYS};
use crate::catalog::operators::{Modifier, Operator};
use crate::catalog::{event_types, priorities};
use crate::report::editor::{Cursor, Hover, Mark, WordKind};
use crate::text::Span;
use std::ops::Range;

/// Bytes of an expansion that are shown, about.
const MAX_EXPANSION: usize = 400;

/// What stands at the cursor; nothing where nothing is known of it.
pub fn hover(workspace: &Workspace<'_>, cursor: Cursor) -> Option<Hover> {
    let position = locate(workspace.text(cursor.file), cursor.offset as usize);
    let index = Index::new(workspace.files);
    let word = Words { workspace, index: &index, position: &position };
    match position.part {
        Part::Key { from, .. } => word.key(from),
        Part::Value { from, .. } => word.value(from),
        Part::Nothing | Part::Top { .. } => None,
    }
}

struct Words<'a> {
    workspace: &'a Workspace<'a>,
    index: &'a Index<'a>,
    position: &'a Position<'a>,
}

impl Words<'_> {
    /// The word around the cursor, of what `is` takes for part of one.
    fn around(&self, from: usize, is: impl Fn(char) -> bool + Copy) -> Range<usize> {
        let text = self.position.text;
        let at = self.position.offset;
        let start = text.get(from..at).map_or(at, |before| from + before.trim_end_matches(is).len());
        let end = text.get(at..).map_or(at, |after| text.len() - after.trim_start_matches(is).len());
        start..end
    }

    fn text(&self, range: &Range<usize>) -> &str {
        self.position.text.get(range.clone()).unwrap_or("")
    }

    fn key(&self, from: usize) -> Option<Hover> {
        let range = self.around(from, |c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let name = self.text(&range);
        let item = || {
            let kind = self.position.item_kind().unwrap_or(name);
            KINDS.iter().find(|(key, ..)| *key == kind).map(|(key, _, keys)| (*key, *keys))
        };
        let (owner, known) = match self.position.keys().as_slice() {
            [] | ["override"] => item()?,
            ["exceptions"] => ("exceptions", EXCEPTION_KEYS),
            ["required_plugin_versions", ..] => ("required_plugin_versions", PLUGIN_KEYS),
            _ => return None,
        };
        known.contains(&name).then(|| plain(&range, WordKind::Key, &format!("{owner}.{name}"), ""))
    }

    fn value(&self, from: usize) -> Option<Hover> {
        let entry = matches!(self.position.path.last(), Some(Step::Entry { .. }));
        let whole = || self.around(from, |c| !c.is_whitespace() && !",[]{}\"'".contains(c));
        match self.position.keys().as_slice() {
            ["condition"] => self.condition(from),
            ["output"] => self.output(from),
            ["priority"] => {
                let range = whole();
                let priority = priorities::find(self.text(&range))?;
                Some(plain(&range, WordKind::Priority, &priority.name().to_ascii_uppercase(), ""))
            }
            ["exceptions", "fields"] => self.field(whole()),
            ["exceptions", "comps"] => {
                let range = whole();
                self.operator(&range)
            }
            ["exceptions", "values"] => self.list(whole()),
            ["items"] if entry => self.list(whole()),
            [kind @ ("macro" | "list")] => {
                let kind = if *kind == "macro" { WordKind::Macro } else { WordKind::List };
                let name = self.position.item_name()?.to_owned();
                let start = self.position.text.get(from..).and_then(|rest| rest.find(&name))?;
                self.item(kind, &name, from + start..from + start + name.len())
            }
            _ => None,
        }
    }

    fn condition(&self, from: usize) -> Option<Hover> {
        let text = self.position.text;
        // The cursor may stand anywhere in its word.
        let rest = text.get(self.position.offset..)?;
        let line = rest.find('\n').unwrap_or(rest.len());
        let text = text.get(from..self.position.offset + line)?;
        let at = self.position.offset - from;
        let words = words::read(text).all;
        let word = words
            .iter()
            .find(|word| word.range.contains(&at))
            .or_else(|| words.iter().find(|word| word.range.end == at))?;
        let range = from + word.range.start..from + word.range.end;
        let name = self.text(&range);
        let known = |kind| Some(plain(&range, kind, name, ""));
        match word.kind {
            Kind::Field => self.field(range),
            Kind::Logic => known(WordKind::Logic),
            Kind::Transformer if name == "val" => known(WordKind::Logic),
            Kind::Transformer => known(WordKind::Transformer),
            Kind::Modifier => known(WordKind::Modifier),
            Kind::Operator => self.operator(&range),
            Kind::Macro => self.item(WordKind::Macro, name, range),
            Kind::Sign => None,
            Kind::Value => {
                let field = word.check.field.clone().and_then(|at| text.get(at));
                if field == Some("evt.type") {
                    let kind = event_types::find(name)?;
                    let mark = (kind.reported_as.is_some() || kind.codes.is_empty()).then_some(Mark::Inert);
                    let hover = plain(&range, WordKind::EventType, name, kind.category.unwrap_or(""));
                    return Some(Hover {
                        mark,
                        expansion: kind.reported_as.unwrap_or("").to_owned(),
                        ..hover
                    });
                }
                let list = matches!(word.expect, Expect::Element | Expect::Value);
                if list { self.list(range) } else { None }
            }
        }
    }

    fn output(&self, from: usize) -> Option<Hover> {
        let range = self.around(from, |c| c.is_ascii_alphanumeric() || "_.[]-".contains(c));
        let before = self.position.text.get(from..range.start)?;
        before.ends_with('%').then(|| self.field(range)).flatten()
    }

    fn field(&self, range: Range<usize>) -> Option<Hover> {
        let source = source_of(self.position, self.index);
        // A dot at its end is one of the sentence.
        let written = self.text(&range).trim_end_matches('.');
        let range = range.start..range.start + written.len();
        let key = key_of(written, source.as_deref(), self.workspace.dialect)
            .or_else(|| key_of(written, None, self.workspace.dialect))?;
        let info = key.info();
        let source_name = match info.source {
            FieldSource::All => "",
            FieldSource::Plugins => "plugin",
            FieldSource::Only(source) => source,
        };
        let kind = type_of(info, key.kind());
        let detail = if source_name.is_empty() { kind } else { format!("{kind} · {source_name}") };
        let mark = mark_of(info, source.as_deref());
        Some(Hover { mark, ..plain(&range, WordKind::Field, info.name, &detail) })
    }

    fn operator(&self, range: &Range<usize>) -> Option<Hover> {
        let name = self.text(range);
        let operator = Operator::ALL.iter().any(|op| op.text() == name);
        let modifier = Modifier::ALL.iter().any(|it| it.text() == name);
        let kind = if modifier { WordKind::Modifier } else { WordKind::Operator };
        (operator || modifier).then(|| plain(range, kind, name, ""))
    }

    /// A value that is the name of a list.
    fn list(&self, range: Range<usize>) -> Option<Hover> {
        let shift = self.text(&range).len() - self.text(&range).trim_start_matches('(').len();
        let name = self.text(&range).trim_matches(['(', ')']).to_owned();
        let start = range.start + shift;
        self.item(WordKind::List, &name, start..start + name.len())
    }

    /// A macro or list with what it stands for.
    fn item(&self, kind: WordKind, name: &str, range: Range<usize>) -> Option<Hover> {
        let definition = self.index.definition(kind, name)?;
        let key = if kind == WordKind::Macro { "condition" } else { "items" };
        let place = inner(self.index.files, definition.name_at);
        let file = self.index.file_name(definition);
        let mut parts: Vec<String> = Vec::new();
        for item in self.index.named(kind, name) {
            if !item.changes || replaces(self.index, item, key) {
                parts.clear();
            }
            let Some(value) = self.index.value(item, key) else { continue };
            let texts = self.index.scalars(item, value);
            parts.extend(texts.into_iter().map(|id| self.index.text(item, id).as_str().to_owned()));
        }
        let detail =
            if kind == WordKind::List { format!("{file} · {}", parts.len()) } else { file.to_owned() };
        let separator = if kind == WordKind::List { ", " } else { " " };
        let hover = plain(&range, kind, name, &detail);
        let defined = Some(self.workspace.place(place));
        Some(Hover { expansion: one_line(&parts, separator), defined, ..hover })
    }
}

/// Whether an item replaces what was there.
fn replaces(index: &Index<'_>, item: &Item, key: &str) -> bool {
    let way = index.value(item, "override").and_then(|id| {
        let yaml = index.yaml_of(item)?;
        yaml.scalar(yaml.entry(id, key)?.1)
    });
    way == Some("replace")
}

fn plain(range: &Range<usize>, kind: WordKind, name: &str, detail: &str) -> Hover {
    Hover {
        span: Span::from_usize(range.start, range.end),
        kind,
        name: name.to_owned(),
        detail: detail.to_owned(),
        expansion: String::new(),
        mark: None,
        defined: None,
    }
}

/// Texts on one line, cut.
fn one_line(parts: &[String], separator: &str) -> String {
    let mut out = String::new();
    for part in parts {
        if out.len() > MAX_EXPANSION {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push_str(separator);
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        let text = words.join(" ");
        out.extend(text.chars().take(MAX_EXPANSION));
        if text.chars().count() > MAX_EXPANSION {
            out.push('…');
        }
    }
    out
}
