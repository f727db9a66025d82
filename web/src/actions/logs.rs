//! Large events files, which the worker reads and keeps.

use super::{notify, take_doc};
use crate::{
    i18n::Text,
    state::{Loading, State},
    worker::{
        client::Client,
        logs::MAX_LOG_BYTES,
        protocol::{Log, LogEnd, LogFailure, count_of},
    },
    workspace::{Doc, DocKey, LogFile, Role},
};
use engine::text::Span;
use leptos::prelude::*;
use web_sys::File;

fn with_client<T>(state: State, act: impl FnOnce(&Client) -> T) -> Option<T> {
    state.client.with_value(|client| client.as_ref().map(act))
}

/// Reads a large file; if that is more than is kept, the user is asked first. `size` is what it has, unpacked.
pub(crate) fn open_log(state: State, file: File, name: &str, size: f64) {
    // One of the same name takes the place of this one.
    let same = state.loading.with_untracked(|all| all.iter().find(|it| it.name == name).map(|it| it.id));
    if let Some(id) = same {
        cancel_log(state, id);
    }
    let Some(id) = with_client(state, |client| client.add_log(file, size)) else { return };
    let ask = every(size);
    let name = name.to_owned();
    state.loading.update(|all| all.push(Loading { id, name, size, ask, bytes: 0.0, events: 0 }));
    if ask.is_none() {
        read_log(state, id, 1);
    }
}

/// Every how many lines one has to be kept of so many bytes; none if all can be.
pub(crate) fn every(size: f64) -> Option<u32> {
    let every = (size / f64::from(MAX_LOG_BYTES)).ceil();
    (every > 1.0).then_some(count_of(every))
}

/// Reads a file that was opened, or that was asked about.
pub(crate) fn read_log(state: State, id: u32, every: u32) {
    state.loading.update(|all| all.iter_mut().filter(|it| it.id == id).for_each(|it| it.ask = None));
    with_client(state, |client| client.read_log(id, every));
}

/// Reads a file of the workspace again, of which one line in `every` counts.
pub(crate) fn read_log_again(state: State, key: DocKey, every: u32) {
    let found = state.workspace.with_untracked(|workspace| {
        let doc = workspace.doc(key)?;
        Some((doc.name.clone(), doc.log.as_ref()?.id?))
    });
    let Some((name, id)) = found else { return };
    let Some(Some((file, size))) = with_client(state, |client| client.log_file(id)) else { return };
    let Some(id) = with_client(state, |client| client.add_log(file, size)) else { return };
    state.loading.update(|all| all.push(Loading { id, name, size, ask: None, bytes: 0.0, events: 0 }));
    read_log(state, id, every);
}

/// Bytes of a document's file, as far as they are known before it is read.
pub(crate) fn size_of_log(state: State, key: DocKey) -> f64 {
    let id = state.workspace.with_untracked(|workspace| workspace.doc(key)?.log.as_ref()?.id);
    with_client(state, |client| client.log_file(id?)).flatten().map_or(0.0, |(_, size)| size)
}

/// Does not go on reading a file; what was there before stays.
pub(crate) fn cancel_log(state: State, id: u32) {
    with_client(state, |client| client.cancel_log(id));
    if let Some(loading) = stop(state, id) {
        super::announce(state, state.say(Text::LogCancelled, &[&loading.name]));
        lose(state, id);
    }
}

/// The file of a document, if the page still has it.
pub(crate) fn file_of(state: State, log: &LogFile) -> Option<File> {
    Some(with_client(state, |client| client.log_file(log.id.unwrap_or(u32::MAX)))??.0)
}

/// Says which large files are to be given again after the page was loaded again.
pub(crate) fn tell_lost_logs(state: State) {
    let lost = |doc: &&Doc| doc.log.as_ref().is_some_and(|log| log.id.is_none());
    let names = state.workspace.with_untracked(|workspace| {
        workspace.docs.iter().filter(lost).map(|doc| doc.name.clone()).collect::<Vec<_>>()
    });
    if !names.is_empty() {
        notify(state, state.say(Text::LogsGone, &[&names.join(", ")]), None);
    }
}

/// Shows a place of a large file, if `key` is one.
pub(super) fn reveal_in_log(state: State, key: DocKey, span: Span) -> bool {
    let is_log =
        state.workspace.with_untracked(|workspace| workspace.doc(key).is_some_and(|doc| doc.log.is_some()));
    if is_log {
        state.place.set(Some((key, span)));
        state.active.set(key);
        state.region.set(crate::state::Region::Rules);
        request_animation_frame(|| crate::app::focus("#log-excerpt"));
    }
    is_log
}

/// Asks for what the view of a large file shows.
pub(crate) fn ask_for_excerpt(state: State, file: u32, span: Span) {
    with_client(state, |client| client.excerpt(file, span));
}

/// So much was read.
pub(super) fn take_step(state: State, id: u32, bytes: f64, events: u32) {
    let known = state.loading.with_untracked(|all| all.iter().any(|it| it.id == id));
    // One that the worker reads again, after it was started again or something was undone.
    let again = state.workspace.with_untracked(|workspace| {
        workspace.docs.iter().find(|doc| holds(doc, id)).map(|doc| doc.name.clone())
    });
    let size = with_client(state, |client| client.log_file(id)).flatten().map_or(0.0, |(_, size)| size);
    state.loading.update(|all| {
        if let (false, Some(name)) = (known, again) {
            all.push(Loading { id, name, size, ask: None, bytes: 0.0, events: 0 });
        }
        for loading in all.iter_mut().filter(|it| it.id == id) {
            (loading.bytes, loading.events) = (bytes, events);
        }
    });
}

/// A file was read, or will not be.
pub(super) fn take_log(state: State, id: u32, log: Result<Log, LogFailure>) {
    let loading = stop(state, id);
    let failure = match log {
        Ok(read) => {
            let known =
                state.workspace.with_untracked(|workspace| workspace.docs.iter().any(|doc| holds(doc, id)));
            if let (Some(Loading { name, .. }), false) = (loading, known) {
                take(state, &name, LogFile { id: Some(id), read });
            }
            return;
        }
        Err(LogFailure::Cancelled) => return,
        Err(LogFailure::Unreadable) => Text::FileUnreadable,
        Err(LogFailure::Stopped) => Text::LogStopped,
    };
    let name = lose(state, id).or(loading.map(|loading| loading.name)).unwrap_or_default();
    notify(state, state.say(failure, &[&name]), None);
}

fn take(state: State, name: &str, log: LogFile) {
    let end = log.read.end;
    take_doc(state, Role::Events, name, move |key| Doc {
        log: Some(log),
        ..Doc::new(key, Role::Events, name, "")
    });
    // In the place of the notice that it was added, which goes without saying.
    match end {
        LogEnd::Whole => {}
        LogEnd::Damaged => notify(state, state.say(Text::FileCutShort, &[name]), None),
        LogEnd::Limit => {
            let limit = (MAX_LOG_BYTES >> 20).to_string();
            notify(state, state.say(Text::FileTooLong, &[name, &limit]), None);
        }
    }
}

fn holds(doc: &Doc, id: u32) -> bool {
    doc.log.as_ref().is_some_and(|log| log.id == Some(id))
}

/// Takes a file off the list of those that are being read.
fn stop(state: State, id: u32) -> Option<Loading> {
    let mut found = None;
    state.loading.update(|all| {
        let at = all.iter().position(|it| it.id == id);
        found = at.map(|at| all.remove(at));
    });
    found
}

/// A document's file is lost; the name of the document.
fn lose(state: State, id: u32) -> Option<String> {
    let known = |doc: &&Doc| holds(doc, id);
    let name = state
        .workspace
        .with_untracked(|workspace| workspace.docs.iter().find(known).map(|doc| doc.name.clone()))?;
    state.workspace.update(|workspace| {
        for log in workspace.docs.iter_mut().filter_map(|doc| doc.log.as_mut()) {
            log.id = log.id.filter(|known| *known != id);
        }
    });
    Some(name)
}
