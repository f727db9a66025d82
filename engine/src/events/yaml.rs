//! Reads events from YAML: a list of maps, or one map per document.

use super::raw::{Event, Raw, RawExpect};
use super::{MAX_DEPTH, MAX_LIST, json};
use crate::catalog::messages::events as messages;
use crate::parse::node::{Yaml, YamlId, YamlKind, YamlStyle};
use crate::text::{Message, Span};
use std::borrow::Cow;

/// What one event of the file is.
pub(super) enum Next {
    /// An event: the place of its map.
    Event(Span),
    /// Something else, at this place.
    NotAnEvent(Span),
    /// It is more than is read: where, and why.
    TooMuch(Span, Message),
}

/// The nodes that are meant as events, in order. Null documents and items are left out.
pub(super) fn events(yaml: &Yaml) -> Vec<YamlId> {
    let mut events = Vec::new();
    for &document in &yaml.documents {
        match yaml.sequence(document) {
            Some(items) => events.extend(items),
            None => events.push(document),
        }
    }
    events.retain(|id| !yaml.is_null(*id));
    events
}

/// Reads the event at node `id` into `event`.
pub(super) fn read<'a>(yaml: &'a Yaml, id: YamlId, event: &mut Event<'a>) -> Next {
    event.clear();
    let span = yaml.node(id).span;
    match yaml.mapping(id) {
        None => Next::NotAnEvent(span),
        Some(entries) => match map(yaml, entries, event) {
            Ok(()) => Next::Event(span),
            Err((at, message)) => Next::TooMuch(at, message),
        },
    }
}

/// What was read, unless it is too much: where, and why.
type Read<T> = Result<T, (Span, Message)>;

fn map<'a>(yaml: &'a Yaml, entries: &'a [(YamlId, YamlId)], event: &mut Event<'a>) -> Read<()> {
    for &(key, value) in entries {
        let key_at = yaml.node(key).span;
        let name = yaml.key_text(key).unwrap_or("");
        match yaml.mapping(value) {
            Some(rules) if event.is_expect(name) => expectations(yaml, rules, event)?,
            Some(_) if event.depth() >= MAX_DEPTH => {
                return Err((key_at, messages::too_deep(MAX_DEPTH.to_string())));
            }
            Some(inner) => {
                event.enter(name);
                map(yaml, inner, event)?;
                event.leave();
            }
            None => event.push(name, key_at, raw(yaml, value, 0)?, yaml.node(value).span),
        }
    }
    Ok(())
}

fn expectations<'a>(yaml: &'a Yaml, rules: &'a [(YamlId, YamlId)], event: &mut Event<'a>) -> Read<()> {
    for &(rule, outcome) in rules {
        event.expects.push(RawExpect {
            rule: Cow::Borrowed(yaml.key_text(rule).unwrap_or("")),
            key: yaml.node(rule).span,
            outcome: raw(yaml, outcome, 0)?,
            at: yaml.node(outcome).span,
        });
    }
    Ok(())
}

/// A value. Plain words that look like a boolean or a number of JSON are one; which of them is meant depends on the
/// field, so the text is kept.
fn raw(yaml: &Yaml, id: YamlId, depth: usize) -> Read<Raw<'_>> {
    let at = yaml.node(id).span;
    Ok(match &yaml.node(id).kind {
        YamlKind::Null => Raw::Null,
        YamlKind::Scalar { value, style: YamlStyle::Plain } => match value.as_ref() {
            "true" => Raw::Bool(true),
            "false" => Raw::Bool(false),
            text if json::is_number(text) => Raw::Number(text),
            text => Raw::Text(Cow::Borrowed(text)),
        },
        YamlKind::Scalar { value, .. } => Raw::Text(Cow::Borrowed(value)),
        YamlKind::Sequence(_) if depth >= MAX_DEPTH => {
            return Err((at, messages::too_deep(MAX_DEPTH.to_string())));
        }
        YamlKind::Sequence(items) if items.len() > MAX_LIST => {
            return Err((at, messages::list_too_long(MAX_LIST.to_string())));
        }
        YamlKind::Sequence(items) => {
            let items: Read<_> = items.iter().map(|&item| raw(yaml, item, depth + 1)).collect();
            Raw::List(items?)
        }
        YamlKind::Mapping(_) => Raw::Map,
    })
}
