//! Which rows of a long list are on the screen, so that only those are made.

use crate::widgets::erase::effect;
use leptos::{html, prelude::*};
use std::ops::Range;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// Rows that are made above and below what is seen.
const SPARE: usize = 8;

/// The part of a list that is seen. All rows have the height of the custom property `--row` (px) of its element.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    /// The scrolling element.
    pub(crate) node: NodeRef<html::Div>,
    seen: RwSignal<Seen>,
}

#[derive(Clone, Copy, PartialEq)]
struct Seen {
    top: f64,
    height: f64,
    row: f64,
}

impl Window {
    pub(crate) fn new() -> Self {
        let seen = RwSignal::new(Seen { top: 0.0, height: 600.0, row: 48.0 });
        let window = Self { node: NodeRef::new(), seen };
        follow_size(window.node, move || window.look());
        window
    }

    /// Looks again; call it on scroll.
    pub(crate) fn look(self) {
        let Some(node) = self.node.get_untracked() else { return };
        let style = window().get_computed_style(&node).ok().flatten();
        let row = style.and_then(|style| style.get_property_value("--row").ok());
        let row = row.and_then(|row| row.trim().trim_end_matches("px").parse().ok()).filter(|row| *row > 0.0);
        let seen = Seen {
            top: f64::from(node.scroll_top()),
            height: f64::from(node.client_height()),
            row: row.unwrap_or(48.0),
        };
        if self.seen.get_untracked() != seen {
            self.seen.set(seen);
        }
    }

    /// The rows to make of a list with `count`.
    #[expect(clippy::cast_sign_loss, reason = "negative positions count as the top")]
    pub(crate) fn rows(self, count: usize) -> Range<usize> {
        let Seen { top, height, row } = self.seen.get();
        let first = ((top / row).max(0.0) as usize).saturating_sub(SPARE).min(count);
        let last = ((top + height) / row).ceil().max(0.0) as usize + SPARE;
        first..last.min(count)
    }

    /// Scrolls so that row `at` is seen.
    #[expect(clippy::cast_precision_loss, reason = "lists are shorter than 2⁵²")]
    pub(crate) fn reveal(self, at: usize) {
        let Some(node) = self.node.get_untracked() else { return };
        self.look();
        let Seen { top, height, row } = self.seen.get_untracked();
        let start = at as f64 * row;
        if start < top {
            node.set_scroll_top(start as i32);
        } else if start + row > top + height {
            node.set_scroll_top((start + row - height).ceil() as i32);
        }
        self.look();
    }

    /// Number of whole rows that are seen at once, at least one.
    #[expect(clippy::cast_sign_loss, reason = "heights are not negative")]
    pub(crate) fn page(self) -> usize {
        let Seen { height, row, .. } = self.seen.get_untracked();
        ((height / row) as usize).max(1)
    }
}

/// Lets `act` run when the element appears, and when it changes its size.
pub(crate) fn follow_size(node: NodeRef<html::Div>, act: impl Fn() + Copy + 'static) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    effect(move || {
        let Some(node) = node.get() else { return };
        act();
        let closure = Closure::<dyn FnMut()>::new(act);
        if let Ok(made) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            made.observe(&node);
            observer.set_value(Some((made, closure)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _closure)) = observer.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
