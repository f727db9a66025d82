//! Reads an audit log: documents one after another, one per line or over several lines, with other text in front of them or
//! between them. Each event goes to the builder with the fields that lists of events show; all others are read from its
//! text when they are wanted.

use super::super::build::Builder;
use super::super::raw::{Event, Raw};
use super::super::skipped::SkippedRecords;
use super::super::{MAX_EVENTS, json::JsonError};
use super::document::{GROUP, Part, Reason, is_audit, parts};
use super::extract::{Extracted, Reader, Subject, Texts};
use super::origin::{MAX_STRINGS, Origin};
use super::tally::{self, Tally};
use super::tree::{NodeId, Tree, View};
use crate::catalog::dialect::AUDIT;
use crate::catalog::messages::events as messages;
use crate::catalog::{FieldKey, codes};
use crate::text::Span;
use std::borrow::Cow;

/// The fields that every event has from the start: lists of events show them, and exceptions that are proposed use them.
pub(super) static AT_ONCE: [&str; 8] = [
    "ka.verb",
    "ka.uri",
    "ka.user.name",
    "ka.target.name",
    "ka.target.namespace",
    "ka.target.resource",
    "ka.target.subresource",
    "ka.target.pod.name",
];

/// Documents at the start of a file that are looked at to find out what it is.
const LOOKED_AT: usize = 20;

/// Bytes at the start of a file in which an audit log speaks of audit events, so that no other large file is read twice.
const HEAD: usize = 1 << 20;

/// Bytes of a line that Falco reads of a file.
const MAX_LINE: usize = 64 << 10;

/// Whether `text` is an audit log: one of its first documents is, or holds, an audit event.
pub(crate) fn looks_like(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    if !["auditID", "stageTimestamp", GROUP].iter().any(|word| head.contains(word)) {
        return false;
    }
    let mut tree = Tree::default();
    let mut at = 0;
    let mut out = Vec::new();
    for _ in 0..LOOKED_AT {
        let Some(start) = start_of_document(text, at, &mut |_| {}) else { return false };
        let Ok(end) = tree.read(text, start) else {
            at = behind_broken(text, start);
            continue;
        };
        at = end;
        let view = tree.view(text);
        out.clear();
        parts(&view, 0, &mut out);
        let is_one = |part: &Part| match part {
            Part::Event(id, _) | Part::Dropped(id, Reason::NoTime | Reason::BadTime | Reason::TooLarge) => {
                is_audit(&view, *id)
            }
            Part::Text(id) => view.string(*id).is_some_and(|text| looks_like_text(&text)),
            Part::Dropped(..) => false,
        };
        if out.iter().any(is_one) || is_audit(&view, 0) {
            return true;
        }
    }
    false
}

fn looks_like_text(text: &str) -> bool {
    let mut tree = Tree::default();
    let Some(start) = start_of_document(text, 0, &mut |_| {}) else { return false };
    tree.read(text, start).is_ok() && (0..tree.len()).any(|id| is_audit(&tree.view(text), id))
}

/// Reads the whole of `text`.
pub(crate) fn read(text: &str, builder: &mut Builder, skipped: &mut SkippedRecords) {
    let mut documents = Documents::new(builder);
    documents.read(text, true, builder, skipped);
    documents.end(builder);
}

/// A place in an audit log that may still grow, and what is known of it up to there.
pub(crate) struct Documents {
    at: usize,
    /// Do not try again before there is so much text.
    wait_for: usize,
    event: Event<'static>,
    readers: Vec<(&'static str, Reader)>,
    tally: Tally,
    /// Whether there are as many events as are read.
    full: bool,
}

impl Documents {
    /// At the start of a log.
    pub(crate) fn new(builder: &mut Builder) -> Self {
        let readers = AT_ONCE.iter().filter_map(|name| {
            let key = FieldKey::named(name)?;
            Some((*name, Reader::new(&key)?))
        });
        let mut event = builder.event("");
        event.record = true;
        builder.know(&AT_ONCE);
        let tally = Tally::default();
        Self { at: 0, wait_for: 0, event, readers: readers.collect(), tally, full: false }
    }

    /// Reads on, to the end if the text is `whole`, else up to the first document that does not end in a whole line.
    pub(crate) fn read(
        &mut self,
        text: &str,
        whole: bool,
        builder: &mut Builder,
        skipped: &mut SkippedRecords,
    ) {
        if text.len() < self.wait_for && !whole {
            return;
        }
        let lines = text.rfind('\n').map_or(0, |end| end + 1);
        let read = text.get(..if whole { text.len() } else { lines }).unwrap_or(text);
        let from = self.at;
        self.at = Log { builder, skipped, state: self }.documents(&Origin::file(read), 0, from, whole);
        // Doubling keeps the cost of a document that never ends linear.
        self.wait_for = text.len() + (read.len() - self.at);
    }

    /// Says what can only be said of the whole log.
    pub(crate) fn end(self, builder: &mut Builder) {
        builder.end(self.event);
        self.tally.report(&mut builder.problems);
    }
}

struct Log<'b> {
    builder: &'b mut Builder,
    skipped: &'b mut SkippedRecords,
    state: &'b mut Documents,
}

impl Log<'_> {
    /// Reads the documents of a text that stands in `depth` strings; returns where it has come to.
    fn documents(&mut self, origin: &Origin<'_>, depth: usize, mut at: usize, whole: bool) -> usize {
        let text: &str = &origin.text;
        let mut tree = Tree::default();
        let mut out: Vec<Part> = Vec::new();
        while !self.state.full {
            let mut other = |line| self.dropped(Reason::NotAnEvent, origin.place(line));
            let Some(start) = start_of_document(text, at, &mut other) else { return text.len() };
            match tree.read(text, start) {
                Ok(end) => {
                    let view = tree.view(text);
                    out.clear();
                    parts(&view, 0, &mut out);
                    for part in &out {
                        self.part(origin, &view, *part, depth);
                    }
                    if end - start > MAX_LINE && !text.get(start..end).is_some_and(|text| text.contains('\n'))
                    {
                        self.state.tally.long_line(origin.place(Span::from_usize(start, end)));
                    }
                    at = end;
                }
                // It may go on.
                Err(_) if !whole => return start,
                Err(JsonError { at: place, message }) => {
                    let line = Span::from_usize(start, end_of_line(text, start));
                    let line = Span::new(line.start, line.start + line.slice(text).trim_end().len() as u32);
                    self.skipped.add(messages::skipped_broken, origin.place(line));
                    let problems = &mut self.builder.problems;
                    let broken = problems.new_at(&codes::EVENT_SYNTAX, origin.place(place), message);
                    problems.push(broken.note(messages::event_skipped()));
                    at = behind_broken(text, start);
                }
            }
        }
        at
    }

    fn part(&mut self, origin: &Origin<'_>, view: &View<'_>, part: Part, depth: usize) {
        match part {
            Part::Event(..) if self.builder.len() >= MAX_EVENTS => {
                self.state.full = true;
                let message = messages::too_many_events(MAX_EVENTS.to_string());
                let problems = &mut self.builder.problems;
                problems.push(problems.new_at(&codes::EVENT_LIMIT, Span::default(), message));
            }
            Part::Event(id, _) => self.event(origin, view, id),
            Part::Text(id) if depth < MAX_STRINGS => {
                self.documents(&origin.string(view.at(id)), depth + 1, 0, true);
            }
            Part::Text(id) => self.dropped(Reason::NotAnEvent, origin.place(view.at(id))),
            Part::Dropped(id, reason) => self.dropped(reason, origin.place(view.at(id))),
        }
    }

    fn dropped(&mut self, reason: Reason, at: Span) {
        self.state.tally.dropped(reason, at);
        self.skipped.add(tally::name(reason), at);
    }

    fn event(&mut self, origin: &Origin<'_>, view: &View<'_>, id: NodeId) {
        let subject = Subject { view: *view, event: id };
        let Documents { event, readers, tally, .. } = &mut *self.state;
        event.clear();
        let nowhere = Span::default();
        event.push("source", nowhere, Raw::Text(Cow::Borrowed(AUDIT)), nowhere);
        if let Some(time) = view.get(id, "stageTimestamp") {
            let text = Raw::Text(Cow::Owned(view.text(time).into_owned()));
            event.push("time", nowhere, text, origin.place(view.at(time)));
        }
        for (name, reader) in readers {
            if let Some(Extracted { value: Texts::One(value), at }) = reader.read(&subject) {
                let at = origin.place(at);
                event.push(name, at, Raw::Text(Cow::Owned(value.into_owned())), at);
            }
        }
        let path = origin.path(view.at(id));
        self.builder.push(event, path.first().copied().unwrap_or_default(), None);
        self.builder.note_path(&path);
        let level = view.get(id, "level").map(|level| view.text(level));
        let place = origin.place(view.at(id));
        tally.event(level.as_deref(), view.get(id, "auditID").is_some(), place);
    }
}

/// What may stand between documents: blanks, and what separates them in arrays and sequences.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '\u{1e}' | '\u{feff}')
}

/// The start of the next document; `other` is told each line before it that has none.
fn start_of_document(text: &str, mut at: usize, other: &mut dyn FnMut(Span)) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start_matches(is_between).len();
        let end = end_of_line(text, at);
        let line = text.get(at..end).filter(|line| !line.is_empty())?;
        if let Some(start) = start_in_line(line) {
            return Some(at + start);
        }
        other(Span::from_usize(at, at + line.trim_end().len()));
        at = end;
    }
}

/// Where a document begins in a line: at its start, or behind what a log puts in front of it.
fn start_in_line(line: &str) -> Option<usize> {
    let inside = line.strip_prefix('[').map(str::trim_start);
    let is_array = inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['{', '[', ']', '"']));
    if is_array || line.starts_with('{') { Some(0) } else { line.find("{\"") }
}

/// Where reading goes on behind a document that cannot be read: at the next line that is not the inside of one.
fn behind_broken(text: &str, start: usize) -> usize {
    let mut at = end_of_line(text, start);
    while text.get(at..).is_some_and(|line| line.starts_with([' ', '\t', '"', '}', ']', ','])) {
        at = end_of_line(text, at);
    }
    at
}

/// Behind the end of the line that `at` is in.
fn end_of_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}
