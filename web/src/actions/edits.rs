//! Edits that the engine proposes, made in the documents that they were found in: one step for undo.

use super::{change, notify};
use crate::{
    i18n::{Text, wording},
    state::State,
    worker::client::Inputs,
    workspace::DocKey,
};
use engine::report::Place;
use leptos::prelude::*;
use std::sync::Arc;

/// Applies a fix of the newest report.
pub(crate) fn apply_fix(state: State, problem: usize, fix: usize) {
    let fix = state.results.with_untracked(|results| {
        results.diagnostics.get(problem).and_then(|problem| problem.fixes.get(fix)).cloned()
    });
    if let Some(fix) = fix {
        let title = wording(&fix.title, state.lang.get_untracked());
        apply_edits(state, &fix.edits, state.say(Text::FixApplied, &[&title]));
    }
}

/// Makes edits of the texts that were evaluated, unless there are newer ones: then it says so.
pub(super) fn apply_edits(state: State, edits: &[(Place, String)], notice: String) {
    let texts = state.results.with_untracked(|results| edited_texts(&results.inputs, edits));
    if !texts.is_some_and(|texts| put_texts(state, notice, texts)) {
        notify(state, state.say(Text::NewerText, &[]), None);
    }
}

/// Changes documents if they are what they were thought to be; false if not.
pub(super) fn put_texts(state: State, notice: String, texts: Vec<Edited>) -> bool {
    let current = state.workspace.with_untracked(|workspace| {
        texts
            .iter()
            .all(|(key, before, _)| workspace.doc(*key).is_some_and(|doc| !doc.locked && doc.text == *before))
    });
    if current {
        change(state, notice, |workspace| {
            for (key, _, text) in texts {
                if let Some(doc) = workspace.doc_mut(key) {
                    doc.text = text;
                }
            }
        });
    }
    current
}

/// A document that edits change, its text before and after.
pub(super) type Edited = (DocKey, Arc<str>, Arc<str>);

/// What edits change, which stand in order in each file.
pub(super) fn edited_texts(inputs: &Inputs, edits: &[(Place, String)]) -> Option<Vec<Edited>> {
    let mut texts: Vec<(DocKey, Arc<str>, String)> = Vec::new();
    // From the end, so that the places of the rest stay.
    for (place, insert) in edits.iter().rev() {
        let input = inputs.get(place.file)?;
        let at = texts.iter().position(|(key, ..)| *key == input.key).unwrap_or_else(|| {
            texts.push((input.key, input.text.clone(), input.text.to_string()));
            texts.len() - 1
        });
        let (.., text) = texts.get_mut(at)?;
        let range = place.span.start as usize..place.span.end as usize;
        text.get(range.clone())?;
        text.replace_range(range, insert);
    }
    Some(texts.into_iter().map(|(key, before, after)| (key, before, after.into())).collect())
}
