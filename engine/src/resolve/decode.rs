//! Reads values of keys as Falco reads them (sheet `rules-format`, section 2), with Falco's message for each mistake.

use super::definitions::Spot;
use crate::catalog::messages::items as say;
use crate::catalog::{Dialect, codes, suggest};
use crate::parse::node::{Yaml, YamlId, YamlKind};
use crate::parse::scalar;
use crate::text::{
    Applicability, Code, Diagnostic, FalcoMessage, FalcoPlace, Fix, LineIndex, Loc, Message, SourceId, Span,
    Text,
};
use std::sync::Arc;

/// Falco's codes for errors of reading.
pub(super) const YAML_VALIDATE: &str = "LOAD_ERR_YAML_VALIDATE";
/// Falco's code for errors of meaning.
pub(super) const VALIDATE: &str = "LOAD_ERR_VALIDATE";

/// Something is wrong, and it was reported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failed;

/// A value, unless something was wrong with it.
pub(super) type Reported<T> = Result<T, Failed>;

/// An element of a sequence: its text and where it stands.
pub(super) type Scalar = (Box<str>, Loc);

/// A file that is being read.
pub(super) struct Reading<'a> {
    pub(super) yaml: &'a Yaml,
    pub(super) text: &'a str,
    pub(super) file: SourceId,
    /// The whole file, as Falco names it.
    pub(super) root: Arc<FalcoPlace>,
    pub(super) lines: &'a LineIndex,
    pub(super) dialect: Dialect,
    /// Static fields of the configuration.
    pub(super) statics: &'a [Box<str>],
    pub(super) out: &'a mut Vec<Diagnostic>,
    /// Number of errors so far: whoever must know whether something went wrong compares before and after.
    pub(super) errors: u32,
}

impl Spot {
    /// A problem at this place, in our words and in Falco's.
    pub(super) fn problem(
        &self,
        code: &'static Code,
        message: Message,
        falco: (&'static str, &str),
    ) -> Diagnostic {
        Diagnostic::new(code, self.at, message).falco(self.falco(falco))
    }

    /// Falco's code and text for this place.
    pub(super) fn falco(&self, (code, text): (&'static str, &str)) -> FalcoMessage {
        FalcoMessage {
            code: code.into(),
            text: text.to_owned(),
            place: self.place.clone(),
            expression: None,
            deprecated_field: None,
            printed: true,
        }
    }

    /// Falco's name for the kind of thing.
    pub(super) fn kind(&self) -> &'static str {
        self.place.kind
    }

    /// The name of the thing itself.
    pub(super) fn name(&self) -> &str {
        &self.place.name
    }

    /// The same thing once its name is known.
    pub(super) fn named(&self, name: &str, at: Loc) -> Self {
        Self { at, place: Arc::new(FalcoPlace { name: name.to_owned(), ..(*self.place).clone() }) }
    }
}

impl Reading<'_> {
    pub(super) fn loc(&self, id: YamlId) -> Loc {
        Loc::new(self.file, self.yaml.node(id).span)
    }

    pub(super) fn scalar_text(&self, id: YamlId) -> Text {
        scalar::text(self.yaml, id, self.text, self.file)
    }

    /// A place of Falco's in the file, at node `id`, shown to the user at `at`.
    pub(super) fn spot(&self, kind: &'static str, name: &str, id: YamlId, at: Loc) -> Spot {
        self.inner(&Spot { at, place: self.root.clone() }, kind, name, id)
    }

    /// A place of Falco's in another, at node `id`, shown where the other is.
    pub(super) fn inner(&self, outer: &Spot, kind: &'static str, name: &str, id: YamlId) -> Spot {
        let (name, offset, outer_place) = (name.to_owned(), self.noticed(id), outer.place.clone());
        let place = FalcoPlace { kind, name, file: self.file, offset, outer: Some(outer_place) };
        Spot { at: outer.at, place: Arc::new(place) }
    }

    /// Where Falco's YAML reader notices a node: at its start, and for an empty value at the next word.
    fn noticed(&self, id: YamlId) -> u32 {
        let start = self.yaml.node(id).span.start;
        let rest = self.text.get(start as usize..).unwrap_or("");
        let first = match &self.yaml.node(id).kind {
            YamlKind::Sequence(items) if !rest.starts_with('[') => items.first().map(|first| (*first, '-')),
            YamlKind::Mapping(entries) if !rest.starts_with('{') => {
                entries.first().map(|(key, _)| (*key, '?'))
            }
            _ => None,
        };
        // What stands for an alias stands elsewhere.
        if let Some((first, mark)) = first.filter(|(first, _)| *first > id) {
            let first = self.noticed(first);
            let before = self.text.get(..first as usize).unwrap_or("").trim_end();
            return if before.ends_with(mark) { before.len() as u32 - 1 } else { first };
        }
        if !self.yaml.is_null(id) || rest.starts_with(['~', 'n', 'N']) {
            return self.with_properties(start);
        }
        // A lone dash begins where its missing item would.
        let mut rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
        while rest.starts_with('#') {
            rest = rest.split_once('\n').map_or("", |(_, next)| next).trim_start();
        }
        (self.text.len() - rest.len()) as u32
    }

    /// What Falco's YAML reader says of a node that is no text.
    pub(super) fn bad_conversion(&self, id: YamlId) -> String {
        format!("{}: bad conversion", yaml_error(self.lines, self.noticed(id)))
    }

    /// Where a node that starts at `start` begins with its anchor and tag, which stand on the same line.
    fn with_properties(&self, start: u32) -> u32 {
        let mut start = start as usize;
        loop {
            let before = self.text.get(..start).unwrap_or("").trim_end_matches([' ', '\t']);
            let word = before.rfind(|c: char| c.is_whitespace() || "[{,".contains(c)).map_or(0, |at| at + 1);
            let is_property =
                before.len() < start && before.get(word..).is_some_and(|w| w.starts_with(['&', '!']));
            if !is_property {
                return start as u32;
            }
            start = word;
        }
    }

    /// The place of the value of `key`.
    pub(super) fn value_spot(&self, outer: &Spot, key: &str, id: YamlId) -> Spot {
        Spot { at: self.loc(id), ..self.inner(outer, "value for", key, id) }
    }

    /// The whole file, as a place.
    pub(super) fn file_spot(at: Loc) -> Spot {
        Spot { at, place: FalcoPlace::file(at.source) }
    }

    /// Reports something that makes Falco refuse the file.
    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        self.errors += 1;
        self.out.push(diagnostic);
    }

    /// Reports something that Falco only warns of.
    pub(super) fn warn(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// The node of the value of `key`, or none where the key is absent.
    pub(super) fn value(&self, item: YamlId, key: &str) -> Option<YamlId> {
        self.yaml.entry(item, key).map(|(_, value)| value)
    }

    /// Where `key` stands in `item`, or the item where it does not.
    pub(super) fn key_loc(&self, item: YamlId, key: &str) -> Loc {
        self.yaml.entry(item, key).map_or_else(|| self.loc(item), |(key, _)| self.loc(key))
    }

    /// Where `key` and its value stand, if they stand there alone: once in the item, the value behind the key and on its
    /// line. Only then can the entry be edited as a piece of text.
    pub(super) fn plain_entry(&self, item: YamlId, key: &str) -> Option<Loc> {
        let (name, value) = self.yaml.entry(item, key)?;
        let (name, value) = (self.loc(name), self.loc(value));
        let at = name.cover(value);
        let same = self.yaml.mapping(item)?.iter().filter(|(name, _)| self.yaml.key_text(*name) == Some(key));
        let alone = name.span.end <= value.span.start && !at.span.slice(self.text).contains('\n');
        (alone && same.count() == 1).then_some(at)
    }

    /// The value of a key that must be there and must be a non-empty scalar.
    pub(super) fn text(&mut self, item: YamlId, key: &str, spot: &Spot) -> Option<(Text, YamlId)> {
        let Some(value) = self.value(item, key) else {
            if !self.yaml.node(item).complete {
                // A syntax error, which was told already, may have cut the key off.
                self.errors += 1;
                return None;
            }
            let kind = if spot.kind() == "rules content item" { "item" } else { spot.kind() };
            let message = say::missing_key(kind, key);
            let mut problem = spot.problem(
                &codes::MISSING_KEY,
                message,
                (YAML_VALIDATE, &format!("Item has no mapping for key '{key}'")),
            );
            let fix = self.rename_key(item, key, spot.kind()).or_else(|| self.insert_key(item, key));
            problem.fixes.extend(fix);
            self.error(problem);
            return None;
        };
        self.scalar(item, key, value, spot)
    }

    /// The value of a key that is there, which must be a non-empty scalar.
    pub(super) fn scalar(
        &mut self,
        item: YamlId,
        key: &str,
        value: YamlId,
        spot: &Spot,
    ) -> Option<(Text, YamlId)> {
        match &self.yaml.node(value).kind {
            YamlKind::Null => {
                let falco = format!("Mapping for key '{key}' is empty");
                let spot = Spot { at: self.key_loc(item, key), ..spot.clone() };
                self.error(spot.problem(&codes::MISSING_KEY, say::empty_key(key), (YAML_VALIDATE, &falco)));
                None
            }
            YamlKind::Scalar { value: text, .. } if text.is_empty() => {
                let spot = self.value_spot(spot, key, value);
                let falco = (YAML_VALIDATE, "Value must be non-empty");
                self.error(spot.problem(&codes::MISSING_KEY, say::empty_text(key), falco));
                None
            }
            YamlKind::Scalar { .. } => Some((self.scalar_text(value), value)),
            YamlKind::Sequence(_) | YamlKind::Mapping(_) => {
                let spot = self.value_spot(spot, key, value);
                let falco = (YAML_VALIDATE, "Value is not a scalar value");
                self.error(spot.problem(&codes::WRONG_SHAPE, say::not_scalar(key), falco));
                None
            }
        }
    }

    /// A value of `key` decoded by `read`; `None` where the key is absent.
    fn decoded<T>(
        &mut self,
        item: YamlId,
        key: &str,
        spot: &Spot,
        wrong: impl Fn(&str) -> (Message, Option<&'static str>),
        read: impl Fn(&str) -> Option<T>,
    ) -> Reported<Option<T>> {
        let Some(value) = self.value(item, key) else { return Ok(None) };
        let (text, _) = self.scalar(item, key, value, spot).ok_or(Failed)?;
        if let Some(value) = read(text.as_str()) {
            return Ok(Some(value));
        }
        let (message, instead) = wrong(text.as_str());
        let spot = self.value_spot(spot, key, value);
        let mut problem =
            spot.problem(&codes::BAD_SCALAR, message, (YAML_VALIDATE, "Can't decode YAML scalar value"));
        if let Some(instead) = instead {
            problem = problem.fix(Fix::replace(
                say::write_boolean(instead),
                spot.at,
                instead,
                Applicability::Unsafe,
            ));
        }
        self.error(problem);
        Err(Failed)
    }

    /// A boolean as Falco's YAML reader sees it.
    pub(super) fn boolean(&mut self, item: YamlId, key: &str, spot: &Spot) -> Reported<Option<bool>> {
        let wrong = |text: &str| {
            let instead = match text.to_ascii_lowercase().as_str() {
                "0" | "disabled" | "f" | "none" => "false",
                _ => "true",
            };
            (say::not_boolean(text), Some(instead))
        };
        self.decoded(item, key, spot, wrong, scalar::boolean)
    }

    /// A whole number of 32 bits.
    pub(super) fn number(&mut self, item: YamlId, key: &str, spot: &Spot) -> Reported<Option<u32>> {
        self.decoded(item, key, spot, |text| (say::not_number(text), None), number)
    }

    /// The scalars of a sequence under `key`; `None` where the key is absent.
    pub(super) fn scalars(&mut self, item: YamlId, key: &str, spot: &Spot) -> Reported<Option<Vec<Scalar>>> {
        let Some(value) = self.value(item, key) else { return Ok(None) };
        let Some(items) = self.yaml.sequence(value) else {
            let spot = Spot { at: self.visible(item, key, value), ..self.value_spot(spot, key, value) };
            let mut problem = spot.problem(
                &codes::WRONG_SHAPE,
                say::not_sequence(key),
                (YAML_VALIDATE, "Value is not a sequence"),
            );
            if self.yaml.scalar(value).is_some() {
                let text = self.yaml.node(value).span.slice(self.text);
                problem = problem.fix(Fix::replace(
                    say::wrap_row(),
                    spot.at,
                    format!("[{text}]"),
                    Applicability::Unsafe,
                ));
            }
            self.error(problem);
            return Err(Failed);
        };
        let value_spot = self.value_spot(spot, key, value);
        let mut out = Vec::with_capacity(items.len());
        for &id in items {
            if let Some(text) = self.yaml.scalar(id) {
                out.push((text.into(), self.loc(id)));
            } else {
                let at = self.visible(item, key, id);
                let spot = Spot { at, ..self.inner(&value_spot, "list item", "", id) };
                let falco = (YAML_VALIDATE, "sequence value is not scalar");
                self.error(spot.problem(&codes::WRONG_SHAPE, say::item_not_scalar(key), falco));
                return Err(Failed);
            }
        }
        Ok(Some(out))
    }

    /// A place with text in it: that of `id`, or of the key where the value is nothing.
    fn visible(&self, item: YamlId, key: &str, id: YamlId) -> Loc {
        if self.yaml.is_null(id) { self.key_loc(item, key) } else { self.loc(id) }
    }

    /// Renames an unknown key of the item that is probably a misspelt `key`.
    fn rename_key(&self, item: YamlId, key: &str, kind: &str) -> Option<Fix> {
        let known = crate::catalog::keys::known(kind)?;
        let written = self.yaml.mapping(item)?.iter().find(|(name, _)| {
            let name = self.yaml.key_text(*name).filter(|name| !known.contains(name));
            name.is_some_and(|name| suggest::closest(name, known.iter().copied()) == Some(key))
        });
        let at = self.loc(written?.0);
        Some(Fix::replace(say::rename_key(key), at, key, Applicability::Unsafe))
    }

    /// Adds `key` below the last line of a block item.
    fn insert_key(&self, item: YamlId, key: &str) -> Option<Fix> {
        let example = match key {
            "desc" => "describe what the rule detects",
            "output" => "\"%evt.time %proc.cmdline\"",
            "priority" => "WARNING",
            "condition" => "evt.type = execve",
            "items" => "[]",
            _ => return None,
        };
        let (first, _) = *self.yaml.mapping(item)?.first()?;
        let start = self.yaml.node(first).span.start;
        let line_start = self.lines.line_start(self.lines.line(start));
        let indent = Span::new(line_start, start).slice(self.text);
        if self.text.get(self.yaml.node(item).span.start as usize..)?.starts_with('{') || !indent.is_ascii() {
            return None;
        }
        let end = self.yaml.node(item).span.end as usize;
        let upto = self.text.get(..end)?.trim_end().len();
        let at = Span::from_usize(upto, upto);
        let insert = format!("\n{}{key}: {example}", " ".repeat(indent.len()));
        Some(Fix::replace(say::add_key(key), Loc::new(self.file, at), insert, Applicability::Unsafe))
    }
}

/// How Falco's YAML reader begins an error at byte `offset`: line and column from 1, columns in bytes.
pub(super) fn yaml_error(lines: &LineIndex, offset: u32) -> String {
    let line = lines.line(offset);
    format!("yaml-cpp: error at line {}, column {}", line + 1, offset - lines.line_start(line) + 1)
}

/// Decimal, `0x` hexadecimal, or octal with a leading zero.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = |text: &str, radix| {
        (!text.is_empty() && text.chars().all(|c| c.is_digit(radix)))
            .then(|| u32::from_str_radix(text, radix).ok())?
    };
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return digits(hex, 16);
    }
    match text.strip_prefix('0') {
        Some(octal) if !octal.is_empty() => digits(octal, 8),
        _ => digits(text, 10),
    }
}
