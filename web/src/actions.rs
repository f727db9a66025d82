//! Everything that changes the state. Views and listeners call these and write no signal of `State` themselves.

mod edits;
mod events;
pub(crate) mod exceptions;
mod follow;
mod giving;
mod logs;
mod names;
mod tuning;

pub(crate) use edits::apply_fix;
pub(crate) use events::{
    add_copy, add_event, add_events_file, filter, go_to_event, read_as, select_cell, select_event,
    select_rule, set_view,
};
use events::{ask_for_details, select_first_of};
pub(crate) use follow::{Items, follow_cursor, follow_cursor_to_rule};
pub(crate) use giving::{
    copy, copy_export, export, redact, replace_redacted, save_export, save_redacted, stop_redacting,
};
pub(crate) use logs::{
    ask_for_excerpt, cancel_log, every, file_of, open_log, read_log, read_log_again, size_of_log,
    tell_lost_logs,
};
pub(crate) use names::{
    fix_all, format, go_to_definition, go_to_found, question, rename_found, send, sentence, show_outline,
    show_references, start_rename,
};
pub(crate) use tuning::{clear_baseline, list_fate, print_fields, restore_baseline, take_baseline};

use crate::{
    editor,
    i18n::{Lang, Text, words},
    persist::preferences,
    results::Results,
    state::{
        Dialog, Engine, Filter, Notice, Region, ResultView, Sizes, Start, State, Theme, Undo, first_shown,
    },
    worker::client::{Input, News},
    workspace::{CONFIG_NAME, Doc, DocKey, Role, Workspace},
};
use engine::{
    catalog::Dialect,
    report::Place,
    text::{LineIndex, Span},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// The user typed.
pub(crate) fn edit(state: State, key: DocKey, text: Arc<str>) {
    state.workspace.update(|workspace| {
        if let Some(doc) = workspace.doc_mut(key) {
            doc.text = text;
        }
    });
}

/// Shows a document in the editor.
pub(crate) fn show(state: State, key: DocKey) {
    state.active.set(key);
}

/// Shows a region, and in a wide window goes there.
pub(crate) fn go_to_region(state: State, region: Region) {
    state.region.set(region);
    request_animation_frame(move || {
        if region == Region::Rules {
            state.editor.with_value(|editor| editor.iter().for_each(|editor| drop(editor.focus())));
        } else {
            crate::app::focus(&format!("#{} [data-start]", region.id()));
        }
    });
}

/// Opens the quick reference, or goes back to its search.
pub(crate) fn open_reference(state: State) {
    if state.reference.get_untracked() {
        crate::app::focus("#reference-search");
    } else {
        state.reference.set(true);
    }
}

/// Writes at the editor's cursor and goes there. In a narrow window the quick reference makes room.
pub(crate) fn insert(state: State, text: &str, back: u32) {
    let done = state.editor.with_value(|editor| editor.iter().any(|editor| editor.insert(text, back)));
    if !done {
        return notify(state, state.say(Text::ReadOnly, &[]), None);
    }
    if !crate::app::is_wide() {
        state.reference.set(false);
    }
    go_to_region(state, Region::Rules);
}

// --- the workspace as a whole

/// Replaces the workspace, after a question if something would be lost.
pub(crate) fn start(state: State, start: Start) {
    spawn_local(async move {
        // What is open must be there as well, to tell whether it was edited.
        let now = state.workspace.with_untracked(Start::of);
        now.fetch().await;
        if !start.fetch().await {
            notify(state, state.say(Text::ExampleMissing, &[]), None);
        } else if state.workspace.with_untracked(Start::left_by) {
            state.dialog.set(Some(Dialog::Replace(start)));
        } else {
            replace(state, start);
        }
    });
}

/// Fetches the files of the example that a draft came from, so that the page can tell whether it was edited.
pub(crate) fn fetch_start(state: State) {
    let start = state.workspace.with_untracked(Start::of);
    spawn_local(async move {
        if start.fetch().await {
            state.fetched.update(|count| *count += 1);
        }
    });
}

/// Replaces the workspace; the notice brings the old one back.
pub(crate) fn replace(state: State, start: Start) {
    let lang = state.lang.get_untracked();
    let text = match start {
        Start::Example(example) => state.say(Text::OpenedExample, &[example.title(lang)]),
        Start::Empty => state.say(Text::StartedNew, &[]),
    };
    let Some(workspace) = start.workspace(lang) else { return };
    let undo = present(state);
    put(state, workspace);
    notify(state, text, Some(undo));
}

/// What the workspace is now, for a way back.
fn present(state: State) -> Undo {
    Undo { workspace: state.workspace.get_untracked(), active: state.active.get_untracked() }
}

/// Takes another workspace, as on its first day.
fn put(state: State, workspace: Workspace) {
    let first = state.fresh_keys(workspace.docs.len());
    let workspace = workspace.with_keys_from(first);
    state.active.set(first_shown(&workspace));
    state.workspace.set(workspace);
    state.filter.set(Filter::default());
    state.rule.set(None);
    select_event(state, Some(0));
}

/// Changes the workspace so that the notice `text` can undo it.
fn change(state: State, text: String, act: impl FnOnce(&mut Workspace)) {
    let undo = present(state);
    state.workspace.update(act);
    notify(state, text, Some(undo));
}

/// Goes back to what the notice keeps.
pub(crate) fn undo(state: State) {
    if let Some(Undo { workspace, active }) = state.notice.get_untracked().and_then(|notice| notice.undo) {
        state.active.set(active);
        state.workspace.set(workspace);
        notify(state, state.say(Text::Undone, &[]), None);
    }
}

pub(crate) fn notify(state: State, text: String, undo: Option<Undo>) {
    state.notice.set(Some(Notice { text, undo }));
}

pub(crate) fn dismiss(state: State) {
    state.notice.set(None);
}

// --- files

/// Adds an empty rules file and shows it.
pub(crate) fn add_file(state: State) {
    let key = state.fresh_keys(1);
    let mut added = DocKey(key);
    state.workspace.update(|workspace| added = workspace.add(key, Role::Rules, "rules.yaml", ""));
    state.active.set(added);
}

/// Adds a falco.yaml with the keys that have an effect, as Falco is shipped, and shows it.
pub(crate) fn add_config(state: State) {
    let key = state.fresh_keys(1);
    change(state, state.say(Text::AddedFile, &[CONFIG_NAME]), |workspace| {
        state.active.set(workspace.add(key, Role::Config, CONFIG_NAME, engine::config::TEMPLATE));
    });
}

/// Gives a file another name, or says why not.
pub(crate) fn rename(state: State, key: DocKey, name: &str) -> Result<(), Text> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Text::NameEmpty);
    }
    if state.workspace.with_untracked(|workspace| workspace.name_taken(name, Some(key))) {
        return Err(Text::NameTaken);
    }
    state.workspace.update(|workspace| {
        if let Some(doc) = workspace.doc_mut(key) {
            name.clone_into(&mut doc.name);
        }
    });
    Ok(())
}

/// Moves a rules file in load order.
pub(crate) fn shift(state: State, key: DocKey, step: isize) {
    state.workspace.update(|workspace| workspace.shift(key, step));
}

/// Deletes a rules file, the configuration, or an events file beside others.
pub(crate) fn delete(state: State, key: DocKey) {
    let name =
        |workspace: &Workspace| Some(workspace.doc(key).filter(|_| workspace.is_optional(key))?.name.clone());
    let Some(name) = state.workspace.with_untracked(name) else { return };
    let mut shown = None;
    change(state, state.say(Text::DeletedFile, &[&name]), |workspace| shown = workspace.remove(key));
    if let (Some(shown), true) = (shown, state.active.get_untracked() == key) {
        state.active.set(shown);
    }
}

/// Reads the rules in another dialect.
pub(crate) fn set_dialect(state: State, dialect: Dialect) {
    if state.workspace.with_untracked(|workspace| workspace.dialect) != dialect {
        state.workspace.update(|workspace| workspace.dialect = dialect);
        let name = if dialect == Dialect::Course { Text::DialectCourse } else { Text::DialectFalco };
        announce(state, state.say(Text::Dialect, &[&state.say(name, &[])]));
    }
}

/// Switches the base rules on or off.
pub(crate) fn switch_base(state: State) {
    state.workspace.update(|workspace| workspace.base_on = !workspace.base_on);
}

/// Lets the user edit the base rules.
pub(crate) fn unlock_base(state: State) {
    set_base(state, Text::BaseReplaced, |doc| doc.locked = false);
}

/// Takes another text as base rules.
pub(crate) fn replace_base(state: State, text: &str) {
    set_base(state, Text::BaseReplaced, |doc| *doc = Doc::new(doc.key.0, Role::Base, &doc.name, text));
}

/// Brings Mews's own base rules back.
pub(crate) fn restore_base(state: State) {
    set_base(state, Text::BaseRestored, |doc| *doc = Doc::base(doc.key.0));
}

fn set_base(state: State, text: Text, act: impl FnOnce(&mut Doc)) {
    change(state, state.say(text, &[]), |workspace| {
        workspace.base_on = true;
        if let Some(doc) = workspace.docs.first_mut() {
            act(doc);
            state.active.set(doc.key);
        }
    });
}

/// Takes an opened file in.
pub(crate) fn take_file(state: State, role: Role, name: &str, text: &str) {
    take_doc(state, role, name, |key| Doc::new(key, role, name, text));
}

/// Takes an opened file in, which `make` makes a document of: a configuration replaces the configuration, rules and events the file
/// of the same name, or they come last. Events that nobody has written, those of an example or none, make room.
fn take_doc(state: State, role: Role, name: &str, make: impl FnOnce(u32) -> Doc) {
    let same = state.workspace.with_untracked(|workspace| {
        let mut alike = workspace.docs.iter().filter(|doc| doc.role == role);
        let named = alike.clone().find(|doc| role == Role::Config || doc.name == name);
        let untouched = || {
            let only = alike.next().filter(|_| role == Role::Events && alike.next().is_none())?;
            let of_start = |lang| {
                let start = Start::of(workspace).workspace(lang)?;
                Some(start.of_role(Role::Events).any(|doc| doc.text == only.text))
            };
            let given = [Lang::En, Lang::Ja].into_iter().any(|lang| of_start(lang) == Some(true));
            (only.log.is_none() && (given || only.text.trim().is_empty())).then_some(only)
        };
        let replaced = named.or_else(untouched);
        replaced.map(|doc| (doc.key, doc.name == name))
    });
    let message = if same.is_some_and(|(_, named)| named) { Text::ReplacedFile } else { Text::AddedFile };
    let same = same.map(|(key, _)| key);
    let fresh = state.fresh_keys(1);
    let mut shown = DocKey(fresh);
    change(state, state.say(message, &[name]), |workspace| {
        let known = same.and_then(|key| workspace.doc_mut(key)).map(|doc| doc.key);
        shown = known.unwrap_or_else(|| workspace.add(fresh, role, name, ""));
        if let Some(doc) = workspace.doc_mut(shown) {
            let name = std::mem::take(&mut doc.name);
            *doc = make(shown.0);
            // One that is new may have been given another name.
            if known.is_none() {
                doc.name = name;
            }
        }
    });
    state.active.set(shown);
    if role == Role::Events {
        // Once the file is on its way to the engine: its first event.
        request_animation_frame(move || select_first_of(state, shown));
    }
}

// --- places and problems

/// Goes to a place in a file.
pub(crate) fn go_to(state: State, place: &Place) {
    let input = state.results.with_untracked(|results| results.input(place.file).cloned());
    if let Some(input) = input {
        reveal(state, &input, place.span);
    }
}

/// Shows a span of a file as it was evaluated.
fn reveal(state: State, input: &Input, span: Span) {
    if !logs::reveal_in_log(state, input.key, span) {
        editor::reveal(state, input.key, &input.text, span);
    }
}

/// Goes to the next problem from the cursor on, through all files and around.
pub(crate) fn step_problem(state: State, back: bool) {
    let (key, offset) = state.cursor.get_value();
    let active = state.active.get_untracked();
    let next = state.results.with_untracked(|results| {
        let file = results.file_of(active);
        let offset = if key == active { offset } else { 0 };
        let shown = state.place.get_untracked().filter(|(key, _)| *key == active);
        let offset = file.and_then(|file| results.input(file)).map(|input| match (input.log, shown) {
            (Some(_), shown) => shown.map_or(0, |(_, span)| span.end),
            _ => LineIndex::new(&input.text).from_utf16(offset),
        });
        problem_from(results, file.zip(offset), back)
    });
    match next {
        Some(place) => go_to(state, &place),
        None => announce(state, state.say(Text::NoProblems, &[])),
    }
}

/// The first problem behind (or, going back, the last before) a file and byte.
fn problem_from(results: &Results, from: Option<(engine::report::FileId, u32)>, back: bool) -> Option<Place> {
    // The report has them in order of file and place.
    let places: Vec<Place> = results.diagnostics.iter().map(|problem| problem.at).collect();
    let Some((file, byte)) = from else { return places.first().copied() };
    // A jump leaves the cursor at the end of the problem, so that the start tells which one it stands in.
    if back {
        let before = places.iter().rev().find(|place| (place.file, place.span.end) < (file, byte));
        before.or(places.last()).copied()
    } else {
        let after = places
            .iter()
            .find(|place| (place.file, place.span.start) >= (file, byte) && place.span.end != byte);
        after.or(places.first()).copied()
    }
}

// --- the engine

/// Takes in what the worker says.
pub(crate) fn take_news(state: State, news: News) {
    match news {
        News::Ready => state.engine.set(Engine::Ready),
        News::Answer(answer) => {
            let before = state.results.try_update(|results| results.take(answer)).unwrap_or_default();
            state.told.update(|told| state.results.with_untracked(|now| told.grow_old(&before, now)));
            let shows_rules = state.view.get_untracked() == ResultView::Rules;
            if shows_rules && state.told.with_untracked(|told| told.rule.is_none()) {
                ask_for_details(state);
            }
            // What is being written becomes an event only now.
            let (key, offset) = state.cursor.get_value();
            if state.active.get_untracked() == key {
                follow_cursor(state, key, offset);
            }
            if state.engine.get_untracked() != Engine::Ready {
                state.engine.set(Engine::Ready);
            }
        }
        News::Detail(selected, detail) => {
            state.told.update(|told| told.take_event(detail.map(|detail| (selected, detail))));
        }
        News::Changes(changes) => state.told.update(|told| told.take_changes(changes)),
        News::Told(then, reply) => then(reply),
        News::Changed(changed) => exceptions::take(state, changed),
        News::Made(made) => giving::take(state, made),
        News::MadeStep(percent, found) => giving::take_step(state, percent, found),
        News::Excerpt(file, excerpt) => state.excerpt.set(excerpt.map(|excerpt| (file, excerpt))),
        News::LogStep(id, bytes, events) => logs::take_step(state, id, bytes, events),
        News::Log(id, log) => logs::take_log(state, id, log),
        News::Rule(detail) => state.told.update(|told| told.take_rule(detail)),
        News::Slow => state.engine.set(Engine::Busy),
        News::Restarted => {
            state.engine.set(Engine::Starting);
            notify(state, state.say(Text::EngineRestarted, &[]), None);
        }
        News::GaveUp => {
            state.engine.set(Engine::Stuck);
            notify(state, state.say(Text::EngineGaveUp, &[]), None);
        }
    }
}

/// Tells a screen reader.
pub(crate) fn announce(state: State, text: String) {
    state.announcement.set(text);
}

// --- preferences

/// Speaks another language, once its words are there. An example that was not edited changes with it.
pub(crate) fn set_lang(state: State, lang: Lang) {
    let before = state.lang.get_untracked();
    if lang == before {
        return;
    }
    if !words::are_there(lang) {
        spawn_local(async move {
            if words::fetch(lang).await {
                set_lang(state, lang);
            } else {
                notify(state, state.say(Text::WordsMissing, &[]), None);
            }
        });
        return;
    }
    preferences::set_lang(lang);
    state.lang.set(lang);
    dismiss(state);
    let start = state.workspace.with_untracked(|workspace| {
        let start = Start::of(workspace);
        start.workspace(before)?.same_content(workspace).then_some(start)
    });
    if let Some(start @ Start::Example(_)) = start
        && let Some(translated) = start.workspace(lang)
    {
        let shown = state.workspace.with_untracked(|workspace| {
            workspace.docs.iter().position(|doc| doc.key == state.active.get_untracked())
        });
        let selected = state.selected.get_untracked();
        put(state, translated);
        let key = state.workspace.with_untracked(|workspace| Some(workspace.docs.get(shown?)?.key));
        if let Some(key) = key {
            state.active.set(key);
        }
        select_event(state, selected);
    }
}

pub(crate) fn set_theme(state: State, theme: Theme) {
    preferences::set_theme(theme);
    state.theme.set(theme);
}

pub(crate) fn set_sizes(state: State, act: impl FnOnce(&mut Sizes)) {
    state.sizes.update(act);
    preferences::set_sizes(state.sizes.get_untracked());
}
