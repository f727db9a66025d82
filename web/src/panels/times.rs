//! Events by time: how many happened when, and what the rules say of them; in columns that are drawn or listed. Plain data.
#![expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "there are few columns, and times are in milliseconds"
)]

use crate::results::{EventState, Results};
use std::fmt::Write;
use wasm_bindgen::JsValue;

/// Most columns.
const COLUMNS: i64 = 60;
/// The drawing, in units of its own.
pub(super) const WIDTH: f64 = 600.0;
pub(super) const HEIGHT: f64 = 52.0;
/// The highest column; what is too little to be seen may stand above it.
const HIGHEST: f64 = 40.0;
/// Where there are events of a state, this much is seen of them.
const LEAST: f64 = 3.0;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// What a column may stand for, in milliseconds; beyond the last, its doubles.
const STEPS: [i64; 31] = [
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    30 * DAY,
    365 * DAY,
];

/// Events by time.
#[derive(Clone, PartialEq)]
pub(super) struct Times {
    pub(super) start: i64,
    step: i64,
    /// By column: number of events in the order of [`STATES`].
    pub(super) columns: Vec<[u32; 4]>,
    /// Milliseconds that the clock of the events is ahead of UTC.
    ahead: i64,
    dated: bool,
    /// Events that have no time, or none that can be compared with the others'.
    pub(super) without: usize,
    /// How often an event is earlier than the one before it.
    pub(super) back: usize,
}

impl Times {
    /// None where all events happened at once.
    pub(super) fn of(results: &Results) -> Option<Self> {
        let dated = results.events.iter().any(|event| event.when >= Some(DAY));
        let comparable = |when: &i64| !dated || *when >= DAY;
        let times = || results.events.iter().filter_map(|event| event.when.filter(comparable));
        let (first, last) = (times().min()?, times().max()?);
        if first == last {
            return None;
        }
        let clock = results.events.iter().find(|event| event.when.as_ref().is_some_and(comparable));
        let ahead = clock.and_then(|event| ahead(&event.time, event.when?)).unwrap_or(0);
        let fits = |step: &i64| (last - first) / step < COLUMNS - 1;
        let mut step = STEPS.into_iter().find(fits).unwrap_or(365 * DAY);
        while !fits(&step) {
            step *= 2;
        }
        let start = (first + ahead).div_euclid(step) * step - ahead;
        let mut columns = vec![[0; 4]; ((last - start) / step + 1) as usize];
        let (mut without, mut back, mut before) = (0, 0, None);
        for (at, event) in (0..).zip(&results.events) {
            let Some(when) = event.when.filter(comparable) else {
                without += 1;
                continue;
            };
            let state = results.state(at) as usize;
            if let Some(count) =
                columns.get_mut(((when - start) / step) as usize).and_then(|column| column.get_mut(state))
            {
                *count += 1;
            }
            back += usize::from(before.is_some_and(|(file, before)| file == event.file && when < before));
            before = Some((event.file, when));
        }
        Some(Self { start, step, columns, ahead, dated, without, back })
    }

    /// The first and the last column of the chosen range.
    pub(super) fn chosen(&self, range: Option<(i64, i64)>) -> (usize, usize) {
        let last = self.columns.len().saturating_sub(1);
        let Some((from, to)) = range else { return (0, last) };
        let column = |when: i64| ((when - self.start).div_euclid(self.step).max(0) as usize).min(last);
        (column(from), column(to - 1))
    }

    /// When a column begins.
    pub(super) fn edge(&self, column: usize) -> i64 {
        self.start + column as i64 * self.step
    }

    /// A time as the events have it, as exactly as columns need.
    pub(super) fn name(&self, when: i64) -> String {
        let all = js_sys::Date::new(&JsValue::from_f64((when + self.ahead) as f64)).to_iso_string();
        let all = all.as_string().unwrap_or_default();
        let (date, clock) = all.trim_end_matches('Z').split_once('T').unwrap_or(("", ""));
        let many_days = self.columns.len() as i64 * self.step > DAY;
        let long = if self.step < SECOND { 12 } else { 8 };
        let clock = clock.get(..long).unwrap_or(clock);
        match (self.dated && many_days, self.step < DAY) {
            (true, true) => format!("{date} {clock}"),
            (true, false) => date.to_owned(),
            (false, _) => clock.to_owned(),
        }
    }

    /// The range of some columns; none for all of them.
    pub(super) fn range(&self, columns: (usize, usize)) -> Option<(i64, i64)> {
        let all = columns == (0, self.columns.len() - 1);
        (!all).then(|| (self.edge(columns.0), self.edge(columns.1 + 1)))
    }

    /// The columns of one state as a path; those of the states before it stand below.
    pub(super) fn path(&self, state: EventState) -> String {
        let most = self.columns.iter().map(|column| column.iter().sum::<u32>()).max().unwrap_or(1).max(1);
        let width = WIDTH / self.columns.len() as f64;
        let height = |count: u32| {
            if count == 0 { 0.0 } else { (f64::from(count) / f64::from(most) * HIGHEST).max(LEAST) }
        };
        let mut path = String::new();
        for (at, column) in self.columns.iter().enumerate() {
            let own = state as usize;
            let below: f64 = column.iter().take(own).map(|count| height(*count)).sum();
            let tall = height(column.get(own).copied().unwrap_or(0));
            if tall > 0.0 {
                let (x, y) = (at as f64 * width + width * 0.1, HEIGHT - below - tall);
                let _ = write!(path, "M{x:.1} {y:.1}h{:.1}v{tall:.1}h-{:.1}z", width * 0.8, width * 0.8);
            }
        }
        path
    }
}

/// The column at a part of the width.
pub(super) fn column_at(part: f64, last: usize) -> usize {
    (part * (last + 1) as f64).clamp(0.0, last as f64) as usize
}

/// Where a column begins, of `width` for all of them.
pub(super) fn place_of(column: usize, last: usize, width: f64) -> f64 {
    column as f64 * width / (last + 1) as f64
}

/// How far the written clock (`09:30:00`) is ahead of UTC.
fn ahead(clock: &str, when: i64) -> Option<i64> {
    let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let ahead = (hours * HOUR + minutes * MINUTE + seconds * SECOND - when.rem_euclid(DAY) / SECOND * SECOND)
        .rem_euclid(DAY);
    Some(if ahead > 14 * HOUR { ahead - DAY } else { ahead })
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::report::EventSummary;

    fn results(times: &[Option<i64>]) -> Results {
        let event = |when: &Option<i64>| EventSummary { when: *when, ..EventSummary::default() };
        let mut results = Results::default();
        results.events.extend(times.iter().map(event));
        results
    }

    #[test]
    fn columns_hold_every_event_with_a_time() {
        let noon = 20_000 * DAY + 12 * HOUR;
        let times =
            Times::of(&results(&[Some(noon), None, Some(noon + 59_999), Some(noon + 10), Some(5 * HOUR)]));
        let times = times.expect("two times");
        assert_eq!((times.step, times.start, times.without, times.back), (2 * SECOND, noon, 2, 1));
        assert_eq!(times.columns.iter().map(|column| column[3]).sum::<u32>(), 3);
        assert_eq!(times.columns[0][3], 2);
        assert_eq!(times.chosen(times.range((3, 4))), (3, 4));
        assert_eq!(times.range((0, times.columns.len() - 1)), None);
    }

    #[test]
    fn years_apart_or_at_once() {
        assert!(Times::of(&results(&[Some(7), None, Some(7)])).is_none());
        assert!(Times::of(&results(&[])).is_none());
        let apart = Times::of(&results(&[Some(DAY), Some(9_000_000_000_000)])).expect("two times");
        assert!(apart.columns.len() <= 60 && apart.columns[0][3] == 1);
        let days = Times::of(&results(&[Some(5 * HOUR), Some(6 * HOUR)])).expect("times of a day");
        assert!(!days.dated && days.step == 2 * MINUTE);
    }

    #[test]
    fn clocks_are_ahead_or_behind() {
        for (clock, hours) in [("09:30:00", 0), ("18:30:00", 9), ("04:30:00", -5), ("22:30:00", 13)] {
            assert_eq!(ahead(clock, 9 * HOUR + 30 * MINUTE + 5), Some(hours * HOUR), "{clock}");
        }
        assert_eq!(ahead("", 0), None);
    }
}
