//! What a check says of an event that leaves fields open.

use super::super::compare::Test;
use super::super::term::Term;
use super::super::transform::is_missing;
use super::{Fields, Matcher, Reads};
use crate::catalog::FieldKey;

/// Fields that are named of a check that looks at many.
const NAMED: usize = 4;

impl Matcher {
    /// Whether the check holds for an event; `None` where the fields decide that the event leaves open.
    pub fn decide(&self, event: &dyn Fields) -> Option<bool> {
        if !event.is_partial() || matches!(self.test, Test::Never) {
            return Some(self.test(event));
        }
        let open = |key: &FieldKey| event.is_unknown(key);
        match &self.reads {
            Reads::Field(key) | Reads::Around(key, _) if open(key) => None,
            Reads::FilledField(key, _) if open(key) => None,
            Reads::FilledField(key, known) if event.get(key).is_none() => {
                let is_there = known.iter().any(|key| event.get(key).is_some());
                let may_be_there = is_there || known.iter().any(open);
                let holds_if_there = self.test.passes(&Term::Bytes(b"".as_slice().into()));
                if is_there || !may_be_there || !holds_if_there {
                    Some(is_there && holds_if_there)
                } else {
                    None
                }
            }
            Reads::Any(keys, family) => {
                let holds = keys.iter().any(|key| self.passes(key, event.get(key)));
                if holds {
                    Some(true)
                } else {
                    unknown_of(keys, family.is_some(), event).is_empty().then_some(false)
                }
            }
            Reads::Every(keys) => {
                let fails =
                    |key: &FieldKey| event.get(key).is_some_and(|value| !self.passes(key, Some(value)));
                if keys.iter().any(fails) {
                    Some(false)
                } else if keys.iter().any(open) {
                    None
                } else {
                    Some(self.test(event))
                }
            }
            // Without one of its parts a transformer has no value, whatever the others are.
            Reads::Operand(..) | Reads::Two(..) => {
                let mut keys = Vec::new();
                self.keys(&mut keys);
                let lacks =
                    |key: &FieldKey| !open(key) && event.get(key).is_none_or(|value| is_missing(key, value));
                if keys.iter().any(lacks) {
                    Some(false)
                } else if keys.iter().any(open) {
                    None
                } else {
                    Some(self.test(event))
                }
            }
            Reads::Field(_) | Reads::Around(..) | Reads::FilledField(..) => Some(self.test(event)),
        }
    }

    /// Whether the check holds where its [`Self::column`] is left open.
    pub(in super::super) fn decide_unknown(&self) -> Option<bool> {
        matches!(self.test, Test::Never).then_some(false)
    }

    /// The fields that the event leaves open and that [`Self::decide`] would need.
    pub fn unknown(&self, event: &dyn Fields) -> Vec<FieldKey> {
        if self.decide(event).is_some() {
            return Vec::new();
        }
        let mut found = match &self.reads {
            Reads::Any(keys, family) => unknown_of(keys, family.is_some(), event),
            // Its own value says more than whether there is a process.
            Reads::FilledField(key, _) if event.is_unknown(key) => vec![key.clone()],
            _ => {
                let mut keys = Vec::new();
                self.keys(&mut keys);
                keys.retain(|key| event.is_unknown(key));
                keys
            }
        };
        found.truncate(NAMED);
        found
    }
}

/// Those of `keys` that the event leaves open. Behind an ancestor that is not there stands none.
fn unknown_of(keys: &[FieldKey], ancestors: bool, event: &dyn Fields) -> Vec<FieldKey> {
    let is_end = |key: &&FieldKey| ancestors && !event.is_unknown(key) && event.get(key).is_none();
    let up_to_end = keys.iter().take_while(|key| !is_end(key));
    up_to_end.filter(|key| event.is_unknown(key)).cloned().collect()
}
