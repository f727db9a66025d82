//! What is done with events and what of them is shown closely.

use super::{change, notify, reveal};
use crate::{
    i18n::Text,
    state::{Filter, ResultView, State},
    worker::protocol::Selected,
    workspace::{DocKey, Role},
};
use engine::{
    events::append,
    report::{EventsKind, FileId, Place, Rule},
    text::Span,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Shows an event's details.
pub(crate) fn select_event(state: State, event: Option<u32>) {
    if state.selected.get_untracked() != event {
        state.selected.set(event);
    }
    ask_for_details(state);
}

/// Explains the answer of a rule; of none in particular without a name.
pub(crate) fn select_rule(state: State, rule: Option<String>) {
    state.rule.set(rule);
    ask_for_details(state);
}

/// Tells the engine what is shown closely.
pub(super) fn ask_for_details(state: State) {
    let rule = state.rule.get_untracked();
    let selected = state.selected.get_untracked().map(|event| Selected { event, rule });
    let shown = (state.view.get_untracked() == ResultView::Rules).then(|| rule_in_view(state)).flatten();
    state.client.with_value(|client| {
        if let Some(client) = client {
            client.select(selected.clone());
            client.show_rule(shown.clone());
        }
    });
}

/// Name of the rule that the view of rules shows: the chosen one, else the first of the user's own.
fn rule_in_view(state: State) -> Option<String> {
    state.results.with_untracked(|results| {
        let named = |rule: &&Rule| state.rule.with_untracked(|name| name.as_ref() == Some(&rule.name));
        let rules = results.rules.iter().take(results.rule_count());
        rules.clone().find(named).or_else(|| rules.clone().next()).map(|rule| rule.name.clone())
    })
}

/// Adds a changed copy behind an event, or of one of a log where it can be written, and shows it.
pub(crate) fn add_copy(state: State, event: u32, place: &Place, text: &str) {
    let input = state.results.with_untracked(|results| results.input(place.file).cloned());
    let notice = state.say(Text::CopyAdded, &[&(event + 1).to_string()]);
    // Of an event of a log; in its file there is no place for it.
    let Some(input) = input else { return add_item(state, text, notice) };
    if input.log.is_some() {
        return notify(state, state.say(Text::LogUnchanged, &[&input.name]), None);
    }
    let at = place.span.start as usize;
    let current = state.workspace.with_untracked(|workspace| {
        workspace.doc(input.key).is_some_and(|doc| doc.text == input.text && doc.text.is_char_boundary(at))
    });
    // Another text gets its own proposals in a moment.
    if !current {
        return;
    }
    let (before, after) = input.text.split_at(at);
    let text: Arc<str> = [before, text, after].concat().into();
    change(state, notice, |workspace| {
        if let Some(doc) = workspace.doc_mut(input.key) {
            doc.text = text;
        }
    });
    // Once the new text is on its way to the engine, so that it is the new event that is asked about.
    request_animation_frame(move || select_event(state, Some(event + 1)));
}

/// Events files in Mews's own form that can be written to, with their texts.
fn own_files(state: State) -> Vec<(DocKey, Arc<str>)> {
    let keys = state.results.with_untracked(|results| {
        let kinds = results.event_files.iter().zip(&results.inputs.events);
        let own = kinds.filter(|(file, input)| file.kind == EventsKind::Fields && input.log.is_none());
        own.map(|(_, input)| input.key).collect::<Vec<_>>()
    });
    state.workspace.with_untracked(|workspace| {
        keys.iter().filter_map(|key| Some((*key, workspace.doc(*key)?.text.clone()))).collect()
    })
}

/// Makes `text` of an events file, which is a new one without `key`, and shows the last event in it.
fn put_events(state: State, key: Option<DocKey>, text: Arc<str>, notice: String) {
    let fresh = state.fresh_keys(1);
    let mut last = 0;
    change(state, notice, |workspace| {
        let key = key.unwrap_or_else(|| workspace.add(fresh, Role::Events, "events.yaml", ""));
        if let Some(doc) = workspace.doc_mut(key) {
            doc.text = text;
        }
        last = workspace.of_role(Role::Events).position(|doc| doc.key == key).unwrap_or(0);
    });
    let event = state
        .results
        .with_untracked(|results| results.events.partition_point(|event| event.file as usize <= last) as u32);
    request_animation_frame(move || select_event(state, Some(event)));
}

/// Adds an item at the end of the first events file that is one list of events, else of a new file.
fn add_item(state: State, item: &str, notice: String) {
    let is_list = |text: &str| {
        let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.next().is_some_and(|line| line.starts_with("- ")) && lines.all(|line| line != "---")
    };
    let found = own_files(state).into_iter().find(|(_, text)| is_list(text));
    let text = found.as_ref().map_or(String::new(), |(_, text)| format!("{}\n\n", text.trim_end()));
    put_events(state, found.map(|(key, _)| key), (text + item).into(), notice);
}

/// Adds an event at the end of an events file in Mews's own form, and shows it: of the one in the editor, else of the first, else
/// of a new one.
pub(crate) fn add_event(state: State, title: &str, fields: &[(String, String)]) {
    let own = own_files(state);
    let active = state.active.get_untracked();
    let found = own.iter().find(|(key, _)| *key == active).or(own.first());
    let text = found.map_or("", |(_, text)| text);
    let (at, insert) = append::appended(text, title, fields);
    let Some((before, after)) = text.split_at_checked(at as usize) else { return };
    let text = [before, &insert, after].concat();
    put_events(state, found.map(|(key, _)| *key), text.into(), state.say(Text::AddedEvent, &[]));
}

/// Looks at the verdicts in another way.
pub(crate) fn set_view(state: State, view: ResultView) {
    state.view.set(view);
    ask_for_details(state);
}

/// Selects an event and a rule at once, such as a cell of the grid.
pub(crate) fn select_cell(state: State, event: u32, rule: String) {
    state.selected.set(Some(event));
    select_rule(state, Some(rule));
}

/// Changes what is listed.
pub(crate) fn filter(state: State, act: impl FnOnce(&mut Filter)) {
    state.filter.update(act);
}

/// Selects the first event of an events file, as soon as it is known.
pub(super) fn select_first_of(state: State, key: DocKey) {
    let before = state.workspace.with_untracked(|workspace| {
        workspace.of_role(Role::Events).take_while(|doc| doc.key != key).count() as u32
    });
    let first = state.results.with_untracked(|results| {
        results.events.iter().take_while(|event| event.file < before).count() as u32
    });
    select_event(state, Some(first));
}

/// Reads the events of a file as another kind; without one as what they look like.
pub(crate) fn read_as(state: State, key: DocKey, kind: Option<EventsKind>) {
    state.workspace.update(|workspace| {
        if let Some(doc) = workspace.doc_mut(key) {
            doc.kind = kind;
        }
    });
}

/// Adds an events file in Mews's own form.
pub(crate) fn add_events_file(state: State) {
    let fresh = state.fresh_keys(1);
    let mut shown = DocKey(fresh);
    state.workspace.update(|workspace| {
        shown = workspace.add(fresh, Role::Events, "events.yaml", "");
    });
    state.active.set(shown);
}

/// Goes to a span of an events file.
pub(crate) fn go_to_event(state: State, file: u32, span: Span) {
    let input = state.results.with_untracked(|results| results.input(FileId::Events(file)).cloned());
    if let Some(input) = input {
        reveal(state, &input, span);
    }
}
