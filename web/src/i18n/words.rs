//! The words of the sentences. The program holds none: those of each language are a file (`web/assets.mjs`), of which
//! `web/boot/boot.js` fetches one beside the program, and the page the other when it is chosen.

use super::{Lang, from_tag, tag};
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The language that was fetched, and its words.
    #[wasm_bindgen(js_namespace = mews)]
    fn started() -> Vec<String>;
    #[wasm_bindgen(catch, js_namespace = mews)]
    async fn words(lang: &str) -> Result<JsValue, JsValue>;
}

static ENGLISH: OnceLock<Vec<&'static str>> = OnceLock::new();
static JAPANESE: OnceLock<Vec<&'static str>> = OnceLock::new();

fn of(lang: Lang) -> &'static OnceLock<Vec<&'static str>> {
    match lang {
        Lang::En => &ENGLISH,
        Lang::Ja => &JAPANESE,
    }
}

/// The words of a sentence: the engine's have the first numbers.
pub(super) fn at(lang: Lang, number: usize) -> &'static str {
    of(lang).get().and_then(|words| words.get(number)).copied().unwrap_or_default()
}

/// Takes the words that came with the program, and says in which language they are.
pub(crate) fn start() -> Lang {
    let started = started();
    let lang = started.first().map_or(Lang::En, |lang| from_tag(lang));
    if !keep(lang, started.into_iter().nth(1)) {
        wasm_bindgen::throw_str("the page's words are those of another version");
    }
    lang
}

pub(crate) fn are_there(lang: Lang) -> bool {
    of(lang).get().is_some()
}

/// Fetches the words of a language; false if that failed.
pub(crate) async fn fetch(lang: Lang) -> bool {
    keep(lang, words(tag(lang)).await.ok().and_then(|words| words.as_string()))
}

/// One sentence on each line, behind a line that tells whose words they are.
fn keep(lang: Lang, words: Option<String>) -> bool {
    let Some(words) = words else { return false };
    let mut lines = String::leak(words).lines();
    let fits = lines.next().and_then(|line| line.parse().ok()) == Some(super::text::FINGERPRINT);
    if fits {
        // It may be there already, asked for twice.
        let _ = of(lang).set(lines.collect());
    }
    fits
}
