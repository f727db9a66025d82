//! Answers what `<code-editor>` asks while somebody writes and reads: completions, what a word is, and the sentence about it.
//! The engine knows the words, `docs` has the sentences.

use super::{detail_of, doc_key, number, object};
use crate::{
    actions,
    docs::{self, Kind},
    i18n::{Lang, Text},
    state::State,
    worker::client::Then,
    workspace::DocKey,
};
use engine::{
    catalog::BASE_RULES_NAME,
    report::editor::{Completion, Completions, Cursor, Hover, Mark, Query, Reply, WordKind},
    text::LineIndex,
};
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::Function;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// What a word is called, and the kind of its text.
const KINDS: [(WordKind, Text, Option<Kind>); 16] = [
    (WordKind::Field, Text::KindField, Some(Kind::Field)),
    (WordKind::Operator, Text::KindOperator, Some(Kind::Operator)),
    (WordKind::Modifier, Text::KindModifier, Some(Kind::Modifier)),
    (WordKind::Logic, Text::KindLogic, Some(Kind::Logic)),
    (WordKind::Transformer, Text::KindTransformer, Some(Kind::Transformer)),
    (WordKind::Macro, Text::KindMacro, Some(Kind::Macro)),
    (WordKind::List, Text::KindList, Some(Kind::List)),
    (WordKind::Key, Text::KindKey, Some(Kind::Key)),
    (WordKind::Priority, Text::KindPriority, Some(Kind::Priority)),
    (WordKind::EventType, Text::KindEventType, None),
    (WordKind::Rule, Text::KindRule, None),
    (WordKind::Exception, Text::KindException, None),
    (WordKind::Source, Text::KindSource, None),
    (WordKind::Tag, Text::KindTag, None),
    (WordKind::Value, Text::KindValue, None),
    (WordKind::Snippet, Text::KindSnippet, None),
];

/// What a word is called.
pub(crate) fn kind_name(kind: WordKind) -> Text {
    KINDS.iter().find(|(known, ..)| *known == kind).map_or(Text::KindValue, |(_, name, _)| *name)
}

/// Listens to questions and to the keys that ask about names.
pub(super) fn listen(state: State, editor: &web_sys::EventTarget) -> [EventListener; 2] {
    let options = EventListenerOptions::enable_prevent_default();
    let ask = EventListener::new_with_options(editor, "ask", options, move |event| {
        let key = detail_of(event, "docId").as_string().and_then(|id| doc_key(&id));
        let (Some(key), Ok(answer)) = (key, detail_of(event, "answer").dyn_into::<Function>()) else {
            return;
        };
        event.prevent_default();
        let offset = number(&detail_of(event, "offset")).unwrap_or(0);
        match detail_of(event, "query").as_string().as_deref() {
            Some("complete") => complete(state, key, offset, answer),
            Some("hover") => hover(state, key, offset, answer),
            Some("text") => {
                let kind = number(&detail_of(event, "kind")).and_then(|at| KINDS.get(at as usize));
                let name = detail_of(event, "name").as_string().unwrap_or_default();
                let kind = kind.and_then(|(.., kind)| *kind);
                spawn_local(async move {
                    give(&answer, &about(kind, &name, state.lang.get_untracked()).await.into());
                });
            }
            _ => give(&answer, &JsValue::NULL),
        }
    });
    let command = EventListener::new(editor, "command", move |event: &Event| {
        let Some(key) = detail_of(event, "docId").as_string().and_then(|id| doc_key(&id)) else { return };
        let offset = number(&detail_of(event, "offset")).unwrap_or(0);
        match detail_of(event, "name").as_string().as_deref() {
            Some("definition") => actions::go_to_definition(state, key, offset),
            Some("references") => actions::show_references(state, key, offset),
            Some("rename") => actions::start_rename(state, key, offset),
            Some("format") => actions::format(state, key),
            Some("outline") => actions::show_outline(state, key),
            _ => {}
        }
    });
    [ask, command]
}

fn give(answer: &Function, what: &JsValue) {
    // The editor's own function does not throw.
    let _ = answer.call1(&JsValue::UNDEFINED, what);
}

/// Asks about a place, and makes of the answer what the editor takes.
fn ask(
    state: State,
    (key, offset): (DocKey, u32),
    query: fn(Cursor) -> Query,
    answer: Function,
    then: impl FnOnce(Reply, &LineIndex, &Function) -> bool + 'static,
) {
    let Some((inputs, file)) = actions::question(state, key) else { return give(&answer, &JsValue::NULL) };
    let Some(input) = inputs.rules.get(file as usize) else { return give(&answer, &JsValue::NULL) };
    let lines = LineIndex::new(&input.text);
    let cursor = Cursor { file, offset: lines.from_utf16(offset) };
    let then: Then = Box::new(move |reply| {
        if !reply.is_some_and(|reply| then(reply, &lines, &answer)) {
            give(&answer, &JsValue::NULL);
        }
    });
    actions::send(state, &inputs, query(cursor), then);
}

fn complete(state: State, key: DocKey, offset: u32, answer: Function) {
    ask(state, (key, offset), Query::Complete, answer, move |reply, lines, answer| {
        let Reply::Complete(Some(Completions { replace, items })) = reply else { return false };
        let lang = state.lang.get_untracked();
        let mut options = String::new();
        for item in &items {
            option(&mut options, item, lang);
        }
        let from = lines.to_utf16(replace.start);
        give(answer, &object(&[("from", from.into()), ("options", options.into())]));
        true
    });
}

/// What ends a part of a completion, and a completion. No text of YAML has these characters.
const ENDS: [char; 2] = ['\x1f', '\x1e'];

/// Writes a completion as the editor takes it: of hundreds, one text is handed over much quicker than objects.
fn option(out: &mut String, item: &Completion, lang: Lang) {
    let at = KINDS.iter().position(|(kind, ..)| *kind == item.kind).unwrap_or(0);
    let name = item.about.as_deref().unwrap_or(&item.label);
    let known = is_ours(item.kind, &item.detail);
    let mark = |is: bool| if is { "1" } else { "" };
    let parts: [&str; 9] = [
        &item.label,
        &at.to_string(),
        kind_name(item.kind).in_lang(lang),
        &detail(&item.detail, item.kind, item.mark, lang),
        &item.rank.to_string(),
        if known { name } else { "" },
        mark(item.mark.is_some()),
        mark(item.snippet),
        item.insert.as_deref().unwrap_or(""),
    ];
    if parts.iter().any(|part| part.contains(ENDS)) {
        return;
    }
    let [part_end, end] = ENDS;
    for part in parts {
        out.push_str(part);
        out.push(part_end);
    }
    out.push(end);
}

/// Whether our text is about this: of macros and lists only those of the base rules have one.
fn is_ours(kind: WordKind, detail: &str) -> bool {
    !matches!(kind, WordKind::Macro | WordKind::List) || detail.starts_with(BASE_RULES_NAME)
}

/// The facts, and why it is not a good choice.
fn detail(facts: &str, kind: WordKind, mark: Option<Mark>, lang: Lang) -> String {
    let mark = mark.map(|mark| match mark {
        Mark::Deprecated => Text::MarkDeprecated,
        Mark::Inert if kind == WordKind::EventType => Text::MarkNotReported,
        Mark::Inert => Text::MarkInert,
        Mark::OtherSource => Text::MarkOtherSource,
    });
    let mark = mark.map_or("", |mark| mark.in_lang(lang));
    [facts, mark].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn hover(state: State, key: DocKey, offset: u32, answer: Function) {
    ask(state, (key, offset), Query::Hover, answer, move |reply, lines, answer| {
        let Reply::Hover(Some(found)) = reply else { return false };
        let (from, to) = lines.span_to_utf16(found.span);
        let answer = answer.clone();
        spawn_local(async move {
            let lang = state.lang.get_untracked();
            let what = word(&found, lang).await;
            let [title, detail, text, expansion] = what.map(JsValue::from);
            let entries = [("from", from.into()), ("to", to.into()), ("title", title), ("detail", detail)];
            give(
                &answer,
                &object(&[entries.as_slice(), &[("text", text), ("expansion", expansion)]].concat()),
            );
        });
        true
    });
}

/// Title, facts, sentence, and what a word stands for.
async fn word(found: &Hover, lang: Lang) -> [String; 4] {
    let kind = KINDS.iter().find(|(kind, ..)| *kind == found.kind);
    let docs = kind.and_then(|(.., kind)| *kind).filter(|_| is_ours(found.kind, &found.detail));
    let name = kind_name(found.kind).in_lang(lang);
    let facts = detail(&found.detail, found.kind, found.mark, lang);
    let facts = if facts.is_empty() { name.to_owned() } else { format!("{name} · {facts}") };
    let mut text = about(docs, &found.name, lang).await;
    let mut expansion = found.expansion.clone();
    if found.kind == WordKind::EventType && !expansion.is_empty() {
        text = Text::ReportedAs.with(lang, &[&expansion]);
        expansion.clear();
    }
    let title =
        if found.kind == WordKind::Key { found.name.rsplit('.').next().unwrap_or("") } else { &found.name };
    [title.to_owned(), facts, text, expansion]
}

/// The sentence about a name; empty where there is none.
async fn about(kind: Option<Kind>, name: &str, lang: Lang) -> String {
    let (Some(kind), false) = (kind, name.is_empty()) else { return String::new() };
    let docs = docs::fetch().await.unwrap_or_default();
    let doc = docs.iter().find(|doc| doc.kind == kind && doc.name == name);
    doc.map_or("", |doc| doc.in_lang(lang)).replace('`', "")
}
