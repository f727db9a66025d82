// The keys of searching, and where else the selected text stands. The panel and its commands are a file of their own, search.js.
import { Compartment } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, keymap } from "@codemirror/view";
import { load } from "./later.js";

/** Longer selections are no word that is looked for, and more places than this are no help. */
const LONGEST = 200;
const MOST = 100;

const panel = new Compartment();
let loaded = null;

/** A command of search.js. The first of a visit runs when the file is there; true keeps the browser from its own search meanwhile. */
const later = (name) => (view) => {
  if (loaded) return run(view, name);
  load("search").then((commands) => {
    loaded = commands;
    if (view.dom.isConnected) run(view, name);
  }, console.warn);
  return true;
};

function run(view, name) {
  // Each document has its own panel.
  if (panel.get(view.state).length === 0) view.dispatch({ effects: panel.reconfigure([loaded.search({ top: true })]) });
  return loaded[name](view);
}

/** The ranges of what is selected where it stands elsewhere, in the parts that are shown. */
export function others(doc, { from, to }, parts) {
  if (from === to || to - from > LONGEST) return [];
  const wanted = doc.sliceString(from, to);
  const found = [];
  for (const part of parts) {
    const text = doc.sliceString(part.from, part.to);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const start = part.from + at;
      if (start >= to || start + wanted.length <= from) found.push({ from: start, to: start + wanted.length });
      if (found.length > MOST) return [];
    }
  }
  return found;
}

const match = Decoration.mark({ class: "cm-selectionMatch" });
const marked = ({ state, visibleRanges }) => {
  const { ranges, main } = state.selection;
  const found = ranges.length > 1 ? [] : others(state.doc, main, visibleRanges);
  return Decoration.set(found.map(({ from, to }) => match.range(from, to)));
};
const matches = ViewPlugin.define(
  (view) => ({
    decorations: marked(view),
    update({ selectionSet, docChanged, viewportChanged, view }) {
      if (selectionSet || docChanged || viewportChanged) this.decorations = marked(view);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);

const everywhere = "editor search-panel";
export const searching = [
  panel.of([]),
  matches,
  // Under the matches of a search the theme's colour would hide which of them is the current one.
  EditorView.baseTheme({ ".cm-searchMatch .cm-selectionMatch": { backgroundColor: "transparent" } }),
  keymap.of([
    { key: "Mod-f", run: later("openSearchPanel"), scope: everywhere },
    { key: "F3", run: later("findNext"), shift: later("findPrevious"), scope: everywhere, preventDefault: true },
    { key: "Mod-g", run: later("findNext"), shift: later("findPrevious"), scope: everywhere, preventDefault: true },
    { key: "Escape", run: (view) => loaded !== null && loaded.closeSearchPanel(view), scope: everywhere },
    { key: "Mod-Shift-l", run: later("selectSelectionMatches") },
    { key: "Mod-Alt-g", run: later("gotoLine") },
    { key: "Mod-d", run: later("selectNextOccurrence"), preventDefault: true },
  ]),
];
