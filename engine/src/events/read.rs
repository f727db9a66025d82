//! Reads events files, whatever their form.

use super::alerts::{self, Alerts, Known, Lines};
use super::build::Builder;
use super::bytes::Utf8;
use super::problems::Problems;
use super::skipped::SkippedRecords;
use super::store::EventStore;
use super::{MAX_BYTES, MAX_EVENTS, Options, audit, json, yaml};
use crate::catalog::codes;
use crate::catalog::messages::{events as messages, logs};
use crate::parse::yaml as yaml_reader;
use crate::report::EventsKind;
use crate::text::{Diagnostic, Loc, Message, Severity, Source, SourceId, Span};

pub use super::skipped::Skipped;

/// An events file as the user gave it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EventsFile {
    /// Its name and text.
    pub file: Source,
    /// As what the user wants it to be read; recognised by its content if they do not say.
    pub kind: Option<EventsKind>,
    /// What was lost before it became text.
    pub notes: Vec<Message>,
}

impl From<Source> for EventsFile {
    fn from(file: Source) -> Self {
        Self { file, kind: None, notes: Vec::new() }
    }
}

/// What reading events files gives.
#[derive(Debug, Default)]
pub struct Read {
    /// The events of all files, in order.
    pub store: EventStore,
    /// What is wrong with them.
    pub problems: Vec<Diagnostic>,
    /// What became of each file.
    pub files: Vec<FileRead>,
}

/// What became of one events file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileRead {
    /// As what it was read.
    pub kind: EventsKind,
    /// Number of its events.
    pub events: u32,
    /// What was not read.
    pub skipped: Vec<Skipped>,
}

/// Reads `text`, the one events file `source`. Bad events and fields are reported and left out; the others load.
pub fn read(text: &str, source: SourceId, options: Options) -> (EventStore, Vec<Diagnostic>) {
    let mut reader = Reader::new(source, options);
    reader.file(text, None);
    let read = reader.into_read();
    (read.store, read.problems)
}

/// Reads all `files`; the first is the source `first`, the others follow.
pub fn read_files(files: &[EventsFile], first: SourceId, options: Options) -> Read {
    let mut reader = Reader::new(first, options);
    for file in files {
        reader.file(&file.file.text, file.kind);
        reader.note(&file.notes);
    }
    reader.into_read()
}

/// What a file holds, by its content.
fn recognised(text: &str) -> EventsKind {
    let alert = alerts::first(text);
    if audit::looks_like(text)
        && alert.is_none_or(|at| text.find("auditID").is_some_and(|id| id < at as usize))
    {
        EventsKind::Audit
    } else if alert.is_some() {
        EventsKind::Alerts
    } else {
        EventsKind::Fields
    }
}

/// Reads events files piece by piece, one after another: alerts and audit events are read as far as they have come;
/// everything else waits for the end of its file. To stop, drop it.
pub struct Reader {
    first: SourceId,
    builder: Builder,
    skipped: SkippedRecords,
    known: Known,
    out: Read,
    /// The file of which pieces come.
    open: Option<Open>,
    files: Vec<EventsFile>,
}

/// A file of which pieces come.
struct Open {
    name: String,
    kind: Option<EventsKind>,
    utf8: Utf8,
    /// As what it is read already.
    growing: Option<Growing>,
    /// Look what it is when there is so much of it.
    look_at: usize,
    /// Number of events before it.
    before: usize,
}

/// A file that is read while it comes.
enum Growing {
    Alerts(Box<Lines>),
    Audit(Box<audit::Documents>),
}

/// So many bytes are enough to see what most files hold.
const ENOUGH_TO_SEE: usize = 1 << 16;

impl Reader {
    /// No file yet; the first will be the source `first`.
    pub fn new(first: SourceId, options: Options) -> Self {
        let builder = Builder::new(options, Problems::new(first));
        Self {
            first,
            builder,
            skipped: SkippedRecords::default(),
            known: Known::default(),
            out: Read::default(),
            open: None,
            files: Vec::new(),
        }
    }

    /// Begins the next file.
    pub fn begin(&mut self, name: &str, kind: Option<EventsKind>) {
        self.end();
        self.next_file();
        let growing = kind.and_then(|kind| self.growing(kind));
        self.open = Some(Open {
            name: name.to_owned(),
            kind,
            utf8: Utf8::default(),
            growing,
            look_at: ENOUGH_TO_SEE,
            before: self.builder.len(),
        });
    }

    /// Makes room for so many bytes of the file, which saves moving them.
    pub fn expect(&mut self, bytes: usize) {
        if let Some(open) = &mut self.open {
            open.utf8.text.reserve_exact(bytes.min(MAX_BYTES));
        }
    }

    /// Adds the next bytes of the file; what is too much for any file is not kept.
    pub fn push(&mut self, piece: &[u8]) {
        let Some(open) = &mut self.open else { return };
        if open.utf8.text.len() > MAX_BYTES {
            return;
        }
        open.utf8.push(piece);
        if open.kind.is_none() && open.utf8.text.len() >= open.look_at {
            open.look_at *= 2;
            let kind = recognised(&open.utf8.text);
            // Another word for an audit log may as well stand in what an alert says.
            let certain = kind != EventsKind::Audit || open.utf8.text.contains("auditID");
            if kind != EventsKind::Fields && certain {
                open.kind = Some(kind);
                let growing = self.growing(kind);
                if let Some(open) = &mut self.open {
                    open.growing = growing;
                }
            }
        }
        let Some(mut open) = self.open.take() else { return };
        if let Some(growing) = &mut open.growing {
            self.read_on(growing, &open.utf8.text, false);
        }
        self.open = Some(open);
    }

    fn growing(&mut self, kind: EventsKind) -> Option<Growing> {
        match kind {
            EventsKind::Alerts => Some(Growing::Alerts(Box::default())),
            EventsKind::Audit => Some(Growing::Audit(Box::new(audit::Documents::new(&mut self.builder)))),
            EventsKind::Fields => None,
        }
    }

    /// Reads on in a file of which there is so much.
    fn read_on(&mut self, growing: &mut Growing, text: &str, whole: bool) {
        let Self { builder, skipped, known, .. } = self;
        match growing {
            Growing::Alerts(lines) => lines.read(text, whole, &mut Alerts { builder, skipped, known }),
            Growing::Audit(documents) => documents.read(text, whole, builder, skipped),
        }
    }

    /// Number of events so far.
    pub fn events(&self) -> usize {
        self.builder.len()
    }

    /// Ends the file.
    fn end(&mut self) {
        let Some(Open { name, kind, utf8, mut growing, before, .. }) = self.open.take() else { return };
        let (text, replaced) = utf8.finish();
        let fits = text.len() <= MAX_BYTES;
        if let Some(growing) = growing.as_mut().filter(|_| fits) {
            self.read_on(growing, &text, true);
        }
        let read_as = match growing {
            Some(_) if !fits => self.whole(&text, kind),
            Some(Growing::Alerts(_)) => {
                self.known.end_file(&mut self.builder);
                EventsKind::Alerts
            }
            Some(Growing::Audit(documents)) => {
                documents.end(&mut self.builder);
                EventsKind::Audit
            }
            None => self.whole(&text, kind),
        };
        self.end_file(read_as, before);
        let notes: Vec<_> = replaced.into_iter().collect();
        self.note(&notes);
        self.files.push(EventsFile { file: Source { name, text }, kind, notes });
    }

    /// The files as they were given, and what they hold.
    pub fn finish(mut self) -> (Vec<EventsFile>, Read) {
        self.end();
        (std::mem::take(&mut self.files), self.into_read())
    }

    fn into_read(self) -> Read {
        Read { store: self.builder.finish(), ..self.out }
    }

    fn next_file(&mut self) {
        let number = self.out.files.len() as u32;
        self.builder.next_file(number, Problems::new(SourceId(self.first.0 + number)));
    }

    /// Reads the next file, of which all is there.
    fn file(&mut self, text: &str, kind: Option<EventsKind>) {
        self.next_file();
        let before = self.builder.len();
        let kind = self.whole(text, kind);
        self.end_file(kind, before);
    }

    fn whole(&mut self, text: &str, kind: Option<EventsKind>) -> EventsKind {
        let kind = kind.unwrap_or_else(|| recognised(text));
        if text.len() > MAX_BYTES {
            let problems = &mut self.builder.problems;
            let message = messages::too_large((MAX_BYTES >> 20).to_string());
            problems.push(problems.new_at(&codes::EVENT_LIMIT, Span::default(), message));
        } else if kind == EventsKind::Audit {
            audit::read(text, &mut self.builder, &mut self.skipped);
        } else if kind == EventsKind::Alerts {
            let Self { builder, skipped, known, .. } = self;
            Lines::default().read(text, true, &mut Alerts { builder, skipped, known });
            known.end_file(builder);
        } else if json::Json::looks_like(text) {
            self.json(text);
        } else {
            self.yaml(text);
        }
        kind
    }

    fn end_file(&mut self, kind: EventsKind, before: usize) {
        let number = self.out.files.len() as u32;
        self.out.problems.extend(self.builder.next_file(number, Problems::new(self.first)).finish());
        self.out.files.push(FileRead {
            kind,
            events: (self.builder.len() - before) as u32,
            skipped: std::mem::take(&mut self.skipped).finish(),
        });
    }

    /// Adds what was lost of the file that was read last before it became text.
    fn note(&mut self, notes: &[Message]) {
        let at = Loc::new(SourceId(self.first.0 + self.out.files.len() as u32 - 1), Span::default());
        self.out.problems.extend(notes.iter().map(|note| {
            let mut lost = Diagnostic::new(&codes::EVENT_SYNTAX, at, note.clone());
            lost.severity = Severity::Warning;
            lost
        }));
    }

    fn json(&mut self, text: &str) {
        let builder = &mut self.builder;
        let mut json = json::Json::new(text);
        let mut event = builder.event(text);
        let [rule, audit_id] = ["rule", "auditID"].map(|key| event.paths.id(key));
        while let Some(next) = json.next(&mut event) {
            match next {
                Ok(json::Next::Event(at)) if event.has(audit_id) => self.skipped.add(logs::skipped_audit, at),
                Ok(json::Next::Event(at)) if event.has(rule) && event.has_inside("output_fields.") => {
                    self.skipped.add(logs::skipped_alerts, at);
                }
                Ok(json::Next::Event(at)) if builder.len() < MAX_EVENTS => builder.push(&event, at, None),
                Ok(json::Next::Event(at)) => {
                    too_many(builder, at);
                    break;
                }
                Ok(json::Next::NotAnEvent(at)) => not_an_event(builder, &mut self.skipped, at),
                Err(error) => {
                    self.skipped.add(messages::skipped_broken, error.at);
                    let broken = builder.problems.new_at(&codes::EVENT_SYNTAX, error.at, error.message);
                    builder.problems.push(broken.note(messages::event_skipped()));
                }
            }
        }
        builder.end(event);
    }

    fn yaml(&mut self, text: &str) {
        let builder = &mut self.builder;
        let file = yaml_reader::read(text);
        for problem in &file.problems {
            let mut broken =
                builder.problems.new_at(&codes::EVENT_SYNTAX, problem.at, problem.message.clone());
            broken.notes.clone_from(&problem.notes);
            builder.problems.push(broken);
        }
        let mut event = builder.event(text);
        for id in yaml::events(&file.yaml) {
            match yaml::read(&file.yaml, id, &mut event) {
                yaml::Next::Event(at) if builder.len() < MAX_EVENTS => {
                    builder.push(&event, at, indent_of(text, at.start));
                }
                yaml::Next::Event(at) => {
                    too_many(builder, at);
                    break;
                }
                yaml::Next::NotAnEvent(at) => not_an_event(builder, &mut self.skipped, at),
                yaml::Next::TooMuch(at, message) => {
                    self.skipped.add(messages::skipped_broken, at);
                    let broken = builder.problems.new_at(&codes::EVENT_SYNTAX, at, message);
                    builder.problems.push(broken.note(messages::event_skipped()));
                }
            }
        }
        builder.end(event);
    }
}

const BLANKS: &str = "                                ";

/// The blanks that put a line under the first key of a block map at `start`; None where the map is in braces.
fn indent_of(text: &str, start: u32) -> Option<&str> {
    let start = start as usize;
    if text.get(start..)?.starts_with('{') {
        return None;
    }
    let before = text.get(..start)?;
    let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    BLANKS.get(..column)
}

fn too_many(builder: &mut Builder, at: Span) {
    let message = messages::too_many_events(MAX_EVENTS.to_string());
    let problem = builder.problems.new_at(&codes::EVENT_LIMIT, at, message);
    builder.problems.push(problem);
}

fn not_an_event(builder: &mut Builder, skipped: &mut SkippedRecords, at: Span) {
    skipped.add(messages::skipped_no_map, at);
    let problem = builder.problems.new_at(&codes::EVENT_SYNTAX, at, messages::not_an_event());
    builder.problems.push(problem.note(messages::event_is_a_map()));
}
