//! Times: read as people write them, printed as Falco does. Calendar of the West, no leap seconds, like Unix time.

/// When an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Nanoseconds since 1970 in UTC; only the time of day counts where there is no date.
    pub nanoseconds: i64,
    /// Seconds by which the written clock is ahead of UTC.
    pub offset: i32,
    /// False for a bare time of day.
    pub dated: bool,
}

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 24 * 60 * 60;

/// A clock and calendar reading.
struct Reading {
    year: i64,
    month: i64,
    day: i64,
    /// Seconds of the day.
    seconds: i64,
    nanoseconds: i64,
}

impl Moment {
    /// Reads RFC 3339 (`2026-04-14T09:30:00.5+09:00`; a blank or `t` for the `T`, no offset for UTC, a date alone for
    /// its midnight) or a time of day (`09:30:00.5`, `09:30`).
    pub fn parse(text: &str) -> Option<Self> {
        Self::printed(text.as_bytes()).or_else(|| Self::written(text.trim()))
    }

    /// Reads the forms in which programs print times, which are most: `2026-04-14T09:30:00.5Z` and `09:30:00.5`.
    fn printed(text: &[u8]) -> Option<Self> {
        let (days, clock) = match text {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', clock @ .., b'Z'] => {
                let year = digits(*y1, *y2)? * 100 + digits(*y3, *y4)?;
                (Some(days_of(year, digits(*m1, *m2)?, digits(*d1, *d2)?)?), clock)
            }
            clock => (None, clock),
        };
        let [h1, h2, b':', m1, m2, b':', s1, s2, b'.', fraction @ ..] = clock else { return None };
        let clock = [digits(*h1, *h2)?, digits(*m1, *m2)?, digits(*s1, *s2)?];
        Self::of(days, clock, nanoseconds_of(fraction)?, 0)
    }

    /// Reads whatever people write.
    fn written(text: &str) -> Option<Self> {
        let (date, clock) = match text.get(10..11) {
            Some("T" | "t" | " ") => (text.get(..10), text.get(11..)?),
            None if text.get(4..5) == Some("-") => (Some(text), "00:00:00"),
            _ => (None, text),
        };
        let days = match date {
            Some(date) => Some(days_of_date(date)?),
            None => None,
        };
        let (clock, offset) = split_offset(clock)?;
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        let mut parts = whole.split(':').map(two_digits);
        let (hours, minutes) = (parts.next()??, parts.next()??);
        let seconds = parts.next().unwrap_or(Some(0))?;
        if parts.next().is_some() {
            return None;
        }
        Self::of(days, [hours, minutes, seconds], nanoseconds_of(fraction.as_bytes())?, offset)
    }

    fn of(days: Option<i64>, clock: [i64; 3], nanoseconds: i64, offset: i32) -> Option<Self> {
        let [hours, minutes, seconds] = clock;
        if hours > 23 || minutes > 59 || seconds > 60 {
            return None;
        }
        let local = days.unwrap_or(0).checked_mul(DAY)?.checked_add((hours * 60 + minutes) * 60 + seconds)?;
        let utc = local.checked_sub(i64::from(offset))?;
        let nanoseconds = utc.checked_mul(SECOND)?.checked_add(nanoseconds)?;
        Some(Self { nanoseconds, offset, dated: days.is_some() })
    }

    /// A moment in UTC.
    pub fn utc(nanoseconds: i64) -> Self {
        Self { nanoseconds, offset: 0, dated: true }
    }

    /// Milliseconds since 1970, or since midnight.
    pub fn milliseconds(self) -> i64 {
        self.nanoseconds.div_euclid(1_000_000)
    }

    fn reading(self, offset: i32) -> Reading {
        let seconds = self.nanoseconds.div_euclid(SECOND) + i64::from(offset);
        let (year, month, day) = date_of_days(seconds.div_euclid(DAY));
        let nanoseconds = self.nanoseconds.rem_euclid(SECOND);
        Reading { year, month, day, seconds: seconds.rem_euclid(DAY), nanoseconds }
    }

    /// `09:30:00`, by the written clock: `evt.time.s`.
    pub fn clock(self) -> String {
        let Reading { seconds, .. } = self.reading(self.offset);
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// The hour of the day, by the written clock.
    pub fn hour(self) -> i64 {
        self.reading(self.offset).seconds / 3600
    }

    /// `.500000000`
    pub fn fraction(self) -> String {
        let mut rest = self.nanoseconds.rem_euclid(SECOND);
        let mut out = *b".000000000";
        for place in out.iter_mut().skip(1).rev() {
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        out.iter().map(|byte| char::from(*byte)).collect()
    }

    /// `2026-04-14`, by the written clock.
    pub fn date(self) -> String {
        let Reading { year, month, day, .. } = self.reading(self.offset);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `2026-04-14T00:30:00.500000000`, always in UTC and without a zone.
    pub fn iso8601(self) -> String {
        let Reading { year, month, day, seconds, nanoseconds } = self.reading(0);
        let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}.{nanoseconds:09}")
    }
}

/// `clock` without its zone, and the zone in seconds ahead of UTC.
fn split_offset(clock: &str) -> Option<(&str, i32)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else { return Some((clock, 0)) };
    let (clock, zone) = (clock.get(..at)?, clock.get(at..)?);
    let digits = zone.get(1..)?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (two_digits(hours)?, two_digits(minutes)?),
        None if digits.len() == 4 => (two_digits(digits.get(..2)?)?, two_digits(digits.get(2..)?)?),
        None => (two_digits(digits)?, 0),
    };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from((hours * 60 + minutes) * 60).ok()?;
    Some((clock, if zone.starts_with('-') { -seconds } else { seconds }))
}

fn nanoseconds_of(fraction: &[u8]) -> Option<i64> {
    let mut nanoseconds = 0;
    let mut unit = SECOND / 10;
    for digit in fraction {
        nanoseconds += i64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?) * unit;
        unit /= 10;
    }
    Some(nanoseconds)
}

fn two_digits(text: &str) -> Option<i64> {
    match *text.as_bytes() {
        [ones] => digits(b'0', ones),
        [tens, ones] => digits(tens, ones),
        _ => None,
    }
}

fn digits(tens: u8, ones: u8) -> Option<i64> {
    let both = tens.is_ascii_digit() && ones.is_ascii_digit();
    both.then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
}

/// Days from 1970-01-01 to `YYYY-MM-DD`.
fn days_of_date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = parts
        .next()
        .filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?
        .parse::<i64>()
        .ok()?;
    let (month, day) = (two_digits(parts.next()?)?, two_digits(parts.next()?)?);
    if parts.next().is_some() { None } else { days_of(year, month, day) }
}

/// Days from 1970-01-01 to a day, if there is such a day.
fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length {
        return None;
    }
    // Counted from March, so that the leap day is the last of its year.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * m + 2) / 5 + day - 1;
    Some(365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + day_of_year - 719_468)
}

/// Year, month and day of a day counted from 1970-01-01.
fn date_of_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * day_of_year + 2) / 153;
    let month = if m < 10 { m + 3 } else { m - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * m + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_times_are_read() {
        let ns = |text| Moment::parse(text).map(|m| m.nanoseconds);
        assert_eq!(ns("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(ns("2001-09-09T01:46:40Z"), Some(1_000_000_000 * SECOND));
        assert_eq!(ns("2001-09-09 10:46:40.5+09:00"), Some(1_000_000_000 * SECOND + SECOND / 2));
        assert_eq!(ns("2001-09-08T21:46:40-0400"), Some(1_000_000_000 * SECOND));
        assert_eq!(ns("2024-02-29"), Some(1_709_164_800 * SECOND));
        assert_eq!(ns("00:00:01.25"), Some(1_250_000_000));
        assert!(!Moment::parse("09:30").unwrap().dated);
        for bad in [
            "",
            "x",
            "2023-02-29T00:00:00Z",
            "25:00:00",
            "9",
            "2024-13-01",
            "日本語日本語",
            "09:30:00+",
            "1:2:3:4",
        ] {
            assert_eq!(ns(bad), None, "{bad}");
        }
        assert_eq!(ns("9999-12-31T00:00:00Z"), None, "does not fit");
    }

    #[test]
    fn what_programs_print_is_read_as_what_people_write() {
        let forms = ["2026-04-14T09:30:00.123456789Z", "09:30:00.5", "2024-02-29T23:59:60.0000000009Z"];
        for form in forms {
            assert!(Moment::printed(form.as_bytes()).is_some(), "{form}");
            for (at, _) in form.char_indices() {
                for other in ['0', '3', '9', ':', '-', '.', 'T', 'Z', ' ', '+', '日'] {
                    let changed = format!("{}{other}{}", &form[..at], &form[at + 1..]);
                    let printed = Moment::printed(changed.as_bytes());
                    assert!(printed.is_none() || printed == Moment::written(&changed), "{changed}");
                }
            }
        }
    }

    #[test]
    fn times_are_printed_by_the_written_clock_and_in_utc() {
        let moment = Moment::parse("2026-04-14T00:02:11.204517+09:00").unwrap();
        assert_eq!(moment.clock() + &moment.fraction(), "00:02:11.204517000");
        assert_eq!(moment.date(), "2026-04-14");
        assert_eq!(moment.iso8601(), "2026-04-13T15:02:11.204517000");
        assert_eq!(Moment::utc(-1).iso8601(), "1969-12-31T23:59:59.999999999");
    }

    #[test]
    fn every_day_survives_the_round_trip() {
        for days in (-800_000..800_000).step_by(97) {
            let (y, m, d) = date_of_days(days);
            if (1..=9999).contains(&y) {
                assert_eq!(days_of_date(&format!("{y:04}-{m:02}-{d:02}")), Some(days));
            }
        }
    }
}
