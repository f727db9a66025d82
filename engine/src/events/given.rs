//! What an event says itself: its time and its fields without those that were worked out, so that it can be written down again.

use super::store::{Cell, ColumnId};
use super::time::Moment;
use super::{EventStore, alerts};
use crate::catalog::FieldKey;
use crate::value::Value;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// A field that an event gives; `None` where it says that there is no value.
pub type Given = (FieldKey, Option<Value>);

/// What of an audit event stands in its JSON as a whole, and would only say everything twice.
const WHOLE: &str = "jevt.";

/// What follows from the time of an event, wherever its clock stands.
const OF_TIME: [&str; 4] = ["evt.time.iso8601", "evt.rawtime", "evt.rawtime.s", "evt.rawtime.ns"];

/// What follows from the time and the zone of the clock.
const OF_CLOCK: [&str; 5] = ["evt.time", "evt.time.s", "evt.datetime", "evt.datetime.s", "evt.hour"];

impl EventStore {
    /// The time of event `index`, as an events file has it.
    pub fn time_of(&self, index: usize) -> Option<Cow<'_, str>> {
        let info = self.info(index)?;
        let written = info.about.as_deref().map(|about| &*about.time).filter(|time| !time.is_empty());
        match written {
            Some(time) => Some(Cow::Borrowed(time)),
            None if info.is_of_log() => self.utc(index).map(|time| Cow::Owned(format!("{time}Z"))),
            None => None,
        }
    }

    /// The time of an event by the clock of UTC.
    fn utc(&self, index: usize) -> Option<String> {
        let (row, name) = (self.row(index)?, "evt.time.iso8601");
        if !row.gives(name) {
            return self.info(index)?.moment.filter(|moment| moment.dated).map(Moment::iso8601);
        }
        let Value::Text(time) = row.value(&FieldKey::named(name)?)? else { return None };
        time.strip_suffix("+0000").map(str::to_owned)
    }

    /// The fields that event `index` of the file gives, each once. Needs a store that was read with places. An audit event gives
    /// all its `ka.*` fields, and of those with an argument the ones that are columns.
    pub fn given(&self, index: usize, file: &str) -> Vec<Given> {
        let (Some(info), Some(row)) = (self.info(index), self.row(index)) else { return Vec::new() };
        if info.is_of_log() {
            return self.given_in_log(index, file);
        }
        let (from, to) = info.places.unwrap_or_default();
        let places = self.places.get(from as usize..to as usize).unwrap_or_default();
        let mut seen = FxHashSet::default();
        let mut given = Vec::new();
        for place in places {
            let Some(column) = self.columns().get(place.column.index()) else { continue };
            if seen.insert(column.key.clone()) {
                given.push((column.key.clone(), row.value_at(place.column).cloned()));
            }
        }
        for (key, value) in self.record_values(index, file) {
            let used = !key.info().name.starts_with(WHOLE) || self.column(&key).is_some();
            if used && seen.insert(key.clone()) {
                given.push((key, Some(value)));
            }
        }
        given
    }

    /// An alert prints ancestors in one list, and its time on its own.
    fn given_in_log(&self, index: usize, file: &str) -> Vec<Given> {
        let (Some(info), Some(row)) = (self.info(index), self.row(index)) else { return Vec::new() };
        let written: FxHashSet<String> =
            alerts::places(file, info.at).into_iter().map(|(name, _)| name).collect();
        let text = |name: &str| match FieldKey::named(name).and_then(|key| row.value(&key)) {
            Some(Value::Text(text)) => Some(text.as_ref()),
            _ => None,
        };
        let utc = self.utc(index);
        let in_utc = utc.as_ref().zip(text("evt.time")).is_some_and(|(utc, clock)| utc.ends_with(clock));
        let is_given = |key: &FieldKey| match key.info().name {
            name if OF_TIME.contains(&name) => utc.is_none(),
            name if OF_CLOCK.contains(&name) => !in_utc,
            "evt.source" => false,
            _ if written.contains(&key.to_string()) => true,
            _ => key.info().any_ancestor && key.arg.as_deref() != Some("0"),
        };
        let times = row.not_given_times().filter(|(key, _)| is_given(key));
        let mut given: Vec<Given> = times.map(|(key, value)| (key.clone(), Some(value.clone()))).collect();
        let statics = self.columns().len() - self.statics().len();
        for (at, column) in self.columns().iter().take(statics).enumerate() {
            let id = ColumnId::new(at);
            if row.cell(id) != Cell::Unknown && is_given(&column.key) {
                given.push((column.key.clone(), row.value_at(id).cloned()));
            }
        }
        given
    }
}
