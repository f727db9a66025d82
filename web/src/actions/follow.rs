//! What is selected follows the editor's cursor.

use super::{question, select_event, select_rule, send};
use crate::{state::State, worker::client::Then, workspace::DocKey};
use engine::{
    report::editor::{OutlineItem, Query, Reply, WordKind},
    text::LineIndex,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The items of the rules file that the cursor was in last, and its text.
#[derive(Debug)]
pub(crate) struct Items {
    text: Arc<str>,
    items: Vec<OutlineItem>,
}

/// Selects the event that the cursor stands in or behind, while the events file is edited.
pub(crate) fn follow_cursor(state: State, key: DocKey, offset: u32) {
    let event = state.results.with_untracked(|results| {
        let file = results.inputs.events.iter().position(|input| input.key == key)?;
        let input = results.inputs.events.get(file).filter(|input| input.log.is_none())?;
        let at = (file as u32, LineIndex::new(&input.text).from_utf16(offset));
        let before = results.events.partition_point(|event| (event.file, event.span.start) <= at);
        let last = before.checked_sub(1)?;
        // In front of its first event it is in none.
        results.events.get(last).filter(|event| event.file == at.0).map(|_| last as u32)
    });
    if event.is_some() && event != state.selected.get_untracked() {
        select_event(state, event);
    }
}

/// Selects the rule that the cursor was put in, also where an item only changes it.
pub(crate) fn follow_cursor_to_rule(state: State, key: DocKey) {
    let Some((inputs, file)) = question(state, key) else { return };
    let Some(text) = inputs.rules.get(file as usize).map(|input| input.text.clone()) else { return };
    let known = state.items.with_value(|known| known.as_ref().is_some_and(|known| known.text == text));
    if known {
        return select_rule_at_cursor(state, key);
    }
    let then: Then = Box::new(move |reply| {
        if let Some(Reply::Outline(items)) = reply {
            state.items.set_value(Some(Items { text, items }));
            select_rule_at_cursor(state, key);
        }
    });
    send(state, &inputs, Query::Outline(file), then);
}

fn select_rule_at_cursor(state: State, key: DocKey) {
    let (shown, offset) = state.cursor.get_value();
    if shown != key {
        return;
    }
    let name = state.items.with_value(|known| {
        let known = known.as_ref()?;
        let at = LineIndex::new(&known.text).from_utf16(offset);
        let here = |item: &&OutlineItem| {
            // With what stands in front of it on its line, such as the dash.
            let before = known.text.get(..item.span.start as usize).unwrap_or("");
            let start = before.rfind('\n').map_or(0, |line| line + 1);
            item.kind == WordKind::Rule && start as u32 <= at && at <= item.span.end
        };
        known.items.iter().rfind(here).map(|item| item.name.clone())
    });
    let known = name.filter(|name| {
        state.results.with_untracked(|results| results.rules.iter().any(|rule| rule.name == *name))
    });
    if known.is_some() && known != state.rule.get_untracked() {
        select_rule(state, known);
    }
}
