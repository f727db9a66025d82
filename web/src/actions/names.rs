//! What the editor's keys and menu do with names and whole files: each asks the engine first, with the files as they are now.

use super::{
    announce,
    edits::{edited_texts, put_texts},
    notify,
};
use crate::{
    editor,
    i18n::{self, Text, wording},
    state::{Dialog, Found, Names, State},
    worker::client::{Inputs, Then},
    workspace::DocKey,
};
use engine::{
    report::FileId,
    report::editor::{Cursor, FixAll, Query, References, Reply},
    text::{LineIndex, Message, Span},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The files as they are now, and the position of a document among the rules files; none if it is no loaded rules file.
pub(crate) fn question(state: State, key: DocKey) -> Option<(Inputs, u32)> {
    let inputs = state.workspace.with_untracked(Inputs::of);
    let file = inputs.rules.iter().position(|input| input.key == key)?;
    Some((inputs, file as u32))
}

/// Asks the engine; the answer may be that there is none.
pub(crate) fn send(state: State, inputs: &Inputs, query: Query, then: Then) {
    match state.client.get_value() {
        Some(client) => client.ask(inputs, query, then),
        None => then(None),
    }
}

/// Asks about a place (UTF-16) in a document, or about the document.
fn ask(
    state: State,
    key: DocKey,
    offset: u32,
    query: impl FnOnce(Cursor) -> Query,
    then: impl FnOnce(Inputs, Cursor, Reply) + 'static,
) {
    let Some((inputs, file)) = question(state, key) else {
        return notify(state, state.say(Text::OnlyInRules, &[]), None);
    };
    let Some(input) = inputs.rules.get(file as usize) else { return };
    let cursor = Cursor { file, offset: LineIndex::new(&input.text).from_utf16(offset) };
    let asked = inputs.clone();
    let then: Then = Box::new(move |reply| {
        if let Some(reply) = reply {
            then(asked, cursor, reply);
        }
    });
    send(state, &inputs, query(cursor), then);
}

/// Asks where the name at a place stands.
fn ask_places(
    state: State,
    key: DocKey,
    offset: u32,
    then: impl FnOnce(Inputs, Cursor, References) + 'static,
) {
    ask(state, key, offset, Query::References, move |inputs, cursor, reply| match reply {
        Reply::References(Some(found)) => then(inputs, cursor, found),
        _ => notify(state, state.say(Text::NoNameHere, &[]), None),
    });
}

fn open(state: State, dialog: Dialog, inputs: Inputs, what: Names) {
    state.found.set(Some(Arc::new(Found { inputs, what })));
    state.dialog.set(Some(dialog));
}

/// Goes to where the name at the cursor is defined; from there, shows where it is used.
pub(crate) fn go_to_definition(state: State, key: DocKey, offset: u32) {
    ask_places(state, key, offset, move |inputs, cursor, found| {
        let here = |span: Span| span.start <= cursor.offset && cursor.offset <= span.end;
        match found.definition {
            Some(place) if place.file != FileId::Rules(cursor.file) || !here(place.span) => {
                if let Some(input) = inputs.get(place.file) {
                    editor::reveal(state, input.key, &input.text, place.span);
                }
            }
            _ => open(state, Dialog::References, inputs, Names::Places(cursor, found)),
        }
    });
}

/// Shows where the name at the cursor stands.
pub(crate) fn show_references(state: State, key: DocKey, offset: u32) {
    ask_places(state, key, offset, move |inputs, cursor, found| {
        open(state, Dialog::References, inputs, Names::Places(cursor, found));
    });
}

/// Asks for another name of what is named at the cursor, or says why there can be none.
pub(crate) fn start_rename(state: State, key: DocKey, offset: u32) {
    ask_places(state, key, offset, move |inputs, cursor, found| match &found.fixed {
        Some(reason) => notify(state, sentence(state, reason), None),
        None => open(state, Dialog::NewName, inputs, Names::Places(cursor, found)),
    });
}

/// Gives what the dialog is about another name; says in `problem` why not.
pub(crate) fn rename_found(state: State, name: &str, problem: RwSignal<String>) {
    let Some(found) = state.found.get_untracked() else { return };
    let Names::Places(cursor, references) = &found.what else { return };
    let notice = state.say(Text::NameChanged, &[&references.name, name]);
    let asked = found.clone();
    let then: Then = Box::new(move |reply| match reply {
        Some(Reply::Rename(Ok(edits))) => {
            let texts = edited_texts(&asked.inputs, &edits);
            if texts.is_some_and(|texts| texts.is_empty() || put_texts(state, notice, texts)) {
                state.dialog.set(None);
            }
        }
        Some(Reply::Rename(Err(reason))) => problem.set(sentence(state, &reason)),
        _ => {}
    });
    let query = Query::Rename(*cursor, name.to_owned());
    send(state, &found.inputs, query, then);
}

/// Shows the items of a file.
pub(crate) fn show_outline(state: State, key: DocKey) {
    ask(
        state,
        key,
        0,
        |cursor| Query::Outline(cursor.file),
        move |inputs, cursor, reply| {
            if let Reply::Outline(items) = reply {
                open(state, Dialog::Outline, inputs, Names::Items(cursor.file, items));
            }
        },
    );
}

/// Writes a file tidily. The cursor stays where it is.
pub(crate) fn format(state: State, key: DocKey) {
    ask(
        state,
        key,
        0,
        |cursor| Query::Format(cursor.file),
        move |inputs, cursor, reply| match reply {
            Reply::Format(Ok(edits)) if edits.is_empty() => {
                announce(state, state.say(Text::TidyAlready, &[]));
            }
            Reply::Format(Ok(edits)) => {
                let Some(input) = inputs.rules.get(cursor.file as usize) else { return };
                let may = state.workspace.with_untracked(|workspace| {
                    workspace.doc(key).is_some_and(|doc| !doc.locked && doc.text == input.text)
                });
                if may {
                    editor::apply(state, key, &input.text, &edits);
                    announce(state, state.say(Text::Formatted, &[]));
                }
            }
            Reply::Format(Err(reason)) => notify(state, sentence(state, &reason), None),
            _ => {}
        },
    );
}

/// Makes all safe fixes of a file.
pub(crate) fn fix_all(state: State, key: DocKey) {
    ask(
        state,
        key,
        0,
        |cursor| Query::FixAll(cursor.file),
        move |inputs, cursor, reply| {
            let Reply::FixAll(FixAll { text, fixes }) = reply else { return };
            let Some(input) = inputs.rules.get(cursor.file as usize) else { return };
            if fixes == 0 {
                return notify(state, state.say(Text::NothingToFix, &[]), None);
            }
            let notice =
                i18n::count(state.lang.get_untracked(), fixes as usize, Text::OneFixMade, Text::FixesMade);
            put_texts(state, notice, vec![(key, input.text.clone(), text.into())]);
        },
    );
}

/// Goes to a place that a dialog shows, and closes it.
pub(crate) fn go_to_found(state: State, file: FileId, span: Span) {
    let found = state.found.get_untracked();
    state.dialog.set(None);
    if let Some(input) = found.as_ref().and_then(|found| found.inputs.get(file)) {
        editor::reveal(state, input.key, &input.text, span);
    }
}

/// A message of the engine as a sentence of the page.
pub(crate) fn sentence(state: State, message: &Message) -> String {
    let lang = state.lang.get_untracked();
    let text = wording(message, lang);
    let end = if lang == i18n::Lang::En { "." } else { "。" };
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect::<String>() + end,
        None => text,
    }
}
