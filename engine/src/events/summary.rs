//! Events for people: one line each, and all fields of one.

use super::alerts;
use super::store::{Cell, ColumnId, EventInfo, EventStore, Row};
use crate::catalog::FieldKey;
use crate::catalog::fields::ValueFormat;
use crate::report::{EventField, EventSummary};
use crate::text::Span;
use crate::value::Value;
use crate::value::text::MISSING;
use std::fmt::Write;

/// The event in the list; None past the last one.
pub fn summary(store: &EventStore, index: usize) -> Option<EventSummary> {
    let info = store.info(index)?;
    let row = store.row(index)?;
    let about = info.about.as_deref();
    Some(EventSummary {
        number: index as u32 + 1,
        name: about.map_or_else(String::new, |about| about.name.to_string()),
        note: about.map_or_else(String::new, |about| about.note.to_string()),
        time: time(&row, info),
        source: row.source().to_owned(),
        kind: kind(&row),
        summary: what_happened(&row),
        place: place(&row),
        file: info.file,
        span: info.at,
    })
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
    fields.sort_by(|a, b| a.name.cmp(&b.name));
    fields.dedup_by(|a, b| a.name == b.name);
    Some(fields)
}

/// `evt.time.s`, of which most events are asked and nothing but it.
fn time(row: &Row<'_>, info: &EventInfo) -> String {
    match info.moment.filter(|_| !row.gives("evt.time.s")) {
        Some(moment) => moment.clock(),
        None => shown(row, "evt.time.s").unwrap_or_default(),
    }
}

fn shown(row: &Row<'_>, name: &str) -> Option<String> {
    let key = FieldKey::parse(name, row.source()).ok()?;
    row.value(&key).map(|value| print(&key, value)).filter(|text| !text.is_empty())
}

fn first(row: &Row<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| shown(row, name))
}

/// `evt.type`, or the verb and the resource of an audit event.
fn kind(row: &Row<'_>) -> String {
    if let Some(name) = shown(row, "evt.type") {
        return name;
    }
    let verb = first(row, &["ka.verb", "ct.name", "github.type", "okta.evt.type", "gcp.methodName"]);
    let resource = first(row, &["ka.target.resource"]);
    let inner = first(row, &["ka.target.subresource"]);
    let words = [verb, resource.map(|r| inner.map_or(r.clone(), |inner| format!("{r}/{inner}")))];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The line that says what happened: what was run, or who did what to what.
fn what_happened(row: &Row<'_>) -> String {
    let command = first(row, &["proc.cmdline", "proc.exeline", "proc.name"]);
    let kind = shown(row, "evt.type").unwrap_or_default();
    let object = if kind.starts_with("exec") {
        None
    } else {
        let moved = shown(row, "fs.path.source").zip(shown(row, "fs.path.target"));
        moved.map(|(from, to)| format!("{from} → {to}")).or_else(|| {
            let names =
                ["fd.name", "fs.path.name", "evt.arg.path", "evt.arg.name", "evt.arg.target", "fd.sip"];
            first(row, &names)
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
    let who =
        first(row, &["ka.user.name", "ct.user", "github.user", "okta.actor.name", "gcp.user", "user.name"]);
    let what = first(
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
fn place(row: &Row<'_>) -> String {
    let namespace = first(row, &["k8s.ns.name", "k8smeta.ns.name", "ka.target.namespace"]);
    let pod = first(row, &["k8s.pod.name", "k8smeta.pod.name", "ka.target.pod.name"]);
    if namespace.is_some() || pod.is_some() {
        return [namespace, pod].into_iter().flatten().collect::<Vec<_>>().join("/");
    }
    let container = first(row, &["container.name", "container.id"]).unwrap_or_default();
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
