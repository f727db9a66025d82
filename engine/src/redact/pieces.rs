//! The texts of an events file, in order: values with the keys above them, and what stands between. A file is never rebuilt
//! from what it says; values are exchanged where they stand.

use super::kinds::{Role, role};
use crate::events::json;
use crate::parse::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::parse::yaml;
use crate::report::Secret;
use crate::text::{Span, sorted};
use rustc_hash::FxHashMap;
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

/// Tells the pieces of a text that holds JSON, in whatever log.
pub(super) fn of_json(text: &str, tell: &mut dyn FnMut(Piece<'_>)) {
    JsonPieces::default().tell(text, text.len(), tell);
}

/// The pieces of a text that holds JSON, as far as they were told.
#[derive(Default)]
pub(super) struct JsonPieces {
    path: Path,
    at: usize,
    from: u32,
}

impl JsonPieces {
    /// How far that is.
    pub(super) fn done(&self) -> usize {
        self.at
    }

    /// Tells on, about as far as `until`. At the end of the text nothing is left.
    pub(super) fn tell(&mut self, text: &str, until: usize, tell: &mut dyn FnMut(Piece<'_>)) {
        while self.at < until {
            // All of one byte, so nothing is cut into.
            let rest = text.as_bytes().get(self.at..).unwrap_or(&[]);
            let is_sign = |byte: &u8| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']' | b',');
            let Some(found) = rest.iter().position(is_sign) else {
                self.at = text.len();
                break;
            };
            self.at += found;
            let at = self.at;
            self.at += 1;
            match text.as_bytes().get(at) {
                Some(b'{') => self.path.open(true),
                Some(b'[') => self.path.open(false),
                Some(b'}' | b']') => self.path.close(),
                Some(b',') => self.path.next(),
                _ => self.string(text, at, tell),
            }
        }
        if self.at >= text.len() {
            between(text, self.from, text.len() as u32, tell);
            self.from = text.len() as u32;
        }
    }

    fn string(&mut self, text: &str, at: usize, tell: &mut dyn FnMut(Piece<'_>)) {
        let end = end_of_string(text, at);
        let raw = text.get(at + 1..end.saturating_sub(1)).unwrap_or("");
        let value =
            if raw.contains('\\') { json::unescaped(raw).map(Cow::Owned) } else { Some(Cow::Borrowed(raw)) };
        let Some(value) = value.filter(|_| end > at + 1) else { return };
        between(text, self.from, at as u32, tell);
        self.from = end as u32;
        self.at = end;
        if text.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            self.path.key(&value);
        } else {
            self.path.value(&value);
            let role = self.path.role();
            tell(Piece { at: Span::from_usize(at, end), value, form: Form::Double, role });
        }
    }
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
    let is_sign = |byte: &u8| matches!(byte, b'"' | b'\\' | b'\n');
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(is_sign)) {
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

/// So many roles are kept.
const MAX_ROLES: usize = 4096;

/// The keys around a place.
#[derive(Default)]
struct Path {
    keys: Vec<(bool, String)>,
    /// Levels that are not kept.
    deeper: usize,
    /// Number of levels within which `data` is that of a Secret.
    secret: Option<usize>,
    /// What values below keys are, as it was worked out; the keys of one place are joined here.
    roles: FxHashMap<String, Role>,
    joined: String,
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
        self.secret = self.secret.filter(|levels| *levels <= self.keys.len());
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

    /// Takes note of a value that says what the object around it is about: `kind: Secret` of the object itself,
    /// `objectRef.resource: secrets` of the event around.
    fn value(&mut self, value: &str) {
        let of = match (self.keys.as_slice(), value) {
            ([.., (_, key)], "Secret" | "SecretList") if key == "kind" => self.keys.len(),
            ([.., (_, above), (_, key)], "secrets") if above == "objectRef" && key == "resource" => {
                self.keys.len() - 1
            }
            _ => return,
        };
        self.secret = Some(self.secret.map_or(of, |levels| levels.min(of)));
    }

    fn role(&mut self) -> Role {
        if let Some(levels) = self.secret
            && self.keys.iter().skip(levels - 1).any(|(_, key)| key == "data" || key == "stringData")
        {
            return Role::Name(Secret::Secret);
        }
        self.joined.clear();
        for (_, key) in &self.keys {
            self.joined.push_str(key);
            self.joined.push('\0');
        }
        if let Some(known) = self.roles.get(&self.joined) {
            return *known;
        }
        let keys: Vec<&str> =
            self.keys.iter().map(|(_, key)| key.as_str()).filter(|key| !key.is_empty()).collect();
        let role = role(&keys);
        if self.roles.len() < MAX_ROLES {
            self.roles.insert(self.joined.clone(), role);
        }
        role
    }
}
