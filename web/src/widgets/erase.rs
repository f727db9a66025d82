//! Closures and lists of one type each. Views are generic over every closure in them, and the page would carry the
//! same code hundreds of times; what goes through here is compiled once.

use leptos::prelude::*;
use std::sync::Arc;

/// Text or an attribute that follows signals.
pub(crate) fn text(follow: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(follow)
}

/// An attribute that is there or not.
pub(crate) fn maybe(follow: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(follow)
}

/// A switch that follows signals.
pub(crate) fn flag(follow: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(follow)
}

/// Something that is done again whenever signals that it read change.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| act());
}

/// A part of the page that is made anew when signals change.
pub(crate) fn part(make: impl Fn() -> AnyView + Send + 'static) -> Box<dyn Fn() -> AnyView + Send> {
    Box::new(make)
}

/// What listens to an event.
pub(crate) type Listener<E> = Box<dyn FnMut(E)>;

/// A listener that does not look at the event.
pub(crate) fn on<E: 'static>(mut act: impl FnMut() + 'static) -> Listener<E> {
    Box::new(move |_| act())
}

/// A listener that does.
pub(crate) fn with<E: 'static>(act: impl FnMut(E) + 'static) -> Listener<E> {
    Box::new(act)
}

/// A row of a list that stays in the page, with its focus and what is open in it, as long as its key stays.
#[derive(Clone)]
pub(crate) struct Keyed {
    key: String,
    make: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Keyed {
    pub(crate) fn new(key: String, make: impl Fn() -> AnyView + Send + Sync + 'static) -> Self {
        Self { key, make: Arc::new(make) }
    }
}

/// A list of such rows.
pub(crate) fn list(rows: impl Fn() -> Vec<Keyed> + Send + Sync + 'static) -> AnyView {
    let rows = Signal::derive(rows);
    view! { <For each=move || rows.get() key=|row| row.key.clone() children=|row| (row.make)()/> }.into_any()
}
