//! What is done about the alerts of a log: the rules of then, and fields that alerts are to say.

use super::{change, exceptions, filter, go_to_region, set_view};
use crate::{
    i18n::Text,
    results::Fate,
    state::{Filter, Region, ResultView, State},
    worker::protocol::How,
    workspace::Role,
};
use engine::report::PrintTo;
use leptos::prelude::*;
use std::sync::Arc;

/// Keeps the rules as they are now, as those that a log was written under.
pub(crate) fn take_baseline(state: State) {
    change(state, state.say(Text::BaselineTaken, &[]), |workspace| {
        let files = workspace.loaded().map(|doc| (doc.name.clone(), doc.text.clone()));
        workspace.baseline = Some(Arc::new(files.collect()));
    });
}

/// Forgets them.
pub(crate) fn clear_baseline(state: State) {
    change(state, state.say(Text::BaselineCleared, &[]), |workspace| workspace.baseline = None);
}

/// Brings its rules back into the editor.
pub(crate) fn restore_baseline(state: State) {
    let count =
        state.workspace.with_untracked(|workspace| workspace.baseline.as_ref().map_or(0, |it| it.len()));
    let fresh = state.fresh_keys(count);
    let (restored, changed, _) = state.workspace.with_untracked(|workspace| workspace.restored(fresh));
    let active = state.active.get_untracked();
    let shown = restored.doc(active).or_else(|| restored.of_role(Role::Rules).next()).map(|doc| doc.key);
    change(state, state.say(Text::BaselineRestored, &[&changed.join(", ")]), |workspace| {
        *workspace = restored;
    });
    state.active.set(shown.unwrap_or(active));
}

/// Lists what became of alerts of a rule.
pub(crate) fn list_fate(state: State, rule: &str, fate: Fate) {
    let wanted = Filter { rule: rule.to_owned(), fate: Some(fate), ..Filter::default() };
    filter(state, |filter| *filter = wanted);
    set_view(state, ResultView::List);
    if !crate::app::is_wide() {
        go_to_region(state, Region::Events);
    }
}

/// Makes the alerts of a rule say fields, from the next log on.
pub(crate) fn print_fields(state: State, rule: String, fields: Vec<String>, to: PrintTo) {
    exceptions::ask(state, rule, How::Print { fields, to });
}
