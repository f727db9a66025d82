//! Builds the store: takes events as written, one after another, finds their fields and values, fills in what can be
//! derived, and says what does not fit.

use super::audit::Records;
use super::block::{BlockBuilder, Distinct, Filled, FullBlock};
use super::columns::{Cell, Columns};
use super::fill::{Fill, Plan};
use super::problems::{Key, METADATA, Problems};
use super::raw::{Entry, Event, Paths, Raw};
use super::store::{ABSENT, About, ColumnId, EventInfo, EventStore, FieldPlace};
use super::time::Moment;
use super::times::{Since, Times};
use super::worked_out::worked_out_from;
use super::{Options, labels};
use crate::catalog::messages::{events as messages, lints};
use crate::catalog::{Dialect, FieldKey, FieldProblem, SYSCALL, Scope, codes, event_types, fields, suggest};
use crate::text::{Applicability, Fix, Severity, Span};
use crate::value::Value;
use rustc_hash::FxHashMap;

/// A store in the making.
pub(super) struct Builder {
    /// Position of the file that is being read.
    file: u32,
    /// Of the files before, while none is read.
    pub(super) paths: Paths,
    pub(super) options: Options,
    pub(super) problems: Problems,
    pub(super) columns: Columns,
    fill: Fill,
    times: Since,
    labels: labels::Labels,
    evt_type: ColumnId,
    evt_source: ColumnId,
    evt_num: ColumnId,
    container_id: ColumnId,
    /// By path: what it names.
    roles: Vec<Option<Role>>,
    sources: Vec<Source>,
    /// Names of rules that fired.
    fired: Vec<Box<str>>,
    fired_ids: FxHashMap<Box<str>, u32>,
    last_fired: u32,
    blocks: Vec<(BlockBuilder, Plan)>,
    /// By position of the source, cell of `evt.type`, and whether the events are partial.
    block_of: FxHashMap<(u32, Cell, bool), u32>,
    events: Vec<EventInfo>,
    places: Vec<FieldPlace>,
    /// The event's cells, by column, and which of them are not empty.
    cells: Vec<Cell>,
    pub(super) touched: Vec<ColumnId>,
    /// Whether the event does not say everything.
    pub(super) partial: bool,
    /// The source of records that have more fields: a position in `sources`. It is theirs alone, so that they have blocks of
    /// their own.
    record_source: Option<usize>,
    records: Records,
}

/// An event whose cells are set, and the rest of it.
pub(super) struct Added {
    /// Position of its source.
    pub(super) source: usize,
    /// Whether it has a field of a container.
    pub(super) own_container: bool,
    /// When it happened.
    pub(super) moment: Option<Moment>,
    pub(super) about: About,
    /// Where it stands.
    pub(super) at: Span,
    /// Number of places before it; None if it has none of its own.
    pub(super) first_place: Option<usize>,
    /// The rule that fired, by [`Builder::fired_rule`].
    pub(super) fired: u32,
}

/// What a path names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// One of the event's own keys: a position in [`METADATA`].
    Metadata(usize),
    /// Another word without a dot.
    Word,
    /// `evt.source`.
    SourceField,
    /// A field, or meant as one.
    Field,
}

/// An event source that was seen.
struct Source {
    name: Box<str>,
    /// By path: the field.
    fields: Vec<Option<Resolved>>,
}

/// A field of a source.
#[derive(Clone)]
pub(super) enum Resolved {
    /// A column, and whether it speaks of a container.
    Column { id: ColumnId, container: bool },
    /// Ancestors without an index.
    Ancestors(FieldKey),
    /// A field that Falco works out from these.
    WorkedOut(FieldKey, &'static str),
    /// A field that has no value in Falco, whatever an event says.
    NeverSet(FieldKey),
    /// Not a field.
    Problem(FieldProblem),
}

const SOURCE: usize = 2;
const PARTIAL: usize = 5;

impl Builder {
    pub(super) fn new(options: Options, problems: Problems) -> Self {
        let mut columns = Columns::default();
        let mut id = |name: &str| FieldKey::named(name).map_or(ColumnId(0), |key| columns.id(&key));
        let (evt_type, evt_source, evt_num) = (id("evt.type"), id("evt.source"), id("evt.num"));
        let container_id = id("container.id");
        let times = Since::new(&mut columns, options.dialect);
        let labels = labels::Labels::new(&mut columns);
        let fill = Fill::new(&mut columns);
        Self {
            file: 0,
            paths: Paths::default(),
            options,
            problems,
            columns,
            fill,
            times,
            labels,
            evt_type,
            evt_source,
            evt_num,
            container_id,
            roles: Vec::new(),
            sources: Vec::new(),
            fired: Vec::new(),
            fired_ids: FxHashMap::default(),
            last_fired: 0,
            blocks: Vec::new(),
            block_of: FxHashMap::default(),
            events: Vec::new(),
            places: Vec::new(),
            cells: Vec::new(),
            touched: Vec::new(),
            partial: false,
            record_source: None,
            records: Records::default(),
        }
    }

    /// Goes on to the events of another file; returns the problems of the one before.
    pub(super) fn next_file(&mut self, file: u32, problems: Problems) -> Problems {
        self.file = file;
        std::mem::replace(&mut self.problems, problems)
    }

    /// An event of a file with this text, to be filled and pushed again and again.
    pub(super) fn event<'a>(&mut self, text: &'a str) -> Event<'a> {
        Event::of(text, std::mem::take(&mut self.paths))
    }

    /// Takes back what [`Self::event`] gave.
    pub(super) fn end(&mut self, event: Event<'_>) {
        self.paths = event.paths;
    }

    /// Number of events so far.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Remembers where the record that was added last stands, if that is in a string.
    pub(super) fn note_path(&mut self, path: &[Span]) {
        if let Some(last) = self.events.len().checked_sub(1).filter(|_| path.len() > 1) {
            self.records.paths.insert(last as u32, path.into());
        }
    }

    /// Says which fields all records have got.
    pub(super) fn know(&mut self, names: &[&str]) {
        self.records.know(names);
    }

    /// Adds an event. `indent` are the blanks in front of its keys; None in JSON.
    pub(super) fn push(&mut self, event: &Event<'_>, at: Span, indent: Option<&str>) {
        let source = self.source_of(event);
        let mut about = About::default();
        let mut own_container = false;
        let first_place = self.places.len();
        for entry in &event.entries {
            match self.role(event, entry.path) {
                Role::Metadata(key) => self.metadata(key, entry, &mut about),
                Role::Word => self.unknown_word(event, entry),
                Role::SourceField => {
                    let column = self.evt_source;
                    self.read_cell(column, entry, event);
                }
                Role::Field => match self.resolve(source, entry.path, event.paths.text(entry.path)) {
                    Resolved::Column { id, container } => {
                        let there = self.read_cell(id, entry, event);
                        own_container |= there && container;
                    }
                    Resolved::Ancestors(key) => self.ancestors(&key, entry, event),
                    Resolved::WorkedOut(key, from) => {
                        let message = messages::worked_out(key.to_string(), from);
                        let worked_out = self.problems.new_at(&codes::EVENT_FIELD, entry.key, message);
                        self.problems.push_about(entry.path, worked_out);
                    }
                    Resolved::NeverSet(key) => {
                        let mut never = self.problems.new_at(
                            &codes::EVENT_FIELD,
                            entry.key,
                            messages::never_set(key.to_string()),
                        );
                        never.severity = Severity::Warning;
                        self.problems.push_about(entry.path, never.note(lints::use_pod_labels()));
                    }
                    Resolved::Problem(problem) => {
                        let key = Key {
                            at: entry.key,
                            text: entry.key.slice(event.text),
                            new_line: indent.map(|_| Span::new(at.start, at.start)),
                            indent: indent.unwrap_or(""),
                        };
                        self.not_a_field(source, event, entry, &problem, &key);
                    }
                },
            }
        }
        self.expectations(event, &mut about);
        let moment = self.times.moment(&about.time, &self.columns, &self.cells);
        self.add(Added {
            source,
            own_container,
            moment,
            about,
            at,
            first_place: Some(first_place),
            fired: 0,
        });
    }

    /// Adds the event whose cells are set.
    pub(super) fn add(&mut self, added: Added) {
        let Added { source, own_container, moment, about, at, first_place, fired } = added;
        let block = self.block(source);
        if self.options.derive {
            self.derive(moment);
        }
        let number = self.events.len() as u32;
        let cells =
            self.touched.iter().map(|id| (id.index(), self.cells.get(id.index()).copied().unwrap_or(0)));
        let row = self
            .blocks
            .get_mut(block as usize)
            .map_or(0, |(block, _)| block.push(number, own_container, cells));
        for id in self.touched.drain(..) {
            if let Some(cell) = self.cells.get_mut(id.index()) {
                *cell = 0;
            }
        }
        let places = first_place.map(|first| (first as u32, self.places.len() as u32));
        let about = (about != About::default()).then(|| Box::new(about));
        let (moment, times) = (moment.filter(|_| self.options.derive), Times::default());
        self.events.push(EventInfo { file: self.file, at, block, row, places, fired, moment, times, about });
    }

    /// The number of a rule that fired, from 1.
    pub(super) fn fired_rule(&mut self, name: &str) -> u32 {
        let same = |fired: &u32| self.fired.get(*fired as usize - 1).is_some_and(|known| **known == *name);
        if let Some(fired) = Some(self.last_fired).filter(|fired| *fired > 0).filter(same) {
            return fired;
        }
        self.last_fired = self.fired_ids.get(name).copied().unwrap_or_else(|| {
            self.fired.push(name.into());
            let id = self.fired.len() as u32;
            self.fired_ids.insert(name.into(), id);
            id
        });
        self.last_fired
    }

    /// The position of an event source.
    pub(super) fn source_at(&mut self, name: &str) -> usize {
        let mut known = self.sources.iter().enumerate();
        let known = known.find(|(at, source)| *source.name == *name && self.record_source != Some(*at));
        if let Some((at, _)) = known {
            return at;
        }
        self.sources.push(Source { name: name.into(), fields: Vec::new() });
        self.sources.len() - 1
    }

    fn role(&mut self, event: &Event<'_>, path: u32) -> Role {
        let at = path as usize;
        if let Some(Some(role)) = self.roles.get(at) {
            return *role;
        }
        let text = event.paths.text(path);
        let role = match METADATA.iter().position(|key| *key == text) {
            Some(key) => Role::Metadata(key),
            None if text == "evt.source" => Role::SourceField,
            None if !text.contains(['.', '[']) => Role::Word,
            None => Role::Field,
        };
        if self.roles.len() <= at {
            self.roles.resize(at + 1, None);
        }
        if let Some(place) = self.roles.get_mut(at) {
            *place = Some(role);
        }
        role
    }

    /// The event's source: a position in `sources`. Also whether it is partial, which tells what `null` is.
    fn source_of(&mut self, event: &Event<'_>) -> usize {
        let mut named: Option<(&str, &Entry<'_>)> = None;
        self.partial = false;
        for entry in &event.entries {
            match (self.role(event, entry.path), entry.value.as_text()) {
                (Role::SourceField | Role::Metadata(SOURCE), Some(text)) => named = Some((text, entry)),
                (Role::Metadata(PARTIAL), Some(text)) => self.partial = text == "true",
                _ => {}
            }
        }
        let name = named.map_or(SYSCALL, |(name, _)| name);
        if event.record {
            return *self.record_source.get_or_insert_with(|| {
                self.sources.push(Source { name: name.into(), fields: Vec::new() });
                self.sources.len() - 1
            });
        }
        let known = self.sources.len();
        let at = self.source_at(name);
        if at == known
            && let Some((name, entry)) = named
            && !fields::sources().contains(&name)
        {
            let message = messages::unknown_source(name);
            let mut unknown = self.problems.new_at(&codes::EVENT_FIELD, entry.at, message);
            if let Some(meant) = suggest::closest(name, fields::sources().iter().copied()) {
                unknown = unknown.note(messages::write_instead(meant));
            }
            self.problems.push(unknown);
        }
        at
    }

    /// What the path `name` is in a source.
    pub(super) fn resolve(&mut self, source: usize, path: u32, name: &str) -> Resolved {
        let at = path as usize;
        let Some(known) = self.sources.get_mut(source) else {
            return Resolved::Problem(FieldProblem::Unknown);
        };
        if let Some(Some(resolved)) = known.fields.get(at) {
            return resolved.clone();
        }
        let scope = Scope { dialect: self.options.dialect, ..Scope::from(&*known.name) };
        let resolved = match FieldKey::parse(name, scope) {
            Err(problem) => Resolved::Problem(problem),
            Ok(key) => match worked_out_from(&key) {
                Some(from) => Resolved::WorkedOut(key, from),
                None if key.info().any_ancestor && key.arg.is_none() => Resolved::Ancestors(key),
                None if key.info().never_set && self.options.dialect == Dialect::Falco => {
                    Resolved::NeverSet(key)
                }
                None => {
                    let container = key.info().provider == "container";
                    Resolved::Column { id: self.columns.id(&key), container }
                }
            },
        };
        if known.fields.len() <= at {
            known.fields.resize(at + 1, None);
        }
        if let Some(place) = known.fields.get_mut(at) {
            *place = Some(resolved.clone());
        }
        resolved
    }

    /// Reads the value of an entry into column `id`; tells whether there is one.
    fn read_cell(&mut self, id: ColumnId, entry: &Entry<'_>, event: &Event<'_>) -> bool {
        let before = self.columns.len_of(id);
        match self.columns.read(id, &entry.value) {
            Ok(0) => {
                if self.partial {
                    self.set(id, ABSENT, entry, event);
                }
                false
            }
            Ok(cell) => {
                if id == self.evt_type && self.columns.len_of(id) > before {
                    self.check_event_type(cell, entry, event.text);
                }
                self.set(id, cell, entry, event);
                true
            }
            Err(message) => {
                let misfit = self.problems.new_at(&codes::EVENT_VALUE, entry.at, message);
                self.problems.push_about(entry.path, misfit);
                false
            }
        }
    }

    fn set(&mut self, id: ColumnId, cell: Cell, entry: &Entry<'_>, event: &Event<'_>) {
        if self.cell(id) == 0 {
            self.touched.push(id);
        } else {
            let message = messages::field_twice(event.paths.text(entry.path));
            let twice = self.problems.new_at(&codes::EVENT_REPEATED, entry.key, message);
            self.problems.push_about(entry.path, twice);
        }
        self.put(id, cell);
        self.place(id, entry.key.cover(entry.at));
    }

    /// The event's cell in a column.
    pub(super) fn cell(&self, id: ColumnId) -> Cell {
        self.cells.get(id.index()).copied().unwrap_or(0)
    }

    /// Sets the event's cell in a column.
    pub(super) fn put(&mut self, id: ColumnId, cell: Cell) {
        if self.cells.len() <= id.index() {
            self.cells.resize(self.columns.len(), 0);
        }
        if let Some(place) = self.cells.get_mut(id.index()) {
            *place = cell;
        }
    }

    fn place(&mut self, column: ColumnId, at: Span) {
        if self.options.places {
            self.places.push(FieldPlace { column, at });
        }
    }

    /// `proc.aname: [bash, sshd]` names the ancestors from the parent upward.
    fn ancestors(&mut self, key: &FieldKey, entry: &Entry<'_>, event: &Event<'_>) {
        let one;
        let items: &[Raw<'_>] = match &entry.value {
            Raw::List(items) => items,
            other => {
                one = [other.clone()];
                &one
            }
        };
        for (at, value) in items.iter().enumerate() {
            let id = self.columns.id(&key.with_arg((at + 1).to_string()));
            let entry = Entry { value: value.clone(), ..*entry };
            self.read_cell(id, &entry, event);
        }
    }

    fn check_event_type(&mut self, cell: Cell, entry: &Entry<'_>, text: &str) {
        let Some(Value::Text(name)) = self.columns.value(self.evt_type, cell) else { return };
        match event_types::find(name) {
            None => {
                let message = messages::unknown_event_type(name.as_ref());
                let mut unknown = self.problems.new_at(&codes::EVENT_TYPE, entry.at, message);
                if let Some(meant) = suggest::closest(name, event_types::all().map(|kind| kind.name)) {
                    let written = entry.at.slice(text);
                    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
                    let insert = quote.map_or_else(|| meant.to_owned(), |q| format!("{q}{meant}{q}"));
                    let at = self.problems.loc(entry.at);
                    let title = messages::write_instead(meant);
                    unknown = unknown.fix(Fix::replace(title, at, insert, Applicability::Unsafe));
                }
                self.problems.push(unknown);
            }
            Some(kind) => {
                if let Some(real) = kind.reported_as {
                    let message = messages::reported_as(name.as_ref(), real);
                    let never = self.problems.new_at(&codes::EVENT_TYPE, entry.at, message);
                    self.problems.push(never);
                }
            }
        }
    }

    fn not_a_field(
        &mut self,
        source: usize,
        event: &Event<'_>,
        entry: &Entry<'_>,
        problem: &FieldProblem,
        key: &Key<'_>,
    ) {
        let path = event.paths.text(entry.path);
        let source = self.sources.get(source).map_or(SYSCALL, |source| &source.name);
        let diagnostic = if problem.field().is_some() {
            let message = messages::argument_does_not_fit(path);
            let misfit = self.problems.new_at(&codes::EVENT_FIELD, entry.key, message);
            misfit.note(messages::falco_says(problem.falco(path)))
        } else {
            self.problems.unknown_field(key, path, source)
        };
        self.problems.push_about(entry.path, diagnostic);
    }

    fn block(&mut self, source: usize) -> u32 {
        let kind = self.cell(self.evt_type);
        let key = (source as u32, kind, self.partial);
        if let Some(block) = self.block_of.get(&key) {
            return *block;
        }
        let name = self.sources.get(source).map_or(SYSCALL, |source| &source.name);
        let event_type = match self.columns.value(self.evt_type, kind) {
            Some(Value::Text(text)) => Some(text.as_ref()),
            _ => None,
        };
        let any_type = self.partial && kind == 0 && name == SYSCALL;
        let plan = self.fill.plan(name, event_type, event_type.and_then(event_types::find), self.partial);
        let block = self.blocks.len() as u32;
        if self.record_source == Some(source) {
            self.records.blocks.insert(block);
        }
        self.blocks.push((BlockBuilder::new(name, event_type, self.partial, any_type), plan));
        self.block_of.insert(key, block);
        block
    }

    /// Fills what follows from the place of the event among the others, and its labels. The rest waits for the whole block.
    fn derive(&mut self, moment: Option<Moment>) {
        self.cells.resize(self.columns.len(), 0);
        if !self.partial {
            let number = self.events.len() as i128 + i128::from(self.options.first_number);
            if self.cell(self.evt_num) == 0 {
                let cell = self.columns.unshared(self.evt_num, Value::Integer(number));
                self.put(self.evt_num, cell);
                self.touched.push(self.evt_num);
            }
            self.times.fill(moment, &mut self.columns, &mut self.cells, &mut self.touched);
        }
        self.labels.fill(&mut self.columns, &mut self.cells, &mut self.touched);
    }

    /// Fills what can be derived for the events of a block.
    fn derive_block(&mut self, source: &str, plan: &Plan, block: &mut FullBlock, distinct: &mut Distinct) {
        let at = self.evt_source.index();
        if block.column(at).is_none_or(|given| given.cells.contains(&0)) {
            let named = self.columns.text(self.evt_source, source);
            let given = block.column(at).map(|given| {
                let cells = given.cells.iter().map(|&cell| if cell == 0 { named } else { cell });
                given.with(cells.collect(), distinct)
            });
            block.put(at, given.unwrap_or_else(|| Filled { cells: vec![named], codes: block.same.clone() }));
        }
        let id_of = |row: usize| block.column(self.container_id.index()).map_or(0, |ids| ids.cell(row));
        let on_host = block.own_container.iter().enumerate().map(|(row, own_container)| {
            match self.columns.value(self.container_id, id_of(row)) {
                Some(Value::Text(id)) => id.as_ref() == "host",
                _ => !own_container && !block.partial,
            }
        });
        let on_host: Vec<bool> = on_host.collect();
        self.fill.run(plan, block, &on_host, &mut self.columns, distinct);
    }

    /// The store.
    pub(super) fn finish(mut self) -> EventStore {
        let mut distinct = Distinct::default();
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for (block, plan) in std::mem::take(&mut self.blocks) {
            let mut block = block.full(self.columns.len(), &mut distinct);
            if self.options.derive {
                let source = block.source().to_owned();
                self.derive_block(&source, &plan, &mut block, &mut distinct);
            }
            blocks.push(block.finish());
        }
        let (columns, by_key) = self.columns.finish();
        let dialect = self.options.dialect;
        let (events, places, fired) = (self.events, self.places, self.fired);
        let records = self.records;
        EventStore {
            events,
            blocks,
            columns,
            by_key,
            places,
            fired,
            dialect,
            statics: 0,
            records,
            parts: Vec::new(),
        }
    }
}
