//! Files as the page gives them to the worker.

use crate::worker::protocol::File;
use crate::workspace::{Baseline, Doc, DocKey, Role, Workspace};
use engine::catalog::Dialect;
use engine::report::{EventsKind, FileId};
use std::sync::Arc;

/// Files as they are sent. Texts are shared with the workspace, so comparing them is mostly comparing pointers.
#[derive(Clone, Default, Debug)]
pub(crate) struct Inputs {
    /// What the report counts as `FileId::Rules`.
    pub(crate) rules: Vec<Input>,
    pub(crate) config: Option<Input>,
    /// What the report counts as `FileId::Events`.
    pub(crate) events: Vec<Input>,
    pub(crate) baseline: Option<Arc<Baseline>>,
    pub(crate) dialect: Dialect,
}

/// A document as it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) key: DocKey,
    pub(crate) name: String,
    pub(crate) text: Arc<str>,
    /// As what its events are read, where that is not what they look like.
    pub(crate) kind: Option<EventsKind>,
    /// Number of the large file whose text only the worker holds; `text` is empty then.
    pub(crate) log: Option<u32>,
}

impl Input {
    fn of(doc: &Doc) -> Self {
        let log = doc.log.as_ref().and_then(|log| log.id);
        Self { key: doc.key, name: doc.name.clone(), text: doc.text.clone(), kind: doc.kind, log }
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.key == other.key && self.name == other.name && self.kind == other.kind && self.holds_same(other)
    }

    pub(super) fn holds_same(&self, other: &Self) -> bool {
        self.log == other.log && (Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
    }

    pub(super) fn file(&self) -> File {
        File { name: self.name.clone(), text: self.text.to_string() }
    }
}

impl Inputs {
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self {
            rules: workspace.loaded().map(Input::of).collect(),
            config: workspace.of_role(Role::Config).next().map(Input::of),
            events: workspace.of_role(Role::Events).map(Input::of).collect(),
            baseline: workspace.baseline.clone(),
            dialect: workspace.dialect,
        }
    }

    /// The document that a place is in.
    pub(crate) fn get(&self, file: FileId) -> Option<&Input> {
        match file {
            FileId::Rules(at) => self.rules.get(at as usize),
            FileId::Config => self.config.as_ref(),
            FileId::Events(at) => self.events.get(at as usize),
        }
    }

    pub(super) fn same_rules(&self, other: &Self) -> bool {
        all_same(&self.rules, &other.rules)
    }

    pub(super) fn same_config(&self, other: &Self) -> bool {
        same(self.config.as_ref(), other.config.as_ref())
    }

    pub(super) fn same_events(&self, other: &Self) -> bool {
        all_same(&self.events, &other.events)
    }

    pub(super) fn same_baseline(&self, other: &Self) -> bool {
        self.baseline == other.baseline
    }

    /// The rules of then, as they are sent.
    pub(super) fn baseline_files(&self) -> Vec<File> {
        let file = |(name, text): &(String, Arc<str>)| File { name: name.clone(), text: text.to_string() };
        self.baseline.iter().flat_map(|files| files.iter().map(file)).collect()
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.dialect == other.dialect
            && self.same_rules(other)
            && self.same_config(other)
            && self.same_events(other)
            && self.same_baseline(other)
    }
}

fn all_same(a: &[Input], b: &[Input]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
}

fn same(a: Option<&Input>, b: Option<&Input>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.same(b),
        (None, None) => true,
        _ => false,
    }
}
