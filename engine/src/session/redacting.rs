//! The events files without names, and how many verdicts are others for it.

use super::{EVENTS, Session};
use crate::catalog::Dialect;
use crate::evaluate::{Cache, FiredEvents};
use crate::events::{self, EventStore, EventsFile, Read, Reader};
use crate::redact::{File, Literals, Redactor};
use crate::report::{RedactOptions, Redaction, Replacement};
use crate::resolve::used_fields;

/// A redaction that goes on step by step. What was found of names is kept when the user decides otherwise.
pub struct Redacting {
    redactor: Redactor,
    options: RedactOptions,
    literals: Literals,
    /// Reads what is written.
    anew: Option<Anew>,
    percent: u32,
}

/// Files that are being written and read.
struct Anew {
    reader: Reader,
    /// The file after the one that is written.
    next: usize,
    /// What the reader has not got yet.
    waiting: String,
}

/// The reader gets so many bytes at once.
const PIECE: usize = 1 << 16;

impl Anew {
    fn new(dialect: Dialect) -> Self {
        let reading = events::Options { dialect, places: false, ..events::Options::default() };
        Self { reader: Reader::new(EVENTS, reading), next: 0, waiting: String::new() }
    }

    fn push(&mut self, files: &[File<'_>], at: usize, part: &str) {
        while self.next <= at {
            self.hand_over();
            let file = files.get(self.next);
            self.reader.begin("", file.map(|(_, kind)| *kind));
            self.reader.expect(file.map_or(0, |(text, _)| text.len()));
            self.next += 1;
        }
        self.waiting.push_str(part);
        if self.waiting.len() >= PIECE {
            self.hand_over();
        }
    }

    fn finish(mut self) -> (Vec<EventsFile>, Read) {
        self.hand_over();
        self.reader.finish()
    }

    fn hand_over(&mut self) {
        self.reader.push(self.waiting.as_bytes());
        self.waiting.clear();
    }
}

impl Redacting {
    /// Takes what the user has decided by now.
    pub fn decide(&mut self, options: RedactOptions) {
        self.anew = None;
        self.redactor.decide(&self.literals, &options);
        self.options = options;
    }

    /// How much of all work is done.
    pub fn percent(&self) -> u32 {
        self.percent
    }

    /// What is replaced and how often, once all places are known.
    pub fn replacements(&self) -> Option<&[Replacement]> {
        self.redactor.is_placed().then(|| self.redactor.replacements())
    }
}

impl Session {
    /// The events files without names, as of the last report, and how many verdicts are others for it.
    pub fn redact(&self, options: &RedactOptions) -> Redaction {
        let mut redacting = self.redacting(options.clone());
        loop {
            if let Some(done) = self.redact_on(&mut redacting, usize::MAX) {
                return done;
            }
        }
    }

    /// The same, to be gone on with step by step, as long as the session stays as it is.
    pub fn redacting(&self, options: RedactOptions) -> Redacting {
        let ruleset = self.loaded.as_ref().map(|loaded| &loaded.ruleset);
        let literals = ruleset.map(Literals::of).unwrap_or_default();
        Redacting { redactor: Redactor::default(), options, literals, anew: None, percent: 0 }
    }

    /// Goes on for about so many bytes; the result at the end.
    pub fn redact_on(&self, redacting: &mut Redacting, bytes: usize) -> Option<Redaction> {
        let files: Vec<File<'_>> = self.events.iter().map(|file| (file.text(), file.read.kind)).collect();
        let Redacting { redactor, options, literals, anew, percent } = redacting;
        let goes_on = redactor.step(&files, (literals, options), bytes, &mut |at, part| {
            anew.get_or_insert_with(|| Anew::new(self.dialect)).push(&files, at, part);
        });
        if goes_on {
            let (done, all) = redactor.progress(&files);
            *percent = (done as u64 * 100 / all.max(1) as u64) as u32;
            return None;
        }
        let (written, read) = anew.take().map(Anew::finish).unwrap_or_default();
        let files: Vec<String> = written.into_iter().map(|file| file.file.text).collect();
        let changed = self.others(read.store, &files);
        Some(Redaction { replacements: redactor.replacements().to_vec(), files, changed })
    }

    /// How many verdicts are others for these events, which stand in these texts.
    fn others(&self, mut store: EventStore, texts: &[String]) -> u32 {
        let Some(loaded) = &self.loaded else { return 0 };
        store.set_statics(&self.config.statics);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        store.ensure(&used_fields(&loaded.ruleset, self.dialect), &texts);
        let fired = FiredEvents::new(&store);
        let mut exprs = self.exprs.clone();
        let (verdicts, _) =
            self.judge(&loaded.ruleset, &self.program, (&store, &fired), &mut exprs, &mut Cache::default());
        verdicts.differences(&store, &self.verdicts, &self.store)
    }
}
