//! The controls that the page has many of.

use super::{
    erase::{Listener, flag, on, text, with},
    icon::icon,
};
use leptos::prelude::*;
use web_sys::{Event, MouseEvent};

/// A square button with an icon; its name is also its tooltip.
pub(crate) fn icon_button(name: Signal<String>, path: &'static str, act: impl FnMut() + 'static) -> AnyView {
    icon_button_unless(Signal::stored(false), name, path, on(act))
}

/// The same, hidden while `hidden`.
pub(crate) fn icon_button_unless(
    hidden: Signal<bool>,
    name: Signal<String>,
    path: &'static str,
    act: Listener<MouseEvent>,
) -> AnyView {
    view! {
        <button type="button" class="icon-only" aria-label=name title=name hidden=hidden on:click=act>
            {icon(path)}
        </button>
    }
    .into_any()
}

/// A button with words; `class` is `outlined`, `solid` or empty.
pub(crate) fn word_button(
    class: &'static str,
    words: Signal<String>,
    act: impl FnMut() + 'static,
) -> AnyView {
    let act: Listener<MouseEvent> = on(act);
    view! { <button type="button" class=class on:click=act>{words}</button> }.into_any()
}

/// A button that is pressed or not.
pub(crate) fn toggle(
    class: &'static str,
    title: Signal<String>,
    pressed: impl Fn() -> bool + Send + Sync + 'static,
    inner: AnyView,
    act: impl FnMut() + 'static,
) -> AnyView {
    let pressed = flag(pressed);
    let act: Listener<MouseEvent> = on(act);
    view! {
        <button
            type="button"
            class=class
            title=title
            aria-pressed=text(move || pressed.get().to_string())
            on:click=act
        >
            {inner}
        </button>
    }
    .into_any()
}

/// A field for words to look for.
pub(crate) fn search(name: Signal<String>, value: Signal<String>, set: impl Fn(String) + 'static) -> AnyView {
    view! {
        <input
            type="search"
            aria-label=name
            placeholder=name
            prop:value=value
            on:input=with(move |event: Event| set(event_target_value(&event)))
        />
    }
    .into_any()
}
