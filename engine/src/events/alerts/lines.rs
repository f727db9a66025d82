//! The records of a log: objects on a line, behind whatever a collector wrote in front of them; in an array; spread over
//! several lines. What is no alert is counted by what it is.

use super::super::json::JsonError;
use super::record::{self, Alert, Found};
use super::scan::{Failed, Scan};
use super::{MAX_ALERT, MAX_INSIDE};
use crate::catalog::messages::{events, logs as messages};
use crate::report::Priority;
use crate::text::{Message, Span};

/// What is done with what is found.
pub(in crate::events) trait Sink {
    /// An alert with its places in `text`, and its own place in the file; it is `inside` a text if that is the text's place.
    /// Tells whether to go on.
    fn alert(&mut self, text: &str, alert: &Alert, at: Span, inside: bool) -> bool;
    /// Something that is no alert.
    fn skipped(&mut self, reason: fn() -> Message, at: Span);
    /// Something that cannot be read.
    fn broken(&mut self, error: JsonError);
}

/// A place in a log that may still grow.
#[derive(Default)]
pub(in crate::events) struct Lines {
    at: usize,
    /// Do not try again before there is so much text.
    wait_for: usize,
    stopped: bool,
    alert: Alert,
    found: Vec<Found>,
}

/// What came of a record.
enum Ended {
    /// Behind it reading goes on.
    Whole,
    /// The text ends in it.
    Open,
}

impl Lines {
    /// Reads on, to the end if the text is `whole`, else as far as it is certain.
    pub(in crate::events) fn read(&mut self, text: &str, whole: bool, sink: &mut dyn Sink) {
        if text.len() < self.wait_for && !whole {
            return;
        }
        while !self.stopped {
            let mut scan = Scan::new(text, self.at);
            while let Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | 0x1e) = scan.peek() {
                scan.at += 1;
            }
            let start = scan.at;
            self.at = start;
            let ended = match scan.peek() {
                None => return,
                Some(b'{') => self.record(text, start, sink),
                Some(b'[') => match opens_array(text, start) {
                    Some(true) => {
                        self.at += 1;
                        Ended::Whole
                    }
                    None if !whole => Ended::Open,
                    _ => self.line(text, whole, sink),
                },
                Some(b'"') => self.quoted(text, whole, sink),
                Some(_) => self.line(text, whole, sink),
            };
            if matches!(ended, Ended::Open) {
                if !whole {
                    self.at = start;
                    // Doubling keeps the cost of a record that never ends linear.
                    self.wait_for = text.len() + (text.len() - start);
                    return;
                }
                self.recover(text, start, start, sink, None);
            }
        }
    }

    /// A line that begins with something else: a record may stand behind it.
    fn line(&mut self, text: &str, whole: bool, sink: &mut dyn Sink) -> Ended {
        let start = self.at;
        let rest = text.get(start..).unwrap_or("");
        let Some(length) = rest.find('\n').or(whole.then_some(rest.len())) else { return Ended::Open };
        let line = rest.get(..length).unwrap_or("");
        if let Some(at) = object_in(line) {
            return self.record(text, start + at, sink);
        }
        self.at = start + length;
        let line = line.trim_end();
        let reason = if is_text_alert(line) { messages::skipped_text_alert } else { messages::skipped_line };
        sink.skipped(reason, Span::from_usize(start, start + line.len()));
        Ended::Whole
    }

    /// A text in quotes, as an element of an array or a line of its own.
    fn quoted(&mut self, text: &str, whole: bool, sink: &mut dyn Sink) -> Ended {
        let mut scan = Scan::new(text, self.at);
        match scan.string() {
            Ok(token) => {
                self.at = scan.at;
                self.found.push(Found::Text(token));
                self.flush(text, token.quoted(), messages::skipped_text, sink);
                Ended::Whole
            }
            Err(_) if scan.at >= text.len() && !whole => Ended::Open,
            Err(_) => self.line(text, whole, sink),
        }
    }

    /// The object at `start`.
    fn record(&mut self, text: &str, start: usize, sink: &mut dyn Sink) -> Ended {
        let mut scan = Scan::new(text, start);
        match record::read(&mut scan, &mut self.alert, &mut self.found) {
            Ok(true) => {
                self.at = scan.at;
                let at = scan.from(start);
                self.stopped = !emit(text, &self.alert, at, false, sink);
            }
            Ok(false) => {
                self.at = scan.at;
                self.flush(text, scan.from(start), self.alert.otherwise(), sink);
            }
            Err(_) if scan.at >= text.len() => {
                // Tried again with more text, or known to be cut off.
                if self.at != start {
                    self.at = start;
                }
                self.found.clear();
                return Ended::Open;
            }
            Err(Failed) => self.recover(text, start, scan.at, sink, scan.error),
        }
        Ended::Whole
    }

    /// After an error: what was found before it counts; reading goes on behind it, at the next object of the line or at
    /// the next line.
    fn recover(
        &mut self,
        text: &str,
        start: usize,
        error_at: usize,
        sink: &mut dyn Sink,
        error: Option<JsonError>,
    ) {
        let (error, error_at) = if error.is_some() {
            (error, error_at)
        } else {
            // The text ends in it: read again, to have what stands before the end.
            let from = object_in(text.get(start..).unwrap_or("")).unwrap_or(0);
            let mut scan = Scan::new(text, start + from);
            let read = record::read(&mut scan, &mut self.alert, &mut self.found);
            (scan.error.filter(|_| read.is_err()), text.len())
        };
        let at = Span::from_usize(start, error_at.max(start));
        let inside = if self.found.is_empty() { object_after_cut(text, at) } else { None };
        for found in std::mem::take(&mut self.found) {
            self.one(text, found, None, 0, sink);
        }
        if let Some(error) = error {
            sink.skipped(events::skipped_broken, first_line(text, at));
            sink.broken(error);
        }
        let before = text.get(..error_at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        self.at = if let Some(inside) = inside {
            inside
        } else if line_start > start {
            line_start
        } else {
            let rest = text.get(error_at..).unwrap_or("");
            let line = rest.find('\n').unwrap_or(rest.len());
            error_at + rest.get(..line).and_then(object_in).unwrap_or(line)
        };
        // A place inside a character is behind it.
        while !text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// Goes through what was found in a record that is no alert.
    fn flush(&mut self, text: &str, at: Span, otherwise: fn() -> Message, sink: &mut dyn Sink) {
        let found = std::mem::take(&mut self.found);
        let mut missed = Vec::new();
        let mut alerts = 0;
        for one in &found {
            let in_it = self.one(text, *one, None, 0, sink);
            alerts += in_it;
            if let (0, Found::Text(token)) = (in_it, one) {
                missed.push(token.quoted());
            }
        }
        if alerts == 0 {
            sink.skipped(otherwise, at);
        } else {
            for at in missed {
                sink.skipped(messages::skipped_text, at);
            }
        }
        self.found = found;
        self.found.clear();
    }

    /// An alert, or a text with alerts in it; how many there were. `place` is that of the outermost text.
    fn one(
        &mut self,
        text: &str,
        found: Found,
        place: Option<Span>,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> usize {
        if self.stopped {
            return 0;
        }
        let token = match found {
            Found::Object(at) => {
                let mut scan = Scan::new(text, at.start as usize);
                let read = record::read(&mut scan, &mut self.alert, &mut Vec::new());
                if read.is_ok_and(|is_alert| is_alert) {
                    self.stopped = !emit(text, &self.alert, place.unwrap_or(at), place.is_some(), sink);
                    return 1;
                }
                return 0;
            }
            Found::Text(token) if depth < MAX_INSIDE => token,
            Found::Text(_) => return 0,
        };
        let Some(inner) = token.text(text) else { return 0 };
        let place = place.unwrap_or(token.quoted());
        let mut alerts = 0;
        let mut from = 0;
        while let Some(at) = inner.get(from..).and_then(object_in) {
            let mut scan = Scan::new(&inner, from + at);
            let mut found = Vec::new();
            let read = record::read(&mut scan, &mut self.alert, &mut found);
            from = scan.at;
            match read {
                Ok(true) => {
                    alerts += 1;
                    self.stopped = !emit(&inner, &self.alert, place, true, sink);
                }
                Ok(false) => {
                    for one in found {
                        alerts += self.one(&inner, one, Some(place), depth + 1, sink);
                    }
                }
                Err(_) => break,
            }
        }
        alerts
    }
}

fn emit(text: &str, alert: &Alert, at: Span, inside: bool, sink: &mut dyn Sink) -> bool {
    if at.len() > MAX_ALERT {
        sink.skipped(messages::skipped_long, first_line(text, at));
        return true;
    }
    sink.alert(text, alert, at, inside)
}

/// Whether the bracket at `start` opens an array, and not the prefix of a line such as `[pod/falco]`. None if the text
/// ends too early.
fn opens_array(text: &str, start: usize) -> Option<bool> {
    let rest = text.get(start + 1..)?.trim_start();
    rest.bytes().next().map(|byte| matches!(byte, b'{' | b'[' | b'"' | b']'))
}

/// Where the first object with a key begins.
pub(super) fn object_in(line: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + line.get(from..)?.find('{')?;
        let inside = line.get(at + 1..)?.trim_start();
        if inside.is_empty() || inside.starts_with(['"', '}']) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Where an object begins in the middle of a text or a key of the broken record at `at`: two lines were written into one.
fn object_after_cut(text: &str, at: Span) -> Option<usize> {
    let inside = at.slice(text).rfind("{\"").filter(|inside| *inside > 0)?;
    let before = at.slice(text).as_bytes().get(inside - 1)?;
    (!b":,[ \t\r\n\\".contains(before)).then_some(at.start as usize + inside)
}

/// `at` up to the end of its first line, and not more than people read.
fn first_line(text: &str, at: Span) -> Span {
    let shown = at.slice(text).lines().next().unwrap_or("");
    let shown = shown.char_indices().nth(200).map_or(shown.len(), |(end, _)| end);
    Span::new(at.start, at.start + shown as u32)
}

/// Whether a line is an alert as Falco prints it without `json_output`: time, priority, text.
fn is_text_alert(line: &str) -> bool {
    let Some((time, rest)) = line.split_once(": ") else { return false };
    let time = time.rsplit(' ').next().unwrap_or("");
    let word = rest.split(' ').next().unwrap_or("");
    time.len() >= 8
        && time.starts_with(|c: char| c.is_ascii_digit())
        && time.contains(':')
        && Priority::ALL.iter().any(|priority| priority.name() == word)
}

/// Whether a text without JSON is a log of Falco: one of its first lines is an alert.
pub(super) fn is_text_log(text: &str) -> bool {
    text.lines().take(50).any(is_text_alert)
}
