//! What fields, operators, transformers, macros, lists, keys and priorities are: the engine's own short texts
//! (`engine/docs`), fetched when they are first needed, and the search through them.

use crate::{
    examples::fetch_json,
    i18n::{Lang, Text},
};
use engine::catalog::{
    SYSCALL,
    fields::{self, Field, FieldSource, TypeGroup},
};
use engine::text::{sort_by, sorted};
use js_sys::Array;
use std::sync::OnceLock;
use wasm_bindgen::JsValue;

/// What a text is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    Field,
    Operator,
    Modifier,
    Logic,
    Transformer,
    Macro,
    List,
    Key,
    Priority,
}

/// All kinds, by their names in the file, in the order in which they are shown.
pub(crate) const KINDS: [(Kind, &str, Text); 9] = [
    (Kind::Field, "field", Text::Fields),
    (Kind::Operator, "operator", Text::Operators),
    (Kind::Modifier, "modifier", Text::Modifiers),
    (Kind::Logic, "logic", Text::Logic),
    (Kind::Transformer, "transformer", Text::Transformers),
    (Kind::Macro, "macro", Text::Macros),
    (Kind::List, "list", Text::Lists),
    (Kind::Key, "key", Text::Keys),
    (Kind::Priority, "priority", Text::Priorities),
];

impl Kind {
    pub(crate) fn title(self) -> Text {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or(Text::Fields, |(.., title)| *title)
    }
}

/// One text.
pub(crate) struct Doc {
    pub(crate) kind: Kind,
    /// The name; of a key with its item, such as `rule.condition`.
    pub(crate) name: String,
    en: String,
    ja: String,
    pub(crate) example: String,
    /// The event source of a macro or list that is not for system calls.
    source: String,
    /// Search words, and everything that is searched last, in lower case.
    words: String,
    all: String,
}

impl Doc {
    pub(crate) fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Ja => &self.ja,
        }
    }

    pub(crate) fn field(&self) -> Option<&'static Field> {
        (self.kind == Kind::Field).then(|| fields::find_anywhere(&self.name).map(fields::field)).flatten()
    }

    /// Whether it can be used in rules of this event source; empty for any.
    fn is_in(&self, source: &str) -> bool {
        let own = if self.source.is_empty() { SYSCALL } else { &self.source };
        source.is_empty()
            || match self.kind {
                Kind::Field => self.field().is_some_and(|field| field.source.includes(source)),
                Kind::Macro | Kind::List => own == source,
                _ => true,
            }
    }

    /// The event source to name beside it: any but that of system calls.
    pub(crate) fn source(&self) -> &str {
        match self.field().map(|field| field.source) {
            Some(FieldSource::Only(source)) if source != SYSCALL => source,
            _ => &self.source,
        }
    }

    /// What is written for it, and by how many characters the cursor goes back then.
    pub(crate) fn insertion(&self) -> (String, u32) {
        let name = &self.name;
        match self.kind {
            Kind::Field if self.field().is_some_and(|field| field.arg_required) => (self.with_argument(), 0),
            Kind::Operator if matches!(name.as_str(), "in" | "intersects" | "pmatch") => {
                (format!("{name} ()"), 1)
            }
            Kind::Modifier => (format!("{name} ()"), 1),
            Kind::Transformer => (format!("{name}()"), 1),
            Kind::Logic if name == "val" => (format!("{name}()"), 1),
            Kind::Operator if name != "exists" => (format!("{name} "), 0),
            Kind::Logic => (format!("{name} "), 0),
            Kind::Key => (format!("{}: ", name.rsplit('.').next().unwrap_or(name)), 0),
            _ => (name.clone(), 0),
        }
    }

    /// A field with the argument that its example gives it.
    fn with_argument(&self) -> String {
        let rest = self.example.split_once(&self.name).map_or("", |(_, rest)| rest);
        let word = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
        let end = match rest.chars().next() {
            Some('[') => rest.find(']').map_or(0, |at| at + 1),
            Some('.') => rest.get(1..).and_then(|rest| rest.find(word)).map_or(rest.len(), |at| at + 1),
            _ => 0,
        };
        format!("{}{}", self.name, rest.get(..end).unwrap_or(""))
    }

    /// How well it answers words in lower case, the best first; `None` if one of them does not occur.
    fn rank(&self, query: &str, words: &[&str]) -> Option<usize> {
        let name = self.name.to_ascii_lowercase();
        // Its own search words stand before those of its section.
        let known = |word: &str| self.words.split(", ").position(|known| known == word);
        let parts = |word: &str| name.split(['.', '_', '-']).any(|part| part.starts_with(word));
        let rank = |word: &&str| {
            Some(match known(word) {
                _ if name == *word => 0,
                Some(at) => 20 + at,
                None if name.starts_with(word) => 30,
                None if parts(word) => 40,
                None if name.contains(word) => 50,
                None if self.words.contains(word) => 60,
                None if self.all.contains(word) => 80,
                None => return None,
            })
        };
        // Words that only fit together, such as "file write".
        let rank = match known(query) {
            Some(at) if words.len() > 1 => 10 + at,
            _ => words.iter().map(rank).sum::<Option<usize>>()?,
        };
        let of_little_use =
            self.field().is_some_and(|field| field.deprecated || field.never_set || field.hidden);
        let elsewhere = !self.source().is_empty();
        Some(rank + 100 * usize::from(of_little_use) + 25 * usize::from(elsewhere))
    }
}

/// Positions of the texts that answer `query`, of a kind and for an event source, kinds together and the best first.
pub(crate) fn find(docs: &[Doc], query: &str, kind: Option<Kind>, source: &str) -> Vec<usize> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let query = words.join(" ");
    let candidates = docs.iter().enumerate();
    let candidates =
        candidates.filter(|(_, doc)| kind.is_none_or(|kind| doc.kind == kind) && doc.is_in(source));
    let found: Vec<(usize, usize, Kind)> = candidates
        .filter_map(|(at, doc)| {
            Some((if words.is_empty() { 0 } else { doc.rank(&query, &words)? }, at, doc.kind))
        })
        .collect();
    let best = KINDS.map(|(kind, ..)| found.iter().filter(|it| it.2 == kind).map(|it| it.0).min());
    let best = |kind: Kind| best.get(kind as usize).copied().flatten();
    let found = sorted(found, |&(rank, at, kind)| (best(kind), kind, rank, at));
    found.into_iter().map(|(_, at, _)| at).collect()
}

/// The type of a field's values in words; the second is true for a list of them.
pub(crate) fn type_of(field: &Field) -> (Text, bool) {
    let text = match field.kind.group() {
        TypeGroup::Text => Text::TypeText,
        TypeGroup::Integer { .. } | TypeGroup::Double => Text::TypeNumber,
        TypeGroup::Port => Text::TypePort,
        TypeGroup::Bool => Text::TypeBool,
        TypeGroup::Bytes => Text::TypeBytes,
        TypeGroup::Address => Text::TypeAddress,
        TypeGroup::Network => Text::TypeNetwork,
        TypeGroup::Other => Text::TypeOfArgument,
    };
    (text, field.list)
}

static DOCS: OnceLock<Vec<Doc>> = OnceLock::new();

/// All texts, fetched once; `None` if they could not be.
pub(crate) async fn fetch() -> Option<&'static [Doc]> {
    if DOCS.get().is_none() {
        let docs = read(&fetch_json("./docs/docs.json").await?);
        let _ = DOCS.set(docs);
    }
    DOCS.get().map(Vec::as_slice)
}

/// What `assets.mjs` wrote.
fn read(file: &JsValue) -> Vec<Doc> {
    let mut docs = Vec::new();
    for part in Array::from(file).iter() {
        let part = Array::from(&part);
        let name = part.get(0).as_string();
        let Some((kind, ..)) = KINDS.into_iter().find(|(_, known, _)| name.as_deref() == Some(known)) else {
            continue;
        };
        let start = docs.len();
        docs.extend(Array::from(&part.get(1)).iter().map(|row| doc(kind, &Array::from(&row))));
        // Fields stand as in Falco's own listing, which puts those of each class together.
        if let Some(fields) = docs.get_mut(start..).filter(|_| kind == Kind::Field) {
            sort_by(fields, |a, b| fields::find_anywhere(&a.name).cmp(&fields::find_anywhere(&b.name)));
        }
    }
    docs
}

fn doc(kind: Kind, row: &Array) -> Doc {
    let text = |at| row.get(at).as_string().unwrap_or_default();
    let (en, ja, words) = (text(1), text(2), text(3).to_lowercase());
    let all = format!("{en} {ja}").to_lowercase();
    Doc { kind, name: text(0), en, ja, example: text(4), source: text(5), words, all }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(kind: Kind, name: &str, words: &str, example: &str) -> Doc {
        Doc {
            kind,
            name: name.into(),
            en: "Something.".into(),
            ja: "なにか。".into(),
            example: example.into(),
            source: String::new(),
            words: words.into(),
            all: "something. なにか。".into(),
        }
    }

    fn names(docs: &[Doc], query: &str, source: &str) -> Vec<String> {
        find(docs, query, None, source).into_iter().map(|at| docs[at].name.clone()).collect()
    }

    #[test]
    fn intents_names_and_sources_find() {
        let docs = [
            made(Kind::Field, "fd.name", "file, file write, 書き込み", "fd.name = x"),
            made(Kind::Field, "proc.vpid", "container, namespace, 名前空間", "proc.vpid = 1"),
            made(Kind::Field, "k8s.ns.name", "namespace, 名前空間", "k8s.ns.name = x"),
            made(Kind::Field, "ka.target.namespace", "namespace, 名前空間", "ka.target.namespace = x"),
            made(Kind::Macro, "open_write", "file write, 書き込み", "open_write"),
        ];
        assert_eq!(names(&docs, "file write", ""), ["open_write", "fd.name"]);
        assert_eq!(names(&docs, "名前空間", ""), ["k8s.ns.name", "proc.vpid", "ka.target.namespace"]);
        assert_eq!(names(&docs, "namespace", "k8s_audit"), ["ka.target.namespace"]);
        assert_eq!(names(&docs, "Write", "syscall"), ["open_write", "fd.name"]);
        assert!(names(&docs, "nothing like it", "").is_empty());
        assert_eq!(names(&docs, "", "").len(), 5);
    }

    #[test]
    fn what_is_inserted_can_be_typed_on() {
        let insertion = |kind, name: &str, example: &str| made(kind, name, "", example).insertion();
        assert_eq!(insertion(Kind::Field, "proc.name", "proc.name = x"), ("proc.name".into(), 0));
        let label = insertion(Kind::Field, "k8s.pod.label", "k8s.pod.label[app] = api");
        assert_eq!(label, ("k8s.pod.label[app]".into(), 0));
        assert_eq!(
            insertion(Kind::Field, "evt.arg", "evt.arg.flags contains X"),
            ("evt.arg.flags".into(), 0)
        );
        assert_eq!(insertion(Kind::Operator, "in", ""), ("in ()".into(), 1));
        assert_eq!(insertion(Kind::Key, "rule.condition", ""), ("condition: ".into(), 0));
    }
}
