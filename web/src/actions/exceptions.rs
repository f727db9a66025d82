//! Changes of exceptions: asked of the engine, which tries them, and made when it has answered.

use super::{change, edits::apply_edits, filter, go_to_region, notify, set_view};
use crate::{
    i18n::{Text, wording},
    state::{Dialog, Filter, Region, ResultView, State},
    worker::protocol::{Change, Changed, How},
    workspace::{CONFIG_NAME, Role},
};
use engine::report::{FileId, Place, TableEdit, Writing};
use leptos::prelude::*;

pub(super) fn ask(state: State, rule: String, how: How) {
    let locked = state.workspace.with_untracked(|workspace| {
        let first = workspace.loaded().next();
        u32::from(first.is_some_and(|doc| doc.locked))
    });
    state.refused.set(None);
    let change = Change { rule, how, locked };
    state.client.with_value(|client| client.iter().for_each(|client| client.change(change.clone())));
}

fn rule_name(state: State, rule: u32) -> Option<String> {
    state.results.with_untracked(|results| results.rules.get(rule as usize).map(|rule| rule.name.clone()))
}

/// Changes the exceptions of a rule.
pub(crate) fn edit_exceptions(state: State, rule: String, edit: TableEdit) {
    ask(state, rule, How::Edit(edit));
}

/// Looks for ways to keep a rule from matching an event, and shows them.
pub(crate) fn except(state: State, rule: u32, event: u32) {
    let Some(name) = rule_name(state, rule) else { return };
    state.ways.set(None);
    state.dialog.set(Some(Dialog::Except { rule, event }));
    ask(state, name, How::Except(event));
}

/// Writes one of them.
pub(crate) fn write_exception(state: State, writing: &Writing) {
    write(state, &writing.edits, state.say(Text::ExceptionWritten, &[]), &new_file(state));
}

/// Makes edits, which may be all of a new file called `name`.
fn write(state: State, edits: &[(Place, String)], notice: String, name: &str) {
    let is_there = |(place, _): &(Place, String)| {
        state.results.with_untracked(|results| results.input(place.file).is_some())
    };
    if edits.iter().all(is_there) {
        return apply_edits(state, edits, notice);
    }
    let text: String = edits.iter().map(|(_, insert)| insert.as_str()).collect();
    let key = state.fresh_keys(1);
    let is_config = edits.iter().any(|(place, _)| place.file == FileId::Config);
    let (role, name) = if is_config { (Role::Config, CONFIG_NAME) } else { (Role::Rules, name) };
    // There is one at most, and it may have been made since.
    if is_config && state.workspace.with_untracked(|workspace| workspace.of_role(role).next().is_some()) {
        return notify(state, state.say(Text::NewerText, &[]), None);
    }
    change(state, notice, |workspace| {
        state.active.set(workspace.add(key, role, name, &text));
    });
}

/// The name of a new file with exceptions.
pub(crate) fn new_file(state: State) -> String {
    state.workspace.with_untracked(|workspace| workspace.free_name("exceptions.yaml"))
}

/// Takes in what the engine says of a change.
pub(super) fn take(state: State, changed: Changed) {
    match changed {
        Changed::Edits { edits: Ok(edits), .. } => {
            apply_edits(state, &edits, state.say(Text::ExceptionsChanged, &[]));
        }
        Changed::Printed { fields, edits: Ok(edits) } => {
            let notice = state.say(Text::Printed, &[&fields.join(", ")]);
            write(state, &edits, notice, "outputs.yaml");
        }
        Changed::Printed { edits: Err(why), .. } => {
            notify(state, wording(&why, state.lang.get_untracked()), None);
        }
        Changed::Edits { rule, edits: Err(why) } => state.refused.set(Some((rule, why))),
        Changed::Ways { rule, event, ways } => {
            // An answer to a dialog that was closed since says nothing about the one that is open.
            let asked = match state.dialog.get_untracked() {
                Some(Dialog::Except { rule: at, event }) => Some((rule_name(state, at), event)),
                _ => None,
            };
            if asked == Some((Some(rule), event)) {
                state.ways.set(Some(ways));
            }
        }
    }
}

/// Lists the events that a tuple excludes; all of them again if these are listed.
pub(crate) fn list_excluded(state: State, rule: &str, tuple: (u32, u32)) {
    let wanted = Filter { rule: rule.to_owned(), tuple: Some(tuple), ..Filter::default() };
    let listed = state.filter.with_untracked(|filter| *filter == wanted);
    filter(state, |filter| *filter = if listed { Filter::default() } else { wanted });
    if !listed {
        set_view(state, ResultView::List);
        if !crate::app::is_wide() {
            go_to_region(state, Region::Events);
        }
    }
}
