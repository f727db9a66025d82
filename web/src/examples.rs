//! The scenarios of the examples menu: folders in `web/examples`. What the menu shows of each is compiled in by
//! `build.rs`, and so are the files of the first; those of the others are fetched when they are wanted.

use crate::{
    i18n::{self, Lang},
    workspace::Workspace,
};
use engine::catalog::{Dialect, messages::Words};
use js_sys::{Array, JSON};
use std::sync::OnceLock;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Rules and events to start from.
#[derive(Debug)]
pub(crate) struct Example {
    /// Stable name, kept in drafts.
    pub(crate) id: &'static str,
    /// Section of the course, such as `2.1`.
    pub(crate) section: &'static str,
    /// Its place in the table, by which its words are found.
    number: usize,
    /// How its rules are read.
    dialect: Dialect,
    embedded: Option<Embedded>,
    fetched: OnceLock<Contents>,
}

/// Files that are compiled in: names and texts in load order, and each English sentence with its Japanese.
#[derive(Debug)]
struct Embedded {
    rules: &'static [(&'static str, &'static str)],
    config: Option<(&'static str, &'static str)>,
    events: (&'static str, &'static str),
    texts: &'static [(&'static str, &'static str)],
}

/// Files that were fetched. Same parts as [`Embedded`].
#[derive(Debug)]
struct Contents {
    rules: Vec<(String, String)>,
    config: Option<(String, String)>,
    events: (String, String),
    texts: Vec<(String, String)>,
}

impl PartialEq for Example {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// The example with this name.
pub(crate) fn by_id(id: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.id == id)
}

impl Example {
    pub(crate) fn title(&self, lang: Lang) -> &'static str {
        i18n::of_example(lang, 2 * self.number)
    }

    pub(crate) fn summary(&self, lang: Lang) -> &'static str {
        i18n::of_example(lang, 2 * self.number + 1)
    }

    /// The workspace that it starts; none before its files are there.
    pub(crate) fn workspace(&self, lang: Lang) -> Option<Workspace> {
        Some(Workspace { dialect: self.dialect, ..self.files(lang)? })
    }

    fn files(&self, lang: Lang) -> Option<Workspace> {
        if let Some(embedded) = &self.embedded {
            let texts = || embedded.texts.iter().copied();
            let rules: Vec<_> =
                embedded.rules.iter().map(|(name, text)| (*name, translated(text, lang, texts()))).collect();
            let (name, text) = embedded.events;
            let config = embedded.config.map(|(name, text)| (name, translated(text, lang, texts())));
            let config = config.as_ref().map(|(name, text)| (*name, text.as_str()));
            let workspace = Workspace::new(Some(self.id), &rules, (name, &translated(text, lang, texts())));
            return Some(workspace.with_config(config));
        }
        let contents = self.fetched.get()?;
        let texts = || contents.texts.iter().map(|(en, ja)| (en.as_str(), ja.as_str()));
        let rules = contents.rules.iter();
        let rules: Vec<_> =
            rules.map(|(name, text)| (name.as_str(), translated(text, lang, texts()))).collect();
        let (name, text) = &contents.events;
        let config =
            contents.config.as_ref().map(|(name, text)| (name.as_str(), translated(text, lang, texts())));
        let config = config.as_ref().map(|(name, text)| (*name, text.as_str()));
        let workspace = Workspace::new(Some(self.id), &rules, (name, &translated(text, lang, texts())));
        Some(workspace.with_config(config))
    }

    /// Whether its files are there.
    pub(crate) fn is_there(&self) -> bool {
        self.embedded.is_some() || self.fetched.get().is_some()
    }

    /// Fetches its files from where the page came from; false if that failed.
    pub(crate) async fn fetch(&self) -> bool {
        if !self.is_there()
            && let Some(contents) = get(&format!("./examples/{}.json", self.id)).await
        {
            let _ = self.fetched.set(contents);
        }
        self.is_there()
    }
}

/// A file that `assets.mjs` wrote: `[rules, events, texts, config]`, each a list of pairs of texts.
async fn get(url: &str) -> Option<Contents> {
    let parts = Array::from(&fetch_json(url).await?);
    let events = pairs(&parts.get(1)).into_iter().next()?;
    let config = pairs(&parts.get(3)).into_iter().next();
    Some(Contents { rules: pairs(&parts.get(0)), config, events, texts: pairs(&parts.get(2)) })
}

/// A JSON file from where the page came from.
pub(crate) async fn fetch_json(url: &str) -> Option<JsValue> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(url)).await.ok()?;
    let response = response.dyn_into::<Response>().ok().filter(Response::ok)?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    JSON::parse(&text).ok()
}

pub(crate) fn pairs(list: &JsValue) -> Vec<(String, String)> {
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    Array::from(list).iter().filter_map(pair).collect()
}

fn translated<'a>(text: &str, lang: Lang, texts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    match lang {
        Lang::En => text.to_owned(),
        Lang::Ja => texts.fold(text.to_owned(), |text, (en, ja)| text.replace(en, ja)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_there_and_every_sentence_of_it_that_is_translated_occurs() {
        let first = EXAMPLES[0].embedded.as_ref().unwrap();
        let all: String = first.rules.iter().chain([&first.events]).map(|(_, text)| *text).collect();
        for (en, _) in first.texts {
            assert!(all.contains(en), "{en}");
        }
        assert!(EXAMPLES.iter().skip(1).all(|example| !example.is_there()));
    }
}
