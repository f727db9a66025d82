//! Events that leave the page: exports, made by the worker, saved or copied.

use super::{change, logs::open_log, notify};
use crate::{
    i18n::Text,
    state::{Dialog, Making, State},
    transfer,
    worker::{
        client::Input,
        protocol::{Made, Make},
    },
    workspace::Role,
};
use engine::report::{EventSet, ExportForm, RedactOptions, Replacement};
use js_sys::Array;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Has an export made for the dialog about it, of all events or of those that are listed.
pub(crate) fn export(state: State, form: ExportForm, listed: bool) {
    let only = listed.then(|| {
        let events = state
            .results
            .with_untracked(|results| state.filter.with_untracked(|filter| filter.apply(results)));
        EventSet::of(events)
    });
    make(state, &Make::Export(form, only));
}

fn make(state: State, make: &Make) {
    state.making.set(Making::Busy(0));
    state.client.with_value(|client| client.iter().for_each(|client| client.make(make.clone())));
}

/// Takes in what the worker has made. Nobody waits for it where the dialog was closed.
pub(super) fn take(state: State, made: Option<(Made, Vec<Blob>)>) {
    if !matches!(state.dialog.get_untracked(), Some(Dialog::Export | Dialog::Redact)) {
        return;
    }
    match made {
        None => state.making.set(Making::Failed),
        Some((made, blobs)) => {
            state.blobs.set_value(blobs);
            state.making.set(Making::Done(made));
        }
    }
}

/// Takes in how far it is, and what is replaced.
pub(super) fn take_step(state: State, percent: u32, found: Option<Vec<Replacement>>) {
    state.making.set(Making::Busy(percent));
    if found.is_some() {
        state.replaced.set(found);
    }
}

/// Does not go on with a redaction; what was found is forgotten where the dialog about it is closed.
pub(crate) fn stop_redacting(state: State, forget: bool) {
    state.making.set(Making::Stopped);
    if forget {
        state.replaced.set(None);
    }
    state.client.with_value(|client| client.iter().for_each(|client| client.stop_making(forget)));
}

/// Has the events files made without names, for the dialog about it.
pub(crate) fn redact(state: State, options: RedactOptions) {
    make(state, &Make::Redact(options));
}

/// Saves the files without names that were made.
pub(crate) fn save_redacted(state: State) {
    let names = state.results.with_untracked(|results| {
        let named = results.inputs.events.iter().map(|input| match input.name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}.redacted.{ending}"),
            None => format!("{}.redacted", input.name),
        });
        named.collect::<Vec<_>>()
    });
    state.blobs.with_value(|blobs| {
        for (name, blob) in names.iter().zip(blobs) {
            transfer::save(name, blob);
        }
    });
}

/// Puts them in the place of the events files.
pub(crate) fn replace_redacted(state: State) {
    let blobs = state.blobs.get_value();
    state.dialog.set(None);
    spawn_local(async move {
        let mut texts = Vec::new();
        let inputs = state.results.with_untracked(|results| results.inputs.events.clone());
        for (blob, input) in blobs.iter().zip(&inputs) {
            let text = match input.log {
                Some(_) => None,
                None => JsFuture::from(blob.text()).await.ok().and_then(|text| text.as_string()),
            };
            texts.push(text.unwrap_or_default());
        }
        let same = state.workspace.with_untracked(|workspace| {
            let same = |input: &Input| {
                let doc = workspace.doc(input.key);
                doc.is_some_and(|doc| {
                    doc.text == input.text && doc.log.as_ref().and_then(|log| log.id) == input.log
                })
            };
            inputs.len() == texts.len() && inputs.iter().all(same)
        });
        if !same {
            return notify(state, state.say(Text::NewerText, &[]), None);
        }
        for (input, blob) in inputs.iter().zip(&blobs).filter(|(input, _)| input.log.is_some()) {
            // Its text is read where that of the file was, and takes its place then.
            let file = File::new_with_blob_sequence(&Array::of1(blob), &input.name);
            if let Ok(file) = file {
                let size = file.size();
                open_log(state, file, &input.name, size);
            }
        }
        if inputs.iter().all(|input| input.log.is_some()) {
            return;
        }
        change(state, state.say(Text::Redacted, &[]), |workspace| {
            for (input, text) in inputs.iter().zip(texts).filter(|(input, _)| input.log.is_none()) {
                if let Some(doc) = workspace.doc_mut(input.key) {
                    doc.text = text.into();
                }
            }
        });
    });
}

/// Saves the export that was made.
pub(crate) fn save_export(state: State, form: ExportForm) {
    let ending = match form {
        ExportForm::Events => "fields.yaml",
        ExportForm::Alerts => "alerts.jsonl",
        ExportForm::Csv => "alerts.csv",
    };
    let name = state.workspace.with_untracked(|workspace| {
        let mut files = workspace.of_role(Role::Events);
        let only = files.next().filter(|_| files.next().is_none());
        let stem = only.map_or("events", |doc| doc.name.split_once('.').map_or(&doc.name, |(stem, _)| stem));
        format!("{stem}.{ending}")
    });
    state.blobs.with_value(|blobs| blobs.iter().for_each(|blob| transfer::save(&name, blob)));
}

/// Copies the only file that was made.
pub(crate) fn copy_export(state: State) {
    let Some(blob) = state.blobs.with_value(|blobs| blobs.first().cloned()) else { return };
    spawn_local(async move {
        let text = JsFuture::from(blob.text()).await;
        copy(state, text.ok().and_then(|text| text.as_string()).unwrap_or_default());
    });
}

/// Puts a text on the clipboard.
pub(crate) fn copy(state: State, text: String) {
    spawn_local(async move {
        let written = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
        let said = if written.is_ok() { Text::Copied } else { Text::CopyFailed };
        notify(state, state.say(said, &[]), None);
    });
}
