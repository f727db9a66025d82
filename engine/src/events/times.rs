//! The time fields of an event, from its `time` or from `evt.rawtime`.

use super::columns::{Cell, Columns};
use super::store::ColumnId;
use super::time::Moment;
use crate::catalog::fields::HOUR_ID;
use crate::catalog::{Dialect, FieldKey};
use crate::value::Value;

/// The time fields, and the moments that `evt.reltime` and `evt.deltatime` count from.
pub(super) struct Times {
    rawtime: ColumnId,
    rawtime_s: ColumnId,
    rawtime_ns: ColumnId,
    time: ColumnId,
    time_s: ColumnId,
    iso8601: ColumnId,
    datetime: ColumnId,
    datetime_s: ColumnId,
    reltime: [ColumnId; 3],
    deltatime: [ColumnId; 3],
    first: Option<i64>,
    last: Option<i64>,
    /// The second of the event before, as text: most events share it with another.
    second: Option<Second>,
    /// `evt.hour`, in the dialect that has it.
    hour: Option<ColumnId>,
}

/// A second as Falco writes it.
struct Second {
    /// Seconds since 1970, those that the clock is ahead of UTC, and whether there is a date.
    of: (i64, i32, bool),
    clock: String,
    /// With a blank behind.
    date: String,
    /// Date and clock in UTC.
    utc: String,
}

const SECOND: i64 = 1_000_000_000;

impl Times {
    pub(super) fn new(columns: &mut Columns, dialect: Dialect) -> Self {
        let mut id = |name: &str| FieldKey::named(name).map_or(ColumnId(0), |key| columns.id(&key));
        Self {
            rawtime: id("evt.rawtime"),
            rawtime_s: id("evt.rawtime.s"),
            rawtime_ns: id("evt.rawtime.ns"),
            time: id("evt.time"),
            time_s: id("evt.time.s"),
            iso8601: id("evt.time.iso8601"),
            datetime: id("evt.datetime"),
            datetime_s: id("evt.datetime.s"),
            reltime: [id("evt.reltime"), id("evt.reltime.s"), id("evt.reltime.ns")],
            deltatime: [id("evt.deltatime"), id("evt.deltatime.s"), id("evt.deltatime.ns")],
            first: None,
            last: None,
            second: None,
            hour: (dialect == Dialect::Course).then(|| columns.id(&FieldKey::plain(HOUR_ID))),
        }
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

    /// Fills the time fields that are empty. What came before a partial event is
    /// not known.
    pub(super) fn fill(
        &mut self,
        moment: Option<Moment>,
        partial: bool,
        columns: &mut Columns,
        cells: &mut [Cell],
        touched: &mut Vec<ColumnId>,
    ) {
        if let Some(moment) = moment {
            self.fill_times(moment, partial, columns, cells, touched);
        }
        let cell = |id: ColumnId| cells.get(id.index()).copied().unwrap_or(0);
        let Some(hour) = self.hour.filter(|hour| cell(*hour) == 0) else { return };
        let Some(Value::Text(time)) = columns.value(self.time, cell(self.time)) else { return };
        let Some(moment) = Moment::parse(time) else { return };
        let value = columns.cell(hour, Value::Integer(moment.hour().into()));
        if let Some(place) = cells.get_mut(hour.index()) {
            *place = value;
            touched.push(hour);
        }
    }

    /// Fills Falco's time fields.
    fn fill_times(
        &mut self,
        moment: Moment,
        partial: bool,
        columns: &mut Columns,
        cells: &mut [Cell],
        touched: &mut Vec<ColumnId>,
    ) {
        let second = (moment.nanoseconds.div_euclid(SECOND), moment.offset, moment.dated);
        if self.second.as_ref().is_none_or(|known| known.of != second) {
            self.second = Some(Second {
                of: second,
                clock: moment.clock(),
                date: moment.date() + " ",
                utc: moment.iso8601().get(..19).unwrap_or("").to_owned(),
            });
        }
        let Some(Second { clock, date, utc, .. }) = &self.second else { return };
        let mut fill = |id: ColumnId, value: &dyn Fn() -> Value| {
            if let Some(cell) = cells.get_mut(id.index())
                && *cell == 0
            {
                *cell = columns.unshared(id, value());
                touched.push(id);
            }
        };
        let fraction = moment.fraction();
        let text = |parts: &[&str]| Value::Text(parts.concat().into());
        let integer = |number: i64| Value::Integer(number.into());
        // As Falco does, but by the clock that the time is written in: the machine's zone is not known here.
        fill(self.time, &|| text(&[clock, &fraction]));
        if moment.dated {
            fill(self.iso8601, &|| text(&[utc, &fraction, "+0000"]));
            fill(self.datetime, &|| text(&[date, clock, &fraction]));
            fill(self.rawtime, &|| integer(moment.nanoseconds));
            fill(self.rawtime_ns, &|| integer(moment.nanoseconds.rem_euclid(SECOND)));
        }
        // All events of a second share these.
        let mut share = |id: ColumnId, value: Cell| {
            if let Some(cell) = cells.get_mut(id.index())
                && *cell == 0
            {
                *cell = value;
                touched.push(id);
            }
        };
        let cell = columns.text(self.time_s, clock);
        share(self.time_s, cell);
        if !moment.dated {
            return;
        }
        let now = moment.nanoseconds;
        let cell = columns.text(self.datetime_s, &[date.as_str(), clock].concat());
        share(self.datetime_s, cell);
        let cell = columns.cell(self.rawtime_s, integer(now.div_euclid(SECOND)));
        share(self.rawtime_s, cell);
        if partial {
            return;
        }
        let first = *self.first.get_or_insert(now);
        let last = self.last.replace(now).unwrap_or(now);
        for (ids, since) in [(self.reltime, first), (self.deltatime, last)] {
            // An event that stands out of order has no time since.
            let Some(since) = now.checked_sub(since).filter(|since| *since >= 0) else { continue };
            for (id, number) in ids.into_iter().zip([since, since / SECOND, since % SECOND]) {
                if let Some(cell) = cells.get_mut(id.index())
                    && *cell == 0
                {
                    *cell = columns.unshared(id, integer(number));
                    touched.push(id);
                }
            }
        }
    }
}
