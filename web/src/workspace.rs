//! What the user works on: the base rules, rules files in load order, perhaps a falco.yaml, and one or more events files. Plain data with the
//! operations on it; the page's signals are in `state.rs`.

mod baseline;

use crate::worker::protocol::Log;
use engine::catalog::{BASE_RULES, BASE_RULES_NAME, Dialect};
use engine::report::EventsKind;
use std::sync::Arc;

/// What Falco calls its configuration.
pub(crate) const CONFIG_NAME: &str = "falco.yaml";

/// Identity of a document for as long as the page lives; names may change and move.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct DocKey(pub(crate) u32);

/// What a document is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// The rules file that loads before all others: Mews's own, or the user's copy of it.
    Base,
    /// A rules file.
    Rules,
    /// Falco's configuration.
    Config,
    /// The events.
    Events,
}

/// A file of the workspace.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Doc {
    pub(crate) key: DocKey,
    pub(crate) role: Role,
    pub(crate) name: String,
    /// With `\n` as the only line break, as the editor counts.
    pub(crate) text: Arc<str>,
    /// The file had `\r\n`; a download has it again.
    pub(crate) crlf: bool,
    /// Mews's own base rules, which are not edited.
    pub(crate) locked: bool,
    /// As what its events are read, where that is not what they look like.
    pub(crate) kind: Option<EventsKind>,
    /// What there is instead of the text of a large events file.
    pub(crate) log: Option<LogFile>,
}

/// A large events file, whose text only the worker has.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct LogFile {
    /// Its number; none if it was lost, as when the page is loaded again.
    pub(crate) id: Option<u32>,
    /// What was read of it.
    pub(crate) read: Log,
}

/// Rules files as they were: names and texts, in load order.
pub(crate) type Baseline = Vec<(String, Arc<str>)>;

/// All files. `docs` holds the base rules first, then the rules files in load order, then falco.yaml if there is one, then the
/// events files; there is at least one of those.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Workspace {
    /// The example that it started from.
    pub(crate) example: Option<&'static str>,
    pub(crate) base_on: bool,
    /// How the rules are read.
    pub(crate) dialect: Dialect,
    /// The rules as they were when the events were recorded, if these are known.
    pub(crate) baseline: Option<Arc<Baseline>>,
    pub(crate) docs: Vec<Doc>,
}

/// A text without `\r`, and whether it had any.
pub(crate) fn plain_lines(text: &str) -> (Arc<str>, bool) {
    if text.contains('\r') {
        (text.replace("\r\n", "\n").replace('\r', "\n").into(), text.contains("\r\n"))
    } else {
        (text.into(), false)
    }
}

impl Doc {
    pub(crate) fn new(key: u32, role: Role, name: &str, text: &str) -> Self {
        let (text, crlf) = plain_lines(text);
        Self {
            key: DocKey(key),
            role,
            name: name.to_owned(),
            text,
            crlf,
            locked: false,
            kind: None,
            log: None,
        }
    }

    /// The text as a file: with the line breaks that it came with.
    pub(crate) fn as_file(&self) -> String {
        if self.crlf { self.text.replace('\n', "\r\n") } else { self.text.to_string() }
    }

    /// Mews's own base rules.
    pub(crate) fn base(key: u32) -> Self {
        Self { locked: true, ..Self::new(key, Role::Base, BASE_RULES_NAME, BASE_RULES) }
    }
}

impl Workspace {
    /// The base rules, `rules` as (name, text) in load order, and the events.
    pub(crate) fn new(example: Option<&'static str>, rules: &[(&str, String)], events: (&str, &str)) -> Self {
        let mut docs = vec![Doc::base(0)];
        docs.extend(rules.iter().zip(1..).map(|((name, text), key)| Doc::new(key, Role::Rules, name, text)));
        docs.push(Doc::new(docs.len() as u32, Role::Events, events.0, events.1));
        Self { example, base_on: true, dialect: Dialect::Falco, baseline: None, docs }
    }

    /// The same with a configuration.
    pub(crate) fn with_config(mut self, config: Option<(&str, &str)>) -> Self {
        if let Some((name, text)) = config {
            self.add(self.docs.len() as u32, Role::Config, name, text);
        }
        self
    }

    /// No rule, no event.
    pub(crate) fn empty() -> Self {
        Self::new(None, &[("rules.yaml", String::new())], ("events.yaml", ""))
    }

    /// The same with keys from `first` on, so that no document is taken for one of another workspace.
    pub(crate) fn with_keys_from(mut self, first: u32) -> Self {
        for (doc, key) in self.docs.iter_mut().zip(first..) {
            doc.key = DocKey(key);
        }
        self
    }

    pub(crate) fn doc(&self, key: DocKey) -> Option<&Doc> {
        self.docs.iter().find(|doc| doc.key == key)
    }

    pub(crate) fn doc_mut(&mut self, key: DocKey) -> Option<&mut Doc> {
        self.docs.iter_mut().find(|doc| doc.key == key)
    }

    pub(crate) fn of_role(&self, role: Role) -> impl Iterator<Item = &Doc> {
        self.docs.iter().filter(move |doc| doc.role == role)
    }

    /// The documents that the engine gets as rules, in load order.
    pub(crate) fn loaded(&self) -> impl Iterator<Item = &Doc> {
        self.docs.iter().filter(|doc| match doc.role {
            Role::Base => self.base_on,
            Role::Rules => true,
            Role::Config | Role::Events => false,
        })
    }

    /// Position in load order, from 1.
    pub(crate) fn load_position(&self, key: DocKey) -> Option<usize> {
        self.loaded().position(|doc| doc.key == key).map(|at| at + 1)
    }

    pub(crate) fn name_taken(&self, name: &str, except: Option<DocKey>) -> bool {
        self.docs.iter().any(|doc| doc.name == name && Some(doc.key) != except)
    }

    /// `name`, or `name-2` … before its ending, so that no two files share one.
    pub(crate) fn free_name(&self, name: &str) -> String {
        if !self.name_taken(name, None) {
            return name.to_owned();
        }
        let (stem, ending) =
            name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
        let tried = (2..).map(|n| format!("{stem}-{n}{ending}"));
        tried.into_iter().find(|name| !self.name_taken(name, None)).unwrap_or_default()
    }

    /// Whether a document can be deleted.
    pub(crate) fn is_optional(&self, key: DocKey) -> bool {
        self.doc(key).is_some_and(|doc| match doc.role {
            Role::Base => false,
            Role::Rules | Role::Config => true,
            Role::Events => self.of_role(Role::Events).nth(1).is_some(),
        })
    }

    /// Adds a file: rules that load last, events that come last, or the configuration. No document ever had `key`.
    pub(crate) fn add(&mut self, key: u32, role: Role, name: &str, text: &str) -> DocKey {
        let doc = Doc::new(key, role, &self.free_name(name), text);
        let follows = |doc: &Doc| match role {
            Role::Base | Role::Rules => matches!(doc.role, Role::Config | Role::Events),
            Role::Config => doc.role == Role::Events,
            Role::Events => false,
        };
        let at = self.docs.iter().position(follows).unwrap_or(self.docs.len());
        self.docs.insert(at, doc);
        DocKey(key)
    }

    /// True if a rules file can move by `step` (-1 or 1) in load order, or an events file among its kind.
    pub(crate) fn can_move(&self, key: DocKey, step: isize) -> bool {
        self.neighbour(key, step).is_some()
    }

    /// Moves a rules file in load order, or an events file among its kind.
    pub(crate) fn shift(&mut self, key: DocKey, step: isize) {
        if let Some((at, other)) = self.neighbour(key, step) {
            self.docs.swap(at, other);
        }
    }

    fn neighbour(&self, key: DocKey, step: isize) -> Option<(usize, usize)> {
        let at = self.docs.iter().position(|doc| doc.key == key)?;
        let other = at.checked_add_signed(step)?;
        let role = |at: usize| self.docs.get(at).map(|doc| doc.role);
        let moves = matches!(role(at), Some(Role::Rules | Role::Events)) && role(at) == role(other);
        moves.then_some((at, other))
    }

    /// Removes a file; the base rules and the last events file stay. Gives the neighbour to show instead.
    pub(crate) fn remove(&mut self, key: DocKey) -> Option<DocKey> {
        let at = self.docs.iter().position(|doc| doc.key == key)?;
        if !self.is_optional(key) {
            return None;
        }
        let wanted = if self.docs.remove(at).role == Role::Events { Role::Events } else { Role::Rules };
        let near = [Some(at), at.checked_sub(1)].into_iter().flatten();
        let alike = near.filter_map(|at| self.docs.get(at)).find(|doc| doc.role == wanted);
        alike.or(self.docs.get(at)).map(|doc| doc.key)
    }

    /// True if both hold the same files with the same texts, whatever the keys, and read them alike.
    pub(crate) fn same_content(&self, other: &Self) -> bool {
        let content = |workspace: &Self| -> Vec<_> {
            workspace
                .docs
                .iter()
                .map(|doc| {
                    (doc.role, doc.name.clone(), doc.text.clone(), doc.locked, doc.kind, doc.log.clone())
                })
                .collect()
        };
        self.base_on == other.base_on
            && self.dialect == other.dialect
            && self.baseline == other.baseline
            && content(self) == content(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(workspace: &Workspace) -> Vec<&str> {
        workspace.docs.iter().map(|doc| doc.name.as_str()).collect()
    }

    fn two_files() -> Workspace {
        let rules = [("a.yaml", "- a".to_owned()), ("b.yaml", "- b".to_owned())];
        Workspace::new(None, &rules, ("events.yaml", ""))
    }

    #[test]
    fn the_base_rules_load_first_unless_they_are_off() {
        let mut workspace = two_files();
        let b = workspace.docs[2].key;
        assert_eq!(workspace.load_position(b), Some(3));
        workspace.base_on = false;
        assert_eq!(workspace.load_position(b), Some(2));
        assert_eq!(workspace.load_position(workspace.docs[0].key), None);
    }

    #[test]
    fn rules_files_move_among_themselves_only() {
        let mut workspace = two_files();
        let (a, b) = (workspace.docs[1].key, workspace.docs[2].key);
        assert!(!workspace.can_move(a, -1));
        assert!(!workspace.can_move(b, 1));
        workspace.shift(a, 1);
        assert_eq!(names(&workspace), [BASE_RULES_NAME, "b.yaml", "a.yaml", "events.yaml"]);
    }

    #[test]
    fn a_removed_file_leaves_its_neighbour() {
        let mut workspace = two_files();
        let (a, b) = (workspace.docs[1].key, workspace.docs[2].key);
        assert_eq!(workspace.remove(b), Some(a));
        assert_eq!(workspace.remove(workspace.docs[0].key), None);
        assert!(workspace.remove(a).is_some());
        assert_eq!(names(&workspace), [BASE_RULES_NAME, "events.yaml"]);
    }

    #[test]
    fn names_stay_apart() {
        let mut workspace = two_files();
        workspace.add(7, Role::Rules, "a.yaml", "");
        workspace.add(8, Role::Rules, "a.yaml", "");
        assert_eq!(
            names(&workspace),
            [BASE_RULES_NAME, "a.yaml", "b.yaml", "a-2.yaml", "a-3.yaml", "events.yaml"]
        );
        assert_eq!(workspace.free_name("README"), "README");
    }

    #[test]
    fn the_configuration_stands_between_rules_and_events() {
        let mut workspace = two_files().with_config(Some(("falco.yaml", "")));
        workspace.add(7, Role::Rules, "c.yaml", "");
        assert_eq!(
            names(&workspace),
            [BASE_RULES_NAME, "a.yaml", "b.yaml", "c.yaml", "falco.yaml", "events.yaml"]
        );
        let (c, config) = (workspace.docs[3].key, workspace.docs[4].key);
        assert!(!workspace.can_move(c, 1));
        assert_eq!(workspace.load_position(config), None);
        assert_eq!(workspace.remove(config), Some(c));
    }

    #[test]
    fn of_several_events_files_all_but_the_last_can_go() {
        let mut workspace = two_files();
        let events = workspace.docs[3].key;
        assert_eq!(workspace.remove(events), None);
        let log = workspace.add(7, Role::Events, "falco.log", "");
        workspace.add(8, Role::Config, "falco.yaml", "");
        assert_eq!(
            names(&workspace),
            [BASE_RULES_NAME, "a.yaml", "b.yaml", "falco.yaml", "events.yaml", "falco.log"]
        );
        assert!(!workspace.can_move(events, -1));
        workspace.shift(events, 1);
        assert_eq!(workspace.remove(events), Some(log));
        assert_eq!(workspace.remove(log), None);
    }

    #[test]
    fn line_breaks_come_back_in_the_file() {
        let doc = Doc::new(0, Role::Rules, "a", "é\r\n日本\r\n");
        assert_eq!(&*doc.text, "é\n日本\n");
        assert_eq!(doc.as_file(), "é\r\n日本\r\n");
    }
}
