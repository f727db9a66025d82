//! The scenarios of the examples menu. Their texts are folders in `web/examples`, compiled in by `build.rs`.

use crate::{i18n::Lang, workspace::Workspace};

/// Rules and events to start from.
#[derive(PartialEq, Debug)]
pub(crate) struct Example {
    /// Stable name, kept in drafts.
    pub(crate) id: &'static str,
    /// Section of the course, such as `2.1`.
    pub(crate) section: &'static str,
    title: (&'static str, &'static str),
    summary: (&'static str, &'static str),
    /// Names and texts in load order.
    rules: &'static [(&'static str, &'static str)],
    events: (&'static str, &'static str),
    /// Sentences of the files with their Japanese; each replaces the English wherever it stands.
    texts: &'static [(&'static str, &'static str)],
}

/// All of them, in the order of the course.
pub(crate) static EXAMPLES: &[Example] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// The example with this name.
pub(crate) fn by_id(id: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.id == id)
}

impl Example {
    pub(crate) fn title(&self, lang: Lang) -> &'static str {
        chosen(self.title, lang)
    }

    pub(crate) fn summary(&self, lang: Lang) -> &'static str {
        chosen(self.summary, lang)
    }

    /// The workspace that it starts.
    pub(crate) fn workspace(&'static self, lang: Lang) -> Workspace {
        let rules: Vec<_> =
            self.rules.iter().map(|(name, text)| (*name, self.translated(text, lang))).collect();
        Workspace::new(Some(self.id), &rules, (self.events.0, &self.translated(self.events.1, lang)))
    }

    fn translated(&self, text: &str, lang: Lang) -> String {
        match lang {
            Lang::En => text.to_owned(),
            Lang::Ja => self.texts.iter().fold(text.to_owned(), |text, (en, ja)| text.replace(en, ja)),
        }
    }
}

fn chosen(both: (&'static str, &'static str), lang: Lang) -> &'static str {
    match lang {
        Lang::En => both.0,
        Lang::Ja => both.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_translated_sentence_occurs() {
        for example in EXAMPLES {
            let all: String = example.rules.iter().chain([&example.events]).map(|(_, text)| *text).collect();
            for (en, _) in example.texts {
                assert!(all.contains(en), "{}: {en}", example.id);
            }
        }
    }
}
