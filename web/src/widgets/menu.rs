//! A button that opens a list of commands: arrow keys, Home, End, Escape; a press elsewhere closes it.

use super::{
    erase::{maybe, on, part, text, with},
    icon::{DOWN, icon},
};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// A command of a menu.
#[derive(Clone)]
pub(crate) struct Item {
    label: String,
    hint: String,
    chosen: Option<bool>,
    disabled: bool,
    apart: bool,
    act: Callback<()>,
}

impl Item {
    pub(crate) fn new(label: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label: label.into(),
            hint: String::new(),
            chosen: None,
            disabled: false,
            apart: false,
            act: Callback::new(move |()| act()),
        }
    }

    /// With a second line.
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// As one of several choices.
    pub(crate) fn chosen(self, chosen: bool) -> Self {
        Self { chosen: Some(chosen), ..self }
    }

    pub(crate) fn disabled(self, disabled: bool) -> Self {
        Self { disabled, ..self }
    }

    /// With a line above it.
    pub(crate) fn apart(self) -> Self {
        Self { apart: true, ..self }
    }
}

/// What the button of a menu looks like.
#[derive(Clone, Copy)]
pub(crate) enum Face {
    /// Its name and an arrow.
    Name,
    /// Only an icon; the name is a tooltip.
    Icon(&'static str),
}

/// The menu, with a class for the page's layout. `items` is asked each time it opens.
pub(crate) fn menu(
    name: Signal<String>,
    face: Face,
    class: &'static str,
    items: impl Fn() -> Vec<Item> + Send + 'static,
) -> AnyView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let close = move |back: bool| {
        open.set(false);
        if back && let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let start = move |last: bool| {
        open.set(true);
        request_animation_frame(move || focus_item(root, move |_, count| if last { count - 1 } else { 0 }));
    };
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if open.get_untracked() && root.get_untracked().is_some_and(|root| !root.contains(target.as_ref())) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());

    let keys = move |event: KeyboardEvent| {
        let opened = open.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if opened => focus_item(root, |at, count| (at + 1) % count),
            "ArrowUp" if opened => focus_item(root, |at, count| (at + count - 1) % count),
            "ArrowDown" => start(false),
            "ArrowUp" => start(true),
            "Home" if opened => focus_item(root, |_, _| 0),
            "End" if opened => focus_item(root, |_, count| count - 1),
            "Escape" if opened => close(true),
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let shown = part(move || {
        if !open.get() {
            return ().into_any();
        }
        let close = Callback::new(move |()| close(true));
        let items: Vec<AnyView> = untrack(&items).into_iter().map(|item| entry(item, close)).collect();
        view! { <div class="menu-list" role="menu" aria-label=name>{items}</div> }.into_any()
    });
    let (only_icon, inner) = match face {
        Face::Name => (false, view! { <span>{name}</span>{icon(DOWN)} }.into_any()),
        Face::Icon(path) => (true, view! { <span class="quiet">{name}</span>{icon(path)} }.into_any()),
    };
    view! {
        <div class=format!("menu {class}") node_ref=root on:keydown=with(keys)>
            <button
                type="button"
                node_ref=button
                class:icon-only=only_icon
                title=maybe(move || only_icon.then(|| name.get()))
                aria-haspopup="menu"
                aria-expanded=text(move || open.get().to_string())
                on:click=on(move || if open.get_untracked() { close(false) } else { start(false) })
            >
                {inner}
            </button>
            {shown}
        </div>
    }
    .into_any()
}

fn entry(item: Item, close: Callback<()>) -> AnyView {
    let role = if item.chosen.is_some() { "menuitemradio" } else { "menuitem" };
    let (act, disabled) = (item.act, item.disabled);
    let hint =
        (!item.hint.is_empty()).then(|| view! { <span class="menu-hint">{item.hint}</span> }.into_any());
    view! {
        <button
            type="button"
            class="menu-item"
            class:apart=item.apart
            role=role
            aria-checked=item.chosen.map(|chosen| chosen.to_string())
            aria-disabled=disabled.then_some("true")
            on:click=on(move || {
                if !disabled {
                    // The focus goes back first: what the command opens may take it.
                    close.run(());
                    act.run(());
                }
            })
        >
            <span class="menu-label">{item.label}</span>
            {hint}
        </button>
    }
    .into_any()
}

/// Moves the focus to the item that `next` names, given the present one and their number.
fn focus_item(root: NodeRef<html::Div>, next: impl Fn(usize, usize) -> usize) {
    let Some(items) = root.get_untracked().and_then(|root| root.query_selector_all(".menu-item").ok()) else {
        return;
    };
    let count = items.length() as usize;
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let item = |at: usize| items.item(at as u32).and_then(|item| item.dyn_into::<HtmlElement>().ok());
    let at = (0..count).find(|&at| item(at).as_deref() == focused.as_ref());
    if let Some(item) = item(next(at.unwrap_or(count - 1), count)) {
        let _ = item.focus();
    }
}
