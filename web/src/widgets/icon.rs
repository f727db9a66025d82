//! Icons as one path each, drawn on 16 × 16.

use leptos::prelude::*;

pub(crate) const PLUS: &str = "M8 3v10M3 8h10";
pub(crate) const DOTS: &str = "M3 8h.01M8 8h.01M13 8h.01";
pub(crate) const DOWN: &str = "M4 6l4 4 4-4";
pub(crate) const RIGHT: &str = "M6 4l4 4-4 4";
pub(crate) const LEFT: &str = "M10 4L6 8l4 4";
pub(crate) const CLOSE: &str = "M4 4l8 8M12 4l-8 8";
pub(crate) const THEME: &str = "M8 2.5a5.5 5.5 0 100 11zM8 2.5a5.5 5.5 0 010 11M8 5v6M9.8 4.2v7.6";
pub(crate) const COPY: &str = "M5.5 5.5V3h7v8h-2.5M3.5 5.5h6.5V13H3.5z";
pub(crate) const OPEN: &str = "M6.5 3.5H3.5v9h9v-3M9 3h4v4M13 3L7.5 8.5";
pub(crate) const BOOK: &str = "M8 4.2C6.6 3.2 4.6 3 2.5 3.2v9.3c2.1-.2 4.1 0 5.5 1 1.4-1 3.4-1.2 5.5-1V3.2C11.4 3 9.4 3.2 8 4.2zM8 4.2v9.3";
pub(crate) const SWAP: &str = "M3 5.5h9M9.5 3L12 5.5 9.5 8M13 10.5H4M6.5 8L4 10.5 6.5 13";
pub(crate) const RULES: &str = "M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2";
pub(crate) const EVENTS: &str = "M2.5 4h.01M2.5 8h.01M2.5 12h.01M5.5 4H14M5.5 8H14M5.5 12H14";
pub(crate) const DETAILS: &str = "M2.5 3h11v10h-11zM2.5 6.5h11M6.5 6.5V13";
pub(crate) const PROBLEMS: &str = "M8 2.5L14 13H2zM8 6.5v3M8 11.3v.01";

pub(crate) const TIMES: &str = "M2.5 13.5h11M4 11V8M6.7 11V4M9.3 11V6.5M12 11V9";

/// The icon of a button that says in words what it does.
pub(crate) fn icon(path: &'static str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
    .into_any()
}

/// The mark of the page: a falcon's head.
pub(crate) fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 21c0-9 3.5-17 11-17 3.6 0 6 2.2 6 5.4 0 1-.5 2.2-1.2 2.6-1-1.5-2.5-2-4-1.7-3.4.7-4.3 4.4-4.6 10.7z"></path>
            <circle cx="15.2" cy="8.2" r="1.3"></circle>
        </svg>
    }
}
