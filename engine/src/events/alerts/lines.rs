//! The records of a log: objects on a line, behind whatever a collector wrote in front of them; in an array; spread over
//! several lines. What is no alert is counted by what it is.

use super::super::json::JsonError;
use super::look::{first_line, object_after_cut, object_in, opens_array, without_json};
use super::pieces::{self, Beginning, Piece, Split, Splits, Stands, Stream};
use super::record::{self, Alert, Found};
use super::scan::{Failed, Scan};
use super::{MAX_ALERT, MAX_INSIDE};
use crate::catalog::messages::{events, logs as messages};
use crate::text::{Message, Span};

/// What is done with what is found.
pub(in crate::events) trait Sink {
    /// An alert with its places in `text`, which `stands` in the file, and its own place there. Tells whether to go on.
    fn alert(&mut self, text: &str, alert: &Alert, at: Span, stands: Stands<'_>) -> bool;
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
    /// Lines that were cut into pieces.
    splits: Splits,
}

/// What came of a record.
enum Ended {
    /// Behind it reading goes on.
    Whole,
    /// The text ends in it.
    Open,
}

/// What came of a text in a record, or of a line that was put together.
struct Inside {
    alerts: usize,
    /// Why reading it has ended before its end.
    error: Option<JsonError>,
    /// What it is without alerts.
    otherwise: fn() -> Message,
}

impl Lines {
    /// Reads every key as if it were the first.
    #[cfg(test)]
    pub(in crate::events) fn without_expected_keys() -> Self {
        Self { alert: Alert::without_expected_keys(), ..Self::default() }
    }

    /// What is at `at`, as if the file began there.
    pub(super) fn from(at: Span) -> Self {
        Self { at: at.start as usize, ..Self::default() }
    }

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
                None => {
                    while whole && let Some(split) = self.splits.take(None) {
                        self.join(text, split, false, sink);
                    }
                    return;
                }
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
        if let Some(piece) = pieces::of_line(line.trim_end_matches('\r'), start)
            && self.piece(text, &piece, sink)
        {
            self.at = start + length;
            return Ended::Whole;
        }
        if let Some(at) = object_in(line) {
            return self.record(text, start + at, sink);
        }
        self.at = start + length;
        let line = line.trim_end();
        sink.skipped(without_json(line), Span::from_usize(start, start + line.len()));
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
                self.stopped = !emit(text, &self.alert, at, Stands::File, sink);
            }
            Ok(false) => {
                self.at = scan.at;
                let at = scan.from(start);
                let piece = match self.found.as_slice() {
                    [Found::Text(token)] => pieces::of_record(text, at, *token),
                    _ => None,
                };
                let otherwise = self.alert.otherwise();
                if piece.is_some_and(|piece| self.piece(text, &piece, sink)) {
                    self.found.clear();
                } else {
                    self.flush(text, at, otherwise, sink);
                }
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

    /// Takes a piece of a line that was cut; tells whether it is one, or else is read as all others.
    fn piece(&mut self, text: &str, piece: &Piece, sink: &mut dyn Sink) -> bool {
        let open = self.splits.has(piece.stream);
        if piece.last && !open {
            return false;
        }
        let Some(said) = piece.token.text(text) else { return false };
        let beginning = pieces::beginning(&said, &mut self.alert);
        if beginning == Beginning::Alert {
            // The end of the line before is missing.
            self.end_split(text, piece.stream, false, sink);
            return false;
        }
        if !(open || piece.goes_on || beginning == Beginning::Open) {
            return false;
        }
        if let Some(too_long) = self.splits.add(piece, said.len()) {
            sink.skipped(messages::skipped_long, first_line(text, too_long));
        }
        if piece.last {
            self.end_split(text, piece.stream, true, sink);
        }
        true
    }

    fn end_split(&mut self, text: &str, stream: Stream, whole: bool, sink: &mut dyn Sink) {
        if let Some(split) = self.splits.take(Some(stream)) {
            self.join(text, split, whole, sink);
        }
    }

    /// Puts a line together, of which the end may be missing.
    fn join(&mut self, text: &str, split: Split, whole: bool, sink: &mut dyn Sink) {
        if self.stopped || !split.fits() {
            return;
        }
        let joined = split.joined(text);
        let stands = Stands::Pieces(&joined);
        let inside = self.inside(&joined.text, joined.at, stands, 0, sink);
        let reason = match inside.error {
            _ if inside.alerts > 0 => return,
            Some(mut error) if whole => {
                error.at = stands.place(error.at);
                sink.broken(error);
                events::skipped_broken
            }
            _ if !whole => messages::skipped_unfinished,
            _ => inside.otherwise,
        };
        sink.skipped(reason, first_line(text, joined.at));
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
                    let stands = place.map_or(Stands::File, Stands::Text);
                    self.stopped = !emit(text, &self.alert, place.unwrap_or(at), stands, sink);
                    return 1;
                }
                return 0;
            }
            Found::Text(token) if depth < MAX_INSIDE => token,
            Found::Text(_) => return 0,
        };
        let Some(inner) = token.text(text) else { return 0 };
        let place = place.unwrap_or(token.quoted());
        self.inside(&inner, place, Stands::Text(place), depth, sink).alerts
    }

    /// Goes through the objects in a text that stands at `place`.
    fn inside(
        &mut self,
        inner: &str,
        place: Span,
        stands: Stands<'_>,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> Inside {
        let mut inside = Inside { alerts: 0, error: None, otherwise: without_json(inner) };
        let mut from = 0;
        while let Some(at) = inner.get(from..).and_then(object_in) {
            let mut scan = Scan::new(inner, from + at);
            let mut found = Vec::new();
            let read = record::read(&mut scan, &mut self.alert, &mut found);
            from = scan.at;
            match read {
                Ok(true) => {
                    inside.alerts += 1;
                    self.stopped = !emit(inner, &self.alert, place, stands, sink);
                }
                Ok(false) => {
                    inside.otherwise = self.alert.otherwise();
                    for one in found {
                        inside.alerts += self.one(inner, one, Some(place), depth + 1, sink);
                    }
                }
                Err(Failed) => {
                    inside.error = scan.error;
                    break;
                }
            }
        }
        inside
    }
}

fn emit(text: &str, alert: &Alert, at: Span, stands: Stands<'_>, sink: &mut dyn Sink) -> bool {
    if at.len() > MAX_ALERT {
        sink.skipped(messages::skipped_long, first_line(text, at));
        return true;
    }
    sink.alert(text, alert, at, stands)
}
