// Help while a file is written and read: what can stand at the cursor, what a word is, and the keys that ask about names. All
// answers come from the editor's owner, who asks the engine.
import { Compartment, Prec, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip } from "@codemirror/view";
import { load } from "./later.js";
import { owner } from "./problems.js";

/** The list of completions (completion.js), once it is there. */
let list = null;
const listed = new Compartment();

/** What completes itself while it is typed. Nothing that an input method writes: that must not be disturbed. */
const WORD = /[\w.%([][\w.[\]-]*$/;
/** The same answer serves as long as only this is typed on. */
const SAME = /^[\w.[\]-]*$/;
const MOST_BEFORE = 200;

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

/** The parts of an option in the owner's answer, which is one text. */
const PART_END = "\x1f";
const END = "\x1e";

/** An option as CodeMirror takes it, from its part of the owner's answer. */
function option(ask, text) {
  const [label, kind, name, detail, rank, about, faded, filled, insert] = text.split(PART_END);
  return {
    label,
    detail,
    boost: Number(rank),
    type: faded ? "faded" : undefined,
    kindName: name,
    apply: filled ? list.snippet(insert) : insert || undefined,
    info: async () => {
      const text = await ask({ query: "text", kind: Number(kind), name: about });
      return text ? element("div", "cm-about", text) : null;
    },
  };
}

/** Whether what stands before a place completes itself. */
function isWord(state, pos) {
  const line = state.doc.lineAt(pos);
  return WORD.test(state.sliceDoc(Math.max(line.from, pos - MOST_BEFORE), pos));
}

/** The question of what was typed last, asked before CodeMirror asks: that waits for the next frame. */
let ahead = null;

/** Asks at once, if `transactions` typed something that completes itself; after the owner has heard of the new text. */
export function askAhead(transactions, state) {
  ahead = null;
  const { head: pos } = state.selection.main;
  const typed = transactions.some((one) => one.isUserEvent("input.type") && !one.isUserEvent("input.type.compose"));
  if (!typed || !list || !isWord(state, pos)) return;
  // What is listed already serves as long as only such letters follow.
  if (list.completionStatus(state) === "active" && SAME.test(state.sliceDoc(pos - 1, pos))) return;
  ahead = { doc: state.doc, pos, answer: state.facet(owner).ask({ query: "complete", offset: pos }) };
}

async function complete(context) {
  const { state, pos, explicit } = context;
  if (!explicit && !isWord(state, pos)) return null;
  const { ask } = state.facet(owner);
  const asked = ahead?.doc === state.doc && ahead.pos === pos && ahead.answer;
  ahead = null;
  const answer = await (asked || ask({ query: "complete", offset: pos }));
  if (!answer || context.aborted) return null;
  return { from: answer.from, options: answer.options.split(END).slice(0, -1).map((one) => option(ask, one)), validFor: SAME };
}

/** Enter on a word that is whole already ends the line, as it would without the list. */
function endLine(view) {
  const chosen = list?.completionStatus(view.state) === "active" && list.selectedCompletion(view.state);
  if (!chosen || chosen.apply !== undefined) return false;
  const { head } = view.state.selection.main;
  if (view.state.sliceDoc(head - chosen.label.length, head) !== chosen.label) return false;
  list.closeCompletion(view);
  return false;
}

/** What the owner says of a word: a title, a line of facts, a sentence, what it stands for. */
function describe({ title, detail, text, expansion }) {
  const dom = element("div", "cm-word-info");
  const head = element("div", "cm-word-head");
  head.append(element("code", "", title), element("span", "cm-word-detail", detail));
  dom.append(head);
  if (text) dom.append(element("p", "", text));
  if (expansion) dom.append(element("pre", "", expansion));
  return dom;
}

const hover = hoverTooltip(
  async (view, offset) => {
    const answer = await view.state.facet(owner).ask({ query: "hover", offset });
    return answer && { pos: answer.from, end: answer.to, above: true, create: () => ({ dom: describe(answer) }) };
  },
  { hoverTime: 400 },
);

// The same by keyboard: until the cursor moves.
const show = StateEffect.define();
const shown = StateField.define({
  create: () => null,
  update: (tooltip, { effects, docChanged, selection }) =>
    effects.reduce((now, one) => (one.is(show) ? one.value : now), docChanged || selection ? null : tooltip),
  provide: (self) => showTooltip.from(self),
});

function explain(view) {
  const { head } = view.state.selection.main;
  view.state.facet(owner).ask({ query: "hover", offset: head }).then((answer) => {
    if (view.state.selection.main.head !== head) return;
    if (!answer) return view.dispatch({ effects: EditorView.announce.of(view.state.phrase("Nothing is known of this")) });
    const words = [answer.title, answer.detail, answer.text, answer.expansion].filter(Boolean).join(". ");
    const tooltip = { pos: answer.from, above: true, create: () => ({ dom: describe(answer) }) };
    view.dispatch({ effects: [show.of(tooltip), EditorView.announce.of(words)] });
  });
  return true;
}

function hide(view) {
  if (!view.state.field(shown)) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
}

/** Leaves something to the owner. */
const command = (name) => (view) => {
  view.state.facet(owner).command({ name, offset: view.state.selection.main.head });
  return true;
};

/** Gives a document the list of completions, which it has from when it is first about to be edited. */
function prepare(view) {
  if (view.state.readOnly || listed.get(view.state)?.length !== 0) return;
  if (!list) {
    load("completion").then((loaded) => {
      list = loaded;
      if (view.dom.isConnected) prepare(view);
    }, console.warn);
    return;
  }
  const completions = list.autocompletion({
    override: [complete],
    icons: false,
    activateOnTypingDelay: 0,
    // Three times what is seen at once; the keys move the part that is made.
    maxRenderedOptions: 30,
    optionClass: ({ type }) => (type === "faded" ? "cm-completion-faded" : ""),
    addToOptions: [{ position: 90, render: ({ kindName }) => element("span", "cm-completion-kind", kindName) }],
  });
  view.dispatch({ effects: listed.reconfigure([completions]) });
}

export const assist = [
  listed.of([]),
  // Before what a key does: the first letter asks already. A text may be shown without the focus coming anew.
  Prec.highest(EditorView.domEventHandlers({ focus: (_, view) => prepare(view), keydown: (_, view) => prepare(view) })),
  hover,
  shown,
  Prec.highest(keymap.of([{ key: "Enter", run: endLine }, { key: "Escape", run: hide }])),
  keymap.of([
    { key: "F1", run: explain, preventDefault: true },
    { key: "F2", run: command("rename"), preventDefault: true },
    { key: "F12", run: command("definition"), shift: command("references"), preventDefault: true },
    { key: "Mod-s", run: command("format"), preventDefault: true },
    { key: "Mod-Shift-o", run: command("outline"), preventDefault: true },
  ]),
];
