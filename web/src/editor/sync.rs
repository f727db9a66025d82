//! Keeps the editor and the workspace at the same text, and the editor's marks at the newest results.

use super::{
    CodeEditor, assist, detail_of, doc_id, doc_key, fix_at, number, object, paint::mark_list, problem_list,
    token_triples, utf16, when_defined,
};
use crate::widgets::erase::{effect, flag};
use crate::{
    actions,
    i18n::{Lang, Text},
    state::{Region, State, Theme},
    workspace::{Doc, DocKey},
};
use engine::{
    report::FileId,
    text::{LineIndex, Span},
};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::{html, prelude::*, task::spawn_local};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The texts that the editor holds.
type Held = StoredValue<Vec<(DocKey, Arc<str>)>>;

/// The editor of the page.
pub(crate) fn pane(state: State) -> AnyView {
    let host = NodeRef::<html::Div>::new();
    let held: Held = StoredValue::new(Vec::new());
    let listeners = StoredValue::new_local(Vec::new());
    let ready = RwSignal::new(false);

    effect(move || {
        let Some(host) = host.get() else { return };
        spawn_local(async move {
            if JsFuture::from(when_defined("code-editor")).await.is_err() {
                return;
            }
            let Ok(element) = document().create_element("code-editor") else { return };
            let editor: CodeEditor = element.unchecked_into();
            if host.append_child(&editor).is_ok() {
                listeners.set_value(listen(state, held, &editor));
                state.editor.set_value(Some(editor));
                ready.set(true);
            }
        });
    });
    let with_editor = move |act: &dyn Fn(&CodeEditor)| {
        if ready.get() {
            state.editor.with_value(|editor| editor.iter().for_each(act));
        }
    };
    effect(move || with_editor(&|editor| follow_texts(state, held, editor)));
    effect(move || with_editor(&|editor| show_results(state, editor)));
    effect(move || with_editor(&|editor| paint_answer(state, editor)));
    effect(move || with_editor(&|editor| editor.set_dark(is_dark(state.theme.get()))));
    effect(move || with_editor(&|editor| editor.set_phrases(&phrases(state.lang.get()))));
    let is_log = Memo::new(move |_| {
        state
            .workspace
            .with(|workspace| workspace.doc(state.active.get()).is_some_and(|doc| doc.log.is_some()))
    });
    view! { <div class="editor" node_ref=host hidden=flag(move || is_log.get())></div> }.into_any()
}

/// Selects a span of the text as it was evaluated, and takes the focus there.
pub(crate) fn reveal(state: State, key: DocKey, text: &str, span: Span) {
    let (from, to) = utf16(text, span);
    state.active.set(key);
    state.region.set(Region::Rules);
    // The document is opened, and on a narrow window the region shown, by effects that run before the next frame.
    request_animation_frame(move || {
        let focus = object(&[("focus", true.into())]);
        state
            .editor
            .with_value(|editor| editor.iter().for_each(|it| it.select(&doc_id(key), from, to, &focus)));
    });
}

/// Changes a document whose text is `text`, as one step that the editor can undo.
pub(crate) fn apply(state: State, key: DocKey, text: &str, edits: &[(Span, String)]) {
    let lines = LineIndex::new(text);
    let edit = |(span, insert): &(Span, String)| {
        let (from, to) = lines.span_to_utf16(*span);
        object(&[("from", from.into()), ("to", to.into()), ("insert", insert.as_str().into())])
    };
    let edits: js_sys::Array = edits.iter().map(edit).collect();
    state.editor.with_value(|editor| editor.iter().for_each(|it| it.apply_edits(&doc_id(key), &edits)));
}

/// The text that the editor holds of a document.
fn holds(held: Held, key: DocKey) -> Option<Arc<str>> {
    held.with_value(|held| held.iter().find(|(known, _)| *known == key).map(|(_, text)| text.clone()))
}

fn hold(held: Held, key: DocKey, text: Arc<str>) {
    held.update_value(|held| match held.iter_mut().find(|(known, _)| *known == key) {
        Some(entry) => entry.1 = text,
        None => held.push((key, text)),
    });
}

fn follow_texts(state: State, held: Held, editor: &CodeEditor) {
    let active = state.active.get();
    let lang = state.lang.get();
    state.workspace.with(|workspace| {
        held.update_value(|held| {
            held.retain(|(key, _)| {
                let stays = workspace.doc(*key).is_some();
                if !stays {
                    editor.close(&doc_id(*key));
                }
                stays
            });
        });
        // The editor reports what it is told; what it reports must already stand in `held` then.
        for Doc { key, text, .. } in &workspace.docs {
            let differs = holds(held, *key).is_some_and(|known| known != *text);
            if differs {
                hold(held, *key, text.clone());
                editor.set_text(&doc_id(*key), text);
            }
        }
        if let Some(doc) = workspace.doc(active) {
            hold(held, active, doc.text.clone());
            let label = Text::EditorOf.with(lang, &[&doc.name]);
            // A large file is shown elsewhere; nothing is typed here meanwhile.
            let read_only = doc.locked || doc.log.is_some();
            let options = object(&[("readOnly", read_only.into()), ("label", label.into())]);
            editor.open(&doc_id(active), &doc.text, &options);
        }
    });
}

fn show_results(state: State, editor: &CodeEditor) {
    let active = state.active.get();
    let lang = state.lang.get();
    state.results.with(|results| {
        let Some(file) = results.file_of(active) else { return };
        let Some(input) = results.input(file).filter(|input| input.log.is_none()) else { return };
        let lines = LineIndex::new(&input.text);
        editor.set_diagnostics(&doc_id(active), &problem_list(&results.diagnostics, file, &lines, lang));
        let tokens = match file {
            FileId::Rules(at) => results.files.get(at as usize).map(|file| &file.tokens),
            FileId::Config => results.config.as_ref().map(|config| &config.tokens),
            FileId::Events(_) => None,
        };
        if let Some(tokens) = tokens {
            editor.set_tokens(&doc_id(active), &token_triples(tokens, &lines));
        }
    });
}

/// Paints what the parts of a condition say. While that is older than the verdicts, the editor keeps what it has, which
/// follows the text.
fn paint_answer(state: State, editor: &CodeEditor) {
    let active = state.active.get();
    let lang = state.lang.get();
    state.told.with(|told| {
        if told.event_is_old() {
            return;
        }
        state.results.with_untracked(|results| {
            let Some(file) = results.file_of(active) else { return };
            let Some(input) = results.input(file) else { return };
            let why = told.event.as_ref().and_then(|(_, detail)| detail.why.as_ref());
            let marks = why.map(|why| mark_list(why, file, &LineIndex::new(&input.text), lang));
            editor.set_marks(&doc_id(active), &marks.unwrap_or_default());
        });
    });
}

fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::Light => false,
        Theme::Dark => true,
        Theme::System => crate::app::system_is_dark(),
    }
}

fn listen(state: State, held: Held, editor: &CodeEditor) -> Vec<EventListener> {
    let own = editor.clone();
    let edit = EventListener::new(editor, "edit", move |event| {
        let Some(key) = detail_of(event, "docId").as_string().and_then(|id| doc_key(&id)) else { return };
        let text: Arc<str> = detail_of(event, "text").as_string().unwrap_or_default().into();
        if holds(held, key).as_ref() == Some(&text) {
            return;
        }
        hold(held, key, text.clone());
        actions::edit(state, key, text);
    });
    let cursor = EventListener::new(&own, "cursor", move |event| {
        let key = detail_of(event, "docId").as_string().and_then(|id| doc_key(&id));
        if let (Some(key), Some(offset)) = (key, number(&detail_of(event, "offset"))) {
            state.cursor.set_value((key, offset));
            actions::follow_cursor(state, key, offset);
            // While a text is typed, nothing jumps.
            if detail_of(event, "edited").is_falsy() {
                actions::follow_cursor_to_rule(state, key);
            }
        }
    });
    let fix = EventListener::new(&own, "fix", move |event| {
        if let Some(index) = number(&detail_of(event, "index")) {
            let (problem, fix) = fix_at(index);
            actions::apply_fix(state, problem, fix);
        }
    });
    let options = EventListenerOptions::enable_prevent_default();
    let step = EventListener::new_with_options(&own, "step", options, move |event| {
        event.prevent_default();
        let back = detail_of(event, "direction").as_f64().is_some_and(|direction| direction < 0.0);
        if let Some(offset) = number(&detail_of(event, "offset")) {
            state.cursor.update_value(|cursor| cursor.1 = offset);
        }
        actions::step_problem(state, back);
    });
    let mut all = vec![edit, cursor, fix, step];
    all.extend(assist::listen(state, &own));
    all
}

/// The editor's own words, by their English text.
fn phrases(lang: Lang) -> js_sys::Object {
    let list: &[(&str, &str)] = match lang {
        Lang::En => &[],
        Lang::Ja => &[
            ("Find", "検索"),
            ("Replace", "置換"),
            ("next", "次へ"),
            ("previous", "前へ"),
            ("all", "すべて"),
            ("match case", "大文字と小文字を区別"),
            ("regexp", "正規表現"),
            ("by word", "単語単位"),
            ("replace", "置換"),
            ("replace all", "すべて置換"),
            ("close", "閉じる"),
            ("current match", "現在の一致"),
            ("on line", "行"),
            ("replaced match on line $", "$ 行目の一致を置換しました"),
            ("replaced $ matches", "$ 件を置換しました"),
            ("Go to line", "行へ移動"),
            ("go", "移動"),
            ("Fold line", "折りたたむ"),
            ("Unfold line", "展開する"),
            ("folded code", "折りたたまれたコード"),
            ("unfold", "展開"),
            ("Folded lines", "折りたたんだ行"),
            ("Unfolded lines", "展開した行"),
            ("to", "から"),
            ("Selection deleted", "選択範囲を削除しました"),
            ("Control character", "制御文字"),
            ("Problems and fixes", "問題と修正"),
            ("No problems here", "ここに問題はありません"),
            ("Completions", "入力候補"),
            ("Nothing is known of this", "ここに説明できるものはありません"),
        ],
    };
    let entries: Vec<_> = list.iter().map(|(en, ja)| (*en, JsValue::from(*ja))).collect();
    object(&entries)
}
