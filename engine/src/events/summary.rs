//! Events for people: one line each, and all fields of one.

use super::alerts;
use super::store::{Cell, ColumnId, EventInfo, EventStore, Row};
use super::time::Moment;
use crate::catalog::FieldKey;
use crate::catalog::fields::ValueFormat;
use crate::report::{EventField, EventSummary};
use crate::text::{Span, sort_by};
use crate::value::Value;
use crate::value::text::MISSING;
use rustc_hash::FxHashMap;
use std::fmt::Write;
use std::ops::Range;

/// The events at these positions, for the list.
pub fn summaries(store: &EventStore, range: Range<usize>) -> Vec<EventSummary> {
    let mut known = Known { store, source: "", columns: FxHashMap::default() };
    let summary = |index: usize| {
        let (info, row) = (store.info(index)?, store.row(index)?);
        if known.source != row.source() {
            (known.source, known.columns) = (row.source(), FxHashMap::default());
        }
        let about = info.about.as_deref();
        Some(EventSummary {
            number: index as u32 + 1,
            name: about.map_or_else(String::new, |about| about.name.to_string()),
            note: about.map_or_else(String::new, |about| about.note.to_string()),
            time: known.time(&row, info),
            when: info.moment.map(Moment::milliseconds),
            source: row.source().to_owned(),
            kind: kind(&mut known, &row),
            summary: what_happened(&mut known, &row),
            place: place(&mut known, &row),
            file: info.file,
            span: info.at,
        })
    };
    range.filter_map(summary).collect()
}

/// Where the fields are that summaries show, found once for all events of a source.
struct Known<'a> {
    store: &'a EventStore,
    source: &'a str,
    columns: FxHashMap<&'static str, Option<ColumnId>>,
}

impl Known<'_> {
    fn column(&mut self, name: &'static str) -> Option<ColumnId> {
        *self.columns.entry(name).or_insert_with(|| {
            let key = FieldKey::parse(name, self.source).ok()?;
            self.store.column(&key)
        })
    }

    /// `evt.time.s`, of which most events are asked and nothing but it.
    fn time(&mut self, row: &Row<'_>, info: &EventInfo) -> String {
        let given = self.column("evt.time.s").is_some_and(|id| row.cell(id) != row.not_given());
        match info.moment.filter(|_| !given) {
            Some(moment) => moment.clock(),
            None => self.shown(row, "evt.time.s").unwrap_or_default(),
        }
    }

    fn shown(&mut self, row: &Row<'_>, name: &'static str) -> Option<String> {
        let id = self.column(name)?;
        let text = print(&self.store.columns().get(id.index())?.key, row.value_at(id)?);
        Some(text).filter(|text| !text.is_empty())
    }

    fn first(&mut self, row: &Row<'_>, names: &[&'static str]) -> Option<String> {
        names.iter().find_map(|name| self.shown(row, name))
    }
}

/// All fields of an event, sorted by name. Needs a store that was read with places; `text` is that of its file.
pub fn fields(store: &EventStore, index: usize, text: &str) -> Option<Vec<EventField>> {
    let info = store.info(index)?;
    let row = store.row(index)?;
    let mut fields = Vec::new();
    let mut add = |key: &FieldKey, value: Option<&Value>, span: Option<Span>| {
        let value = value.map_or_else(|| MISSING.to_owned(), |value| print(key, value));
        let (derived, span) = (span.is_none(), span.unwrap_or(info.at));
        fields.push(EventField { name: key.to_string(), value, derived, span });
    };
    let written = if info.is_of_log() { alerts::places(text, info.at) } else { Vec::new() };
    let (from, to) = info.places.unwrap_or_default();
    let places = store.places.get(from as usize..to as usize)?;
    let place = |name: &str| written.iter().rev().find(|(written, _)| written == name).map(|(_, span)| *span);
    let given = store.columns().len() - store.statics().len();
    for (at, column) in store.columns().iter().take(given).enumerate() {
        let id = ColumnId::new(at);
        if row.cell(id) != row.not_given()
            && (info.is_of_log() || places.iter().all(|place| place.column != id))
        {
            add(&column.key, row.value_at(id), place(&column.key.to_string()));
        }
    }
    for (key, value) in row.not_given_times() {
        add(key, Some(value), place(&key.to_string()));
    }
    for place in places {
        let Some(column) = store.columns().get(place.column.index()) else { continue };
        // Partial events say of some fields that there is no value.
        add(&column.key, row.value_at(place.column), Some(place.at));
    }
    fields.extend(store.record_fields(index, text));
    for column in store.statics() {
        let value = column.value(Cell::Value(0)).map(|value| print(&column.key, value)).unwrap_or_default();
        fields.push(EventField { name: column.key.to_string(), value, derived: true, span: info.at });
    }
    // Of a field that is given twice the last place counts.
    fields.reverse();
    sort_by(&mut fields, |a, b| a.name.cmp(&b.name));
    fields.dedup_by(|a, b| a.name == b.name);
    Some(fields)
}

/// `evt.type`, or the verb and the resource of an audit event.
fn kind(known: &mut Known<'_>, row: &Row<'_>) -> String {
    if let Some(name) = known.shown(row, "evt.type") {
        return name;
    }
    let verb = known.first(row, &["ka.verb", "ct.name", "github.type", "okta.evt.type", "gcp.methodName"]);
    let resource = known.first(row, &["ka.target.resource"]);
    let inner = known.first(row, &["ka.target.subresource"]);
    let words = [verb, resource.map(|r| inner.map_or(r.clone(), |inner| format!("{r}/{inner}")))];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The line that says what happened: what was run, or who did what to what.
fn what_happened(known: &mut Known<'_>, row: &Row<'_>) -> String {
    let command = known.first(row, &["proc.cmdline", "proc.exeline", "proc.name"]);
    let kind = known.shown(row, "evt.type").unwrap_or_default();
    let object = if kind.starts_with("exec") {
        None
    } else {
        let moved = known.shown(row, "fs.path.source").zip(known.shown(row, "fs.path.target"));
        moved.map(|(from, to)| format!("{from} → {to}")).or_else(|| {
            let names =
                ["fd.name", "fs.path.name", "evt.arg.path", "evt.arg.name", "evt.arg.target", "fd.sip"];
            known.first(row, &names)
        })
    };
    let parts = match (object, command) {
        (Some(object), Some(command)) => [Some(object), Some(command)],
        (object, command) => [object.or(command), None],
    };
    let local: Vec<String> = parts.into_iter().flatten().collect();
    if !local.is_empty() {
        return local.join(" · ");
    }
    let who = known
        .first(row, &["ka.user.name", "ct.user", "github.user", "okta.actor.name", "gcp.user", "user.name"]);
    let what = known.first(
        row,
        &[
            "ka.target.name",
            "ka.uri",
            "ct.shortsrc",
            "github.repo",
            "okta.message",
            "gcp.resourceName",
            "evt.info",
        ],
    );
    [who, what].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// `namespace/pod`, a container's name or id, or empty for the host.
fn place(known: &mut Known<'_>, row: &Row<'_>) -> String {
    let namespace = known.first(row, &["k8s.ns.name", "k8smeta.ns.name", "ka.target.namespace"]);
    let pod = known.first(row, &["k8s.pod.name", "k8smeta.pod.name", "ka.target.pod.name"]);
    if namespace.is_some() || pod.is_some() {
        return [namespace, pod].into_iter().flatten().collect::<Vec<_>>().join("/");
    }
    let container = known.first(row, &["container.name", "container.id"]).unwrap_or_default();
    if container == "host" { String::new() } else { container }
}

/// A value as Falco prints it (sheet `outputs`, section 2).
fn print(key: &FieldKey, value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => match key.info().format {
            ValueFormat::Hex => format!("{number:X}"),
            ValueFormat::DecimalPadded9 => format!("{number:09}"),
            _ => number.to_string(),
        },
        Value::Double(number) => format!("{:.1}", number.0),
        Value::Text(text) => text.to_string(),
        Value::Address(address) => address.to_string(),
        Value::List(items) => {
            let mut out = String::from("(");
            for (at, item) in items.iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                let _ = write!(out, "{comma}{}", print(key, item));
            }
            out + ")"
        }
    }
}
