//! The page of a kind of problem: what it means, an example that has it and one that has not. The texts are the engine's own
//! pages, fetched when the first of them is asked for.

use crate::{
    examples::fetch_json,
    i18n::{Lang, Text},
    state::State,
    widgets::{code::with_code, erase::part},
};
use engine::text::Code;
use js_sys::{Array, Reflect};
use leptos::{prelude::*, task::spawn_local};

/// English, Japanese, the bad example and the good one; examples may be empty.
type Page = [String; 4];

pub(crate) fn code_page(state: State, code: &'static Code) -> AnyView {
    let page = RwSignal::new(None::<Option<Page>>);
    spawn_local(async move {
        page.try_set(Some(fetch(code.name).await));
    });
    let body = part(move || match page.get() {
        None => ().into_any(),
        Some(None) => view! { <p role="alert">{state.t(Text::CodePageMissing)}</p> }.into_any(),
        Some(Some([en, ja, bad, good])) => {
            let prose = if state.lang.get() == Lang::En { en } else { ja };
            let paragraphs = prose.split("\n\n").map(paragraph).collect::<Vec<_>>();
            view! {
                {paragraphs}
                {example(state, Text::HasTheProblem, bad)}
                {example(state, Text::HasNoProblem, good)}
            }
            .into_any()
        }
    });
    view! { <div class="code-page" aria-live="polite">{body}</div> }.into_any()
}

fn example(state: State, title: Text, text: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <h3>{state.t(title)}</h3> <pre tabindex="0">{text}</pre> }.into_any())
}

/// Words between backticks are code; the first paragraph, between stars, says in one line what is wrong.
fn paragraph(text: &str) -> AnyView {
    let title = text.starts_with("**");
    let text = text.trim_matches('*');
    view! { <p class:title=title>{with_code(text)}</p> }.into_any()
}

async fn fetch(name: &str) -> Option<Page> {
    let all = fetch_json("./codes/codes.json").await?;
    let page = Array::from(&Reflect::get(&all, &name.into()).ok()?);
    let text = |at| page.get(at).as_string();
    Some([text(0)?, text(1)?, text(2)?, text(3)?])
}
