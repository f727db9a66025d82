//! The texts of a workspace, taken out of one input: rules files, perhaps a falco.yaml, and events.

use super::EVENTS;
use engine::Session;
use engine::catalog::Dialect;
use engine::report::{FileId, Place};
use engine::text::Source;
use std::ops::Range;

/// Between the files of one input.
const BETWEEN_FILES: &str = "\n====\n";

/// What a configuration begins with.
const CONFIG: &str = "# falco.yaml\n";

/// Files of one input; more bring nothing new.
const MOST: usize = 4;

/// What a session is given.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Texts {
    pub(crate) rules: Vec<String>,
    pub(crate) config: Option<String>,
    pub(crate) events: String,
}

/// An edit: what is replaced in which file, and by what.
pub(crate) type Edit = (FileId, Range<usize>, String);

impl Texts {
    /// Rules files, and the events that all share.
    pub(crate) fn of_rules(rules: &[&str]) -> Self {
        let rules = rules.iter().map(|text| (*text).to_owned()).collect();
        Self { rules, config: None, events: EVENTS.to_owned() }
    }

    /// Rules files and events.
    pub(crate) fn new(rules: &str, events: &str) -> Self {
        Self { events: events.to_owned(), ..Self::of_rules(&[rules]) }
    }

    /// The files of an input: rules, and one that begins with the name of the configuration.
    pub(crate) fn of(input: &str) -> Self {
        let (config, rules): (Vec<&str>, Vec<&str>) =
            input.splitn(MOST, BETWEEN_FILES).partition(|text| text.starts_with(CONFIG));
        Self { config: config.first().map(|text| (*text).to_owned()), ..Self::of_rules(&rules) }
    }

    /// The files of an input, of which the last of several holds events.
    pub(crate) fn with_events(input: &str) -> Self {
        let (rest, events) = input.rsplit_once(BETWEEN_FILES).unwrap_or((input, EVENTS));
        Self { events: events.to_owned(), ..Self::of(rest) }
    }

    /// The rules files, as a session takes them.
    pub(crate) fn sources(&self) -> Vec<Source> {
        (1..).zip(&self.rules).map(|(number, text)| source(&format!("{number}.yaml"), text)).collect()
    }

    /// Gives all files to a session.
    pub(crate) fn set(&self, session: &mut Session) {
        session.set_rules(self.sources());
        session.set_config(self.config.as_ref().map(|text| source("falco.yaml", text)));
        session.set_events(vec![source("events.yaml", &self.events).into()]);
    }

    /// A session that knows nothing but these files.
    pub(crate) fn session(&self, dialect: Dialect) -> Session {
        let mut session = Session::new();
        session.set_dialect(dialect);
        self.set(&mut session);
        session
    }

    /// The text of a file.
    pub(crate) fn file(&self, file: FileId) -> &str {
        match file {
            FileId::Rules(at) => &self.rules[at as usize],
            FileId::Config => self.config.as_deref().expect("a place in a configuration that there is"),
            FileId::Events(_) => &self.events,
        }
    }

    /// A place lies in its file, between characters, and has the right line.
    pub(crate) fn check(&self, place: Place) {
        let text = self.file(place.file);
        let (from, to) = (place.span.start as usize, place.span.end as usize);
        assert!(text.get(from..to).is_some(), "{place:?} in {text:?}");
        let line = 1 + text[..from].matches('\n').count();
        assert_eq!(place.start.line as usize, line, "{place:?} in {text:?}");
    }

    /// Applies edits that stand in order and apart; gives those that take them back.
    pub(crate) fn apply(&mut self, edits: Vec<Edit>) -> Vec<Edit> {
        let mut undo: Vec<Edit> = Vec::new();
        // The last first, so that places stay right.
        for (file, range, insert) in edits.into_iter().rev() {
            let text = match file {
                FileId::Rules(at) => &mut self.rules[at as usize],
                FileId::Config => self.config.as_mut().expect("an edit of a configuration that there is"),
                FileId::Events(_) => &mut self.events,
            };
            let old = text[range.clone()].to_owned();
            text.replace_range(range.clone(), &insert);
            for (_, later, _) in undo.iter_mut().filter(|(other, _, _)| *other == file) {
                *later = later.start + insert.len() - range.len()..later.end + insert.len() - range.len();
            }
            undo.push((file, range.start..range.start + insert.len(), old));
        }
        undo.reverse();
        undo
    }
}

pub(crate) fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}
