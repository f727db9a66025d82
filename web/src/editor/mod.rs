//! The Rust side of `<code-editor>` (web/editor/js/src/element.js), and the one place where bytes become the UTF-16
//! offsets that it counts in.

mod assist;
mod paint;
mod sync;

use crate::{
    i18n::{Lang, wording},
    workspace::DocKey,
};
pub(crate) use assist::kind_name;
use engine::{
    report::{Diagnostic, FileId, Token},
    text::{LineIndex, Severity, Span},
};
use js_sys::{Array, JsString, Object, Reflect, Uint32Array};
pub(crate) use sync::{apply, pane, reveal};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, Event};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = customElements, js_name = whenDefined)]
    fn when_defined(name: &str) -> js_sys::Promise;

    /// The element.
    #[derive(Clone)]
    #[wasm_bindgen(extends = web_sys::HtmlElement)]
    pub(crate) type CodeEditor;
    #[wasm_bindgen(method)]
    fn open(this: &CodeEditor, doc: &str, text: &str, options: &Object);
    #[wasm_bindgen(method)]
    fn close(this: &CodeEditor, doc: &str);
    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &CodeEditor, doc: &str, text: &str);
    #[wasm_bindgen(method, js_name = applyEdits)]
    fn apply_edits(this: &CodeEditor, doc: &str, edits: &Array);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &CodeEditor, doc: &str, list: &Array);
    #[wasm_bindgen(method, js_name = setTokens)]
    fn set_tokens(this: &CodeEditor, doc: &str, triples: &Uint32Array);
    #[wasm_bindgen(method, js_name = setMarks)]
    fn set_marks(this: &CodeEditor, doc: &str, list: &Array);
    #[wasm_bindgen(method)]
    fn select(this: &CodeEditor, doc: &str, from: u32, to: u32, options: &Object);
    /// Writes over the selection of the shown document; the cursor then stands `back` characters before the end of it.
    /// False if the document cannot be changed.
    #[wasm_bindgen(method)]
    pub(crate) fn insert(this: &CodeEditor, text: &str, back: u32) -> bool;
    #[wasm_bindgen(method, js_name = setPhrases)]
    fn set_phrases(this: &CodeEditor, phrases: &Object);
    #[wasm_bindgen(method, js_name = setDark)]
    fn set_dark(this: &CodeEditor, dark: bool);
}

/// The id of a document in the element.
fn doc_id(key: DocKey) -> String {
    key.0.to_string()
}

/// The document with this id.
fn doc_key(id: &str) -> Option<DocKey> {
    id.parse().ok().map(DocKey)
}

/// An object from names and values.
fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Fails only on frozen objects.
        let _ = Reflect::set(&object, &JsString::from(*name), value);
    }
    object
}

fn detail_of(event: &Event, name: &str) -> JsValue {
    let detail = event.unchecked_ref::<CustomEvent>().detail();
    Reflect::get(&detail, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

#[expect(clippy::cast_sign_loss, reason = "offsets are not negative")]
fn number(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|number| number as u32)
}

/// The problems of a file as the element takes them. The index of a fix is the problem's position in the report and
/// its own in the problem (see [`fix_at`]).
fn problem_list(diagnostics: &[Diagnostic], file: FileId, lines: &LineIndex, lang: Lang) -> Array {
    let list = Array::new();
    for (at, problem) in diagnostics.iter().enumerate().filter(|(_, problem)| problem.at.file == file) {
        let (from, to) = lines.span_to_utf16(problem.at.span);
        let notes: Array = problem.notes.iter().map(|note| JsValue::from(wording(note, lang))).collect();
        let fixes: Array = problem
            .fixes
            .iter()
            .enumerate()
            .map(|(fix, it)| {
                object(&[("title", wording(&it.title, lang).into()), ("index", fix_index(at, fix).into())])
            })
            .collect();
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        list.push(&object(&[
            ("from", from.into()),
            ("to", to.into()),
            ("severity", severity.into()),
            ("message", wording(&problem.message, lang).into()),
            ("code", problem.code.as_str().into()),
            ("notes", notes.into()),
            ("fixes", fixes.into()),
        ]));
    }
    list
}

/// More fixes than this are not offered for one problem.
const FIXES: usize = 16;

fn fix_index(problem: usize, fix: usize) -> u32 {
    (problem * FIXES + fix.min(FIXES - 1)) as u32
}

/// Position of the problem and of its fix.
fn fix_at(index: u32) -> (usize, usize) {
    (index as usize / FIXES, index as usize % FIXES)
}

/// Coloured words as the element takes them.
fn token_triples(tokens: &[Token], lines: &LineIndex) -> Uint32Array {
    let triples: Vec<u32> = tokens
        .iter()
        .flat_map(|token| {
            let (from, to) = lines.span_to_utf16(token.span);
            [from, to, token.kind as u32]
        })
        .collect();
    Uint32Array::from(triples.as_slice())
}

/// A span of the text as it was evaluated, in the element's units.
fn utf16(text: &str, span: Span) -> (u32, u32) {
    LineIndex::new(text).span_to_utf16(span)
}
