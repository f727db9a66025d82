//! What is said about an audit log as a whole: what is dropped, and what its events cannot tell.

use super::super::problems::Problems;
use super::document::{MAX_EVENT, Reason};
use crate::catalog::codes;
use crate::catalog::messages::audit as say;
use crate::text::{Code, Message, Span};

/// Further places of one kind that a problem names.
const PLACES: usize = 10;

/// Things of one kind: how many, and where the first of them are.
#[derive(Default)]
struct Count {
    number: usize,
    first: Vec<Span>,
}

/// The counts of a file.
#[derive(Default)]
pub(super) struct Tally {
    dropped: [Count; REASONS.len()],
    events: usize,
    /// At level `Metadata`.
    metadata: Count,
    without_id: Count,
    long_lines: Count,
}

const REASONS: [Reason; 5] =
    [Reason::NotAnEvent, Reason::Behind, Reason::NoTime, Reason::BadTime, Reason::TooLarge];

/// What a reason is called in the list of what was not read.
pub(super) fn name(reason: Reason) -> fn() -> Message {
    match reason {
        Reason::NotAnEvent => say::skipped_not_an_event,
        Reason::Behind => say::skipped_behind,
        Reason::NoTime => say::skipped_no_time,
        Reason::BadTime => say::skipped_bad_time,
        Reason::TooLarge => say::skipped_too_large,
    }
}

impl Count {
    fn add(&mut self, at: Span) {
        self.number += 1;
        if self.first.len() < PLACES {
            self.first.push(at);
        }
    }

    fn text(&self) -> String {
        self.number.to_string()
    }
}

impl Tally {
    /// Something was dropped.
    pub(super) fn dropped(&mut self, reason: Reason, at: Span) {
        let count = REASONS.iter().position(|other| *other == reason).and_then(|at| self.dropped.get_mut(at));
        if let Some(count) = count {
            count.add(at);
        }
    }

    /// An event was read.
    pub(super) fn event(&mut self, level: Option<&str>, has_id: bool, at: Span) {
        self.events += 1;
        if level == Some("Metadata") {
            self.metadata.add(at);
        }
        if !has_id {
            self.without_id.add(at);
        }
    }

    /// A document stands in a line that is too long.
    pub(super) fn long_line(&mut self, at: Span) {
        self.long_lines.add(at);
    }
}

impl Tally {
    /// One problem for each kind.
    pub(super) fn report(self, problems: &mut Problems) {
        let all = self.events.to_string();
        let mut push = |code: &'static Code, count: &Count, message: Message, note: Message| {
            let Some((first, more)) = count.first.split_first() else { return };
            let mut problem = problems.new_at(code, *first, message).note(note);
            for place in more {
                problem = problem.related(problems.loc(*place), say::here_too());
            }
            problems.push(problem);
        };
        for (reason, count) in REASONS.iter().zip(&self.dropped) {
            let (message, note) = match reason {
                Reason::NotAnEvent => (say::not_events(count.text()), say::kinds()),
                Reason::Behind => (say::behind(count.text()), say::ends_array()),
                Reason::NoTime => (say::no_time(count.text()), say::dropped()),
                Reason::BadTime => (say::bad_time(count.text()), say::time_form()),
                Reason::TooLarge => (say::too_large(count.text(), MAX_EVENT.to_string()), say::dropped()),
            };
            push(&codes::AUDIT_DROPPED, count, message, note);
        }
        let without_id = &self.without_id;
        push(&codes::AUDIT_ID, without_id, say::without_id(without_id.text()), say::id_is_asked_for());
        let metadata = &self.metadata;
        push(&codes::AUDIT_LEVEL, metadata, say::metadata(metadata.text(), all), say::policy());
        let long = &self.long_lines;
        push(&codes::AUDIT_LINE, long, say::long_lines(long.text()), say::only_files());
    }
}
