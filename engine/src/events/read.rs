//! Reads an events file, whatever its form.

use super::build::Builder;
use super::problems::Problems;
use super::raw::Event;
use super::store::EventStore;
use super::{MAX_BYTES, MAX_EVENTS, Options, json, yaml};
use crate::catalog::codes;
use crate::catalog::messages::events as messages;
use crate::parse::yaml as yaml_reader;
use crate::text::{Diagnostic, SourceId, Span};

/// Reads `text`, the events file `source`: a YAML list of maps (or a document each), a JSON array, or JSON lines.
/// Bad events and fields are reported and left out; the others load.
pub fn read(text: &str, source: SourceId, options: Options) -> (EventStore, Vec<Diagnostic>) {
    let mut problems = Problems::new(source);
    if text.len() > MAX_BYTES {
        let message = messages::too_large((MAX_BYTES >> 20).to_string());
        problems.push(problems.new_at(&codes::EVENT_LIMIT, Span::default(), message));
        return (EventStore::default(), problems.finish());
    }
    let builder = Builder::new(text, options, problems);
    let (store, problems) =
        if json::Json::looks_like(text) { read_json(text, builder) } else { read_yaml(text, builder) }
            .finish();
    (store, problems.finish())
}

fn read_json<'t>(text: &'t str, mut builder: Builder<'t>) -> Builder<'t> {
    let mut json = json::Json::new(text);
    let mut event = Event::default();
    while let Some(next) = json.next(&mut event) {
        match next {
            Ok(json::Next::Event(at)) if builder.len() < MAX_EVENTS => builder.push(&event, at, None),
            Ok(json::Next::Event(at)) => {
                too_many(&mut builder, at);
                break;
            }
            Ok(json::Next::NotAnEvent(at)) => not_an_event(&mut builder, at),
            Err(error) => {
                let broken = builder.problems.new_at(&codes::EVENT_SYNTAX, error.at, error.message);
                builder.problems.push(broken.note(messages::event_skipped()));
            }
        }
    }
    builder
}

fn read_yaml<'t>(text: &'t str, mut builder: Builder<'t>) -> Builder<'t> {
    let file = yaml_reader::read(text);
    for problem in &file.problems {
        let mut broken = builder.problems.new_at(&codes::EVENT_SYNTAX, problem.at, problem.message.clone());
        broken.notes.clone_from(&problem.notes);
        builder.problems.push(broken);
    }
    let mut event = Event::default();
    for id in yaml::events(&file.yaml) {
        match yaml::read(&file.yaml, id, &mut event) {
            yaml::Next::Event(at) if builder.len() < MAX_EVENTS => {
                builder.push(&event, at, Some(indent_of(text, at.start)).flatten());
            }
            yaml::Next::Event(at) => {
                too_many(&mut builder, at);
                break;
            }
            yaml::Next::NotAnEvent(at) => not_an_event(&mut builder, at),
            yaml::Next::TooMuch(at, message) => {
                let broken = builder.problems.new_at(&codes::EVENT_SYNTAX, at, message);
                builder.problems.push(broken.note(messages::event_skipped()));
            }
        }
    }
    builder
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

fn too_many(builder: &mut Builder<'_>, at: Span) {
    let message = messages::too_many_events(MAX_EVENTS.to_string());
    let problem = builder.problems.new_at(&codes::EVENT_LIMIT, at, message);
    builder.problems.push(problem);
}

fn not_an_event(builder: &mut Builder<'_>, at: Span) {
    let problem = builder.problems.new_at(&codes::EVENT_SYNTAX, at, messages::not_an_event());
    builder.problems.push(problem.note(messages::event_is_a_map()));
}
