//! What the keys of alerts stand for, found once for each key and file.

use super::super::build::{Builder, Resolved};
use super::super::store::ColumnId;
use super::cell::Read;
use super::keys::KeyId;
use super::scan::Value as Written;
use crate::catalog::fields::{FieldType, TypeGroup, ValueFormat};
use crate::catalog::messages::{events, logs as messages};
use crate::catalog::scope::STATIC;
use crate::catalog::{Dialect, FieldKey, Scope, codes};
use crate::text::{Message, Span};

/// What a key stands for.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// A column.
    Column { id: ColumnId, read: Read, container: bool },
    /// A time, as a number of nanoseconds.
    Time(ColumnId),
    /// A list of all ancestors.
    Ancestors,
    /// Nothing that rules could ask for.
    Ignored,
}

/// By source of the builder: what keys mean.
#[derive(Default)]
pub(super) struct Meanings(Vec<Vec<Option<Meaning>>>);

/// A field of an alert, whose key has not been met.
pub(super) struct New<'a> {
    pub(super) key: KeyId,
    pub(super) name: &'a str,
    pub(super) value: Written,
    /// Where the key stands.
    pub(super) at: Span,
}

impl Meanings {
    /// What a key means in a source, if it has been met there.
    pub(super) fn of(&self, source: usize, key: KeyId) -> Option<Meaning> {
        *self.0.get(source)?.get(key.index())?
    }

    /// What a new key means. What is left out is said once, with its first value that is one.
    pub(super) fn find(
        &mut self,
        builder: &mut Builder,
        (source_id, source): (usize, &str),
        field: &New<'_>,
    ) -> Meaning {
        let path = builder.paths.id(field.name);
        let (meaning, why) = meaning_of(builder, (source_id, source), path, field.name);
        if let Some(why) = why {
            if matches!(field.value, Written::Null(_)) {
                // Nothing is lost.
                return meaning;
            }
            let problem = builder.problems.new_at(&codes::ALERT_FIELD, field.at, why);
            builder.problems.push_about(path, problem);
        }
        if self.0.len() <= source_id {
            self.0.resize(source_id + 1, Vec::new());
        }
        if let Some(known) = self.0.get_mut(source_id) {
            if known.len() <= field.key.index() {
                known.resize(field.key.index() + 1, None);
            }
            if let Some(place) = known.get_mut(field.key.index()) {
                *place = Some(meaning);
            }
        }
        meaning
    }

    /// Forgets all: another file has keys of its own, and is told what of it is left out.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// The meaning of a key, and why it has none.
fn meaning_of(
    builder: &mut Builder,
    (source_id, source): (usize, &str),
    path: u32,
    name: &str,
) -> (Meaning, Option<Message>) {
    match name {
        "evt.time" | "evt.time.s" | "evt.time.iso8601" | "evt.datetime" | "evt.datetime.s"
        | "evt.outputtime" => {
            let id = FieldKey::named(name).map_or(ColumnId(0), |key| builder.columns.id(&key));
            return (Meaning::Time(id), None);
        }
        _ if name.starts_with(STATIC) => return (Meaning::Ignored, Some(messages::static_of_alert(name))),
        _ => {}
    }
    let (id, container) = match builder.resolve(source_id, path, name) {
        Resolved::Column { id, container } => (id, container),
        Resolved::Ancestors(_) => return (Meaning::Ancestors, Some(messages::all_ancestors(name))),
        Resolved::WorkedOut(key, from) => {
            return (Meaning::Ignored, Some(events::worked_out(key.to_string(), from)));
        }
        Resolved::NeverSet(key) => return (Meaning::Ignored, Some(events::never_set(key.to_string()))),
        Resolved::Problem(_) => return (Meaning::Ignored, Some(messages::no_field_of_source(name, source))),
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
    (Meaning::Column { id, read, container }, None)
}
