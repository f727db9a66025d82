//! The quick reference: fields, operators, macros and the like, found by name or by what one wants to do, and put into
//! the editor by a click, by Enter or by dragging.

use crate::{
    actions,
    docs::{self, Doc, KINDS, Kind},
    i18n::{self, Text},
    state::State,
    widgets::{
        button::icon_button,
        erase::{Keyed, list, part, text, with},
        icon::CLOSE,
    },
};
use engine::catalog::fields;
use leptos::{html, prelude::*, task::spawn_local};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event, HtmlElement, KeyboardEvent, MouseEvent};

/// Rows that are made at once; more when they come into view.
const PAGE: usize = 40;
/// Rows that Page Up and Page Down step over.
const STEP: usize = 8;

/// What the panel shows.
#[derive(Clone, Copy)]
struct View {
    docs: RwSignal<Docs>,
    query: RwSignal<String>,
    kind: RwSignal<Option<Kind>>,
    source: RwSignal<String>,
    /// Position in what was found.
    chosen: RwSignal<usize>,
    /// Number of pages that are made.
    pages: RwSignal<usize>,
    rows: NodeRef<html::Div>,
    /// What had the focus before.
    back: StoredValue<Option<HtmlElement>, LocalStorage>,
}

/// All texts.
#[derive(Clone, Copy)]
enum Docs {
    Coming,
    Missing,
    There(&'static [Doc]),
}

impl Docs {
    fn get(self) -> &'static [Doc] {
        match self {
            Self::There(docs) => docs,
            Self::Coming | Self::Missing => &[],
        }
    }
}

/// The panel, while it is open.
pub(crate) fn reference(state: State) -> AnyView {
    part(move || if state.reference.get() { panel(state) } else { ().into_any() }).into_any()
}

fn panel(state: State) -> AnyView {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let view = View {
        docs: RwSignal::new(Docs::Coming),
        query: RwSignal::new(String::new()),
        kind: RwSignal::new(None),
        source: RwSignal::new(String::new()),
        chosen: RwSignal::new(0),
        pages: RwSignal::new(1),
        rows: NodeRef::new(),
        back: StoredValue::new_local(focused),
    };
    spawn_local(async move {
        view.docs.try_set(docs::fetch().await.map_or(Docs::Missing, Docs::There));
    });
    request_animation_frame(|| crate::app::focus("#reference-search"));
    // It lies over the regions of a narrow window.
    Effect::new(move |before: Option<()>| {
        state.region.track();
        if before.is_some() && !crate::app::is_wide() {
            state.reference.set(false);
        }
    });
    let found = Memo::new(move |_| {
        let docs = view.docs.get().get();
        let (query, source) = (view.query.get(), view.source.get());
        Arc::new(docs::find(docs, &query, view.kind.get(), &source))
    });
    let count = text(move || match view.docs.get() {
        Docs::Coming => String::new(),
        Docs::Missing => Text::DocsMissing.in_lang(state.lang.get()).to_owned(),
        Docs::There(_) => i18n::count(state.lang.get(), found.get().len(), Text::OneEntry, Text::Entries),
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            close(state, view);
        }
    };
    view! {
        <section class="reference" aria-labelledby="reference-title" on:keydown=with(escape)>
            <header>
                <h2 id="reference-title">{state.t(Text::Reference)}</h2>
                {icon_button(state.t(Text::Close), CLOSE, move || close(state, view))}
            </header>
            <div class="reference-search">
                {search_box(state, view, found)}
                <div class="reference-filters">
                    {kinds(state, view)}
                    {sources(state, view)}
                </div>
            </div>
            <p class="reference-count" role="status">{count}</p>
            {results(state, view, found)}
            <p class="reference-keys">{state.t(Text::ReferenceKeys)}</p>
        </section>
    }
    .into_any()
}

type Found = Memo<Arc<Vec<usize>>>;

fn search_box(state: State, view: View, found: Found) -> AnyView {
    let keys = move |event: KeyboardEvent| {
        let (count, at) = (found.with_untracked(|found| found.len()), view.chosen.get_untracked());
        if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() || count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => choose(view, (at + 1).min(count - 1)),
            "ArrowUp" => choose(view, at.saturating_sub(1)),
            "PageDown" => choose(view, (at + STEP).min(count - 1)),
            "PageUp" => choose(view, at.saturating_sub(STEP)),
            "Enter" => {
                let doc =
                    found.with_untracked(|found| found.get(at).copied()).and_then(|at| doc_at(view, at));
                if let Some(doc) = doc {
                    insert(state, doc, event.shift_key());
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <input
            id="reference-search"
            type="search"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            aria-autocomplete="list"
            aria-expanded="true"
            aria-controls="reference-rows"
            aria-activedescendant=text(move || {
                if found.with(|found| found.is_empty()) { String::new() } else { row_id(view.chosen.get()) }
            })
            aria-label=state.t(Text::ReferenceSearch)
            placeholder=state.t(Text::ReferenceSearch)
            prop:value=text(move || view.query.get())
            on:input=with(move |event: Event| {
                start_over(view);
                view.query.set(event_target_value(&event));
            })
            on:keydown=with(keys)
        />
    }
    .into_any()
}

fn kinds(state: State, view: View) -> AnyView {
    let options =
        KINDS.map(|(_, name, title)| view! { <option value=name>{state.t(title)}</option> }.into_any());
    let set = move |event: Event| {
        let name = event_target_value(&event);
        let kind = KINDS.into_iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| kind);
        start_over(view);
        view.kind.set(kind);
    };
    view! {
        <select aria-label=state.t(Text::ReferenceKind) on:change=with(set)>
            <option value="">{state.t(Text::AllKinds)}</option>
            {options.into_iter().collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}

fn sources(state: State, view: View) -> AnyView {
    let options =
        fields::sources().iter().map(|source| view! { <option value=*source>{*source}</option> }.into_any());
    let set = move |event: Event| {
        start_over(view);
        view.source.set(event_target_value(&event));
    };
    view! {
        <select aria-label=state.t(Text::EventSource) on:change=with(set)>
            <option value="">{state.t(Text::AllSources)}</option>
            {options.collect::<Vec<_>>()}
        </select>
    }
    .into_any()
}

/// Shows what is found now from its top.
fn start_over(view: View) {
    view.chosen.set(0);
    view.pages.set(1);
    if let Some(rows) = view.rows.get_untracked() {
        rows.set_scroll_top(0);
    }
}

fn results(state: State, view: View, found: Found) -> AnyView {
    // A page of rows stays while more are added below it; with other results all are made anew.
    let round = StoredValue::new((0_u32, Arc::new(Vec::new())));
    let pages = move || {
        let now = found.get();
        round.update_value(|(round, before)| {
            if !Arc::ptr_eq(before, &now) {
                *round += 1;
                *before = now.clone();
            }
        });
        let round = round.with_value(|(round, _)| *round);
        let count = now.len().div_ceil(PAGE).min(view.pages.get());
        let page = |page| {
            let found = now.clone();
            Keyed::new(format!("{round} {page}"), move || page_of(state, view, &found, page))
        };
        (0..count).map(page).collect::<Vec<_>>()
    };
    let more = move |_: Event| {
        let Some(rows) = view.rows.get_untracked() else { return };
        if rows.scroll_top() + 2 * rows.client_height() > rows.scroll_height()
            && view.pages.get_untracked() * PAGE < found.with_untracked(|found| found.len())
        {
            view.pages.update(|pages| *pages += 1);
        }
    };
    let click = move |event: MouseEvent| {
        if let Some((at, doc, example)) = row_of(view, found, &event) {
            view.chosen.set(at);
            insert(state, doc, example);
        }
    };
    let drag = move |event: DragEvent| {
        let (Some((_, doc, example)), Some(data)) = (row_of(view, found, &event), event.data_transfer())
        else {
            return;
        };
        let text = if example { doc.example.clone() } else { doc.insertion().0 };
        let _ = data.set_data("text/plain", &text);
        data.set_effect_allowed("copy");
    };
    view! {
        <div
            id="reference-rows"
            class="reference-rows"
            role="listbox"
            aria-label=state.t(Text::ReferenceResults)
            node_ref=view.rows
            on:scroll=with(more)
            on:click=with(click)
            on:dragstart=with(drag)
        >
            {list(pages)}
        </div>
    }
    .into_any()
}

/// The rows of a page, those of one kind in a group under its title.
fn page_of(state: State, view: View, found: &[usize], page: usize) -> AnyView {
    let first = page * PAGE;
    let rows: Vec<(usize, &'static Doc)> =
        (first..found.len()).take(PAGE).filter_map(|at| Some((at, doc_at(view, *found.get(at)?)?))).collect();
    let before = first.checked_sub(1).and_then(|at| doc_at(view, *found.get(at)?)).map(|doc| doc.kind);
    let groups = rows.chunk_by(|(_, a), (_, b)| a.kind == b.kind).map(|group| {
        let kind = group.first().map_or(Kind::Field, |(_, doc)| doc.kind);
        let title = state.t(kind.title());
        let starts = before != Some(kind) || group.first().is_some_and(|(at, _)| *at > first);
        let head =
            starts.then(|| view! { <div class="reference-kind" aria-hidden="true">{title}</div> }.into_any());
        let rows: Vec<AnyView> = group.iter().map(|(at, doc)| row(state, view, *at, doc)).collect();
        view! { <div role="group" aria-label=title>{head}{rows}</div> }.into_any()
    });
    groups.collect::<Vec<_>>().into_any()
}

fn row(state: State, view: View, at: usize, doc: &'static Doc) -> AnyView {
    let tag = move |class: &'static str, words: Signal<String>| {
        view! { <span class=class>{words}</span> }.into_any()
    };
    let kind = doc.field().map(|field| {
        let (kind, is_list) = docs::type_of(field);
        let words = state.t(kind);
        let words = if is_list { state.tf(Text::ListOf, move || vec![words.get()]) } else { words };
        tag("reference-type", words)
    });
    let source =
        (!doc.source().is_empty()).then(|| tag("reference-type", Signal::stored(doc.source().to_owned())));
    let inert =
        doc.field().filter(|field| field.never_set).map(|_| tag("reference-inert", state.t(Text::NeverSet)));
    let deprecated = doc
        .field()
        .filter(|field| field.deprecated)
        .map(|_| tag("reference-inert", state.t(Text::Deprecated)));
    let example = (!doc.example.is_empty()).then(|| {
        view! { <code class="reference-example" title=state.t(Text::InsertExample)>{doc.example.as_str()}</code> }
            .into_any()
    });
    let sentence = part(move || prose(doc.in_lang(state.lang.get())));
    view! {
        <div
            id=row_id(at)
            class="reference-row"
            role="option"
            draggable="true"
            aria-selected=text(move || (view.chosen.get() == at).to_string())
        >
            <div class="reference-head"><code>{doc.name.as_str()}</code> {kind} {source} {deprecated} {inert}</div>
            <div class="reference-text">{sentence}</div>
            {example}
        </div>
    }
    .into_any()
}

/// Words between backticks are code.
fn prose(text: &str) -> AnyView {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        let part = part.to_owned();
        if at % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    });
    parts.collect::<Vec<_>>().into_any()
}

fn row_id(at: usize) -> String {
    format!("reference-{at}")
}

fn doc_at(view: View, at: usize) -> Option<&'static Doc> {
    view.docs.get_untracked().get().get(at)
}

/// The row that an event happened in: its position, its text, and whether it was in the example.
fn row_of(view: View, found: Found, event: &Event) -> Option<(usize, &'static Doc, bool)> {
    let target = event.target()?;
    // What is dragged may be a text inside.
    let element = target
        .dyn_ref::<Element>()
        .cloned()
        .or_else(|| target.dyn_ref::<web_sys::Node>().and_then(web_sys::Node::parent_element))?;
    let row = element.closest(".reference-row").ok().flatten()?;
    let at: usize = row.id().rsplit('-').next()?.parse().ok()?;
    let doc = found.with_untracked(|found| found.get(at).copied()).and_then(|at| doc_at(view, at))?;
    let example = element.closest(".reference-example").ok().flatten().is_some();
    Some((at, doc, example))
}

/// Makes a row the chosen one and scrolls to it.
fn choose(view: View, at: usize) {
    view.chosen.set(at);
    let pages = at / PAGE + 1;
    if view.pages.get_untracked() < pages {
        view.pages.set(pages);
    }
    request_animation_frame(move || {
        if let Some(row) = document().get_element_by_id(&row_id(at)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Writes it, or its example, at the editor's cursor, where the focus goes.
fn insert(state: State, doc: &Doc, example: bool) {
    let (text, back) =
        if example && !doc.example.is_empty() { (doc.example.clone(), 0) } else { doc.insertion() };
    actions::insert(state, &text, back);
}

fn close(state: State, view: View) {
    state.reference.set(false);
    let back = view.back.get_value().filter(|element| element.is_connected());
    // What is in a menu that has closed cannot take the focus.
    match back.filter(|element| element.offset_parent().is_some()) {
        Some(element) => drop(element.focus()),
        None => state.editor.with_value(|editor| editor.iter().for_each(|editor| drop(editor.focus()))),
    }
}
