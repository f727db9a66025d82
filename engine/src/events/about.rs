//! What an event says about itself: its name, its time, what it expects of rules.

use super::build::Builder;
use super::problems::METADATA;
use super::raw::{Entry, Event, Raw};
use super::store::{About, Expect, Expected};
use super::time::Moment;
use crate::catalog::messages::events as messages;
use crate::catalog::{codes, suggest};
use crate::text::{Applicability, Fix};

const NAME: usize = 0;
const NOTE: usize = 1;
const TIME: usize = 3;
const EXPECT: usize = 4;
const PARTIAL: usize = 5;
const FIRED: usize = 6;

impl Builder {
    pub(super) fn unknown_word(&mut self, event: &Event<'_>, entry: &Entry<'_>) {
        let word = event.paths.text(entry.path);
        let message = messages::unknown_metadata(word);
        let keys = METADATA.map(|key| format!("`{key}`")).join(", ");
        let mut unknown = self.problems.new_at(&codes::EVENT_METADATA, entry.key, message);
        unknown = unknown.note(messages::metadata_keys(keys));
        if let Some(meant) = suggest::closest(word, METADATA) {
            let written = entry.key.slice(event.text);
            let at = self.problems.loc(entry.key);
            let title = messages::write_instead(meant);
            unknown =
                unknown.fix(Fix::replace(title, at, written.replace(word, meant), Applicability::Unsafe));
        }
        self.problems.push_about(entry.path, unknown);
    }

    pub(super) fn metadata(&mut self, key: usize, entry: &Entry<'_>, about: &mut About) {
        if key == EXPECT || key == FIRED {
            let rules: Vec<&str> = match &entry.value {
                Raw::List(items) => items.iter().filter_map(Raw::as_text).collect(),
                other => other.as_text().into_iter().collect(),
            };
            let expect = |rule: &str| Expect { rule: rule.into(), outcome: Expected::Match, at: entry.at };
            if key == EXPECT {
                about.expect.extend(rules.into_iter().map(expect));
            } else {
                about.fired.extend(rules.into_iter().map(Box::from));
            }
            return;
        }
        let Some(text) = entry.value.as_text() else {
            if entry.value != Raw::Null {
                let message = messages::metadata_takes_text(METADATA.get(key).copied().unwrap_or_default());
                let misfit = self.problems.new_at(&codes::EVENT_METADATA, entry.at, message);
                self.problems.push_about(entry.path, misfit);
            }
            return;
        };
        match key {
            NAME => about.name = text.into(),
            NOTE => about.note = text.into(),
            TIME => {
                if Moment::parse(text).is_none() {
                    let message = messages::bad_time(text);
                    let bad = self.problems.new_at(&codes::EVENT_METADATA, entry.at, message);
                    self.problems.push_about(entry.path, bad.note(messages::time_forms()));
                }
                about.time = text.into();
            }
            PARTIAL if !matches!(text, "true" | "false") => {
                let message = messages::partial_takes_truth(text);
                let bad = self.problems.new_at(&codes::EVENT_METADATA, entry.at, message);
                self.problems.push_about(entry.path, bad);
            }
            _ => {}
        }
    }

    pub(super) fn expectations(&mut self, event: &Event<'_>, about: &mut About) {
        for expect in &event.expects {
            let outcome = match expect.outcome.as_text() {
                Some("match") => Expected::Match,
                Some("suppressed") => Expected::Suppressed,
                Some("none") => Expected::None,
                Some("undecided") => Expected::Undecided,
                other => {
                    let message = messages::bad_expect(other.unwrap_or(""));
                    let bad = self.problems.new_at(&codes::EVENT_METADATA, expect.at, message);
                    self.problems.push(bad.note(messages::expect_forms()));
                    continue;
                }
            };
            let at = expect.key.cover(expect.at);
            about.expect.push(Expect { rule: expect.rule.as_ref().into(), outcome, at });
        }
    }
}
