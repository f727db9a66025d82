//! Alerts of Falco in logs. An alert is found by what it is, an object with a rule and the fields of its output, and not by
//! where it stands: alone on a line, behind the prefix of a log collector, in an array, anywhere in an export, or
//! inside a text of it.
//!
//! `scan` reads tokens, `record` finds the alerts of one record, `lines` the records of a file, `pieces` puts lines together
//! that were cut, `push` makes events of alerts. An alert says only the fields of its output, so its event leaves all others open.

mod cell;
mod keys;
mod lines;
mod look;
mod meaning;
mod pieces;
mod push;
mod record;
mod scan;

pub(super) use lines::{Lines, Sink};
pub(super) use push::{Alerts, Known};
pub(super) use record::Alert;

use super::json::JsonError;
use crate::text::{Message, Span};
use pieces::Stands;
use scan::{Scan, Token};

/// Longer alerts are left out.
pub(super) const MAX_ALERT: u32 = 1 << 20;

/// Texts in texts are looked into this deep.
pub(super) const MAX_INSIDE: u32 = 4;

/// Where the first alert of a log begins, if `text` is a log with alerts.
pub(super) fn first(text: &str) -> Option<u32> {
    /// Stops at the first alert.
    struct First(Option<u32>);
    impl Sink for First {
        fn alert(&mut self, _: &str, _: &Alert, at: Span, _: Stands<'_>) -> bool {
            self.0 = Some(at.start);
            false
        }
        fn skipped(&mut self, _: fn() -> Message, _: Span) {}
        fn broken(&mut self, _: JsonError) {}
    }
    // What every alert has, in the file or in a text of it.
    let named = text.contains("output_fields") || text.contains("\"priority") || text.contains("priority\\");
    let mut first = First(None);
    if named {
        Lines::default().read(text, true, &mut first);
    }
    first.0.or_else(|| look::is_text_log(text).then_some(0))
}

/// The fields that the alert at `at` of a file gives, with their places; for one in a text that of the text.
pub(super) fn places(file: &str, at: Span) -> Vec<(String, Span)> {
    let written = at.slice(file);
    let token = Token { at: Span::new(at.start + 1, at.end.saturating_sub(1)), escaped: true };
    let inner = if written.starts_with('"') { token.text(file) } else { None };
    let (text, start) = match &inner {
        Some(inner) => (&**inner, look::object_in(inner).unwrap_or(0)),
        None => (file, at.start as usize),
    };
    let mut alert = Alert::default();
    match record::read(&mut Scan::new(text, start), &mut alert, &mut Vec::new()) {
        Ok(true) if inner.is_some() => places_of(text, &alert, Stands::Text(at)),
        Ok(true) => places_of(text, &alert, Stands::File),
        _ => {
            // The first piece of a line.
            let mut found = Places { at, fields: Vec::new() };
            Lines::from(at).read(file, true, &mut found);
            found.fields
        }
    }
}

/// Stops at the alert that stands at `at`.
struct Places {
    at: Span,
    fields: Vec<(String, Span)>,
}

impl Sink for Places {
    fn alert(&mut self, text: &str, alert: &Alert, at: Span, stands: Stands<'_>) -> bool {
        if at == self.at {
            self.fields = places_of(text, alert, stands);
        }
        at != self.at
    }
    fn skipped(&mut self, _: fn() -> Message, _: Span) {}
    fn broken(&mut self, _: JsonError) {}
}

fn places_of(text: &str, alert: &Alert, stands: Stands<'_>) -> Vec<(String, Span)> {
    let fields = alert.fields.iter().map(|field| (field.key, field.value.at()));
    let fields =
        fields.filter_map(|(key, value)| Some((key.text(text)?.into_owned(), key.quoted().cover(value))));
    let named = [("evt.hostname", alert.hostname), ("evt.source", alert.source), ("evt.time", alert.time)];
    let named = named.into_iter().filter_map(|(name, token)| Some((name.to_owned(), token?.quoted())));
    fields.chain(named).map(|(name, span)| (name, stands.place(span))).collect()
}
