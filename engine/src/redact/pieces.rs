//! The texts of an events file, in order: values with the keys above them, and what stands between. A file is never rebuilt
//! from what it says; values are exchanged where they stand.

use super::kinds::{Role, role};
use crate::events::json;
use crate::parse::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::parse::yaml;
use crate::text::{Span, sorted};
use std::borrow::Cow;

/// Objects and arrays deeper than this have no keys of their own.
const MAX_DEPTH: usize = 64;

/// A text of a file.
pub(super) struct Piece<'a> {
    /// Where it stands, with its quotes.
    pub(super) at: Span,
    /// What it says.
    pub(super) value: Cow<'a, str>,
    /// How it is written.
    pub(super) form: Form,
    /// What it may hold.
    pub(super) role: Role,
}

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Between values: structure, numbers, comments, lines that are no event.
    Between,
    /// As it is, without quotes.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
}

impl Form {
    /// A new text in this form.
    pub(super) fn write(self, text: &str) -> String {
        match self {
            Self::Between | Self::Plain => text.to_owned(),
            Self::Single => format!("'{}'", text.replace('\'', "''")),
            Self::Double => crate::parse::quote::double(text),
        }
    }
}

/// Tells the pieces of a YAML file.
pub(super) fn of_yaml(text: &str, tell: &mut dyn FnMut(Piece<'_>)) {
    let file = yaml::read(text);
    let mut found: Vec<(Span, Option<(YamlId, Role)>)> = Vec::new();
    let mut path = Vec::new();
    for document in &file.yaml.documents {
        nodes(&file.yaml, *document, &mut path, 0, &mut found);
    }
    let mut from = 0;
    for (at, node) in sorted(found, |(at, _)| (at.start, at.end)) {
        // An alias stands for a text that was told already.
        if at.start < from || at.end <= at.start {
            continue;
        }
        between(text, from, at.start, tell);
        from = at.end;
        let raw = at.slice(text);
        let Some((id, role)) = node else { continue };
        let YamlKind::Scalar { value, style } = &file.yaml.node(id).kind else { continue };
        let (form, value) = match style {
            YamlStyle::Double if raw.len() >= 2 && raw.starts_with('"') => {
                (Form::Double, Cow::Borrowed(&**value))
            }
            YamlStyle::Single if raw.len() >= 2 && raw.starts_with('\'') => {
                (Form::Single, Cow::Borrowed(&**value))
            }
            // Blocks and plain texts have no escapes.
            _ => (Form::Plain, Cow::Borrowed(raw)),
        };
        tell(Piece { at, value, form, role });
    }
    between(text, from, text.len() as u32, tell);
}

/// The scalars below a node; keys without a role.
fn nodes<'a>(
    yaml: &'a Yaml,
    id: YamlId,
    path: &mut Vec<&'a str>,
    depth: usize,
    out: &mut Vec<(Span, Option<(YamlId, Role)>)>,
) {
    let node = yaml.node(id);
    match &node.kind {
        YamlKind::Scalar { .. } => out.push((node.span, Some((id, role(path))))),
        YamlKind::Sequence(items) if depth < MAX_DEPTH => {
            for item in items {
                nodes(yaml, *item, path, depth + 1, out);
            }
        }
        YamlKind::Mapping(entries) if depth < MAX_DEPTH => {
            for (key, value) in entries {
                out.push((yaml.node(*key).span, None));
                path.push(yaml.key_text(*key).unwrap_or(""));
                nodes(yaml, *value, path, depth + 1, out);
                path.pop();
            }
        }
        YamlKind::Null | YamlKind::Sequence(_) | YamlKind::Mapping(_) => {}
    }
}

/// Tells the pieces of a file that holds JSON, in whatever log.
pub(super) fn of_json(text: &str, tell: &mut dyn FnMut(Piece<'_>)) {
    let mut path = Path::default();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['"', '{', '}', '[', ']', ','])) {
        at += found;
        match text.as_bytes().get(at) {
            Some(b'{') => path.open(true),
            Some(b'[') => path.open(false),
            Some(b'}' | b']') => path.close(),
            Some(b',') => path.next(),
            _ => {
                let end = end_of_string(text, at);
                let raw = text.get(at + 1..end.saturating_sub(1)).unwrap_or("");
                let value = if raw.contains('\\') {
                    json::unescaped(raw).map(Cow::Owned)
                } else {
                    Some(Cow::Borrowed(raw))
                };
                let Some(value) = value.filter(|_| end > at + 1) else {
                    at += 1;
                    continue;
                };
                between(text, from, at as u32, tell);
                from = end as u32;
                let is_key = text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
                if is_key {
                    path.key(&value);
                } else {
                    tell(Piece {
                        at: Span::from_usize(at, end),
                        value,
                        form: Form::Double,
                        role: path.role(),
                    });
                }
                at = end;
                continue;
            }
        }
        at += 1;
    }
    between(text, from, text.len() as u32, tell);
}

fn between(text: &str, from: u32, to: u32, tell: &mut dyn FnMut(Piece<'_>)) {
    let at = Span::new(from, to.max(from));
    let value = at.slice(text);
    if value.chars().any(char::is_alphanumeric) {
        tell(Piece { at, value: Cow::Borrowed(value), form: Form::Between, role: Role::Text });
    }
}

/// Behind the quote that closes the string at `start`; behind the opening one if its line has none.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['"', '\\', '\n'])) {
        at += found;
        match text.as_bytes().get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') => {
                let escaped = text.get(at + 1..).and_then(|rest| rest.chars().next());
                at += 1 + escaped.map_or(0, char::len_utf8);
            }
            _ => break,
        }
    }
    start + 1
}

/// The keys around a place.
#[derive(Default)]
struct Path {
    keys: Vec<(bool, String)>,
    /// Levels that are not kept.
    deeper: usize,
}

impl Path {
    fn open(&mut self, object: bool) {
        if self.keys.len() < MAX_DEPTH {
            self.keys.push((object, String::new()));
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        match self.deeper.checked_sub(1) {
            Some(deeper) => self.deeper = deeper,
            None => drop(self.keys.pop()),
        }
    }

    fn next(&mut self) {
        if let Some((true, key)) = self.keys.last_mut() {
            key.clear();
        }
    }

    fn key(&mut self, name: &str) {
        if let Some((true, key)) = self.keys.last_mut() {
            name.clone_into(key);
        }
    }

    fn role(&self) -> Role {
        let keys = self.keys.iter().map(|(_, key)| key.as_str()).filter(|key| !key.is_empty());
        role(&keys.collect::<Vec<_>>())
    }
}
