//! An alert as an event: it says its source, its time, the host, and the fields of its output; all others are unknown. The
//! rule is kept as the one that fired then.

use super::super::build::{Added, Builder, Resolved};
use super::super::columns::Cell;
use super::super::json;
use super::super::raw::Raw;
use super::super::skipped::SkippedRecords;
use super::super::store::{ABSENT, About, ColumnId};
use super::super::time::Moment;
use super::super::{MAX_EVENTS, json::JsonError};
use super::lines::Sink;
use super::record::Alert;
use super::scan::{Token, Value as Written};
use crate::catalog::fields::{self, FieldSource, FieldType, TypeGroup, ValueFormat};
use crate::catalog::messages::{events, logs as messages};
use crate::catalog::scope::STATIC;
use crate::catalog::{Dialect, FieldKey, SYSCALL, Scope, codes};
use crate::text::{Message, Severity, Span};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What Falco prints for a missing value.
const MISSING: &str = "<NA>";

/// The source of what Falco says of itself.
const INTERNAL: &str = "internal";

/// So many nanoseconds may an alert be earlier than the one before: those of several processors overlap.
const JITTER: i64 = 1_000_000_000;

/// Makes events of alerts.
pub(in crate::events) struct Alerts<'b> {
    pub(in crate::events) builder: &'b mut Builder,
    pub(in crate::events) skipped: &'b mut SkippedRecords,
    pub(in crate::events) known: &'b mut Known,
}

/// What is remembered from alert to alert.
#[derive(Default)]
pub(in crate::events) struct Known {
    keys: Vec<Key>,
    by_text: FxHashMap<Box<str>, u32>,
    /// By source of the builder: its fields, by key.
    fields: Vec<Vec<Option<Field>>>,
    /// Alerts so far, of which only some are taken.
    seen: usize,
    /// The moment of the alert before, in nanoseconds.
    last: Option<i64>,
    /// Alerts that are earlier than the one before.
    backwards: u32,
    hostname: Option<ColumnId>,
}

/// A key of the fields of an output.
struct Key {
    text: Box<str>,
    /// The path by which problems are counted.
    path: u32,
    /// The key that followed it last, plus one.
    next: u32,
}

/// What a key stands for.
#[derive(Clone)]
enum Field {
    /// A column.
    Column { id: ColumnId, read: Read, container: bool },
    /// A time, as a number of nanoseconds.
    Time(ColumnId),
    /// A list of all ancestors.
    Ancestors(FieldKey),
    /// Nothing that rules could ask for.
    Ignored,
}

/// How values of a column are read.
#[derive(Clone, Copy)]
enum Read {
    Text,
    /// Hexadecimal digits in quotes.
    Hex,
    /// Bytes that were not printable became dots.
    Bytes,
    List,
    Typed,
}

impl Sink for Alerts<'_> {
    fn alert(&mut self, text: &str, alert: &Alert, at: Span, inside: bool) -> bool {
        let nth = self.builder.options.sample.max(1) as usize;
        self.known.seen += 1;
        if !(self.known.seen - 1).is_multiple_of(nth) {
            self.skipped.add(messages::skipped_sample, at);
            return true;
        }
        if self.builder.len() >= MAX_EVENTS {
            let message = events::too_many_events(MAX_EVENTS.to_string());
            let problem = self.builder.problems.new_at(&codes::EVENT_LIMIT, at, message);
            self.builder.problems.push(problem);
            return false;
        }
        self.push(text, alert, at, inside);
        true
    }

    fn skipped(&mut self, reason: fn() -> Message, at: Span) {
        self.skipped.add(reason, at);
    }

    fn broken(&mut self, error: JsonError) {
        let mut broken = self.builder.problems.new_at(&codes::EVENT_SYNTAX, error.at, error.message);
        broken.severity = Severity::Warning;
        self.builder.problems.push(broken.note(messages::alert_skipped()));
    }
}

impl Alerts<'_> {
    fn push(&mut self, text: &str, alert: &Alert, at: Span, inside: bool) {
        let of = |token: Option<Token>| token.and_then(|token| token.text(text));
        let source = of(alert.source).unwrap_or_else(|| Cow::Borrowed(source_by_fields(text, alert)));
        if source == INTERNAL {
            self.skipped.add(messages::skipped_internal, at);
            return;
        }
        // Problems of an alert in a text stand at the text.
        let place = |span: Span| if inside { at } else { span };
        let builder = &mut *self.builder;
        builder.partial = true;
        let source_id = builder.source_at(&source);
        let mut moment = of(alert.time).and_then(|time| Moment::parse(&time)).filter(|moment| moment.dated);
        let mut own_container = false;
        let mut key = None;
        for (token, value) in &alert.fields {
            let id = self.known.key(builder, token, text, key);
            key = Some(id);
            let field = match self.known.fields.get(source_id).and_then(|fields| fields.get(id as usize)) {
                Some(Some(field)) => field.clone(),
                _ => self.known.resolve(builder, source_id, &source, id, value, place(token.quoted())),
            };
            match field {
                Field::Column { id: column, read, container } => {
                    let cell = match cell(builder, column, read, *value, text) {
                        Ok(cell) => cell,
                        Err(message) => {
                            let at = place(value.at());
                            let mut misfit = builder.problems.new_at(&codes::EVENT_VALUE, at, message);
                            misfit.severity = Severity::Warning;
                            let path = self.known.path(id);
                            builder.problems.push_about(path, misfit.note(messages::left_unknown()));
                            continue;
                        }
                    };
                    own_container |= container && cell != ABSENT;
                    if builder.cell(column) == 0 {
                        builder.touched.push(column);
                    } else {
                        twice(builder, token.text(text).unwrap_or_default(), place(token.quoted()));
                    }
                    builder.put(column, cell);
                }
                Field::Time(column) => match value {
                    Written::Number(digits) if moment.is_none() => {
                        moment = digits.slice(text).parse().ok().map(Moment::utc);
                    }
                    // Text is how people write it.
                    Written::Text(written) => {
                        if let Some(written) = written.text(text).filter(|written| *written != MISSING) {
                            let cell = builder.columns.text(column, &written);
                            builder.put(column, cell);
                            builder.touched.push(column);
                        }
                    }
                    _ => {}
                },
                Field::Ancestors(field) => {
                    if let Written::List(list) = value
                        && let Some(Raw::List(names)) = json::value(list.slice(text))
                    {
                        for (number, name) in names.iter().enumerate() {
                            let column = builder.columns.id(&field.with_arg((number + 1).to_string()));
                            if let Ok(cell) = builder.columns.read(column, name) {
                                builder.put(column, if cell == 0 { ABSENT } else { cell });
                                builder.touched.push(column);
                            }
                        }
                    }
                }
                Field::Ignored => {}
            }
        }
        for token in &alert.twice {
            twice(builder, token.text(text).unwrap_or_default(), place(token.quoted()));
        }
        if let Some(hostname) = of(alert.hostname) {
            let hostname_id = *self.known.hostname.get_or_insert_with(|| {
                FieldKey::named("evt.hostname").map_or(ColumnId(0), |key| builder.columns.id(&key))
            });
            if builder.cell(hostname_id) == 0 {
                let cell = builder.columns.text(hostname_id, &hostname);
                builder.put(hostname_id, cell);
                builder.touched.push(hostname_id);
            }
        }
        if let Some(moment) = &mut moment {
            moment.offset =
                of(alert.output).and_then(|output| offset(&output, *moment)).unwrap_or(moment.offset);
            self.known.backwards +=
                u32::from(self.known.last.is_some_and(|last| moment.nanoseconds < last - JITTER));
            self.known.last = Some(moment.nanoseconds);
        }
        let fired = of(alert.rule).unwrap_or_default();
        let fired = builder.fired_rule(&fired);
        let about = About::default();
        builder.add(Added { source: source_id, own_container, moment, about, at, first_place: None, fired });
    }
}

fn twice(builder: &mut Builder, name: impl AsRef<str>, at: Span) {
    let problem = builder.problems.new_at(&codes::EVENT_REPEATED, at, events::field_twice(name.as_ref()));
    builder.problems.push(problem);
}

/// The cell of a value; [`ABSENT`] for none.
fn cell(
    builder: &mut Builder,
    column: ColumnId,
    read: Read,
    value: Written,
    text: &str,
) -> Result<Cell, Message> {
    let columns = &mut builder.columns;
    let raw = match value {
        Written::Null(_) => return Ok(ABSENT),
        Written::Text(token) => {
            let owned;
            let written = if token.escaped {
                owned = token.text(text).unwrap_or_default();
                owned.as_ref()
            } else {
                token.at.slice(text)
            };
            if written == MISSING {
                return Ok(ABSENT);
            }
            match read {
                Read::Text => return Ok(columns.text(column, written)),
                Read::Bytes if written.contains('.') => return Err(messages::dots_for_bytes()),
                Read::Hex => {
                    return match i128::from_str_radix(written, 16) {
                        Ok(number) => Ok(columns.cell(column, Value::Integer(number))),
                        Err(_) => Err(messages::not_hexadecimal(written)),
                    };
                }
                Read::List if written.starts_with('(') && written.ends_with(')') => {
                    // As Falco printed lists before there were arrays.
                    let inside = written.trim_matches(['(', ')']);
                    let items = inside.split(',').filter(|item| !item.is_empty());
                    let items = items.map(|item| Raw::Text(Cow::Borrowed(item))).collect();
                    return columns.read(column, &Raw::List(items));
                }
                Read::Bytes | Read::List | Read::Typed => {
                    return columns.read(column, &Raw::Text(Cow::Borrowed(written)));
                }
            }
        }
        Written::Number(at) | Written::Bool(at) if matches!(read, Read::Text) => {
            return Ok(columns.text(column, at.slice(text)));
        }
        Written::Number(at) => return columns.number(column, at.slice(text)),
        Written::Bool(at) => Raw::Bool(at.slice(text) == "true"),
        Written::List(at) => json::value(at.slice(text)).unwrap_or(Raw::Map),
        Written::Object(_) => Raw::Map,
    };
    columns.read(column, &raw)
}

/// The clock's seconds ahead of UTC, from the time of day that Falco writes in front of the output.
fn offset(output: &str, moment: Moment) -> Option<i32> {
    const DAY: i64 = 86_400;
    let clock = output.get(..18).filter(|_| output.as_bytes().get(18) == Some(&b':'))?;
    let local = Moment::parse(clock).filter(|local| !local.dated)?;
    let ahead = (local.nanoseconds - moment.nanoseconds).rem_euclid(DAY * 1_000_000_000);
    let ahead = (ahead % 1_000_000_000 == 0).then_some(ahead / 1_000_000_000)?;
    // From twelve hours behind to fourteen ahead, in steps of a quarter.
    let ahead = if ahead > 14 * 3600 { ahead - DAY } else { ahead };
    (ahead % 900 == 0).then_some(ahead as i32)
}

/// The source that the fields belong to: old alerts do not say it.
fn source_by_fields(text: &str, alert: &Alert) -> &'static str {
    let names = alert.fields.iter().map(|(key, _)| key.at.slice(text));
    let owners = names.filter_map(|name| {
        let name = name.split('[').next().unwrap_or(name);
        match fields::field(fields::find_anywhere(name)?).source {
            FieldSource::Only(source) => Some(source),
            _ => None,
        }
    });
    owners.into_iter().next().unwrap_or(SYSCALL)
}

impl Known {
    /// The key at `token`; `before` is the one before it in the same alert.
    fn key(&mut self, builder: &mut Builder, token: &Token, text: &str, before: Option<u32>) -> u32 {
        let raw = token.at.slice(text);
        if let Some(before) = before
            && let Some(next) = self.keys.get(before as usize).and_then(|key| key.next.checked_sub(1))
            && self.keys.get(next as usize).is_some_and(|key| *key.text == *raw)
        {
            return next;
        }
        let id = self.by_text.get(raw).copied().unwrap_or_else(|| {
            let id = self.keys.len() as u32;
            let name = token.text(text).unwrap_or_default();
            let path = builder.paths.id(&name);
            self.keys.push(Key { text: raw.into(), path, next: 0 });
            self.by_text.insert(raw.into(), id);
            id
        });
        if let Some(before) = before.and_then(|before| self.keys.get_mut(before as usize)) {
            before.next = id + 1;
        }
        id
    }

    fn path(&self, key: u32) -> u32 {
        self.keys.get(key as usize).map_or(0, |key| key.path)
    }

    /// What a key stands for in a source. What is left out is said once, with its first value that is one.
    fn resolve(
        &mut self,
        builder: &mut Builder,
        source_id: usize,
        source: &str,
        key: u32,
        value: &Written,
        at: Span,
    ) -> Field {
        let path = self.path(key);
        let name = builder.paths.text(path).to_owned();
        let (field, why) = field_of(builder, source_id, source, path, &name);
        if let Some(why) = why {
            if matches!(value, Written::Null(_)) {
                // Nothing is lost.
                return field;
            }
            let problem = builder.problems.new_at(&codes::ALERT_FIELD, at, why);
            builder.problems.push_about(path, problem);
        }
        if self.fields.len() <= source_id {
            self.fields.resize(source_id + 1, Vec::new());
        }
        if let Some(fields) = self.fields.get_mut(source_id) {
            if fields.len() <= key as usize {
                fields.resize(key as usize + 1, None);
            }
            if let Some(place) = fields.get_mut(key as usize) {
                *place = Some(field.clone());
            }
        }
        field
    }

    /// Says what can only be said of the whole file.
    pub(in crate::events) fn end_file(&mut self, builder: &mut Builder) {
        if self.backwards > 0 {
            let message = messages::out_of_order(self.backwards.to_string());
            let problem = builder.problems.new_at(&codes::ALERT_ORDER, Span::default(), message);
            builder.problems.push(problem.note(messages::order_of_file()));
        }
        (self.backwards, self.last) = (0, None);
        // Each file is told what of it is left out.
        self.fields.clear();
    }
}

/// The meaning of a key, and why it has none.
fn field_of(
    builder: &mut Builder,
    source_id: usize,
    source: &str,
    path: u32,
    name: &str,
) -> (Field, Option<Message>) {
    match name {
        "evt.time" | "evt.time.s" | "evt.time.iso8601" | "evt.datetime" | "evt.datetime.s"
        | "evt.outputtime" => {
            let id = FieldKey::named(name).map_or(ColumnId(0), |key| builder.columns.id(&key));
            return (Field::Time(id), None);
        }
        _ if name.starts_with(STATIC) => return (Field::Ignored, Some(messages::static_of_alert(name))),
        _ => {}
    }
    let (id, container) = match builder.resolve(source_id, path, name) {
        Resolved::Column { id, container } => (id, container),
        Resolved::Ancestors(key) => return (Field::Ancestors(key), Some(messages::all_ancestors(name))),
        Resolved::WorkedOut(key, from) => {
            return (Field::Ignored, Some(events::worked_out(key.to_string(), from)));
        }
        Resolved::NeverSet(key) => return (Field::Ignored, Some(events::never_set(key.to_string()))),
        Resolved::Problem(_) => return (Field::Ignored, Some(messages::no_field_of_source(name, source))),
    };
    let scope = Scope { dialect: Dialect::Course, ..Scope::from(source) };
    let read = FieldKey::parse(name, scope).map_or(Read::Typed, |key| {
        let info = key.info();
        match key.kind().group() {
            _ if info.list => Read::List,
            _ if info.format == ValueFormat::Hex => Read::Hex,
            TypeGroup::Bytes => Read::Bytes,
            TypeGroup::Text | TypeGroup::Other if info.kind != FieldType::IpNet => Read::Text,
            _ => Read::Typed,
        }
    });
    (Field::Column { id, read, container }, None)
}
