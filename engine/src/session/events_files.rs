//! The events files of a session: those that did not change are not read again when another does.

use super::Session;
use crate::evaluate::{Cache, FiredEvents};
use crate::events::{self, EventsFile, FileRead, Part, Read};
use crate::report::{self, EventsKind, Excerpt};
use crate::text::{Diagnostic, Lines, Loc, SourceId, Span};

/// The first events file, among the sources; the others follow.
pub(super) const EVENTS: SourceId = SourceId(1 << 30);

/// So many bytes of an excerpt are shown in front of its place, of it, and behind it.
const MAX_EXCERPT: usize = 4000;
/// So many lines in front of the line of the place, and behind it.
const LINES_BEFORE: usize = 3;
const LINES_AFTER: usize = 12;

/// The source of the events file at a position.
pub(super) fn events_source(file: u32) -> SourceId {
    SourceId(EVENTS.0 + file)
}

/// One of the files that a session is given.
pub enum NewEvents {
    /// The file at this position among those that it has, under this name and read as this kind.
    Kept {
        /// The position.
        at: usize,
        /// Its name now.
        name: String,
        /// As what the user wants it to be read.
        kind: Option<EventsKind>,
    },
    /// A file.
    File(EventsFile),
    /// One file as a [`Session::reader`] has read it, in the same dialect.
    Read(Box<(EventsFile, Read)>),
}

/// An events file that was read.
#[derive(Default)]
pub(super) struct EventFile {
    pub(super) given: EventsFile,
    pub(super) lines: Lines,
    pub(super) read: FileRead,
    pub(super) problems: Vec<Diagnostic>,
    /// Number of events in front of it, when it was read.
    before: usize,
}

impl EventFile {
    pub(super) fn text(&self) -> &str {
        &self.given.file.text
    }

    /// Takes its problems along to its place among the files.
    fn stand_at(&mut self, at: usize) {
        let source = events_source(at as u32);
        for problem in &mut self.problems {
            problem.at.source = source;
            let related = problem.related.iter_mut().map(|label| &mut label.at);
            let edits = problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.at);
            related.chain(edits).for_each(|at| at.source = source);
        }
    }
}

impl Session {
    /// Sets all events files; events count through all of them, in this order.
    pub fn set_events(&mut self, files: Vec<EventsFile>) {
        let mut old: Vec<Option<&EventsFile>> = self.events.iter().map(|file| Some(&file.given)).collect();
        let known = files.into_iter().map(|file| match old.iter().position(|old| *old == Some(&file)) {
            Some(at) => {
                if let Some(place) = old.get_mut(at) {
                    *place = None;
                }
                NewEvents::Kept { at, name: file.file.name, kind: file.kind }
            }
            None => NewEvents::File(file),
        });
        let files = known.collect();
        self.change_events(files);
    }

    /// What reads an events file for this session piece by piece. What it has read is given to [`Self::change_events`].
    pub fn reader(&self) -> events::Reader {
        events::Reader::new(EVENTS, self.options(0))
    }

    /// Sets all events files, some of which are those that the session has: of each of these only the first one counts.
    pub fn change_events(&mut self, files: Vec<NewEvents>) {
        let same = |(at, file): (usize, &NewEvents)| match file {
            NewEvents::Kept { at: old, name, kind } => {
                let given = self.events.get(*old).map(|file| &file.given);
                *old == at && given.is_some_and(|file| file.kind == *kind && file.file.name == *name)
            }
            _ => false,
        };
        if files.len() == self.events.len() && files.iter().enumerate().all(same) {
            return;
        }
        let parts = self.store.take_parts();
        let old = std::mem::take(&mut self.events).into_iter().zip(parts);
        let mut old: Vec<Option<(EventFile, Part)>> = old.map(Some).collect();
        let (mut parts, mut before) = (Vec::new(), 0);
        for file in files {
            let (mut file, mut part) = match file {
                NewEvents::File(file) => self.read_file(file, before),
                NewEvents::Read(read) if read.1.store.dialect() == self.dialect => {
                    let (given, read) = *read;
                    self.take_read(given, read, 0)
                }
                NewEvents::Read(read) => self.read_file(read.0, before),
                NewEvents::Kept { at, name, kind } => {
                    let Some((mut file, part)) = old.get_mut(at).and_then(Option::take) else { continue };
                    file.given.file.name = name;
                    if file.given.kind == kind {
                        (file, part)
                    } else {
                        self.read_file(EventsFile { kind, ..file.given }, before)
                    }
                }
            };
            if file.before != before && part.is_numbered() {
                (file, part) = self.read_file(file.given, before);
            }
            file.stand_at(self.events.len());
            before += part.len();
            self.events.push(file);
            parts.push(part);
        }
        self.put_parts(parts);
    }

    /// Reads all events files again: they mean something else now.
    pub(super) fn read_events_anew(&mut self) {
        self.store = events::EventStore::default();
        self.cache = Cache::default();
        let (mut parts, mut before) = (Vec::new(), 0);
        for file in std::mem::take(&mut self.events) {
            let (mut file, part) = self.read_file(file.given, before);
            file.stand_at(self.events.len());
            before += part.len();
            self.events.push(file);
            parts.push(part);
        }
        self.put_parts(parts);
    }

    fn put_parts(&mut self, parts: Vec<Part>) {
        let (blocks, stay) = self.store.put_parts(parts);
        self.store.set_statics(&self.config.statics);
        self.cache.rearrange(&blocks, stay);
        self.fired = FiredEvents::new(&self.store);
        self.fired_rules = events::fired_rules(&self.store, EVENTS);
    }

    fn options(&self, before: usize) -> events::Options {
        events::Options {
            dialect: self.dialect,
            first_number: before as u32 + 1,
            ..events::Options::default()
        }
    }

    fn read_file(&mut self, file: EventsFile, before: usize) -> (EventFile, Part) {
        let read = events::read_files(std::slice::from_ref(&file), EVENTS, self.options(before));
        self.take_read(file, read, before)
    }

    fn take_read(&mut self, given: EventsFile, read: Read, before: usize) -> (EventFile, Part) {
        let part = self.store.adopt(read.store);
        let lines = Lines::new(&given.file.text);
        let (problems, read) = (read.problems, read.files.into_iter().next().unwrap_or_default());
        (EventFile { given, lines, read, problems, before }, part)
    }

    /// What stands at and around a span of the events file at a position, for a file that is too large to be shown whole;
    /// `None` if there is no such file.
    pub fn excerpt(&self, file: u32, span: Span) -> Option<Excerpt> {
        let EventFile { given, lines, .. } = self.events.get(file as usize)?;
        let text = given.file.text.as_str();
        let [start, end] = [span.start, span.end].map(|at| text.floor_char_boundary(at as usize));
        let (before, rest) = text.split_at(start);
        let (inside, after) = rest.split_at(end.saturating_sub(start));
        // Whole lines, unless they are longer than anybody reads.
        let from = before.ceil_char_boundary(before.len().saturating_sub(MAX_EXCERPT));
        let before = before.get(from..).unwrap_or("");
        let line = before.rmatch_indices('\n').nth(LINES_BEFORE).map_or(0, |(at, _)| at + 1);
        let cut = |text: &str| text.get(..text.floor_char_boundary(MAX_EXCERPT)).unwrap_or("").to_owned();
        let shown = after.match_indices('\n').nth(LINES_AFTER).map_or(after.len(), |(at, _)| at);
        Some(Excerpt {
            line: lines.line_column(text, (from + line) as u32).line,
            before: before.get(line..).unwrap_or("").to_owned(),
            inside: cut(inside),
            after: if inside.len() > MAX_EXCERPT {
                String::new()
            } else {
                cut(after.get(..shown).unwrap_or(""))
            },
        })
    }

    pub(super) fn events_file(&self, at: u32, file: &EventFile) -> report::EventsFile {
        let place = |span: &Span| self.place(Loc::new(events_source(at), *span));
        let skipped = file.read.skipped.iter().map(|skipped| report::Skipped {
            reason: skipped.reason.clone(),
            count: skipped.count,
            first: skipped.first.iter().map(place).collect(),
        });
        report::EventsFile {
            name: file.given.file.name.clone(),
            kind: file.read.kind,
            events: file.read.events,
            bytes: file.text().len() as u32,
            skipped: skipped.collect(),
        }
    }
}
