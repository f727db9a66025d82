// <code-editor>: CodeMirror 6 as a custom element. A thin shim: it shows what it is told and reports what the
// user does; what to mark, say and mend comes from the Rust side. All offsets are UTF-16 code units.
//
// The open shadow root makes CodeMirror use adopted style sheets, so a content security policy without
// 'unsafe-inline' holds. Colours and fonts are the custom properties --cm-* (palette.js has the list and the
// values for pages that set none; also --cm-font, --cm-font-size, --cm-ui-font); they inherit through the root.
//
// Methods. `docId` is any string; a document that is not open is silently ignored.
//   open(docId, text, {readOnly, label})   shows the document. The first time it is made from `text`; later its text,
//                                          undo history, selection and scroll position are as they were left, and only
//                                          readOnly and label are taken over. Line breaks become "\n": give "\n" texts,
//                                          or offsets differ.
//   close(docId)                           forgets it
//   has(docId) -> bool
//   text(docId) -> string                  ("" if not open)
//   setText(docId, text)                   replaces the text; one step of undo
//   applyEdits(docId, [{from, to, insert}])  one step of undo; edits that overlap an earlier one are left out
//   setDiagnostics(docId, [{from, to, severity: "error"|"warning"|"hint", message, code, notes: [string],
//                          fixes: [{title, index}]}])
//                                          `index` comes back in the event `fix`; make it unique within the document
//   setTokens(docId, Uint32Array)          (from, to, kind) triples; kind as the engine's TokenKind: 0 logic, 1 operator, 2 field,
//                                          3 transformer, 4 macro, 5 list, 6 text, 7 number, 8 punctuation
//   (what these three say shows with the next frame)
//   setMarks(docId, [{from, to, cls, title}])  painted ranges; `cls` is "cm-mark-" and one of true, false, missing,
//                                          undecided, place (theme.js: the page's style sheets do not reach in here)
//   select(docId, from, to, {focus})       selects and scrolls there (in the shown document at once, else when it is shown)
//   insert(text, back) -> bool             writes over the selection of the shown document, with a blank before where words would
//                                          touch; the cursor goes `back` characters before the end. False if it is read-only
//   setPhrases({english: translation})     the words that the editor itself says or shows, by their English text:
//                                          Find, Replace, next, previous, all, match case, regexp, by word, replace, replace all, close,
//                                          current match, on line, "replaced match on line $", "replaced $ matches", Go to line, go,
//                                          Fold line, Unfold line, folded code, unfold, Folded lines, Unfolded lines, to,
//                                          Selection deleted, Control character, Problems and fixes, No problems here, Completions,
//                                          Nothing is known of this
//   setDark(bool)   setWrap(bool)   focus()
//
// Events (bubble, composed):
//   edit   {docId, text}                   after every change of a document, also by setText and applyEdits. `text` is made when it is
//                                          read, so read it only when it is needed (a debounced handler calls text(docId))
//   cursor {docId, offset, edited}         the cursor of the shown document moved; edited: because its text changed
//   fix    {docId, code, from, to, index}  a fix was chosen, in the hover message or with Ctrl-. (from, to: where the problem is now)
//   step   {docId, direction, offset}      F8 (1) or Shift-F8 (-1); preventDefault() keeps the editor from going to the next or
//                                          previous problem of this document itself
//
//   ask    {docId, query, …, answer}       the editor wants to know something; preventDefault(), then call answer(what) once, null for nothing:
//                                          complete {offset} -> {from, options: [{label, kind, name, detail, insert, snippet, rank, faded, about}]}
//                                          hover {offset} -> {from, to, title, detail, text, expansion};  text {kind, name} -> string
//                                          `kind` is the owner's and comes back in `text`, `name` is the word for it that is shown
//   command {docId, name, offset}          F2 rename, F12 definition, Shift-F12 references, Ctrl-S format, Ctrl-Shift-O outline
//
// Keys: those of CodeMirror's default, search, history, fold and completion key maps; F1 tells what the word at the cursor is;
// F2, F8, F12, Ctrl-S, Ctrl-Shift-O, Ctrl-. as above. Tab indents;
// Escape, then Tab leaves the editor.
import { EditorView } from "@codemirror/view";
import { askAhead } from "./assist.js";
import { createState, reconfigure } from "./setup.js";
import { replaceMarks, replaceTokens } from "./marks.js";
import { showProblems } from "./problems.js";
import { clamp, difference, follow, toChanges } from "./ranges.js";

const moved = (list, at) => list.map((one) => ({ ...one, from: at(one.from), to: at(one.to) }));

class CodeEditor extends HTMLElement {
  /** Per document: its state and, while another is shown, the effect that restores its scroll position. */
  #docs = new Map();
  #shown = "";
  #view = null;
  #look = { dark: false, wrap: false, phrases: {} };

  connectedCallback() {
    if (this.#view) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#view = new EditorView({ parent: root, root, dispatchTransactions: (list) => this.#dispatch(list) });
    if (this.#docs.has(this.#shown)) this.#show(this.#shown);
  }

  disconnectedCallback() {
    this.#keepScroll();
    this.#view?.destroy();
    this.#view = null;
  }

  open(docId, text, { readOnly = false, label = "" } = {}) {
    const known = this.#docs.get(docId);
    if (known) {
      if (known.readOnly !== readOnly || known.label !== label) {
        Object.assign(known, { readOnly, label });
        this.#update(docId, () => ({ effects: reconfigure({ ...this.#look, readOnly, label }) }));
      }
    } else {
      const state = createState(text, { ...this.#look, readOnly, label }, this.#owner(docId));
      this.#docs.set(docId, { state, readOnly, label, scroll: null });
    }
    if (docId !== this.#shown || !known) this.#show(docId);
  }

  close(docId) {
    this.#docs.delete(docId);
    if (docId !== this.#shown) return;
    this.#shown = "";
    this.#view?.setState(createState("", { ...this.#look, readOnly: true, label: "" }, this.#owner("")));
  }

  has(docId) {
    return this.#docs.has(docId);
  }

  text(docId) {
    return this.#docs.get(docId)?.state.doc.toString() ?? "";
  }

  setText(docId, text) {
    const after = text.replace(/\r\n?/g, "\n");
    this.#update(docId, (state) => {
      const before = state.doc.toString();
      return before === after ? null : { changes: difference(before, after), userEvent: "set" };
    });
  }

  applyEdits(docId, edits) {
    this.#update(docId, (state) => ({ changes: toChanges(edits, state.doc.length), userEvent: "fix", scrollIntoView: true }));
  }

  setDiagnostics(docId, list) {
    this.#soon(docId, "problems", (state, at) => showProblems(moved(list, at), state));
  }

  setTokens(docId, triples) {
    const place = (at) => triples.map((number, i) => (i % 3 < 2 ? at(number) : number));
    this.#soon(docId, "tokens", (state, at) => ({ effects: replaceTokens(place(at), state) }));
  }

  setMarks(docId, list) {
    this.#soon(docId, "marks", (state, at) => ({ effects: replaceMarks(moved(list, at), state) }));
  }

  select(docId, from, to, { focus = false } = {}) {
    this.#update(docId, (state, doc) => {
      const [anchor, head] = clamp(from, to, state.doc.length);
      const scroll = EditorView.scrollIntoView(anchor, { y: "nearest", yMargin: 60 });
      if (docId !== this.#shown) doc.scroll = scroll;
      return { selection: { anchor, head }, effects: docId === this.#shown ? scroll : [] };
    });
    if (focus && docId === this.#shown) this.focus();
  }

  insert(text, back = 0) {
    const doc = this.#docs.get(this.#shown);
    if (!doc || doc.readOnly || !this.#view) return false;
    const { from, to } = doc.state.selection.main;
    const insert = /[\w\])"'.]/.test(doc.state.sliceDoc(from - 1, from)) ? ` ${text}` : text;
    const changes = { from, to, insert };
    this.#view.dispatch({ changes, selection: { anchor: from + insert.length - back }, userEvent: "input.insert", scrollIntoView: true });
    return true;
  }

  setPhrases(phrases) {
    this.#changeLook({ phrases: { ...phrases } });
  }

  setDark(dark) {
    this.#changeLook({ dark });
  }

  setWrap(wrap) {
    this.#changeLook({ wrap });
  }

  focus() {
    this.#view?.focus();
  }

  #changeLook(part) {
    Object.assign(this.#look, part);
    for (const [docId, { readOnly, label }] of this.#docs) {
      this.#update(docId, () => ({ effects: reconfigure({ ...this.#look, readOnly, label }) }));
    }
  }

  /**
   * Applies what says something about the text before the next frame, all at once: each update of the view measures the page.
   * `make(state, at)`: at(offset) is where what it was said about stands by then.
   */
  #soon(docId, what, make) {
    const doc = this.#docs.get(docId);
    if (!doc) return;
    const said = { make, changes: null };
    if (doc.soon) return doc.soon.set(what, said);
    doc.soon = new Map([[what, said]]);
    requestAnimationFrame(() => {
      const all = [...doc.soon.values()];
      doc.soon = null;
      if (this.#docs.get(docId) !== doc) return;
      const effects = (state) => all.flatMap(({ make, changes }) => make(state, (offset) => follow(offset, changes)).effects);
      this.#update(docId, (state) => ({ effects: effects(state) }));
    });
  }

  /** Applies what `make` returns to the document's state, in the view if it is shown there. */
  #update(docId, make) {
    const doc = this.#docs.get(docId);
    const spec = doc && make(doc.state, doc);
    if (!spec) return;
    if (docId === this.#shown && this.#view) {
      this.#view.dispatch(spec);
      return;
    }
    const transaction = doc.state.update(spec);
    doc.state = transaction.state;
    if (transaction.docChanged) this.#edited(docId, [transaction]);
  }

  #dispatch(transactions) {
    const docId = this.#shown;
    const doc = this.#docs.get(docId);
    this.#view.update(transactions);
    if (!doc) return;
    doc.state = this.#view.state;
    const edited = transactions.some(({ docChanged }) => docChanged);
    if (edited) this.#edited(docId, transactions);
    if (edited || transactions.some(({ selection }) => selection)) {
      this.#emit("cursor", { docId, offset: doc.state.selection.main.head, edited });
    }
    if (edited) askAhead(transactions, doc.state);
  }

  #show(docId) {
    this.#keepScroll();
    this.#shown = docId;
    if (!this.#view) return;
    const doc = this.#docs.get(docId);
    this.#view.setState(doc.state);
    if (doc.scroll) this.#view.dispatch({ effects: doc.scroll });
    else this.#view.scrollDOM.scrollTo(0, 0);
  }

  #keepScroll() {
    const doc = this.#docs.get(this.#shown);
    if (doc && this.#view) doc.scroll = this.#view.scrollSnapshot();
  }

  #owner(docId) {
    return {
      fix: (detail) => this.#emit("fix", { docId, ...detail }),
      step: (detail) => !this.#emit("step", { docId, ...detail }),
      // An owner that does not answer leaves the editor without help.
      ask: (detail) =>
        new Promise((answer) => {
          if (this.#emit("ask", { docId, ...detail, answer })) answer(null);
        }),
      command: (detail) => this.#emit("command", { docId, ...detail }),
    };
  }

  #edited(docId, transactions) {
    const { state, soon } = this.#docs.get(docId);
    for (const said of soon?.values() ?? []) {
      said.changes = transactions.reduce((all, { changes }) => (all ? all.compose(changes) : changes), said.changes);
    }
    this.#emit("edit", {
      docId,
      get text() {
        return state.doc.toString();
      },
    });
  }

  /** False if a listener called preventDefault(). */
  #emit(type, detail) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable: true, detail }));
  }
}

customElements.define("code-editor", CodeEditor);
