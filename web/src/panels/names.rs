//! Dialogs about names: where one stands, another name for it, and the items of a file.

use crate::{
    actions,
    editor::kind_name,
    i18n::{self, Text},
    state::{Found, Names, State},
    widgets::{
        button::word_button,
        erase::{on, part, text, with},
    },
};
use engine::{
    report::FileId,
    report::editor::{OutlineItem, Reference, Role},
    text::{LineIndex, Span},
};
use leptos::{html, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// What the title says of what was found.
pub(super) fn title(state: State, text: Text) -> Signal<String> {
    let name = state.found.with_untracked(|found| match found.as_deref() {
        Some(Found { what: Names::Places(_, references), .. }) => references.name.clone(),
        Some(Found { inputs, what: Names::Items(file, _) }) => {
            inputs.get(FileId::Rules(*file)).map(|input| input.name.clone()).unwrap_or_default()
        }
        None => String::new(),
    });
    state.tf(text, move || vec![name.clone()])
}

/// A row that leads to a place.
struct Row {
    file: FileId,
    span: Span,
    /// What is looked for in the search.
    words: String,
    view: Box<dyn Fn() -> AnyView + Send + Sync>,
}

/// The places of a name.
pub(super) fn references(state: State) -> AnyView {
    let Some(found) = state.found.get_untracked() else { return ().into_any() };
    let Names::Places(_, references) = &found.what else { return ().into_any() };
    let rows: Vec<Row> = references.places.iter().map(|place| reference(state, &found, place)).collect();
    let count = rows.len();
    let told = text(move || i18n::count(state.lang.get(), count, Text::OnePlace, Text::Places));
    view! {
        <p class="names-count">{told}</p>
        {rows_view(state, Text::PlacesLabel, rows, None)}
    }
    .into_any()
}

fn reference(state: State, found: &Found, place: &Reference) -> Row {
    let role = match place.role {
        Role::Definition => Text::RoleDefinition,
        Role::Change => Text::RoleChange,
        Role::Use => Text::RoleUse,
    };
    let file = found.inputs.get(place.at.file).map(|input| input.name.clone()).unwrap_or_default();
    let at = format!("{file}:{}", place.at.start.line);
    let line = place.line.clone();
    let view = move || {
        view! {
            <span class="names-at">{at.clone()}</span>
            <span class="names-kind">{state.t(role)}</span>
            <code>{line.clone()}</code>
        }
        .into_any()
    };
    Row { file: place.at.file, span: place.at.span, words: String::new(), view: Box::new(view) }
}

/// The items of a file, with a search.
pub(super) fn outline(state: State) -> AnyView {
    let Some(found) = state.found.get_untracked() else { return ().into_any() };
    let Names::Items(file, items) = &found.what else { return ().into_any() };
    let source = found.inputs.get(FileId::Rules(*file)).map(|input| input.text.clone()).unwrap_or_default();
    let lines = LineIndex::new(&source);
    let rows: Vec<Row> = items.iter().map(|item| outline_row(state, *file, item, &lines)).collect();
    let query = RwSignal::new(String::new());
    view! {
        <input
            type="search"
            class="names-search"
            autofocus
            autocomplete="off"
            spellcheck="false"
            aria-label=state.t(Text::FindItem)
            placeholder=state.t(Text::FindItem)
            on:input=with(move |event: web_sys::Event| query.set(event_target_value(&event)))
        />
        {rows_view(state, Text::OutlineLabel, rows, Some(query))}
    }
    .into_any()
}

fn outline_row(state: State, file: u32, item: &OutlineItem, lines: &LineIndex) -> Row {
    let OutlineItem { kind, name, at, changes, .. } = item.clone();
    let line = lines.line_column(at.start).line.to_string();
    let words = name.to_lowercase();
    let inner = kind == engine::report::editor::WordKind::Exception;
    let view = move || {
        let kind = state.t(kind_name(kind));
        let change = changes.then(|| view! { <span class="names-kind">{state.t(Text::RoleChange)}</span> });
        view! {
            <span class="names-at">{line.clone()}</span>
            <span class="names-kind">{kind}</span>
            <span class="names-name" class:inner=inner>{name.clone()}</span>
            {change}
        }
        .into_any()
    };
    Row { file: FileId::Rules(file), span: at, words, view: Box::new(view) }
}

/// Rows of buttons; arrow keys go from one to the next, Enter in the search takes the first.
fn rows_view(state: State, label: Text, rows: Vec<Row>, query: Option<RwSignal<String>>) -> AnyView {
    let list = NodeRef::<html::Ul>::new();
    let rows = Arc::new(rows);
    let shown = {
        let rows = rows.clone();
        part(move || {
            let query = query.map(|query| query.get().to_lowercase()).unwrap_or_default();
            let fits = |row: &&Row| query.split_whitespace().all(|word| row.words.contains(word));
            let mut found: Vec<AnyView> = rows.iter().filter(fits).map(|row| row_view(state, row)).collect();
            if found.is_empty() {
                found.push(view! { <li class="names-none">{state.t(Text::NoSuchItem)}</li> }.into_any());
            }
            found.into_any()
        })
    };
    let keys = move |event: KeyboardEvent| {
        let Some(root) = list.get_untracked() else { return };
        let Ok(found) = root.query_selector_all("button") else { return };
        let buttons: Vec<HtmlElement> = (0..found.length())
            .filter_map(|at| found.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok()))
            .collect();
        let active = document().active_element();
        let at = buttons.iter().position(|button| active.as_ref() == Some(button.unchecked_ref()));
        let to = match (event.key().as_str(), at) {
            _ if event.is_composing() => return,
            ("ArrowDown", None) => 0,
            ("ArrowDown", Some(at)) => (at + 1).min(buttons.len().saturating_sub(1)),
            ("ArrowUp", Some(at)) => at.saturating_sub(1),
            ("Enter", None) => {
                if let Some(first) = buttons.first() {
                    event.prevent_default();
                    first.click();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(button) = buttons.get(to) {
            let _ = button.focus();
        }
    };
    // The search stands beside the list, so its keys are heard at the dialog.
    let heard = window_event_listener(leptos::ev::keydown, keys);
    on_cleanup(move || heard.remove());
    view! { <ul class="names" node_ref=list aria-label=state.t(label)>{shown}</ul> }.into_any()
}

fn row_view(state: State, row: &Row) -> AnyView {
    let (file, span) = (row.file, row.span);
    view! {
        <li>
            <button type="button" on:click=on(move || actions::go_to_found(state, file, span))>{(row.view)()}</button>
        </li>
    }
    .into_any()
}

/// Another name for what stands at the cursor.
pub(super) fn new_name(state: State) -> AnyView {
    let old = state.found.with_untracked(|found| match found.as_deref() {
        Some(Found { what: Names::Places(_, references), .. }) => {
            (references.name.clone(), references.places.len())
        }
        _ => Default::default(),
    });
    let (old, count) = old;
    let name = RwSignal::new(old);
    let problem = RwSignal::new(String::new());
    let told = text(move || i18n::count(state.lang.get(), count, Text::OnePlace, Text::Places));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(String::new());
        actions::rename_found(state, name.get_untracked().trim(), problem);
    };
    view! {
        <form class="rename" on:submit=with(save)>
            <label for="new-item-name">{state.t(Text::NewName)}</label>
            <input
                id="new-item-name"
                autofocus
                autocomplete="off"
                spellcheck="false"
                aria-describedby="new-item-name-places new-item-name-problem"
                aria-invalid=text(move || (!problem.get().is_empty()).to_string())
                prop:value=text(move || name.get())
                on:focus=with(|event: web_sys::FocusEvent| {
                    let target = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
                    if let Some(input) = target {
                        input.select();
                    }
                })
                on:input=with(move |event: web_sys::Event| name.set(event_target_value(&event)))
            />
            <p id="new-item-name-places" class="muted">{told}</p>
            <p id="new-item-name-problem" class="form-problem" role="alert">{text(move || problem.get())}</p>
            <div class="modal-actions">
                {word_button("outlined", state.t(Text::Cancel), move || state.dialog.set(None))}
                <button type="submit" class="solid">{state.t(Text::RenameNow)}</button>
            </div>
        </form>
    }
    .into_any()
}
