//! Fields of audit events on demand: a field becomes a column when a rule uses it. The text of the events stays where it is;
//! the store remembers only where each event begins.

use super::super::block::Distinct;
use super::super::columns::Filling;
use super::super::store::{Column, ColumnId, EventStore};
use super::extract::{Extracted, Reader, Subject, Texts};
use super::fields;
use super::origin::{Origin, follow};
use super::tree::Tree;
use crate::catalog::FieldKey;
use crate::report::EventField;
use crate::text::{Span, distinct, sorted};
use crate::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What a store knows of the events that have more fields than it holds.
#[derive(Debug, Default)]
pub(in super::super) struct Records {
    /// The blocks of such events.
    pub(in super::super) blocks: FxHashSet<u32>,
    /// The fields that were read from all of them.
    known: FxHashSet<FieldKey>,
    /// By event, where that stands in strings: the place of the outermost in the file, that of the next in its text, and so on,
    /// and that of the event as the last.
    pub(in super::super) paths: FxHashMap<u32, Box<[Span]>>,
}

impl Records {
    /// Remembers that the fields were read from all events.
    pub(in super::super) fn know(&mut self, names: &[&str]) {
        self.known.extend(names.iter().filter_map(|name| FieldKey::named(name)));
    }

    /// Takes in what is known of the records of another store: of all is known what is of both.
    pub(in super::super) fn join(&mut self, other: &mut Self) {
        if self.known.is_empty() {
            self.known = std::mem::take(&mut other.known);
        } else if !other.blocks.is_empty() {
            self.known.retain(|key| other.known.contains(key));
        }
    }
}

impl EventStore {
    /// Makes columns of fields that audit events have in their text, if there are such events and the fields are not columns
    /// already. `texts` are those of the events files. Returns the blocks that have new columns: what was known of those fields there was
    /// that they have no values.
    pub fn ensure(&mut self, wanted: &[FieldKey], texts: &[&str]) -> Vec<usize> {
        if self.records.blocks.is_empty() {
            return Vec::new();
        }
        let new = wanted.iter().filter(|key| self.records.known.insert((*key).clone()));
        let readers: Vec<(FieldKey, Reader)> =
            new.filter_map(|key| Some((key.clone(), Reader::new(key)?))).collect();
        if readers.is_empty() {
            return Vec::new();
        }
        // The static fields stand behind all others.
        let statics = self.static_fields();
        self.set_statics(&[]);
        let mut filled: Vec<(ColumnId, Filling)> =
            readers.iter().map(|(key, _)| self.take_column(key)).collect();
        let blocks = self.records.blocks.iter().map(|block| *block as usize).collect();
        let blocks: Vec<usize> = sorted(blocks, |block| *block);
        let (mut tree, mut distinct) = (Tree::default(), Distinct::default());
        for &block in &blocks {
            let events = self.blocks.get(block).map(|block| block.events.clone()).unwrap_or_default();
            let mut cells: Vec<Vec<u32>> = vec![Vec::with_capacity(events.len()); readers.len()];
            let mut read = |subject: &Subject<'_>, _: &Origin<'_>| {
                for (((_, reader), (_, column)), cells) in readers.iter().zip(&mut filled).zip(&mut cells) {
                    cells.push(match reader.read(subject).map(|found| found.value) {
                        None => 0,
                        Some(Texts::One(text)) => column.text_cell(&text),
                        Some(Texts::Many(texts)) => column.list_cell(texts.iter().map(AsRef::as_ref)),
                    });
                }
            };
            // Events of one string stand behind each other; it is read once for all of them.
            for group in events.chunk_by(|a, b| self.is_one_string(*a, *b)) {
                let file = group.first().and_then(|event| self.info(*event as usize));
                let file = file.and_then(|info| texts.get(info.file as usize)).copied().unwrap_or_default();
                self.with_records(group, file, &mut tree, &mut read);
            }
            let Some(place) = self.blocks.get_mut(block) else { continue };
            for ((id, _), cells) in filled.iter().zip(cells) {
                place.put_column(*id, distinct.of(cells).column(place.not_given()));
            }
        }
        for (id, column) in filled {
            if let Some(place) = self.columns.get_mut(id.index()) {
                *place = column.finish();
            }
        }
        self.set_statics(&statics);
        blocks
    }

    /// Whether an event has more fields than its columns hold.
    pub fn is_record(&self, index: usize) -> bool {
        self.position(index).is_some_and(|(block, _)| self.records.blocks.contains(&(block as u32)))
    }

    /// The column of a field, to be filled; an empty one stays in its place.
    fn take_column(&mut self, key: &FieldKey) -> (ColumnId, Filling) {
        let next = ColumnId::new(self.columns.len());
        let id = *self.by_key.entry(key.clone()).or_insert(next);
        let empty = || Column { key: key.clone(), values: Vec::new() };
        if id == next {
            self.columns.push(empty());
        }
        let taken = self.columns.get_mut(id.index()).map(|column| std::mem::replace(column, empty()));
        (id, Filling::of(taken.unwrap_or_else(empty)))
    }

    /// Where an event stands: the strings that it is in, each in the text of the one before, and its place in the last.
    fn path(&self, event: u32) -> (&[Span], Span) {
        let at = self.info(event as usize).map(|info| std::slice::from_ref(&info.at)).unwrap_or_default();
        let path = self.records.paths.get(&event).map_or(at, |path| path);
        path.split_last().map_or((&[], Span::default()), |(place, strings)| (strings, *place))
    }

    /// Whether two events stand in the same string.
    fn is_one_string(&self, a: u32, b: u32) -> bool {
        let file = |event: u32| self.info(event as usize).map(|info| info.file);
        let strings = |event: u32| self.path(event).0;
        !strings(a).is_empty() && strings(a) == strings(b) && file(a) == file(b)
    }

    /// Reads the texts of events that stand in the same string, or of one event.
    fn with_records(
        &self,
        events: &[u32],
        file: &str,
        tree: &mut Tree,
        then: &mut dyn FnMut(&Subject<'_>, &Origin<'_>),
    ) {
        let strings = events.first().map_or(&[][..], |event| self.path(*event).0);
        follow(&Origin::file(file), strings, &mut |origin| {
            for event in events {
                // It was read before, so it is JSON; of any other text nothing is found.
                let _ = tree.read(&origin.text, self.path(*event).1.start as usize);
                then(&Subject { view: tree.view(&origin.text), event: 0 }, origin);
            }
        });
    }

    /// All fields of an event that are read from its text, and where they are written. Of fields with an argument those that
    /// are columns.
    pub(in super::super) fn record_fields(&self, index: usize, file: &str) -> Vec<EventField> {
        let mut found = Vec::new();
        self.read_record(index, file, &mut |key, Extracted { value, at }, origin| {
            let value = match value {
                Texts::One(text) => text.into_owned(),
                Texts::Many(texts) => format!("({})", texts.join(",")),
            };
            let span = origin.place(at);
            found.push(EventField { name: key.to_string(), value, derived: false, span });
        });
        found
    }

    /// The values of these fields.
    pub(in super::super) fn record_values(&self, index: usize, file: &str) -> Vec<(FieldKey, Value)> {
        let mut found = Vec::new();
        let text = |text: Cow<'_, str>| Value::Text(text.into());
        self.read_record(index, file, &mut |key, extracted, _| {
            let value = match extracted.value {
                Texts::One(one) => text(one),
                Texts::Many(texts) => Value::List(texts.into_iter().map(text).collect()),
            };
            found.push((key.clone(), value));
        });
        found
    }

    fn read_record(
        &self,
        index: usize,
        file: &str,
        then: &mut dyn FnMut(&FieldKey, Extracted<'_>, &Origin<'_>),
    ) {
        if !self.is_record(index) {
            return;
        }
        let plain = fields::all().map(FieldKey::plain);
        let used = self.columns.iter().map(|column| column.key.clone());
        let keys = distinct(plain.chain(used).collect());
        let readers: Vec<_> = keys.iter().filter_map(|key| Some((key, Reader::new(key)?))).collect();
        self.with_records(&[index as u32], file, &mut Tree::default(), &mut |subject, origin| {
            for (key, reader) in &readers {
                if let Some(extracted) = reader.read(subject) {
                    then(key, extracted, origin);
                }
            }
        });
    }
}
