//! A divider between two regions: drag it, or focus it and use the arrow keys.

use super::erase::{flag, on, text, with};
use leptos::{html, prelude::*};
use web_sys::{KeyboardEvent, PointerEvent};

/// Which way the divider moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    /// Left and right; the regions stand side by side.
    Horizontal,
    /// Up and down.
    Vertical,
}

/// Percent that an arrow key moves.
const STEP: f64 = 2.0;

/// What a divider divides.
#[derive(Clone, Copy)]
pub(crate) struct Division {
    pub(crate) axis: Axis,
    /// True where `controls` is the region behind the divider.
    pub(crate) reversed: bool,
    /// Sizes in percent.
    pub(crate) default: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
    /// The id of the region that the size is of.
    pub(crate) controls: &'static str,
}

/// The divider, with a class for the page's layout; `value` is the size in percent.
pub(crate) fn splitter(
    division: Division,
    class: &'static str,
    label: Signal<String>,
    value: Signal<f64>,
    set: Callback<f64>,
) -> AnyView {
    let Division { axis, reversed, default, min, max, controls } = division;
    let node = NodeRef::<html::Div>::new();
    let dragging = RwSignal::new(false);
    let put = move |percent: f64| set.run(percent.clamp(min, max));

    let follow = move |event: &PointerEvent| {
        let Some(area) = node.get_untracked().and_then(|node| node.parent_element()) else { return };
        let area = area.get_bounding_client_rect();
        let part = match axis {
            Axis::Horizontal => (f64::from(event.client_x()) - area.left()) / area.width(),
            Axis::Vertical => (f64::from(event.client_y()) - area.top()) / area.height(),
        };
        let percent = if reversed { 1.0 - part } else { part } * 100.0;
        if percent.is_finite() {
            put(percent);
        }
    };
    let down = move |event: PointerEvent| {
        if let Some(node) = node.get_untracked() {
            let _ = node.set_pointer_capture(event.pointer_id());
            let _ = node.focus();
        }
        event.prevent_default();
        dragging.set(true);
    };
    let keys = move |event: KeyboardEvent| {
        let (less, more) = match (axis, reversed) {
            (Axis::Horizontal, false) => ("ArrowLeft", "ArrowRight"),
            (Axis::Horizontal, true) => ("ArrowRight", "ArrowLeft"),
            (Axis::Vertical, false) => ("ArrowUp", "ArrowDown"),
            (Axis::Vertical, true) => ("ArrowDown", "ArrowUp"),
        };
        let now = value.get_untracked();
        match event.key().as_str() {
            key if key == less => put(now - STEP),
            key if key == more => put(now + STEP),
            "Home" => put(min),
            "End" => put(max),
            "Enter" => put(default),
            _ => return,
        }
        event.prevent_default();
    };
    let stop = move |_: PointerEvent| dragging.set(false);
    view! {
        <div
            class=format!("splitter {class}")
            class:dragging=flag(move || dragging.get())
            node_ref=node
            role="separator"
            tabindex="0"
            aria-label=label
            aria-controls=controls
            // Named after the line, not after the way it moves.
            aria-orientation=if axis == Axis::Horizontal { "vertical" } else { "horizontal" }
            aria-valuenow=text(move || format!("{:.0}", value.get()))
            aria-valuemin=format!("{min:.0}")
            aria-valuemax=format!("{max:.0}")
            on:pointerdown=with(down)
            on:pointermove=with(move |event| {
                if dragging.get_untracked() {
                    follow(&event);
                }
            })
            on:pointerup=with(stop)
            on:pointercancel=with(stop)
            on:dblclick=on(move || put(default))
            on:keydown=with(keys)
        ></div>
    }
    .into_any()
}
