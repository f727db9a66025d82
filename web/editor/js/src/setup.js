// The editor's extensions: what every document has, and the parts that can be changed later.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { assist } from "./assist.js";
import { markLayers } from "./marks.js";
import { owner, problems } from "./problems.js";
import { searching } from "./searching.js";
import { theme } from "./theme.js";
import { yaml } from "./yaml.js";

/** Each part that can be changed later, with what it is for a given look. */
const PARTS = {
  theme: ({ dark }) => theme(dark),
  wrap: ({ wrap }) => (wrap ? EditorView.lineWrapping : []),
  phrases: ({ phrases }) => EditorState.phrases.of(phrases),
  access: ({ readOnly, label }) => [
    EditorState.readOnly.of(readOnly),
    EditorView.editable.of(!readOnly),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-readonly": String(readOnly),
      // A text that cannot be edited must still take the focus, to be scrolled and copied by keyboard.
      tabindex: "0",
    }),
  ],
};
const compartments = Object.fromEntries(Object.keys(PARTS).map((name) => [name, new Compartment()]));
const parts = (look, use) => Object.keys(PARTS).map((name) => use(compartments[name], PARTS[name](look)));

const COMMON = [
  problems,
  assist,
  lineNumbers(),
  foldGutter(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  dropCursor(),
  rectangularSelection(),
  EditorState.allowMultipleSelections.of(true),
  bracketMatching(),
  highlightActiveLine(),
  searching,
  yaml,
  indentUnit.of("  "),
  EditorState.tabSize.of(2),
  EditorView.contentAttributes.of({ autocapitalize: "off", autocorrect: "off", spellcheck: "false" }),
  keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, indentWithTab]),
  ...markLayers,
];

/** A document's first state; `look` is {dark, wrap, phrases, readOnly, label}. */
export function createState(text, look, handlers) {
  return EditorState.create({ doc: text, extensions: [owner.of(handlers), COMMON, parts(look, (one, value) => one.of(value))] });
}

/** Effects that give a state another look. */
export const reconfigure = (look) => parts(look, (one, value) => one.reconfigure(value));
