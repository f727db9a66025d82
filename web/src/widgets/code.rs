//! Sentences in which words between backticks are code.

use leptos::prelude::*;

/// The sentence with its code set as code.
pub(crate) fn with_code(text: &str) -> AnyView {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        let part = part.replace('\n', " ");
        if at % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    });
    parts.collect::<Vec<_>>().into_any()
}
