//! The time fields of an event: what follows from its moment, worked out when it is asked for, and the time since the
//! events before it.

use super::columns::{Cell, Columns};
use super::store::ColumnId;
use super::time::Moment;
use crate::catalog::fields::HOUR_ID;
use crate::catalog::{Dialect, FieldKey};
use crate::value::Value;
use std::sync::{LazyLock, OnceLock};

const SECOND: i64 = 1_000_000_000;

/// The fields that follow from the moment of an event.
static KEYS: LazyLock<Vec<FieldKey>> = LazyLock::new(|| {
    let named = OF_MOMENT.iter().filter_map(|(name, _)| FieldKey::named(name));
    named.chain([FieldKey::plain(HOUR_ID)]).collect()
});

type OfMoment = (&'static str, fn(Moment) -> Value);

/// As Falco prints them, but by the clock that the time is written in: the machine's zone is not known here.
const OF_MOMENT: [OfMoment; 8] = [
    ("evt.time", |moment| text(moment.clock() + &moment.fraction())),
    ("evt.time.s", |moment| text(moment.clock())),
    ("evt.time.iso8601", |moment| text(moment.iso8601() + "+0000")),
    ("evt.datetime", |moment| text(format!("{} {}{}", moment.date(), moment.clock(), moment.fraction()))),
    ("evt.datetime.s", |moment| text(format!("{} {}", moment.date(), moment.clock()))),
    ("evt.rawtime", |moment| Value::Integer(moment.nanoseconds.into())),
    ("evt.rawtime.s", |moment| Value::Integer(moment.nanoseconds.div_euclid(SECOND).into())),
    ("evt.rawtime.ns", |moment| Value::Integer(moment.nanoseconds.rem_euclid(SECOND).into())),
];

/// So many of them a bare time of day has.
const OF_CLOCK: usize = 2;

fn text(text: String) -> Value {
    Value::Text(text.into())
}

/// The fields that follow from the moment of an event. The last one, the hour, only the dialect of the course has.
pub(super) fn keys() -> &'static [FieldKey] {
    &KEYS
}

/// The position of a field among those.
pub(super) fn position(key: &FieldKey) -> Option<usize> {
    KEYS.iter().position(|known| known.field == key.field && key.arg.is_none())
}

/// Whether a field follows from the time of an event. Such fields are columns only as far as events give them.
pub fn follows_from_time(key: &FieldKey) -> bool {
    position(key).is_some()
}

/// Their values for an event. The hour is that of its `clock`, which it may give itself.
pub(super) fn values(
    moment: Option<Moment>,
    clock: Option<Moment>,
    dialect: Dialect,
) -> Box<[Option<Value>]> {
    let of = |at: usize, value: fn(Moment) -> Value| {
        Some(value(moment.filter(|moment| moment.dated || at < OF_CLOCK)?))
    };
    let values = OF_MOMENT.iter().enumerate().map(|(at, (_, value))| of(at, *value));
    let clock = clock.filter(|_| dialect == Dialect::Course);
    values.chain([clock.map(|clock| Value::Integer(clock.hour().into()))]).collect()
}

/// The values of one event, once they were asked for.
#[derive(Debug, Default)]
pub(super) struct Times(OnceLock<Box<[Option<Value>]>>);

impl Times {
    pub(super) fn get(&self, values: impl FnOnce() -> Box<[Option<Value>]>) -> &[Option<Value>] {
        self.0.get_or_init(values)
    }
}

/// The moments that `evt.reltime` and `evt.deltatime` count from.
pub(super) struct Since {
    rawtime: ColumnId,
    reltime: [ColumnId; 3],
    deltatime: [ColumnId; 3],
    first: Option<i64>,
    last: Option<i64>,
}

impl Since {
    pub(super) fn new(columns: &mut Columns, dialect: Dialect) -> Self {
        let mut id = |name: &str| FieldKey::named(name).map_or(ColumnId(0), |key| columns.id(&key));
        let since = Self {
            rawtime: id("evt.rawtime"),
            reltime: [id("evt.reltime"), id("evt.reltime.s"), id("evt.reltime.ns")],
            deltatime: [id("evt.deltatime"), id("evt.deltatime.s"), id("evt.deltatime.ns")],
            first: None,
            last: None,
        };
        let hour = FieldKey::plain(HOUR_ID);
        for key in keys().iter().filter(|key| **key != hour || dialect == Dialect::Course) {
            columns.id(key);
        }
        since
    }

    /// When an event happened, by its `time` as written (or empty) and its cells.
    pub(super) fn moment(&self, written: &str, columns: &Columns, cells: &[Cell]) -> Option<Moment> {
        let raw = cells.get(self.rawtime.index()).and_then(|cell| columns.value(self.rawtime, *cell));
        match raw {
            Some(Value::Integer(nanoseconds)) => i64::try_from(*nanoseconds).ok().map(Moment::utc),
            _ if written.is_empty() => None,
            _ => Moment::parse(written),
        }
    }

    /// Fills the times since the first event and since the one before, where they are empty.
    pub(super) fn fill(
        &mut self,
        moment: Option<Moment>,
        columns: &mut Columns,
        cells: &mut [Cell],
        touched: &mut Vec<ColumnId>,
    ) {
        let Some(Moment { nanoseconds: now, dated: true, .. }) = moment else { return };
        let first = *self.first.get_or_insert(now);
        let last = self.last.replace(now).unwrap_or(now);
        for (ids, since) in [(self.reltime, first), (self.deltatime, last)] {
            // An event that stands out of order has no time since.
            let Some(since) = now.checked_sub(since).filter(|since| *since >= 0) else { continue };
            for (id, number) in ids.into_iter().zip([since, since / SECOND, since % SECOND]) {
                if let Some(cell) = cells.get_mut(id.index())
                    && *cell == 0
                {
                    *cell = columns.unshared(id, Value::Integer(number.into()));
                    touched.push(id);
                }
            }
        }
    }
}
