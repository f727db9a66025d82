//! An alert as an event: it says its source, its time, the host, and the fields of its output; all others are unknown. The
//! rule is kept as the one that fired then.

use super::super::build::{Added, Builder, Resolved};
use super::super::raw::Raw;
use super::super::skipped::SkippedRecords;
use super::super::store::{ABSENT, About, ColumnId};
use super::super::time::Moment;
use super::super::{MAX_EVENTS, json, json::JsonError};
use super::cell::{MISSING, cell};
use super::lines::Sink;
use super::meaning::{Meaning, Meanings, New};
use super::pieces::Stands;
use super::record::{Alert, Field};
use super::scan::{Token, Value as Written};
use crate::catalog::fields::{self, FieldSource};
use crate::catalog::messages::{events, logs as messages};
use crate::catalog::{FieldKey, SYSCALL, codes};
use crate::text::{Message, Severity, Span};
use std::borrow::Cow;

/// The source of what Falco says of itself.
const INTERNAL: &str = "internal";

/// So many nanoseconds may an alert be earlier than the one before: those of several processors overlap.
const JITTER: i64 = 1_000_000_000;

/// Makes events of alerts.
pub(in crate::events) struct Alerts<'b> {
    pub(in crate::events) builder: &'b mut Builder,
    pub(in crate::events) skipped: &'b mut SkippedRecords,
    pub(in crate::events) known: &'b mut Known,
}

/// What is remembered from alert to alert.
#[derive(Default)]
pub(in crate::events) struct Known {
    meanings: Meanings,
    /// Alerts so far, of which only some are taken.
    seen: usize,
    /// The moment of the alert before, in nanoseconds.
    last: Option<i64>,
    /// Alerts that are earlier than the one before.
    backwards: u32,
    hostname: Option<ColumnId>,
}

impl Known {
    /// Says what can only be said of the whole file.
    pub(in crate::events) fn end_file(&mut self, builder: &mut Builder) {
        if self.backwards > 0 {
            let message = messages::out_of_order(self.backwards.to_string());
            let problem = builder.problems.new_at(&codes::ALERT_ORDER, Span::default(), message);
            builder.problems.push(problem.note(messages::order_of_file()));
        }
        (self.backwards, self.last) = (0, None);
        self.meanings.clear();
    }
}

impl Sink for Alerts<'_> {
    fn alert(&mut self, text: &str, alert: &Alert, at: Span, stands: Stands<'_>) -> bool {
        let nth = self.builder.options.sample.max(1) as usize;
        self.known.seen += 1;
        if !(self.known.seen - 1).is_multiple_of(nth) {
            self.skipped.add(messages::skipped_sample, at);
            return true;
        }
        if self.builder.len() >= MAX_EVENTS {
            let message = events::too_many_events(MAX_EVENTS.to_string());
            let problem = self.builder.problems.new_at(&codes::EVENT_LIMIT, at, message);
            self.builder.problems.push(problem);
            return false;
        }
        self.push(text, alert, at, stands);
        true
    }

    fn skipped(&mut self, reason: fn() -> Message, at: Span) {
        self.skipped.add(reason, at);
    }

    fn broken(&mut self, error: JsonError) {
        let mut broken = self.builder.problems.new_at(&codes::EVENT_SYNTAX, error.at, error.message);
        broken.severity = Severity::Warning;
        self.builder.problems.push(broken.note(messages::alert_skipped()));
    }
}

/// An alert on its way to the store.
struct Pushed<'a> {
    text: &'a str,
    /// How its problems get their places.
    stands: Stands<'a>,
    moment: Option<Moment>,
    /// Whether it has a field of a container.
    own_container: bool,
}

impl Alerts<'_> {
    fn push(&mut self, text: &str, alert: &Alert, at: Span, stands: Stands<'_>) {
        let of = |token: Option<Token>| token.and_then(|token| token.text(text));
        let source = of(alert.source).unwrap_or_else(|| Cow::Borrowed(source_by_fields(text, alert)));
        if source == INTERNAL {
            self.skipped.add(messages::skipped_internal, at);
            return;
        }
        self.builder.partial = true;
        let source_id = self.builder.source_at(&source);
        let moment = of(alert.time).and_then(|time| Moment::parse(&time)).filter(|moment| moment.dated);
        let mut pushed = Pushed { text, stands, moment, own_container: false };
        for field in &alert.fields {
            let meaning = self.known.meanings.of(source_id, field.id).unwrap_or_else(|| {
                let name = &*field.key.text(text).unwrap_or_default();
                let at = pushed.place(field.key.quoted());
                let new = New { key: field.id, name, value: field.value, at };
                self.known.meanings.find(self.builder, (source_id, &source), &new)
            });
            match meaning {
                Meaning::Column { id, read, container } => {
                    let there = match cell(self.builder, id, read, field.value, text) {
                        Ok(cell) => self.set(&pushed, field, id, cell),
                        Err(message) => self.misfit(&pushed, field, message),
                    };
                    pushed.own_container |= container && there;
                }
                Meaning::Time(column) => self.time(&mut pushed, column, field.value),
                Meaning::Ancestors => self.ancestors(text, source_id, field),
                Meaning::Ignored => {}
            }
        }
        for token in &alert.twice {
            self.twice(&pushed, *token);
        }
        if let Some(hostname) = of(alert.hostname) {
            self.hostname(&hostname);
        }
        let Pushed { mut moment, own_container, .. } = pushed;
        if let Some(moment) = &mut moment {
            moment.offset =
                of(alert.output).and_then(|output| offset(&output, *moment)).unwrap_or(moment.offset);
            self.known.backwards +=
                u32::from(self.known.last.is_some_and(|last| moment.nanoseconds < last - JITTER));
            self.known.last = Some(moment.nanoseconds);
        }
        let fired = self.builder.fired_rule(&of(alert.rule).unwrap_or_default());
        let about = About::default();
        self.builder.add(Added {
            source: source_id,
            own_container,
            moment,
            about,
            at,
            first_place: None,
            fired,
        });
    }

    /// Sets the cell of a field; tells whether that has a value.
    fn set(&mut self, pushed: &Pushed<'_>, field: &Field, column: ColumnId, cell: u32) -> bool {
        if self.builder.cell(column) == 0 {
            self.builder.touched.push(column);
        } else {
            self.twice(pushed, field.key);
        }
        self.builder.put(column, cell);
        cell != ABSENT
    }

    /// Says that a value does not fit its field, which is unknown then.
    fn misfit(&mut self, pushed: &Pushed<'_>, field: &Field, message: Message) -> bool {
        let problems = &mut self.builder.problems;
        let mut misfit = problems.new_at(&codes::EVENT_VALUE, pushed.place(field.value.at()), message);
        misfit.severity = Severity::Warning;
        let path = self.builder.paths.id(&field.key.text(pushed.text).unwrap_or_default());
        problems.push_about(path, misfit.note(messages::left_unknown()));
        false
    }

    fn time(&mut self, pushed: &mut Pushed<'_>, column: ColumnId, value: Written) {
        match value {
            Written::Number(digits) if pushed.moment.is_none() => {
                pushed.moment = digits.slice(pushed.text).parse().ok().map(Moment::utc);
            }
            // Text is how people write it.
            Written::Text(written) => {
                if let Some(written) = written.text(pushed.text).filter(|written| *written != MISSING) {
                    let cell = self.builder.columns.text(column, &written);
                    self.builder.put(column, cell);
                    self.builder.touched.push(column);
                }
            }
            _ => {}
        }
    }

    /// The ancestors from the parent upward.
    fn ancestors(&mut self, text: &str, source: usize, field: &Field) {
        let name = field.key.text(text).unwrap_or_default();
        let builder = &mut *self.builder;
        let path = builder.paths.id(&name);
        if let Written::List(list) = field.value
            && let Some(Raw::List(names)) = json::value(list.slice(text))
            && let Resolved::Ancestors(key) = builder.resolve(source, path, &name)
        {
            for (number, name) in names.iter().enumerate() {
                let column = builder.columns.id(&key.with_arg((number + 1).to_string()));
                if let Ok(cell) = builder.columns.read(column, name) {
                    builder.put(column, if cell == 0 { ABSENT } else { cell });
                    builder.touched.push(column);
                }
            }
        }
    }

    /// The node that the alert comes from, where no field says it.
    fn hostname(&mut self, hostname: &str) {
        let builder = &mut *self.builder;
        let column = *self.known.hostname.get_or_insert_with(|| {
            FieldKey::named("evt.hostname").map_or(ColumnId(0), |key| builder.columns.id(&key))
        });
        if builder.cell(column) == 0 {
            let cell = builder.columns.text(column, hostname);
            builder.put(column, cell);
            builder.touched.push(column);
        }
    }

    fn twice(&mut self, pushed: &Pushed<'_>, key: Token) {
        let name = key.text(pushed.text).unwrap_or_default();
        let message = events::field_twice(name.as_ref());
        let at = pushed.place(key.quoted());
        let problem = self.builder.problems.new_at(&codes::EVENT_REPEATED, at, message);
        self.builder.problems.push(problem);
    }
}

impl Pushed<'_> {
    fn place(&self, span: Span) -> Span {
        self.stands.place(span)
    }
}

/// The clock's seconds ahead of UTC, from the time of day that Falco writes in front of the output.
fn offset(output: &str, moment: Moment) -> Option<i32> {
    const DAY: i64 = 86_400;
    let clock = output.get(..18).filter(|_| output.as_bytes().get(18) == Some(&b':'))?;
    let local = Moment::parse(clock).filter(|local| !local.dated)?;
    let ahead = (local.nanoseconds - moment.nanoseconds).rem_euclid(DAY * 1_000_000_000);
    let ahead = (ahead % 1_000_000_000 == 0).then_some(ahead / 1_000_000_000)?;
    // From twelve hours behind to fourteen ahead, in steps of a quarter.
    let ahead = if ahead > 14 * 3600 { ahead - DAY } else { ahead };
    (ahead % 900 == 0).then_some(ahead as i32)
}

/// The source that the fields belong to: old alerts do not say it.
fn source_by_fields(text: &str, alert: &Alert) -> &'static str {
    let names = alert.fields.iter().map(|field| field.key.at.slice(text));
    let owners = names.filter_map(|name| {
        let name = name.split('[').next().unwrap_or(name);
        match fields::field(fields::find_anywhere(name)?).source {
            FieldSource::Only(source) => Some(source),
            _ => None,
        }
    });
    owners.into_iter().next().unwrap_or(SYSCALL)
}
