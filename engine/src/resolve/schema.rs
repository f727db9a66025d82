//! Checks a file against the schema of rules files: for Falco's result in Falco's words, which go from the innermost failure
//! outwards, and for ours where nothing else was said at that place.

use super::decode::{self, Reading};
use super::definitions::Spot;
use crate::catalog::codes;
use crate::catalog::messages::items as say;
use crate::catalog::schema::{DOCUMENT, Mapping, Shape};
use crate::parse::node::{Yaml, YamlId, YamlKind};
use crate::parse::scalar;
use crate::text::{Applicability, Diagnostic, Fix, Loc, Message, Severity, Span, sorted};

/// Failures of the schema that are looked for in a file; the rest would only repeat the first ones.
pub const MAX_FAILURES: usize = 1000;

/// The code under which Falco's words about the schema are shown. Falco itself has none.
pub(super) const FALCO_CODE: &str = "schema validation";

/// What fails.
#[derive(Default)]
pub(super) struct Failures {
    /// In Falco's words, in its order.
    pub(super) texts: Vec<String>,
    causes: Vec<Cause>,
}

/// The innermost reason of a failure.
struct Cause {
    /// Position in the texts.
    text: usize,
    /// The item of the file that it lies in.
    item: YamlId,
    /// The node that is wrong.
    at: YamlId,
    /// The key that it is the value of, or that the list is the value of that it is an item of.
    key: Option<YamlId>,
    /// It is an item of a list.
    in_list: bool,
    kind: Kind,
}

enum Kind {
    Value(&'static Shape),
    UnknownKey,
    /// With the key that counts.
    RepeatedKey(YamlId),
    Missing(&'static str),
    Empty,
    /// Nothing was looked for from here on.
    More,
}

/// Checks the first document, as Falco does. `None` where there is nothing to check.
pub(super) fn check(yaml: &Yaml) -> Option<Failures> {
    let document = yaml.documents.first().copied().filter(|document| !yaml.is_null(*document))?;
    let mut walk = Walk { yaml, failures: Failures::default(), unreadable: false };
    walk.check(&Path { outer: None, step: Step::Root, at: document, key: None }, &DOCUMENT);
    (!walk.unreadable).then_some(walk.failures)
}

/// The way from the document to a node.
struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    step: Step<'p>,
    at: YamlId,
    /// The nearest key.
    key: Option<YamlId>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Item(usize),
    Key(&'p str),
}

impl Path<'_> {
    /// As Falco prints it.
    fn shown(&self) -> String {
        let outer = self.outer.map(Path::shown).unwrap_or_default();
        match self.step {
            Step::Root => "<root>".to_owned(),
            Step::Item(number) => format!("{outer}[{number}]"),
            Step::Key(key) => format!("{outer}[{key}]"),
        }
    }

    /// The item of the file.
    fn item(&self) -> YamlId {
        match self.outer {
            Some(outer) if !matches!(outer.step, Step::Root) => outer.item(),
            _ => self.at,
        }
    }
}

struct Walk<'a> {
    yaml: &'a Yaml,
    failures: Failures,
    /// A key is no text: Falco's reader gives up.
    unreadable: bool,
}

const WRONG_TYPE: &str = "Value type not permitted by 'type' constraint.";
const NO_SUCH_VALUE: &str = "Failed to match against any enum values.";

impl Walk<'_> {
    fn say(&mut self, path: &Path<'_>, text: &str) {
        self.failures.texts.push(format!("failed for {}: {text}", path.shown()));
    }

    /// Remembers why the last text was said.
    fn because(&mut self, path: &Path<'_>, at: YamlId, kind: Kind) {
        let text = self.failures.texts.len().saturating_sub(1);
        let in_list = matches!(path.step, Step::Item(_));
        self.failures.causes.push(Cause { text, item: path.item(), at, key: path.key, in_list, kind });
    }

    fn check(&mut self, path: &Path<'_>, shape: &'static Shape) -> bool {
        let scalar = self.yaml.scalar(path.at);
        let good = match shape {
            Shape::Any => true,
            Shape::Text | Shape::NumberOrText => scalar.is_some(),
            Shape::Boolean => matches!(scalar, Some("true" | "false")),
            Shape::Integer => scalar.is_some_and(is_integer),
            Shape::OneOf(values) => scalar.is_some_and(|text| values.contains(&text)),
            Shape::List(inner) => match self.yaml.sequence(path.at) {
                Some(items) => return self.items(path, items, inner),
                None => false,
            },
            Shape::Mapping(inner) => match self.yaml.mapping(path.at) {
                Some(entries) => return self.entries(path, entries, inner),
                None => false,
            },
        };
        if good {
            return true;
        }
        match shape {
            Shape::OneOf(_) if scalar.is_some() => self.say(path, NO_SUCH_VALUE),
            Shape::OneOf(_) => {
                self.say(path, NO_SUCH_VALUE);
                self.say(path, WRONG_TYPE);
            }
            Shape::NumberOrText => {
                self.say(path, "Failed to validate against child schema #0.");
                self.say(path, "Failed to validate against child schema #1.");
                self.say(path, "Failed to validate against any schemas allowed by anyOf constraint.");
            }
            _ => self.say(path, WRONG_TYPE),
        }
        self.because(path, path.at, Kind::Value(shape));
        false
    }

    fn items(&mut self, path: &Path<'_>, items: &[YamlId], shape: &'static Shape) -> bool {
        let mut good = true;
        for (number, &at) in items.iter().enumerate() {
            let item = Path { outer: Some(path), step: Step::Item(number), at, key: path.key };
            if self.failures.causes.len() >= MAX_FAILURES {
                if !self.failures.causes.iter().any(|cause| matches!(cause.kind, Kind::More)) {
                    self.because(&item, at, Kind::More);
                }
                break;
            }
            if !self.check(&item, shape) {
                self.say(path, &format!("Failed to validate item #{number} in array."));
                good = false;
            }
        }
        good
    }

    fn entries(&mut self, path: &Path<'_>, entries: &[(YamlId, YamlId)], mapping: &'static Mapping) -> bool {
        let yaml = self.yaml;
        let mut good = true;
        if mapping.not_empty && entries.is_empty() {
            self.say(path, "Object should have no fewer than 1 properties.");
            self.because(path, path.at, Kind::Empty);
            good = false;
        }
        let mut matched = 0;
        for (key, shape) in mapping.keys {
            let Some((id, at)) = yaml.entry(path.at, key) else { continue };
            matched += 1;
            if !self.check(&Path { outer: Some(path), step: Step::Key(key), at, key: Some(id) }, shape) {
                self.say(
                    path,
                    &format!("Failed to validate against schema associated with property name '{key}'."),
                );
                good = false;
            }
        }
        if matched < entries.len() {
            self.other_keys(path, entries, mapping);
            good = false;
        }
        for key in mapping.required.iter().filter(|key| yaml.entry(path.at, key).is_none()) {
            self.say(path, &format!("Missing required property '{key}'."));
            self.because(path, path.at, Kind::Missing(key));
            good = false;
        }
        good
    }

    /// Keys that the mapping may not hold, and keys that it holds twice. As Falco does: one text for all, which names the
    /// first unknown one.
    fn other_keys(&mut self, path: &Path<'_>, entries: &[(YamlId, YamlId)], mapping: &Mapping) {
        let yaml = self.yaml;
        let known = |key: &str| mapping.keys.iter().any(|(name, _)| *name == key);
        let mut keys = entries.iter().map(|(key, _)| yaml.key_text(*key));
        self.unreadable |= keys.clone().any(|key| key.is_none());
        let unknown = keys.find_map(|key| key.filter(|key| !known(key))).unwrap_or("");
        self.say(path, &format!("Object contains a property that could not be validated using 'properties' or 'additionalProperties' constraints: '{unknown}'."));
        for (id, _) in entries.iter().take(MAX_FAILURES) {
            let Some(key) = yaml.key_text(*id) else { continue };
            if !known(key) {
                self.because(path, *id, Kind::UnknownKey);
            } else if let Some((first, _)) = yaml.entry(path.at, key).filter(|(first, _)| first != id) {
                self.because(path, *id, Kind::RepeatedKey(first));
            }
        }
    }
}

/// A decimal number, perhaps with a sign.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Tells what fails, but where something was told since `said`.
pub(super) fn tell(reading: &mut Reading<'_>, failures: &Failures, said: usize) {
    if failures.causes.is_empty() {
        return;
    }
    let told: Vec<Told> = reading
        .out
        .iter()
        .enumerate()
        .skip(said)
        .map(|(index, problem)| Told {
            start: problem.at.span.start,
            error: problem.severity == Severity::Error,
            index,
        })
        .collect();
    let told = sorted(told, |told| u64::from(told.start));
    for cause in &failures.causes {
        let at = place(reading, cause);
        let text = failures.texts.get(cause.text).map_or("", String::as_str);
        match told.get(first_from(&told, at.span.start)).filter(|told| told.start == at.span.start) {
            _ if matches!(cause.kind, Kind::More) => tell_cause(reading, cause, at, text),
            None if is_told_nearby(reading, cause, &told) => {}
            None => tell_cause(reading, cause, at, text),
            Some(told) => {
                // A key of which Falco itself says nothing.
                let root = reading.root.clone();
                let problem = reading.out.get_mut(told.index).filter(|problem| problem.falco.is_none());
                if let (Some(problem), Kind::UnknownKey) = (problem, &cause.kind) {
                    problem.falco = Spot { at, place: root }.falco((FALCO_CODE, text)).into();
                }
            }
        }
    }
}

/// A problem that was told.
struct Told {
    start: u32,
    error: bool,
    index: usize,
}

fn first_from(told: &[Told], start: u32) -> usize {
    told.partition_point(|told| told.start < start)
}

/// Whether what is wrong, or why it does not matter, was told at another place.
fn is_told_nearby(reading: &Reading<'_>, cause: &Cause, told: &[Told]) -> bool {
    let span = |id: YamlId| reading.yaml.node(id).span;
    let error_in = |start: u32, end: u32| {
        told.iter().skip(first_from(told, start)).take_while(|told| told.start < end).any(|told| told.error)
    };
    let key = cause.key.filter(|_| matches!(cause.kind, Kind::Value(_) | Kind::Empty)).map(span);
    if let Some(key) = key {
        let at_key = told.get(first_from(told, key.start)).is_some_and(|told| told.start == key.start);
        if at_key || (cause.in_list && error_in(key.start, span(cause.at).end)) {
            return true;
        }
    }
    // What is not there has no place of its own.
    let nothing = reading.yaml.is_null(cause.at) || matches!(cause.kind, Kind::Missing(_));
    nothing && error_in(span(cause.item).start, span(cause.item).end)
}

fn tell_cause(reading: &mut Reading<'_>, cause: &Cause, at: Loc, falco: &str) {
    let yaml = reading.yaml;
    let spot = Spot { at, place: reading.root.clone() };
    let falco = (FALCO_CODE, falco);
    let key = cause.key.and_then(|key| yaml.key_text(key)).unwrap_or("");
    let problem = match &cause.kind {
        Kind::More => {
            let message = say::more_schema_failures(MAX_FAILURES.to_string());
            Diagnostic::new(&codes::SCHEMA_SHAPE, at, message)
        }
        Kind::UnknownKey => {
            let key = yaml.key_text(cause.at).unwrap_or("");
            spot.problem(&codes::UNKNOWN_KEY, say::unknown_key(key), falco)
        }
        Kind::RepeatedKey(first) => {
            let key = yaml.key_text(cause.at).unwrap_or("");
            let problem = spot.problem(&codes::REPEATED_KEY, say::repeated_key(key), falco);
            problem.related(reading.loc(*first), say::this_key_counts())
        }
        Kind::Missing(key) => spot.problem(&codes::SCHEMA_SHAPE, say::schema_wants_key(*key), falco),
        Kind::Empty => spot.problem(&codes::SCHEMA_SHAPE, say::empty_override(), falco),
        Kind::Value(shape) => {
            if let Some((message, instead)) = respelt(shape, yaml.scalar(cause.at).unwrap_or("")) {
                // What an alias stands for may be something else elsewhere.
                let alias = cause.key.is_some_and(|key| cause.at < key) || cause.at < cause.item;
                let applicability = if alias { Applicability::Unsafe } else { Applicability::Safe };
                let fix = Fix::replace(say::replace_with(&instead), at, instead, applicability);
                spot.problem(&codes::SCHEMA_VALUE, message, falco).fix(fix)
            } else if cause.at == cause.item {
                spot.problem(&codes::SCHEMA_SHAPE, say::empty_item(), falco)
            } else if key == "override" {
                spot.problem(&codes::SCHEMA_SHAPE, say::empty_override(), falco)
            } else if yaml.is_null(cause.at) && !cause.in_list {
                spot.problem(&codes::SCHEMA_SHAPE, say::empty_key(key), falco)
            } else {
                spot.problem(&codes::SCHEMA_SHAPE, say::schema_wants_other(key), falco)
            }
        }
    };
    reading.warn(problem);
}

/// What Falco reads all the same, and how the schema wants it written.
fn respelt(shape: &Shape, text: &str) -> Option<(Message, String)> {
    match shape {
        Shape::OneOf(values) => {
            let upper = text.to_ascii_uppercase();
            values.contains(&upper.as_str()).then(|| (say::priority_in_capitals(text), upper))
        }
        Shape::Boolean => scalar::boolean(text).map(|value| (say::plain_boolean(text), value.to_string())),
        Shape::Integer => decode::number(text).map(|value| (say::plain_number(text), value.to_string())),
        _ => None,
    }
}

/// Where a cause is shown: text that the user wrote.
fn place(reading: &Reading<'_>, cause: &Cause) -> Loc {
    let node = reading.yaml.node(cause.at);
    let key = cause.key.filter(|_| !cause.in_list);
    match (&node.kind, &cause.kind, key) {
        (YamlKind::Null, _, Some(key)) | (_, Kind::Empty, Some(key)) => reading.loc(key),
        (YamlKind::Null, ..) if node.span.slice(reading.text).is_empty() => {
            // The dash of a missing item, which stands at the place or before it.
            let start = node.span.start as usize;
            let rest = reading.text.get(start..).unwrap_or("");
            let before = reading.text.get(..start).unwrap_or("").trim_end();
            let dash = if rest.starts_with('-') { start } else { before.len().saturating_sub(1) };
            let at = Span::from_usize(dash, dash + 1);
            let shown = reading.text.get(dash..=dash).is_some();
            Loc::new(reading.file, if shown { at } else { node.span })
        }
        (YamlKind::Mapping(_), Kind::Missing(_), _) => {
            let line = node.span.slice(reading.text).lines().next().unwrap_or("").trim_end().len() as u32;
            Loc::new(reading.file, Span::new(node.span.start, node.span.start + line))
        }
        _ => reading.loc(cause.at),
    }
}
